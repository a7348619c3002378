"""Fetching a model without opening it: one at a time, beside the other jobs."""

from PySide6.QtCore import QObject, Signal

from laminoscope.worker import Worker
from laminoscope_core.job import Job

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
        self._worker = Worker()
        self._worker.progressed.connect(
            lambda _, fraction, text: self.progressed.emit(self.source, fraction, text)
        )
        self._worker.finished.connect(lambda *_: self._end(""))
        self._worker.cancelled.connect(lambda _: self._end(""))
        self._worker.failed.connect(lambda _, message, *__: self._end(message))

    def start(self, source: str) -> None:
        """Fetch a model, unless another is being fetched."""
        if self.source:
            return
        self.source = source

        def fetch(job: Job, _: object) -> None:
            from laminoscope_core.models.load import fetch_model

            fetch_model(source, job)

        self._worker.start(fetch)

    def cancel(self) -> None:
        """Stop it; what was begun is taken up again next time, or gone."""
        self._worker.cancel()

    def close(self) -> None:
        """Stop it and wait for the thread."""
        self._worker.close()

    def _end(self, message: str) -> None:
        source, self.source = self.source, ""
        self.ended.emit(source, message)
