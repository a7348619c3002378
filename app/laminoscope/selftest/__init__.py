"""``laminoscope --selftest``: whether what is installed here works, one line a step.

Nothing is fetched.  Settings, cache and unsaved work are in a folder of their own meanwhile, which
is deleted; only the default model is opened where the user has it.
"""

import tempfile
from pathlib import Path

from laminoscope.selftest.steps import steps
from laminoscope.selftest.taking import apart, take
from laminoscope_core.paths import cache_root

__all__ = ["selftest"]

_VARIABLES = ("LAMINOSCOPE_CACHE", "LAMINOSCOPE_SETTINGS", "LAMINOSCOPE_STATE")


def selftest(keep: Path | None = None) -> int:
    """Take all steps; where one fails, those after it as well.

    Parameters
    ----------
    keep : Path, optional
        A folder, made if it is missing, for what is written: figures, session, screenshot.

    Returns
    -------
    int
        0 if no step failed, else 1.
    """
    with tempfile.TemporaryDirectory(prefix="laminoscope-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        out = keep or folder / "out"
        out.mkdir(parents=True, exist_ok=True)
        users_cache = cache_root()
        own = {name: str(folder / name.lower()) for name in _VARIABLES}
        with apart(own | {"HF_HUB_OFFLINE": "1"}):
            return take(steps(folder, out, users_cache))
