"""What jobs tell the window: the model, progress, results, their end."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QElapsedTimer

from laminoscope.jobs.entry import Entry, State
from laminoscope.jobs.line import JobLine
from laminoscope.layouts import Task, task_of
from laminoscope.message_bar import Cause
from laminoscope.parts import Parts
from laminoscope.runs import Runs
from laminoscope.states import States, in_both
from laminoscope.toolbar import ToolBar
from laminoscope_core.analysis.registry import AFTER, SECTIONS, depending_on, plain
from laminoscope_core.errors import Offer
from laminoscope_core.models.model import ModelInfo
from laminoscope_widgets.panel import Panel, UpdateQueue
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["JobView"]


class JobView:
    """Passes the controller's signals on to panels, toolbar, status bar and message bar."""

    def __init__(
        self, parts: Parts, runs: Runs, tools: ToolBar, updates: UpdateQueue, states: States
    ) -> None:
        self._parts = parts
        self._runs = runs
        self._tools = tools
        self._updates, self._states = updates, states
        states.changed.connect(self._show_other_state)
        self._words: tuple[str, ...] = ()
        self._clock = QElapsedTimer()
        controller, status = parts.controller, parts.status
        self.line = JobLine(parts.window.statusBar(), status.job, controller.jobs)
        controller.model_opened.connect(self._model_opened)
        controller.results_adopted.connect(self._results_adopted)
        controller.remarked.connect(partial(parts.messages.say, about=Cause.FORMS))
        controller.forecast_made.connect(status.show_forecast)
        controller.verified.connect(status.show_verification)
        controller.result_ready.connect(self._result_ready)
        controller.results_dropped.connect(self._results_dropped)
        controller.busy_changed.connect(self._busy_changed)
        controller.run_ended.connect(self._run_ended)
        controller.cancelled.connect(self._cancelled)
        controller.failed.connect(self._failed)
        controller.jobs.ended.connect(self._settle)
        controller.jobs.changed.connect(self._show_standing)
        self.line.painted.connect(self._show_standing)
        updates.emptied.connect(controller.shown)
        parts.panels.each(self._catch_up)
        parts.forms.changed.connect(self._compare_forms)

    def _catch_up(self, panel: Panel) -> None:
        """Give a panel the results that were there before it was."""
        controller = self._parts.controller
        if panel.id == "writing":
            from laminoscope_widgets.panels.writing import WritingPanel

            assert isinstance(panel, WritingPanel)
            panel.let_go_wanted.connect(controller.let_go)
        section = task_of(panel.id).section
        panel.set_altered(altered=self._states.is_altered(section))
        for name, result in self._parts.controller.results.items():
            self._hand(panel, name, result)
        panel.set_stale(panel.is_stale(self._awaited()))

    def _hand(self, panel: Panel, name: str, result: Any) -> None:
        """Give a panel a result of the state that it shows, if it requires it."""
        shown = self._states.shown_as(name)
        if shown is not None and panel.wants(shown):
            panel.take_result(shown, result, self._parts.controller.held.made_by[name])

    def _awaited(self) -> dict[str, int]:
        """Return the runs that are under way, by the ids by which panels know their results."""
        awaited = self._parts.controller.awaited().items()
        return {shown: run for n, run in awaited if (shown := self._states.shown_as(n)) is not None}

    def _show_other_state(self, section: str) -> None:
        """Give the panels of a section the results of the state that is shown now."""
        controller, altered = self._parts.controller, self._states.is_altered(section)
        history = controller.history
        written = history.by_altered if altered else history.generated
        for panel in self._parts.panels.made().values():
            if task_of(panel.id).section != section:
                continue
            panel.set_altered(altered=altered)
            if not in_both(section):
                panel.schedule_update()
                continue
            panel.forget(set(panel.results) - {"kept_texts"})
            for name, result in controller.results.items():
                if plain(name) != "generation" and in_both(name):
                    self._hand(panel, name, result)
            if panel.id == "writing":
                from laminoscope_widgets.panels.writing import WritingPanel

                assert isinstance(panel, WritingPanel)
                panel.take_texts(written)
            panel.set_stale(panel.is_stale(self._awaited()))
        self._show_standing()

    def _show_standing(self) -> None:
        """Dim what will be replaced; an empty page tells in its first panel how far it is."""
        controller, task = self._parts.controller, self._parts.pages.task
        awaited = self._awaited()
        running = [entry for entry in controller.jobs.running if entry.renews & _needed_for(task)]
        for panel in self._parts.panels.made().values():
            panel.set_stale(panel.is_stale(awaited))
            fraction, text = None, ""
            if running and panel.id == task.rows[0][0]:
                fraction, text = running[0].fraction, shown_text(running[0].text)
            panel.set_progress(
                fraction, text, waiting=not awaited.keys().isdisjoint(panel.requires)
            )

    def _settle(self, _: Entry) -> None:
        """Let panels do what jobs have left undone, once no job concerns them any more."""
        for panel in self._parts.panels.made().values():
            if self._awaited().keys().isdisjoint(panel.requires):
                panel.settle()

    def _model_opened(self, info: ModelInfo) -> None:
        self._tools.show_model(info)
        self._parts.status.show_model(info)
        self._parts.preferences.add_recent_model(info.source)
        self._set_layer_count(info.n_layers)

    def _results_adopted(self, info: ModelInfo) -> None:
        self._words = ()
        self._set_layer_count(info.n_layers)
        if self._parts.controller.model is None:
            self._tools.show_model(info, is_open=False)
            self._parts.status.show_model(info, is_open=False)

    def _set_layer_count(self, n_layers: int) -> None:
        """Offer so many layers; the first time, select the middle one if none was chosen."""
        box, selection = self._tools.layer, self._parts.selection
        first = box.maximum() == 0
        box.setMaximum(max(n_layers - 1, 0))
        chosen = n_layers // 2 if first and not selection.layer else selection.layer
        selection.layer = min(chosen, n_layers - 1)
        box.setValue(selection.layer)  # one chosen before was beyond what the box had

    def _result_ready(self, name: str, result: Any) -> None:
        if name == "words":
            self._keep_word_selection(result.words)
        self._states.came(name, result)
        awaited = self._awaited()
        for panel in self._parts.panels.made().values():
            self._hand(panel, name, result)
            panel.set_stale(panel.is_stale(awaited))
        if name in SECTIONS:
            self._compare_forms()
        if self._updates.idle():
            self._parts.controller.shown()

    def _keep_word_selection(self, words: tuple[str, ...]) -> None:
        """Let the selected pair and word follow their words into a new list."""
        place = {word: index for index, word in enumerate(words)}

        def moved(index: int) -> int | None:
            return place.get(self._words[index]) if index < len(self._words) else None

        selection = self._parts.selection
        if (pair := selection.pair) is not None:
            found = sorted(index for index in map(moved, pair) if index is not None)
            selection.pair = (found[0], found[1]) if len(found) == 2 else None
        if selection.word is not None:
            selection.word = moved(selection.word)
        self._words = words

    def _results_dropped(self, names: set[str]) -> None:
        shown = {self._states.shown_as(name) for name in names} - {None}
        for panel in self._parts.panels.made().values():
            panel.forget({name for name in shown if name is not None})
        self._states.went(self._parts.controller.results)

    def _busy_changed(self, busy: bool) -> None:
        if busy:
            self._clock.start()

    def _cancelled(self) -> None:
        self._parts.status.say(tr("Cancelled; what was shown stays."))

    def _failed(self, message: str, details: str, offers: Iterable[Offer]) -> None:
        self._parts.status.say(tr("It did not work; what was shown stays."))
        elsewhere = {
            tr("Run on {device}", device=str(offer.value).upper()): partial(
                self._runs.choose_device, str(offer.value)
            )
            for offer in offers
            if offer.what == "device"
        }
        self._parts.messages.say(message, details, elsewhere, about=Cause.RUN)

    def _run_ended(self, _run: int, state: State) -> None:
        self._compare_forms()
        if state is State.DONE and not self._parts.controller.busy():
            seconds = f"{self._clock.elapsed() / 1000:.1f}"
            self._parts.status.say(tr("Done in {seconds} s", seconds=seconds))

    def _compare_forms(self) -> None:
        controller = self._parts.controller
        self._parts.forms.compare(controller.experiment, controller.results)


def _needed_for(task: Task) -> set[str]:
    """Return the ids of the results that a task's panels show."""
    altered = AFTER + task.section
    return {task.section, altered, *depending_on(task.section), *depending_on(altered)}
