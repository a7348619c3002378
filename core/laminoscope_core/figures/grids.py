"""Axes in rows and columns, with as much room between them as their labels take.

The labels are measured and the rest is arithmetic.  matplotlib's own layout solves inequalities
instead, and its solver ends the whole process where there are no solutions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.figures.parts import wrapped
from laminoscope_core.figures.style import Style
from laminoscope_core.figures.text import LINE, figure_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import SubFigure

__all__ = ["WHOLE", "Cell", "arrange", "key_below", "new_axes"]

WHOLE = (0.0, 0.0, 1.0, 1.0)
"""All of a place: left, bottom, right and top, as shares of it."""

_GAP = 0.9  # between the labels of neighbours, in font sizes
_LEAST = 0.15  # of the area is left to the axes, whatever the labels take
_ROUNDS = 3  # labels change a little with the size of their axes


@dataclass(frozen=True, eq=False)
class Cell:
    """Axes with text that is as wide as they are.

    Attributes
    ----------
    axes : Axes
    title, below : tuple of str
        Paragraphs above the axes and below them, wrapped where they are too long.
    pad : float
        Font sizes between the axes and their title.
    """

    axes: "Axes"
    title: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    pad: float = 0.7


def new_axes(place: "SubFigure", **options: Any) -> "Axes":
    """Return axes that `arrange` will put where they belong."""
    axes: Axes = place.add_axes((0.25, 0.25, 0.5, 0.5), **options)
    return axes


def arrange(
    place: "SubFigure",
    cells: Sequence[Sequence[Cell | None]],
    style: Style,
    *,
    widths: Sequence[float] = (),
    heights: Sequence[float] = (),
    narrow: Mapping[int, float] | None = None,
    area: tuple[float, float, float, float] = WHOLE,
) -> None:
    """Put axes side by side and above each other, and write their titles.

    Parameters
    ----------
    place : SubFigure
    cells : rows of Cell or None
        None where nothing stands.
    style : Style
    widths, heights : sequence of float
        Shares of columns and rows in the room that labels leave; even if left out.
    narrow : mapping of int to float, optional
        Columns that are so many inches wide instead, as for colour bars.
    area : tuple of float
        Left, bottom, right and top, as shares of the place.
    """
    dpi = place.dpi
    renderer = _renderer(dpi)
    inches = np.array([place.bbox.width, place.bbox.height]) / dpi
    low, high = np.array(area[:2]) * inches, np.array(area[2:]) * inches
    gap = _GAP * style.font_size / 72
    columns = _shares(widths or [1.0] * len(cells[0]), narrow or {})
    rows = _shares(heights or [1.0] * len(cells), {})
    x = [(float(low[0]), float(high[0]))] * len(cells[0])
    y = [(float(low[1]), float(high[1]))] * len(cells)
    for cell in (each for line in cells for each in line if each):
        # how many ticks there are depends on it, whatever matplotlib is set to when it draws
        cell.axes.tick_params(labelsize=style.font_size - 1)
    for _ in range(_ROUNDS):
        over = _overhangs(cells, renderer, dpi)
        x = _spans(
            over[..., 0].max(axis=0), over[..., 1].max(axis=0), columns, *_ends(low, high, 0), gap
        )
        _put(cells, x, y, inches)
        _write(cells, x, style)
        over = _overhangs(cells, renderer, dpi)
        y = _spans(
            over[::-1, :, 2].max(axis=1),
            over[::-1, :, 3].max(axis=1),
            rows[::-1],
            *_ends(low, high, 1),
            gap,
        )[::-1]
        _put(cells, x, y, inches)
        for line, (bottom, top) in zip(cells, y, strict=True):
            for cell in filter(None, line):
                _wrap(cell.axes.yaxis, top - bottom, style)
                _thin(cell.axes.xaxis, renderer)


def key_below(
    place: "SubFigure", handles: Sequence[Any], names: Sequence[str], style: Style
) -> float:
    """Draw a key at the bottom of a place, in as few lines as fit; return its share of the height.

    What is shown above it gets ``area=(0, share, 1, 1)``.
    """
    renderer = _renderer(place.dpi)
    columns = len(handles)
    while True:
        key = place.legend(
            handles,
            [figure_text(name, 60) for name in names],
            loc="lower center",
            bbox_to_anchor=(0.5, 0.0),
            ncols=columns,
            borderaxespad=0,
            borderpad=0.2,
            columnspacing=1.2,
        )
        extent = key.get_window_extent(renderer)
        if columns == 1 or extent.width <= place.bbox.width:
            gap = _GAP * style.font_size / 72 * place.dpi
            return float((extent.height + gap) / place.bbox.height)
        key.remove()
        columns -= 1


def _renderer(dpi: float) -> Any:
    from matplotlib.backends import backend_agg

    make: Any = backend_agg.RendererAgg
    return make(1, 1, dpi)


def _ends(low: NDArray[Any], high: NDArray[Any], axis: int) -> tuple[float, float]:
    return float(low[axis]), float(high[axis])


def _shares(shares: Sequence[float], narrow: Mapping[int, float]) -> list[tuple[float, float]]:
    """Return the share in the free room and the fixed inches of each column or row."""
    return [
        (0.0, narrow[number]) if number in narrow else (share, 0.0)
        for number, share in enumerate(shares)
    ]


def _spans(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    shares: Sequence[tuple[float, float]],
    low: float,
    high: float,
    gap: float,
) -> list[tuple[float, float]]:
    """Return where columns or rows begin and end, in inches."""
    fixed = sum(inches for _, inches in shares) + gap * (len(shares) - 1)
    labels = float(before.sum() + after.sum())
    whole = high - low
    free = max(whole - fixed - labels, _LEAST * whole)
    squeeze = min((whole - fixed - free) / labels, 1.0) if labels > 0 else 1.0
    total = sum(share for share, _ in shares) or 1.0
    spans, at = [], low
    for (share, inches), left, right in zip(shares, before, after, strict=True):
        at += float(left) * squeeze
        size = inches or free * share / total
        spans.append((at, at + size))
        at += size + float(right) * squeeze + gap
    return spans


def _overhangs(
    cells: Sequence[Sequence[Cell | None]], renderer: Any, dpi: float
) -> NDArray[np.float64]:
    """Return inches of labels left, right, below and above axes, (n_rows, n_columns, 4)."""
    over = np.zeros((len(cells), len(cells[0]), 4))
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            if cell is None:
                continue
            frame, whole = cell.axes.get_window_extent(), _extent(cell.axes, renderer)
            if whole is None:
                continue
            sides = (
                frame.x0 - whole.x0,
                whole.x1 - frame.x1,
                frame.y0 - whole.y0,
                whole.y1 - frame.y1,
            )
            over[row, column] = [max(side / dpi, 0.0) for side in sides]
    return over


def _extent(axes: "Axes", renderer: Any) -> Any:
    """Return the box of axes with their labels; what is clipped to them need not be measured."""
    extra = [artist for artist in (*axes.texts, *axes.lines) if not artist.get_clip_on()]
    return axes.get_tightbbox(renderer, bbox_extra_artists=extra, for_layout_only=True)


def _put(
    cells: Sequence[Sequence[Cell | None]],
    x: Sequence[tuple[float, float]],
    y: Sequence[tuple[float, float]],
    inches: NDArray[np.float64],
) -> None:
    across, down = float(inches[0]), float(inches[1])
    for line, (bottom, top) in zip(cells, y, strict=True):
        for cell, (left, right) in zip(line, x, strict=True):
            if cell is not None:
                size = ((right - left) / across, (top - bottom) / down)
                cell.axes.set_position((left / across, bottom / down, *size))


def _write(
    cells: Sequence[Sequence[Cell | None]], x: Sequence[tuple[float, float]], style: Style
) -> None:
    small = style.font_size - 1
    for line in cells:
        for cell, (left, right) in zip(line, x, strict=True):
            if cell is None:
                continue
            if cell.title:
                shown = _paragraphs(cell.title, right - left, style.font_size)
                cell.axes.set_title(
                    shown, loc="left", linespacing=LINE, pad=cell.pad * style.font_size
                )
            if not cell.below:
                _wrap(cell.axes.xaxis, right - left, style)
            else:
                shown = _paragraphs(cell.below, right - left, small)
                cell.axes.set_xlabel(shown, loc="left", ma="left", fontsize=small, linespacing=LINE)


def _thin(axis: "Axis", renderer: Any) -> None:
    """Let an axis have so few round numbers that they stand apart."""
    from matplotlib.ticker import MaxNLocator

    locator = axis.get_major_locator()
    if not isinstance(locator, MaxNLocator):
        return
    for most in range(6, 0, -1):
        boxes = [
            label.get_window_extent(renderer) for label in axis.get_ticklabels() if label.get_text()
        ]
        apart = boxes[0].height * 0.4 if boxes else 0.0
        if all(a.x1 + apart <= b.x0 for a, b in pairwise(boxes)):
            return
        locator.set_params(nbins=most)


def _wrap(axis: "Axis", room: float, style: Style) -> None:
    """Break an axis label that is longer than its axis."""
    text = axis.get_label_text().replace("\n", " ")
    axis.set_label_text("\n".join(wrapped(text, room, style.font_size)), linespacing=LINE)


def _paragraphs(texts: Sequence[str], room: float, size: float) -> str:
    """Return safe text in lines; a paragraph ends after six of them."""
    lines = [wrapped(figure_text(text, None), room, size)[:6] for text in texts if text]
    return "\n".join(line for paragraph in lines for line in paragraph)
