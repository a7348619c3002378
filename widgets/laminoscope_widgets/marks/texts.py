"""Texts in a plot, and names of points."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTransform

from laminoscope_core.plots.clear import name_boxes
from laminoscope_core.plots.shown import Texts
from laminoscope_widgets.bare_plot import BarePlot
from laminoscope_widgets.marks.mark import DrawnMark, PaintedMark
from laminoscope_widgets.plots.colours import with_alpha
from laminoscope_widgets.plots.style import small_font
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.translation import shown_text

__all__ = ["DrawnNames", "DrawnTexts"]

_MARGIN = 4.0  # pixels that Qt leaves around a text
_GROUND = 0.6  # opacity of what is behind a name, so that it can be read over points
_GAP, _LONGEST_NAME = 6.0, 24  # pixels between a point and its name, characters of one


class DrawnTexts(DrawnMark):
    """Short texts, each an item of its own."""

    def __init__(self, plot: BarePlot) -> None:
        super().__init__(plot)
        self._texts: list[pg.TextItem] = []
        self._box: tuple[float, float] | None = None
        plot.vb.sigTransformChanged.connect(self._leave_out)

    def fill(self, mark: Texts, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        self.remove()
        colour, upper = self.colour(mark, theme, shades), float(mark.box is None)
        for x, y, text, align in zip(mark.x, mark.y, mark.texts, mark.align, strict=True):
            anchor = ({"left": 0.0, "center": 0.5, "right": 1.0}[align], upper)
            item = pg.TextItem(safe_text(shown_text(text), limit=48), color=colour, anchor=anchor)
            item.setFont(small_font())
            item.setPos(float(x), float(y))
            self.plot.add(item)
            self._texts.append(item)
        self._box = mark.box
        self._leave_out()

    def _leave_out(self, *_: object) -> None:
        """Hide all texts where one of them has no room in its box."""
        if self._box is None:
            return
        across, down = self.plot.vb.viewPixelSize()
        widths, metrics = self._box, QFontMetricsF(small_font())
        texts = [item.textItem.toPlainText() for item in self._texts]
        wide = max(map(metrics.horizontalAdvance, texts), default=0.0) + _MARGIN
        fits = wide <= widths[0] / across and metrics.ascent() + _MARGIN <= widths[1] / down
        for item in self._texts:
            item.setVisible(fits)

    def remove(self) -> None:
        for item in self._texts:
            self.plot.remove(item)
        self._texts.clear()


class DrawnNames(PaintedMark):
    """Names of points, as many as have room."""

    def fill(self, mark: Texts, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        self._pen = pg.mkPen(self.colour(mark, theme, shades))
        self._ground = with_alpha(theme.surface, _GROUND)
        self._points = np.stack([mark.x, mark.y], axis=1)
        self._texts, self._under = mark.texts, mark.under
        self._placed: tuple[Any, ...] = ()

    def paint(self, painter: QPainter, view: QRectF) -> None:
        to = painter.worldTransform()
        bounds = to.mapRect(view)
        painter.save()
        painter.resetTransform()
        painter.setFont(small_font())
        painter.setPen(self._pen)
        for text, box in self._clear(to, bounds):
            painter.fillRect(box, self._ground)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _clear(self, to: QTransform, bounds: QRectF) -> list[tuple[str, QRectF]]:
        """Return what is written, and where, which is found once for each place of the plot."""
        at = (to, bounds, small_font().pixelSize())
        if self._placed[:1] != (at,):
            points = self._points * [to.m11(), to.m22()] + [to.dx(), to.dy()]
            sizes = np.array([_size_of(text, at[2]) for text in self._texts]).reshape(-1, 2)
            top = bounds.top() + _room_of(self._under, bounds.width())
            edges = (bounds.left(), top, bounds.right(), bounds.bottom())
            boxes = name_boxes(points, sizes, _GAP, np.array(edges))
            kept = np.flatnonzero(np.isfinite(boxes[:, 0]))
            written = [
                (_name(self._texts[one]), QRectF(x, y, right - x, bottom - y))
                for one, (x, y, right, bottom) in zip(kept, boxes[kept].tolist(), strict=True)
            ]
            self._placed = (at, written)
        found: list[tuple[str, QRectF]] = self._placed[1]
        return found


def _room_of(text: str, width: float) -> float:
    """Return the height in pixels that a text inside a frame of some width takes."""
    if not text:
        return 0.0
    metrics = QFontMetricsF(small_font())
    lines = 1 + int(metrics.horizontalAdvance(shown_text(text)) / max(width, 1.0))
    return lines * metrics.lineSpacing() + _MARGIN


@lru_cache(maxsize=4096)
def _size_of(text: str, _pixels: int) -> tuple[float, float]:
    """Return the pixels of a name across and down, in the small font of a size."""
    metrics = QFontMetricsF(small_font())
    return metrics.horizontalAdvance(_name(text)) + 2, metrics.ascent() + 1


def _name(text: str) -> str:
    return safe_text(shown_text(text), limit=_LONGEST_NAME)
