"""Where Laminoscope keeps what it fetches and converts, and what the user saves."""

import contextlib
import os
from pathlib import Path

import platformdirs

from laminoscope_core.atomic import write_atomically
from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.ordinary import open_ordinary

__all__ = [
    "CACHE_VARIABLE",
    "cache_folder",
    "cache_root",
    "choose_cache_root",
    "settings_folder",
    "state_folder",
]

CACHE_VARIABLE = "LAMINOSCOPE_CACHE"
_CHOSEN = "cache-folder.txt"
_LONGEST = 1 << 15  # bytes of a path
"""In the settings folder: where the user wants the cache."""


def cache_folder(*parts: str) -> Path:
    """Return a folder (created if missing) inside the user's cache, which is at `cache_root`.

    Raises
    ------
    LaminoscopeError
        It cannot be made: a file is where it should be, or nothing may be written there.
    """
    folder = cache_root()
    try:
        folder = folder.expanduser().joinpath(*parts)
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LaminoscopeError(
            f"The cache folder {folder} cannot be used: {reason}.",
            "Remove what is in its place, or set LAMINOSCOPE_CACHE to a folder that you may write "
            "to.",
        ) from error
    return folder


def cache_root() -> Path:
    """Return where the cache is, which need not exist yet.

    That is what the environment variable ``LAMINOSCOPE_CACHE`` says, else what the user has chosen
    by `choose_cache_root`, else the platform's own place.
    """
    if root := os.environ.get(CACHE_VARIABLE):
        return Path(root)
    with (
        contextlib.suppress(OSError, UnicodeDecodeError),
        open_ordinary(settings_folder() / _CHOSEN) as file,
    ):
        root = file.read(_LONGEST).decode().strip()
        if root and "\0" not in root:
            return Path(root)
    return Path(platformdirs.user_cache_dir("laminoscope", False))


def choose_cache_root(folder: Path | None) -> None:
    """Let the cache be in a folder from now on; None for the platform's own place.

    Raises
    ------
    OSError
        That cannot be remembered in the settings folder.
    """
    chosen = settings_folder() / _CHOSEN
    if folder is None:
        chosen.unlink(missing_ok=True)
        return
    chosen.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(chosen, str(folder.absolute()).encode())


def settings_folder() -> Path:
    """Return the folder, which may not exist yet, of what the user has set and saved.

    The environment variable ``LAMINOSCOPE_SETTINGS`` overrides the platform's own place.
    """
    root = os.environ.get("LAMINOSCOPE_SETTINGS")
    return Path(root or platformdirs.user_config_dir("laminoscope", False)).expanduser()


def state_folder() -> Path:
    """Return the folder, which may not exist yet, of what outlives a crash: unsaved sessions.

    The environment variable ``LAMINOSCOPE_STATE`` overrides the platform's own place.
    """
    root = os.environ.get("LAMINOSCOPE_STATE")
    return Path(root or platformdirs.user_state_dir("laminoscope", False)).expanduser()
