"""The uncertainty of a mean score over models, when both the models and the words are samples.

One model's geometry is compared with that of several others over the same words, and the scores
are averaged.  Other models of the same kind would have given another mean, and so would other
words.  Resampling both at once counts the noise between single models and words more than once
and is too careful; resampling one of them leaves the other's share out.  Schütt et al. (2023)
combine the three variances so that each share is counted once:

    n_m/(n_m−1)·V_m + n_w/(n_w−1)·V_w − n_m·n_w/((n_m−1)(n_w−1))·(V_both − V_m − V_w)

for n_m models and n_w words, no smaller than either of the first two terms and no larger than
V_both.  The interval is the mean ± Student's t times its root, with one degree of freedom less
than there are models, or words if those are fewer.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["two_factor_interval", "two_factor_variance"]

Floats = NDArray[np.float64]


def two_factor_variance(
    both: Floats, models: Floats, words: Floats, n_models: int, n_words: int
) -> Floats:
    """Return the variance (…,) of a mean score over models and words.

    Parameters
    ----------
    both, models, words : float64 arrays (…,)
        Variances of the mean when models and words are resampled, only models, only words.
    n_models, n_words : int
        At least two of each.

    Examples
    --------
    >>> float(two_factor_variance(*np.array([3.0, 1.0, 1.5]), n_models=5, n_words=10).round(3))
    2.222
    """
    of_models = n_models / (n_models - 1) * models
    of_words = n_words / (n_words - 1) * words
    shared = n_models * n_words / ((n_models - 1) * (n_words - 1)) * (both - models - words)
    found = np.minimum(of_models + of_words - shared, both)
    return np.maximum(found, np.maximum(of_models, of_words))


def two_factor_interval(
    scores: Floats, resampled: Floats, n_words: int, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Return the interval (…,) of the mean score, cut off at −1 and 1.

    What resampling the models does to a mean follows from the scores, so that only the words are
    drawn.

    Parameters
    ----------
    scores : float64 array (n_models, …)
        Of each model; at least two.
    resampled : float64 array (n_resamples, n_models, …)
        The same over resampled words; those that are NaN do not count.
    n_words : int
    confidence : float

    Returns
    -------
    low, high : float64 arrays (…,)
    """
    from scipy.special import stdtrit

    n_models = len(scores)
    if n_models < 2:
        raise ValueError("an interval over models needs at least two of them")
    between = scores.var(axis=0) / n_models
    words = np.nanvar(resampled.mean(axis=1), axis=0)
    both = words + np.nanmean(resampled.var(axis=1), axis=0) / n_models
    root = np.sqrt(two_factor_variance(both, between, words, n_models, n_words))
    reach = root * stdtrit(min(n_models, n_words) - 1, (1 + confidence) / 2)
    mean = scores.mean(axis=0)
    return np.clip(mean - reach, -1, 1), np.clip(mean + reach, -1, 1)
