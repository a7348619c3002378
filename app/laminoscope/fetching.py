"""Fetching a model without opening it: one at a time, in a lane of its own."""

from PySide6.QtCore import QObject, Signal

from laminoscope.jobs.entry import Entry
from laminoscope.jobs.errands import Errands
from laminoscope.jobs.queue import Jobs
from laminoscope_core.job import Job
from laminoscope_widgets.translation import tr

__all__ = ["Fetching"]


class Fetching(QObject):
    """Fetches and converts models, as a job of the list; goes on when nobody looks.

    ``progressed(source, fraction, text)`` on the way; ``fetched(source)`` if it is there; always
    ``ended(source, message)``, with what went wrong, or nothing if it is there or was cancelled.

    Attributes
    ----------
    source : str
        What is being fetched; empty for nothing.
    """

    progressed = Signal(str, float, str)
    fetched = Signal(str)
    ended = Signal(str, str)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self.source = ""
        self._entry: Entry | None = None
        self._errands = Errands(
            jobs, lambda _: self._end(""), lambda message, _: self._end(message), self
        )
        jobs.progressed.connect(self._report)

    def start(self, source: str) -> None:
        """Fetch a model, unless another is being fetched."""
        if self.source:
            return
        self.source = source

        def fetch(job: Job) -> None:
            from laminoscope_core.models.load import fetch_model

            fetch_model(source, job)

        def fetched(_: None) -> None:
            self.fetched.emit(source)
            self._end("")

        self._entry = self._errands.do(
            tr("Fetch {model}", model=source), fetch, fetched, lane="network"
        )

    def cancel(self) -> None:
        """Stop it; what was begun is taken up again next time, or gone."""
        if self._entry is not None:
            self._errands.cancel(self._entry)

    def _report(self, entry: Entry) -> None:
        if entry is self._entry:
            self.progressed.emit(self.source, entry.fraction, entry.text)

    def _end(self, message: str) -> None:
        source, self.source, self._entry = self.source, "", None
        self.ended.emit(source, message)
