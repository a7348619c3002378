"""Fetching a model without opening it: one at a time, beside the other jobs."""

from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from laminoscope.background import Background
from laminoscope_core.job import Cancelled, Job

__all__ = ["Fetching"]


class Fetching(QObject):
    """Fetches and converts models in a thread of its own; goes on when nobody looks.

    ``progressed(source, fraction, text)`` on the way; ``ended(source, message)`` with what went
    wrong, or nothing if it is there or was cancelled.

    Attributes
    ----------
    source : str
        What is being fetched; empty for nothing.
    """

    progressed = Signal(str, float, str)
    ended = Signal(str, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.source = ""
        self._job = Job()
        self._background = Background("laminoscope-fetch", self._end)

    def start(self, source: str) -> None:
        """Fetch a model, unless another is being fetched."""
        if self.source:
            return
        self.source = source
        self._job = job = Job(lambda *report: self.progressed.emit(source, *report))

        def fetch() -> str:
            from laminoscope_core.models.load import fetch_model

            with suppress(Cancelled):
                fetch_model(source, job)
            return ""

        self._background.do(fetch, self._end)

    def cancel(self) -> None:
        """Stop it; what was begun is taken up again next time, or gone."""
        self._job.cancel()

    def close(self) -> None:
        """Stop it and wait for the thread."""
        self._job.cancel()
        self._background.close()

    def _end(self, message: str) -> None:
        source, self.source = self.source, ""
        self.ended.emit(source, message)
