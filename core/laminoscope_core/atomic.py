"""Files that are either the old one or the new one, whole, never something in between.

The new content is written beside the old file under a temporary name, brought to the disk, and
moved into place.  A process that is killed on the way leaves its temporary file behind; the next
one to write the same file removes it.  A lock on the temporary file, which the system lets go of
when its process ends, tells a dead one from one that is being written.
"""

import contextlib
import errno
import os
import re
import secrets
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl

__all__ = ["write_atomically", "write_together"]

_LONGEST_STEM = 40
_BINARY = getattr(os, "O_BINARY", 0)


def write_atomically(path: Path, content: bytes | Callable[[BinaryIO], object]) -> None:
    """Write a file under a temporary name in the same folder, sync it, move it into place.

    Parameters
    ----------
    path : Path
        The final name.  What was there stays untouched until the new content is on disk; the
        new file takes over its permissions.  If it is a link, the file that it points to is
        replaced.
    content : bytes or callable
        The bytes, or a function that writes them to the open binary file it is given.

    Raises
    ------
    OSError
        Disk full, no permission, a write-protected file, not an ordinary file, …; it names
        ``path``, and no temporary file is left behind.
    """
    write_together({path: content})


def write_together(contents: Mapping[Path, bytes | Callable[[BinaryIO], object]]) -> None:
    """Write files that belong together: if one of them cannot be written, none is.

    All are on the disk under temporary names before the first is moved into place; they are moved
    in their order.

    Parameters
    ----------
    contents : mapping of Path to bytes or callable
        By final name, as for `write_atomically`.

    Raises
    ------
    OSError
        As for `write_atomically`.
    """
    with contextlib.ExitStack() as staged:
        moves = []
        for path, content in contents.items():
            target = Path(os.path.realpath(path))
            with _named(path):
                temporary, file = staged.enter_context(_staged(target, content))
                moves.append((path, temporary, target))
                if sys.platform == "win32":  # there, an open file cannot be moved
                    file.close()
        for path, temporary, target in moves:
            with _named(path):
                os.replace(temporary, target)  # noqa: PTH105 - the atomic move is the point
        for folder in dict.fromkeys(target.parent for _, _, target in moves):
            _sync_folder(folder)


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """Name a file in what goes wrong: a full disk has no name, and a temporary one says nothing."""
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        raise


@contextlib.contextmanager
def _staged(
    target: Path, content: bytes | Callable[[BinaryIO], object]
) -> Iterator[tuple[Path, BinaryIO]]:
    """Give a temporary file with the content, which is on the disk; it is removed at the end."""
    before = _status_of(target)
    _remove_leftovers(target)
    handle, temporary = _open_temporary(target)
    try:
        with os.fdopen(handle, "wb") as file:
            if callable(content):
                content(file)
            else:
                file.write(content)
            file.flush()
            os.fsync(file.fileno())
            if before is not None:
                _take_over(temporary, before)
            yield temporary, file
    finally:
        temporary.unlink(missing_ok=True)


def _status_of(target: Path) -> os.stat_result | None:
    """Return what stands there now, None for nothing; refuse what must not be replaced."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "It is a folder", str(target))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "It is not an ordinary file", str(target))
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "The file is write-protected", str(target))
    return status


def _open_temporary(target: Path) -> tuple[int, Path]:
    while True:
        temporary = target.with_name(f".{_stem(target)}.{secrets.token_hex(8)}.part")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
        # created with the mode of an ordinary new file: the system applies the umask
        handle = os.open(temporary, flags, 0o666)
        if _lock(handle) is not False and temporary.exists():
            return handle, temporary
        os.close(handle)  # somebody took it for a leftover before it was locked


def _remove_leftovers(target: Path) -> None:
    """Remove what processes that were killed while writing this file have left."""
    pattern = re.compile(re.escape(f".{_stem(target)}.") + r"[0-9a-f]{16}\.part")
    with contextlib.suppress(OSError):
        for entry in target.parent.iterdir():
            if pattern.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    _remove_if_dead(entry)


def _remove_if_dead(leftover: Path) -> None:
    handle = os.open(leftover, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0))
    try:
        dead = _lock(handle) is True
        if dead and sys.platform != "win32":
            leftover.unlink()
    finally:
        os.close(handle)
    if dead and sys.platform == "win32":  # a file that is being written cannot be removed there
        leftover.unlink()


def _lock(handle: int) -> bool | None:
    """Lock an open file until it is closed.

    Returns
    -------
    bool or None
        False if somebody else holds it; None where locks do not exist.
    """
    if sys.platform == "win32":
        return True  # deleting a file that is open fails there
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _take_over(temporary: Path, before: os.stat_result) -> None:
    with contextlib.suppress(OSError):  # only an administrator may give files away
        if hasattr(os, "chown"):
            os.chown(temporary, before.st_uid, before.st_gid)
    with contextlib.suppress(OSError):
        temporary.chmod(stat.S_IMODE(before.st_mode))


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk, where folders can be synced."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _stem(target: Path) -> str:
    return target.name[:_LONGEST_STEM]
