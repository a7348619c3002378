"""Folders in which work is done before it is moved into the cache, and what the dead left."""

import contextlib
import json
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from laminoscope_core.owner import is_alive, is_here, owner, read_owner

__all__ = ["remove_stale", "temporary_folder"]

_SUFFIX, _LOCK = ".part", ".lock"
_FORGOTTEN_SECONDS = 30 * 86400.0


@contextlib.contextmanager
def temporary_folder(parent: Path) -> Iterator[Path]:
    """Give a folder inside ``parent``, on the same disk, that is gone afterwards.

    A lock beside it says which process of which machine it belongs to, so that `remove_stale`
    can tell what a process that died has left.
    """
    remove_stale(parent)
    name = secrets.token_hex(8)
    lock, folder = parent / f".{name}{_LOCK}", parent / f".{name}{_SUFFIX}"
    lock.write_text(json.dumps(owner()), encoding="utf-8")
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.unlink(missing_ok=True)


def remove_stale(parent: Path) -> None:
    """Remove the temporary folders of processes of this machine that no longer live.

    What belongs to another machine, or to nobody known, is left alone until it has not changed
    for a month.
    """
    for lock in parent.glob(f".*{_LOCK}"):
        _remove_if_stale(lock.with_suffix(_SUFFIX), read_owner(lock), lock)
    for folder in parent.glob(f".*{_SUFFIX}"):
        if not folder.with_suffix(_LOCK).exists():
            _remove_if_stale(folder, None, None)


def _remove_if_stale(folder: Path, known: dict[str, Any] | None, lock: Path | None) -> None:
    if known is not None and is_here(known):
        stale = not is_alive(known)
    else:
        stale = time.time() - _changed(folder, lock) > _FORGOTTEN_SECONDS
    if stale:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            with contextlib.suppress(OSError):
                lock.unlink(missing_ok=True)


def _changed(folder: Path, lock: Path | None) -> float:
    """Return when anything of a temporary folder last changed (s)."""
    times = [0.0]
    for path in (lock, folder, *folder.rglob("*")):
        with contextlib.suppress(OSError):
            if path is not None:
                times.append(path.stat().st_mtime)
    return max(times)
