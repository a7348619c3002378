"""What lies over the top of the page and pushes nothing: messages and offers."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

__all__ = ["Overlay"]

_MARGIN = 24
"""Pixels between the notices and the sides of their place."""
_WIDEST = 900


class Overlay(QWidget):
    """Notices one below the other, over the top of a place in another widget.

    Parameters
    ----------
    below : QWidget
        What it lies over.
    place : callable, optional
        Returns the part of it whose top is covered, as wide as that allows and as high as what is
        shown needs; all of it by default.

    Signals: ``covered(height)`` when it covers so many pixels of that, 0 if nothing is shown.
    """

    covered = Signal(int)

    def __init__(self, below: QWidget, place: Callable[[], QRect] | None = None) -> None:
        super().__init__(below)
        self._below = below
        self._place = place or below.rect
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(4)
        below.installEventFilter(self)
        self._later = QTimer(self, singleShot=True, interval=0)  # when all know what they need
        self._later.timeout.connect(self._fit)
        self.hide()

    def add(self, notice: QWidget) -> None:
        """Take a notice; it is seen whenever it is shown."""
        self._column.addWidget(notice)
        notice.installEventFilter(self)
        self._later.start()

    def refit(self) -> None:
        """Notice that the place is another."""
        self._later.start()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._later.start()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = QEvent.Type
        if event.type() == kinds.ShowToParent:
            self.show()
        if event.type() in (kinds.ShowToParent, kinds.HideToParent, kinds.Resize):
            self._later.start()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        # asked of the layout, its items would be known to Python when they are gone
        notices = self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        shown = any(not notice.isHidden() for notice in notices)
        self.setVisible(shown)
        if not shown:
            self.covered.emit(0)
            return
        place = self._place()
        width = max(min(place.width() - 2 * _MARGIN, _WIDEST), 200)
        height = self._column.heightForWidth(width)
        height = height if height > 0 else self._column.sizeHint().height()
        left = place.left() + (place.width() - width) // 2
        self.setGeometry(left, place.top(), width, height)
        self.raise_()
        self.covered.emit(height)
