"""Sessions that a crash has left behind, and the file that saves this one from the next.

Every window has a recovery file of its own.  A lock beside it tells other windows that somebody
still writes it; the system knows when that somebody is gone.
"""

import contextlib
import os
import secrets
from pathlib import Path

from PySide6.QtCore import QLockFile

from laminoscope_core.paths import state_folder
from laminoscope_widgets.translation import tr

__all__ = ["Recovery"]

_SUFFIX = ".laminoscope"


class Recovery:
    """One window's recovery file, and those that nobody owns any more."""

    def __init__(self) -> None:
        self._folder = state_folder() / "recovery"
        self._own: Path | None = None
        self._locks: dict[Path, QLockFile] = {}

    def own(self) -> Path:
        """Return this window's file, which others leave alone from now on.

        Raises
        ------
        OSError
            The folder cannot be made or written.
        """
        if self._own is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{os.getpid()}-{secrets.token_hex(4)}{_SUFFIX}"
            if not self._lock(path):
                raise OSError(tr("{folder} cannot be written", folder=self._folder))
            self._own = path
        return self._own

    def left_behind(self) -> list[Path]:
        """Return the files that nobody owns, the latest first; they are this window's now."""
        found: list[tuple[float, Path]] = []
        with contextlib.suppress(OSError):
            for path in self._folder.glob(f"*{_SUFFIX}"):
                with contextlib.suppress(OSError):  # a link to nowhere, or gone by now
                    changed = path.stat().st_mtime
                    if path not in self._locks and self._lock(path):
                        found.append((changed, path))
        return [path for _, path in sorted(found, reverse=True)]

    def take(self, path: Path) -> None:
        """Make one that was left behind this window's own file."""
        self.clear()
        self._own = path

    def discard(self, path: Path) -> None:
        """Remove a file and its lock."""
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        lock = self._locks.pop(path, None)
        if lock is not None:
            lock.unlock()
        if path == self._own:
            self._own = None

    def clear(self) -> None:
        """Remove this window's own file: all that it holds has been saved."""
        if self._own is not None:
            self.discard(self._own)

    def release(self) -> None:
        """Let go of all files; those that are still there will be offered at the next start."""
        for lock in self._locks.values():
            lock.unlock()
        self._locks.clear()
        self._own = None

    def _lock(self, path: Path) -> bool:
        lock = QLockFile(f"{path}.lock")
        lock.setStaleLockTime(0)  # however long ago: only a process that is gone makes it stale
        if not lock.tryLock(0):
            return False
        self._locks[path] = lock
        return True
