"""Leading through the window: one call-out after the other, at the controls of a tour."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from laminoscope.call_out import CallOut
from laminoscope.first_run import FirstRun
from laminoscope.layouts import task_of
from laminoscope.opening import Opening
from laminoscope.parts import Parts
from laminoscope.tours import TOURS, Step, Tour, tour_named
from laminoscope_widgets.translation import language, tr

__all__ = ["Touring", "ToursMenu"]

_PANEL = "panel:"


class Touring(QObject):
    """Shows one tour at a time; it can be left at any step.

    Attributes
    ----------
    tour : Tour or None
        The one that is shown.
    at : int
        Which of its steps.
    call_out : CallOut or None
        What speaks; made with the first tour.
    """

    def __init__(self, parts: Parts, first: FirstRun, opening: Opening) -> None:
        super().__init__(parts.window)
        self.tour: Tour | None = None
        self.at = 0
        self.call_out: CallOut | None = None
        self._parts = parts
        self._first = first
        self._opening = opening
        parts.controller.result_ready.connect(self._result_ready)
        parts.pages.shown.connect(self._page_shown)

    def begin(self, name: str) -> None:
        """Open a tour's example, unless that is open, and show the first step."""
        tour = tour_named(name)
        self.leave()
        if self._opening.example == tour.example:
            self._parts.pages.leave_start()
            self._go(tour, 0)
        else:
            self._first.open_example(tour.example, lambda: self._go(tour, 0))

    def leave(self) -> None:
        """End the tour; what it has opened stays."""
        if self.tour is not None and self.call_out is not None:
            self.tour = None
            self.call_out.leave()

    def next(self) -> None:
        """Show the step after this one; end after the last one."""
        if self.tour is not None:
            if self.at + 1 < len(self.tour.steps):
                self._go(self.tour, self.at + 1)
            else:
                self.leave()

    def back(self) -> None:
        """Show the step before, if there is one."""
        if self.tour is not None and self.at:
            self._go(self.tour, self.at - 1)

    def _go(self, tour: Tour, at: int) -> None:
        if self._opening.example != tour.example:  # another experiment has taken its place
            self.leave()
            return
        self.tour, self.at = None, at  # pages that it shows are no news to it
        step = tour.steps[at]
        target = self._target(step)
        self.tour = tour
        if self.call_out is None:
            self.call_out = CallOut(self._parts.window)
            self.call_out.next_wanted.connect(self.next)
            self.call_out.back_wanted.connect(self.back)
            self.call_out.left.connect(self.leave)
        spoken = language()
        self.call_out.tell(self._note(step))
        self.call_out.point_at(
            target, tour.titles[spoken], step.texts[spoken], at + 1, len(tour.steps)
        )

    def _target(self, step: Step) -> QWidget | None:
        """Return what a step points at; a panel is brought to the front of its page."""
        if step.target.startswith(_PANEL):
            panel = self._parts.panels[step.target.removeprefix(_PANEL)]
            if task_of(panel.id) is not self._parts.pages.task or self._parts.pages.at_start:
                self._parts.pages.show(task_of(panel.id))
            self._parts.pages.reveal(panel.id)
            return panel
        return self._parts.window.findChild(QWidget, step.target)

    def _note(self, step: Step) -> str:
        there = not step.waits or step.waits in self._parts.controller.results
        return "" if there else tr("It is still being computed.")

    def _result_ready(self, _name: str, _result: object) -> None:
        if self.tour is not None and self.call_out is not None:
            self.call_out.tell(self._note(self.tour.steps[self.at]))

    def _page_shown(self) -> None:
        """Point at nothing that is not to be seen any more."""
        if self.tour is not None and self.call_out is not None:
            self.call_out.place()


class ToursMenu(QMenu):
    """All tours.

    Parameters
    ----------
    parent : QWidget
        The window.
    begin : callable
        Called with the name of a tour.
    """

    def __init__(self, parent: QWidget, begin: Callable[[str], object]) -> None:
        super().__init__(tr("&Tours"), parent)
        for tour in TOURS:
            action = self.addAction(tour.titles[language()])
            action.setObjectName(f"tour:{tour.name}")
            action.triggered.connect(lambda _=False, name=tour.name: begin(name))
