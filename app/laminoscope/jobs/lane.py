"""A lane: one thread, in which jobs are done one after the other."""

import contextlib
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Signal

from laminoscope.jobs.entry import End, Entry, State, Work
from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.job import Cancelled, Job
from laminoscope_widgets.translation import tr

__all__ = ["LONGEST_WAIT", "Lane"]

LONGEST_WAIT = 0.25
"""Seconds that the work waits for the window to draw a partial result."""


class Lane(QObject):
    """Does the work of jobs in its thread, and tells about them by signals in the GUI thread.

    ``progressed(entry, fraction, text)``, ``partial(entry, name, result)``, and at last, always,
    ``ended(entry, end)``.  What comes first is done first; work that is started while other work
    is under way is done within it, at its next report.

    Parameters
    ----------
    name : str
        Of the thread.
    """

    progressed = Signal(object, float, str)
    partial = Signal(object, str, object)
    ended = Signal(object, object)
    _answered = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answered.connect(self._deliver)
        self._closed = False
        self._shown = threading.Event()
        self._ready: deque[Callable[[], None]] = deque()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=f"laminoscope-{name}")

    def start(self, entry: Entry, work: Work) -> None:
        """Do the work of a job as soon as the thread comes to it."""
        entry.job = Job(lambda fraction, text: self._report(entry, fraction, text))
        self._do(lambda: self._work(entry, work))

    def ask(self, question: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Answer a short question in the thread; ``then`` gets what it returned.

        One that fails, in whatever way, is not answered, and ends no work that it was asked in;
        what no question should raise is told as an error of the thread.
        """

        def answer() -> None:
            try:
                result = question()
            except LaminoscopeError:
                return
            except BaseException:
                told = (*sys.exc_info(), threading.current_thread())
                threading.excepthook(threading.ExceptHookArgs(told))
            else:
                self._answered.emit(lambda: then(result))

        self._do(answer)

    def shown(self) -> None:
        """Say that the last partial result has been drawn, so that the work goes on."""
        self._shown.set()

    def close(self, timeout: float = 30.0) -> bool:
        """Wait for the thread to end, and return whether it did in time; jobs are to be cancelled.

        What has not begun does not begin.
        """
        self._closed = True
        self._ready.clear()
        self._shown.set()
        self._pool.shutdown(wait=False, cancel_futures=True)
        threads = list(self._pool._threads)
        for thread in threads:
            thread.join(timeout)
        return not any(thread.is_alive() for thread in threads)

    def _do(self, work: Callable[[], None]) -> None:
        self._ready.append(work)
        self._pool.submit(self._do_what_is_ready)

    def _do_what_is_ready(self) -> None:
        with contextlib.suppress(IndexError):
            while True:
                self._ready.popleft()()

    def _deliver(self, then: Callable[[], None]) -> None:
        if not self._closed:
            then()

    def _report(self, entry: Entry, fraction: float, text: str) -> None:
        self.progressed.emit(entry, fraction, text)
        self._do_what_is_ready()

    def _work(self, entry: Entry, work: Work) -> None:
        job = entry.job

        def hand_out(name: str, result: object) -> None:
            job.check()
            self._shown.clear()
            self.partial.emit(entry, name, result)
            # Drawing and computing at once make each other slow: they share one interpreter lock.
            self._shown.wait(LONGEST_WAIT)

        try:
            job.check()
            work(job, hand_out)
            job.check()
        except Cancelled:
            end = End(State.CANCELLED)
        except LaminoscopeError as error:
            end = End(State.FAILED, str(error), offers=tuple(getattr(error, "offers", ())))
        except MemoryError:
            why = tr("There is not enough memory for this.")
            end = End(State.FAILED, why, traceback.format_exc())
        except BaseException as error:  # a library's panic is no Exception; a job always ends
            kind = type(error).__name__
            why = tr("Something went wrong that should not have: {error}", error=f"{kind}: {error}")
            end = End(State.FAILED, why, traceback.format_exc())
        else:
            end = End(State.DONE)
        self.ended.emit(entry, end)
