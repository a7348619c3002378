"""Labels that adapt: a line as long as there is room, and what is read beside the pointer."""

import re

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

__all__ = ["ElidedLabel", "ReadOut"]

_BETWEEN = " · "
"""Between the parts of a line."""
_NUMBER_AT_END = re.compile(r"[−\d][\d.,]*$")
"""A number in front of an ellipsis: some of it may be missing."""
_LEAST_SHOWN = 8
"""Characters of a note; less of it says nothing, and its tooltip says it all."""


class ElidedLabel(QLabel):
    """A line of plain text: as many of its parts as there is room for, the first one shortened.

    A number is shown whole or not at all.
    """

    def __init__(self) -> None:
        super().__init__()
        self._full_text = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIndent(0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_full_text(self, text: str) -> None:
        """Show as much of ``text`` as there is room for."""
        if text != self._full_text:
            self._full_text = text
            self._elide()
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def sizeHint(self) -> QSize:
        wanted = self.fontMetrics().horizontalAdvance(self._full_text)
        beside = self.width() - self.contentsRect().width()  # as a style may leave
        return QSize(wanted + beside + 1, super().sizeHint().height())  # widths are rounded

    def _elide(self) -> None:
        metrics, parts = self.fontMetrics(), self._full_text.split(_BETWEEN)
        room = self.contentsRect().width()
        while len(parts) > 1 and metrics.horizontalAdvance(_BETWEEN.join(parts)) > room:
            parts.pop()
        whole = _BETWEEN.join(parts)
        shown = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, room)
        if shown != whole:
            shown = _NUMBER_AT_END.sub("", shown[:-1]).rstrip() + "…"
        stub = shown != whole and len(shown) < _LEAST_SHOWN
        self.setText("" if stub else shown)


class ReadOut(QLabel):
    """A small box beside the pointer that names what is under it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("readOut")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, position: QPoint, text: str) -> None:
        """Show ``text`` beside ``position`` (of the parent), inside the parent."""
        self.setText(text)
        self.adjustSize()
        parent = self.parentWidget()
        assert parent is not None
        area = parent.rect()
        x = position.x() + 14
        if x + self.width() > area.width():
            x = position.x() - self.width() - 10
        y = position.y() - self.height() - 8
        if y < 0:
            y = position.y() + 18
        self.move(
            max(0, min(x, area.width() - self.width())), min(y, area.height() - self.height())
        )
        self.show()
        self.raise_()
