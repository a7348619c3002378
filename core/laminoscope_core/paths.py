"""Where Laminoscope keeps what it fetches and converts, and what the user saves."""

import os
from pathlib import Path

import platformdirs

from laminoscope_core.errors import LaminoscopeError

__all__ = ["cache_folder", "settings_folder", "state_folder"]


def cache_folder(*parts: str) -> Path:
    """Return a folder (created if missing) inside the user's cache.

    The environment variable ``LAMINOSCOPE_CACHE`` overrides the platform's own place.

    Raises
    ------
    LaminoscopeError
        It cannot be made: a file is where it should be, or nothing may be written there.
    """
    root = os.environ.get("LAMINOSCOPE_CACHE") or platformdirs.user_cache_dir("laminoscope", False)
    folder = Path(root)
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
