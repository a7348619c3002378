"""Unity: RSA within categories against RSA across categories, one point a layer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.export.tables import Table
from laminoscope_core.figures.parts import MARKERS, depth_map, legend_below
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import Style
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
    return PlotData(table, {"x": "RSA within categories", "y": "RSA across categories"})


def height(plot: PlotData, width: float, style: Style) -> float:  # noqa: ARG001
    """Return the inches that suit a width: a square and its legend."""
    return width * 0.95


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw the points coloured by depth, the unity line, and rings at the selected layer."""
    columns = {name: np.asarray(column) for name, column in plot.table.columns.items()}
    axes = place.subplots()
    norm, colours = depth_map(columns["layer"], style)
    for pair, label in PAIR_LABELS.items():
        here = columns["pair"] == pair
        points = axes.scatter(
            columns["within"][here],
            columns["across"][here],
            c=columns["layer"][here],
            cmap=colours,
            norm=norm,
            marker=MARKERS[pair],
            s=style.font_size * 2.2,
            linewidths=0,
            label=label,
        )
        ringed = here & columns["selected"]
        if style.marks:
            axes.scatter(
                columns["within"][ringed],
                columns["across"][ringed],
                marker=MARKERS[pair],
                s=style.font_size * 8,
                facecolors="none",
                edgecolors=style.theme.accent,
                linewidths=style.line,
            )
    axes.axline((0, 0), slope=1, color=style.theme.grid, linewidth=style.thin, zorder=0)
    axes.set_aspect("equal", adjustable="datalim")
    axes.set(xlabel=plot.labels["x"], ylabel=plot.labels["y"])
    bar = place.colorbar(points, ax=axes, label="layer", shrink=0.7)
    bar.outline.set_visible(False)
    legend_below(axes, style)
