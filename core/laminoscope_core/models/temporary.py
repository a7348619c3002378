"""Folders in which work is done before it is moved into the cache, and what the dead left."""

import contextlib
import functools
import json
import os
import platform
import secrets
import shutil
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

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
    lock.write_text(json.dumps(_owner()), encoding="utf-8")
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
        _remove_if_stale(lock.with_suffix(_SUFFIX), _read_owner(lock), lock)
    for folder in parent.glob(f".*{_SUFFIX}"):
        if not folder.with_suffix(_LOCK).exists():
            _remove_if_stale(folder, None, None)


def _remove_if_stale(folder: Path, owner: dict[str, Any] | None, lock: Path | None) -> None:
    if owner is not None and owner["host"] == _host():
        stale = not _alive(owner)
    else:
        stale = time.time() - _changed(folder, lock) > _FORGOTTEN_SECONDS
    if stale:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            with contextlib.suppress(OSError):
                lock.unlink(missing_ok=True)


def _owner() -> dict[str, Any]:
    """Return what tells this process from any other."""
    started = psutil.Process().create_time()
    return {"host": _host(), "boot": _boot(), "pid": os.getpid(), "started": started}


@functools.cache
def _host() -> str:
    """Return what tells this machine from others that may share the cache.

    Containers count as machines: their processes have numbers of their own.
    """
    parts = [platform.node(), f"{uuid.getnode():x}"]
    for source in ("/etc/machine-id", "/proc/self/ns/pid"):
        with contextlib.suppress(OSError):
            path = Path(source)
            is_link = path.is_symlink() and "ns" in path.parts
            parts.append(os.readlink(path) if is_link else path.read_text(encoding="ascii"))  # noqa: PTH115
    return " ".join(part.strip() for part in parts)


def _boot() -> str:
    with contextlib.suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return ""


def _read_owner(lock: Path) -> dict[str, Any] | None:
    try:
        owner = json.loads(lock.read_text(encoding="utf-8"))
        known = isinstance(owner["host"], str) and isinstance(owner["boot"], str)
        known = known and type(owner["pid"]) is int and isinstance(owner["started"], float)
        return dict(owner) if known else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _alive(owner: dict[str, Any]) -> bool:
    if owner["boot"] != _boot():
        return False
    try:
        # Another process may have got the number of one that died.
        return bool(abs(psutil.Process(owner["pid"]).create_time() - owner["started"]) < 2.0)
    except psutil.NoSuchProcess:
        return False
    except (psutil.Error, OSError):
        return True


def _changed(folder: Path, lock: Path | None) -> float:
    """Return when anything of a temporary folder last changed (s)."""
    times = [0.0]
    for path in (lock, folder, *folder.rglob("*")):
        with contextlib.suppress(OSError):
            if path is not None:
                times.append(path.stat().st_mtime)
    return max(times)
