"""A small sweep for the window: in a process of its own, which ends with it."""

import argparse
from contextlib import suppress
from pathlib import Path

from laminoscope_core.errors import LaminoscopeError, ModelError
from laminoscope_core.job import Job
from laminoscope_core.models.child import run_child, speaking, talk
from laminoscope_core.sweep.cell import clear
from laminoscope_core.sweep.lock import InUse, locked
from laminoscope_core.sweep.places import CELLS
from laminoscope_core.sweep.run import Outcome, run_sweep

__all__ = ["main", "sweep_in_child"]


def sweep_in_child(file: Path, out: Path, job: Job) -> Outcome:
    """Run a sweep, or go on with it; see `run.run_sweep`.

    Raises
    ------
    LaminoscopeError
        What the process reported.
    Cancelled
        The job was cancelled; the cells that are there stay.
    """
    try:
        found = run_child(__name__, [str(file.absolute()), str(out.absolute())], job)
    finally:
        _clear(out)
    return Outcome(found["finished"], found["kept"], found["failures"])


def _clear(out: Path) -> None:
    """Remove what a process that was killed has left in a folder, if it is nobody else's now."""
    if (out / CELLS).is_dir():
        with suppress(InUse, OSError), locked(out):
            clear(out / CELLS)


def main(arguments: list[str] | None = None) -> None:
    """Run one sweep; what the process runs."""
    parser = argparse.ArgumentParser(prog="python -m laminoscope_core.sweep.child")
    parser.add_argument("file", type=Path)
    parser.add_argument("out", type=Path)
    chosen = parser.parse_args(arguments)
    job = Job(lambda fraction, text: talk(fraction=fraction, text=text))
    with speaking():
        try:
            outcome = run_sweep(chosen.file, chosen.out, resume=True, job=job)
        except LaminoscopeError as error:
            raise ModelError(error.message, error.hint) from error
        talk(finished=outcome.finished, kept=outcome.kept, failures=outcome.failures)


if __name__ == "__main__":
    main()
