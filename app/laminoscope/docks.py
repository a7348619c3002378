"""The docks of a window: those of one task are shown, where the user has put them."""

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow

from laminoscope.layouts import TASKS, Task
from laminoscope.preferences import Preferences
from laminoscope_widgets.panel import Panel

__all__ = ["Docks"]

_HORIZONTAL, _VERTICAL = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


class Docks(QObject):
    """One dock for each panel.

    ``shown()`` is emitted when a task's docks have been put into place.

    Attributes
    ----------
    task : Task
        The one that is shown.
    of : dict of str to QDockWidget
        The docks by the id of their panel.
    """

    shown = Signal()

    def __init__(
        self, window: QMainWindow, panels: Mapping[str, Panel], preferences: Preferences
    ) -> None:
        super().__init__(window)
        self.task = TASKS[0]
        self.of: dict[str, QDockWidget] = {}
        self._window = window
        self._preferences = preferences
        window.setDockNestingEnabled(True)
        for name, panel in panels.items():
            dock = QDockWidget(panel.title, window)
            dock.setObjectName(f"dock-{name}")
            dock.setWidget(panel)
            dock.setTitleBarWidget(panel.title_bar)
            self.of[name] = dock

    def show(self, task: Task) -> None:
        """Show a task's panels where the preferences say, whatever is shown now."""
        self.task = task
        size = self._window.size()
        self._place()
        state = self._preferences.state(task.id)
        if state is not None:
            self._window.restoreState(state)
            self._hide_others()
        self.shown.emit()
        if layout := self._window.layout():
            layout.activate()
        self._window.resize(size)

    def keep(self) -> None:
        """Remember where the docks stand now."""
        self._preferences.set_state(self.task.id, self._window.saveState())

    def states(self) -> dict[str, QByteArray]:
        """Return where the docks of every task stand, as Qt says it."""
        states = {task.id: self._preferences.state(task.id) for task in TASKS}
        states[self.task.id] = self._window.saveState()
        return {name: state for name, state in states.items() if state is not None}

    def reset(self) -> None:
        """Put all docks back where they were at the first start."""
        self._preferences.forget_layouts()
        self._place()

    def _place(self) -> None:
        """Show the task's docks in their first places and hide all others."""
        window, docks, task = self._window, self.of, self.task
        for dock in docks.values():
            window.removeDockWidget(dock)
        heads = [row[0] for row in task.rows]
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, docks[task.inputs])
        window.splitDockWidget(docks[task.inputs], docks[heads[0]], _HORIZONTAL)
        window.splitDockWidget(docks[heads[0]], docks[task.details], _HORIZONTAL)
        for above, below in pairwise(heads):
            window.splitDockWidget(docks[above], docks[below], _VERTICAL)
        for row in task.rows:
            for left, right in pairwise(row):
                window.splitDockWidget(docks[left], docks[right], _HORIZONTAL)
        for front, behind in task.tabs:
            window.tabifyDockWidget(docks[front], docks[behind])
        for name in task.panels:
            docks[name].show()
        for front, _ in task.tabs:
            docks[front].raise_()
        self._resize()

    def _resize(self) -> None:
        """Give the task's docks their first sizes."""
        window, docks, task = self._window, self.of, self.task
        heads = [docks[row[0]] for row in task.rows]
        columns = [docks[task.inputs], heads[0], docks[task.details]]
        window.resizeDocks(columns, list(task.widths), _HORIZONTAL)
        window.resizeDocks(heads, list(task.heights), _VERTICAL)
        for row in task.rows:
            if len(row) > 1:
                width = task.widths[1] // len(row)
                window.resizeDocks([docks[name] for name in row], [width] * len(row), _HORIZONTAL)

    def _hide_others(self) -> None:
        """Hide what is not of the task: Qt's restored layouts show docks that they do not name."""
        for name, dock in self.of.items():
            if name not in self.task.panels:
                dock.hide()
