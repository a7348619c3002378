"""Names in the folder of a sweep."""

from pathlib import Path

__all__ = [
    "CELLS",
    "COMMAND",
    "COMPLETE",
    "EXPERIMENT",
    "FAILURES",
    "KINDS",
    "MEANS",
    "MODELS",
    "SESSION",
    "SWEEP_FILE",
    "TABLES",
    "VERSIONS",
    "is_sweep",
]

CELLS, SWEEP_FILE = "cells", "SWEEP.toml"
"""The folders of the cells, and the sweep file as it was."""
TABLES, MODELS, MEANS, FAILURES = "sweep", "rsa/models.csv", "rsa/models_mean.csv", "failures.csv"
"""Tables over all cells; the first as CSV and as Parquet."""
COMPLETE, COMMAND, VERSIONS = "complete.json", "command.txt", "versions.json"
"""In the folder of a cell: hashes of its files, the command line, and versions of libraries."""
EXPERIMENT, KINDS, SESSION = "experiment.toml", "kinds.json", "session.laminoscope"
"""In the folder of a list: what was run, of which kind the columns of its tables are, and what the
window opens."""


def is_sweep(path: Path) -> bool:
    """Return whether a path is the folder of a sweep."""
    return (path / CELLS).is_dir() and (path / SWEEP_FILE).is_file()
