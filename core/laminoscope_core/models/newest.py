"""Which version of this program the package index has: asked only when the user asks."""

import importlib.util
import re
from importlib.metadata import version

from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.job import Job
from laminoscope_core.models.child import child_command, child_environment, follow, start

__all__ = ["newest_version", "what_is_newest"]

_NAME = "laminoscope"
_PIP = ("index", "versions", "--no-input", "--disable-pip-version-check", "--retries=1")
_FIRST_LINE = re.compile(rf"^{_NAME} \((\S+)\)", re.MULTILINE)
_VERSION = re.compile(r"(\d+(?:\.\d+)*)[\w.+]{0,40}")
_SECONDS = 15


def what_is_newest(job: Job) -> str:
    """Return in a sentence whether there is a newer version than this one.

    Raises
    ------
    LaminoscopeError
        The index cannot be reached.
    Cancelled
        The job was cancelled.
    """
    here, newest = version(_NAME), newest_version(job)
    if newest is None:
        return f"The package index has no Laminoscope yet; this is version {here}."
    if _release(newest) > _release(here):
        return f"Laminoscope {newest} is there; this is version {here}."
    return f"Laminoscope {here} is the newest version."


def newest_version(job: Job) -> str | None:
    """Return the newest version on the package index that pip uses; None if there is none.

    Raises
    ------
    LaminoscopeError
        The index cannot be reached, or says something else.
    Cancelled
        The job was cancelled.
    """
    if importlib.util.find_spec("pip") is None:
        raise LaminoscopeError(
            "There is no pip here to ask the package index with.",
            "Look where you got this program from.",
        )
    newest = _by_pip(job)
    if newest is not None and not _VERSION.fullmatch(newest):
        raise _no_answer()
    return newest


def _release(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, without what follows them.

    >>> _release("0.10.0rc1") > _release("0.9.1")
    True
    """
    numbers = _VERSION.match(version)
    return tuple(map(int, numbers[1].split("."))) if numbers else ()


def _by_pip(job: Job) -> str | None:
    """Ask through pip, which knows the user's index, proxy and certificates."""
    command = child_command("laminoscope_core.models.fetch", *_PIP, f"--timeout={_SECONDS}", _NAME)
    lines: list[str] = []
    try:
        process = start(command, child_environment())
        said = follow(process, job, lines.append, time_limit=4 * _SECONDS)
    except OSError as error:  # a time limit that is reached is one, too
        raise _no_answer() from error
    if found := _FIRST_LINE.search("\n".join(lines)):
        return found[1]
    if process.returncode and "connection" not in said.lower() and "No matching" in said:
        return None
    raise _no_answer()


def _no_answer() -> LaminoscopeError:
    return LaminoscopeError(
        "The package index cannot be reached, so that nobody knows whether there is an update.",
        "Check the network connection and try again.",
    )
