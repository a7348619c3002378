"""Regression: what the tokens before predict, layer by layer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.regression import Result
from laminoscope_core.analysis.token_views import SITES, term_label, terms_shown
from laminoscope_core.figures.grids import Cell, arrange, key_below, new_axes
from laminoscope_core.figures.labels import whole_numbers
from laminoscope_core.figures.parts import grid, layer_line
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import Style
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

__all__ = ["SYMBOLS", "View", "data", "draw", "height"]

SYMBOLS = ("o", "s", "^", "D", "*")
"""A marker shape beside each colour."""

_ALPHA = 0.05


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The layer that is marked.
    shown : str
        ``"lags"``, ``"r2"`` or one of the predictors.
    """

    layer: int | None = None
    shown: str = "lags"


def data(results: Mapping[str, Any], view: View) -> PlotData:
    """Return one line per curve and layer, coefficients with 95 % interval, p and q."""
    fit: Result = results["regression"]
    if view.shown == "r2":
        parts = [_lines("R²", fit, fit.r2), _lines("adjusted R²", fit, fit.adj_r2)]
    else:
        parts = [_coefficients(fit, term) for term in terms_shown(fit, view.shown)]
    if not parts:
        raise ValueError(f"the regression has no {view.shown!r}; it has {', '.join(fit.terms)}")
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    reasons = [reason for reason in fit.reasons if reason]
    labels = {
        "x": "layer",
        "y": "R²" if view.shown == "r2" else "β (95 % interval)",
        "title": f"Log norm of {SITES[fit.site]}, n = {fit.n:,} tokens"
        + (f" (undefined: {reasons[0]})" if reasons else ""),
        "layer": "" if view.layer is None else str(min(view.layer, len(fit.layers) - 1)),
    }
    return PlotData(Table(columns), labels)


def height(plot: PlotData, width: float, style: Style) -> float:  # noqa: ARG001
    """Return the inches that suit a width."""
    return min(width * 0.66, style.font_size * 0.36)


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw curves with bands: filled where q < .05, a dot where p alone is."""
    columns = {name: np.asarray(column) for name, column in plot.table.columns.items()}
    axes = new_axes(place)
    for number, series in enumerate(dict.fromkeys(columns["series"].tolist())):
        here = columns["series"] == series
        _curve(axes, series, number, {name: each[here] for name, each in columns.items()}, style)
    axes.axhline(0, color=style.theme.muted, linewidth=style.thin, zorder=0.5)
    layer_line(axes, int(plot.labels["layer"]) if plot.labels["layer"] else None, style)
    axes.margins(x=0.03)
    axes.set(xlabel=plot.labels["x"], ylabel=plot.labels["y"])
    whole_numbers(axes.xaxis)
    grid(axes, style)
    foot = _key(place, axes, bool(np.isfinite(columns["q"]).any()), style)
    arrange(place, [[Cell(axes, (plot.labels["title"],))]], style, area=(0, foot, 1, 1))


def _curve(
    axes: "Axes", series: str, number: int, columns: Mapping[str, NDArray[Any]], style: Style
) -> None:
    layer, value = columns["layer"], columns["value"]
    colour = style.theme.categories[number % len(style.theme.categories)]
    marker = SYMBOLS[number % len(SYMBOLS)]
    paper = "none" if style.transparent else style.theme.surface
    if np.isfinite(columns["low"]).any():
        axes.fill_between(
            layer, columns["low"], columns["high"], color=colour, alpha=0.18, linewidth=0
        )
    axes.plot(layer, value, color=colour, label=series, marker=marker, markersize=0)
    tested = np.isfinite(columns["q"])
    filled = ~tested | columns["significant"]
    size = style.font_size / (2.2 if layer.size <= 32 else 3.2)
    for chosen, face in ((filled, colour), (~filled, paper)):
        axes.plot(
            layer[chosen],
            value[chosen],
            linestyle="none",
            marker=marker,
            markersize=size,
            markerfacecolor=face,
            markeredgecolor=colour,
            markeredgewidth=style.thin,
        )
    nearly = columns["nearly"]
    axes.plot(
        layer[nearly],
        value[nearly],
        linestyle="none",
        marker="o",
        markersize=size * 0.4,
        color=colour,
        markeredgewidth=0,
    )


def _key(place: "SubFigure", axes: "Axes", tested: bool, style: Style) -> float:
    from matplotlib.lines import Line2D

    size = style.font_size / 2
    curves = [line for line in axes.lines if not str(line.get_label()).startswith("_")]
    names = [str(line.get_label()) for line in curves]
    handles: list[Any] = [
        Line2D(
            [],
            [],
            color=line.get_color(),
            marker=line.get_marker(),
            markersize=size,
            markeredgewidth=0,
        )
        for line in curves
    ]
    if tested:
        muted = style.theme.muted
        look: dict[str, Any] = {
            "color": muted,
            "linestyle": "none",
            "markersize": size,
            "markeredgewidth": style.thin,
        }
        full = Line2D([], [], marker="o", **look)
        ring = Line2D([], [], marker="o", markerfacecolor="none", **look)
        dot = Line2D([], [], marker="o", **{**look, "markersize": size * 0.4})
        handles += [full, (ring, dot), ring]
        names += ["q < .05", "only p < .05", "neither"]
    return key_below(place, handles, names, style)


def _coefficients(fit: Result, term: str) -> dict[str, Any]:
    at = fit.terms.index(term)
    p, q = fit.p[:, at], fit.q[:, at]
    significant = np.nan_to_num(q, nan=1) < _ALPHA
    return {
        **_lines(term_label(term), fit, fit.coef[:, at]),
        "low": fit.low[:, at],
        "high": fit.high[:, at],
        "p": p,
        "q": q,
        "significant": significant,
        "nearly": (np.nan_to_num(p, nan=1) < _ALPHA) & ~significant,
    }


def _lines(series: str, fit: Result, values: NDArray[np.float64]) -> dict[str, Any]:
    n_layers = len(fit.layers)
    missing, no = np.full(n_layers, np.nan), np.zeros(n_layers, dtype=bool)
    return {
        "series": np.full(n_layers, series),
        "layer": np.array(fit.layers),
        "value": values,
        "low": missing,
        "high": missing,
        "p": missing,
        "q": missing,
        "significant": no,
        "nearly": no,
    }
