"""What the start page says above all else: that the first example runs, or what it would take."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from laminoscope.examples import EXAMPLES
from laminoscope.fetching import Fetching
from laminoscope.opening import Opening
from laminoscope.parts import Parts
from laminoscope.runs import Runs
from laminoscope.start import StartPage
from laminoscope_core.models.catalog import catalog
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["FirstRun"]


class FirstRun(QObject):
    """Runs the first example behind the start page, the first time that there is one.

    If its model is not on this machine, nothing is run or fetched until the user says so.
    Later the model is only opened ahead.

    Attributes
    ----------
    run : int or None
        Of the example behind the page, while nothing else has been asked for.
    """

    def __init__(self, parts: Parts, runs: Runs, opening: Opening, start: StartPage) -> None:
        super().__init__(parts.window)
        self.run: int | None = None
        self._parts = parts
        self._runs = runs
        self._opening = opening
        self._start = start
        self._fetching: Fetching = opening.fetching

    def watch(self) -> None:
        """Look whenever the page knows which models are here, from now on."""
        self._fetching.progressed.connect(self._show_fetching)
        self._fetching.fetched.connect(self._fetched)
        self._fetching.ended.connect(self._fetch_ended)
        self._parts.controller.finished.connect(self._finished)
        self._parts.controller.run_began.connect(self._run_began)
        self._start.models_found.connect(self.look)
        self.look()

    @property
    def _source(self) -> str:
        return self._parts.forms.model.source

    def look(self) -> None:
        """Run the example, open its model, or offer to fetch that: what is possible and new."""
        parts = self._parts
        idle = parts.controller.info is None and not parts.controller.busy()
        busy = not idle or self.run is not None or self._fetching.source
        if busy or not parts.pages.at_start or not self._start.has_looked:
            return
        if self._source in self._start.here:
            if parts.preferences.has_begun:
                self._start.line.hide()
                parts.controller.open_ahead(parts.forms.model)
            else:
                self._run_behind()
        elif (entry := catalog().get(self._source)) is not None:
            offer = tr("Fetch ({size} MB) and run", size=f"{entry.bytes / 1e6:.0f}")
            text = tr("{model} is not on this computer yet.", model=entry.title)
            self._start.line.say(text, offer, self._fetch)

    def open_example(self, name: str, then: Callable[[], object] | None = None) -> None:
        """Open an example as `Opening` does; the one that runs behind the page is only shown."""
        if self.run is not None and name == EXAMPLES[0].name and self._parts.pages.at_start:
            self.show()
            if then is not None:
                then()
            return
        if self.run is not None:
            self._parts.controller.cancel_runs({self.run})
        self._opening.open_example(name, then)

    def show(self) -> None:
        """Show what runs behind the page."""
        self._start.line.hide()
        self._parts.pages.leave_start()

    def _run_behind(self) -> None:
        self._parts.preferences.has_begun = True
        self._opening.example = EXAMPLES[0].name
        self.run = self._runs.capture_section("words", stay=True)
        self._start.line.say(tr("The first example is already running."), tr("Look"), self.show)

    def _fetch(self) -> None:
        self._fetching.start(self._source)
        self._start.line.say(tr("Fetching…"), tr("Cancel"), self._fetching.cancel)

    def _show_fetching(self, source: str, _fraction: float, text: str) -> None:
        if source == self._source and self._start.line.isVisible():
            self._start.line.say(shown_text(text), tr("Cancel"), self._fetching.cancel)

    def _fetched(self, source: str) -> None:
        if source == self._source:
            self._parts.preferences.has_begun = False  # as the button has promised

    def _fetch_ended(self, source: str, _message: str) -> None:
        if source == self._source:
            self._start.line.hide()
            self._start.look()

    def _run_began(self, run: int) -> None:
        if run != self.run:
            self.run = None
            self._start.line.hide()

    def _finished(self) -> None:
        if self.run is not None and self._start.line.isVisible():
            self._start.line.say(tr("The first example is done."), tr("Look"), self.show)
