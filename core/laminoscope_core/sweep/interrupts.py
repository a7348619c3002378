"""Ctrl+C while processes are started and stopped: held back until that is done.

A library that is interrupted there leaves processes behind, and says so in tracebacks.  Those
processes belong to the same terminal and would be interrupted, too: they are born deaf to it.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker

__all__ = ["interrupts_held"]

_CAN_BLOCK = hasattr(signal, "pthread_sigmask")  # not on Windows


@contextmanager
def interrupts_held() -> Iterator[Callable[[], None]]:
    """Hold interrupts back for as long as a ``with`` lasts, then let them happen.

    Yields
    ------
    callable
        Raises `KeyboardInterrupt` if there was one; called where that does no harm.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None  # Python interrupts the main thread only
        return
    seen = threading.Event()

    def check() -> None:
        if seen.is_set() or _is_pending():
            raise KeyboardInterrupt

    if _CAN_BLOCK:
        resource_tracker.ensure_running()  # as it starts, it lets interrupts through again
    before = signal.signal(signal.SIGINT, lambda *_: seen.set())
    # threads and processes that are started from here on inherit what is blocked
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if _CAN_BLOCK else ()
    try:
        yield check
    finally:
        if _CAN_BLOCK:  # one that was blocked is noted now
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, before)
    check()


def _is_pending() -> bool:
    return _CAN_BLOCK and signal.SIGINT in signal.sigpending()
