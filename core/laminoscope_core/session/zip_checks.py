"""Whether a zip archive is one that a session may be, before any member of it is read."""

import os
import re
import struct
import zipfile
from pathlib import Path
from typing import IO

import psutil

from laminoscope_core.errors import SessionError

__all__ = ["MAX_DIRECTORY", "SUMS", "check_end", "checked_members", "damaged"]

MAX_ARCHIVE = 16 * 2**30
"""Bytes of a whole file."""

MAX_MEMBERS = 20_000

MAX_DIRECTORY = 200 * MAX_MEMBERS
"""Bytes of the list of members, and of the list of checksums."""

MAX_RATIO = 200
"""How many times larger than packed a member of more than `FREE` bytes may be."""

FREE = 2**20

SUMS = "SHA256SUMS"

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*(\.[a-z]{1,8})?")
_ENCRYPTED = 0x1 | 0x40 | 0x2000


def check_end(file: IO[bytes], path: Path) -> None:
    """Check the end record before anything is made of the list of members.

    The list must lie right before the end record and be of bounded length: reading a list of
    millions of members would take minutes.

    Raises
    ------
    SessionError
        It is not so, or the file is too large.
    """
    try:
        length = file.seek(0, os.SEEK_END)
        if length > MAX_ARCHIVE:
            raise SessionError(
                f"{path.name} has {length / 2**30:.0f} GB, more than a session can have."
            )
        file.seek(max(0, length - 98))
        tail = file.read(98)
        file.seek(0)
    except OSError as error:
        raise SessionError(
            f"{path} cannot be read: {error.strerror}.", "Check that the file may be read."
        ) from None
    if len(tail) < 22 or tail[-22:-18] != b"PK\x05\x06" or tail[-2:] != b"\0\0":
        raise SessionError(f"{path.name} is not a session, or its end is missing.")
    count, size, start = struct.unpack("<HII", tail[-12:-2])
    end = length - 22
    if len(tail) == 98 and tail[56:60] == b"PK\x06\x07":
        if tail[:4] != b"PK\x06\x06":
            raise damaged(path, "its end record is wrong")
        count, size, start = struct.unpack("<QQQ", tail[32:56])
        end = length - 98
    if count > MAX_MEMBERS or size > MAX_DIRECTORY:
        raise SessionError(f"{path.name} has more members than a session can have.")
    if start + size != end:
        raise damaged(path, "its list of members is not where it should be")


def checked_members(zip_file: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    """Return the members by name, if all may be read.

    Raises
    ------
    SessionError
        A name that is not ours (absolute, with ``..``, …) or stands twice, an encrypted or
        overlapping member, one packed in another way or unreasonably well, or more than there is
        memory for.
    """
    members: dict[str, zipfile.ZipInfo] = {}
    end = 0
    for member in sorted(zip_file.infolist(), key=lambda member: member.header_offset):
        name = member.orig_filename
        if name != SUMS and not (len(name) <= 120 and _NAME.fullmatch(name)):
            raise damaged(path, f"it holds a member of the name {name[:80]!r}")
        if name in members:
            raise damaged(path, f"{name} is in it twice")
        if member.flag_bits & _ENCRYPTED:
            raise damaged(path, f"{name} is encrypted")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(path, f"{name} is packed in a way that sessions are not")
        if member.header_offset < end:
            raise damaged(path, f"{name} overlaps the member before it")
        if member.file_size > max(FREE, MAX_RATIO * member.compress_size):
            raise damaged(path, f"{name} would unpack to {member.file_size} bytes")
        end = member.header_offset + 30 + len(name) + member.compress_size
        members[name] = member
    if end > zip_file.start_dir or len(members) > MAX_MEMBERS:
        raise damaged(path, "its members do not fit into it")
    needed = sum(member.file_size for member in members.values())
    available = psutil.virtual_memory().available
    if needed > available:
        raise SessionError(
            f"{path.name} needs {needed / 2**30:.1f} GB of memory;"
            f" {available / 2**30:.1f} are free.",
            "Close other programs and try again.",
        )
    return members


def damaged(path: Path, what: str) -> SessionError:
    """Return the error of a file that is not as it was written."""
    return SessionError(f"{path.name} is damaged: {what}.")
