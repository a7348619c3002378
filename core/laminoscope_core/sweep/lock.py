"""One sweep at a time in a folder: two would remove one another's cells."""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.owner import is_alive, is_here, owner, read_owner

__all__ = ["LOCK", "InUse", "locked"]

LOCK = ".lock"
"""The file in the folder of a sweep that says whose the folder is."""


class InUse(LaminoscopeError):
    """Another sweep runs in a folder."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other sweeps out of a folder; what a dead process kept is taken over.

    Raises
    ------
    InUse
        Another one runs there, as far as this machine can tell.
    OSError
        The folder cannot be written to.
    """
    lock = folder / LOCK
    while not _created(lock):
        _remove_if_dead(lock)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _created(lock: Path) -> bool:
    try:
        file = lock.open("x", encoding="utf-8")
    except FileExistsError:
        return False
    with file:
        json.dump(owner(), file)
    return True


def _remove_if_dead(lock: Path) -> None:
    """Remove the lock of a process of this machine that no longer lives."""
    other = read_owner(lock)
    if other is not None and is_here(other):
        if is_alive(other):
            raise _in_use(lock, f"process {other['pid']}")
        mine = lock.with_name(f"{LOCK}.{secrets.token_hex(8)}")
        try:
            os.replace(lock, mine)  # noqa: PTH105 - the atomic move is the point
        except FileNotFoundError:
            return
        is_same = read_owner(mine) == other
        if is_same:
            mine.unlink()
            return
        os.replace(mine, lock)  # noqa: PTH105 - somebody was quicker, and it is theirs now
    elif lock.exists() or lock.is_symlink():  # a link may lead nowhere
        raise _in_use(lock, "a process of another machine")


def _in_use(lock: Path, whose: str) -> InUse:
    return InUse(
        f"Another sweep runs in {lock.parent}: {whose}.",
        f"Wait until it ends; if none runs there, delete {lock}.",
    )
