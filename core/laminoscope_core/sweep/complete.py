"""Whether the folder of a cell holds what it should, whole and unchanged."""

import json
from pathlib import Path

from laminoscope_core.atomic import write_atomically
from laminoscope_core.errors import ExperimentError
from laminoscope_core.ordinary import sha256_of
from laminoscope_core.sweep.places import COMPLETE, EXPERIMENT
from laminoscope_core.sweep.plan import Cell
from laminoscope_core.text_files import read_text

__all__ = ["missing_files", "seal", "why_to_run"]

_LARGEST = 2**24


def seal(folder: Path) -> None:
    """Write ``complete.json``: the SHA-256 of every other file of a folder."""
    hashes = {name: sha256_of(folder / name) for name in _files(folder)}
    text = json.dumps({"files": hashes}, indent=2, ensure_ascii=False) + "\n"
    write_atomically(folder / COMPLETE, text.encode())


def why_to_run(cell: Cell, folder: Path) -> str:
    """Return why a cell has to be run; empty if its folder holds it as it is asked for now."""
    if not folder.exists():
        return "it has not been run"
    if not _is_whole(folder):
        return "its files are not what was written"
    asked = {EXPERIMENT: cell.experiment}
    asked |= {f"{part.folder}/{EXPERIMENT}": part.experiment for part in cell.parts}
    there = {name for name in _files(folder) if Path(name).name == EXPERIMENT}
    if there == asked.keys() and all(
        (folder / name).read_bytes() == text.encode() for name, text in asked.items()
    ):
        return ""
    return "the sweep asks for something else than was run"


def missing_files(folder: Path) -> list[str]:
    """Return which files that a cell was sealed with are not there; they are not compared.

    Raises
    ------
    ExperimentError
        What it was sealed with cannot be read.
    """
    return sorted(_hashes(folder).keys() - _files(folder))


def _is_whole(folder: Path) -> bool:
    try:
        return _hashes(folder) == {name: sha256_of(folder / name) for name in _files(folder)}
    except (ExperimentError, OSError):
        return False


def _hashes(folder: Path) -> dict[str, str]:
    """Return what `seal` wrote."""
    text = read_text(folder / COMPLETE, _LARGEST)
    try:
        hashes = json.loads(text)["files"]
        if isinstance(hashes, dict):
            return hashes
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise ExperimentError(f"{folder / COMPLETE} is not as it was written.", "Run the cell again.")


def _files(folder: Path) -> list[str]:
    """Return the paths of all files but `COMPLETE`, relative to the folder, sorted."""
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in paths if path != COMPLETE)
