"""Steps of what a person changes: what the window's one list of undoable steps is told."""

from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit

__all__ = ["Step", "undone_by_window"]

_Field = TypeVar("_Field", bound=QLineEdit | QPlainTextEdit | QAbstractSpinBox)
_UNDOING = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_OWN_ACTIONS = ("edit-undo", "edit-redo")
"""What Qt calls them in the menu of a line."""


@dataclass(frozen=True)
class Step:
    """What a person has just done.

    Attributes
    ----------
    name : str
        As the Edit menu says it after "Undo".
    field : str
        What is being typed into or turned: such steps of one field that follow each other without
        a pause are one.  Empty for a step that stands alone.
    """

    name: str
    field: str = ""


class _Filter(QObject):
    """Takes undoing away from a field, so that its keys reach the window's commands."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            assert isinstance(event, QKeyEvent)
            if any(event.matches(keys) for keys in _UNDOING):
                event.ignore()  # not wanted here: the shortcut of the window is next
                return True
        if kind == QEvent.Type.ContextMenu and not isinstance(watched, QPlainTextEdit):
            assert isinstance(event, QContextMenuEvent)
            line = watched.lineEdit() if isinstance(watched, QAbstractSpinBox) else watched
            assert isinstance(line, QLineEdit)
            _show_menu(line, event)
            return True
        return False


def _show_menu(line: QLineEdit, event: QContextMenuEvent) -> None:
    menu = line.createStandardContextMenu()
    for action in menu.actions():
        if action.objectName() in _OWN_ACTIONS:
            menu.removeAction(action)
    menu.popup(event.globalPos())
    menu.aboutToHide.connect(menu.deleteLater)


def undone_by_window(field: _Field) -> _Field:
    """Return a field after leaving undoing to the window: it keeps no steps of its own.

    Lines whose text counts only once it is entered, as that of a search, are left as Qt makes them.
    """
    if isinstance(field, QPlainTextEdit):
        field.setUndoRedoEnabled(False)
    field.installEventFilter(_Filter(field))
    return field
