"""What runs next, and when: a capture of the task that is shown, and its forecast."""

from collections.abc import Set

from pydantic import ValidationError
from PySide6.QtCore import QObject, QTimer

from laminoscope.in_use import chance_params
from laminoscope.jobs.entry import State
from laminoscope.layouts import Task
from laminoscope.message_bar import Cause
from laminoscope.parts import Parts
from laminoscope_core.analysis.registry import AFTER, SECTIONS
from laminoscope_core.experiment import ModelSection, RsaSection
from laminoscope_core.section import reasons
from laminoscope_core.words_section import WordSite
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["FORECAST_AFTER", "Runs"]

FORECAST_AFTER = 400
"""Milliseconds from the last edit to the forecast of a run."""


class Runs(QObject):
    """The commands that run a model."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._unasked: set[int] = set()
        self._opening: dict[int, tuple[ModelSection, ModelSection]] = {}
        self._forecast_timer = QTimer(self, singleShot=True, interval=FORECAST_AFTER)
        self._forecast_timer.timeout.connect(self.ask_forecast)
        for signal in (parts.controller.finished, parts.forms.changed, parts.pages.shown):
            signal.connect(self._forecast_timer.start)
        parts.undo.model_wanted.connect(self.choose)
        parts.undo.rsa_wanted.connect(self.choose_rsa)
        parts.controller.run_ended.connect(self._run_ended)

    def capture(self) -> int | None:
        """Run what the page shows as the forms say; return the run, or None if it is none yet."""
        return self.capture_section(self._parts.pages.task.section)

    def capture_section(self, section: str, *, stay: bool = False) -> int | None:
        """Run a section as the forms say; return the run, or None if it is none yet.

        Parameters
        ----------
        section : str
        stay : bool
            Whether the start page stays in front, if it is.
        """
        parts = self._parts
        parts.forms.take_typed()
        try:
            experiment = parts.forms.experiment(section)
        except ValidationError as error:
            why = "; ".join(map(shown_text, reasons(error)))
            parts.messages.say(
                tr("This is not an experiment yet: {reasons}.", reasons=why), about=Cause.FORMS
            )
            return None
        parts.messages.clear()
        for name, params in chance_params(parts.preferences).items():
            parts.controller.params.setdefault(name, params)
        if not stay:
            parts.pages.leave_start()
        return parts.controller.run(experiment, section)

    def show_task(self, task: Task) -> None:
        """Show a task's panels; run it if it has not been run yet, after what the model does now.

        A session whose model is not open is not run by itself: that could replace its results.
        """
        pages, controller = self._parts.pages, self._parts.controller
        if task is pages.task and not pages.apart:
            return
        pages.show(task)
        there = controller.results.keys() | controller.awaited().keys()
        if task.section in there and not self._lacks_altered(task.section, there):
            return
        if not self._parts.forms.is_filled(task.section):
            return
        if controller.model is not None or controller.captures():
            run = self.capture()
            if run is not None:
                self._unasked.add(run)

    def _lacks_altered(self, section: str, there: Set[str]) -> bool:
        """Return whether the altered model has not been run on a section yet."""
        if AFTER + section not in SECTIONS or AFTER + section in there:
            return False
        try:
            return bool(self._parts.forms.experiment(section).altered)
        except ValidationError:
            return False

    def cancel(self) -> None:
        """Stop the running jobs; captures that nobody has asked for do not follow them."""
        controller = self._parts.controller
        controller.cancel()
        controller.cancel_runs(self._unasked)

    def open_model(self, source: str) -> None:
        """Open a model and run the experiment on it."""
        self.choose(self._parts.forms.model.model_copy(update={"source": source}))

    def choose_device(self, name: str) -> None:
        """Open the model on a device and run the experiment there."""
        self.choose(self._parts.forms.model.model_copy(update={"device": name}))

    def choose(self, model: ModelSection) -> None:
        """Run the experiment on the model that a section asks for."""
        forms = self._parts.forms
        before = next((before for _, before in self._opening.values()), forms.model)
        forms.model = model
        run = self.capture()
        if run is None:
            forms.model = before
        else:
            self._opening[run] = model, before

    def compare_models(self, models: tuple[str, ...]) -> None:
        """Read the words with other models as well, and compare what comes of it."""
        forms = self._parts.forms
        self.choose_rsa(forms.rsa.model_copy(update={"models": models}))
        self._parts.undo.rsa_chosen(tr("Choose models"))

    def compare_sites(self, sites: tuple[WordSite, ...]) -> None:
        """Compare the words at other sites with the next capture."""
        forms = self._parts.forms
        self.choose_rsa(forms.rsa.model_copy(update={"sites": sites}))
        self._parts.undo.rsa_chosen(tr("Choose sites"))

    def choose_rsa(self, rsa: RsaSection) -> None:
        """Compare other representations of the words."""
        forms, controller = self._parts.forms, self._parts.controller
        forms.choose_rsa(rsa)
        if not rsa.models:
            controller.compare_no_more()
        if rsa.models and (controller.model is not None or controller.captures()):
            self.capture_section("words")

    def _run_ended(self, run: int, state: State) -> None:
        """Stay with the model that a run has opened, or go back to the one before."""
        controller, forms = self._parts.controller, self._parts.forms
        wanted, before = self._opening.pop(run, (forms.model, forms.model))
        if wanted != before and not controller.is_open(wanted):
            controller.stay_with(before, wanted)
            if forms.model == wanted:
                forms.model = before
            self._forecast_timer.start()
        if not self._opening:
            self._parts.undo.model_settled()
        self._unasked.discard(run)
        if state is State.FAILED and controller.model is None:
            controller.cancel_runs(self._unasked)

    def ask_forecast(self) -> None:
        """Let the status bar say what a run would take."""
        parts, section = self._parts, self._parts.pages.task.section
        try:
            experiment = parts.forms.experiment(section)
        except ValidationError:
            parts.status.show_forecast(None)
            parts.status.show_expected(None)
        else:
            parts.controller.forecast(experiment, section)
            parts.status.show_expected(parts.controller.expected(experiment, section))

    def close(self) -> None:
        """Ask for no more forecasts."""
        self._forecast_timer.stop()
