"""The uncertainty of a mean score over models, when both the models and the words are samples.

One model's geometry is compared with that of several others over the same words, and the scores
are averaged.  Other models of the same kind would have given another mean, and so would other
words.  Either variance holds the noise between single models and words; it must be counted once.
Schütt et al. (2023) combine the three variances so:

    n_m/(n_m−1)·V_m + n_w/(n_w−1)·V_w − n_m·n_w/((n_m−1)(n_w−1))·(V_both − V_m − V_w)

for n_m models and n_w words, no smaller than either of the first two terms and no larger than
V_both.  They take the variances over words from resamples, which count what is of single pairs of
words three times; here they are those of `word_variance`, which counts it once.

Few models say little about their variance, many words much about theirs, so that one Student's t
for both would let three models make the words' part four times as wide.  Each part has its own:

    reach² = t²(n_m−1)·V_models + t²(n_w−1)·V_rest

where V_models is the first term above and V_rest what the sum has besides.  Of independent parts
such an interval covers at least what it promises, whatever their sizes (Banerjee 1960).  It is
laid out on Fisher's z, where a mean near 1 has as much room to both sides.
"""

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.word_pairs import WordPairs
from laminoscope_core.analysis.word_variance import components, variance_of_mean

__all__ = ["two_factor_interval", "two_factor_variance"]

Floats = NDArray[np.float64]


def two_factor_variance(
    both: Floats, models: Floats, words: Floats, n_models: int, n_words: int
) -> Floats:
    """Return the variance (…,) of a mean score over models and words.

    Parameters
    ----------
    both, models, words : float64 arrays (…,)
        Variances of the mean over models and words as they are here, over models, over words.
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
    scores: Floats, influence: Floats, pairs: WordPairs, confidence: float = 0.95
) -> tuple[float, float]:
    """Return the interval of the mean score.

    Parameters
    ----------
    scores : float64 array (n_models,)
        Of each model; at least two.
    influence : float64 array (n_models, n_pairs)
        What each pair of words adds to each score (`word_variance.influences`).
    pairs : WordPairs
        All pairs of the words; at least four words.
    confidence : float

    Raises
    ------
    ValueError
        There are fewer than two models or four words.
    """
    from scipy.special import stdtrit

    n_models, n_words = len(scores), pairs.n_words
    if n_models < 2:
        raise ValueError("an interval over models needs at least two of them")
    mean = influence.mean(axis=0)
    of_words = variance_of_mean(*components(mean, pairs), n_words)
    # what differs from model to model, of which a mean over models holds the n-th part
    of_words_apart, of_pairs_apart = (
        np.asarray(x.sum() / (n_models - 1)) for x in components(influence - mean, pairs)
    )
    shared = variance_of_mean(of_words_apart, of_pairs_apart, n_words) / n_models
    # the formula wants variances as resamples give them, which are too small by (n−1)/n
    models, words = scores.var() / n_models, of_words * (n_words - 1) / n_words
    both = models + words + shared * (n_models - 1) * (n_words - 1) / (n_models * n_words)
    variance = two_factor_variance(both, models, words, n_models, n_words)
    of_models = models * n_models / (n_models - 1)
    t_models, t_words = stdtrit(np.array([n_models, n_words]) - 1, (1 + confidence) / 2)
    reach = np.sqrt(t_models**2 * of_models + t_words**2 * (variance - of_models))
    score = scores.mean()
    if abs(score) >= 1:
        return float(score), float(score)
    on_z = reach / (1 - score**2)  # z has this derivative
    low, high = np.tanh(np.arctanh(score) + on_z * np.array([-1, 1]))
    return float(low), float(high)
