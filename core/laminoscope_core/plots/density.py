"""Very many points as counts in the bins of a grid: drawing them one by one takes too long."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.plots.shown import Image, Points, Scale

__all__ = ["MOST_POINTS", "density"]

MOST_POINTS = 10_000
"""Above this, points are drawn as counts."""

_BINS = 160

Floats = NDArray[np.float64]


def density(points: Points, things: str) -> tuple[Image, Scale]:
    """Return points as an image of counts in decades, and the scale of its colours.

    A bin with one point says and stands for what the point does.

    Parameters
    ----------
    points : Points
        Those with a NaN count nowhere; their look is of no meaning.
    things : str
        What is counted, as ``"pairs"``.
    """
    known = np.flatnonzero(np.isfinite(points.x) & np.isfinite(points.y))
    x_edges, column = _binned(points.x[known])
    y_edges, row = _binned(points.y[known])
    counts = np.bincount(row * _BINS + column, minlength=_BINS**2).reshape(_BINS, _BINS)
    last = np.full(counts.shape, -1)
    last[row, column] = known

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
        found = np.asarray(points.stands_for[name])[known] == np.asarray(value)
        at = np.flatnonzero(found.all(axis=1) if found.ndim == 2 else found)
        return list(zip(row[at].tolist(), column[at].tolist(), strict=True))

    image = Image(
        values=np.where(counts > 0, counts.astype(np.float64), np.nan),
        x=(float(x_edges[0]), float(x_edges[-1])),
        y=(float(y_edges[0]), float(y_edges[-1])),
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
