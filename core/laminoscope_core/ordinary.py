"""Open ordinary files only: a pipe would wait for its writer, and a device has no end."""

import errno
import os
import stat
from hashlib import file_digest
from io import BufferedReader
from pathlib import Path

__all__ = ["NotOrdinary", "open_ordinary", "sha256_of"]

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
)


class NotOrdinary(OSError):
    """A file is a pipe, a device, a folder or a socket."""

    def __init__(self, file: Path) -> None:
        super().__init__(errno.EINVAL, "it is not an ordinary file", str(file))


def open_ordinary(file: Path) -> BufferedReader:
    """Open a file for reading that is an ordinary one, or a link to one.

    Raises
    ------
    NotOrdinary
        It is none.
    OSError
        It cannot be opened.
    ValueError
        Its name holds a NUL.
    """
    # Looked at before it is opened, since opening alone can wind a tape, and once more after it,
    # since it may have been exchanged in between.
    _require(file, file.stat())
    opened = os.fdopen(os.open(file, _FLAGS), "rb")
    try:
        _require(file, os.fstat(opened.fileno()))
    except NotOrdinary:
        opened.close()
        raise
    return opened


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of an ordinary file, in hexadecimal digits; raises as `open_ordinary`."""
    with open_ordinary(file) as opened:
        return file_digest(opened, "sha256").hexdigest()


def _require(file: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise NotOrdinary(file)
