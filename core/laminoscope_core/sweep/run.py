"""Run a sweep: which cells there are to run, running them, and gathering what is there."""

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from laminoscope_core.atomic import write_atomically
from laminoscope_core.errors import ExperimentError, LaminoscopeError
from laminoscope_core.job import Job
from laminoscope_core.sweep.cell import clear
from laminoscope_core.sweep.complete import why_to_run
from laminoscope_core.sweep.file import read_sweep
from laminoscope_core.sweep.gather import gather, write_failures
from laminoscope_core.sweep.lock import LOCK, locked
from laminoscope_core.sweep.places import CELLS, FAILURES, MEANS, MODELS, SWEEP_FILE, TABLES
from laminoscope_core.sweep.plan import Cell, cells_of
from laminoscope_core.sweep.workers import in_workers

__all__ = ["Outcome", "RunCells", "WrongPlace", "run_sweep"]

RunCells = Callable[[Sequence[Cell], Path, str, Job], dict[str, str]]
"""Runs cells into a folder, for a command line; gives why models failed."""


class WrongPlace(ExperimentError):
    """A folder cannot be that of a sweep: it is a file, or holds other things."""


@dataclass(frozen=True)
class Outcome:
    """How a sweep ended.

    Attributes
    ----------
    finished, kept : int
        Models whose cells are there, and those of them that were there before.
    failures : mapping of str to str
        Why the others are not, by model.
    """

    finished: int
    kept: int
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The exit code: 0 for all models, 1 if some failed, 2 if none is there."""
        if not self.finished:
            return 2
        return 1 if self.failures else 0


def run_sweep(
    path: str | Path,
    out: str | Path,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    resume: bool = False,
    command: str = "",
    job: Job | None = None,
    say: Callable[[str], None] = lambda _: None,
    run_cells: RunCells | None = None,
) -> Outcome:
    """Run the cells of a sweep that are not there yet, and gather all that are.

    Parameters
    ----------
    path : str or Path
        The sweep file.
    out : str or Path
        The folder of the sweep; made if it is missing.
    workers : int, optional
        At most so many processes on this machine; by default one a core.
    scheduler : str, optional
        The address of a Dask scheduler whose workers run the cells instead.
    resume : bool
        Go on in a folder that is not empty, keeping the cells that are there as they are asked for.
    command : str, optional
        The command line, which every cell keeps.
    job : Job, optional
        Told of every cell; cancels the sweep, which keeps the cells that are there.
    say : callable, optional
        Told in words which cells are run, and why.
    run_cells : callable, optional
        Runs them in another way than by Dask.

    Raises
    ------
    ExperimentError
        The sweep file is not valid, or the folder cannot be used (`WrongPlace`).
    LaminoscopeError
        The folder cannot be made, or another sweep runs there (`lock.InUse`); Dask is not there,
        or not that scheduler.
    Cancelled
        The job was cancelled.
    """
    job, out = job or Job(), Path(out)
    sweep = read_sweep(path)
    cells = cells_of(sweep)
    _check_place(out, resume)
    run_cells = run_cells or in_workers(workers, scheduler)
    folder = out / CELLS
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LaminoscopeError(
            f"The folder {out} cannot be made: {error.strerror}.", "Choose another folder."
        ) from None
    if not command:
        options = ["--resume"] * resume
        command = shlex.join(["laminoscope", "sweep", str(path), "--out", str(out), *options])
    with locked(out):
        clear(folder)
        why = {cell.model: why_to_run(cell, folder / cell.name) for cell in cells}
        to_run = [cell for cell in cells if why[cell.model]]
        _tell(cells, why, folder, say, resume)
        write_atomically(out / SWEEP_FILE, sweep.text.encode())
        write_failures(out, {})  # nobody knows yet
        try:
            failures = run_cells(to_run, folder, command, job.part(0.0, 0.95)) if to_run else {}
        finally:
            clear(folder)
        for cell in to_run:
            if cell.model not in failures and (again := why_to_run(cell, folder / cell.name)):
                failures[cell.model] = f"The cell did not arrive in {folder / cell.name}: {again}."
        gather(out, cells, failures, job.part(0.95, 1.0))
    job.report(1.0, "done")
    return Outcome(len(cells) - len(failures), len(cells) - len(to_run), failures)


def _check_place(out: Path, resume: bool) -> None:
    """Refuse a place where a sweep could not write what it found, before it looks for that."""
    another = "Choose another folder."
    if out.exists() and not out.is_dir():
        raise WrongPlace(f"{out} is a file, not a folder.", another)
    if out.exists() and not resume and any(path.name != LOCK for path in out.iterdir()):
        raise WrongPlace(
            f"The folder {out} is not empty.",
            "Choose another one, or go on with the sweep in it by --resume.",
        )
    for name in (CELLS, str(Path(MODELS).parent)):
        if (out / name).exists() and not (out / name).is_dir():
            raise WrongPlace(f"{out / name} is not a folder.", another)
    for name in (SWEEP_FILE, FAILURES, MODELS, MEANS, f"{TABLES}.csv", f"{TABLES}.parquet"):
        if (out / name).exists() and not (out / name).is_file():
            raise WrongPlace(f"{out / name} is not a file.", another)


def _tell(
    cells: Sequence[Cell],
    why: dict[str, str],
    folder: Path,
    say: Callable[[str], None],
    resume: bool,
) -> None:
    """Say what is kept, what is run and why, and what the sweep no longer asks for."""
    if not resume:
        return
    for cell in cells:
        say(f"{cell.model}: " + (f"run, for {why[cell.model]}" if why[cell.model] else "kept"))
    names = {cell.name for cell in cells}
    for other in sorted(path.name for path in folder.iterdir() if path.is_dir()):
        if other not in names:
            say(f"{folder / other} is of no model of this sweep; it is left as it is")
