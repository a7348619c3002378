"""What the tokens task shows, as arrays that need no screen.

A panel and a figure of the same thing draw from the same functions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import adjustments, regression

__all__ = [
    "CHECKS",
    "COMPARED",
    "MEASURES",
    "MOST_POINTS",
    "ORDERS",
    "QUANTITIES",
    "SITES",
    "Strip",
    "TextRun",
    "colour_limits",
    "mean_log_norms",
    "measured",
    "normal_plot",
    "relative_depth",
    "residual_edges",
    "strip",
    "term_label",
    "terms_shown",
    "token_order",
    "token_values",
]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SITES: Mapping[str, str] = {
    "attn_out": "attention output",
    "attn_added": "attention, as added",
    "mlp_out": "MLP output",
    "resid_out": "residual stream",
}
"""Whose lengths are shown, for people."""

QUANTITIES: Mapping[str, str] = {
    "layer": "log norm at the layer",
    "mean": "log norm, all layers",
    "surprisal": "surprisal",
    "entropy": "entropy",
    "residual": "more than predicted",
}
"""What may colour the tokens of a text."""

ORDERS: Mapping[str, str] = {
    "reading": "reading order",
    "layer": "sorted by the layer",
    "mean": "sorted by all layers",
    "surprisal": "sorted by surprisal",
}
"""In which order the tokens of a map may stand."""

MEASURES: Mapping[str, str] = {"plain": "log norm", "z": "z within layer"}
"""What a map of tokens and layers may show."""

CHECKS: Mapping[str, str] = {
    "predicted": "observed by predicted",
    "residuals": "residuals by predicted",
    "order": "residuals in order",
    "histogram": "residual histogram",
    "design": "design matrix",
}
"""Checks of a regression, and the rows that it was computed from."""

MOST_POINTS = 10_000
"""Above this, strips are drawn as counts in bins instead of points."""

_STRIP_BINS = 96
_JITTER = 0.32
_MOST_QUANTILES = 300
_MOST_BINS = 60


@dataclass(frozen=True, eq=False)
class TextRun:
    """One text in one model: norms, and what the tokens before predict of them."""

    norms: adjustments.Result
    fit: regression.Result

    def label(self) -> str:
        """Return the model and the beginning of the text, exact."""
        return f"{self.norms.model}: {''.join(self.norms.tokens[:4]).strip()}"


@dataclass(frozen=True, eq=False)
class Strip:
    """The values of every layer side by side.

    Attributes
    ----------
    values : float64 array (n_layers, n_tokens)
    jitter : float64 array (n_tokens,)
        How far beside its layer a token is drawn, in layers.
    medians : float64 array (n_layers,)
        NaN where nothing is known.
    limits : (float, float)
        The lowest and the highest value; NaN if none is known.
    edges : float64 array (n_bins + 1,)
        Of the bins; empty while there are few enough points to draw each.
    counts : int64 array (n_bins, n_layers)
        Values in each bin.
    """

    values: Floats
    jitter: Floats
    medians: Floats
    limits: tuple[float, float]
    edges: Floats
    counts: Integers


def colour_limits(values: Floats, tail: float) -> tuple[float, float]:
    """Return the percentiles ``tail`` and 100 − ``tail`` of what is finite, never equal.

    Examples
    --------
    >>> colour_limits(np.arange(101.0), 1)
    (1.0, 99.0)
    >>> colour_limits(np.array([2.0, np.nan]), 1), colour_limits(np.empty(0), 1)
    ((1.5, 2.5), (0.0, 1.0))
    """
    known = values[np.isfinite(values)]
    if not known.size:
        return 0.0, 1.0
    low, high = (float(edge) for edge in np.percentile(known, (tail, 100 - tail)))
    return (low, high) if high > low else (low - 0.5, low + 0.5)


def token_values(
    norms: adjustments.Result, fit: regression.Result | None, quantity: str, layer: int
) -> Floats:
    """Return the number that colours each token (n_tokens,); NaN where it is undefined.

    Parameters
    ----------
    norms : adjustments.Result
    fit : regression.Result or None
        Needed for ``"residual"``.
    quantity : str
        A key of `QUANTITIES`.
    layer : int
        For ``"layer"`` and ``"residual"``.
    """
    if quantity == "layer":
        row: Floats = norms.log_norms[layer]
        return row
    if quantity == "mean":
        return mean_log_norms(norms)
    if quantity == "surprisal":
        return norms.surprisal
    if quantity == "entropy":
        return norms.entropy
    if quantity != "residual":
        raise ValueError(f"quantity must be one of {', '.join(QUANTITIES)}, not {quantity!r}")
    values = np.full(len(norms.tokens), np.nan)
    if fit is not None:
        values[fit.rows] = fit.residuals[layer]
    return values


def mean_log_norms(norms: adjustments.Result) -> Floats:
    """Return each token's mean over the layers in which it is defined (n_tokens,)."""
    known = np.isfinite(norms.log_norms)
    total = np.where(known, norms.log_norms, 0).sum(axis=0)
    n_layers = known.sum(axis=0)
    mean: Floats = np.where(n_layers > 0, total / np.maximum(n_layers, 1), np.nan)
    return mean


def measured(norms: adjustments.Result, measure: str) -> Floats:
    """Return the cells of the map (n_layers, n_tokens).

    ``"plain"`` are the log-norms; ``"z"`` is how many standard deviations (divided by n) of its
    layer a token lies from the layer's mean, both without the leading tokens.
    """
    if measure == "plain":
        return norms.log_norms
    if measure != "z":
        raise ValueError(f"measure must be one of {', '.join(MEASURES)}, not {measure!r}")
    kept = norms.kept
    if not kept.shape[1]:
        return np.full_like(norms.log_norms, np.nan)
    mean, spread = kept.mean(axis=1, keepdims=True), kept.std(axis=1, keepdims=True)
    scaled: Floats = (norms.log_norms - mean) / np.where(spread > 0, spread, np.nan)
    return scaled


def token_order(norms: adjustments.Result, order: str, layer: int) -> NDArray[np.intp]:
    """Return the tokens (n_tokens,) in an order of `ORDERS`, lowest first, undefined last."""
    if order not in ORDERS:
        raise ValueError(f"order must be one of {', '.join(ORDERS)}, not {order!r}")
    keys = {
        "reading": np.arange(len(norms.tokens), dtype=np.float64),
        "layer": norms.log_norms[layer],
        "mean": mean_log_norms(norms),
        "surprisal": norms.surprisal,
    }
    return np.argsort(keys[order], kind="stable")


def strip(values: Floats) -> Strip:
    """Return how values (n_layers, n_tokens) are spread in each layer."""
    n_layers, n_tokens = values.shape
    known = np.isfinite(values)
    limits = (np.nan, np.nan)
    edges: Floats = np.empty(0)
    counts = np.empty((0, n_layers), dtype=np.int64)
    if known.any():
        limits = float(values[known].min()), float(values[known].max())
    if int(known.sum()) > MOST_POINTS:
        edges = np.linspace(limits[0], limits[1], _STRIP_BINS + 1)
        each = [np.histogram(v[k], edges)[0] for v, k in zip(values, known, strict=True)]
        counts = np.stack(each, axis=1)
    medians = [np.median(v[k]) if k.any() else np.nan for v, k in zip(values, known, strict=True)]
    jitter = np.random.default_rng(0).uniform(-_JITTER, _JITTER, n_tokens)
    return Strip(values, np.asarray(jitter), np.array(medians), limits, edges, counts)


def normal_plot(norms: adjustments.Result, layer: int) -> tuple[Floats, Floats]:
    """Return normal scores and standardised log-norms of a layer, both ascending.

    Of more than 300 tokens, evenly chosen ranks and the fifty at either end; nothing where the
    distribution is undefined.
    """
    if np.isnan(norms.skew[layer]):
        return np.empty(0), np.empty(0)
    values = norms.kept[layer]
    ordered = (np.sort(values) - values.mean()) / values.std()
    chosen = _thinned(len(ordered))
    return norms.normal_scores[chosen], ordered[chosen]


def residual_edges(residuals: Floats) -> Floats:
    """Return the edges of a histogram's bins: Freedman and Diaconis's, at most sixty."""
    edges = np.histogram_bin_edges(residuals, "fd")
    if len(edges) > _MOST_BINS:
        edges = np.linspace(residuals.min(), residuals.max(), _MOST_BINS)
    return edges


def terms_shown(fit: regression.Result, shown: str) -> tuple[str, ...]:
    """Return the terms whose coefficients are drawn: all lags for ``"lags"``, else the one."""
    lags = shown == "lags"
    return tuple(term for term in fit.terms if (term.startswith("t-") if lags else term == shown))


def term_label(term: str) -> str:
    """Return how a term of the regression is written.

    Examples
    --------
    >>> term_label("t-1"), term_label("surprisal")
    ('β(t−1)', 'surprisal')
    """
    return f"β(t−{term[2:]})" if term.startswith("t-") else term


def relative_depth(n_layers: int) -> Floats:
    """Return 0 for the first layer to 1 for the last (n_layers,); a single layer is at 0."""
    return np.arange(n_layers) / max(n_layers - 1, 1)


def _coefficient(term: str) -> Callable[[TextRun], Floats]:
    def values(run: TextRun) -> Floats:
        if term not in run.fit.terms:
            return np.full(len(run.fit.layers), np.nan)
        return run.fit.coef[:, run.fit.terms.index(term)]

    return values


def _mean(run: TextRun) -> Floats:
    kept = run.norms.kept
    return kept.mean(axis=1) if kept.shape[1] else np.full(len(kept), np.nan)


COMPARED: Mapping[str, tuple[str, Callable[[TextRun], Floats]]] = {
    "mean": ("mean log norm", _mean),
    "t-1": ("β(t−1)", _coefficient("t-1")),
    "t-2": ("β(t−2)", _coefficient("t-2")),
    "r2": ("R²", lambda run: run.fit.r2),
    "skew": ("skew", lambda run: run.norms.skew),
}
"""What may be compared between two runs: its name, and its value by layer."""


def _thinned(n: int) -> NDArray[np.intp]:
    """Return all of n ranks, or evenly chosen ones with the fifty at either end."""
    if n <= _MOST_QUANTILES:
        return np.arange(n)
    middle = np.linspace(50, n - 51, _MOST_QUANTILES - 100).round().astype(int)
    return np.unique(np.concatenate([np.arange(50), middle, np.arange(n - 50, n)]))
