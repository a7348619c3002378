"""Faint marks in a frame around what is pointed at elsewhere: rings, outlined cells, a line."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt

from laminoscope_core.plots.shown import Boxes, Frame, Image, Mark, Points
from laminoscope_core.theme import Theme
from laminoscope_widgets.bare_plot import BarePlot
from laminoscope_widgets.marks.areas import DrawnBoxes
from laminoscope_widgets.marks.points import SYMBOLS
from laminoscope_widgets.plot_layers import Layers

__all__ = ["Highlight"]

_LEAST_BOX = 7.0
"""Pixels of an outline around a cell under the pointer, at least."""
_OUTLINES, _LINES, _RINGS = 80, 80, 90  # in front of how many marks


class Highlight:
    """What a frame shows of a value that the pointer is at in another; made when first needed.

    Attributes
    ----------
    rings : pyqtgraph.ScatterPlotItem
        Around points that stand for the value.
    lines : pair of pyqtgraph.InfiniteLine
        At the value's place along x and along y.
    outline : DrawnBoxes
        Around cells of a map that stand for it.
    """

    def __init__(self, plot: BarePlot) -> None:
        self._view = plot.vb
        self.rings = pg.ScatterPlotItem(size=11, brush=None)
        self.rings.setZValue(_RINGS)
        plot.add(self.rings)
        self.lines = pg.InfiniteLine(angle=90), pg.InfiniteLine(angle=0)
        for line in self.lines:
            line.setZValue(_LINES)
            line.hide()
            plot.add(line)
        self.outline, self._layers = DrawnBoxes(plot), Layers(self._view, _OUTLINES)

    def show(
        self, name: str, value: Any, frame: Frame, marks: Sequence[Mark], theme: Theme
    ) -> None:
        """Mark what stands for a value of a field of the selection; None for nothing."""
        self.rings.setPen(pg.mkPen(theme.text, width=1.5))
        along = False
        for axis, line in zip((frame.x, frame.y), self.lines, strict=True):
            line.setVisible(axis.selects == name and value is not None)
            if line.isVisible():
                along = True
                line.setPen(pg.mkPen(theme.muted, width=1, style=Qt.PenStyle.DotLine))
                line.setValue(axis.place_of(value))
        x, y, symbols = [], [], []
        cells: list[tuple[float, float, float, float]] = []
        for mark in () if value is None or along else marks:
            if isinstance(mark, Points) and name in mark.stands_for:
                drawn = np.isfinite(mark.x) & np.isfinite(mark.y)
                for index in _standing_for(mark.stands_for[name], value):
                    if not drawn[index]:
                        continue
                    x.append(mark.x[index])
                    y.append(mark.y[index])
                    symbols.append(SYMBOLS[mark.marker])
            elif isinstance(mark, Image) and mark.cells_of:
                cells += [_edges(mark, *cell) for cell in mark.cells_of(name, value)]
        self.rings.setData(x=x, y=y, symbol=symbols or "o")
        self._outline_cells(np.array(cells, dtype=np.float64).reshape(-1, 2, 2), frame, theme)

    def _outline_cells(self, edges: np.ndarray, frame: Frame, theme: Theme) -> None:
        least = np.multiply(self._view.viewPixelSize(), _LEAST_BOX)
        missing = np.maximum(least - np.ptp(edges, axis=2), 0)
        edges += missing[..., None] / 2 * (-1, 1)
        boxes = Boxes(x=edges[:, 0], y=edges[:, 1], colour="text")
        changed = self.outline.show(boxes, 0, theme, None, frame.y.ends)
        self._layers.show([self.outline], {self.outline} if changed else set())


def _standing_for(values: Any, value: Any) -> Iterator[int]:
    found = np.asarray(values) == np.asarray(value)
    yield from np.flatnonzero(found.all(axis=1) if found.ndim == 2 else found).tolist()


def _edges(mark: Image, row: int, column: int) -> tuple[float, float, float, float]:
    """Return from where to where a cell is, along x and along y."""
    n_rows, n_columns = np.shape(mark.values)[:2]
    wide, tall = (mark.x[1] - mark.x[0]) / n_columns, (mark.y[1] - mark.y[0]) / n_rows
    left, low = mark.x[0] + column * wide, mark.y[0] + row * tall
    return left, left + wide, low, low + tall
