"""Axes of plots on the screen: round numbers, or tokens by name where they have room."""

import html
import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QPainter

from laminoscope_core.plots.ticks import FEWEST_NAMES, every, wider
from laminoscope_widgets.number_axis import NumberAxis
from laminoscope_widgets.plots.style import small_font
from laminoscope_widgets.text import safe_text

__all__ = ["FrameAxis"]

_BESIDE = 2
"""Pixels along the axis that an upright name needs beside its height."""
_COUNTED = re.compile(r"(\d) \w+$")
"""What is counted, after the last number of a label."""
_BETWEEN = 5.0
"""Pixels between numbers side by side, at least."""
_FEWEST_LETTERS = 5
"""Of a label that is shortened, with its ellipsis; fewer say nothing."""
_MOST_LINES = 3
"""Of a label along an upright axis."""
_AMPLE = 60.0
"""Pixels that must be left over before a label is shown better than it was."""
_PIECES = re.compile(r"[^ -]+-?[ ]?|[ -]+")
"""What stays together in a line: a word, or a part of one up to its hyphen."""
_LONGEST = 14
"""Characters of a name."""
_TALLEST = 0.3
"""Height of names, at most, in heights of the plot; longer ones end in an ellipsis."""
_LOWEST = 45.0
"""Pixels of height without which names would say nothing."""


class FrameAxis(NumberAxis):
    """Ticks at round numbers, at whole ones where it says so, or upright names."""

    def __init__(self, orientation: str) -> None:
        # asked for while the axis is being made
        self._text = ""
        self._fitting: tuple[str, ...] = ()
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)  # or each new range sets the label anew
        self.whole = False
        self._names: tuple[str, ...] = ()
        self._named: tuple[str, ...] = ()
        self._extent = 0.0

    def set_text(self, text: str) -> None:
        """Take the label; as much of it is shown as the axis is long."""
        if text != self._text:
            self._text, self._fitting = text, ()
            self._fit_text()

    def set_names(self, names: tuple[str, ...]) -> None:
        """Take the names of what stands at 0, 1, 2, …; none for numbers."""
        if names == self._names:
            return
        self._names = names
        self._named = tuple(safe_text(name, spaces=True, limit=_LONGEST) for name in names)
        self.update()
        self._fit_names()

    def named(self) -> range:
        """Return which places are named, as far as they can be seen and have room."""
        view = self.linkedView() if self._names else None
        if view is None or self._most_height() < _LOWEST:
            return range(0)
        low, high = view.viewRange()[0]
        first, last = max(round(low), 0), min(round(high), len(self._names) - 1)
        if first > last or high <= low:
            return range(0)
        step = every(last - first + 1, int(view.width() / (small_font().pixelSize() + _BESIDE)))
        return range(first + -first % step, last + 1, step) if step <= FEWEST_NAMES else range(0)

    def linkedViewChanged(self, view: Any, newRange: Any = None) -> None:
        super().linkedViewChanged(view, newRange)
        self._fit_names()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Any:
        return [] if self.named() else super().tickValues(minVal, maxVal, size)

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> Any:
        levels = super().tickSpacing(minVal, maxVal, size)
        if self.whole:
            levels = [each for each in levels if each[0] >= 1 and each[0] % 1 == 0] or [(1, 0)]
        if self.orientation in ("left", "right") or not levels:
            return levels
        spacing = roomy = levels[0][0]
        while roomy < maxVal - minVal and self._crowded(minVal, maxVal, size, roomy):
            roomy = wider(roomy)
        return levels if roomy == spacing else [(roomy, 0)]

    def _crowded(self, low: float, high: float, size: float, spacing: float) -> bool:
        """Return whether numbers so far apart would touch, side by side."""
        metrics = QFontMetricsF(small_font())
        ends = self.tickStrings([low, high], 1.0, spacing)
        widest = max(map(metrics.horizontalAdvance, ends)) + _BETWEEN
        return widest > spacing / (high - low) * size

    def tickStrings(self, values: Any, scale: float, spacing: float) -> list[str]:
        texts = super().tickStrings(values, scale, spacing)
        return [text.replace("-", "−") for text in texts]

    def paint(self, p: QPainter, *_: Any) -> None:
        super().paint(p)
        named = self.named()
        if not named:
            return
        bounds, view = self.mapRectFromParent(self.geometry()), self.linkedView()
        low, high = view.viewRange()[0]
        length = self._extent - 4
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        p.setFont(_token_font())
        p.setPen(self.textPen())
        metrics, right = p.fontMetrics(), Qt.TextElideMode.ElideRight
        height = metrics.height()
        for place in named:
            x = bounds.left() + (place - low) / (high - low) * bounds.width()
            p.save()
            p.translate(x, bounds.top() + 4)
            p.rotate(-90)
            shown = metrics.elidedText(self._named[place], right, int(length))
            p.drawText(QRectF(-length, -height / 2, length, height), flags, shown)
            p.restore()

    def resizeEvent(self, ev: Any = None) -> None:
        super().resizeEvent(ev)
        self._fit_text()

    def _fit_text(self) -> None:
        """Show the label whole, without its unit, up to its comma, in two lines, or shortened."""
        if self.label is None:  # the axis is being closed
            return
        metrics, size = QFontMetricsF(small_font()), self.size()
        upright = self.orientation in ("left", "right")
        room = size.height() if upright else size.width()
        without_unit = self._text.partition(" (")[0]
        alone = without_unit.partition(", n = ")[0]  # no number is cut
        first = alone.partition(", ")[0]
        ways = (self._text, without_unit, _COUNTED.sub(r"\1", without_unit), alone, first)
        if upright:
            fitting = label_lines(metrics, ways, room, self._fitting)
        else:
            fits = (way for way in ways if room <= 0 or metrics.horizontalAdvance(way) <= room)
            fitting = (next(fits, shortened(metrics, first, room)),)
        if fitting != self._fitting:
            self._fitting = fitting
            self.setLabel("<br>".join(map(html.escape, fitting)) or None)
            self._set_in_the_middle()

    def _set_in_the_middle(self) -> None:
        text = self.label.document()
        middle = text.defaultTextOption()
        middle.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        text.setDefaultTextOption(middle)
        self.label.setTextWidth(-1)
        self.label.setTextWidth(text.idealWidth())
        super().resizeEvent()

    def _most_height(self) -> float:
        plot = self.parentItem()
        return _TALLEST * plot.boundingRect().height() if plot is not None else 0.0

    def _fit_names(self) -> None:
        """Take as much height as the longest name that is shown needs."""
        named = self.named()
        if not self._names:
            return
        extent = 0.0
        if named:
            metrics = QFontMetricsF(_token_font())
            extent = max(metrics.horizontalAdvance(self._named[place]) for place in named) + 6
            extent = min(extent, self._most_height())
        if extent != self._extent:
            self._extent = extent
            label = self.label.boundingRect().height() * 0.8 if self.label.isVisible() else 0.0
            self.setHeight(extent + label if named else None)


def shortened(metrics: QFontMetricsF, text: str, room: float) -> str:
    """Return as much of a label as has room; nothing where that would be too little to be read."""
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))
    return "" if shown != text and len(shown) <= _FEWEST_LETTERS else shown


def label_lines(
    metrics: QFontMetricsF, ways: Sequence[str], room: float, before: tuple[str, ...]
) -> tuple[str, ...]:
    """Return a label along something upright: in a line, else in as few as have room, else cut.

    A label in several lines takes width from the frames beside it, and so height where they are
    squares; with less height it may need other lines, and so on for ever.  So it stays as it was
    as long as that has room, unless there is ample room for a better one.

    Parameters
    ----------
    metrics : QFontMetricsF
    ways : sequence of str
        The label, the best first.
    room : float
        Pixels along it; 0 or less if that is not known yet.
    before : tuple of str
        The lines that are shown; none of a label that is another now.
    """
    if room <= 0:
        return (ways[0],)
    found = _lines(metrics, ways, room)
    place = _place(ways, before) if before else None
    if place is None or any(metrics.horizontalAdvance(line) > room for line in before):
        return found
    ample = _lines(metrics, ways, room - _AMPLE)
    better = _place(ways, ample)
    return ample if better is not None and better < place else before


def _lines(metrics: QFontMetricsF, ways: Sequence[str], room: float) -> tuple[str, ...]:
    for way in ways:
        if metrics.horizontalAdvance(way) <= room:
            return (way,)
    return in_lines(metrics, ways[-1], room)


def _place(ways: Sequence[str], lines: tuple[str, ...]) -> int | None:
    """Return which of all the ways to show a label some lines are, from the best; None if none."""
    if lines == ("",) or lines[-1].endswith("…"):
        begins = lines[-1].removesuffix("…")
        return len(ways) + _MOST_LINES + 1 if ways[-1].startswith(begins) else None
    if len(lines) == 1:
        return ways.index(lines[0]) if lines[0] in ways else None
    whole = "".join(lines).replace(" ", "")
    return len(ways) + len(lines) if whole == ways[-1].replace(" ", "") else None


def in_lines(metrics: QFontMetricsF, text: str, room: float) -> tuple[str, ...]:
    """Return a label in as few lines as have room, broken between words; else shortened."""
    lines = [""]
    for piece in _PIECES.findall(text):
        if metrics.horizontalAdvance(lines[-1] + piece.rstrip()) <= room:
            lines[-1] += piece
        else:
            lines.append(piece)
    whole = tuple(line.rstrip() for line in lines)
    fits = all(metrics.horizontalAdvance(line) <= room for line in whole)
    return whole if fits and len(whole) <= _MOST_LINES else (shortened(metrics, text, room),)


def _token_font() -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(small_font().pixelSize())
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font
