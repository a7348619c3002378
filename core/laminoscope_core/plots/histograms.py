"""Bins of distributions that are shown over one another."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["common_edges", "histogram_density"]

Floats = NDArray[np.float64]

_MOST_BINS = 60


def common_edges(values: Floats) -> Floats:
    """Return bin edges (n_bins + 1,) for distributions that are shown over one another.

    Freedman and Diaconis's width over all values, at most 59 bins; the bins of equal values are
    centred on them.
    """
    known = values[np.isfinite(values)]
    if known.size < 2 or known.min() == known.max():
        middle = float(known[0]) if known.size else 0.5
        return np.linspace(middle - 0.5, middle + 0.5, 11)
    edges = np.histogram_bin_edges(known, "fd")
    if len(edges) > _MOST_BINS:
        edges = np.linspace(known.min(), known.max(), _MOST_BINS)
    return np.asarray(edges, dtype=np.float64)


def histogram_density(values: Floats, edges: Floats) -> Floats:
    """Return the density (n_bins,) of values, so that the area is 1; zeros for no values."""
    if values.size == 0:
        return np.zeros(len(edges) - 1)
    counts, _ = np.histogram(values, edges)
    return np.asarray(counts / (values.size * np.diff(edges)))
