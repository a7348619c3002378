"""What a job tells the window: the model, progress, results, its end."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from laminoscope.parts import Parts
from laminoscope.runs import Runs
from laminoscope.toolbar import ToolBar
from laminoscope_core.errors import Offer
from laminoscope_core.models.model import ModelInfo
from laminoscope_widgets.panel import UpdateQueue

__all__ = ["JobView"]


class JobView:
    """Passes the controller's signals on to panels, toolbar, status bar and message bar."""

    def __init__(self, parts: Parts, runs: Runs, tools: ToolBar, updates: UpdateQueue) -> None:
        self._parts = parts
        self._runs = runs
        self._tools = tools
        self._updates = updates
        self._words: tuple[str, ...] = ()
        controller, status = parts.controller, parts.status
        controller.model_opened.connect(self._model_opened)
        controller.results_adopted.connect(self._results_adopted)
        controller.remarked.connect(parts.messages.say)
        controller.forecast_made.connect(status.show_forecast)
        controller.verified.connect(status.show_verification)
        controller.result_ready.connect(self._result_ready)
        controller.results_dropped.connect(self._results_dropped)
        controller.progressed.connect(status.report)
        controller.busy_changed.connect(self._busy_changed)
        controller.finished.connect(self._finished)
        controller.cancelled.connect(self._cancelled)
        controller.failed.connect(self._failed)
        status.painted.connect(self._show_progress)
        updates.emptied.connect(controller.shown)
        parts.forms.changed.connect(self._compare_forms)

    def _show_progress(self, fraction: float, text: str) -> None:
        """Show progress on the empty page of the task's first panel, and only there."""
        first = self._parts.pages.task.rows[0][0]
        for name, panel in self._parts.panels.items():
            panel.set_progress(fraction if name == first else None, text, waiting=True)

    def _model_opened(self, info: ModelInfo) -> None:
        self._runs.settle_model(opened=True)
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
        """Offer so many layers; the first time, select the one in the middle."""
        box, selection = self._tools.layer, self._parts.selection
        first = box.maximum() == 0
        box.setMaximum(max(n_layers - 1, 0))
        selection.layer = n_layers // 2 if first else min(selection.layer, n_layers - 1)

    def _result_ready(self, name: str, result: Any) -> None:
        if name == "words":
            self._keep_word_selection(result.words)
        for panel in self._parts.panels.values():
            if name in panel.requires:
                panel.set_result(name, result)
                panel.set_stale(False)
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
        for panel in self._parts.panels.values():
            panel.forget(names)

    def _busy_changed(self, busy: bool) -> None:
        if busy:
            self._parts.status.start()
            return
        self._parts.status.stop()
        for panel in self._parts.panels.values():
            panel.set_stale(False)
            panel.set_progress(None, "", waiting=False)

    def _cancelled(self) -> None:
        self._runs.settle_model(opened=False)
        self._parts.status.say("Cancelled; what was shown stays.")

    def _failed(self, message: str, details: str, offers: Iterable[Offer]) -> None:
        self._runs.settle_model(opened=False)
        self._parts.status.say("It did not work; what was shown stays.")
        elsewhere = {
            f"Run on {str(offer.value).upper()}": partial(
                self._runs.choose_device, str(offer.value)
            )
            for offer in offers
            if offer.what == "device"
        }
        self._parts.messages.say(message, details, elsewhere)

    def _finished(self) -> None:
        self._parts.status.say(f"Done in {self._parts.status.seconds:.1f} s")
        self._compare_forms()
        self._runs.run_next()

    def _compare_forms(self) -> None:
        controller = self._parts.controller
        self._parts.forms.compare(controller.experiment, controller.results)
