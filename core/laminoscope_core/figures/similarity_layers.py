"""Similarity in all layers: the maps of Q, K and V from first to last, over one colour scale."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.word_views import category_blocks, colour_limits, layer_limits
from laminoscope_core.figures.colour_maps import colour_map
from laminoscope_core.figures.parts import (
    axes_at,
    colour_bar,
    colour_bar_width,
    header,
    header_height,
    line_height,
    size_of,
    text_at,
)
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import MM, Style
from laminoscope_core.figures.text import text_width
from laminoscope_core.figures.word_labels import SCALES
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from matplotlib.figure import SubFigure

    from laminoscope_core.analysis import similarity

__all__ = ["View", "data", "draw", "height"]

_LEAST, _LARGEST = 13.0, 30.0
"""Millimetres that a map is wide at 7 points."""


@dataclass(frozen=True)
class View:
    """What is shown: all layers and sites, with the same colour limits; nothing can be set."""


def data(results: Mapping[str, Any], view: View) -> PlotData:  # noqa: ARG001
    """Return one line per layer and pair of words, each word with itself included."""
    result: similarity.Result = results["similarity"]
    first, second = np.triu_indices(len(result.words))
    n_layers = len(result.layers)
    columns = {
        "layer": np.repeat(np.array(result.layers), len(first)),
        "first": np.tile(first, n_layers),
        "second": np.tile(second, n_layers),
        **{site: result.matrices[site][:, first, second].ravel() for site in result.sites},
    }
    heads = "all heads" if result.params.head is None else f"head {result.params.head}"
    edges = [start for _, start, _ in category_blocks(result.categories) if start]
    labels = {
        "title": f"All layers, {heads}, {len(result.words)} words",
        "scale": SCALES[result.params.measure],
        "edges": " ".join(map(str, edges)),
    }
    return PlotData(Table(columns), labels, {"colours": colour_limits(layer_limits(result))})


def height(plot: PlotData, width: float, style: Style) -> float:
    """Return the inches that suit a width: rows of small maps, site below site."""
    return _places(plot, width, style).height


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw the maps in reading order, each under the number of its layer."""
    from matplotlib.colors import Normalize

    places = _places(plot, size_of(place)[0], style)
    header(place, [plot.labels["title"]], style)
    norm = Normalize(*plot.limits["colours"])
    colours = colour_map(style.sequential).with_extremes(bad=style.theme.border)
    edges = [float(edge) - 0.5 for edge in plot.labels["edges"].split()]
    for site, top in zip(("q", "k", "v"), places.tops, strict=True):
        text_at(place, 0, top, site.upper(), va="top")
        for number, (layer, matrix) in enumerate(_matrices(plot, site)):
            row, column = divmod(number, places.n_columns)
            left = places.left + column * (places.side + places.gap)
            down = top + row * (places.side + places.line + places.gap)
            text_at(place, left, down, str(layer), va="top", fontsize=style.font_size - 1)
            axes = axes_at(place, left, down + places.line, places.side, places.side)
            axes.imshow(matrix, norm=norm, cmap=colours)
            axes.axis("off")
            last = len(matrix) - 0.5
            for draw_lines in (axes.hlines, axes.vlines):
                draw_lines(edges, -0.5, last, colors="white", linewidth=style.thin / 2)
    bar = axes_at(place, places.bar, places.tops[0] + places.line, 2 * places.gap, places.tall)
    colour_bar(bar, norm, colours, plot.labels["scale"], style, over=True)


@dataclass(frozen=True)
class _Places:
    """Where the maps are, in inches from the upper left corner."""

    n_columns: int
    tops: tuple[float, ...]
    left: float
    side: float
    line: float
    gap: float
    bar: float
    tall: float
    height: float


def _places(plot: PlotData, width: float, style: Style) -> _Places:
    gap, line = style.font_size / 144, line_height(style.font_size - 1)
    scale = MM * style.font_size / 7
    left = text_width("Q", style.font_size) + 2 * gap
    right = colour_bar_width(plot.limits["colours"], style) + 2 * gap
    room = width - left - right + gap
    n_layers = len(np.unique(np.asarray(plot.table.columns["layer"])))
    n_columns = max(1, min(n_layers, int(room / (_LEAST * scale + gap))))
    side = min(room / n_columns - gap, _LARGEST * scale)
    rows = -(-n_layers // n_columns)
    block = rows * (side + line + gap)
    start = header_height([plot.labels["title"]], width, style) + 2 * gap
    tops = tuple(start + number * (block + 2 * gap) for number in range(3))
    bar = left + n_columns * (side + gap) + gap
    tall = min(max(side, 40 * scale), 3 * block - line)
    return _Places(n_columns, tops, left, side, line, gap, bar, tall, tops[-1] + block + gap)


def _matrices(plot: PlotData, site: str) -> list[tuple[int, NDArray[np.float32]]]:
    """Return each layer's label and its map (n_words, n_words)."""
    columns = plot.table.columns
    layers = np.unique(np.asarray(columns["layer"]))
    first, second, values = (
        np.asarray(columns[name]).reshape(len(layers), -1) for name in ("first", "second", site)
    )
    n_words = int(second.max()) + 1
    matrices = np.empty((len(layers), n_words, n_words), dtype=np.float32)
    for matrix, row, column, value in zip(matrices, first, second, values, strict=True):
        matrix[row, column] = matrix[column, row] = value
    return list(zip(layers.tolist(), matrices, strict=True))
