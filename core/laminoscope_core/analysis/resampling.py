"""Relabelling and resampling words: how chance is imitated when pairs are not independent.

n words give n(n−1)/2 pairs, but only n things were sampled.  A word that happens to be unlike
all others moves n−1 pairs at once, so the p value printed in textbooks for that many pairs is
far too small.  Both tools here act on words and let the pairs follow:

- permutation: give the words of one matrix each other's names.  Whatever the matrices hold in
  common word by word is destroyed; each matrix keeps its own structure;
- bootstrap: draw n words with replacement.  A word drawn twice makes a pair with itself, whose
  similarity is 1 everywhere and would only inflate the score, so such pairs are dropped.  What
  is left of a resample is a weight for each pair: how often the one word was drawn times how
  often the other.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.word_pairs import WordPairs

__all__ = [
    "MIN_WORDS",
    "band",
    "bootstrap_counts",
    "p_values",
    "pair_weights",
    "permuted_positions",
    "reaches",
    "word_permutations",
]

MIN_WORDS = 3
_ROUNDING = 1e-9


def word_permutations(
    categories: Sequence[str], n_permutations: int, seed: int, *, inside: bool
) -> NDArray[np.intp]:
    """Draw permutations of the words, of all of them or inside each category.

    Returns
    -------
    integer array (n_permutations, n_words)
        The word whose place each word takes.

    Examples
    --------
    >>> word_permutations(["a", "b", "a"], 2, seed=0, inside=True)[:, 1]
    array([1, 1])
    """
    random = np.random.default_rng(seed)
    permutations = np.tile(np.arange(len(categories)), (n_permutations, 1))
    if not inside:
        return random.permuted(permutations, axis=1)
    labels = np.asarray(categories)
    for category in np.unique(labels):
        words = np.flatnonzero(labels == category)
        permutations[:, words] = random.permuted(permutations[:, words], axis=1)
    return permutations


def permuted_positions(
    permutations: NDArray[np.intp], pairs: WordPairs, positions: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Return where in a vector of pairs each of its values comes from after permuting the words.

    Parameters
    ----------
    permutations : integer array (n_permutations, n_words)
        Must map the chosen pairs onto themselves.
    pairs : WordPairs
        All pairs.
    positions : integer array (n_chosen,)
        The pairs that the vector holds.

    Returns
    -------
    integer array (n_permutations, n_chosen)
        Indices into the vector.
    """
    first, second = pairs.first[positions], pairs.second[positions]
    place = np.zeros((pairs.n_words, pairs.n_words), dtype=np.intp)
    place[first, second] = place[second, first] = np.arange(len(positions))
    return place[permutations[:, first], permutations[:, second]]


def reaches(permuted: NDArray[np.float64], observed: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return whether |permuted| ≥ |observed|, taking equal up to rounding for equal."""
    return np.asarray(np.abs(permuted) >= np.abs(observed) - _ROUNDING)


def p_values(
    n_reaching: NDArray[np.integer], n_permutations: int, observed: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return (1 + number of permutations that reach the score) / (1 + number of permutations).

    The observed labelling counts as one of the permutations, so p is never 0 (Phipson and
    Smyth 2010).  NaN where the observed score is.
    """
    p: NDArray[np.float64] = (1 + n_reaching) / (1 + n_permutations)
    return np.where(np.isnan(observed), np.nan, p)


def bootstrap_counts(n_words: int, n_resamples: int, seed: int) -> NDArray[np.float64]:
    """Return how often each word was drawn in each resample that has enough distinct words.

    Returns
    -------
    float64 array (n_usable, n_words)
        ``n_usable`` is `n_resamples` less those with fewer than three distinct words.
    """
    random = np.random.default_rng(seed)
    counts = random.multinomial(n_words, np.full(n_words, 1 / n_words), size=n_resamples)
    usable = (counts > 0).sum(axis=1) >= MIN_WORDS
    return np.asarray(counts[usable], dtype=np.float64)


def pair_weights(
    counts: NDArray[np.float64], pairs: WordPairs, positions: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return how often each chosen pair of two different words occurs (n_resamples, n_chosen)."""
    first, second = pairs.first[positions], pairs.second[positions]
    return np.asarray(counts[:, first] * counts[:, second])


def band(
    resampled: NDArray[np.float64], confidence: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the percentile interval over the first axis, leaving NaN out.

    Returns
    -------
    low, high : float64 arrays
        NaN where no resample gave a value.
    """
    low, high = np.full(resampled.shape[1:], np.nan), np.full(resampled.shape[1:], np.nan)
    usable = np.isfinite(resampled).any(axis=0)
    if usable.any():
        tail = (1 - confidence) / 2
        low[usable], high[usable] = np.nanquantile(resampled[:, usable], [tail, 1 - tail], axis=0)
    return low, high
