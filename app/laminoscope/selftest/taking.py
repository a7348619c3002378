"""Steps of the selftest: taken one after the other, each with its line."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from laminoscope.terminal import tell

__all__ = ["Skipped", "Step", "apart", "take"]

Step = Callable[[], str]
"""Does one thing and returns what it found, in a few words; raises where that is wrong."""


class Skipped(Exception):
    """A step cannot be taken here, which is no fault."""


def take(steps: Iterable[tuple[str, Step]]) -> int:
    """Take steps one after the other and say of each what came of it.

    Returns
    -------
    int
        0 if none failed, else 1; the last line names those that did.
    """
    failed = []
    for name, step in steps:
        tell(f"{name:<14} ", end="")  # ahead: a library may end the program
        try:
            tell(f"ok       {step()}")
        except Skipped as reason:
            tell(f"skipped  {reason}")
        except Exception as error:
            failed.append(name)
            first = (str(error).strip().splitlines() or ["no message"])[0]
            tell(f"FAILED   {type(error).__name__}: {first}")
    tell(f"selftest: {'failed: ' + ', '.join(failed) if failed else 'passed'}")
    return 1 if failed else 0


@contextmanager
def apart(variables: dict[str, str]) -> Iterator[None]:
    """Set variables of the environment for as long as the ``with`` lasts."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ |= variables
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
