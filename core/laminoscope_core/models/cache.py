"""What opening models leaves in the cache: hashes, and folders moved in whole."""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from laminoscope_core.atomic import write_atomically
from laminoscope_core.errors import ModelError
from laminoscope_core.job import Job
from laminoscope_core.paths import cache_folder

__all__ = [
    "disk_errors",
    "file_sha256",
    "move_folder_in",
    "require_disk_space",
    "stamp_of",
]

_CHUNK = 1 << 20
_SETTLED_NS = 20_000_000


def stamp_of(file: Path) -> list[int]:
    """Return what changes when a file does: size, times (ns) of content and entry, number.

    The time of the entry changes with every write and cannot be set, the number with every file
    that is moved into the place of another.
    """
    status = file.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def file_sha256(path: Path, job: Job | None = None) -> str:
    """Return the SHA-256 of a file, from the cache if the file has not changed since.

    A file is taken for unchanged while its path and its stamp are the same.

    Parameters
    ----------
    path : Path
        An existing file.
    job : Job, optional
        Told how far the reading is; cancels it.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "abc")
    ...     _ = path.write_bytes(b"abc")
    ...     hash_bytes(path)[:16]
    'ba7816bf8f01cfea'
    """
    path = path.resolve()
    stamp = stamp_of(path)
    key = hashlib.sha256(os.fsencode(path)).hexdigest()
    remembered = cache_folder("hashes") / key[:32]
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        known = json.loads(remembered.read_text(encoding="utf-8"))
        if known["path"] == str(path) and known["stamp"] == stamp:
            return str(known["sha256"])
    asked = time.time_ns()
    digest = hash_bytes(path, job)
    # A clock of files ticks every few milliseconds: what was written just now could be written
    # again without another stamp.
    if asked - max(stamp[1:3]) > _SETTLED_NS:
        content = json.dumps({"path": str(path), "stamp": stamp, "sha256": digest}).encode()
        with contextlib.suppress(OSError):  # a full disk costs the memory of it, not the result
            write_atomically(remembered, content)
    return digest


def hash_bytes(path: Path, job: Job | None = None) -> str:
    """Return the SHA-256 of a file by reading it."""
    size = max(path.stat().st_size, 1)
    digest = hashlib.sha256()
    done = reported = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            done += len(chunk)
            if job is not None:
                job.check()
                if done - reported > size / 50:
                    reported = done
                    job.report(min(done / size, 1.0), f"Checking {path.name}")
    return digest.hexdigest()


def move_folder_in(temporary: Path, final: Path) -> None:
    """Give a finished folder its final name, all at once.

    If another process has put its own there meanwhile, that one stays: both were made from the
    same bytes.
    """
    for file in temporary.rglob("*"):
        if file.is_file():
            with file.open("rb") as opened:
                os.fsync(opened.fileno())
    try:
        os.replace(temporary, final)  # noqa: PTH105 - the atomic move is the point
    except OSError as error:
        taken = {errno.ENOTEMPTY, errno.EEXIST, errno.EACCES, errno.EPERM}
        if error.errno not in taken or not final.is_dir():
            raise


@contextlib.contextmanager
def disk_errors(doing: str, needed: int) -> Iterator[None]:
    """Turn the operating system's errors while writing into a `ModelError` that says what to do.

    Parameters
    ----------
    doing : str
        As ``"fetch Gemma 3 270M"``.
    needed : int
        Bytes that the work takes on disk.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _disk_full(doing, needed) from error
        if isinstance(error, PermissionError) or error.errno == errno.EROFS:
            raise ModelError(
                f"Cannot {doing}: {error.strerror} ({error.filename or cache_folder()}).",
                "Set LAMINOSCOPE_CACHE to a folder that you may write to.",
            ) from error
        raise


def require_disk_space(doing: str, needed: int) -> None:
    """Refuse work that the cache's disk has no room for.

    Raises
    ------
    ModelError
        Fewer than ``needed`` bytes are free; both numbers are named.
    """
    if shutil.disk_usage(cache_folder()).free < needed:
        raise _disk_full(doing, needed)


def _disk_full(doing: str, needed: int) -> ModelError:
    free = shutil.disk_usage(cache_folder()).free
    return ModelError(
        f"There is no disk space to {doing}: it takes {needed / 1e6:,.0f} MB and "
        f"{cache_folder()} has {free / 1e6:,.0f} MB left.",
        "Free some space, or set LAMINOSCOPE_CACHE to a folder on another disk.",
    )
