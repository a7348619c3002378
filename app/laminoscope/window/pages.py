"""The pages of a window, one a task, in a stack: one is shown, and only it is painted."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from laminoscope.layouts import TASKS, Task, task_of
from laminoscope.preferences import Preferences
from laminoscope.window.page import Page
from laminoscope_widgets.panel import Panel

__all__ = ["Pages"]


class Pages(QObject):
    """A page for each task, made when it is first needed.

    ``shown()`` is emitted when the page of another task is in front, ``arranged()`` when panels
    have other places.

    Attributes
    ----------
    stack : QStackedWidget
        The pages.
    task : Task
        The one that is shown.
    """

    shown = Signal()
    arranged = Signal()

    def __init__(self, panels: Mapping[str, Panel], preferences: Preferences) -> None:
        super().__init__()
        self.task = TASKS[0]
        self.stack = QStackedWidget()
        self._made: dict[str, Page] = {}
        self._start: QWidget | None = None
        self._panels = panels
        self._preferences = preferences

    @property
    def page(self) -> Page:
        """The page of the task."""
        return self.make(self.task)

    def make(self, task: Task) -> Page:
        """Return a task's page; arranged as is remembered, if it was not there yet."""
        if task.id not in self._made:
            page = Page(task, self._panels, self.stack)
            page.arranged.connect(self.arranged)
            page.restore(self._preferences.page(task.id))
            self.stack.addWidget(page)
            self._made[task.id] = page
        return self._made[task.id]

    def notice_place(self) -> QRect:
        """Return the part of the stack that notices may cover."""
        page = self.stack.currentWidget()
        return page.notice_place() if isinstance(page, Page) else self.stack.rect()

    def add_start(self, page: QWidget) -> None:
        """Take the page that is shown where nothing is open."""
        self._start = page
        self.stack.addWidget(page)

    def show_start(self) -> None:
        """Show the start page; the task stays what it is."""
        if self._start is not None:
            self.stack.setCurrentWidget(self._start)

    def show_apart(self, page: QWidget) -> None:
        """Show a page that is of no task; the task stays what it is."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)

    @property
    def at_start(self) -> bool:
        """Whether the start page is shown."""
        return self.stack.currentWidget() is self._start

    @property
    def apart(self) -> bool:
        """Whether the page that is shown is of no task: that of the start, or of a sweep."""
        return not isinstance(self.stack.currentWidget(), Page)

    def leave_start(self) -> None:
        """Show the task's page again, if one of no task is shown."""
        if self.apart:
            self.show(self.task)

    def show(self, task: Task) -> None:
        """Show a task's page."""
        self.task = task
        self.stack.setCurrentWidget(self.page)
        self.shown.emit()

    def reveal(self, name: str) -> None:
        """Show a panel, and its page."""
        task = task_of(name)
        if task is not self.task:
            self.show(task)
        self.page.reveal(name)

    def fold(self, side: str) -> None:
        """Fold the shown page's ``"inputs"`` or ``"details"`` away, or bring them back."""
        name = getattr(self.task, side)
        self.page.fold(name, not self.page.folds(name))

    def fold_inputs(self) -> None:
        """Fold the form away, or bring it back."""
        self.fold("inputs")

    def fold_details(self) -> None:
        """Fold the details away, or bring them back."""
        self.fold("details")

    def fill(self) -> None:
        """Let the panel that has the keyboard take the whole page, or give it back."""
        if self.apart:
            return
        if self.page.filled is not None:
            self.page.fill(None)
        elif (panel := self.panel_in_use()) is not None:
            self.page.fill(panel.id)

    def reset(self) -> None:
        """Arrange the shown page as at the first start."""
        self.page.reset()

    # ---- the keyboard

    def panel_in_use(self) -> Panel | None:
        """Return the panel of the shown page that has the keyboard."""
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, Panel):
            widget = widget.parentWidget()
        return widget if widget is not None and widget.id in self.task.panels else None

    def next_panel(self) -> None:
        """Give the keyboard to the next panel of the page."""
        self._step(1)

    def previous_panel(self) -> None:
        """Give the keyboard to the panel before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        names = [name for name in self.task.panels if self._panels[name].isVisible()]
        if not names:
            return
        current = self.panel_in_use()
        place = names.index(current.id) if current is not None and current.id in names else None
        start = (0 if step > 0 else -1) if place is None else (place + step) % len(names)
        self._panels[names[start]].take_keyboard()

    # ---- what is remembered

    def keep(self) -> None:
        """Remember how the pages are arranged, for the next start."""
        for name, page in self._made.items():
            self._preferences.set_page(name, page.state())

    def states(self) -> dict[str, Any]:
        """Return how the pages are arranged, by task."""
        return {task.id: self.make(task).state() for task in TASKS}

    def restore(self, states: Mapping[str, Any]) -> None:
        """Arrange the pages as `states` said."""
        for task in TASKS:
            self.make(task).restore(states.get(task.id))
