"""Noise ceiling: how well could any geometry agree with these runs, given how they differ?

The same words in several carrier sentences, or in several models, give several similarity
matrices that ought to show one geometry.  They do not agree perfectly, and no other matrix can
agree with all of them better than their own mean does.  The lower bound correlates each run
with the mean of the others, the upper bound with the mean of all, itself included; the best
attainable mean score lies between (Nili et al. 2014).
"""

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.correlation import MIN_PAIRS, Correlation, correlate, unit_vectors
from laminoscope_core.analysis.statistics import ranks

__all__ = ["noise_ceiling"]


def noise_ceiling(
    vectors: NDArray[np.float64], correlation: Correlation = "pearson"
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the bounds of the mean RSA score that a perfect geometry could reach.

    Runs are standardised as the correlation does (z values, or ranks) before they are averaged,
    so that no run weighs more because its similarities vary more.

    Parameters
    ----------
    vectors : float64 array (n_runs, n_layers, n_pairs)
        Pair similarities of the same words in each run.
    correlation : str
        As in `rsa.Params`.

    Returns
    -------
    lower, upper : float64 arrays (n_layers,)
        NaN where there are too few pairs.

    Raises
    ------
    ValueError
        There are fewer than two runs.

    Examples
    --------
    >>> runs = np.array([[[1.0, 2, 3, 4]], [[1.0, 2, 4, 3]]])
    >>> [bound.round(2).tolist() for bound in noise_ceiling(runs)]
    [[0.8], [0.95]]
    """
    n_runs = len(vectors)
    if n_runs < 2:
        raise ValueError("a noise ceiling needs at least two runs")
    if vectors.shape[-1] < MIN_PAIRS:
        unknown = np.full(vectors.shape[1], np.nan)
        return unknown, unknown
    # sums of ranks are exact, so that words tied in the mean stay tied
    standard = unit_vectors(vectors, "pearson") if correlation == "pearson" else ranks(vectors)
    total = standard.sum(axis=0)
    lower = [correlate(x, total - z, correlation) for x, z in zip(vectors, standard, strict=True)]
    upper = [correlate(x, total, correlation) for x in vectors]
    return np.mean(lower, axis=0), np.mean(upper, axis=0)
