"""Curves, rules and lines between groups."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from laminoscope_core.plots.shown import Curve, Frame, Mark, Rule, Scale
from laminoscope_core.theme import ON_MAP
from laminoscope_widgets.bare_plot import BarePlot
from laminoscope_widgets.marks.mark import DrawnMark, PaintedMark, line_pen
from laminoscope_widgets.theme import Theme

__all__ = ["DrawnCurve", "DrawnLine", "DrawnRule", "GroupLines"]

_THIN, _GRASPED = 0.6, 1.25  # widths of a rule, and of one that is dragged, at least


class DrawnCurve(PaintedMark):
    """A line with gaps."""

    def fill(self, mark: Curve, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        self.y = np.where(np.isfinite(mark.y), mark.y, np.nan)
        self._pen = line_pen(self.colour(mark, theme, shades), mark.width, dashed=mark.dashed)
        self._path = pg.arrayToQPath(np.asarray(mark.x, float), self.y, connect="finite")

    def paint(self, painter: QPainter, view: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(self._path, self._pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class DrawnLine(PaintedMark):
    """A straight line; one with a top is a short one."""

    def fill(self, mark: Rule, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        width = max(mark.width, _THIN)
        self._pen = line_pen(self.colour(mark, theme, shades), width, dashed=mark.dashed)
        self._rule = mark

    def paint(self, painter: QPainter, view: QRectF) -> None:
        painter.setPen(self._pen)
        at, across, top = self._rule.at, self._rule.across, self._rule.top
        if across == "unity":
            first, last = (view.left() + view.top()) / 2, (view.right() + view.bottom()) / 2
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawLine(QPointF(first, first), QPointF(last, last))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        elif across == "y":
            painter.drawLine(QPointF(view.left(), at), QPointF(view.right(), at))
        else:
            low, high = (view.top(), view.bottom()) if top is None else (0.0, top)
            painter.drawLine(QPointF(at, low), QPointF(at, high))


class DrawnRule(DrawnMark):
    """A straight line that may be dragged."""

    def __init__(self, plot: BarePlot) -> None:
        super().__init__(plot)
        self.line = pg.InfiniteLine()
        self._line_look: tuple[Any, ...] = ()
        plot.add(self.line)

    def show(
        self, mark: Mark, depth: int, theme: Theme, scale: Scale | None, room: tuple[float, float]
    ) -> bool:
        self.line.setZValue(depth)
        return super().show(mark, depth, theme, scale, room)

    def fill(self, mark: Rule, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        look = (theme, mark.colour, mark.alpha, mark.width, mark.dashed, mark.across)
        if look != self._line_look:
            self._line_look = look
            self._style_line(mark, self.colour(mark, theme, shades))
        if not self.line.moving:
            self.line.setValue(mark.at)

    def remove(self) -> None:
        self.plot.remove(self.line)

    def _style_line(self, mark: Rule, colour: QColor) -> None:
        """Give the line its look, which costs more than moving it."""
        self.line.setPen(line_pen(colour, max(mark.width, _GRASPED), dashed=mark.dashed))
        self.line.setHoverPen(line_pen(colour, 2.0))
        self.line.setMovable(True)
        upright = mark.across == "x"
        self.line.setAngle(90 if upright else 0)
        shape = Qt.CursorShape.SizeHorCursor if upright else Qt.CursorShape.SizeVerCursor
        self.line.setCursor(shape)


class GroupLines(PaintedMark):
    """Lines between groups along the axes of a map."""

    def set_places(self, frame: Frame) -> bool:
        """Take the groups of a frame's axes, and return whether there are lines between them."""
        (x0, x1), (y0, y1) = frame.x.ends, frame.y.ends
        across, down = (axis.groups[1:] * axis.parted for axis in (frame.x, frame.y))
        upright = [QLineF(at - 0.5, y0, at - 0.5, y1) for _, at, _ in across]
        level = [QLineF(x0, at - 0.5, x1, at - 0.5) for _, at, _ in down]
        self._lines = upright + level
        return bool(self._lines)

    def paint(self, painter: QPainter, view: QRectF) -> None:
        painter.setPen(pg.mkPen(ON_MAP, width=1))
        painter.drawLines(self._lines)
