"""Short work beside the jobs: drawing figures and writing files, one piece at a time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from laminoscope_core.errors import LaminoscopeError

__all__ = ["Background"]

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
            try:
                result = work()
            except LaminoscopeError as error:
                message = str(error)
            except OSError as error:
                message = f"{error.filename or 'The file'} could not be written: {error.strerror}."
            except Exception as error:
                message = (
                    f"Something went wrong that should not have: {type(error).__name__}: {error}"
                )
            else:
                self._ended.emit(lambda: then(result))
                return
            self._ended.emit(lambda: tell(message))

        self._pool.submit(run)

    def _go_on(self, then: Callable[[], object]) -> None:
        if not self._closed:  # the window that would be told is gone
            then()

    def close(self) -> None:
        """Wait for what is being done."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=False)
