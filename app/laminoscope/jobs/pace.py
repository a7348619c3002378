"""How long a job still takes, by its own pace so far."""

import time
from collections.abc import Callable

from laminoscope_widgets.translation import tr

__all__ = ["LONG", "Pace", "foreseen", "spoken"]

LONG = 10.0
"""Seconds; work that is expected to take longer says so before it begins."""

_SILENT = 1.0
"""Seconds in which nothing is said: the first steps are of another pace."""
_LEAST_FRACTION = 0.02
_SLACK = 1.15, 1.0
"""What an estimate may grow by before it is called longer: a factor, and seconds."""


class Pace:
    """Estimates what is left of one job; what it says never counts upwards.

    Parameters
    ----------
    clock : callable
        Returns seconds.

    Attributes
    ----------
    expected : float or None
        Seconds that it was expected to take before it began.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.expected: float | None = None
        self._began: float | None = None
        self._took: float | None = None
        self._fraction = 0.0
        self._least: float | None = None

    @property
    def seconds(self) -> float:
        """How long the job has run, or ran."""
        if self._took is not None:
            return self._took
        return 0.0 if self._began is None else self._clock() - self._began

    def begin(self) -> None:
        """Notice that the job runs."""
        self._began = self._clock()

    def end(self) -> None:
        """Notice that the job has ended."""
        self._took = self.seconds

    def report(self, fraction: float) -> None:
        """Notice how far the job is, from 0 to 1."""
        self._fraction = fraction

    def left(self) -> str:
        """Return what can be said of the time that is left; "" if it is too early to say.

        Until then, that is what was expected, if that is long.

        Examples
        --------
        >>> now = 0.0
        >>> pace = Pace(lambda: now)
        >>> pace.begin()
        >>> now = 4.0
        >>> pace.report(0.4)
        >>> pace.left()
        '6 s left'
        >>> now = 8.0
        >>> pace.left()
        'longer than thought'
        """
        if self.seconds < _SILENT or not _LEAST_FRACTION < self._fraction < 1:
            return foreseen(self.expected)
        left = self.seconds * (1 - self._fraction) / self._fraction
        if self._least is not None and left > self._least:
            factor, seconds = _SLACK
            if left > self._least * factor + seconds:
                return tr("longer than thought")
            left = self._least
        self._least = left
        return tr("{time} left", time=spoken(left))


def foreseen(seconds: float | None) -> str:
    """Return what is said of work before it begins: nothing if it is short, or unknown.

    Examples
    --------
    >>> foreseen(9.0), foreseen(125.0)
    ('', 'about 2 min')
    """
    if seconds is None or seconds <= LONG:
        return ""
    return tr("about {time}", time=spoken(seconds))


def spoken(seconds: float) -> str:
    """Return a time as one says it, never as nothing.

    Examples
    --------
    >>> spoken(0.2), spoken(59), spoken(61), spoken(7300)
    ('1 s', '59 s', '1 min', '2 h')
    """
    if seconds < 59.5:
        return f"{max(1, round(seconds))} s"
    if seconds < 3570:
        return f"{max(1, round(seconds / 60))} min"
    return f"{max(1, round(seconds / 3600))} h"
