"""A running text on the screen: tokens on coloured grounds, to be pointed at and chosen."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from laminoscope_core.plots.running_text import RunningText, line_up
from laminoscope_widgets.named import named
from laminoscope_widgets.proportion import at_each_text_size, in_proportion
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.tint_bar import tints
from laminoscope_widgets.translation import tr

__all__ = ["TextView"]

_MARGIN = 10
_CHIP = 5
"""Pixels at either side of a token that is a sign to the model."""
_LONGEST = 40
"""Characters of a token."""


class TextView(QAbstractScrollArea):
    """Paints a `RunningText`.

    Signals: ``hovered(token, position)``, −1 outside; ``clicked(token, position)``;
    ``chosen(tokens, current)`` after a click, with shift or ctrl or none, or a drag.  Tokens are
    places in the text, positions of the viewport.  With the keyboard, arrows, Home and End go
    from token to token as the pointer would, and Enter clicks.

    The letters are painted once into a pixmap; other numbers only fill rectangles below it.

    Parameters
    ----------
    theme : Theme
    follows_end : bool
        Whether it scrolls to the end when the text has changed, as while it is being written.
    """

    hovered = Signal(int, QPoint)
    clicked = Signal(int, QPoint)
    chosen = Signal(tuple, int)

    def __init__(self, theme: Theme, *, follows_end: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._follows_end = follows_end
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        named(self, tr("Text"), tr("Arrow keys go from token to token, and say each."))
        self._font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self._font.setStyleHint(QFont.StyleHint.Monospace)
        self._shown: RunningText | None = None
        self._texts: list[str] = []
        self._rects: list[QRect] = []
        self._tops = np.empty(0, int)
        self._levels = np.empty(0, int)
        self._tints: list[QColor] = []
        self._pointed = self._anchor = -1
        self._chosen: frozenset[int] = frozenset()  # ahead of what is shown as selected
        self._before: frozenset[int] = frozenset()
        self._ink: QPixmap | None = None
        self._inked = -1
        self.verticalScrollBar().valueChanged.connect(lambda _: self.viewport().update())
        at_each_text_size(self, self._take_text_size)

    def _take_text_size(self) -> None:
        self._font.setPixelSize(in_proportion(14))
        self.setMinimumSize(120, QFontMetrics(self._font).height() + 6 + 2 * 6)  # a line
        self._lay_out()
        self.viewport().update()

    def paint(self, shown: RunningText, theme: Theme) -> None:
        """Show a text in a theme's colours."""
        before, self._shown = self._shown, shown
        self._chosen = shown.selected
        if theme is not self._theme:
            self._theme, self._ink = theme, None
        self._tints = tints(shown.scale, theme)
        low, high = shown.scale.low, shown.scale.high
        with np.errstate(invalid="ignore"):
            levels = np.clip((shown.values - low) / (high - low), 0, 1) * (len(self._tints) - 1)
        self._levels = np.where(np.isfinite(levels), levels, -1).round().astype(int)
        inked = ("tokens", "special", "muted")
        if before is None or any(getattr(before, n) != getattr(shown, n) for n in inked):
            self._texts = [safe_text(t, spaces=True, limit=_LONGEST) for t in shown.tokens]
            self._anchor = -1
            self._lay_out()
            if self._follows_end:
                self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        self.viewport().update()

    def point_at(self, token: int) -> None:
        """Outline the token that is under the pointer, here or elsewhere; none for −1."""
        if token != self._pointed:
            self._pointed = token
            self.viewport().update()

    def rect_of(self, token: int) -> QRect:
        """Return where a token stands in the viewport."""
        return self._rects[token].translated(0, -self.verticalScrollBar().value())

    def token_at(self, position: QPointF) -> int:
        """Return the token at a position of the viewport, −1 if none is there."""
        point = position.toPoint() + QPoint(0, self.verticalScrollBar().value())
        return next((i for i in self._visible() if self._rects[i].contains(point)), -1)

    def _lay_out(self) -> None:
        shown = self._shown
        if shown is None:
            return
        metrics = QFontMetrics(self._font)
        line = metrics.height() + 6
        room = max(self.viewport().width() - 2 * _MARGIN, 60)
        widths = [
            max(min(metrics.horizontalAdvance(text) + 2 * _CHIP * (at in shown.special), room), 6)
            for at, text in enumerate(self._texts)
        ]
        lefts, lines = line_up(shown.tokens, widths, room)
        self._rects = [
            QRect(_MARGIN + int(left), 6 + number * line, width, line - 3)
            for left, number, width in zip(lefts, lines, widths, strict=True)
        ]
        self._tops = np.array([rect.top() for rect in self._rects], int)
        height = (self._rects[-1].bottom() if self._rects else 0) + 8
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(line)
        self._ink = None
        self.viewport().update()

    def _visible(self) -> range:
        top = self.verticalScrollBar().value()
        first = int(np.searchsorted(self._tops, top - 40))
        end = np.searchsorted(self._tops, top + self.viewport().height(), side="right")
        return range(first, int(end))

    def _draw_ink(self, shown: RunningText) -> QPixmap:
        ratio = self.devicePixelRatioF()
        ink = QPixmap(self.viewport().size() * ratio)
        ink.setDevicePixelRatio(ratio)
        ink.fill(Qt.GlobalColor.transparent)
        painter = QPainter(ink)
        painter.setFont(self._font)
        metrics, right = painter.fontMetrics(), Qt.TextElideMode.ElideRight
        text_colour, muted = QColor(self._theme.text), QColor(self._theme.muted)
        for index in self._visible():
            rect = self.rect_of(index)
            if index in shown.special:
                painter.setPen(muted)
                painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 6, 6)
                rect = rect.adjusted(_CHIP, 0, -_CHIP, 0)
            painter.setPen(muted if index in shown.muted else text_colour)
            text = self._texts[index]
            if metrics.horizontalAdvance(text) > rect.width() + 1:
                text = metrics.elidedText(text, right, rect.width())
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.end()
        return ink

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._theme.surface))
        if self._shown is None:
            return
        offset, visible = self.verticalScrollBar().value(), self._visible()
        if self._ink is None or self._inked != offset:
            self._ink, self._inked = self._draw_ink(self._shown), offset
        levels = self._levels[visible.start : visible.stop].tolist()
        for index, level in zip(visible, levels, strict=True):
            if level >= 0:
                painter.fillRect(self.rect_of(index), self._tints[level])
        painter.drawPixmap(0, 0, self._ink)
        for tokens, colour, width in (
            ({self._pointed}, self._theme.text, 1),
            (self._shown.selected, self._theme.accent, 2),
        ):
            painter.setPen(pg.mkPen(colour, width=width))
            for index in tokens & set(visible):
                painter.drawRect(self.rect_of(index).adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        token = self.token_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or token < 0 or self._shown is None:
            return
        self.clicked.emit(token, event.position().toPoint())
        self._choose(token, event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        token = self.token_at(event.position())
        if event.buttons() & Qt.MouseButton.LeftButton and self._anchor >= 0 and token >= 0:
            self._choose_to(token)
        self.hovered.emit(token, event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit(-1, QPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last, key = len(self._rects) - 1, Qt.Key(event.key())
        here = self._pointed if 0 <= self._pointed <= last else last
        there = {
            Qt.Key.Key_Left: max(here - 1, 0),
            Qt.Key.Key_Right: min(here + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(key)
        if last < 0 or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(here, self.rect_of(here).bottomLeft())
            self._choose(here, Qt.KeyboardModifier.NoModifier)
        elif there is not None:
            self._go_to(there)
        else:
            super().keyPressEvent(event)

    def _go_to(self, token: int) -> None:
        """Point at a token as the pointer would, and scroll to it."""
        self.point_at(token)
        place, bar = self._rects[token], self.verticalScrollBar()
        lowest = bar.value() + self.viewport().height() - place.height()
        if not bar.value() <= place.top() <= lowest:
            bar.setValue(place.top() - place.height())
        self.setAccessibleDescription(self._texts[token])
        self.hovered.emit(token, self.rect_of(token).bottomLeft())

    def _choose(self, token: int, modifiers: Qt.KeyboardModifier) -> None:
        self._before = frozenset()
        if modifiers & Qt.KeyboardModifier.ShiftModifier and self._anchor >= 0:
            self._choose_to(token)
            return
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self._before = self._chosen - {token}
            if token in self._chosen:
                self._anchor = -1
                self._tell(self._before, max(self._before, default=-1))
                return
        self._anchor = token
        self._choose_to(token)

    def _choose_to(self, token: int) -> None:
        low, high = sorted((self._anchor, token))
        self._tell(self._before | set(range(low, high + 1)), token)

    def _tell(self, tokens: frozenset[int], current: int) -> None:
        self._chosen = tokens
        self.chosen.emit(tuple(sorted(tokens)), current)
