"""Fit: what the regression of one layer predicts, what it leaves, and its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.analysis import adjustments, regression
from laminoscope_core.analysis.token_views import CHECKS, residual_edges
from laminoscope_core.figures.grids import Cell, arrange, new_axes
from laminoscope_core.figures.parts import colour_map, grid
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import Style
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

__all__ = ["View", "data", "draw", "height"]


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        None for the middle one.
    check : str
        A key of `laminoscope_core.analysis.token_views.CHECKS`.
    tokens : tuple of int
        The selected tokens, which are ringed.
    """

    layer: int | None = None
    check: str = "predicted"
    tokens: tuple[int, ...] = ()


def data(results: Mapping[str, Any], view: View) -> PlotData:
    """Return one line per token, per bin of the histogram, or per cell of the design."""
    fit: regression.Result = results["regression"]
    source: adjustments.Result = results["adjustments"]
    if view.check not in CHECKS:
        raise ValueError(f"check must be one of {', '.join(CHECKS)}, not {view.check!r}")
    layer = len(fit.layers) // 2 if view.layer is None else view.layer
    layer = min(layer, len(fit.layers) - 1)
    reason = fit.reasons[layer]
    if reason:
        columns: dict[str, Any] = {"x": np.empty(0), "y": np.empty(0)}
        title = f"Undefined in layer {layer}: {reason}."
    else:
        title = f"Layer {layer}, n = {fit.n:,}, R² = {fit.r2[layer]:.2f}"
        columns = {
            "histogram": _histogram,
            "design": _design,
        }.get(view.check, _points)(fit, source, layer, view)
    x, y = {
        "predicted": ("predicted log norm", "observed log norm"),
        "residuals": ("predicted log norm", "residual"),
        "order": ("token", "residual"),
        "histogram": ("residual", "density"),
        "design": ("observed at t, and what predicts it", "token"),
    }[view.check]
    labels = {"x": x, "y": y, "title": title, "check": view.check, "undefined": reason}
    return PlotData(Table(columns), labels)


def height(plot: PlotData, width: float, style: Style) -> float:  # noqa: ARG001
    """Return the inches that suit a width: a square, but not a taller one than is useful."""
    return min(width * 0.85, style.font_size * 0.4)


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw the check."""
    columns = {name: np.asarray(column) for name, column in plot.table.columns.items()}
    axes, check = new_axes(place), plot.labels["check"]
    cells: list[Cell | None] = [Cell(axes, (plot.labels["title"],)), None]
    axes.set(xlabel=plot.labels["x"], ylabel=plot.labels["y"])
    if plot.labels["undefined"]:
        axes.set(xticks=[], yticks=[])
    elif check == "histogram":
        edges = np.append(columns["x"], columns["right"][-1:])
        colour = style.theme.categories[0]
        axes.stairs(columns["y"], edges, fill=True, color=colour, alpha=0.45, linewidth=0)
        axes.stairs(columns["y"], edges, color=colour, linewidth=style.line, baseline=None)
        axes.axvline(0, color=style.theme.muted, linewidth=style.thin)
        axes.set_ylim(bottom=0)
    elif check == "design":
        cells[1] = Cell(_draw_design(place, axes, columns, style))
    else:
        _draw_points(axes, columns, check, style)
    narrow = {1: 0.0 if cells[1] is None else style.font_size / 72}
    arrange(place, [cells], style, widths=(1, 0), narrow=narrow)


def _draw_points(axes: "Axes", columns: Mapping[str, Any], check: str, style: Style) -> None:
    theme = style.theme
    if check == "predicted":
        axes.axline((columns["x"].mean(),) * 2, slope=1, color=theme.muted, linewidth=style.thin)
    else:
        axes.axhline(0, color=theme.muted, linewidth=style.thin)
    many = columns["x"].size > 500
    axes.scatter(
        columns["x"],
        columns["y"],
        s=style.font_size * (0.7 if many else 1.6),
        color=theme.categories[0],
        alpha=0.65,
        linewidths=0,
    )
    ringed = columns["selected"] if style.marks else np.zeros(columns["x"].size, dtype=bool)
    axes.scatter(
        columns["x"][ringed],
        columns["y"][ringed],
        s=style.font_size * 4,
        facecolors="none",
        edgecolors=theme.accent,
        linewidths=style.line,
        zorder=3,
    )
    grid(axes, style)


def _draw_design(
    place: "SubFigure", axes: "Axes", columns: Mapping[str, Any], style: Style
) -> "Axes":
    terms = list(dict.fromkeys(columns["term"].tolist()))
    cells = columns["y"].reshape(len(terms), -1).T
    image = axes.imshow(
        cells,
        aspect="auto",
        cmap=colour_map(style.diverging),
        vmin=-3,
        vmax=3,
        extent=(-0.5, len(terms) - 0.5, columns["x"].max() + 0.5, columns["x"].min() - 0.5),
    )
    axes.set_xticks(range(len(terms)), terms)
    axes.tick_params(axis="x", length=0)
    scale = new_axes(place)
    bar = place.colorbar(image, cax=scale, label="z within column", extend="both")
    bar.outline.set_visible(False)
    return scale


def _points(
    fit: regression.Result, source: adjustments.Result, layer: int, view: View
) -> dict[str, Any]:
    residuals = fit.residuals[layer]
    return {
        "token_index": fit.rows,
        "token": [source.shown[row] for row in fit.rows],
        "x": fit.rows.astype(float) if view.check == "order" else fit.predicted[layer],
        "y": fit.observed[layer] if view.check == "predicted" else residuals,
        "selected": np.isin(fit.rows, view.tokens),
    }


def _histogram(
    fit: regression.Result,
    source: adjustments.Result,  # noqa: ARG001
    layer: int,
    view: View,  # noqa: ARG001
) -> dict[str, Any]:
    residuals = fit.residuals[layer]
    edges = residual_edges(residuals)
    counts, _ = np.histogram(residuals, edges)
    density = counts / (residuals.size * np.diff(edges))
    return {"x": edges[:-1], "right": edges[1:], "count": counts, "y": density}


def _design(
    fit: regression.Result,
    source: adjustments.Result,
    layer: int,
    view: View,  # noqa: ARG001
) -> dict[str, Any]:
    """Every column by itself, as z-scores; the constant has none and is left out."""
    names = ("t", *(term.replace("-", "−") for term in fit.terms if term != "const"))
    chosen = [at for at, term in enumerate(fit.terms) if term != "const"]
    values = np.column_stack([fit.observed[layer], fit.design[layer][:, chosen]])
    spread = values.std(axis=0)
    z = (values - values.mean(axis=0)) / np.where(spread > 0, spread, np.nan)
    return {
        "term": np.repeat(np.array(names), fit.n),
        "token_index": np.tile(fit.rows, len(names)),
        "token": [source.shown[row] for row in fit.rows] * len(names),
        "value": values.T.ravel(),
        "x": np.tile(fit.rows, len(names)).astype(float),
        "y": z.T.ravel(),
    }
