"""How much a score would vary with other words, from a single sample of words.

A score of two similarity matrices is a mean over pairs of words, and pairs share words.  What one
pair adds to a score is its influence (the derivative of the score in that pair's weight); the
influences sum to zero.  Each is taken as a share of the one word, one of the other, and one of the
pair alone:

    influence of (i, j) = a_i + a_j + e_ij

so that the variance of a score over n words is 4·σ_a²/n + 2·σ_e²/(n(n−1)).  Both variances are
estimated from their mean squares, as for a round robin of people (Warner, Kenny and Stoto 1979);
the sum is that of regressions on pairs (Aronow, Samii and Assenova 2015), without its bias.

Resampled words say something else.  A pair's weight is then the product of two counts, which
varies three times as much as a count does, so that σ_e² counts three times (Owen 2007).  Where
words have many dimensions, single pairs are nearly independent, σ_e² is most of the variance, and
an interval from resampled words is up to √3 times as wide as it ought to be.
"""

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.statistics import ranks
from laminoscope_core.analysis.word_pairs import WordPairs

__all__ = ["components", "influences", "variance_of_mean"]

Floats = NDArray[np.float64]


def influences(x: Floats, y: Floats, *, on_ranks: bool = False) -> Floats:
    """Return what each pair adds to the correlation of pair similarities (…, n_pairs).

    Parameters
    ----------
    x, y : float64 arrays (…, n_pairs)
        That broadcast; not constant.
    on_ranks : bool
        Whether the correlation is Spearman's: a pair then also moves the ranks of all others.

    Returns
    -------
    float64 array (…, n_pairs)
        That sum to zero.

    Examples
    --------
    >>> influences(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 4.0])).round(3).tolist()
    [0.012, -0.035, 0.023]
    """
    if on_ranks:
        x, y = ranks(x), ranks(y)
    x, y = _standardised(x), _standardised(y)
    found = x * y
    if on_ranks:
        found = found + _moved(x, y) + _moved(y, x)
    else:
        r = found.mean(axis=-1, keepdims=True)
        found = found - r * (x**2 + y**2) / 2
    return np.asarray(found - found.mean(axis=-1, keepdims=True))


def components(influence: Floats, pairs: WordPairs) -> tuple[Floats, Floats]:
    """Return σ_a² and σ_e² (…) of influences (…, n_pairs) on all pairs of words.

    The first can be below zero: then words differ less than their pairs would have them.

    Raises
    ------
    ValueError
        There are fewer than four words.
    """
    n = pairs.n_words
    if n < 4:
        raise ValueError("shares of words and pairs need at least four words")
    sums = _sums_of_words(influence, pairs)
    squares = (sums**2).sum(axis=-1)
    of_pairs = ((influence**2).sum(axis=-1) - squares / (n - 2)) / (n * (n - 3) / 2)
    of_words = (squares / (n - 1) / (n - 2) - of_pairs) / (n - 2)
    return of_words, of_pairs


def variance_of_mean(of_words: Floats, of_pairs: Floats, n_words: int) -> Floats:
    """Return the variance (…) of a score with such `components`; a negative one counts as 0."""
    of_pairs = 2 / (n_words * (n_words - 1)) * of_pairs
    return np.asarray(4 / n_words * np.maximum(of_words, 0) + of_pairs)


def _standardised(x: Floats) -> Floats:
    x = x - x.mean(axis=-1, keepdims=True)
    return np.asarray(x / x.std(axis=-1, keepdims=True))


def _moved(x: Floats, y: Floats) -> Floats:
    """Return what one more pair at each x adds by raising the ranks above it.

    Ranks 1 … n have a standard deviation of n/√12, by which a step of one is divided.
    """
    x, y = np.broadcast_arrays(x, y)
    order = np.argsort(x, axis=-1, kind="stable")
    above = np.take_along_axis(y, order, axis=-1)[..., ::-1].cumsum(axis=-1)[..., ::-1]
    found = np.empty_like(above)
    np.put_along_axis(found, order, above * np.sqrt(12) / x.shape[-1], axis=-1)
    return found


def _sums_of_words(influence: Floats, pairs: WordPairs) -> Floats:
    """Return the sum (…, n_words) of the influences of each word's pairs."""
    matrices = np.zeros((*influence.shape[:-1], pairs.n_words, pairs.n_words))
    matrices[..., pairs.first, pairs.second] = influence
    return np.asarray(matrices.sum(axis=-1) + matrices.sum(axis=-2))
