"""The background thread: one job at a time; starting another cancels the one before.

A job that has been cancelled may still finish, or fail, a moment later; its signals carry its
run number, and whoever listens drops those whose run is no longer the current one.
"""

import contextlib
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Signal

from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.job import Cancelled, Job

__all__ = ["LONGEST_WAIT", "Task", "Worker"]

LONGEST_WAIT = 0.25
"""Seconds that the work waits for the window to draw a partial result."""

Task = Callable[[Job, Callable[[str, object], None]], Any]
"""Work for the thread: called with its job and with a function that hands out partial results."""


class Worker(QObject):
    """Runs tasks in one thread and tells about them by signals, all in the GUI thread.

    Signals carry the run number first: ``progressed(run, fraction, text)``,
    ``partial(run, name, result)``, ``finished(run, result)``,
    ``failed(run, message, details, offers)``, ``cancelled(run)``.
    Exactly one of the last three ends a run.
    """

    progressed = Signal(int, float, str)
    partial = Signal(int, str, object)
    finished = Signal(int, object)
    failed = Signal(int, str, str, object)
    cancelled = Signal(int)
    _answered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._answered.connect(self._deliver)
        self._closed = False
        self._shown = threading.Event()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="laminoscope-worker")
        self._run = 0
        self._job: Job | None = None
        self._future: Future[None] | None = None

    @property
    def run(self) -> int:
        """Number of the run started last."""
        return self._run

    def start(self, task: Task) -> int:
        """Cancel what runs and start ``task``; return its run number."""
        self.cancel()
        self._run += 1
        run = self._run
        self._job = job = Job(lambda fraction, text: self.progressed.emit(run, fraction, text))
        self._future = self._pool.submit(self._work, run, job, task)
        return run

    def cancel(self) -> None:
        """Ask the current job, if any, to stop at its next check."""
        if self._job is not None:
            self._job.cancel()

    def busy(self) -> bool:
        """Return whether a job runs or waits to run."""
        return self._future is not None and not self._future.done()

    def close(self, timeout: float = 30.0) -> bool:
        """Cancel, wait for the thread to end, and return whether it did in time."""
        self._closed = True
        self.cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)
        threads = list(self._pool._threads)
        for thread in threads:
            thread.join(timeout)
        return not any(thread.is_alive() for thread in threads)

    def ask(self, question: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Answer a short question in the thread, between jobs; ``then`` gets what it returned.

        One that fails is not answered.
        """

        def answer() -> None:
            with contextlib.suppress(LaminoscopeError):
                result = question()
                self._answered.emit(lambda: then(result))

        self._pool.submit(answer)

    def _deliver(self, then: Callable[[], None]) -> None:
        if not self._closed:
            then()

    def shown(self) -> None:
        """Say that the last partial result has been drawn, so that the work goes on."""
        self._shown.set()

    def _work(self, run: int, job: Job, task: Task) -> None:
        def hand_out(name: str, result: object) -> None:
            job.check()
            self._shown.clear()
            self.partial.emit(run, name, result)
            # Drawing and computing at once make each other slow: they share one interpreter lock.
            self._shown.wait(LONGEST_WAIT)

        try:
            job.check()
            result = task(job, hand_out)
            job.check()
        except Cancelled:
            self.cancelled.emit(run)
        except LaminoscopeError as error:
            self.failed.emit(run, str(error), "", getattr(error, "offers", ()))
        except MemoryError:
            message = "There is not enough memory for this."
            self.failed.emit(run, message, traceback.format_exc(), ())
        except BaseException as error:  # a library's panic is no Exception; a job always ends
            message = f"Something went wrong that should not have: {type(error).__name__}: {error}"
            self.failed.emit(run, message, traceback.format_exc(), ())
        else:
            self.finished.emit(run, result)
