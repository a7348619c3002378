"""Statistics that several analyses share; every function works on whole stacks at once.

Correlations and effect sizes are computed in float64.  What cannot be computed is NaN; the
analysis that asked says why.
"""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.aside import aside
from laminoscope_core.job import Job

__all__ = [
    "benjamini_hochberg",
    "blocks",
    "cohens_d",
    "fisher_z",
    "is_constant",
    "pearson",
    "ranks",
    "squared_distances",
    "tau_a",
]

_BLOCK_VALUES = 2**18
_SOON = 2**15  # values whose τ takes some 5 ms
_FLOAT32_ROUNDING = 4 * np.finfo(np.float32).eps


def blocks(n: int, values_each: int, most: int = _BLOCK_VALUES) -> list[slice]:
    """Return slices of n layers or resamples that hold so few values that a look at a job can wait.

    Parameters
    ----------
    n, values_each : int
        How many layers or resamples, and how many values each of them has.
    most : int
        Values of a slice that has more than one; by default 2 MB of float64.

    Examples
    --------
    >>> blocks(30, 34 * 576)
    [slice(0, 13, None), slice(13, 26, None), slice(26, 30, None)]
    """
    step = max(1, most // max(1, values_each))
    return [slice(start, min(start + step, n)) for start in range(0, n, step)]


def is_constant(
    x: NDArray[np.floating], scale: NDArray[np.floating] | None = None
) -> NDArray[np.bool_]:
    """Return whether values along the last axis differ by no more than float32 rounding.

    Parameters
    ----------
    x : array (…, n)
        The values; an empty or non-finite vector is not constant.
    scale : array (…,), optional
        Magnitude that rounding is relative to; the largest absolute value by default.
    """
    if x.shape[-1] == 0:
        return np.zeros(x.shape[:-1], dtype=np.bool_)
    if scale is None:
        scale = np.abs(x).max(axis=-1)
    return np.asarray(np.ptp(x, axis=-1) <= _FLOAT32_ROUNDING * scale)


def pearson(x: NDArray[np.floating], y: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return Pearson's r (…,) along the last axis of two arrays (…, n); NaN where one is constant.

    Examples
    --------
    >>> pearson(np.array([[1.0, 2, 3], [5, 5, 5]]), np.array([2.0, 4, 6]))
    array([ 1., nan])
    """
    with np.errstate(invalid="ignore", divide="ignore"):  # of what is not finite, too
        undefined = is_constant(x) | is_constant(y)
        x = x - x.mean(axis=-1, keepdims=True, dtype=np.float64)
        y = y - y.mean(axis=-1, keepdims=True, dtype=np.float64)
        r = np.vecdot(x, y) / np.sqrt(np.vecdot(x, x) * np.vecdot(y, y))
    return np.where(undefined, np.nan, np.clip(r, -1, 1))


def ranks(x: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return ranks 1 … n along the last axis; tied values share their mean rank."""
    from scipy.stats import rankdata

    return np.asarray(rankdata(x, axis=-1), dtype=np.float64)


def tau_a(x: NDArray[np.floating], y: NDArray[np.floating], job: Job | None = None) -> float:
    """Return Kendall's τ_a of two vectors: (concordant − discordant) / all pairs.

    Ties count as neither.  scipy gives τ_b in O(n log n), whose denominator leaves ties out;
    counting them gives τ_a back (Kendall 1945).  A job that is cancelled leaves scipy behind.

    Examples
    --------
    >>> x = np.array([1.0, 2, 3, 3])
    >>> round(tau_a(x, x), 6)
    0.833333
    """
    from scipy.stats import kendalltau

    n_pairs = len(x) * (len(x) - 1) / 2
    untied = [n_pairs - _tied_pairs(values) for values in (x, y)]
    job = job or Job()
    work = partial(kendalltau, x, y, method="asymptotic")
    tau_b = (aside(work, job) if len(x) > _SOON else work()).statistic
    return float(tau_b * np.sqrt(untied[0] * untied[1]) / n_pairs)


def _tied_pairs(x: NDArray[np.floating]) -> float:
    counts = np.unique(x, return_counts=True)[1].astype(np.float64)
    return float((counts * (counts - 1) / 2).sum())


def fisher_z(r: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return atanh(r), ±∞ at |r| = 1.

    Examples
    --------
    >>> fisher_z(np.array([0.0, 1.0, -1.0]))
    array([  0.,  inf, -inf])
    """
    with np.errstate(divide="ignore"):
        return np.asarray(np.arctanh(r), dtype=np.float64)


def cohens_d(
    within: NDArray[np.floating], across: NDArray[np.floating]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return Cohen's d and Hedges g of two groups along their last axes.

    d is the difference of the means in units of the pooled standard deviation (ddof = 1); g
    takes out d's upward bias in small groups, g = d·(1 − 3/(4n − 9)) with n values in all
    (Hedges 1981).

    Parameters
    ----------
    within : array (…, n_within)
    across : array (…, n_across)

    Returns
    -------
    d, g : float64 arrays (…,)
        NaN if a group is empty, there are fewer than three values, or all are constant.
    """
    n_within, n_across = within.shape[-1], across.shape[-1]
    n = n_within + n_across
    if min(n_within, n_across) == 0 or n < 3:
        undefined = np.full(within.shape[:-1], np.nan)
        return undefined, undefined
    difference = within.mean(axis=-1) - across.mean(axis=-1)
    squares = n_within * within.var(axis=-1) + n_across * across.var(axis=-1)
    scale = np.maximum(np.abs(within).max(axis=-1), np.abs(across).max(axis=-1))
    undefined = is_constant(within, scale) & is_constant(across, scale)
    with np.errstate(invalid="ignore", divide="ignore"):
        d = np.where(undefined, np.nan, difference / np.sqrt(squares / (n - 2)))
    return d, d * (1 - 3 / (4 * n - 9))


def benjamini_hochberg(p: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return false-discovery-rate q values along the first axis; NaN p stay NaN and do not count.

    q of the k-th smallest of m p values is the smallest p·m/j over all j ≥ k (Benjamini and
    Hochberg 1995, as adjusted p values).

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.04, np.nan, 0.03]))
    array([0.03, 0.04,  nan, 0.04])
    """
    order = np.argsort(p, axis=0)
    ascending = np.take_along_axis(p, order, axis=0)
    rank = np.arange(1, len(p) + 1).reshape(-1, *[1] * (p.ndim - 1))
    m = np.isfinite(p).sum(axis=0)
    adjusted = np.where(np.isnan(ascending), np.inf, ascending * m / rank)
    monotone = np.minimum.accumulate(adjusted[::-1], axis=0)[::-1]
    q = np.empty_like(p, dtype=np.float64)
    np.put_along_axis(q, order, np.minimum(monotone, 1), axis=0)
    return np.where(np.isnan(p), np.nan, q)


def squared_distances(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return squared Euclidean distances (…, n, n) between the rows of (…, n, d).

    The rows are centred first, which changes no distance and keeps rounding small.
    """
    x = x - x.mean(axis=-2, keepdims=True)
    gram = x @ x.swapaxes(-1, -2)
    lengths = np.diagonal(gram, axis1=-2, axis2=-1)
    return np.maximum(lengths[..., :, None] + lengths[..., None, :] - 2 * gram, 0)
