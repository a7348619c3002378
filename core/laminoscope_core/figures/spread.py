"""Spread: the distribution of the log-norms in every layer, and how normal it is in one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.analysis.adjustments import Result
from laminoscope_core.analysis.token_views import SITES, normal_plot
from laminoscope_core.figures.grids import Cell, arrange, new_axes
from laminoscope_core.figures.labels import whole_numbers
from laminoscope_core.figures.parts import depth_map, grid
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import Style
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

__all__ = ["View", "data", "draw", "height"]

_TALLEST = 3.0
"""Height of the plot in peaks of the median layer."""


@dataclass(frozen=True)
class View:
    """What is shown: the layer in front, and on the normal plot; None for the middle one."""

    layer: int | None = None


def data(results: Mapping[str, Any], view: View) -> PlotData:
    """Return a line per bin of every layer, from ``x`` to ``right``, and per normal score."""
    norms: Result = results["adjustments"]
    n_layers = len(norms.layers)
    layer = min(n_layers // 2 if view.layer is None else view.layer, n_layers - 1)
    scores, z = normal_plot(norms, layer)
    parts = [
        _lines("density", at, edges[:-1], edges[1:], density)
        for at, (edges, density) in enumerate(norms.histograms)
        if edges.size
    ]
    parts.append(_lines("normal", layer, scores, np.full(scores.size, np.nan), z))
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    peaks = [float(density.max()) for edges, density in norms.histograms if edges.size]
    # one layer of nearly equal values must not flatten all others
    top = min(max(peaks), _TALLEST * float(np.median(peaks))) if peaks else 1.0
    if np.isnan(norms.skew[layer]):
        alike = "all values are alike" if norms.n else "no token is left"
        says = norms.reasons[layer] or alike
    else:
        says = f"skew {norms.skew[layer]:.2f}, excess kurtosis {norms.kurtosis[layer]:.2f}"
        says = says.replace("-", "−")
    labels = {
        "x density": f"log norm of {SITES[norms.params.site]}",
        "y density": "density",
        "density": f"{n_layers} layer{'' if n_layers == 1 else 's'}, n = {norms.n:,} tokens",
        "x normal": "normal score",
        "y normal": "z of log norm",
        "normal": f"Layer {layer}: {says}",
        "layer": str(layer),
    }
    limits = {"density": (0.0, top * 1.05), "layers": (0.0, float(n_layers - 1))}
    return PlotData(Table(columns), labels, limits)


def height(plot: PlotData, width: float, style: Style) -> float:  # noqa: ARG001
    """Return the inches that suit a width."""
    return min(width * 0.55, style.font_size * 0.33)


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw outlines coloured by depth, and the normal plot of the layer."""
    columns = {name: np.asarray(column) for name, column in plot.table.columns.items()}
    densities, normal = new_axes(place), new_axes(place)
    scale = _draw_densities(place, densities, columns, plot, style)
    here = columns["plot"] == "normal"
    normal.axline((0, 0), slope=1, color=style.theme.grid, linewidth=style.thin, zorder=0)
    normal.scatter(
        columns["x"][here],
        columns["value"][here],
        s=style.font_size * 1.2,
        color=style.theme.accent if style.marks else style.theme.categories[0],
        alpha=0.8,
        linewidths=0,
    )
    normal.set(xlabel=plot.labels["x normal"], ylabel=plot.labels["y normal"])
    grid(normal, style)
    cells = [
        Cell(densities, (plot.labels["density"],)),
        None if scale is None else Cell(scale),
        Cell(normal, (plot.labels["normal"],)),
    ]
    narrow = {1: 0.0 if scale is None else style.font_size / 72}
    arrange(place, [cells], style, widths=(3, 0, 2), narrow=narrow)


def _draw_densities(
    place: "SubFigure", axes: "Axes", columns: Mapping[str, Any], plot: PlotData, style: Style
) -> "Axes | None":
    from matplotlib.cm import ScalarMappable

    norm, colours = depth_map(np.array(plot.limits["layers"]), style)
    chosen = int(plot.labels["layer"])
    for layer in np.unique(columns["layer"][columns["plot"] == "density"]):
        here = (columns["plot"] == "density") & (columns["layer"] == layer)
        front = layer == chosen and style.marks
        axes.stairs(
            columns["value"][here],
            np.append(columns["x"][here], columns["right"][here][-1:]),
            color=style.theme.accent if front else colours(norm(layer)),
            linewidth=style.line * (1.5 if front else 0.7),
            alpha=1 if front else 0.8,
            zorder=3 if front else 2,
        )
    axes.set(
        xlabel=plot.labels["x density"],
        ylabel=plot.labels["y density"],
        ylim=plot.limits["density"],
    )
    if plot.limits["layers"][1] == 0:
        return None
    scale = new_axes(place)
    bar = place.colorbar(ScalarMappable(norm, colours), cax=scale, label="layer")
    bar.outline.set_visible(False)
    whole_numbers(scale.yaxis)
    return scale


def _lines(plot: str, layer: int, x: Any, right: Any, value: Any) -> dict[str, Any]:
    return {
        "plot": np.full(len(x), plot),
        "layer": np.full(len(x), layer),
        "x": x,
        "right": right,
        "value": value,
    }
