"""The zip archive that a session is kept in: named members, limits on everything, checksums.

Nothing is ever extracted.  Members are read by name, in pieces, and never past the size that was
announced.  ``SHA256SUMS`` lists every other member (``sha256sum -c`` reads it), so that a damaged
number is never taken for a right one.
"""

import hashlib
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from laminoscope_core.atomic import write_atomically
from laminoscope_core.errors import SessionError
from laminoscope_core.ordinary import open_ordinary
from laminoscope_core.session.zip_checks import (
    FREE,
    MAX_DIRECTORY,
    SUMS,
    check_end,
    checked_members,
    damaged,
)

__all__ = ["Archive", "ArchiveWriter", "open_archive", "write_archive"]

MAX_TEXT = 256 * 2**20
"""Bytes of one member of text, unpacked."""

_PIECE = 2**20
_SUM_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")
_UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    NotImplementedError,
)


class Archive:
    """A session file opened for reading; made by `open_archive`.

    Attributes
    ----------
    names : frozenset of str
        Its members, the list of checksums not among them.
    """

    def __init__(self, zip_file: zipfile.ZipFile, path: Path) -> None:
        self._zip = zip_file
        self._path = path
        self._members = checked_members(zip_file, path)
        self._sums = self._read_sums()
        self.names = frozenset(self._sums)

    def size(self, name: str) -> int:
        """Return how many bytes a member announces; `read` gives so many, or fails."""
        return self._member(name).file_size

    def read(self, name: str, most: int = MAX_TEXT) -> bytes:
        """Return a member's bytes, compared with its checksum.

        Raises
        ------
        SessionError
            There is no such member, it is larger than ``most``, or damaged.
        """
        content = bytearray(self._announced(name, most))
        self.read_into(name, memoryview(content))
        return bytes(content)

    def read_into(self, name: str, target: memoryview) -> None:
        """Fill a writable view of bytes with a member that has exactly as many.

        Raises
        ------
        SessionError
            There is no such member, it has another size, or it is damaged.
        """
        member = self._member(name)
        if member.file_size != len(target):
            raise self._damaged(f"{name} has {member.file_size} bytes, not {len(target)}")
        digest = hashlib.sha256()
        for start, piece in self._pieces(member):
            target[start : start + len(piece)] = piece
            digest.update(piece)
        if digest.hexdigest() != self._sums[name]:
            raise self._damaged(f"the checksum of {name} is wrong")

    def _pieces(self, member: zipfile.ZipInfo) -> Iterator[tuple[int, bytes]]:
        """Yield position and bytes, together exactly as many as announced."""
        position = 0
        try:
            with self._zip.open(member) as stream:
                while piece := stream.read(_PIECE):
                    if position + len(piece) > member.file_size:
                        raise self._damaged(f"{member.filename} is longer than announced")
                    yield position, piece
                    position += len(piece)
        except _UNREADABLE as error:
            raise self._damaged(f"{member.filename} cannot be unpacked") from error
        if position != member.file_size:
            raise self._damaged(f"{member.filename} is shorter than announced")

    def _read_sums(self) -> dict[str, str]:
        member = self._members.get(SUMS)
        if member is None:
            raise SessionError(f"{self._path.name} is not a session: it has no {SUMS}.")
        if member.file_size > MAX_DIRECTORY:
            raise self._damaged(f"{SUMS} is too long")
        content = b"".join(piece for _, piece in self._pieces(member))
        sums: dict[str, str] = {}
        for line in content.decode("ascii", "replace").splitlines():
            found = _SUM_LINE.fullmatch(line)
            if found is None or found[2] in sums:
                raise self._damaged(f"{SUMS} is not a list of checksums")
            sums[found[2]] = found[1]
        if sums.keys() != self._members.keys() - {SUMS}:
            raise self._damaged(f"{SUMS} and the members differ")
        return sums

    def _member(self, name: str) -> zipfile.ZipInfo:
        if name not in self.names:
            raise self._damaged(f"{name} is missing")
        return self._members[name]

    def _announced(self, name: str, most: int) -> int:
        size = self._member(name).file_size
        if size > most:
            raise self._damaged(f"{name} has {size} bytes, more than the {most} allowed")
        return size

    def _damaged(self, what: str) -> SessionError:
        return damaged(self._path, what)


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a session file for reading.

    Raises
    ------
    SessionError
        It cannot be opened, is no such archive, or goes beyond a limit.
    """
    try:
        file = open_ordinary(path)
    except FileNotFoundError:
        raise SessionError(f"There is no file {path}.", "Check its name.") from None
    except OSError as error:
        raise SessionError(
            f"{path} cannot be opened: {error.strerror}.", "Check that the file may be read."
        ) from None
    with file:
        check_end(file, path)
        try:
            zip_file = zipfile.ZipFile(file)
        except _UNREADABLE as error:
            raise damaged(path, "its list of members cannot be read") from error
        with zip_file:
            yield Archive(zip_file, path)


class ArchiveWriter:
    """A session file that is being written; made by `write_archive`."""

    def __init__(self, zip_file: zipfile.ZipFile) -> None:
        self._zip = zip_file
        self._sums: dict[str, str] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._sums

    def add_text(self, name: str, content: bytes) -> None:
        """Add a member, packed unless it would pack so well that a reader takes it for a bomb."""
        if len(content) > MAX_TEXT:
            raise SessionError(
                f"The session cannot be saved: {name} would be too long.", "Shorten the texts."
            )
        packed = len(zlib.compress(content, 1)) if len(content) > FREE else len(content)
        method = zipfile.ZIP_DEFLATED if packed * 50 > len(content) else zipfile.ZIP_STORED
        with self._zip.open(_member(name, len(content), method), "w") as stream:
            stream.write(content)
        self._sums[name] = hashlib.sha256(content).hexdigest()

    def add_pieces(self, name: str, size: int, pieces: Callable[[], Iterator[memoryview]]) -> None:
        """Add a member of ``size`` bytes as it is, piece by piece."""
        digest = hashlib.sha256()
        with self._zip.open(_member(name, size, zipfile.ZIP_STORED), "w") as stream:
            for piece in pieces():
                digest.update(piece)
                stream.write(piece)
        self._sums[name] = digest.hexdigest()

    def finish(self) -> None:
        """Add the list of checksums."""
        lines = "".join(f"{digest}  {name}\n" for name, digest in self._sums.items())
        with self._zip.open(_member(SUMS, len(lines), zipfile.ZIP_STORED), "w") as stream:
            stream.write(lines.encode("ascii"))


def write_archive(path: Path, fill: Callable[[ArchiveWriter], None]) -> None:
    """Write a session file, whole or not at all, straight to the disk.

    Parameters
    ----------
    path : Path
        See `laminoscope_core.atomic.write_atomically`.
    fill : callable
        Adds the members.

    Raises
    ------
    OSError
        As `write_atomically`.
    """

    def write(file: BinaryIO) -> None:
        with zipfile.ZipFile(file, "w") as zip_file:
            writer = ArchiveWriter(zip_file)
            fill(writer)
            writer.finish()

    write_atomically(path, write)


def _member(name: str, size: int, method: int) -> zipfile.ZipInfo:
    """Return a member's header: always the same date, so that the same content is the same file."""
    member = zipfile.ZipInfo(name)
    member.compress_type = method
    member.file_size = size
    member.external_attr = 0o644 << 16
    return member
