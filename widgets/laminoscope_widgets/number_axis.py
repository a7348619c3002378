"""An axis of round numbers: pyqtgraph's own, painted in a third of the time."""

from collections.abc import Sequence
from itertools import compress
from math import ceil, floor
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

__all__ = ["NumberAxis"]

_ALIGN = Qt.AlignmentFlag
_SIDES = {
    "left": (QRectF.right, -1, _ALIGN.AlignRight | _ALIGN.AlignVCenter),
    "right": (QRectF.left, 1, _ALIGN.AlignLeft | _ALIGN.AlignVCenter),
    "top": (QRectF.bottom, -1, _ALIGN.AlignHCenter | _ALIGN.AlignBottom),
    "bottom": (QRectF.top, 1, _ALIGN.AlignHCenter | _ALIGN.AlignTop),
}
"""Which edge of an axis lies at the frame, which way leads away from it, how numbers lie there."""
_ANY = QRectF(0, 0, 100, 100)
_FINEST = 1
"""Levels of ticks below the widest apart: those in tenths of them are hardly seen."""
_TALL = 0.8
"""Height of a number in heights of its line."""

_Levels = list[tuple[list[float], list[str]]]


class NumberAxis(pg.AxisItem):
    """A line, ticks or a grid, and as many numbers as have room.

    They are painted at once: Qt keeps the pixels, and a picture to play again would be for nothing.
    """

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.setStyle(maxTickLevel=_FINEST)
        self._edge, self._away, self._aligned = _SIDES[orientation]
        self._upright = orientation in ("left", "right")

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Any:
        if self.logMode:
            return super().tickValues(minVal, maxVal, size)
        low, high = sorted((minVal, maxVal))
        levels: list[tuple[float, list[float]]] = []
        for spacing, _ in self.tickSpacing(low, high, size):
            numbers = range(ceil(low / spacing), floor(high / spacing) + 1)
            values = [number * spacing for number in numbers]
            for wider, _ in levels:
                values = [value for value in values if not _divides(wider, value)]
            levels.append((spacing, values))
        return levels

    def paint(self, p: QPainter, *_: Any) -> None:
        bounds = self.mapRectFromParent(self.geometry())
        low, high = self.range
        if bounds.isEmpty() or low == high:
            return
        line, pen = self._line(bounds), self.pen()
        p.setFont(self.style["tickFont"] or p.font())
        p.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        p.setPen(pen)
        p.drawLine(line)
        first = bounds.bottom() if self._upright else bounds.left()
        extent = -bounds.height() if self._upright else bounds.width()
        levels: _Levels = []
        for depth, (values, texts) in enumerate(self._levels(line.length())):
            shares = [(value - low) / (high - low) for value in values]
            seen = [0 <= share <= 1 for share in shares]
            places = [first + share * extent for share in compress(shares, seen)]
            levels.append((places, list(compress(texts, seen))))
            colour = self._faded(pen.color(), depth, 0.05 * line.length() / (len(values) + 1))
            self._paint_ticks(p, bounds, places, colour, depth)
        p.setPen(self.textPen())
        p.setClipRect(self.boundingRect().toAlignedRect())
        self._paint_numbers(p, bounds, levels, line.length())

    def _line(self, bounds: QRectF) -> QLineF:
        """Return the line at the frame."""
        at = self._edge(bounds) + self._away
        if self._upright:
            return QLineF(at, bounds.top() - 1, at, bounds.bottom() + 1)
        return QLineF(bounds.left() - 1, at, bounds.right() + 1, at)

    def _levels(self, length: float) -> _Levels:
        """Return where ticks are and what they say, level by level, those widest apart first."""
        if self._tickLevels is not None:
            levels = self._tickLevels
            return [([at for at, _ in level], [text for _, text in level]) for level in levels]
        low, high = self.range
        found = self.tickValues(low, high, length)
        return [(values, self.tickStrings(values, 1.0, spacing)) for spacing, values in found]

    def _faded(self, colour: QColor, depth: int, roomy: float) -> QColor:
        """Return the colour of a level: of a grid, the fainter the closer its lines stand."""
        strength = 1.0 if self.grid is False else self.grid / 255 * min(roomy, 1.0)
        colour.setAlpha(int(255 * strength / (depth + 1)))
        return colour

    def _paint_ticks(
        self, p: QPainter, bounds: QRectF, places: list[float], colour: QColor, depth: int
    ) -> None:
        """Paint short ticks, or lines of a grid; as areas, as translucent lines take far longer."""
        near, thin = self._edge(bounds), 1 / p.device().devicePixelRatioF()
        far = near + self._away * self.style["tickLength"] / (depth / 2 + 1)
        if self.grid is not False:
            view = self.linkedView()
            far = self._edge(view.mapRectToItem(self, view.boundingRect()))
        start, long = min(near, far), abs(far - near)
        for place in places:
            middle = place - thin / 2
            if self._upright:
                p.fillRect(QRectF(start, middle, long, thin), colour)
            else:
                p.fillRect(QRectF(middle, start, thin, long), colour)

    def _paint_numbers(self, p: QPainter, bounds: QRectF, levels: _Levels, length: float) -> None:
        """Write level after level of numbers until the axis is full, and be as wide as they are."""
        area, flags = self.boundingRect(), int(self._aligned | Qt.TextFlag.TextDontClip)
        taken, across, n_written = 0.0, 0.0, 0
        for depth, (places, texts) in enumerate(levels):
            sizes = [p.boundingRect(_ANY, _ALIGN.AlignCenter, text).size() for text in texts]
            boxes = [(size.width(), size.height() * _TALL) for size in sizes]
            taken += sum(box[self._upright] for box in boxes)
            limits = self.style["textFillLimits"]
            full = any(n_written >= n and taken >= share * length for n, share in limits)
            if depth and full:
                break
            across = max([across, *(box[not self._upright] for box in boxes)])
            rooms = [self._room(bounds, *each) for each in zip(places, boxes, strict=True)]
            inside = [area.intersected(room) == room for room in rooms]
            written = list(compress(zip(rooms, texts, strict=True), inside))
            close = self.logMode or self._tickLevels is not None  # with no regard to the room
            for room, text in _apart(written) if close else written:
                p.drawText(room, flags, text)
            n_written += len(written)
        self._updateMaxTextSize(across)

    def _room(self, bounds: QRectF, place: float, box: tuple[float, float]) -> QRectF:
        """Return where a number of some width and height stands."""
        wide, tall = box
        away = self._edge(bounds) + self._away * self.style["tickTextOffset"][not self._upright]
        if self._upright:
            return QRectF(away - wide if self._away < 0 else away, place - tall / 2, wide, tall)
        return QRectF(place - wide / 2, away - tall if self._away < 0 else away, wide, tall)


def _apart(texts: Sequence[tuple[QRectF, str]]) -> list[tuple[QRectF, str]]:
    """Return those texts that have room: the last one, and from the first one on what is left.

    Examples
    --------
    >>> rows = [(QRectF(0, 6 * at, 20, 11), str(at)) for at in range(6)]
    >>> [text for _, text in _apart(rows)]
    ['5', '0', '2']
    """
    kept: list[tuple[QRectF, str]] = []
    for room, text in (*texts[-1:], *texts[:-1]):
        if not any(room.intersects(other) for other, _ in kept):
            kept.append((room, text))
    return kept


def _divides(spacing: float, value: float) -> bool:
    """Return whether a value is a multiple of a spacing, but for rounding."""
    return abs(value / spacing - round(value / spacing)) < 1e-6
