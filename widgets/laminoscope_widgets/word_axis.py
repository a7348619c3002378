"""An axis of words on the screen: each named where there is room, else the groups they are in."""

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from laminoscope_widgets.plot_axes import PixelAxis
from laminoscope_widgets.plots.style import small_font
from laminoscope_widgets.text import safe_text

__all__ = ["WordAxis"]

_EACH = 11.0
"""Pixels along the axis that a word needs."""
_LINE, _BARE = 16.0, 3.0
"""Pixels across the axis that groups need, and an axis that names nothing takes."""
_FEWEST_LETTERS = 4
"""Of a name that is shortened; fewer say nothing, and pointing says all."""
_LEAST = 8.0  # pixels of a group that is named

_STRIP = 3.0
"""Pixels of a group's colour, across."""
_LONGEST_WORD, _LONGEST_GROUP = 18, 24
"""Characters of a name."""


class WordAxis(PixelAxis):
    """Words along the left or the bottom; groups along the top, and on the left without words.

    On the left groups are named only if each has room for all of its name.
    """

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, maxTickLength=0)
        self.whole = False
        self._words: tuple[str, ...] = ()
        self._groups: tuple[tuple[str, int, int], ...] = ()
        self._colours: tuple[str, ...] = ()
        self._word_extent = 0.0
        self._extent = 0.0

    def set_names(self, names: tuple[str, ...], groups: tuple[tuple[str, int, int], ...]) -> None:
        """Take the words at 0, 1, 2, … and the runs of them that are groups."""
        self._words = tuple(safe_text(name, limit=_LONGEST_WORD) for name in names)
        self._groups = tuple((safe_text(n, limit=_LONGEST_GROUP), a, b) for n, a, b in groups)
        metrics = QFontMetricsF(small_font())
        widths = (metrics.horizontalAdvance(word) for word in self._words)
        self._word_extent = max(widths, default=0.0) + 6
        self.update()
        self._fit()

    def set_colours(self, colours: tuple[str, ...]) -> None:
        """Take the colours of the groups, which stand beside the frame."""
        if colours != self._colours:
            self._colours = colours
            self.update()

    def _paint_colours(self, p: QPainter, bounds: QRectF, low: float, scale: float) -> None:
        """Paint a strip in the colour of each group between its name and the frame."""
        view = self.linkedView()
        for (_, start, stop), colour in zip(self._groups, self._colours, strict=False):
            first, length = (start - 0.5 - low) * scale, (stop - start) * scale
            if self.orientation == "left":
                top = first if view.yInverted() else bounds.height() - first - length
                strip = QRectF(bounds.right() - _STRIP, bounds.top() + top, _STRIP, length)
            else:
                strip = QRectF(bounds.left() + first, bounds.bottom() - _STRIP, length, _STRIP)
            p.fillRect(strip, QColor(colour))

    def shows_words(self) -> bool:
        """Return whether each word has room, also beside the names themselves."""
        view = self.linkedView()
        if view is None or not self._words or self.orientation == "top":
            return False
        (x0, x1), (y0, y1) = view.viewRange()
        upright = self.orientation == "left"
        room, span = (view.height(), y1 - y0) if upright else (view.width(), x1 - x0)
        yet_to_take = self._word_extent - self._extent if self._extent < self._word_extent else 0.0
        return bool(span > 0 and (room - yet_to_take) / span >= _EACH)

    def _shows_groups(self) -> bool:
        view = self.linkedView()
        if self.orientation == "top" or view is None:
            return bool(self.orientation == "top")
        if self.orientation == "bottom" or self.shows_words():
            return False
        low, high = view.viewRange()[1]
        each, metrics = view.height() / (high - low), QFontMetricsF(small_font())
        return all(
            metrics.horizontalAdvance(text) <= (stop - start) * each
            for text, start, stop in self._groups
        )

    def linkToView(self, view: pg.ViewBox) -> None:
        super().linkToView(view)
        view.sigResized.connect(lambda _: self._fit())

    def linkedViewChanged(self, view: Any, newRange: Any = None) -> None:
        super().linkedViewChanged(view, newRange)
        self._fit()

    def _fit(self) -> None:
        """Take as much room across as what is named needs."""
        extent = _LINE if self._shows_groups() else _BARE
        extent = self._word_extent if self.shows_words() else extent
        if extent != self._extent:
            self._extent = extent
            self.setWidth(extent) if self.orientation == "left" else self.setHeight(extent)

    def generateDrawSpecs(self, p: QPainter) -> Any:
        corner = self.mapRectFromParent(self.geometry()).topLeft()
        return (pg.mkPen(None), corner, corner), [], []

    def drawPicture(self, p: QPainter, axisSpec: Any, tickSpecs: Any, textSpecs: Any) -> None:
        view = self.linkedView()
        if view is None:
            return
        p.setFont(small_font())
        p.setPen(self.textPen())
        bounds = self.mapRectFromParent(self.geometry())
        p.setClipRect(bounds.toAlignedRect())
        upright = self.orientation == "left"
        low, high = view.viewRange()[1 if upright else 0]
        scale = (bounds.height() if upright else bounds.width()) / (high - low)
        if self.orientation != "bottom":
            self._paint_colours(p, bounds, low, scale)
        words = self.shows_words()
        named = [(word, i, i + 1) for i, word in enumerate(self._words)] if words else self._groups
        if not words and not self._shows_groups():
            return
        depth = bounds.width() if upright else bounds.height()
        for text, start, stop in named:
            first, last = max(start - 0.5, low), min(stop - 0.5, high)
            room = (last - first) * scale
            if room < _LEAST:
                continue
            middle = ((first + last) / 2 - low) * scale
            if upright and not view.yInverted():
                middle = bounds.height() - middle
            p.save()
            p.translate(
                QPointF(bounds.left() + depth / 2, bounds.top() + middle)
                if upright
                else QPointF(bounds.left() + middle, bounds.top() + depth / 2)
            )
            if upright != words:
                p.rotate(-90)
            if words:
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                p.drawText(QRectF(-depth / 2, -7, depth - 4, 14), right, text)
            else:
                elided = p.fontMetrics().elidedText(
                    text, Qt.TextElideMode.ElideRight, int(room) - 2
                )
                elided = "" if len(elided) < _FEWEST_LETTERS and elided != text else elided
                up = -9 if self._colours else -7
                p.drawText(QRectF(-room / 2, up, room, 14), Qt.AlignmentFlag.AlignCenter, elided)
            p.restore()
