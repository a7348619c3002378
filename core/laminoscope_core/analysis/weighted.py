"""Correlations of weighted pairs: one score for each resample of the words.

A weight of w stands for w copies of a pair, so that every function gives what its unweighted
counterpart in `rsa` gives on the vector with the copies written out, without writing them out.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.rsa import MIN_PAIRS, Correlation
from laminoscope_core.analysis.statistics import tau_a
from laminoscope_core.job import Job

__all__ = ["weighted_correlations", "weighted_ranks"]

# Of the variance of the full sample: below it a resample holds copies of one value.
_NO_VARIANCE = 1e-10


def weighted_correlations(
    vectors: NDArray[np.float64],
    site_pairs: Sequence[tuple[int, int]],
    weights: NDArray[np.float64],
    block: NDArray[np.intp],
    correlation: Correlation,
    job: Job,
) -> NDArray[np.float64]:
    """Correlate pairs of vectors under every weighting.

    Parameters
    ----------
    vectors : float64 array (n_layers, n_sites, n_pairs)
        Pair similarities, not block-corrected.
    site_pairs : sequence of pairs of int
        Which sites to correlate.
    weights : float64 array (n_resamples, n_pairs)
        Whole numbers, 0 for pairs that a resample lacks.
    block : integer array (n_pairs,)
        Blocks whose means are subtracted within each resample; all equal for no correction.
    correlation : str
        As in `rsa.Params`.
    job : Job
        Told of every layer.

    Returns
    -------
    float64 array (n_resamples, n_layers, n_site_pairs)
        NaN where fewer than three distinct pairs have weight or one side is constant.
    """
    score = _pearson if correlation == "pearson" else _on_ranks
    scores = np.empty((len(weights), len(vectors), len(site_pairs)))
    with np.errstate(invalid="ignore", divide="ignore"):
        for layer, x in enumerate(vectors):
            job.report(layer / len(vectors), "resampling words")
            x = (x - x.mean(axis=-1, keepdims=True)) / x.std(axis=-1, keepdims=True)
            scores[:, layer] = score(x, site_pairs, weights, block, correlation)
    scores[(weights > 0).sum(axis=1) < MIN_PAIRS] = np.nan
    return np.clip(scores, -1, 1)


def weighted_ranks(x: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean rank that each value's copies share (n_resamples, n_pairs).

    Parameters
    ----------
    x : float64 array (n_pairs,) or (n_resamples, n_pairs)
        The values; equal ones are tied.
    weights : float64 array (n_resamples, n_pairs)
        Copies of each value.

    Examples
    --------
    >>> weighted_ranks(np.array([0.3, 0.1, 0.2]), np.array([[1.0, 2.0, 1.0]]))
    array([[4. , 1.5, 3. ]])
    """
    order = np.broadcast_to(np.argsort(x, axis=-1), weights.shape)
    ascending = np.take_along_axis(np.broadcast_to(x, weights.shape), order, axis=-1)
    copies = np.take_along_axis(weights, order, axis=-1)
    last = np.cumsum(copies, axis=-1)
    before = last - copies
    differs = ascending[:, 1:] != ascending[:, :-1]
    if not differs.all():
        edge = np.ones((len(weights), 1), dtype=np.bool_)
        starts, ends = np.hstack([edge, differs]), np.hstack([differs, edge])
        before = np.maximum.accumulate(np.where(starts, before, 0), axis=-1)
        last = np.where(ends, last, np.inf)[:, ::-1]
        last = np.minimum.accumulate(last, axis=-1)[:, ::-1]
    ranks = np.empty_like(weights)
    np.put_along_axis(ranks, order, (before + last + 1) / 2, axis=-1)
    return ranks


def _pearson(
    x: NDArray[np.float64],
    site_pairs: Sequence[tuple[int, int]],
    weights: NDArray[np.float64],
    block: NDArray[np.intp],
    correlation: Correlation,  # noqa: ARG001 - there is but one
) -> NDArray[np.float64]:
    a, b = np.triu_indices(len(x))
    products = np.zeros((len(weights), len(x), len(x)))
    for number in np.unique(block):
        members = block == number
        w, y = weights[:, members], x[:, members]
        sums = w @ y.T
        copies = np.maximum(w.sum(axis=1, keepdims=True), 1)
        products[:, a, b] += w @ (y[a] * y[b]).T - sums[:, a] * sums[:, b] / copies
    return _normalised(products, site_pairs, weights)


def _on_ranks(
    x: NDArray[np.float64],
    site_pairs: Sequence[tuple[int, int]],
    weights: NDArray[np.float64],
    block: NDArray[np.intp],
    correlation: Correlation,
) -> NDArray[np.float64]:
    member = (block[:, None] == np.unique(block)).astype(np.float64)
    if member.shape[1] == 1:
        values = [*x]
    else:
        copies = np.maximum(weights @ member, 1)
        means = [((weights * site) @ member) / copies for site in x]
        # equal up to rounding is equal: a pair alone in its block is at its mean
        values = [np.round(site - mean @ member.T, 12) for site, mean in zip(x, means, strict=True)]
    if correlation == "kendall_tau_a":
        return _tau_a(values, site_pairs, weights)
    n = weights.sum(axis=1)
    centred = [weighted_ranks(value, weights) - (n[:, None] + 1) / 2 for value in values]
    products = np.empty((len(weights), len(x), len(x)))
    for a, b in {*site_pairs, *((site, site) for site in range(len(x)))}:
        products[:, a, b] = np.einsum("rp,rp,rp->r", weights, centred[a], centred[b])
    if correlation == "rho_a":
        return np.stack([12 * products[:, a, b] / (n**3 - n) for a, b in site_pairs], axis=-1)
    return _normalised(products, site_pairs, weights)


def _tau_a(
    values: Sequence[NDArray[np.float64]],
    site_pairs: Sequence[tuple[int, int]],
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    scores = np.full((len(weights), len(site_pairs)), np.nan)
    rows = [np.broadcast_to(value, weights.shape) for value in values]
    for resample, copies in enumerate(weights.astype(np.intp)):
        if (copies > 0).sum() >= MIN_PAIRS:
            drawn = [np.repeat(row[resample], copies) for row in rows]
            scores[resample] = [tau_a(drawn[a], drawn[b]) for a, b in site_pairs]
    return scores


def _normalised(
    products: NDArray[np.float64],
    site_pairs: Sequence[tuple[int, int]],
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    squares = np.diagonal(products, axis1=1, axis2=2)
    floor = _NO_VARIANCE * weights.sum(axis=1, keepdims=True)
    lengths = np.sqrt(np.where(squares > floor, squares, np.nan))
    return np.stack(
        [products[:, a, b] / (lengths[:, a] * lengths[:, b]) for a, b in site_pairs], axis=-1
    )
