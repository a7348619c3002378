"""Similarity matrices of the heads of some layers, and the scores that are made of them.

The matrices of heads are larger than all that is kept of them: `rsa_heads` has those of few layers
at a time.
"""

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import rsa, similarity
from laminoscope_core.analysis.kendall import tau_a_of_all
from laminoscope_core.analysis.separability import why_undefined
from laminoscope_core.analysis.statistics import blocks, cohens_d
from laminoscope_core.analysis.threads import in_threads
from laminoscope_core.analysis.word_pairs import WordPairs
from laminoscope_core.job import Job

__all__ = ["matrices_of_heads", "scores_of_heads", "separability_of_heads"]

Floats = NDArray[np.float64]


def matrices_of_heads(
    rows: NDArray[np.float32], measure: similarity.Measure, job: Job
) -> NDArray[np.float32]:
    """Return matrices (n_layers, n_heads + 1, n_words, n_words) of heads, and of all together."""
    n_layers, n_words, n_heads = rows.shape[:3]
    alike = np.empty((n_layers, n_heads + 1, n_words, n_words), dtype=np.float32)
    by_head = rows.swapaxes(1, 2)
    together = rows.reshape(n_layers, n_words, -1)

    def compare(head: int) -> None:
        of_head = by_head[:, head] if head < n_heads else together
        alike[:, head] = similarity.similarity_matrices(of_head, measure, job)

    _do((partial(compare, head) for head in range(n_heads + 1)), job)
    return alike


def scores_of_heads(
    alike: NDArray[np.float32],
    known: NDArray[np.str_],
    site: str,
    pairs: WordPairs,
    scored: rsa.Params,
    job: Job,
) -> tuple[Floats, NDArray[np.str_]]:
    """Return scores (n_layers, n_heads, n_heads + 1), and why what cannot be compared."""
    shape, n_pairs = alike.shape[:2], len(pairs.first)
    matrices, of_matrices = alike.reshape(-1, *alike.shape[2:]), known.ravel()
    vectors = np.empty((len(matrices), n_pairs))
    why = np.full(len(matrices), "", dtype="U300")
    by_tau = scored.correlation == "kendall_tau_a"

    def prepare(some: slice) -> None:
        found, why[some] = rsa.comparable(
            matrices[some], of_matrices[some], site, pairs, "all", scored.block_corrected, job
        )
        if n_pairs >= rsa.MIN_PAIRS:
            found[why[some] != ""] = 0
            vectors[some] = found if by_tau else rsa.unit_vectors(found, scored.correlation)

    _do((partial(prepare, some) for some in blocks(len(matrices), n_pairs)), job)
    reasons = why.reshape(shape)
    r = np.full((*shape, shape[1]), np.nan)
    if n_pairs >= rsa.MIN_PAIRS:
        stacked = vectors.reshape(*shape, n_pairs)
        r = tau_a_of_all(stacked, job) if by_tau else np.clip(_products(stacked, job), -1, 1)
    undefined = (reasons[:, :, None] != "") | (reasons[:, None, :] != "")
    return np.where(undefined, np.nan, r)[:, :-1], reasons


def _products(units: Floats, job: Job) -> Floats:
    """Return the scalar products (n_layers, n_heads, n_heads) of vectors (…, n_heads, n_pairs)."""
    n_layers, n_heads, n_pairs = units.shape

    def product(at: slice) -> Floats:
        some = np.ascontiguousarray(units[..., at])
        return np.asarray(some @ some.swapaxes(1, 2))

    tasks = (partial(product, at) for at in blocks(n_pairs, n_layers * n_heads))
    return np.asarray(np.sum([*in_threads(tasks, job)], axis=0))


def separability_of_heads(
    alike: NDArray[np.float32], known: NDArray[np.str_], pairs: WordPairs, job: Job
) -> tuple[Floats, NDArray[np.str_]]:
    """Return Cohen's d (n_layers, n_heads) of heads, and why it is undefined."""
    within, across = pairs.of("within"), pairs.of("across")
    matrices = alike.reshape(-1, *alike.shape[2:])
    found = np.empty(len(matrices))

    def separate(some: slice) -> None:
        found[some] = cohens_d(within.vectors(matrices[some]), across.vectors(matrices[some]))[0]

    _do((partial(separate, some) for some in blocks(len(matrices), len(pairs.first))), job)
    d = found.reshape(alike.shape[:2])
    general = why_undefined(len(within.first), len(across.first))
    return d, np.where(np.isnan(d), np.where(known != "", known, general), "")


def _do(tasks: Iterable[Callable[[], None]], job: Job) -> None:
    """Let threads do some tasks, each of which writes to a place of its own."""
    for _ in in_threads(tasks, job):
        pass
