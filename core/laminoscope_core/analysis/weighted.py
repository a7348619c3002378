"""Correlations of weighted pairs: one score for each resample of the words.

A weight of w stands for w copies of a pair, so that every score is what its unweighted
counterpart in `rsa` gives on the vector with the copies written out, without writing them out.

- Pearson's r needs sums of w, wx and wxy: a matrix product for all layers and resamples;
- ranks need no sorting anew: copies of a value stand where the value stands, so that a value's
  rank is the number of copies below it, a running sum over the values in their order;
- but a block-corrected value depends on which pairs were drawn, and so does its rank: there the
  values of every resample are sorted.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.correlation import MIN_PAIRS, Correlation
from laminoscope_core.analysis.kendall import MOST_COMPARED, quadratic_tau_a, signs
from laminoscope_core.analysis.resampling import Resamples
from laminoscope_core.analysis.statistics import blocks, tau_a
from laminoscope_core.job import Job

__all__ = ["resampling_tasks", "running_sums", "weighted_ranks"]

# Of the variance of the full sample: below it a resample holds copies of one value.
_NO_VARIANCE = 1e-10
# Pairs summed in one go: few enough for float32, whose block sums are added in float64.
_ROWS = 1024
_TASK_VALUES = 2**22
# Values sorted between two looks at a job: some 20 ms.
_SORTED_VALUES = 2**17

Scores = Callable[[slice], NDArray[np.float64]]


def resampling_tasks(
    vectors: NDArray[np.float64],
    site_pairs: Sequence[tuple[int, int]],
    resamples: Resamples,
    correlation: Correlation,
    corrected: bool,
    scores: NDArray[np.float64],
    job: Job,
) -> Iterator[Callable[[], int]]:
    """Yield tasks that fill in the score of every resample, and return how many they filled in.

    Parameters
    ----------
    vectors : float64 array (n_layers, n_sites, n_pairs)
        Pair similarities, not block-corrected.
    site_pairs : sequence of pairs of int
        Which sites to correlate.
    resamples : Resamples
        Of the same pairs.
    correlation : str
        As in `rsa.Params`.
    corrected : bool
        Whether the means of blocks are subtracted within each resample.
    scores : float64 array (n_resamples, n_layers, n_site_pairs)
        Where the scores go; NaN where a resample has fewer than three distinct pairs, or one side
        is constant.
    job : Job
        Checked by the tasks.
    """
    n_pairs = vectors.shape[-1]
    if n_pairs < MIN_PAIRS:
        return
    vectors = _standardised(vectors, job)
    block = resamples.pairs.block * corrected
    step = min(max(_TASK_VALUES // n_pairs, 16), 256)
    enough = resamples.n_distinct_pairs(step, job) >= MIN_PAIRS
    # a rank costs more than a product, and is worked out for one layer at a time
    each = len(vectors) if correlation == "pearson" else 1
    for first in range(0, len(vectors), each):
        layers = slice(first, first + each)
        score = _Curves(vectors[layers], site_pairs, resamples, block, correlation, job).scorer()
        for start in range(0, resamples.n_resamples, step):
            rows = slice(start, start + step)
            yield _task(score, rows, enough[rows], scores[rows, layers], job)


def _standardised(vectors: NDArray[np.float64], job: Job) -> NDArray[np.float64]:
    z = np.empty_like(vectors)
    with np.errstate(invalid="ignore", divide="ignore"):
        for layer, x in enumerate(vectors):
            job.check()
            z[layer] = (x - x.mean(axis=-1, keepdims=True)) / x.std(axis=-1, keepdims=True)
    return z


def _task(
    score: Scores, rows: slice, enough: NDArray[np.bool_], scores: NDArray[np.float64], job: Job
) -> Callable[[], int]:
    def work() -> int:
        job.check()
        with np.errstate(invalid="ignore", divide="ignore"):
            found = np.clip(score(rows), -1, 1)
        scores[:] = np.where(enough[:, None, None], found, np.nan)
        return scores.size

    return work


@dataclass(frozen=True, eq=False)
class _Curves:
    """Standardised vectors of some layers, and how resamples of them are scored.

    Attributes
    ----------
    x : float64 array (n_layers, n_sites, n_pairs)
        Of a single layer, but for Pearson's r.
    site_pairs, resamples, correlation, job
        As of `resampling_tasks`.
    block : integer array (n_pairs,)
        Whose means are subtracted within each resample; all 0 for one block.
    """

    x: NDArray[np.float64]
    site_pairs: Sequence[tuple[int, int]]
    resamples: Resamples
    block: NDArray[np.intp]
    correlation: Correlation
    job: Job

    def scorer(self) -> Scores:
        """Return what scores (n_rows, n_layers, n_site_pairs) some resamples."""
        if self.correlation == "pearson":
            return _pearson(self)
        if self.block.any():
            score = _corrected(self)
        elif self.correlation == "kendall_tau_a":
            score = _tau_a(self)
        else:
            score = _on_ranks(self)
        return lambda rows: score(rows)[:, None]


def _pearson(curves: _Curves) -> Scores:
    x, site_pairs, resamples, block = curves.x, curves.site_pairs, curves.resamples, curves.block
    n_layers, n_sites = x.shape[:2]
    order = np.argsort(block, kind="stable")
    sorted_resamples = Resamples(resamples.counts, resamples.pairs.at(order))
    # all layers of a site beside each other: sums of whole columns are one matrix product
    columns = np.empty((len(order), n_sites, n_layers))
    for start in range(0, len(order), _ROWS):
        curves.job.check()
        rows = slice(start, start + _ROWS)
        columns[rows] = x[..., order[rows]].transpose(2, 1, 0)
    edges = np.flatnonzero(np.diff(block[order], prepend=-1, append=-1)).tolist()
    factors = [*site_pairs, *((site, site) for site in range(n_sites))]
    first, second = np.array(factors).T

    def score(rows: slice) -> NDArray[np.float64]:
        n_rows = resamples.counts[0, rows].size
        products = np.zeros((n_rows, len(factors), n_layers))
        total = np.zeros((n_rows, 1, 1))
        for low, high in pairwise(edges):
            copies = np.zeros((n_rows, 1, 1))
            sums = np.zeros((n_rows, n_sites + len(factors), n_layers))
            for start in range(low, high, _ROWS):
                curves.job.check()
                chunk = slice(start, min(start + _ROWS, high))
                w = sorted_resamples.weights(rows, chunk).astype(np.float64)
                y = columns[chunk]
                y = np.concatenate([y, y[:, first] * y[:, second]], axis=1)
                copies[:, 0, 0] += w.sum(axis=0)
                sums += (w.T @ y.reshape(len(y), -1)).reshape(sums.shape)
            means = sums[:, :n_sites] / np.maximum(copies, 1)
            products += sums[:, n_sites:] - copies * means[:, first] * means[:, second]
            total += copies
        squares = products[:, len(site_pairs) :]
        lengths = np.sqrt(np.where(squares > _NO_VARIANCE * total, squares, np.nan))
        found = [
            products[:, number] / (lengths[:, a] * lengths[:, b])
            for number, (a, b) in enumerate(site_pairs)
        ]
        return np.stack(found, axis=-1)

    return score


def _on_ranks(curves: _Curves) -> Scores:
    """Return Spearman's r or ρ_a (n_rows, n_site_pairs) of one layer.

    Twice a pair's rank less the mean rank is the copies below it and those up to it, less all:
    whole numbers, which float32 holds exactly up to 4000 words.
    """
    site_pairs, resamples, job = curves.site_pairs, curves.resamples, curves.job
    levels = []
    for vector in curves.x[0]:
        job.check()
        levels.append(_Levels.of(vector))

    def score(rows: slice) -> NDArray[np.float64]:
        w = resamples.weights(rows)
        copies = w.sum(axis=0, dtype=np.float64)
        first, second = np.empty_like(w), np.empty_like(w)
        cubes = _sum_of_products(np.multiply(w, w, out=first), w)
        ranks, squares = [], []
        for level in levels:
            twice, tied_cubes = level.twice_centred_ranks(w, copies, (first, second), job)
            ranks.append(twice)
            # 4 Σ w·rank² of copies that share their mean rank, from the sizes t of the groups
            squares.append((copies**3 - cubes - tied_cubes) / 3)
        found = []
        for number, (a, b) in enumerate(site_pairs):
            if number == 0 or a != site_pairs[number - 1][0]:
                weighted = np.multiply(w, ranks[a], out=first)
            job.check()
            product = _sum_of_products(weighted, ranks[b])
            if curves.correlation == "rho_a":
                found.append(3 * product / (copies**3 - copies))
            else:
                found.append(product / np.sqrt(squares[a] * squares[b]))
        return np.stack(found, axis=-1)

    return score


@dataclass(frozen=True, eq=False)
class _Levels:
    """The distinct values of a vector in their order.

    Attributes
    ----------
    order : integer array (n_pairs,)
        Pairs from the smallest value to the largest.
    ends : integer array (n_levels,) or None
        Where in that order each level ends; None if no two values are equal.
    level : integer array (n_pairs,)
        Level of each pair.
    shared : integer array (n_shared,)
        Levels of more than one pair.
    tied : integer array (n_tied,)
        The pairs on them.
    """

    order: NDArray[np.intp]
    ends: NDArray[np.intp] | None
    level: NDArray[np.intp]
    shared: NDArray[np.intp]
    tied: NDArray[np.intp]

    @classmethod
    def of(cls, x: NDArray[np.float64]) -> "_Levels":
        order = np.argsort(x, kind="stable")
        rises = np.diff(x[order]) != 0
        level = np.empty(len(x), dtype=np.intp)
        level[order] = np.cumsum(np.append(0, rises))
        sizes = np.bincount(level)
        shared = np.flatnonzero(sizes > 1)
        ends = np.cumsum(sizes) - 1 if len(shared) else None
        return cls(order, ends, level, shared, np.flatnonzero(sizes[level] > 1))

    def twice_centred_ranks(
        self,
        w: NDArray[np.float32],
        copies: NDArray[np.float64],
        buffers: tuple[NDArray[np.float32], NDArray[np.float32]],
        job: Job,
    ) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        """Return 2·(rank − mean rank) (n_pairs, n_rows), and what ties add to the sum of cubes."""
        job.check()
        upto, sums = buffers
        # with "clip" numpy writes straight into the buffer; every place is in range
        np.take(w, self.order, axis=0, out=upto, mode="clip")
        half = (0.5 * copies).astype(np.float32)
        upto[0] -= half
        job.check()
        running_sums(upto)
        job.check()
        if self.ends is not None:
            upto = upto[self.ends]
        sums = sums[: len(upto)]
        np.add(upto[1:], upto[:-1], out=sums[1:])
        np.subtract(upto[0], half, out=sums[0])
        job.check()
        # a level's copies end where the next one's begin, and the first one's begin at −half
        before = upto[np.maximum(self.shared - 1, 0)]
        before[self.shared == 0] = -half
        groups = (upto[self.shared] - before).astype(np.float64)
        alone = w[self.tied].astype(np.float64)
        return sums[self.level], (groups**3).sum(axis=0) - (alone**3).sum(axis=0)


def running_sums(x: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the running sums of the rows of an array (n, m), in the array itself.

    numpy's ``cumsum`` goes down one column after the other; this adds whole rows.

    Examples
    --------
    >>> running_sums(np.array([[1, 0], [2, 1], [3, 0]], dtype=np.float32)).tolist()
    [[1.0, 0.0], [3.0, 1.0], [6.0, 1.0]]
    """
    width = max(1, int(np.sqrt(len(x))))
    whole = len(x) - len(x) % width
    parts = x[:whole].reshape(-1, width, x.shape[1])
    for row in range(1, width):
        parts[:, row] += parts[:, row - 1]
    for number in range(1, len(parts)):
        parts[number] += parts[number - 1, -1]
    for row in range(max(whole, 1), len(x)):
        x[row] += x[row - 1]
    return x


def _sum_of_products(x: NDArray[np.float32], y: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return Σ xy (n_rows,) over the first axis: float32 in blocks, float64 between them."""
    total = np.zeros(x.shape[1])
    for start in range(0, len(x), _ROWS):
        chunk = slice(start, start + _ROWS)
        total += np.einsum("pr,pr->r", x[chunk], y[chunk])
    return total


def _tau_a(curves: _Curves) -> Scores:
    x, resamples = curves.x[0], curves.resamples
    if x.shape[-1] > MOST_COMPARED:
        return lambda rows: _tau_a_of_each(
            [np.broadcast_to(v, resamples.weights(rows).T.shape) for v in x],
            resamples.weights(rows).T,
            curves,
        )
    of_site, compared = [], []
    for vector in x:
        curves.job.check()
        of_site.append(signs(vector))
    for a, b in curves.site_pairs:
        curves.job.check()
        compared.append(of_site[a] * of_site[b])

    def score(rows: slice) -> NDArray[np.float64]:
        w = resamples.weights(rows)
        scores = []
        for each in compared:
            curves.job.check()
            scores.append(quadratic_tau_a(each, w))
        return np.stack(scores, axis=-1)

    return score


def _corrected(curves: _Curves) -> Scores:
    site_pairs = curves.site_pairs
    order = np.argsort(curves.block, kind="stable")
    x = curves.x[0][:, order]
    resamples = Resamples(curves.resamples.counts, curves.resamples.pairs.at(order))
    starts = np.flatnonzero(np.diff(curves.block[order], prepend=-1))
    sizes = np.diff(starts, append=len(order))

    def of_blocks(values: NDArray[np.float64]) -> NDArray[np.float64]:
        curves.job.check()
        return np.asarray(np.add.reduceat(values, starts, axis=1))

    def score(rows: slice) -> NDArray[np.float64]:
        count = len(range(*rows.indices(resamples.n_resamples)))
        parts = blocks(count, x.shape[1], _SORTED_VALUES)
        return np.concatenate(
            [of(slice(rows.start + part.start, rows.start + part.stop)) for part in parts]
        )

    def of(rows: slice) -> NDArray[np.float64]:
        curves.job.check()
        weights = resamples.weights(rows).T.astype(np.float64)
        copies = np.maximum(of_blocks(weights), 1)
        values = []
        for site in x:
            means = of_blocks(weights * site) / copies
            curves.job.check()
            # equal up to rounding is equal: a pair alone in its block is at its mean
            values.append(np.round(site - np.repeat(means, sizes, axis=1), 12))
        if curves.correlation == "kendall_tau_a":
            return _tau_a_of_each(values, weights, curves)
        n = weights.sum(axis=1)
        centred = []
        for value in values:
            curves.job.check()
            centred.append(weighted_ranks(value, weights) - (n[:, None] + 1) / 2)

        def product(a: int, b: int) -> NDArray[np.float64]:
            curves.job.check()
            return np.asarray(np.einsum("rp,rp,rp->r", weights, centred[a], centred[b]))

        products = [product(a, b) for a, b in site_pairs]
        if curves.correlation == "rho_a":
            return np.stack([12 * each / (n**3 - n) for each in products], axis=-1)
        squares = [product(site, site) for site in range(len(x))]
        lengths = [np.sqrt(np.where(each > _NO_VARIANCE * n, each, np.nan)) for each in squares]
        return np.stack(
            [
                each / (lengths[a] * lengths[b])
                for each, (a, b) in zip(products, site_pairs, strict=True)
            ],
            axis=-1,
        )

    return score


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


def _tau_a_of_each(
    values: Sequence[NDArray[np.float64]], weights: NDArray[np.floating], curves: _Curves
) -> NDArray[np.float64]:
    """Return τ_a of values (n_rows, n_pairs) with their copies written out, row by row."""
    scores = np.full((len(weights), len(curves.site_pairs)), np.nan)
    for resample, copies in enumerate(weights.astype(np.intp)):
        curves.job.check()
        if (copies > 0).sum() >= MIN_PAIRS:
            drawn = [np.repeat(row[resample], copies) for row in values]
            for number, (a, b) in enumerate(curves.site_pairs):
                curves.job.check()
                scores[resample, number] = tau_a(drawn[a], drawn[b], curves.job)
    return scores
