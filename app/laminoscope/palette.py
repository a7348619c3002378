"""The command palette: type a few letters, press Return."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from laminoscope_widgets.named import named
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import tr

__all__ = ["Entry", "Palette"]

_MOST = 100
"""Entries listed at once; typing more leaves fewer."""


@dataclass(frozen=True)
class Entry:
    """One thing that can be done or gone to.

    Attributes
    ----------
    title : str
        What it is.
    act : callable
        Does it.
    kind : str
        What sort of thing it is, as ``"Panel"``; empty for a command.
    shortcut : str
        The keys that do the same.
    at_once : bool
        Whether it is listed before anything has been typed.
    """

    title: str
    act: Callable[[], object]
    kind: str = ""
    shortcut: str = ""
    at_once: bool = True


class Palette(QDialog):
    """Lists entries that have all the groups of letters typed.

    Parameters
    ----------
    entries : sequence of Entry
        In the order in which they are listed.
    parent : QWidget
        The window.
    """

    def __init__(self, entries: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._entries = entries
        self._window = parent
        self._search = named(
            QLineEdit(placeholderText=tr("A command, panel, model, example, word or layer")),
            tr("What to find"),
            tr("Type a few letters of it; up and down choose among what is found, Enter does it."),
        )
        self._list = named(QListWidget(), tr("Found"), tr("What has the letters that were typed."))
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
        self.finished.connect(parent.activateWindow)
        self._filter("")
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.move(corner.x() + (parent.width() - self.width()) // 2, corner.y() + 70)
        self._search.setFocus()

    def _filter(self, typed: str) -> None:
        self._list.clear()
        groups = typed.lower().split()
        found = [entry for entry in self._entries if _fits(entry, groups)]
        for entry in found[:_MOST]:
            title = safe_text(f"{entry.kind}: {entry.title}" if entry.kind else entry.title)
            item = QListWidgetItem(f"{title}    {entry.shortcut}" if entry.shortcut else title)
            item.setData(Qt.ItemDataRole.UserRole, entry)
            self._list.addItem(item)
        self._list.setCurrentRow(0)

    def _run(self, *_: object) -> None:
        item = self._list.currentItem()
        if item is not None:
            entry: Entry = item.data(Qt.ItemDataRole.UserRole)
            window = self._window
            self.accept()
            # once the window has the keyboard again, unless it is closed by then
            QTimer.singleShot(0, window, lambda: entry.act() if window.isVisible() else None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            keys = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            keys |= {Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
            step = keys.get(Qt.Key(event.key()))
            if step is not None:
                row = self._list.currentRow() + step
                self._list.setCurrentRow(max(0, min(row, self._list.count() - 1)))
                return True
        return super().eventFilter(watched, event)


def _fits(entry: Entry, groups: Sequence[str]) -> bool:
    said = f"{entry.kind} {entry.title}".lower()
    return all(group in said for group in groups) and (bool(groups) or entry.at_once)
