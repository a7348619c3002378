"""How long work goes on without asking whether it was cancelled, in its threads' own time."""

import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from laminoscope_core.job import Cancelled, Job


@dataclass(frozen=True, order=True)
class Stretch:
    """Seconds of processor time between two looks at a job, and the lines from where to where."""

    seconds: float
    where: str = ""


class _Watched(threading.Event):
    """A job's request to stop, which notes when each thread looks at it."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = Stretch(0.0)
        self._last: dict[int, tuple[float, str]] = {}

    def is_set(self) -> bool:
        self.look()
        return super().is_set()

    def look(self) -> None:
        now, here, thread = time.thread_time(), _line(), threading.get_ident()
        before, where = self._last.get(thread, (now, here))
        self._last[thread] = now, here
        self.longest = max(self.longest, Stretch(now - before, f"{where} → {here}"))


def longest_stretch(work: Callable[[Job], object]) -> Stretch:
    """Return the longest stretch of some work in which it would not have noticed a cancellation.

    Waiting costs no processor time, and neither does what other programs do: what is measured is
    the same on a busy machine.
    """
    job, watched = Job(), _Watched()
    job._cancelled = watched
    watched.look()
    with suppress(Cancelled):
        work(job)
    watched.look()
    return watched.longest


def _line() -> str:
    """Return the line outside of jobs and of this module that looks."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.endswith(("job.py", "looks.py")):
        frame = frame.f_back
    return "" if frame is None else f"{frame.f_code.co_filename[-28:]}:{frame.f_lineno}"
