"""Very many points as counts in the bins of a grid: drawing them one by one takes too long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.plots.shown import Image, Points, Scale

__all__ = ["MOST_POINTS", "Bins", "density"]

MOST_POINTS = 10_000
"""Above this, points are drawn as counts."""

_BINS = 160

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Bins:
    """Points counted in a grid.

    Attributes
    ----------
    x, y : tuple of float
        The ends of the grid.
    counts : integer array (n_rows, n_columns)
        How many points each bin holds.
    last : int32 array (n_rows, n_columns)
        The last of them; −1 where there is none.
    row, column : uint8 array (n_points,)
        The bin of each point; of no meaning for those with a NaN.
    """

    x: tuple[float, float]
    y: tuple[float, float]
    counts: NDArray[np.intp]
    last: NDArray[np.int32]
    row: NDArray[np.uint8]
    column: NDArray[np.uint8]

    @classmethod
    def of(cls, x: Floats, y: Floats) -> "Bins":
        """Count points whose places are given (n_points,); those with a NaN count nowhere."""
        known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        x_edges, column = _binned(x[known])
        y_edges, row = _binned(y[known])
        counts = np.bincount(row * _BINS + column, minlength=_BINS**2).reshape(_BINS, _BINS)
        last = np.full(counts.shape, -1, dtype=np.int32)
        last[row, column] = known
        of_all = np.zeros((2, len(x)), dtype=np.uint8)
        of_all[:, known] = row, column
        of_x, of_y = ((float(edges[0]), float(edges[-1])) for edges in (x_edges, y_edges))
        return cls(of_x, of_y, counts, last, *of_all)


def density(bins: Bins, points: Points, things: str) -> tuple[Image, Scale]:
    """Return points as an image of counts in decades, and the scale of its colours.

    A bin with one point says and stands for what the point does.

    Parameters
    ----------
    bins : Bins
        Of the points.
    points : Points
        What they say and stand for; their places and their look are of no meaning.
    things : str
        What is counted, as ``"pairs"``.
    """
    counts, last = bins.counts, bins.last

    def says(row: int, column: int) -> str:
        if counts[row, column] == 1 and points.says:
            return points.says(int(last[row, column]))
        return f"{counts[row, column]} {things}" if counts[row, column] else ""

    def stands_for(row: int, column: int) -> Mapping[str, Any]:
        if counts[row, column] != 1:
            return {}
        at = last[row, column]
        return {name: np.asarray(values)[at].tolist() for name, values in points.stands_for.items()}

    def cells_of(name: str, value: Any) -> Sequence[tuple[int, int]]:
        if name not in points.stands_for:
            return []
        found = np.asarray(points.stands_for[name]) == np.asarray(value)
        at = np.flatnonzero(found.all(axis=1) if found.ndim == 2 else found)
        places = zip(bins.row[at].tolist(), bins.column[at].tolist(), strict=True)
        return [(row, column) for row, column in places if counts[row, column]]

    image = Image(
        values=np.where(counts > 0, counts.astype(np.float64), np.nan),
        x=bins.x,
        y=bins.y,
        bare=True,
        says=says,
        stands_for=stands_for,
        cells_of=cells_of,
    )
    most = max(float(counts.max()), 10.0)
    return image, Scale("depth", 1.0, most, f"{things} per bin", whole=True, log=True)


def _binned(values: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """Return the edges of the bins (n_bins + 1,), and the bin (n,) of each value."""
    edges = np.asarray(np.histogram_bin_edges(values, _BINS), dtype=np.float64)
    width = (edges[-1] - edges[0]) / _BINS
    found = np.clip(((values - edges[0]) / width).astype(np.intp), 0, _BINS - 1)
    found -= values < edges[found]  # what rounding has put a bin too far
    return edges, found + ((values >= edges[found + 1]) & (found < _BINS - 1))
