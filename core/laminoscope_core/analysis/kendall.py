"""Kendall's τ_a of many relabellings and resamples at once.

τ_a compares pairs of values: concordant minus discordant, over all pairs of them.  For a vector
of P values that is P²/2 comparisons, which arrays of small integers make fast up to some thousand
values; beyond, each τ_a is computed alone in O(P log P), which takes long.

- relabelled: the values of one side are in order once and for all; what remains is to count, in
  the other side's ranks, how often a larger one stands before a smaller one;
- resampled: a value drawn w times counts w times, so that the score is the quadratic form
  wᵀSw, S holding the product of the two sides' signs of every comparison;
- all with all: the signs of every comparison, times themselves.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.statistics import tau_a
from laminoscope_core.analysis.threads import in_threads
from laminoscope_core.analysis.word_pairs import WordPairs
from laminoscope_core.job import Job

__all__ = [
    "MOST_COMPARED",
    "inversions",
    "quadratic_tau_a",
    "relabelled_tau_a",
    "signs",
    "takes_too_long",
    "tau_a_of_all",
]

MOST_COMPARED = 1500
"""Values up to which comparing all with all is the faster way."""

_PERMUTATIONS = 256
_MOST_VALUES = 2**30
"""Values that are compared alone, pair of vectors by pair of vectors, in some ten minutes."""
_DISTANCES = 32  # comparisons of all values between two looks at a job, 12 million at most


def relabelled_tau_a(
    vectors: NDArray[np.float64],
    pairs: WordPairs,
    site_pairs: Sequence[tuple[int, int]],
    permutations: NDArray[np.intp],
    scores: NDArray[np.float64],
    job: Job,
) -> Iterator[Callable[[], int]]:
    """Yield tasks that fill in τ_a of every relabelling, and return how many they filled in.

    Parameters
    ----------
    vectors : float64 array (n_layers, n_sites, n_pairs)
        Pair similarities.
    pairs : WordPairs
        The pairs that they are of.
    site_pairs : sequence of pairs of int
        Which sites to correlate.
    permutations : integer array (n_permutations, n_words)
        The word whose place each word takes.
    scores : float64 array (n_permutations, n_layers, n_site_pairs)
        Where the scores go.
    job : Job
        Checked by the tasks.
    """
    step = _PERMUTATIONS if vectors.shape[-1] <= MOST_COMPARED else 1
    for start in range(0, len(permutations), step):
        names = permutations[start : start + step]
        for layer, x in enumerate(vectors):
            yield _task(x, pairs, site_pairs, names, scores[start : start + step, layer], job)


def _task(
    x: NDArray[np.float64],
    pairs: WordPairs,
    site_pairs: Sequence[tuple[int, int]],
    permutations: NDArray[np.intp],
    scores: NDArray[np.float64],
    job: Job,
) -> Callable[[], int]:
    def work() -> int:
        order, sources = {}, {}
        for number, (first, second) in enumerate(site_pairs):
            job.check()
            if first not in order:
                order[first] = np.argsort(x[first], kind="stable")
                sources[first] = _sources(pairs, permutations, order[first])
            fixed, moved = x[first][order[first]], x[second]
            if x.shape[-1] <= MOST_COMPARED:
                scores[:, number] = _tau_of_ordered(fixed, moved, sources[first], job)
            else:
                scores[:, number] = [tau_a(fixed, moved[row], job) for row in sources[first].T]
        return scores.size

    return work


def _sources(
    pairs: WordPairs, permutations: NDArray[np.intp], order: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Return which pair's value comes to stand in each place (n_pairs, n_permutations)."""
    place = np.zeros((pairs.n_words, pairs.n_words), dtype=np.intp)
    place[pairs.first, pairs.second] = place[pairs.second, pairs.first] = np.arange(len(order))
    names = permutations.T
    return place[names[pairs.first[order]], names[pairs.second[order]]]


def _tau_of_ordered(
    x: NDArray[np.float64], y: NDArray[np.float64], sources: NDArray[np.intp], job: Job
) -> NDArray[np.float64]:
    """Return τ_a of ascending x (n,) with y moved by every column of sources (n, n_columns)."""
    n = len(x)
    ranks, counts = np.unique(y, return_inverse=True, return_counts=True)[1:]
    tied = int((counts * (counts - 1) // 2).sum())
    moved = ranks.astype(np.int16)[sources]
    balance = n * (n - 1) // 2 - tied - 2 * inversions(moved, job)
    starts = np.flatnonzero(np.append(True, x[1:] != x[:-1]))
    for start, stop in zip(starts, np.append(starts[1:], n), strict=True):
        if stop - start > 1:  # tied in x: neither concordant nor discordant
            group = moved[start:stop]
            balance -= inversions(group[::-1], job) - inversions(group, job)
    return np.asarray(balance / (n * (n - 1) / 2))


def inversions(y: NDArray[np.integer], job: Job | None = None) -> NDArray[np.int64]:
    """Return how often a larger value stands above a smaller one in each column (n, n_columns).

    The job, if there is one, is checked on the way.

    Examples
    --------
    >>> inversions(np.array([[1, 3], [2, 2], [3, 1]]))
    array([0, 3])
    """
    counts = np.zeros(y.shape, dtype=np.uint16)  # fewer than 2¹⁶ follow any value
    larger = np.empty(y.shape, dtype=np.bool_)
    for distance in range(1, len(y)):
        if job is not None and distance % _DISTANCES == 0:
            job.check()
        n = len(y) - distance
        np.greater(y[:-distance], y[distance:], out=larger[:n])
        np.add(counts[:n], larger[:n].view(np.uint8), out=counts[:n])
    return np.asarray(counts.sum(axis=0, dtype=np.int64))


def signs(x: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the signs of all differences of a vector's values (n, n)."""
    return np.sign(x[:, None] - x).astype(np.float32)


def quadratic_tau_a(
    compared: NDArray[np.float32], weights: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Return τ_a of every weighting of a vector's values.

    Parameters
    ----------
    compared : float32 array (n, n)
        Product of the `signs` of the two sides.
    weights : float32 array (n, n_resamples)
        Copies of each value, at most 4096 in a resample, so that every sum is exact.

    Returns
    -------
    float64 array (n_resamples,)
    """
    copies = weights.sum(axis=0, dtype=np.float64)
    balance = np.einsum("pr,pr->r", compared @ weights, weights) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(balance / (copies * (copies - 1) / 2))


def takes_too_long(n_scores: int, n_pairs: int) -> str:
    """Return why so many τ_a of so many pairs of words are not computed; empty if they can be."""
    if n_pairs <= MOST_COMPARED or n_scores * n_pairs <= _MOST_VALUES:
        return ""
    return (
        f"{n_scores:,} τ_a of {n_pairs:,} pairs of words would take hours;"
        " ρ_a, which orders results much as τ_a does, takes seconds"
    )


def tau_a_of_all(vectors: NDArray[np.float64], job: Job) -> NDArray[np.float64]:
    """Return τ_a of every two of some vectors.

    Parameters
    ----------
    vectors : float64 array (…, n_vectors, n)
        Without NaN.
    job : Job
        Told of the progress, where it takes long.

    Returns
    -------
    float64 array (…, n_vectors, n_vectors)

    Examples
    --------
    >>> tau_a_of_all(np.array([[1.0, 2, 3], [3.0, 1, 2]]), Job()).round(3)
    array([[ 1.   , -0.333],
           [-0.333,  1.   ]])
    """
    *stack, n_vectors, n = vectors.shape
    balance = np.zeros((*stack, n_vectors, n_vectors))
    if n <= MOST_COMPARED:

        def product(first: int) -> NDArray[np.float32]:
            """Return the balance of one value with all that follow it; float32 sums are exact."""
            compared = np.sign(vectors[..., first + 1 :] - vectors[..., first, None])
            compared = compared.astype(np.float32)
            return np.asarray(compared @ compared.swapaxes(-1, -2))

        for each in in_threads((partial(product, first) for first in range(n - 1)), job):
            balance += each
        return np.asarray(balance / (n * (n - 1) / 2))
    for row in range(n_vectors):
        for column in range(row + 1):
            job.report((row**2 / 2 + column) / (n_vectors**2 / 2), "comparing pairs of vectors")
            for at in np.ndindex(*stack):
                found = tau_a(vectors[*at, row], vectors[*at, column], job)
                balance[*at, row, column] = balance[*at, column, row] = found
    return balance
