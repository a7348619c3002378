"""What the words task shows of its results, as arrays and texts that need no screen.

A panel and a figure of the same thing draw from the same functions.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import rsa, similarity
from laminoscope_core.analysis.word_pairs import word_pairs

__all__ = [
    "CORRELATIONS",
    "MEASURES",
    "MOST_POINTS",
    "binned_counts",
    "category_blocks",
    "category_numbers",
    "colour_limits",
    "common_edges",
    "correlation_label",
    "histogram_density",
    "layer_limits",
    "score_limits",
    "score_text",
]

Floats = NDArray[np.float64]

MEASURES: Mapping[similarity.Measure, str] = {
    "cosine": "cosine",
    "cosine_z": "cosine, z-scored",
    "pearson": "Pearson",
    "spearman": "Spearman",
    "negative_euclidean": "−distance",
}
"""How vectors are compared, for people."""

CORRELATIONS: Mapping[rsa.Correlation, str] = {
    "pearson": "Pearson r",
    "spearman": "Spearman ρ",
    "kendall_tau_a": "Kendall τₐ",
    "rho_a": "ρₐ",
}
"""How lists of pairs are correlated, for people; the symbol stands last."""

MOST_POINTS = 10_000
"""Above this, pairs are drawn as counts in bins instead of points."""

_SCATTER_BINS = 160
_MOST_BINS = 60


def layer_limits(result: similarity.Result) -> Floats:
    """Return the least and the largest similarity of two different words, over all sites.

    Returns
    -------
    float64 array (n_layers, 2)
        NaN in a layer without any.
    """
    pairs = word_pairs(result.categories)
    limits = np.full((len(result.layers), 2), np.nan)
    for layer in range(len(limits)):  # one at a time: all pairs of all layers take gigabytes
        values = [pairs.vectors(result.matrices[site][layer]) for site in result.sites]
        known = np.concatenate(values)
        known = known[np.isfinite(known)]
        if known.size:
            limits[layer] = known.min(), known.max()
    return limits


def colour_limits(limits: Floats, layer: int | None = None) -> tuple[float, float]:
    """Return what a colour scale spans, given `layer_limits`.

    Parameters
    ----------
    limits : float64 array (n_layers, 2)
        Of every layer.
    layer : int, optional
        Index of one layer; all layers by default.

    Returns
    -------
    tuple of float
        Always two different numbers; 0 and 1 if nothing is defined.
    """
    chosen = limits if layer is None else limits[layer : layer + 1]
    known = chosen[np.isfinite(chosen).all(axis=-1)]
    if not len(known):
        return 0.0, 1.0
    low, high = float(known[:, 0].min()), float(known[:, 1].max())
    return (low, high) if high > low else (low - 0.5, low + 0.5)


def category_blocks(categories: Sequence[str]) -> tuple[tuple[str, int, int], ...]:
    """Return runs of one category as (category, first, past the last) word.

    Examples
    --------
    >>> category_blocks(["space", "space", "fruit"])
    (('space', 0, 2), ('fruit', 2, 3))
    """
    edges = [i for i, name in enumerate(categories) if i == 0 or name != categories[i - 1]]
    stops = [*edges[1:], len(categories)]
    return tuple((categories[a], a, b) for a, b in zip(edges, stops, strict=True))


def category_numbers(categories: Sequence[str]) -> NDArray[np.intp]:
    """Return the number (n_words,) of each word's category, in order of first appearance."""
    distinct = {name: number for number, name in enumerate(dict.fromkeys(categories))}
    return np.array([distinct[name] for name in categories], dtype=np.intp)


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


def binned_counts(x: Floats, y: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Return how many points fall into each bin of a grid.

    Returns
    -------
    counts : int array (n_bins, n_bins)
        By bin of ``y``, then of ``x``.
    x_edges, y_edges : float64 arrays (n_bins + 1,)
        From the least to the largest coordinate of the points that have both.
    """
    known = np.isfinite(x) & np.isfinite(y)
    counts, x_edges, y_edges = np.histogram2d(x[known], y[known], _SCATTER_BINS)
    return counts.T.astype(np.int64), x_edges, y_edges


def correlation_label(params: rsa.Params) -> str:
    """Return how lists of pairs were correlated: ``Pearson r, block-corrected``."""
    name = CORRELATIONS[params.correlation]
    return f"{name}, block-corrected" if params.block_corrected else name


def score_limits(values: Floats) -> tuple[float, float]:
    """Return what an axis of scores shows: from 0 or less to 1 or more, whatever is finite."""
    known = values[np.isfinite(values)]
    return float(min(0.0, known.min(initial=0.0))), float(max(1.0, known.max(initial=1.0)))


def score_text(scores: rsa.Result, layer: int, site_pair: str) -> str:
    """Return the score of two sites over all pairs in words: ``r = 0.83, n = 561``.

    Why it is undefined, if it is; and whether it is block-corrected, since the similarities
    beside which it stands are not.
    """
    column = scores.subsets.index("all")
    at = (layer, scores.site_pairs.index(site_pair), column)
    value = float(scores.r[at])
    symbol = CORRELATIONS[scores.params.correlation].rpartition(" ")[2]
    if scores.params.block_corrected:
        symbol = f"block-corrected {symbol}"
    shown = f"undefined: {scores.reasons[at]}" if np.isnan(value) else _two_places(value)
    return f"{symbol} = {shown}, n = {int(scores.n_pairs[column])}"


def _two_places(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
