"""What cannot look at a job: calls and imports of libraries, which a cancelled job leaves behind.

They are done in a thread of their own while the calling one waits.  When the job is cancelled the
waiting ends at once; what was begun goes on to its end, and nobody gets what comes of it.

Imports in a background thread stall all others, and the window, for hundreds of milliseconds at a
time: the dynamic loader maps large libraries while Python's lock is held, and the garbage collector
walks the hundreds of thousands of objects that an import makes.  So large libraries are mapped
first through ctypes, which gives the lock away, the collector rests meanwhile, and what was made is
then moved out of its sight.
"""

import ctypes
import gc
import importlib
import importlib.util
import os
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from laminoscope_core.job import Job

__all__ = ["aside", "import_aside", "importing", "map_library", "package_folder", "quietly"]

T = TypeVar("T")

_LONGEST_WAIT = 0.02
_NEEDS = {"scipy": ("scipy",), "statsmodels": ("scipy", "pyarrow")}
"""Whose large libraries are mapped by importing from a package."""
_LARGE = {
    "scipy": ("../scipy.libs/lib*blas*", ".dylibs/lib*blas*"),
    "pyarrow": ("libarrow.*", "libparquet.*", "libarrow_compute.*"),
}
"""Where they lie, from a package's folder, those first that others need."""
_lock = threading.Lock()


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


def importing() -> bool:
    """Return whether something is being imported that makes very many objects."""
    return _lock.locked()


def quietly(load: Callable[[], object], job: Job) -> None:
    """Load something while no garbage is collected; what a cancelled job began goes on behind.

    Parameters
    ----------
    load : callable
        Imports or maps; one at a time does.
    job : Job

    Raises
    ------
    Cancelled
        The job was cancelled.
    """

    def work() -> None:
        with _lock:
            collects = gc.isenabled()
            gc.disable()
            try:
                load()
            finally:
                gc.freeze()
                (gc.enable if collects else gc.disable)()  # whatever was imported may have done

    aside(work, job)


def package_folder(package: str) -> Path | None:
    """Return where a package lies, without importing it; None where there is none."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def map_library(library: Path, *, for_all: bool = False) -> None:
    """Map a library into the process while other threads go on.

    Python's own loader holds the interpreter's lock meanwhile; a call of the C library's
    ``dlopen`` through ctypes does not.  A library that cannot be mapped is left to the import,
    which knows how to complain.  Windows' loader gives the lock away by itself.

    Parameters
    ----------
    library : Path
    for_all : bool
        Whether libraries that are mapped later find its names.
    """
    if os.name != "posix" or not library.is_file():
        return
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.restype, dlopen.argtypes = ctypes.c_void_p, (ctypes.c_char_p, ctypes.c_int)
    mode = os.RTLD_GLOBAL if for_all else os.RTLD_LOCAL
    dlopen(os.fsencode(library), os.RTLD_NOW | mode)


def _large_libraries(module: str) -> Iterator[Path]:
    """Yield the large libraries that importing a module will map, and that are not there yet."""
    for package in _NEEDS.get(module.partition(".")[0], ()):
        folder = None if package in sys.modules else package_folder(package)
        if folder is not None:
            for pattern in _LARGE[package]:
                yield from sorted(folder.glob(pattern))


def import_aside(job: Job, *modules: str) -> None:
    """Import modules that take long to import, if they have not been.

    Raises
    ------
    Cancelled
        The job was cancelled; the import goes on behind.
    """
    for module in modules:
        if module not in sys.modules:
            for library in _large_libraries(module):
                quietly(partial(map_library, library), job)
            quietly(partial(importlib.import_module, module), job)
