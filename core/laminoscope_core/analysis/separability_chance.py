"""Category separability against chance: p and q values and bootstrap bands of Cohen's d.

A category label belongs to a word, so chance is imitated by dealing the labels out to the words
anew (the sizes of the categories stay), and uncertainty by resampling words; see `resampling`.
Both change only which pairs count and how often, so that all resamples are one matrix product.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import separability, similarity
from laminoscope_core.analysis.chance import Tested, chance_of, in_carriers, stacked
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.resampling import (
    Resamples,
    bootstrap_counts,
    n_dealings,
    n_permutations_for,
    too_few_for_a_band,
    word_permutations,
)
from laminoscope_core.analysis.rsa_chance import Params
from laminoscope_core.analysis.threads import fill
from laminoscope_core.analysis.word_pairs import WordPairs, word_pairs
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table

__all__ = ["Params", "Result", "cohens_d_of_groups", "run", "tables"]

# Pairs summed in one go, and values of pairs that one task weighs: some 50 ms of work.
_ROWS = 4096
_TASK_VALUES = 2**22
# Of the mean square: below it a group holds copies of one value.
_NO_VARIANCE = 1e-10

Group = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Result(Tested):
    """Chance and uncertainty of `separability.Result.cohens_d`, with the same axes.

    Attributes
    ----------
    params : Params
        What was asked for.
    layers, sites : tuple
        Labels of both axes.
    n_permutations : int
        How often labels were dealt out.
    complete : bool
        False while more relabellings and resamples are still to come.
    """

    params: Params
    layers: tuple[int, ...]
    sites: tuple[str, ...]
    observed: separability.Result
    n_permutations: int
    complete: bool = True
    by_carrier: "tuple[Result, ...]" = ()


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Deal out labels and resample words for every d; hand out what there is every second.

    Labels and words are the same in all carrier sentences.
    """
    matrices = inputs.result("similarity", similarity.Result)
    observed = inputs.result("separability", separability.Result)
    categories = matrices.categories
    n_permutations = params.n_permutations or n_permutations_for(len(observed.layers))
    several = matrices.of_carriers
    relabelled = np.full((n_permutations, len(several), *observed.cohens_d.shape), np.nan)
    counts = bootstrap_counts(len(matrices.words), params.n_resamples, params.seed)
    resampled = np.full((len(counts), len(several), *observed.cohens_d.shape), np.nan)

    def so_far(*, complete: bool = False) -> Result:
        def tested(
            of: separability.Result, by_name: NDArray[np.float64], by_word: NDArray[np.float64]
        ) -> Result:
            return _result(categories, of, params, by_name, by_word, complete)

        now = relabelled.copy(), resampled.copy()  # threads go on while they are counted
        return in_carriers(observed, *now, tested)

    def dealing() -> Iterator[Callable[[], int]]:
        for at, each in enumerate(several):
            columns = _columns(each, pairs, job)
            yield from _dealing(columns, pairs, categories, names, relabelled[:, at], job)

    def resampling() -> Iterator[Callable[[], int]]:
        for at, each in enumerate(several):
            columns = _columns(each, pairs, job)
            yield from _resampling(columns, pairs, counts, resampled[:, at], job)

    if observed.n_within and observed.n_across:
        pairs = word_pairs(categories)
        names = word_permutations(categories, n_permutations, params.seed, inside=False)
        fill(relabelled.size, dealing(), job, "dealing out category labels", so_far, (0, 0.5))
        if not too_few_for_a_band(categories):
            fill(resampled.size, resampling(), job, "resampling words", so_far, (0.5, 1))
    return so_far(complete=True)


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``rsa/separability.csv``: one line per carrier sentence, layer and site.

    Several sentences are followed by their mean.
    """
    parts = [
        separability.separability_columns(each.observed, each, each.n_permutations)
        for each in (*result.by_carrier, result)
    ]
    return {"rsa/separability.csv": Table(stacked(parts))}


def _result(
    categories: tuple[str, ...],
    observed: separability.Result,
    params: Params,
    relabelled: NDArray[np.float64],
    resampled: NDArray[np.float64],
    complete: bool,
) -> Result:
    tested = chance_of(
        observed.cohens_d[..., None],
        observed.reasons[..., None],
        relabelled[..., None],
        resampled[..., None],
        [n_dealings(categories)],
        [too_few_for_a_band(categories)],
        params.confidence,
        complete=complete,
    )
    found: dict[str, Any] = {name: x[..., 0] for name, x in tested.items()}
    return Result(
        params=params,
        layers=observed.layers,
        sites=observed.sites,
        **found,
        observed=observed,
        n_permutations=int(np.isfinite(relabelled).sum(axis=0).max()),
        complete=complete,
    )


def _columns(matrices: similarity.Result, pairs: WordPairs, job: Job) -> NDArray[np.float64]:
    """Return x and then x² of every layer and site (n_pairs, 2 · n_layers · n_sites).

    d does not depend on origin and unit; centred sums of squares lose no digits.
    """
    n_sites, half = len(matrices.sites), len(matrices.sites) * len(matrices.layers)
    columns = np.empty((len(pairs.first), 2 * half), order="F")
    for column in range(half):
        job.check()
        layer, site = divmod(column, n_sites)
        x = pairs.vectors(matrices.matrices[matrices.sites[site]][layer])
        columns[:, column] = x - x.mean()
        columns[:, half + column] = columns[:, column] ** 2
    return columns


def _sums_of_columns(columns: NDArray[np.float64], job: Job) -> NDArray[np.float64]:
    sums = np.empty(columns.shape[1])
    for column in range(len(sums)):
        job.check()
        sums[column] = columns[:, column].sum()
    return sums


def _rows_of(columns: NDArray[np.float64], rows: NDArray[np.intp], job: Job) -> NDArray[np.float64]:
    found = np.empty((len(rows), columns.shape[1]), order="F")
    for column in range(columns.shape[1]):
        job.check()
        found[:, column] = columns[rows, column]
    return found


def _dealing(
    columns: NDArray[np.float64],
    pairs: WordPairs,
    categories: Sequence[str],
    names: NDArray[np.intp],
    into: NDArray[np.float64],
    job: Job,
) -> Iterator[Callable[[], int]]:
    """Yield tasks that deal labels out: what is not within a category is across."""
    labels = np.unique(np.asarray(categories), return_inverse=True)[1].astype(np.int32)
    total = _sums_of_columns(columns, job)

    def task(rows: slice) -> Callable[[], int]:
        def work() -> int:
            dealt = labels[names[rows]].T
            n = np.zeros(dealt.shape[1])
            sums = np.zeros((dealt.shape[1], columns.shape[1]))
            for start in range(0, len(columns), _ROWS):
                job.check()
                chunk = slice(start, start + _ROWS)
                same = dealt[pairs.first[chunk]] == dealt[pairs.second[chunk]]
                n += same.sum(axis=0)
                sums += same.T.astype(np.float64) @ columns[chunk]
            d = cohens_d_of_groups(
                (n, sums), (len(columns) - n, total - sums), total / len(columns)
            )
            into[rows] = d.reshape(into[rows].shape)
            return d.size

        return work

    for rows in _task_rows(len(names), len(columns)):
        yield task(rows)


def _resampling(
    columns: NDArray[np.float64],
    pairs: WordPairs,
    counts: NDArray[np.float32],
    into: NDArray[np.float64],
    job: Job,
) -> Iterator[Callable[[], int]]:
    by_word = np.ascontiguousarray(counts.T)
    groups = [
        (Resamples(by_word, pairs.of(subset)), _rows_of(columns, pairs.positions(subset), job))
        for subset in ("within", "across")
    ]
    scale = _sums_of_columns(columns, job) / len(columns)

    def task(rows: slice) -> Callable[[], int]:
        def work() -> int:
            within, across = (_sums(*group, rows, job) for group in groups)
            d = cohens_d_of_groups(within, across, scale)
            into[rows] = d.reshape(into[rows].shape)
            return d.size

        return work

    for rows in _task_rows(len(counts), len(columns)):
        yield task(rows)


def _task_rows(n: int, n_pairs: int) -> list[slice]:
    step = min(max(_TASK_VALUES // n_pairs, 32), 256)
    return [slice(start, min(start + step, n)) for start in range(0, n, step)]


def _sums(resamples: Resamples, columns: NDArray[np.float64], rows: slice, job: Job) -> Group:
    n = np.zeros(len(resamples.counts[0, rows]))
    sums = np.zeros((len(n), columns.shape[1]))
    for start in range(0, len(columns), _ROWS):
        job.check()
        chunk = slice(start, start + _ROWS)
        w = resamples.weights(rows, chunk).astype(np.float64)
        n += w.sum(axis=0)
        sums += w.T @ columns[chunk]
    return n, sums


def cohens_d_of_groups(
    within: Group, across: Group, scale: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return Cohen's d from the sizes and sums of two groups.

    Parameters
    ----------
    within, across : pair of float64 arrays
        How many values each group holds (n_groupings,), and the sums of the values and then of
        their squares (n_groupings, 2 · n_columns).
    scale : float64 array (2 · n_columns,)
        Means of the values, which are near zero, and of their squares.

    Returns
    -------
    float64 array (n_groupings, n_columns)
        NaN where a group is empty or nothing varies.
    """
    half = len(scale) // 2
    parts = []
    with np.errstate(invalid="ignore", divide="ignore"):
        for n, sums in (within, across):
            n, sums, squares = n[:, None], sums[:, :half], sums[:, half:]
            parts.append((n, sums / n, squares - sums**2 / n))
        (n_w, mean_w, squares_w), (n_a, mean_a, squares_a) = parts
        variance = (squares_w + squares_a) / (n_w + n_a - 2)
        floor = _NO_VARIANCE * scale[half:]
        return np.asarray((mean_w - mean_a) / np.sqrt(np.where(variance > floor, variance, np.nan)))
