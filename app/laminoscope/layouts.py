"""The tasks, and where each one's panels stand at first; afterwards they are the user's."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from laminoscope_core.plots.registry import section_rows

__all__ = ["TASKS", "Task", "arrange", "hide_others", "resize"]

_HORIZONTAL, _VERTICAL = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


@dataclass(frozen=True)
class Task:
    """A way of working: one section of the experiment, and the panels that show it.

    Attributes
    ----------
    id, title : str
        For preferences and toolbar.
    section : str
        Section of the experiment that Capture runs.
    inputs, details : str
        Panels at the left and at the right.
    rows : tuple of tuple of str
        Panels between them, row by row.
    widths : tuple of int
        First widths of inputs, rows and details.
    heights : tuple of int
        First heights of the rows.
    tabs : tuple of (str, str)
        Panels that share the place of another one, which is named first.
    """

    id: str
    title: str
    section: str
    inputs: str
    details: str
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, int, int]
    heights: tuple[int, ...]
    tabs: tuple[tuple[str, str], ...] = ()

    @property
    def panels(self) -> tuple[str, ...]:
        """All panels of the task."""
        rows = (name for row in self.rows for name in row)
        return (self.inputs, *rows, self.details, *(behind for _, behind in self.tabs))


def _task(id: str, title: str, section: str, inputs: str, details: str, **sizes: Any) -> Task:
    """Return a task whose rows are those of its section's plots."""
    behind = {name for _, name in sizes.get("tabs", ())}
    rows = (
        tuple(plot.id for plot in row if plot.id not in {details, *behind})
        for row in section_rows(section)
    )
    return Task(id, title, section, inputs, details, tuple(row for row in rows if row), **sizes)


TASKS: tuple[Task, ...] = (
    _task(
        "words", "Words", "words", "words", "details",
        widths=(286, 850, 252), heights=(300, 260, 240),
    ),
    _task(
        "tokens", "Tokens", "text", "text", "token-details",
        widths=(270, 870, 250), heights=(164, 214, 186, 240),
    ),
    _task(
        "continuation", "Continuation", "prompts", "prompts", "watch",
        widths=(224, 914, 250), heights=(112, 328, 360), tabs=(("compare", "loops"),),
    ),
)  # fmt: skip


def arrange(window: QMainWindow, docks: Mapping[str, QDockWidget], task: Task) -> None:
    """Show a task's docks in their first places and hide all others."""
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
    resize(window, docks, task)


def hide_others(docks: Mapping[str, QDockWidget], task: Task) -> None:
    """Hide what is not of a task: Qt's restored layouts show docks that they do not name."""
    for name, dock in docks.items():
        if name not in task.panels:
            dock.hide()


def resize(window: QMainWindow, docks: Mapping[str, QDockWidget], task: Task) -> None:
    """Give a task's docks their first sizes."""
    heads = [docks[row[0]] for row in task.rows]
    columns = [docks[task.inputs], heads[0], docks[task.details]]
    window.resizeDocks(columns, list(task.widths), _HORIZONTAL)
    window.resizeDocks(heads, list(task.heights), _VERTICAL)
    for row in task.rows:
        if len(row) > 1:
            width = task.widths[1] // len(row)
            window.resizeDocks([docks[name] for name in row], [width] * len(row), _HORIZONTAL)
