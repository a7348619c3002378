"""The bar at the top of a panel: its title, a note, and its controls."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

__all__ = ["TitleBar"]

_MARGINS = (10, 3, 4, 3)
_LINES = 13
"""Of text, in the panel's height: as tall, it has room for a note below its controls."""


class TitleBar(QFrame):
    """A row; the note goes below it where the row is too narrow and the panel tall enough.

    Parameters
    ----------
    title : QWidget
    note : QWidget
        It takes the room that the others leave, and need not be shown whole.
    """

    def __init__(self, title: QWidget, note: QWidget) -> None:
        super().__init__()
        self.setObjectName("panelBar")
        self._title, self._note = title, note
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*_MARGINS)
        self._column.setSpacing(1)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._column.addLayout(self._row)
        self._row.addWidget(title)
        self._row.addWidget(note, 1)
        self._row.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding))
        self.controls = QHBoxLayout()
        self.controls.setSpacing(6)
        self._row.addLayout(self.controls)
        self._below = False

    def add_button(self, button: QWidget) -> None:
        """Put a button at the end."""
        self._row.addWidget(button)

    def beside(self, control: QWidget) -> list[QWidget]:
        """Return the others that share the row with a control."""
        places = [self._row.itemAt(at) for at in range(self._row.count())]
        places += [self.controls.itemAt(at) for at in range(self.controls.count())]
        shown = [place.widget() for place in places if place is not None]
        return [other for other in shown if other is not None and other is not control]

    def place_note(self) -> None:
        """Put the note where it can be read."""
        # of the row's width the note has no part; a note below has no space before it either
        others = self._row.sizeHint().width() + self._row.spacing() * self._below
        room = self.contentsRect().width() - _MARGINS[0] - _MARGINS[2] - others
        panel = self.parentWidget()
        tall = panel is not None and panel.height() >= _LINES * self.fontMetrics().lineSpacing()
        wanted = self._note.sizeHint().width()
        below = tall and wanted > max(room, 0)
        if below == self._below:
            return
        self._below = below
        if below:
            self._row.removeWidget(self._note)
            self._column.addWidget(self._note)
        else:
            self._column.removeWidget(self._note)
            self._row.insertWidget(self._row.indexOf(self._title) + 1, self._note, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_note()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.place_note()
        return done
