"""What opening models leaves in the cache: hashes, temporary names, folders moved in whole."""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil

from laminoscope_core.atomic import write_atomically
from laminoscope_core.errors import ModelError
from laminoscope_core.job import Job
from laminoscope_core.paths import cache_folder

__all__ = [
    "disk_errors",
    "file_sha256",
    "move_folder_in",
    "remove_stale",
    "require_disk_space",
    "temporary_folder",
]

_CHUNK = 1 << 20
_SUFFIX = ".part"


def file_sha256(path: Path, job: Job | None = None) -> str:
    """Return the SHA-256 of a file, from the cache if the file has not changed since.

    A file is taken for unchanged while its path, size and modification time (ns) are the same.

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
    status = path.stat()
    key = hashlib.sha256(f"{path}\0{status.st_size}\0{status.st_mtime_ns}".encode()).hexdigest()
    remembered = cache_folder("hashes") / key[:32]
    with contextlib.suppress(OSError, ValueError):
        known = json.loads(remembered.read_text(encoding="utf-8"))
        if known["path"] == str(path) and len(known["sha256"]) == 64:
            return str(known["sha256"])
    digest = hash_bytes(path, job)
    content = json.dumps({"path": str(path), "sha256": digest}).encode()
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


@contextlib.contextmanager
def temporary_folder(parent: Path) -> Iterator[Path]:
    """Give a folder inside ``parent``, on the same disk, that is gone afterwards.

    Its name carries the process's number, so that `remove_stale` can tell what a process that
    died has left.
    """
    remove_stale(parent)
    folder = Path(tempfile.mkdtemp(prefix=f".{os.getpid()}-", suffix=_SUFFIX, dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove_stale(parent: Path) -> None:
    """Remove the temporary folders of processes that no longer live."""
    for folder in parent.glob(f".*-*{_SUFFIX}"):
        number = folder.name[1:].partition("-")[0]
        if number.isdigit() and not _alive(int(number), folder):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int, folder: Path) -> bool:
    try:
        # A process younger than its folder's making is another one that got the same number.
        return bool(psutil.Process(pid).create_time() <= folder.stat().st_mtime + 2.0)
    except psutil.NoSuchProcess:
        return False
    except (psutil.Error, OSError):
        return True


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
