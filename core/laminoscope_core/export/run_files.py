"""A run as a folder of tables, arrays and figures."""

from collections.abc import Mapping
from pathlib import Path

from laminoscope_core.analysis.registry import AFTER, ANALYSES
from laminoscope_core.export.columns import ALTERED, dictionary_of
from laminoscope_core.export.folder import write_folder
from laminoscope_core.export.provenance import provenance
from laminoscope_core.job import Job
from laminoscope_core.run.results import RunResult
from laminoscope_core.run.sections import SECTIONS
from laminoscope_core.tables import Arrays, Table

__all__ = ["run_tables", "write_run", "write_tables"]


def run_tables(run: RunResult) -> dict[str, Table | Arrays]:
    """Return all tables and arrays of a run by the relative path they are written to.

    Those of the altered model have the paths of the model's own, below ``altered/``.
    """
    makers = {name: section.tables for name, section in SECTIONS.items()}
    makers |= {analysis.id: analysis.module.tables for analysis in ANALYSES}
    return {
        (ALTERED if name.startswith(AFTER) else "") + path: table
        for name, tables in makers.items()
        if name in run.results
        for path, table in tables(run.results[name]).items()
    }


def write_run(
    run: RunResult,
    folder: str | Path,
    more: Mapping[str, bytes] | None = None,
    job: Job | None = None,
) -> list[Path]:
    """Write a run's tables and arrays, each whole or not at all, and ``provenance.json``.

    The record also says what every column of every file holds, under ``columns``.

    Parameters
    ----------
    run : RunResult
        What was computed.
    folder : str or Path
        Made if it is missing; see `laminoscope_core.export.folder` for one that is not empty.
    more : mapping of str to bytes, optional
        Other files of this run by relative path, as its figures.
    job : Job, optional
        Progress and cancellation; nothing has been written by then.

    Returns
    -------
    list of Path
        What was written, ``provenance.json`` last.

    Raises
    ------
    Cancelled
        The job was cancelled.
    OSError
        The folder cannot be made, or a file not be written.
    """
    return write_tables(run, run_tables(run), folder, more, job)


def write_tables(
    run: RunResult,
    tables: Mapping[str, Table | Arrays],
    folder: str | Path,
    more: Mapping[str, bytes] | None = None,
    job: Job | None = None,
) -> list[Path]:
    """Write what `run_tables` gave of a run; otherwise as `write_run`."""
    job = job or Job()
    contents = {}
    for number, (path, table) in enumerate(tables.items()):
        job.report(number / len(tables), f"writing {path}")
        contents[path] = table.to_bytes()
    record = {**provenance(run), "columns": dictionary_of(tables)}
    return write_folder(folder, {**contents, **(more or {})}, record)
