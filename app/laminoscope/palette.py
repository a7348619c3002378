"""The command palette: type a few letters, press Return."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from laminoscope_widgets.named import named

__all__ = ["Palette"]


class Palette(QDialog):
    """Lists actions whose words contain all the letters groups typed.

    Parameters
    ----------
    actions : sequence of QAction
        Disabled ones are left out.
    """

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions = [action for action in actions if action.isEnabled() and action.text()]
        self._search = named(
            QLineEdit(placeholderText="Type a command"),
            "Command",
            "Type a few letters of it; up and down choose among what is found, Enter does it.",
        )
        self._list = named(QListWidget(), "Commands found", "Those that have what was typed.")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self._search)
        layout.addWidget(self._list)
        self.resize(460, 360)
        self._search.textChanged.connect(self._filter)
        self._search.returnPressed.connect(self._run)
        self._search.installEventFilter(self)
        self._list.itemActivated.connect(self._run)
        self._list.itemClicked.connect(self._run)
        self._filter("")
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.move(corner.x() + (parent.width() - self.width()) // 2, corner.y() + 70)
        self._search.setFocus()

    def _filter(self, typed: str) -> None:
        self._list.clear()
        words = typed.lower().split()
        for action in self._actions:
            title = action.text().replace("&", "")
            if all(word in title.lower() for word in words):
                shortcut = action.shortcut().toString()
                item = QListWidgetItem(f"{title}    {shortcut}" if shortcut else title)
                item.setData(Qt.ItemDataRole.UserRole, action)
                self._list.addItem(item)
        self._list.setCurrentRow(0)

    def _run(self, *_: object) -> None:
        item = self._list.currentItem()
        if item is not None:
            action = item.data(Qt.ItemDataRole.UserRole)
            self.close()
            action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                row = self._list.currentRow() + step
                self._list.setCurrentRow(max(0, min(row, self._list.count() - 1)))
                return True
        return super().eventFilter(watched, event)
