"""Unity: RSA within categories against RSA across categories, one point a layer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.analysis.word_views import correlation_label
from laminoscope_core.figures.frames import Axis, Entry
from laminoscope_core.figures.parts import MARKERS, colour_bar, depth_map, size_of, ticks_between
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.scatter import Square, draw_square, limits_of, square_height
from laminoscope_core.figures.style import Style
from laminoscope_core.tables import Table
from laminoscope_core.theme import PAIR_LABELS

if TYPE_CHECKING:
    from matplotlib.figure import SubFigure

    from laminoscope_core.analysis import rsa

__all__ = ["View", "data", "draw", "height"]


@dataclass(frozen=True)
class View:
    """What is shown: all layers; ``layer`` is ringed if there is one."""

    layer: int | None = None


def data(results: Mapping[str, Any], view: View) -> PlotData:
    """Return one line per layer and pair of sites."""
    result: rsa.Result = results["rsa"]
    within, across = (result.r[..., result.subsets.index(s)] for s in ("within", "across"))
    layer, pair = (axis.ravel() for axis in np.indices(within.shape))
    layers = np.array(result.layers)[layer]
    table = Table(
        {
            "layer": layers,
            "pair": np.array(result.site_pairs)[pair],
            "within": within.ravel(),
            "across": across.ravel(),
            "selected": layers == view.layer,
        }
    )
    counts = dict(zip(result.subsets, result.n_pairs.tolist(), strict=True))
    labels = {
        "title": f"RSA score, {correlation_label(result.params)}",
        "x": f"within, n = {counts['within']} pairs",
        "y": f"across, n = {counts['across']} pairs",
        "selected": "" if view.layer is None else str(view.layer),
    }
    limits = {"x": limits_of(within.ravel()), "y": limits_of(across.ravel())}
    return PlotData(table, labels, limits)


def height(plot: PlotData, width: float, style: Style) -> float:
    """Return the inches that suit a width: a square, its colour scale and its key."""
    return square_height(_square(plot, style), width, style)


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw the points coloured by depth, the unity line, and rings at the selected layer."""
    columns = {name: np.asarray(column) for name, column in plot.table.columns.items()}
    axes, bar = draw_square(place, _square(plot, style), style)
    norm, colours = depth_map(columns["layer"], style)
    axes.axline((0, 0), slope=1, color=style.theme.grid, linewidth=style.thin, zorder=0)
    for pair, marker in ((pair, MARKERS[pair]) for pair in PAIR_LABELS):
        here = columns["pair"] == pair
        axes.scatter(
            columns["within"][here],
            columns["across"][here],
            c=columns["layer"][here],
            cmap=colours,
            norm=norm,
            marker=marker,
            s=(style.font_size / 2) ** 2,
            linewidths=0,
        )
        ringed = here & columns["selected"]
        if style.marks:
            axes.scatter(
                columns["within"][ringed],
                columns["across"][ringed],
                marker=marker,
                s=style.font_size**2,
                facecolors="none",
                edgecolors=style.theme.accent,
                linewidths=style.line,
            )
    assert bar is not None
    height = bar.get_position().height * size_of(place)[1]
    ticks = ticks_between(*_layers(plot), height, style, across=False, whole=True)
    colour_bar(bar, norm, colours, "layer", style, ticks=ticks)


def _square(plot: PlotData, style: Style) -> Square:
    theme = style.theme
    entries = [Entry(label, theme.muted, MARKERS[pair]) for pair, label in PAIR_LABELS.items()]
    if style.marks and plot.labels["selected"]:
        entries.append(Entry(f"layer {plot.labels['selected']}", theme.accent, "o", "hollow"))
    return Square(
        [plot.labels["title"]],
        Axis(*plot.limits["x"], plot.labels["x"]),
        Axis(*plot.limits["y"], plot.labels["y"]),
        entries,
        _layers(plot),
    )


def _layers(plot: PlotData) -> tuple[float, float]:
    layers = np.asarray(plot.table.columns["layer"])
    return float(layers.min()), float(max(layers.max(), layers.min() + 1))
