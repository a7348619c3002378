"""Pairs of words as points: how alike they are at one site against how alike at another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.analysis.rsa import SITE_PAIR_NAMES
from laminoscope_core.analysis.word_pairs import word_pairs
from laminoscope_core.analysis.word_views import MOST_POINTS, binned_counts, score_text
from laminoscope_core.figures.frames import Axis, Entry
from laminoscope_core.figures.parts import Ticks, category_colours, colour_bar, colour_map
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.scatter import Square, draw_square, limits_of, square_height
from laminoscope_core.figures.style import Style
from laminoscope_core.figures.text import figure_text
from laminoscope_core.figures.word_labels import SCALES, layer_number, marked_pair, pair_columns
from laminoscope_core.tables import Table
from laminoscope_core.theme import PAIR_LABELS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

    from laminoscope_core.analysis import rsa, similarity

__all__ = ["View", "data", "draw", "height"]


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        Index of the layer; None for the middle one.
    sites : str
        The pair of sites: ``"q-k"``, ``"q-v"`` or ``"k-v"``.
    pair : tuple of int or None
        The words of the pair that is ringed, the smaller index first.
    """

    layer: int | None = None
    sites: str = "q-k"
    pair: tuple[int, int] | None = None


def data(results: Mapping[str, Any], view: View) -> PlotData:
    """Return one line per pair of different words, with a column for each of the two sites.

    Raises
    ------
    ValueError
        There is no such layer, word or pair of sites.
    """
    result: similarity.Result = results["similarity"]
    scores: rsa.Result = results["rsa"]
    layer = layer_number(len(result.layers), view.layer)
    if view.sites not in SITE_PAIR_NAMES:
        raise ValueError(f"sites must be one of {', '.join(SITE_PAIR_NAMES)}, not {view.sites!r}")
    pairs = word_pairs(result.categories)
    values = {site: pairs.vectors(result.matrices[site][layer]) for site in view.sites.split("-")}
    columns = {
        **pair_columns(result, pairs.first, pairs.second, view.pair),
        "within": pairs.within,
        **values,
    }
    scale = SCALES[result.params.measure]
    x, y = values
    labels = {
        "title": f"{PAIR_LABELS[view.sites]}, layer {result.layers[layer]}:"
        f" {score_text(scores, layer, view.sites)}",
        "x": f"{scale} at {x.upper()}",
        "y": f"{scale} at {y.upper()}",
        "sites": view.sites,
    }
    return PlotData(Table(columns), labels, {"x": limits_of(values[x]), "y": limits_of(values[y])})


def height(plot: PlotData, width: float, style: Style) -> float:
    """Return the inches that suit a width: a square and its key."""
    return square_height(_square(plot, style), width, style)


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw points, or counts in bins where there are very many, and the line of unity."""
    axes, bar = draw_square(place, _square(plot, style), style)
    axes.axline((0, 0), slope=1, color=style.theme.grid, linewidth=style.thin, zorder=0)
    if bar is None:
        _points(axes, plot, style)
    else:
        _counts(axes, bar, plot, style)
    if style.marks:
        x, y = (values[np.asarray(plot.table.columns["selected"])] for values in _values(plot))
        axes.scatter(
            x, y, s=(style.font_size * 1.3) ** 2, facecolors="none",
            edgecolors=style.theme.accent, linewidths=style.line * 1.2, zorder=4,
        )  # fmt: skip


def _points(axes: "Axes", plot: PlotData, style: Style) -> None:
    x, y = _values(plot)
    columns = plot.table.columns
    within, first = np.asarray(columns["within"]), columns["first_category"]
    groups: list[tuple[Any, str, float]] = [(~within, style.theme.grid, 0.45)]
    for category, colour in _colours(plot, style).items():
        groups.append((within & (np.asarray(first) == category), colour, 1.0))
    for chosen, colour, alpha in groups:
        axes.scatter(
            x[chosen], y[chosen], color=colour, alpha=alpha, s=(style.font_size / 2.8) ** 2,
            linewidths=0,
        )  # fmt: skip


def _counts(axes: "Axes", bar: "Axes", plot: PlotData, style: Style) -> None:
    from matplotlib.colors import LogNorm

    counts, x_edges, y_edges = binned_counts(*_values(plot))
    low, high = _count_limits(plot)
    norm, colours = LogNorm(low, high), colour_map(style.depth)
    axes.imshow(
        np.ma.masked_equal(counts, 0), norm=norm, cmap=colours, origin="lower", aspect="auto",
        extent=(x_edges[0], x_edges[-1], y_edges[0], y_edges[-1]), zorder=1,
    )  # fmt: skip
    axes.set(xlim=plot.limits["x"], ylim=plot.limits["y"])
    decades = tuple(10.0**k for k in range(int(np.log10(high)) + 1))
    ticks = Ticks(decades, tuple(f"{value:.0f}" for value in decades), 0.0)
    colour_bar(bar, norm, colours, "pairs per bin", style, ticks=ticks)


def _values(plot: PlotData) -> tuple[Any, Any]:
    first, second = plot.labels["sites"].split("-")
    return np.asarray(plot.table.columns[first]), np.asarray(plot.table.columns[second])


def _colours(plot: PlotData, style: Style) -> dict[str, str]:
    columns = plot.table.columns
    n_words = int(np.max(columns["second"], initial=0)) + 1
    words = dict(zip(columns["first"], columns["first_category"], strict=True))
    words.update(zip(columns["second"], columns["second_category"], strict=True))
    return category_colours([words[i] for i in range(n_words) if i in words], style)


def _square(plot: PlotData, style: Style) -> Square:
    x, y = _values(plot)
    many = int((np.isfinite(x) & np.isfinite(y)).sum()) > MOST_POINTS
    theme = style.theme
    entries: list[Entry] = []
    if not many:
        colours = _colours(plot, style)
        if len(colours) <= len(theme.categories):
            entries = [
                Entry(f"within {figure_text(name, 24)}", colour, "o")
                for name, colour in colours.items()
            ]
        else:
            entries = [Entry("within a category, in its colour", next(iter(colours.values())), "o")]
        entries.append(Entry("across categories", theme.grid, "o"))
    if style.marks and (marked := marked_pair(plot)):
        entries.append(Entry(marked, theme.accent, "o", "hollow"))
    return Square(
        [figure_text(plot.labels["title"], 200)],
        Axis(*plot.limits["x"], plot.labels["x"]),
        Axis(*plot.limits["y"], plot.labels["y"]),
        entries,
        _count_limits(plot) if many else None,
    )


def _count_limits(plot: PlotData) -> tuple[float, float]:
    return 1.0, float(max(int(binned_counts(*_values(plot))[0].max()), 10))
