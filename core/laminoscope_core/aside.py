"""What cannot look at a job: calls and imports of libraries, which a cancelled job leaves behind.

They are done in a thread of their own while the calling one waits.  When the job is cancelled the
waiting ends at once; what was begun goes on to its end, and nobody gets what comes of it.
"""

import importlib
import sys
import threading
from collections.abc import Callable
from typing import TypeVar

from laminoscope_core.job import Job

__all__ = ["aside", "import_aside"]

T = TypeVar("T")

_LONGEST_WAIT = 0.02


def aside(work: Callable[[], T], job: Job) -> T:
    """Return what some work returns that cannot be interrupted.

    Parameters
    ----------
    work : callable
        Changes nothing that anybody else uses, as it may still go on after the job has ended.
    job : Job
        Checked every 20 ms.

    Raises
    ------
    Cancelled
        The job was cancelled.
    BaseException
        Whatever the work raises.

    Examples
    --------
    >>> aside(lambda: 6 * 7, Job())
    42
    """
    returned: list[T] = []
    raised: list[BaseException] = []

    def do() -> None:
        try:
            returned.append(work())
        except BaseException as error:
            raised.append(error)

    job.check()
    thread = threading.Thread(target=do, name="laminoscope-aside")
    thread.start()
    while thread.is_alive():
        thread.join(_LONGEST_WAIT)
        job.check()
    if raised:
        raise raised[0]
    return returned[0]


def import_aside(job: Job, *modules: str) -> None:
    """Import modules that take long to import, if they have not been.

    Raises
    ------
    Cancelled
        The job was cancelled; the import goes on behind.
    """
    for module in modules:
        if module not in sys.modules:
            aside(lambda module=module: importlib.import_module(module), job)  # type: ignore[misc]
