"""An axis of words on the screen: each named where there is room, else the groups they are in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from laminoscope_widgets.plots.style import small_font
from laminoscope_widgets.proportion import in_proportion
from laminoscope_widgets.text import safe_text

__all__ = ["WordAxis"]

_LINE, _BARE = 16, 3.0
"""Pixels across the axis that groups need, and an axis that names nothing takes."""
_FEWEST_LETTERS = 4
"""Of a name that is shortened; fewer say nothing, and pointing says all."""
_LEAST = 8.0  # pixels of a word that is named
_CLEAR = 6.0
"""Pixels between names that stand along the axis."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_STRIP = 3.0
"""Pixels of a group's colour, across."""
_LONGEST_WORD, _LONGEST_GROUP = 18, 24
"""Characters of a name."""
_WIDEST_GROUP = 120
"""Pixels of a name that stands across, beside text of 12 pixels."""


class WordAxis(pg.AxisItem):
    """Words along the left or the bottom; groups along the top, and on the left without words.

    Groups that are too narrow for their names are named upright on the left, and along the top as
    many of them as have room beside each other.
    """

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, maxTickLength=0)
        self.whole = False
        self._words: tuple[str, ...] = ()
        self._groups: tuple[tuple[str, int, int], ...] = ()
        self._colours: tuple[str, ...] = ()
        self._parted = True
        self._word_extent = self._group_extent = 0.0
        self._extent = 0.0

    def set_names(
        self,
        names: tuple[str, ...],
        groups: tuple[tuple[str, int, int], ...],
        *,
        parted: bool = True,
    ) -> None:
        """Take the words at 0, 1, 2, … and the runs of them that are groups, named or not."""
        self._parted = parted
        self._words = tuple(safe_text(name, limit=_LONGEST_WORD) for name in names)
        self._groups = tuple((safe_text(n, limit=_LONGEST_GROUP), a, b) for n, a, b in groups)
        metrics = QFontMetricsF(small_font())
        widths = (metrics.horizontalAdvance(word) for word in self._words)
        self._word_extent = max(widths, default=0.0) + 6
        widths = (metrics.horizontalAdvance(name) for name, *_ in self._groups)
        self._group_extent = min(max(widths, default=0.0), in_proportion(_WIDEST_GROUP)) + 10
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
        return bool(span > 0 and (room - yet_to_take) / span >= small_font().pixelSize())

    def _shows_groups(self) -> bool:
        view = self.linkedView()
        if not self._parted:
            return False
        if self.orientation == "top" or view is None:
            return bool(self.orientation == "top")
        return self.orientation == "left" and not self.shows_words() and bool(self._groups)

    def _across(self) -> bool:
        """Return whether groups on the left are named across the axis, as along it they are cut."""
        view = self.linkedView()
        if self.orientation != "left" or view is None:
            return False
        low, high = view.viewRange()[1]
        each, metrics = view.height() / (high - low), QFontMetricsF(small_font())
        return any(
            metrics.horizontalAdvance(text) > (stop - start) * each
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
        extent = float(in_proportion(_LINE)) if self._shows_groups() else _BARE
        if self._shows_groups() and self._across():
            extent = self._group_extent
        extent = self._word_extent if self.shows_words() else extent
        if extent != self._extent:
            self._extent = extent
            self.setWidth(extent) if self.orientation == "left" else self.setHeight(extent)

    def paint(self, p: QPainter, *_: Any) -> None:
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
        if self.shows_words():
            named = [(word, i, i + 1) for i, word in enumerate(self._words)]
        elif self._shows_groups():
            named = list(self._groups)
        else:
            return
        spots = []
        for text, start, stop in named:
            first, last = max(start - 0.5, low), min(stop - 0.5, high)
            middle = ((first + last) / 2 - low) * scale
            if upright and not view.yInverted():
                middle = bounds.height() - middle
            if (last - first) * scale > 0:
                spots.append(_Spot(text, middle, (last - first) * scale))
        if self.shows_words():
            self._paint_words(p, bounds, spots)
        elif self._across():
            self._paint_across(p, bounds, spots)
        else:
            self._paint_along(p, bounds, spots)

    def _paint_words(self, p: QPainter, bounds: QRectF, spots: "list[_Spot]") -> None:
        upright = self.orientation == "left"
        depth = bounds.width() if upright else bounds.height()
        line = p.fontMetrics().height()
        for spot in spots:
            if spot.room < _LEAST:
                continue
            p.save()
            p.translate(self._middle_of(spot, bounds))
            if not upright:
                p.rotate(-90)
            p.drawText(QRectF(-depth / 2, -line / 2, depth - 4, line), _RIGHT, spot.text)
            p.restore()

    def _paint_across(self, p: QPainter, bounds: QRectF, spots: "list[_Spot]") -> None:
        """Name groups on lines of their own, as many as stand clear of each other."""
        room, height = bounds.width() - 2 * _STRIP, p.fontMetrics().height()
        for spot in _thinned(spots, lambda _: small_font().pixelSize()):
            top = bounds.top() + spot.middle - height / 2
            line = QRectF(bounds.left(), top, room, height)
            p.drawText(line, _RIGHT, _elided(p, spot.text, room - 2))

    def _paint_along(self, p: QPainter, bounds: QRectF, spots: "list[_Spot]") -> None:
        """Name groups beside them; where some have no room, those whose names stand clear."""
        advance = p.fontMetrics().horizontalAdvance
        length = bounds.height() if self.orientation == "left" else bounds.width()
        shown = _whole(spots, advance, length)
        if not shown:
            shown = [replace(spot, text=_elided(p, spot.text, spot.room - 2)) for spot in spots]
        height = p.fontMetrics().height()
        up = -height / 2 - (_STRIP / 2 if self._colours else 0)
        for spot in shown:
            width = max(spot.room, advance(spot.text) + 2)
            p.save()
            p.translate(self._middle_of(spot, bounds))
            if self.orientation == "left":
                p.rotate(-90)
            p.drawText(
                QRectF(-width / 2, up, width, height), Qt.AlignmentFlag.AlignCenter, spot.text
            )
            if width > spot.room:  # which of the groups below it is named
                p.drawLine(QPointF(0, up + height - 1), QPointF(0, up + height + 1))
            p.restore()

    def _middle_of(self, spot: "_Spot", bounds: QRectF) -> QPointF:
        if self.orientation == "left":
            return QPointF(bounds.left() + bounds.width() / 2, bounds.top() + spot.middle)
        return QPointF(bounds.left() + spot.middle, bounds.top() + bounds.height() / 2)


@dataclass(frozen=True)
class _Spot:
    """A name, where the middle of what it names is along the axis, and how long that is."""

    text: str
    middle: float
    room: float


def _whole(spots: list[_Spot], advance: Callable[[str], float], length: float) -> list[_Spot]:
    """Return all spots if each has room for its name, else those whose names stand clear.

    None of these is cut where an axis of some length in pixels ends.
    """
    if all(advance(spot.text) <= spot.room - 2 for spot in spots):
        return spots
    inside = [s for s in spots if abs(2 * s.middle - length) <= length - advance(s.text)]
    return _thinned(inside, lambda spot: advance(spot.text) + _CLEAR)


def _thinned(spots: list[_Spot], needs: Callable[[_Spot], float]) -> list[_Spot]:
    """Return the spots that stand clear of the one before, each needing some pixels."""
    kept: list[_Spot] = []
    for spot in sorted(spots, key=lambda spot: spot.middle):
        if not kept or spot.middle - kept[-1].middle >= (needs(spot) + needs(kept[-1])) / 2:
            kept.append(spot)
    return kept


def _elided(p: QPainter, text: str, room: float) -> str:
    """Return as much of a name as has room; nothing if that is too little to say anything."""
    shown = p.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room))
    return "" if len(shown) < _FEWEST_LETTERS and shown != text else shown
