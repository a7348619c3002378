"""What a job tells the window: the model, progress, results, its end."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from laminoscope_core.errors import Offer
from laminoscope_core.models.model import ModelInfo

if TYPE_CHECKING:
    from laminoscope.main_window import MainWindow

__all__ = ["JobView"]


class JobView:
    """Passes the controller's signals on to panels, toolbar, status bar and message bar."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._words: tuple[str, ...] = ()
        controller, status = window.controller, window.status
        controller.model_opened.connect(self._model_opened)
        controller.results_adopted.connect(self._results_adopted)
        controller.remarked.connect(window.show_message)
        controller.forecast_made.connect(status.show_forecast)
        controller.verified.connect(status.show_verification)
        controller.result_ready.connect(self._result_ready)
        controller.results_dropped.connect(self._results_dropped)
        controller.progressed.connect(status.report)
        controller.busy_changed.connect(self._busy_changed)
        controller.finished.connect(self._finished)
        controller.cancelled.connect(self._cancelled)
        controller.failed.connect(self._failed)
        window.updates.emptied.connect(controller.shown)

    def show_progress(self, fraction: float, text: str) -> None:
        """Show progress on the empty page of the task's first panel, and only there."""
        window = self._window
        first = window.task.rows[0][0]
        for name, panel in window.panels.items():
            panel.set_progress(fraction if name == first else None, text, waiting=True)

    def _model_opened(self, info: ModelInfo) -> None:
        window = self._window
        window.model_settled(opened=True)
        window.tools.show_model(info)
        window.status.show_model(info)
        window.preferences.add_recent(info.source)
        window.set_layer_count(info.n_layers)

    def _results_adopted(self, info: ModelInfo) -> None:
        window = self._window
        is_open = window.controller.model is not None
        self._words = ()
        window.set_layer_count(info.n_layers)
        if not is_open:
            window.tools.show_model(info, is_open=False)
            window.status.show_model(info, is_open=False)

    def _result_ready(self, name: str, result: Any) -> None:
        window = self._window
        if name == "words":
            self._keep_word_selection(result.words)
        for panel in window.panels.values():
            if name in panel.requires:
                panel.set_result(name, result)
                panel.set_stale(False)
        if window.updates.idle():
            window.controller.shown()

    def _keep_word_selection(self, words: tuple[str, ...]) -> None:
        """Let the selected pair and word follow their words into a new list."""
        place = {word: index for index, word in enumerate(words)}

        def moved(index: int) -> int | None:
            return place.get(self._words[index]) if index < len(self._words) else None

        selection = self._window.selection
        if (pair := selection.pair) is not None:
            found = sorted(index for index in map(moved, pair) if index is not None)
            selection.pair = (found[0], found[1]) if len(found) == 2 else None
        if selection.word is not None:
            selection.word = moved(selection.word)
        self._words = words

    def _results_dropped(self, names: set[str]) -> None:
        for panel in self._window.panels.values():
            panel.forget(names)

    def _busy_changed(self, busy: bool) -> None:
        window = self._window
        window.actions_by_id["run.cancel"].setEnabled(busy)
        if busy:
            window.status.start()
            return
        window.status.stop()
        for panel in window.panels.values():
            panel.set_stale(False)
            panel.set_progress(None, "", waiting=False)

    def _cancelled(self) -> None:
        self._window.model_settled(opened=False)
        self._window.status.say("Cancelled; what was shown stays.")

    def _failed(self, message: str, details: str, offers: Iterable[Offer]) -> None:
        window = self._window
        window.model_settled(opened=False)
        window.status.say("It did not work; what was shown stays.")
        elsewhere = {
            f"Run on {str(offer.value).upper()}": partial(window.choose_device, str(offer.value))
            for offer in offers
            if offer.what == "device"
        }
        window.messages.say(message, details, elsewhere)

    def _finished(self) -> None:
        self._window.status.say(f"Done in {self._window.status.seconds:.1f} s")
        self._window.tell_edited()
        self._window.run_next()
