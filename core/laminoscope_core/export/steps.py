"""The lines of a script for what a run holds beyond its experiment's sections."""

from collections.abc import Iterator

from laminoscope_core.export.literals import Imports
from laminoscope_core.run import RunResult

__all__ = ["steps_beyond"]


def steps_beyond(run: RunResult, imports: Imports) -> Iterator[str]:
    """Yield the lines."""
    yield from ()
