"""Adjustments: how strongly each layer acts on each token, as a map of layers × tokens."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.adjustments import Result
from laminoscope_core.analysis.token_views import (
    MEASURES,
    SITES,
    colour_limits,
    measured,
    token_order,
)
from laminoscope_core.figures.grids import Cell, arrange, new_axes
from laminoscope_core.figures.labels import positions, token_label, token_width
from laminoscope_core.figures.parts import colour_map
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import Style
from laminoscope_core.figures.text import MONO_FAMILY
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

__all__ = ["View", "data", "draw", "height"]

_LONGEST = 14  # characters of a token's label
_THINNEST = 5  # with fewer labels than every fifth, numbers say more than words
_ASIDE = 9.0  # font sizes beside the map: ticks, labels and the colour bar


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The layer that is marked, and that ``order="layer"`` sorts by (the middle one if None).
    tokens : tuple of int
        The selected tokens, which are marked.
    order, measure : str
        Keys of ``ORDERS`` and ``MEASURES`` of `laminoscope_core.analysis.token_views`.
    """

    layer: int | None = None
    tokens: tuple[int, ...] = ()
    order: str = "reading"
    measure: str = "plain"


def data(results: Mapping[str, Any], view: View) -> PlotData:
    """Return one line per layer and token, in the order of the map."""
    norms: Result = results["adjustments"]
    n_layers, n_tokens = norms.log_norms.shape
    layer = min(n_layers // 2 if view.layer is None else view.layer, n_layers - 1)
    values = measured(norms, view.measure)
    order = token_order(norms, view.order, layer)
    token = np.tile(order, n_layers)
    table = Table(
        {
            "layer": np.repeat(np.array(norms.layers), n_tokens),
            "place": np.tile(np.arange(n_tokens), n_layers),
            "token_index": token,
            "token_id": np.array(norms.token_ids)[token],
            "token": [norms.shown[index] for index in token],
            "value": values[:, order].ravel(),
            "selected": np.isin(token, view.tokens),
        }
    )
    kind = MEASURES[view.measure]
    along = {
        "reading": "token",
        "layer": f"token, by log norm at layer {layer}",
        "mean": "token, by mean log norm of all layers",
        "surprisal": "token, by surprisal",
    }[view.order]
    reasons = [reason for reason in norms.reasons if reason]
    labels = {
        "x": along,
        "y": "layer",
        "value": kind,
        "title": f"{SITES[norms.params.site].capitalize()}, {n_tokens:,} tokens × {n_layers} layers"
        + (f" (grey: {reasons[0]})" if reasons else ""),
        "layer": "" if view.layer is None else str(layer),
    }
    return PlotData(table, labels, {"value": colour_limits(values[:, norms.params.drop :], 0.5)})


def height(plot: PlotData, width: float, style: Style) -> float:
    """Return the inches that suit a width: rows that can be told apart, and room for labels."""
    n_layers, n_tokens = _shape(plot)
    size = style.font_size
    tall = min(max(n_layers * 0.8, 8.0), 24.0) * size
    labels = max(
        (token_width(text, size - 1) for _, text in _labels(plot, n_tokens, width, style)),
        default=0.0,
    )
    return (tall + labels + 5.5 * size) / 72


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw the map with its colour bar, and mark the selected layer and tokens."""
    n_layers, n_tokens = _shape(plot)
    columns = plot.table.columns
    colours = colour_map(style.sequential).with_extremes(bad=style.theme.border)
    low, high = plot.limits["value"]
    axes, scale = new_axes(place), new_axes(place)
    values = np.asarray(columns["value"]).reshape(n_layers, n_tokens)
    image = axes.imshow(
        values, cmap=colours, vmin=low, vmax=high, origin="lower", aspect="auto", zorder=1
    )
    axes.set(xlabel=plot.labels["x"], ylabel=plot.labels["y"])
    axes.set_yticks(positions(n_layers, 8))
    marked = np.asarray(columns["selected"][:n_tokens]) if style.marks else np.zeros(n_tokens, bool)
    _name_tokens(axes, plot, n_tokens, place.bbox.width / place.dpi, style)
    _mark(axes, marked, plot.labels["layer"] if style.marks else "", style)
    bar = place.colorbar(image, cax=scale, label=plot.labels["value"], extend="both")
    bar.outline.set_visible(False)
    cells = [[Cell(axes, (plot.labels["title"],), pad=1.2), Cell(scale)]]
    arrange(place, cells, style, widths=(1, 0), narrow={1: style.font_size / 72})


def _shape(plot: PlotData) -> tuple[int, int]:
    n_tokens = int(np.asarray(plot.table.columns["place"]).max()) + 1
    return len(plot.table) // n_tokens, n_tokens


def _labels(plot: PlotData, n_tokens: int, width: float, style: Style) -> list[tuple[int, str]]:
    """Return the tokens that are named below the map: none where too few would fit."""
    room = int((width * 72 / style.font_size - _ASIDE) / 1.05)
    shown = positions(n_tokens, room)
    if shown.size > 1 and shown[1] > _THINNEST:
        return []
    return [(int(at), token_label(plot.table.columns["token"][at], _LONGEST)) for at in shown]


def _name_tokens(axes: "Axes", plot: PlotData, n_tokens: int, width: float, style: Style) -> None:
    labels = _labels(plot, n_tokens, width, style)
    if labels:
        axes.set_xticks(
            [at for at, _ in labels],
            [text for _, text in labels],
            rotation=90,
            family=MONO_FAMILY,
            fontsize=style.font_size - 1,
        )
    else:
        axes.set_xticks(positions(n_tokens, max(int(width * 72 / style.font_size / 5), 2)))
    axes.tick_params(axis="x", length=style.font_size / 5)


def _mark(axes: "Axes", marked: NDArray[np.bool_], layer: str, style: Style) -> None:
    """Mark tokens by lines above the map and the layer by a wedge at its right."""
    accent = style.theme.accent
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False])).astype(int)))
    for start, stop in pairwise(edges.tolist()):
        if marked[start]:
            axes.plot(
                [start - 0.4, stop - 0.6],
                [1.025, 1.025],
                transform=axes.get_xaxis_transform(),
                color=accent,
                linewidth=2 * style.line,
                solid_capstyle="butt",
                clip_on=False,
            )
    if layer:
        axes.plot(
            [1.006],
            [int(layer)],
            transform=axes.get_yaxis_transform(),
            marker="<",
            color=accent,
            markersize=style.font_size * 0.6,
            markeredgewidth=0,
            clip_on=False,
        )
