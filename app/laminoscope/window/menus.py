"""The menu bar, made from the table of commands."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from laminoscope.actions import ACTIONS
from laminoscope_widgets.translation import tr

__all__ = ["Menus"]

_NATIVE = QKeySequence.SequenceFormat.NativeText


class Menus:
    """Every command as an action, and the menus that they stand in.

    Parameters
    ----------
    window : QMainWindow
        Whose menu bar is filled, and whose parts do what the commands say.

    Attributes
    ----------
    actions : dict of str to QAction
        By the ids of `laminoscope.actions.ACTIONS`.
    """

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self.actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}
        for entry in ACTIONS:
            if entry.menu not in self._menus:
                menu = window.menuBar().addMenu(tr(entry.menu))
                menu.setToolTipsVisible(True)
                self._menus[entry.menu] = menu
            action = QAction(tr(entry.title), window)
            action.setObjectName(entry.id)
            if entry.shortcut:
                action.setShortcuts(QKeySequence.listFromString(entry.shortcut))
            keys = "; ".join(key.toString(_NATIVE) for key in action.shortcuts())
            tip = tr(entry.tip) if entry.tip else action.text().replace("&", "")
            action.setToolTip(f"{tip} {keys}".strip())
            command = attrgetter(entry.slot)(window)
            action.triggered.connect(lambda _=False, command=command: command())
            if entry.starts_group:
                self._menus[entry.menu].addSeparator()
            self._menus[entry.menu].addAction(action)
            self.actions[entry.id] = action

    def follow(self, id: str, named: SignalInstance) -> None:
        """Let a command say which step it undoes or redoes, if there is one."""
        action = self.actions[id]
        title = action.text()

        def name(step: str) -> None:
            doubled = step.replace("&", "&&")
            action.setText(tr("{command} {step}", command=title, step=doubled) if step else title)
            action.setEnabled(bool(step))

        named.connect(name)
        name("")

    def insert(self, menu: QMenu, after: str) -> None:
        """Put a menu below a command."""
        action = self.actions[after]
        place: Any = next(m for m in self._menus.values() if action in m.actions())
        entries = place.actions()
        below = entries.index(action) + 1
        place.insertMenu(entries[below] if below < len(entries) else None, menu)

    def begin(self, menu: str, actions: Iterable[QAction]) -> None:
        """Put actions that are made elsewhere in front of a menu of `ACTIONS`, as a group."""
        place = self._menus[menu]
        first = place.actions()[0]
        place.insertActions(first, list(actions))
        place.insertSeparator(first)

    def choose_one(self, names: tuple[str, ...], chosen: str) -> None:
        """Let one of some commands be marked as what holds now."""
        group = QActionGroup(self._window)
        for name in names:
            self.actions[name].setCheckable(True)
            self.actions[name].setChecked(name == chosen)
            group.addAction(self.actions[name])
