"""Compare: one text and model against another that was kept, by relative depth."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.analysis.token_views import COMPARED, TextRun, relative_depth
from laminoscope_core.figures.grids import Cell, arrange, key_below, new_axes
from laminoscope_core.figures.parts import grid
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.regression import SYMBOLS
from laminoscope_core.figures.style import Style
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from matplotlib.figure import SubFigure

__all__ = ["View", "data", "draw", "height"]


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The layer that is marked.
    quantity : str
        A key of `laminoscope_core.analysis.token_views.COMPARED`.
    kept_label : str
        The model and text that this one is compared with.
    kept : tuple of float or None
        Its values, by layer; None where undefined.  Empty if nothing was kept.
    """

    layer: int | None = None
    quantity: str = "mean"
    kept_label: str = ""
    kept: tuple[float | None, ...] = ()


def data(results: Mapping[str, Any], view: View) -> PlotData:
    """Return one line per run and layer."""
    run = TextRun(results["adjustments"], results["regression"])
    name, values_of = COMPARED[view.quantity]
    kept = np.array([np.nan if value is None else value for value in view.kept], dtype=np.float64)
    curves = [(run.label(), values_of(run))]
    if kept.size:
        curves.append((view.kept_label, kept))
    sizes = [len(values) for _, values in curves]
    table = Table(
        {
            "run": np.repeat(np.arange(len(curves)), sizes),
            "series": [label for label, values in curves for _ in values],
            "layer": np.concatenate([np.arange(size) for size in sizes]),
            "depth": np.concatenate([relative_depth(size) for size in sizes]),
            "value": np.concatenate([values for _, values in curves]),
        }
    )
    labels = {"x": "relative depth", "y": name}
    limits = {}
    if view.layer is not None:
        at = float(relative_depth(sizes[0])[min(view.layer, sizes[0] - 1)])
        limits["layer"] = (at, at)
    return PlotData(table, labels, limits)


def height(plot: PlotData, width: float, style: Style) -> float:  # noqa: ARG001
    """Return the inches that suit a width."""
    return min(width * 0.7, style.font_size * 0.36)


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw a curve per run."""
    columns = {name: np.asarray(column) for name, column in plot.table.columns.items()}
    axes = new_axes(place)
    names = []
    for number in range(int(columns["run"].max()) + 1):
        here = columns["run"] == number
        axes.plot(
            columns["depth"][here],
            columns["value"][here],
            color=style.theme.categories[number],
            marker=SYMBOLS[number],
            markersize=style.font_size / 2.2,
            markeredgewidth=0,
        )
        names.append(str(columns["series"][here][0]))
    lines = list(axes.lines)
    if "layer" in plot.limits and style.marks:
        at, _ = plot.limits["layer"]
        axes.axvline(at, color=style.theme.accent, linewidth=style.thin, zorder=0.9)
    axes.margins(x=0.03)
    axes.set(xlabel=plot.labels["x"], ylabel=plot.labels["y"])
    grid(axes, style)
    foot = key_below(place, lines, names, style)
    arrange(place, [[Cell(axes)]], style, area=(0, foot, 1, 1))
