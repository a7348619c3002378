"""A text whose tokens stand on coloured ground, and can be clicked and dragged over."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from laminoscope_core.theme import GROUNDS
from laminoscope_widgets.plots.colours import colour_map
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

__all__ = ["TextMap", "tints"]

_N_TINTS = 48
_MARGIN = 10


def tints(theme: Theme) -> list[QColor]:
    """Return the grounds from low to high, on all of which the theme's text can be read."""
    name, low, high = GROUNDS[theme.name]
    stops = np.linspace(low, high, _N_TINTS)
    return [QColor(*rgba) for rgba in colour_map(name).map(stops, mode=pg.ColorMap.BYTE)]


class TextMap(QAbstractScrollArea):
    """Tokens set as running text, each on a ground that stands for a number.

    Signals: ``chosen(tokens, current)`` after a click, a click with shift or ctrl, or a drag;
    ``hovered(token, position)`` with -1 outside the tokens.

    The text is painted once into a pixmap; another layer only fills rectangles below it.
    """

    chosen = Signal(tuple, int)
    hovered = Signal(int, QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.setMinimumSize(QSize(120, 48))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(14)
        font.setStyleHint(QFont.StyleHint.Monospace)
        self._font = font
        self._texts: tuple[str, ...] = ()
        self._breaks: tuple[bool, ...] = ()
        self._starts: tuple[bool, ...] = ()
        self._special: tuple[bool, ...] = ()
        self._rects: list[QRect] = []
        self._tops = np.empty(0, int)
        self._levels = np.empty(0, int)
        self._selected: frozenset[int] = frozenset()
        self._pointed = -1
        self._anchor = -1
        self._before: frozenset[int] = frozenset()
        self._ink: QPixmap | None = None
        self._inked = -1
        self.verticalScrollBar().valueChanged.connect(lambda _: self.viewport().update())
        self.apply_theme(theme)

    def set_tokens(self, shown: Sequence[str], special: Sequence[bool]) -> None:
        """Show tokens in reading order; special ones are drawn as chips."""
        self._texts = tuple(safe_text(token, limit=40) for token in shown)
        self._breaks = tuple(token.endswith("\n") for token in shown)
        self._starts = tuple(token[:1].isspace() for token in shown)
        self._special = tuple(special)
        self._levels = np.full(len(shown), -1)
        self._selected, self._pointed, self._anchor = frozenset(), -1, -1
        self._lay_out()

    def set_values(self, values: np.ndarray, limits: tuple[float, float]) -> None:
        """Colour the tokens by numbers ``(n_tokens,)`` between two limits; NaN stays bare."""
        low, high = limits
        span = high - low if high > low else 1.0
        with np.errstate(invalid="ignore"):
            levels = np.clip((values - low) / span, 0, 1) * (_N_TINTS - 1)
        self._levels = np.where(np.isfinite(levels), levels, -1).astype(int)
        self.viewport().update()

    def mark(self, tokens: Sequence[int], hovered: int | None) -> None:
        """Outline the selected tokens and the one under the pointer, here or elsewhere."""
        chosen, pointed = frozenset(tokens), -1 if hovered is None else hovered
        if (chosen, pointed) != (self._selected, self._pointed):
            self._selected, self._pointed = chosen, pointed
            self.viewport().update()

    def rect_of(self, token: int) -> QRect:
        """Return where a token stands in the viewport."""
        return self._rects[token].translated(0, -self.verticalScrollBar().value())

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        self._tints = tints(theme)
        self._ink = None
        self.viewport().update()

    def _lay_out(self) -> None:
        metrics = QFontMetrics(self._font)
        line, right = metrics.height() + 6, max(self.viewport().width() - _MARGIN, 60)
        widths = [metrics.horizontalAdvance(text) for text in self._texts]
        widths = [w + 10 if chip else w for w, chip in zip(widths, self._special, strict=True)]
        self._rects = []
        x, y = _MARGIN, 6
        for index, width in enumerate(widths):
            width = max(min(width, right - _MARGIN), 6)
            word = width
            if self._starts[index] or index == 0:
                following = index + 1
                while following < len(widths) and not self._starts[following] and word < right:
                    word += widths[following]
                    following += 1
            keeps = word if word <= right - _MARGIN else width
            if x + keeps > right and x > _MARGIN:
                x, y = _MARGIN, y + line
            self._rects.append(QRect(x, y, width, line - 3))
            x += width
            if self._breaks[index]:
                x, y = _MARGIN, y + line
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
        height = self.viewport().height()
        first = int(np.searchsorted(self._tops, top - 40))
        return range(first, int(np.searchsorted(self._tops, top + height, side="right")))

    def _draw_ink(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        ink = QPixmap(self.viewport().size() * ratio)
        ink.setDevicePixelRatio(ratio)
        ink.fill(Qt.GlobalColor.transparent)
        painter = QPainter(ink)
        painter.setFont(self._font)
        metrics, offset = painter.fontMetrics(), self.verticalScrollBar().value()
        plain, chip = QColor(self._theme.text), QColor(self._theme.muted)
        for index in self._visible():
            rect = self._rects[index].translated(0, -offset)
            text = self._texts[index]
            if self._special[index]:
                painter.setPen(chip)
                painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 6, 6)
                rect = rect.adjusted(5, 0, -5, 0)
            painter.setPen(plain)
            if metrics.horizontalAdvance(text) > rect.width() + 1:
                text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.end()
        return ink

    def paintEvent(self, event: QPaintEvent) -> None:
        offset = self.verticalScrollBar().value()
        if self._ink is None or self._inked != offset:
            self._ink, self._inked = self._draw_ink(), offset
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._theme.surface))
        visible = self._visible()
        levels = self._levels[visible.start : visible.stop].tolist()
        for index, level in zip(visible, levels, strict=True):
            if level >= 0:
                painter.fillRect(self._rects[index].translated(0, -offset), self._tints[level])
        painter.drawPixmap(0, 0, self._ink)
        for tokens, colour, width in (
            ({self._pointed}, self._theme.text, 1),
            (self._selected, self._theme.accent, 2),
        ):
            painter.setPen(pg.mkPen(colour, width=width))
            for index in tokens & set(visible):
                painter.drawRect(self._rects[index].translated(0, -offset).adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def token_at(self, position: QPointF) -> int:
        """Return the token at a position of the viewport, -1 if none is there."""
        offset = self.verticalScrollBar().value()
        point = QPoint(int(position.x()), int(position.y()) + offset)
        for index in self._visible():
            if self._rects[index].contains(point):
                return index
        return -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        token = self.token_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or token < 0:
            return
        modifiers = event.modifiers()
        self._before = frozenset()
        if modifiers & Qt.KeyboardModifier.ShiftModifier and self._anchor >= 0:
            self._choose_to(token)
            return
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self._before = self._selected - {token}
            if token in self._selected:
                self._anchor = -1
                self._choose(self._before, max(self._before, default=-1))
                return
        self._anchor = token
        self._choose_to(token)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        token = self.token_at(event.position())
        if event.buttons() & Qt.MouseButton.LeftButton and self._anchor >= 0 and token >= 0:
            self._choose_to(token)
        self.hovered.emit(token, event.position().toPoint())

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)
        self.hovered.emit(-1, QPoint())

    def _choose_to(self, token: int) -> None:
        low, high = sorted((self._anchor, token))
        self._choose(self._before | set(range(low, high + 1)), token)

    def _choose(self, tokens: frozenset[int], current: int) -> None:
        self._selected = tokens
        self.viewport().update()
        self.chosen.emit(tuple(sorted(tokens)), current)
