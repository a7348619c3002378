"""What a session's file does not hold yet."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from laminoscope.controller import Controller
from laminoscope.undo import Undo
from laminoscope_core.analysis.registry import SECTIONS

__all__ = ["Unsaved"]

_WRITTEN = ("generation", "kept_texts", "loops", "echo")
"""Results that nobody can compute again from the experiment alone."""


class Unsaved(QObject):
    """Compares what is shown with what was saved or opened last.

    That is steps that were not undone, and results that the file does not have.  While a file is
    being written it counts for nothing yet.

    Signals: ``changed()`` when the answer may be another, and something may be worth keeping.
    """

    changed = Signal()

    def __init__(self, undo: Undo, controller: Controller) -> None:
        super().__init__()
        self._undo = undo
        self._controller = controller
        self._has_file = self._saving = self._worked = self._computed = False
        self._saved: Any = None
        self._being_saved: Any = None
        undo.changed.connect(self.changed)
        controller.result_ready.connect(self._result_ready)
        for ended in (controller.finished, controller.cancelled, controller.failed):
            ended.connect(self._compare)

    def any(self) -> bool:
        """Return whether anything would be lost without saving."""
        steps = not self._undo.stack.isClean()
        return steps or self._saving or self._worked or self._computed

    def none(self, *, has_file: bool) -> None:
        """Take what is shown now as what is in a file, or as what needs none."""
        self._undo.stack.setClean()
        self._has_file, self._saved = has_file, self._what()
        self._saving = self._worked = self._computed = False
        self.changed.emit()

    def work(self) -> None:
        """Notice work that no step undoes."""
        self._worked = True
        self.changed.emit()

    def begin_saving(self) -> None:
        """Remember what is being written."""
        self._undo.stack.setClean()
        self._being_saved = self._what()
        self._saving, self._worked = True, False

    def end_saving(self, *, well: bool) -> None:
        """Take what was being written as what is in the file, if it is."""
        self._saving = False
        if well:
            self._has_file, self._saved = True, self._being_saved
            self._compare()
        else:
            self._worked = True
            self._undo.stack.resetClean()
            self.changed.emit()

    def _result_ready(self, name: str, _result: object) -> None:
        if name in _WRITTEN:
            self.work()

    def _compare(self, *_: object) -> None:
        # the sample that is run at the start, or an experiment's file, can be run again
        self._computed = self._has_file and self._what() != self._saved
        self.changed.emit()

    def _what(self) -> Any:
        """Return what tells one run's results from another's.

        An analysis of the same captures with the same parameters gives the same result, wherever
        it is computed.
        """
        run = self._controller.snapshot()
        if run is None:
            return None
        params = {name: getattr(result, "params", None) for name, result in run.results.items()}
        recomputed = run.origin.get("recomputed", {}).get("results", ())
        here = recomputed if run.origin else run.results
        return run.model, run.experiment, params, set(SECTIONS) & set(here)
