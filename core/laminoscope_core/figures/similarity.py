"""Similarity: one words × words map each for Q, K and V at one layer, over one colour scale."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.word_views import category_blocks, colour_limits, layer_limits
from laminoscope_core.figures.map_layout import MapLayout, map_layout
from laminoscope_core.figures.parts import (
    axes_at,
    colour_bar,
    colour_bar_width,
    colour_map,
    header,
    header_height,
    line_height,
    size_of,
    text_at,
)
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import Style
from laminoscope_core.figures.text import figure_text
from laminoscope_core.figures.word_labels import SCALES, layer_number, marked_pair, pair_columns
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

    from laminoscope_core.analysis import similarity

__all__ = ["View", "data", "draw", "height"]


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        Index of the layer; None for the middle one.
    limits : str
        Colour limits: ``"layer"``, of this layer, or ``"all"``, the same for all layers.
    pair : tuple of int or None
        The words of the pair that is marked, the smaller index first.
    """

    layer: int | None = None
    limits: str = "layer"
    pair: tuple[int, int] | None = None


def data(results: Mapping[str, Any], view: View) -> PlotData:
    """Return one line per pair of words, each word with itself included, with a column per site.

    Raises
    ------
    ValueError
        There is no such layer or word, or the limits are of neither kind.
    """
    result: similarity.Result = results["similarity"]
    layer = layer_number(len(result.layers), view.layer)
    if view.limits not in ("layer", "all"):
        raise ValueError(f"limits must be 'layer' or 'all', not {view.limits!r}")
    limits = colour_limits(layer_limits(result), layer if view.limits == "layer" else None)
    first, second = np.triu_indices(len(result.words))
    labels = {
        "title": _title(result, layer, view.limits),
        "scale": SCALES[result.params.measure],
    }
    for site in result.sites:
        if reason := result.reasons[site][layer]:
            labels[f"undefined {site}"] = f"{site.upper()} undefined: {reason}"
    columns = {
        **pair_columns(result, first, second, view.pair),
        **{site: result.matrices[site][layer][first, second] for site in result.sites},
    }
    return PlotData(Table(columns), labels, {"colours": limits})


def height(plot: PlotData, width: float, style: Style) -> float:
    """Return the inches that suit a width: that of three square maps and their labels."""
    return _layout(plot, width, style).height


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw the maps side by side, with words where each has room for its name, else categories."""
    from matplotlib.colors import Normalize

    layout = _layout(plot, size_of(place)[0], style)
    maps = layout.maps
    header(place, layout.header, style)
    norm = Normalize(*plot.limits["colours"])
    colours = colour_map(style.sequential).with_extremes(bad=style.theme.border)
    for number, (site, matrix) in enumerate(matrices(plot).items()):
        left = maps.left + number * (maps.side + layout.gap)
        axes = axes_at(place, left, layout.top, maps.side, maps.side)
        axes.imshow(matrix, norm=norm, cmap=colours)
        axes.axis("off")
        _lines(axes, layout, style)
        text_at(place, left, layout.title, site.upper(), va="top")
        _categories(place, layout, left, style)
        _words(place, layout, left, first=number == 0)
        if style.marks:
            _mark(axes, plot, style)
    bar = axes_at(place, layout.bar, layout.top, layout.gap, maps.side)
    colour_bar(bar, norm, colours, plot.labels["scale"], style, over=True)


def matrices(plot: PlotData) -> dict[str, NDArray[np.float32]]:
    """Return the symmetric maps (n_words, n_words) by site, as they are drawn."""
    columns = plot.table.columns
    first, second = np.asarray(columns["first"]), np.asarray(columns["second"])
    shown = {}
    for site in ("q", "k", "v"):
        matrix = np.empty((int(second.max()) + 1,) * 2, dtype=np.float32)
        matrix[first, second] = matrix[second, first] = np.asarray(columns[site])
        shown[site] = matrix
    return shown


def _title(result: "similarity.Result", layer: int, limits: str) -> str:
    heads = "all heads" if result.params.head is None else f"head {result.params.head}"
    span = "this layer" if limits == "layer" else "all layers"
    return f"Layer {result.layers[layer]}, {heads}, {len(result.words)} words, colours span {span}"


@dataclass(frozen=True)
class _Layout:
    """Where everything is: inches from the upper left corner."""

    header: list[str]
    maps: MapLayout
    gap: float
    title: float
    top: float
    bar: float
    height: float


def _layout(plot: PlotData, width: float, style: Style) -> _Layout:
    small, gap = style.font_size - 1, style.font_size / 72
    columns = plot.table.columns
    own = np.asarray(columns["first"]) == np.asarray(columns["second"])
    words, categories = (np.asarray(columns[f"first_{name}"])[own] for name in ("word", "category"))
    blocks = category_blocks(categories)
    bar = colour_bar_width(plot.limits["colours"], style)
    maps = map_layout(words.tolist(), blocks, 3, width - bar - 0.8 * gap, style)
    lines = [plot.labels["title"]]
    undefined = (text for name, text in plot.labels.items() if name.startswith("undefined"))
    lines += [figure_text(text, 200) for text in undefined]
    if style.marks and (marked := marked_pair(plot)):
        lines.append(f"Marked: {marked}")
    title = header_height(lines, width, style) + 0.5 * gap
    top = title + line_height(style.font_size) + maps.above
    height = top + maps.side + maps.below + 0.3 * line_height(small)
    return _Layout(lines, maps, gap, title, top, width - bar, height)


def _lines(axes: "Axes", layout: _Layout, style: Style) -> None:
    """Part the categories, also at the map's edge, where a pale map hides white lines."""
    blocks = layout.maps.blocks
    edges = [block.start - 0.5 for block in blocks if block.start]
    first, last = -0.5, blocks[-1].stop - 0.5
    outside = first - 0.4 * layout.gap / layout.maps.each
    for draw_lines in (axes.hlines, axes.vlines):
        draw_lines(edges, first, last, colors="white", linewidth=style.thin)
        draw_lines(
            edges, outside, first, colors=style.theme.muted, linewidth=style.thin, clip_on=False
        )
    axes.set(xlim=(first, last), ylim=(last, first))


def _categories(place: "SubFigure", layout: _Layout, left: float, style: Style) -> None:
    """Write the categories above a map."""
    maps = layout.maps
    turned = {"rotation": 90, "va": "bottom"} if maps.upright else {"va": "baseline"}
    for block in maps.blocks:
        x = left + (block.start + block.stop) / 2 * maps.each
        y = layout.top - layout.gap * 0.35
        text_at(place, x, y, block.text, ha="center", fontsize=style.font_size - 1, **turned)


def _words(place: "SubFigure", layout: _Layout, left: float, *, first: bool) -> None:
    """Write the words below a map, and left of the first."""
    maps = layout.maps
    if not maps.word_size:
        return
    options = {"fontsize": maps.word_size, "rotation_mode": "anchor", "ha": "right"}
    below = layout.top + maps.side + layout.gap * 0.35
    for number, word in enumerate(maps.words):
        middle = (number + 0.5) * maps.each
        text_at(place, left + middle, below, word, rotation=90, va="center", **options)
        if first:
            y = layout.top + middle
            text_at(place, left - layout.gap * 0.35, y, word, va="center", **options)


def _mark(axes: "Axes", plot: PlotData, style: Style) -> None:
    from matplotlib.patches import Rectangle

    columns = plot.table.columns
    chosen = np.asarray(columns["selected"])
    ends = (np.asarray(columns[name])[chosen].tolist() for name in ("first", "second"))
    for row, column in zip(*ends, strict=True):
        for x, y in ((column, row), (row, column)):
            for colour, width in (("white", 2.4), (style.theme.accent, 1.2)):
                corner = (x - 0.5, y - 0.5)
                axes.add_patch(
                    Rectangle(
                        corner, 1, 1, fill=False, edgecolor=colour, linewidth=width * style.line
                    )
                )
