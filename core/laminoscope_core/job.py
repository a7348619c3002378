"""Progress and cancellation, passed down into everything that takes time.

A `Job` is the only thing that a long computation knows of the world that started it: it
reports how far it is and asks whether it should go on.
"""

import threading
from collections.abc import Callable

__all__ = ["Cancelled", "Job"]


class Cancelled(Exception):
    """Raised by `Job.check` once the job has been cancelled."""


class Job:
    """Reports progress to whoever started the work, and carries a request to stop back.

    Parameters
    ----------
    on_report : callable, optional
        Called as ``on_report(fraction, text)``, in the thread that does the work.

    Examples
    --------
    >>> job = Job(lambda fraction, text: print(f"{fraction:.0%} {text}"))
    >>> second_half = job.part(0.5, 1.0)
    >>> second_half.report(0.5, "layer 15")
    75% layer 15
    >>> job.cancel()
    >>> second_half.check()
    Traceback (most recent call last):
        ...
    laminoscope_core.job.Cancelled
    """

    def __init__(self, on_report: Callable[[float, str], None] | None = None) -> None:
        self._on_report = on_report
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` has been called."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next `check`; safe from any thread."""
        self._cancelled.set()

    def check(self) -> None:
        """Raise `Cancelled` if the job has been cancelled."""
        if self._cancelled.is_set():
            raise Cancelled

    def report(self, fraction: float, text: str) -> None:
        """Tell how far the work is (0 to 1) and what it is doing, then `check`."""
        self.check()
        if self._on_report is not None:
            self._on_report(min(max(fraction, 0.0), 1.0), text)

    def part(self, start: float, stop: float) -> "Job":
        """Return a job whose 0–1 maps onto ``start``–``stop`` of this one.

        The two share their cancellation.
        """
        part = Job(lambda fraction, text: self.report(start + fraction * (stop - start), text))
        part._cancelled = self._cancelled
        return part
