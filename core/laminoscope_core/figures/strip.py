"""Strips: the log-norms of all tokens, layer by layer, with their medians."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.analysis import adjustments
from laminoscope_core.analysis.token_views import SITES, Strip, strip
from laminoscope_core.figures.grids import Cell, arrange, new_axes
from laminoscope_core.figures.labels import decades, whole_numbers
from laminoscope_core.figures.parts import colour_map, depth_map, grid, layer_line
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import Style
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

__all__ = ["View", "data", "draw", "height"]


@dataclass(frozen=True)
class View:
    """What is shown: the layer that is marked, and the tokens that are ringed."""

    layer: int | None = None
    tokens: tuple[int, ...] = ()


def data(results: Mapping[str, Any], view: View) -> PlotData:
    """Return one line per mark: ``"token"``, ``"median"``, and ``"bin"`` for many tokens.

    A token's ``x`` is its layer and some jitter.  A bin reaches from ``value`` to ``top`` and
    holds ``count`` tokens.
    """
    norms: adjustments.Result = results["adjustments"]
    drop, shown = norms.params.drop, strip(norms.kept)
    parts = [_medians(shown)]
    if shown.edges.size:
        chosen = [token - drop for token in view.tokens if 0 <= token - drop < norms.n]
        parts += [_bins(shown), _tokens(shown, drop, np.array(chosen, dtype=np.int64))]
    else:
        parts.append(_tokens(shown, drop, np.arange(norms.n)))
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    columns["selected"] = (columns["mark"] == "token") & np.isin(
        columns["token_index"], view.tokens
    )
    out = f", without the first {drop if drop > 1 else ''}".rstrip() if drop else ""
    reasons = [reason for reason in norms.reasons if reason]
    n_layers = len(norms.layers)
    labels = {
        "x": "layer",
        "y": f"log norm of {SITES[norms.params.site]}",
        "title": f"n = {norms.n:,} tokens{out}" + (f" ({reasons[0]})" if reasons else ""),
        "layer": "" if view.layer is None else str(min(view.layer, n_layers - 1)),
    }
    return PlotData(Table(columns), labels, {"layers": (0.0, float(n_layers - 1))})


def height(plot: PlotData, width: float, style: Style) -> float:  # noqa: ARG001
    """Return the inches that suit a width."""
    return min(width * 0.62, style.font_size * 0.36)


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw points coloured by depth, or counts, and the medians."""
    columns = {name: np.asarray(column) for name, column in plot.table.columns.items()}
    axes = new_axes(place)
    cells: list[Cell | None] = [Cell(axes, (plot.labels["title"],)), None]
    first, last = plot.limits["layers"]
    many = bool((columns["mark"] == "bin").any())
    if many:
        cells[1] = Cell(_draw_bins(place, axes, columns, style))
    else:
        _draw_tokens(axes, columns, plot, style)
    ringed = columns["selected"] if style.marks else np.zeros(len(plot.table), dtype=bool)
    axes.scatter(
        columns["x"][ringed],
        columns["value"][ringed],
        s=style.font_size * 2,
        facecolors="none",
        edgecolors=style.theme.accent,
        linewidths=style.line,
        zorder=4,
    )
    medians = columns["mark"] == "median"
    axes.plot(
        columns["x"][medians],
        columns["value"][medians],
        color=style.theme.text,
        marker="o",
        markersize=style.font_size / 3,
        markeredgewidth=0,
        label="median",
        zorder=5,
    )
    paper = style.theme.surface
    axes.legend(loc="best", frameon=many, facecolor=paper, framealpha=0.85, edgecolor="none")
    layer_line(axes, int(plot.labels["layer"]) if plot.labels["layer"] else None, style)
    axes.set(xlim=(first - 0.6, last + 0.6), xlabel=plot.labels["x"], ylabel=plot.labels["y"])
    whole_numbers(axes.xaxis)
    grid(axes, style)
    narrow = {1: style.font_size / 72 if many else 0.0}
    arrange(place, [cells], style, widths=(1, 0), narrow=narrow)


def _draw_tokens(axes: "Axes", columns: Mapping[str, Any], plot: PlotData, style: Style) -> None:
    here = columns["mark"] == "token"
    norm, colours = depth_map(np.array(plot.limits["layers"]), style)
    axes.scatter(
        columns["x"][here],
        columns["value"][here],
        c=columns["layer"][here],
        cmap=colours,
        norm=norm,
        s=style.font_size * 0.7,
        alpha=0.75,
        linewidths=0,
    )


def _draw_bins(
    place: "SubFigure", axes: "Axes", columns: Mapping[str, Any], style: Style
) -> "Axes":
    from matplotlib.colors import LogNorm

    here = columns["mark"] == "bin"
    n_layers = int(columns["layer"][here].max()) + 1
    counts = columns["count"][here].reshape(-1, n_layers)
    low, high = float(columns["value"][here].min()), float(columns["top"][here].max())
    image = axes.imshow(
        np.where(counts > 0, counts, np.nan),
        extent=(-0.5, n_layers - 0.5, low, high),
        origin="lower",
        aspect="auto",
        cmap=colour_map(style.depth),
        norm=LogNorm(1, max(float(counts.max()), 2.0)),
    )
    scale = new_axes(place)
    bar = place.colorbar(image, cax=scale, label="tokens in a bin")
    bar.outline.set_visible(False)
    decades(scale.yaxis)
    return scale


def _medians(shown: Strip) -> dict[str, Any]:
    layers = np.arange(len(shown.medians))
    return _lines("median", layers, np.full(layers.size, -1), layers, shown.medians)


def _tokens(shown: Strip, drop: int, tokens: Any) -> dict[str, Any]:
    layer, column = (axis.ravel() for axis in np.indices((len(shown.values), tokens.size)))
    token = tokens[column]
    values = shown.values[layer, token]
    known = np.isfinite(values)
    layer, token, values = layer[known], token[known], values[known]
    return _lines("token", layer, token + drop, layer + shown.jitter[token], values)


def _bins(shown: Strip) -> dict[str, Any]:
    row, layer = (axis.ravel() for axis in np.indices(shown.counts.shape))
    none = np.full(layer.size, -1)
    lines = _lines("bin", layer, none, layer, shown.edges[row])
    return {**lines, "top": shown.edges[row + 1], "count": shown.counts.ravel().astype(float)}


def _lines(mark: str, layer: Any, token: Any, x: Any, value: Any) -> dict[str, Any]:
    return {
        "mark": np.full(layer.size, mark),
        "layer": layer,
        "token_index": token,
        "x": np.asarray(x, dtype=np.float64),
        "value": value,
        "top": np.full(layer.size, np.nan),
        "count": np.full(layer.size, np.nan),
    }
