"""Whose something on disk is: a record that tells a process from all others, dead ones too."""

import contextlib
import functools
import json
import os
import platform
import uuid
from pathlib import Path
from typing import Any

import psutil

from laminoscope_core.ordinary import open_ordinary

__all__ = ["is_alive", "is_here", "owner", "read_owner"]

_MADE_UP = 1 << 40
"""The bit of an address that Python draws anew in each process where no network card has one."""


def owner() -> dict[str, Any]:
    """Return what tells this process from any other, as JSON can hold it."""
    started = psutil.Process().create_time()
    return {"host": _host(), "boot": _boot(), "pid": os.getpid(), "started": started}


def read_owner(file: Path) -> dict[str, Any] | None:
    """Return what `owner` gave and a file holds; None of a file that holds something else."""
    try:
        with open_ordinary(file) as opened:
            found = json.loads(opened.read())
        known = isinstance(found["host"], str) and isinstance(found["boot"], str)
        known = known and type(found["pid"]) is int and found["pid"] > 0
        known = known and isinstance(found["started"], float)
        return dict(found) if known else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def is_here(owner: dict[str, Any]) -> bool:
    """Return whether a process is, or was, of this machine; of others nothing can be known."""
    return bool(owner["host"] == _host())


def is_alive(owner: dict[str, Any]) -> bool:
    """Return whether a process of this machine still lives."""
    if owner["boot"] != _boot():
        return False
    try:
        # Another process may have got the number of one that died.
        return bool(abs(psutil.Process(owner["pid"]).create_time() - owner["started"]) < 2.0)
    except psutil.NoSuchProcess:
        return False
    except (psutil.Error, OSError):
        return True


@functools.cache
def _host() -> str:
    """Return what tells this machine from others that may share the cache.

    Containers count as machines: their processes have numbers of their own.
    """
    parts = [platform.node()]
    if not (address := uuid.getnode()) & _MADE_UP:
        parts.append(f"{address:x}")
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
