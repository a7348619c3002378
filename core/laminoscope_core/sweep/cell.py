"""Run one cell: its model is opened once, and its folder appears whole or not at all."""

import json
import os
import platform
import re
import secrets
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import similarity
from laminoscope_core.atomic import write_atomically
from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.experiment import Experiment
from laminoscope_core.export.provenance import library_versions
from laminoscope_core.export.run_files import run_tables, write_tables
from laminoscope_core.job import Job
from laminoscope_core.models.load import open_model
from laminoscope_core.models.memory import let_go
from laminoscope_core.models.model import Model
from laminoscope_core.run.results import RunResult
from laminoscope_core.run.run import run_experiment
from laminoscope_core.session import Session, save_session
from laminoscope_core.sweep.complete import seal
from laminoscope_core.sweep.places import COMMAND, EXPERIMENT, KINDS, SESSION, VERSIONS
from laminoscope_core.sweep.plan import Cell, Part
from laminoscope_core.sweep.threads import fixed_threads
from laminoscope_core.tables import Arrays, Table

__all__ = ["clear", "run_cell", "tries"]

_MOST_FOR_SESSION = 2**28
"""Bytes of similarities with which a part is kept as a session, too."""
_one_at_a_time = threading.Lock()
_UNFINISHED = r"\.{}\.[0-9a-f]{{16}}\.(part|old)"


def run_cell(cell: Cell, cells: str, command: str, job: Job | None = None) -> str:
    """Run a cell into its folder; called in the process that runs it.

    Parameters
    ----------
    cell : Cell
    cells : str
        The folder that holds those of the cells.
    command : str
        The command line that asked for it.
    job : Job, optional
        Told of every step.

    Returns
    -------
    str
        Why it failed; empty if it did not.
    """
    with _one_at_a_time, fixed_threads():  # a worker may have several threads
        unfinished = _unfinished(Path(cells), cell.name, "part")
        unfinished.mkdir()
        try:
            _fill(cell, unfinished, command, job or Job())
            _put_in_place(unfinished, Path(cells) / cell.name)
        except LaminoscopeError as error:
            return str(error)
        except OSError as error:
            return f"{error.filename or cell.model}: {error.strerror or error}"
        except Exception as error:  # one model must not take the others with it
            first = (str(error).strip().splitlines() or [""])[0]
            return f"Unexpected {type(error).__name__}: {first}"
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
            let_go()
    return ""


def tries(cells: Path, name: str) -> int:
    """Return how often a cell was begun by processes that died."""
    return sum(path.suffix == ".part" for path in _leftovers(cells, re.escape(name)))


def clear(cells: Path) -> None:
    """Remove what cells that did not end have left."""
    for leftover in list(_leftovers(cells, ".*")):
        _remove(leftover)


def _leftovers(cells: Path, name: str) -> Iterator[Path]:
    pattern = re.compile(_UNFINISHED.format(name))
    return (path for path in cells.iterdir() if pattern.fullmatch(path.name))


def _unfinished(cells: Path, name: str, kind: str) -> Path:
    return cells / f".{name}.{secrets.token_hex(8)}.{kind}"


def _fill(cell: Cell, folder: Path, command: str, job: Job) -> None:
    section = Experiment.from_text(cell.experiment).model
    opening, running = job.part(0.0, 0.1), job.part(0.1, 1.0)
    model = open_model(section.source, device=section.device, dtype=section.dtype, job=opening)
    for part, step in zip(cell.parts, running.parts(len(cell.parts)), strict=True):
        try:
            _run(model, part, folder / part.folder, step)
        except LaminoscopeError as error:
            if not part.words:
                raise
            raise LaminoscopeError(f"list {part.words}: {error.message}", error.hint) from error
    versions = {**library_versions(), "python": platform.python_version()}
    for name, text in {
        EXPERIMENT: cell.experiment,
        COMMAND: command + "\n",
        VERSIONS: json.dumps(versions, indent=2) + "\n",
    }.items():
        write_atomically(folder / name, text.encode("utf-8", "backslashreplace"))
    seal(folder)


def _run(model: Model, part: Part, folder: Path, job: Job) -> None:
    """Run a part of a cell, and write what the command ``run`` does, and of which kind it is."""
    experiment = Experiment.from_text(part.experiment)
    result = run_experiment(model, experiment, job=job.part(0.0, 0.9))
    job.report(0.9, "writing tables")
    tables = run_tables(result)
    more = {EXPERIMENT: part.experiment.encode(), KINDS: _kinds(tables)}
    write_tables(result, tables, folder, more)
    if _similarity_bytes(result) <= _MOST_FOR_SESSION:
        save_session(folder / SESSION, Session(experiment, result), activations=False)


def _kinds(tables: Mapping[str, Table | Arrays]) -> bytes:
    """Return of which kind the columns of all tables are, by path and name, as JSON."""
    kinds = {
        path: {name: _kind(column) for name, column in table.columns.items()}
        for path, table in tables.items()
        if isinstance(table, Table)
    }
    return (json.dumps(kinds, indent=2) + "\n").encode()


def _kind(column: Sequence[Any] | NDArray[Any]) -> str:
    if len(column) == 0 or isinstance(column[0], (str, bool, np.bool_)):
        return "text"  # no column has texts beside numbers
    return {"f": "float", "i": "int", "u": "int"}.get(np.asarray(column).dtype.kind, "text")


def _similarity_bytes(result: RunResult) -> int:
    found = result.results.get("similarity")
    several = found.of_carriers if isinstance(found, similarity.Result) else ()
    return sum(matrices.nbytes for each in several for matrices in each.matrices.values())


def _put_in_place(unfinished: Path, folder: Path) -> None:
    """Give a folder its name; one that has it is taken away."""
    old = _unfinished(folder.parent, folder.name, "old")
    if folder.exists():
        os.replace(folder, old)  # noqa: PTH105 - the atomic move is the point
    os.replace(unfinished, folder)  # noqa: PTH105
    _remove(old)


def _remove(path: Path) -> None:
    """Remove a folder, or a file that somebody put into the place of one."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
