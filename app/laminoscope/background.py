"""Short work beside the jobs: reading and writing files, one piece at a time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from laminoscope_core.errors import LaminoscopeError
from laminoscope_widgets.translation import tr

__all__ = ["Background", "not_written"]

T = TypeVar("T")


class Background(QObject):
    """A thread for work that is not a job: it is short and is never cancelled.

    Parameters
    ----------
    name : str
        Of the thread.
    failed : callable
        Called in the GUI thread with a message when work fails.
    """

    _ended = Signal(object)

    def __init__(self, name: str, failed: Callable[[str], None]) -> None:
        super().__init__()
        self._failed = failed
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._closed = False
        self._ended.connect(self._go_on)

    def do(
        self,
        work: Callable[[], T],
        then: Callable[[T], object],
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Do something in the thread, then something with its result in the GUI thread.

        Parameters
        ----------
        work : callable
            Touches no widget.
        then : callable
            Called with what ``work`` returned.
        failed : callable, optional
            Called with a message instead, by default what the constructor was given.
        """
        tell = failed or self._failed

        def run() -> None:
            message, result = _attempt(work)
            if message:
                self._ended.emit(lambda: tell(message))
            else:
                self._ended.emit(lambda: then(result))

        self._pool.submit(run)

    def _go_on(self, then: Callable[[], object]) -> None:
        if not self._closed:  # the window that would be told is gone
            then()

    def close(self) -> None:
        """Wait for what is being done."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=False)


def _attempt(work: Callable[[], T]) -> tuple[str, Any]:
    """Return why work failed, or nothing, and what it returned."""
    try:
        return "", work()
    except LaminoscopeError as error:
        return str(error), None
    except OSError as error:
        return not_written(error), None
    except BaseException as error:  # a library's panic is no Exception
        what = f"{type(error).__name__}: {error}"
        return tr("Something went wrong that should not have: {error}", error=what), None


def not_written(error: OSError) -> str:
    """Return which file could not be written, why, and what to do."""
    file = error.filename or tr("The file")
    said = tr("{file} could not be written: {reason}.", file=file, reason=error.strerror)
    return f"{said} {tr('Choose another place, or make room there.')}"
