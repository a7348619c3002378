"""RSA scores of relabelled words: every curve, and every layer, from one walk over the pairs.

A relabelling moves the pairs of one matrix.  Centring, norms and ranks do not change when pairs
only move, so that vectors are standardised once, before; a score is then a scalar product.  All
layers and pairs of sites lie beside each other in memory, as columns: one look-up per pair finds
them all, and a relabelling costs one pass over the pairs of words however many curves there are.

The sums are in float64.  In float32 they would take two thirds of the time and be off by about
1e-7, enough for a score not to equal itself where only few relabellings differ.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.correlation import MIN_PAIRS, Correlation, unit_vectors
from laminoscope_core.analysis.kendall import relabelled_tau_a
from laminoscope_core.analysis.statistics import blocks
from laminoscope_core.analysis.word_pairs import SUBSETS, Subset, WordPairs
from laminoscope_core.job import Job

__all__ = [
    "Columns",
    "accelerator",
    "columns_of",
    "multiplier",
    "products",
    "products_on",
    "relabelling_tasks",
]

# Pairs looked up at a time: with 90 columns 0.7 MB of float64, which a cache can hold.
_ROWS = 1024
# Values of a table that is looked up in: 64 MB.
_TABLE_VALUES = 2**23
# Products that one task makes, about 50 ms: a cancelled job stops after them.
_TASK_VALUES = 2**26
_MOST_PERMUTATIONS = 128
# Values looked up at a time on a device, 0.5 GB; fewer values a relabelling are not worth one.
_DEVICE_VALUES = 2**26
_WORTH_A_DEVICE = 2**20

# Subsets without a common pair, so that one walk over all pairs scores them both.
_SIDE_BY_SIDE: tuple[tuple[Subset, ...], ...] = (("all",), ("within", "across"))

Products = Callable[[NDArray[np.intp]], NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Columns:
    """Pairs of words as rows, and everything that is correlated over them as columns.

    Attributes
    ----------
    first, second : integer arrays (n_pairs,)
        The words of each pair.
    segments : tuple of slice
        Rows that each score is a sum over.
    fixed : float64 array (n_pairs, n_columns)
        What keeps its names.
    table : float64 array (n_words², n_columns)
        What is relabelled, for the pair (i, j) in row ``i·n_words + j``.
    """

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    segments: tuple[slice, ...]
    fixed: NDArray[np.float64]
    table: NDArray[np.float64]


def relabelling_tasks(
    vectors: Mapping[Subset, NDArray[np.float64]],
    pairs: WordPairs,
    site_pairs: Sequence[tuple[int, int]],
    correlation: Correlation,
    permutations: Mapping[Subset, NDArray[np.intp]],
    scores: NDArray[np.float64],
    job: Job,
) -> Iterator[Callable[[], int]]:
    """Yield tasks that fill in the score of every relabelling, and return how many they filled in.

    The second site of each pair is relabelled.

    Parameters
    ----------
    vectors : mapping of str to float64 array (n_layers, n_sites, n_pairs)
        Pair similarities of each subset, block-corrected if the scores are.
    pairs : WordPairs
        All pairs.
    site_pairs : sequence of pairs of int
        Which sites to correlate.
    correlation : str
        As in `rsa.Params`.
    permutations : mapping of str to integer array (n_permutations, n_words)
        By subset; those of ``within`` and ``across`` are the same.
    scores : float64 array (n_permutations, n_layers, n_site_pairs, n_subsets)
        Where the scores go.
    job : Job
        Checked by the tasks.
    """
    for together in _SIDE_BY_SIDE:
        subsets = [subset for subset in together if vectors[subset].shape[-1] >= MIN_PAIRS]
        names = permutations[together[0]]
        if correlation == "kendall_tau_a":
            for subset in subsets:
                into = scores[..., SUBSETS.index(subset)]
                yield from relabelled_tau_a(
                    vectors[subset], pairs.of(subset), site_pairs, names, into, job
                )
            continue
        for layers in blocks(scores.shape[1], len(site_pairs) * pairs.n_words**2, _TABLE_VALUES):
            columns = columns_of(
                [_unit_vectors(vectors[subset][layers], correlation, job) for subset in subsets],
                [pairs.of(subset) for subset in subsets],
                site_pairs,
                job,
            )
            multiply = multiplier(columns, job)
            step = min(max(1, _TASK_VALUES // max(1, columns.fixed.size)), _MOST_PERMUTATIONS)
            for start in range(0, len(names), step):
                rows = slice(start, start + step)
                yield _task(multiply, names[rows], scores[rows, layers], subsets)


def _unit_vectors(
    x: NDArray[np.float64], correlation: Correlation, job: Job
) -> NDArray[np.float64]:
    unit = np.empty_like(x)
    for layer, site in np.ndindex(x.shape[:2]):
        job.check()
        unit[layer, site] = unit_vectors(x[layer, site], correlation)
    return unit


def _task(
    multiply: Products,
    names: NDArray[np.intp],
    scores: NDArray[np.float64],
    subsets: Sequence[Subset],
) -> Callable[[], int]:
    def work() -> int:
        shape = (len(names), len(subsets), scores.shape[2], scores.shape[1])
        found = multiply(names).reshape(shape).swapaxes(2, 3)
        for number, subset in enumerate(subsets):
            scores[..., SUBSETS.index(subset)] = np.clip(found[:, number], -1, 1)
        return found.size

    return work


def columns_of(
    vectors: Sequence[NDArray[np.float64]],
    pairs: Sequence[WordPairs],
    site_pairs: Sequence[tuple[int, int]],
    job: Job,
) -> Columns:
    """Lay out vectors (n_layers, n_sites, n_pairs) of several subsets, one under the other.

    A column is a layer of a pair of sites; all layers of the first pair come first.
    """
    ends = np.cumsum([0, *(len(each.first) for each in pairs)]).tolist()
    first, second = (
        np.concatenate([getattr(each, side) for each in pairs] or [np.empty(0, np.intp)])
        for side in ("first", "second")
    )
    n_words = pairs[0].n_words if pairs else 0
    n_layers = vectors[0].shape[0] if vectors else 0
    fixed = np.empty((ends[-1], len(site_pairs) * n_layers))
    moved = np.empty_like(fixed)
    for x, start, stop in zip(vectors, ends[:-1], ends[1:], strict=True):
        for low in range(start, stop, _ROWS):
            job.check()
            rows = slice(low, min(low + _ROWS, stop))
            for number, (a, b) in enumerate(site_pairs):
                at = slice(number * n_layers, (number + 1) * n_layers)
                for into, site in ((fixed, a), (moved, b)):
                    into[rows, at] = x[:, site, low - start : rows.stop - start].T
    table = np.empty((n_words**2, fixed.shape[1]))
    for start in range(0, len(table), _ROWS):
        job.check()
        table[start : start + _ROWS] = 0  # a word's pair with itself stays so
    for start in range(0, len(first), _ROWS):
        job.check()
        rows = slice(start, start + _ROWS)
        for one, other in ((first[rows], second[rows]), (second[rows], first[rows])):
            table[one * n_words + other] = moved[rows]
    segments = tuple(slice(start, stop) for start, stop in pairwise(ends))
    return Columns(first, second, segments, fixed, table)


def products(
    columns: Columns, permutations: NDArray[np.intp], job: Job | None = None
) -> NDArray[np.float64]:
    """Return the scalar products of the fixed and the relabelled columns over every segment.

    Parameters
    ----------
    columns : Columns
    permutations : integer array (n_permutations, n_words)
        The word whose place each word takes.
    job : Job, optional
        Checked at every permutation.

    Returns
    -------
    float64 array (n_permutations, n_segments, n_columns)
    """
    n_words, n_columns = permutations.shape[1], columns.fixed.shape[1]
    sums = np.zeros((len(permutations), len(columns.segments), n_columns))
    buffer = np.empty((_ROWS, n_columns))
    for permutation, names in enumerate(permutations):
        if job is not None:
            job.check()
        sources = names[columns.first] * n_words + names[columns.second]
        for number, segment in enumerate(columns.segments):
            for start in range(segment.start, segment.stop, _ROWS):
                rows = slice(start, min(start + _ROWS, segment.stop))
                moved = buffer[: rows.stop - rows.start]
                # with "clip" numpy writes straight into the buffer; every source is in range
                np.take(columns.table, sources[rows], axis=0, out=moved, mode="clip")
                sums[permutation, number] += np.einsum("pc,pc->c", moved, columns.fixed[rows])
    return sums


def accelerator() -> Any:
    """Return the torch device to compute on, or None for the processor.

    torch is not imported for this: a run that has a model has it.
    """
    torch = sys.modules.get("torch")
    return torch.device("cuda") if torch is not None and torch.cuda.is_available() else None


def products_on(device: Any, columns: Columns) -> Products:
    """Return what `products` returns, as a function of permutations, computed on a torch device."""
    import torch

    fixed, table = (torch.as_tensor(x, device=device) for x in (columns.fixed, columns.table))
    first, second = (torch.as_tensor(x, device=device) for x in (columns.first, columns.second))

    def multiply(permutations: NDArray[np.intp]) -> NDArray[np.float64]:
        names = torch.as_tensor(permutations, device=device)
        sources = names[:, first] * permutations.shape[1] + names[:, second]
        found = np.empty((len(permutations), len(columns.segments), fixed.shape[1]))
        step = max(1, _DEVICE_VALUES // max(1, fixed.numel()))
        for start in range(0, len(permutations), step):
            for number, segment in enumerate(columns.segments):
                moved = table[sources[start : start + step, segment]]
                sums = (moved * fixed[segment]).sum(dim=1)
                found[start : start + step, number] = sums.cpu().numpy()
        return found

    return multiply


def multiplier(columns: Columns, job: Job) -> Products:
    """Return `products` of the columns, on a device if there is one with room that is worth it."""

    def on_processor(permutations: NDArray[np.intp]) -> NDArray[np.float64]:
        return products(columns, permutations, job)

    device = accelerator() if columns.fixed.size >= _WORTH_A_DEVICE else None
    if device is None:
        return on_processor
    torch = sys.modules["torch"]

    def on_device(permutations: NDArray[np.intp]) -> NDArray[np.float64]:
        job.check()
        try:
            return there(permutations)
        except torch.OutOfMemoryError:  # a model may fill it
            return on_processor(permutations)

    try:
        there = products_on(device, columns)
    except torch.OutOfMemoryError:
        return on_processor
    return on_device
