"""What runs next, and when: a capture of the task that is shown, and its forecast."""

from pydantic import ValidationError
from PySide6.QtCore import QObject, QTimer

from laminoscope.layouts import Task
from laminoscope.parts import Parts
from laminoscope_core.experiment import ModelSection

__all__ = ["FORECAST_AFTER", "Runs"]

FORECAST_AFTER = 400
"""Milliseconds from the last edit to the forecast of a run."""


class Runs(QObject):
    """The commands that run a model."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._next = False
        self._model_before: ModelSection | None = None
        self._forecast_timer = QTimer(self, singleShot=True, interval=FORECAST_AFTER)
        self._forecast_timer.timeout.connect(self.ask_forecast)
        for signal in (parts.controller.finished, parts.forms.changed, parts.pages.shown):
            signal.connect(self._forecast_timer.start)
        parts.undo.model_wanted.connect(self.choose)

    def capture(self) -> None:
        """Run the experiment that the forms say."""
        parts, task = self._parts, self._parts.pages.task
        try:
            experiment = parts.forms.experiment(task.section)
        except ValidationError as error:
            reasons = "; ".join(
                entry["msg"].removeprefix("Value error, ") for entry in error.errors()
            )
            parts.messages.say(f"This is not an experiment yet: {reasons}.")
            return
        parts.messages.clear()
        self._next = False
        for name in task.panels:
            parts.panels[name].set_stale(True)
        parts.controller.run(experiment, task.section)

    def show_task(self, task: Task) -> None:
        """Show a task's panels; run it if it has not been run yet, after the job that runs.

        A session whose model is not open is not run by itself: that could replace its results.
        """
        pages, controller = self._parts.pages, self._parts.controller
        if task is pages.task:
            return
        pages.show(task)
        if task.section in controller.results:
            return
        if controller.busy():
            self._next = True
        elif controller.model is not None and self._parts.forms.is_filled(task.section):
            self.capture()

    def run_next(self) -> None:
        """Run the task that was shown while a job ran, unless it has been run meanwhile."""
        if self._next and self._parts.pages.task.section not in self._parts.controller.results:
            self.capture()

    def cancel(self) -> None:
        """Stop the running job; what was to follow it does not run either."""
        self._next = False
        self._parts.controller.cancel()

    def open_model(self, source: str) -> None:
        """Open a model and run the experiment on it."""
        self.choose(self._parts.forms.model.model_copy(update={"source": source}))

    def choose_device(self, name: str) -> None:
        """Open the model on a device and run the experiment there."""
        self.choose(self._parts.forms.model.model_copy(update={"device": name}))

    def choose(self, model: ModelSection) -> None:
        """Run the experiment on the model that a section asks for."""
        forms = self._parts.forms
        self._model_before = self._model_before or forms.model
        forms.model = model
        self.capture()

    def settle_model(self, *, opened: bool) -> None:
        """Stay with the model that a run has opened, or go back to the one before."""
        if not opened and self._model_before is not None:
            self._parts.forms.model = self._model_before
            self._forecast_timer.start()
        self._model_before = None
        self._parts.undo.model_settled()

    def ask_forecast(self) -> None:
        """Let the status bar say what a run would take."""
        section = self._parts.pages.task.section
        try:
            self._parts.controller.forecast(self._parts.forms.experiment(section), section)
        except ValidationError:
            self._parts.status.show_forecast(None)

    def close(self) -> None:
        """Ask for no more forecasts."""
        self._forecast_timer.stop()
