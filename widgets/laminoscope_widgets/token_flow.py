"""Running text made of tokens: each with a colour of its own, to be hovered over and clicked."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea

from laminoscope_widgets.candidate_table import fixed_font
from laminoscope_widgets.named import named
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

__all__ = ["Chip", "TokenFlow"]

_MARGIN = 10


@dataclass(frozen=True)
class Chip:
    """One token: its exact text, its background if any, and whether it is secondary."""

    text: str
    background: QColor | None = None
    muted: bool = False


class TokenFlow(QAbstractScrollArea):
    """Lays tokens out in lines; a token that ends in a line feed ends its line.

    ``hovered(index, position)`` with −1 when the pointer leaves, ``clicked(index, position)``;
    positions are of the viewport.  With the keyboard, arrows, Home and End go from token to
    token as the pointer would, and Enter clicks.
    """

    hovered = Signal(int, QPoint)
    clicked = Signal(int, QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chips: tuple[Chip, ...] = ()
        self._shown: list[str] = []
        self._places: list[QRect] = []
        self._marked = self._under = -1
        self.setFont(fixed_font(13))
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        named(
            self,
            "Prompt and continuation",
            "Arrow keys go from token to token; Enter opens what can be done at one.",
        )

    def set_chips(self, chips: Sequence[Chip], marked: int = -1) -> None:
        """Show tokens and scroll to the last; ``marked`` gets a frame."""
        self._chips = tuple(chips)
        self._shown = [safe_text(chip.text, spaces=True, limit=None) for chip in chips]
        self._marked = marked
        self._lay_out()
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())
        self.viewport().update()

    def place_of(self, index: int) -> QRect:
        """Return where a token is drawn, in the viewport."""
        return self._places[index].translated(0, -self.verticalScrollBar().value())

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours; backgrounds stay until they are set again."""
        self._theme = theme
        self.viewport().update()

    def _lay_out(self) -> None:
        metrics = self.fontMetrics()
        height, right = metrics.height() + 4, self.viewport().width() - _MARGIN
        x, y = _MARGIN, _MARGIN // 2
        self._places = []
        for chip, shown in zip(self._chips, self._shown, strict=True):
            width = metrics.horizontalAdvance(shown) + 3
            if x + width > right and x > _MARGIN:
                x, y = _MARGIN, y + height + 3
            self._places.append(QRect(x, y, width, height))
            x += width + 1
            if chip.text.endswith("\n"):
                x, y = _MARGIN, y + height + 3
        bottom = self._places[-1].bottom() + _MARGIN if self._places else 0
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, bottom - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(height)

    def _index_at(self, position: QPoint) -> int:
        there = position + QPoint(0, self.verticalScrollBar().value())
        return next((i for i, place in enumerate(self._places) if place.contains(there)), -1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, visible = self._theme, self.viewport().rect()
        for index, (chip, shown) in enumerate(zip(self._chips, self._shown, strict=True)):
            place = self.place_of(index)
            if not place.intersects(visible):
                continue
            if chip.background is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(chip.background)
                painter.drawRoundedRect(QRectF(place), 3, 3)
            if index in (self._marked, self._under):
                painter.setBrush(Qt.BrushStyle.NoBrush)
                colour = theme.accent if index == self._marked else theme.muted
                painter.setPen(QPen(QColor(colour), 1.2))
                painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            painter.setPen(QColor(theme.muted if chip.muted else theme.text))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = event.position().toPoint()
        index = self._index_at(position)
        if index != self._under:
            self._under = index
            self.viewport().update()
            self.hovered.emit(index, position)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position().toPoint())
        if index >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(index, event.position().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last, key = len(self._chips) - 1, event.key()
        here = self._under if 0 <= self._under <= last else last
        there = {
            Qt.Key.Key_Left: max(here - 1, 0),
            Qt.Key.Key_Right: min(here + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(key))
        if last < 0 or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(here, self.place_of(here).bottomLeft())
        elif there is not None:
            self._point_at(there)
        else:
            super().keyPressEvent(event)

    def _point_at(self, index: int) -> None:
        self._under = index
        place, bar = self._places[index], self.verticalScrollBar()
        if (
            not bar.value()
            <= place.top()
            <= bar.value() + self.viewport().height() - place.height()
        ):
            bar.setValue(place.top() - place.height())
        self.setAccessibleDescription(self._shown[index])
        self.viewport().update()
        self.hovered.emit(index, self.place_of(index).bottomLeft())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._under = -1
        self.viewport().update()
        self.hovered.emit(-1, QPoint())
