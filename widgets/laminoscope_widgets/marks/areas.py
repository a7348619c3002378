"""What has an area or an outline: bands, histograms, bars, boxes and spans."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyqtgraph as pg
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen

from laminoscope_core.plots.shown import Band, Bars, Boxes, Spans, Steps
from laminoscope_core.theme import ON_MAP
from laminoscope_widgets.marks.mark import PaintedMark, line_pen
from laminoscope_widgets.plots.colours import with_alpha
from laminoscope_widgets.theme import Theme

__all__ = ["DrawnBand", "DrawnBars", "DrawnBoxes", "DrawnSpans", "DrawnSteps"]


class DrawnBand(PaintedMark):
    """The area between two curves."""

    def fill(self, mark: Band, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        known = np.isfinite(mark.x) & ~np.isnan(mark.low) & ~np.isnan(mark.high)
        x = mark.x[known]
        low, high = (np.clip(ends[known], *self._room) for ends in (mark.low, mark.high))
        around = np.concatenate([x, x[::-1]]), np.concatenate([low, high[::-1]])
        self._path = pg.arrayToQPath(*around, connect="all", finiteCheck=False)
        self._brush = QBrush(self.colour(mark, theme, shades))

    def paint(self, painter: QPainter, view: QRectF) -> None:
        painter.fillPath(self._path, self._brush)


class DrawnSteps(PaintedMark):
    """A histogram."""

    def fill(self, mark: Steps, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        colour = self.colour(mark, theme, shades)
        x, y = np.repeat(mark.edges, 2)[1:-1], np.repeat(mark.heights, 2)
        ends = np.concatenate([x[:1], x, x[-1:]]), np.concatenate([[0.0], y, [0.0]])
        around = ends if mark.filled else (x, y)
        self._outline = _Outline(around[0], around[1], line_pen(colour, mark.width))
        self._brush = QBrush(with_alpha(colour, 0.45))
        self._area = pg.arrayToQPath(*ends, connect="all") if mark.filled else None

    def paint(self, painter: QPainter, view: QRectF) -> None:
        if self._area is not None:
            painter.fillPath(self._area, self._brush)
        self._outline.paint(painter)


class DrawnBars(PaintedMark):
    """Bars, level or upright."""

    def fill(self, mark: Bars, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        self._brush = QBrush(self.colour(mark, theme, shades))
        low, thick = mark.at - mark.thickness / 2, mark.thickness
        ends = zip(low.tolist(), np.nan_to_num(mark.lengths).tolist(), strict=True)
        if mark.upright:
            bars = [QRectF(x, 0.0, thick, length) for x, length in ends]
        else:
            bars = [QRectF(0.0, y, length, thick) for y, length in ends]
        self._bars = [bar.normalized() for bar in bars]

    def paint(self, painter: QPainter, view: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._brush)
        painter.drawRects(self._bars)


class DrawnBoxes(PaintedMark):
    """Outlined rectangles, the outline between two of white."""

    def fill(self, mark: Boxes, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        n = len(mark.x)
        corners = np.full((2, n, 6), np.nan)
        corners[0, :, :5] = mark.x[:, (0, 1, 1, 0, 0)]
        corners[1, :, :5] = mark.y[:, (0, 0, 1, 1, 0)]
        x, y = corners.reshape(2, -1)
        self._outlines = [
            _Outline(x, y, pg.mkPen(colour, width=width))
            for colour, width in ((ON_MAP, 4.0), (theme.colour(mark.colour), 2.0))
        ]

    def paint(self, painter: QPainter, view: QRectF) -> None:
        for outline in self._outlines:
            outline.paint(painter)


class DrawnSpans(PaintedMark):
    """Outlined stretches of the x axis."""

    def fill(self, mark: Spans, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        colour, (low, high) = theme.colour(mark.colour), self._room
        self._pen = pg.mkPen(colour, width=1)
        self._brush = QBrush(with_alpha(colour, 0.15 * mark.alpha))
        self._spans = [
            QRectF(start, low, stop - start, high - low)
            for start, stop in zip(mark.low.tolist(), mark.high.tolist(), strict=True)
        ]

    def paint(self, painter: QPainter, view: QRectF) -> None:
        painter.setPen(self._pen)
        painter.setBrush(self._brush)
        painter.drawRects(self._spans)


class _Outline:
    """A polyline with gaps at NaN.

    Wide ones are drawn side by side, which is far quicker than joining them.
    """

    def __init__(self, x: np.ndarray, y: np.ndarray, pen: QPen) -> None:
        self._pen, self._path = pen, QPainterPath()
        self._sides = PrimitiveArray(QLineF, 4)
        solid = pen.style() == Qt.PenStyle.SolidLine and pen.color().alpha() == 255
        if pen.widthF() > 1.0 and solid:
            sides = np.stack([x[:-1], y[:-1], x[1:], y[1:]], axis=1)
            known = sides[np.isfinite(sides).all(axis=1)]
            self._sides.resize(len(known))
            self._sides.ndarray()[:] = known
        else:
            self._path = pg.arrayToQPath(x, y, connect="finite")

    def paint(self, painter: QPainter) -> None:
        if len(self._sides):
            painter.setPen(self._pen)
            painter.drawLines(*self._sides.drawargs())
        else:
            painter.strokePath(self._path, self._pen)
