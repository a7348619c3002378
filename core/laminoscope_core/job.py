"""Progress and cancellation, passed down into everything that takes time.

A `Job` is the only thing that a long computation knows of the world that started it: it
reports how far it is, may show what it has so far, and asks whether it should go on.
"""

import threading
import time
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
    on_partial : callable, optional
        Called with a partial result, in the same thread.
    partial_every : float
        Least seconds between two partial results.

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

    def __init__(
        self,
        on_report: Callable[[float, str], None] | None = None,
        on_partial: Callable[[object], None] | None = None,
        partial_every: float = 1.0,
    ) -> None:
        self._on_report = on_report
        self._on_partial = on_partial
        self._partial_every = partial_every
        self._last_partial = time.monotonic()
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

    def show_partial(self, result: Callable[[], object]) -> None:
        """Hand out what there is so far, if somebody listens and the last time is long enough ago.

        Parameters
        ----------
        result : callable
            Makes the partial result, which says of itself that it is one (``complete`` is false);
            called only if it will be handed out.
        """
        now = time.monotonic()
        if self._on_partial is not None and now - self._last_partial >= self._partial_every:
            self._on_partial(result())
            # making and showing it took time too, which is not taken from the work's next second
            self._last_partial = time.monotonic()

    def part(
        self, start: float, stop: float, on_partial: Callable[[object], None] | None = None
    ) -> "Job":
        """Return a job whose 0–1 maps onto ``start``–``stop`` of this one.

        The two share their cancellation.  Partial results of the part go to ``on_partial``, if
        given; those of the whole are not those of its part.
        """
        part = Job(
            lambda fraction, text: self.report(start + fraction * (stop - start), text),
            on_partial,
            self._partial_every,
        )
        part._cancelled = self._cancelled
        return part

    def parts(self, n: int) -> "list[Job]":
        """Return ``n`` jobs that are equal parts of this one, in order."""
        return [self.part(at / n, (at + 1) / n) for at in range(n)]
