"""Jobs that are of no run: figures and files made of results that are there, models to fetch."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from laminoscope.background import not_written
from laminoscope.jobs.entry import End, Entry, HandOut, LaneName, State, Work
from laminoscope.jobs.measures import Measure
from laminoscope.jobs.pace import foreseen
from laminoscope.jobs.queue import Jobs
from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.job import Job

__all__ = ["Errands"]

T = TypeVar("T")


class Errands(QObject):
    """Puts work into the list of jobs, and goes on in the GUI thread with what it returns.

    Parameters
    ----------
    jobs : Jobs
    cancelled : callable
        Called with the title of one that was cancelled.
    failed : callable
        Called with a message, and details for whoever mends the program.
    parent : QObject
        Who wants to know; when it is gone, nothing is told.
    """

    def __init__(
        self,
        jobs: Jobs,
        cancelled: Callable[[str], object],
        failed: Callable[[str, str], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._cancelled, self._failed = cancelled, failed
        self._underway: dict[Entry, _Errand] = {}
        jobs.ended.connect(self._ended)

    def do(
        self,
        title: str,
        work: Callable[[Job], T],
        then: Callable[[T], object],
        *,
        lane: LaneName = "numbers",
        key: Hashable = None,
        measure: Measure | None = None,
        listed: bool = True,
    ) -> Entry:
        """Do something in a lane, then something with its result in the GUI thread.

        It passes long jobs, unless it is foreseen to be one.

        Parameters
        ----------
        title, lane, key, measure, listed
            As of `Entry`.
        work : callable
            Touches no widget; an ``OSError`` tells that a file could not be written.
        then : callable
            Called with what ``work`` returned; not if it was cancelled, was replaced, or failed.
        """

        def begin() -> Work:
            return self._underway[entry].run  # an entry that has ended knows no results any more

        entry = Entry(
            title=title,
            lane=lane,
            begin=begin,
            key=key,
            short=not foreseen(self._jobs.paces.expected(measure)),
            listed=listed,
            measure=measure,
        )
        self._underway[entry] = _Errand(work, then)
        self._jobs.add(entry)
        return entry

    def cancel(self, entry: Entry) -> None:
        """Stop one of them."""
        self._jobs.cancel(entry)

    def drop(self, entry: Entry) -> None:
        """End one of them at once: nobody wants to know any more."""
        self._jobs.drop(entry, End(State.REPLACED))

    def _ended(self, entry: Entry) -> None:
        errand = self._underway.pop(entry, None)
        if errand is None or entry.end is None:
            return
        if entry.state is State.DONE:
            errand.then(errand.made)
        elif entry.state is State.FAILED:
            self._failed(entry.end.why, entry.end.details)
        elif entry.state is State.CANCELLED:
            self._cancelled(entry.title)


@dataclass
class _Errand:
    """What is to be done, what has been made, and what to do with that."""

    work: Callable[[Job], Any]
    then: Callable[[Any], object]
    made: Any = None

    def run(self, job: Job, _: HandOut) -> None:
        """Do the work, in the lane's thread."""
        try:
            self.made = self.work(job)
        except OSError as error:
            raise LaminoscopeError(not_written(error)) from error
