"""Similarity matrices of the heads of some layers, and the scores that are made of them.

The matrices of heads are larger than all that is kept of them: `rsa_heads` has those of few layers
at a time.
"""

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
    by_head = rows.swapaxes(1, 2).reshape(n_layers * n_heads, n_words, -1)
    of_heads = similarity.similarity_matrices(by_head, measure, job)
    alike[:, :-1] = of_heads.reshape(n_layers, n_heads, n_words, n_words)
    together = rows.reshape(n_layers, n_words, -1)
    alike[:, -1] = similarity.similarity_matrices(together, measure, job)
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
    shape = alike.shape[:2]
    vectors, why = rsa.comparable(
        alike.reshape(-1, *alike.shape[2:]),
        known.ravel(),
        site,
        pairs,
        "all",
        scored.block_corrected,
        job,
    )
    r = np.full((*shape, shape[1]), np.nan)
    if vectors.shape[1] >= rsa.MIN_PAIRS:
        vectors[why != ""] = 0
        if scored.correlation == "kendall_tau_a":
            r = tau_a_of_all(vectors.reshape(*shape, -1), job)
        else:
            for rows in blocks(len(vectors), vectors.shape[1]):
                job.check()
                vectors[rows] = rsa.unit_vectors(vectors[rows], scored.correlation)
            r = np.clip(_products(vectors.reshape(*shape, -1), job), -1, 1)
    why = why.reshape(shape)
    undefined = (why[:, :, None] != "") | (why[:, None, :] != "")
    return np.where(undefined, np.nan, r)[:, :-1], why


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
    for some in blocks(len(matrices), len(pairs.first)):
        job.check()
        found[some] = cohens_d(within.vectors(matrices[some]), across.vectors(matrices[some]))[0]
    d = found.reshape(alike.shape[:2])
    general = why_undefined(len(within.first), len(across.first))
    return d, np.where(np.isnan(d), np.where(known != "", known, general), "")
