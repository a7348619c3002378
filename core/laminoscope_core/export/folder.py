"""A folder of results and the ``provenance.json`` that says where each of its files comes from.

The record of the latest run stands first, with the SHA-256 of every file that it wrote under
``files``.  Another run into the same folder leaves files of the former one that it does not
overwrite; their record is kept under ``earlier``, for just those files, as long as they are what
that run wrote.  So a file and a record that do not belong together can be told.
"""

import json
from collections.abc import Mapping
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from laminoscope_core.atomic import write_atomically
from laminoscope_core.errors import ExperimentError
from laminoscope_core.ordinary import open_ordinary
from laminoscope_core.strict_json import json_ready
from laminoscope_core.text_files import read_text

__all__ = ["PROVENANCE", "changed_files", "write_folder"]

PROVENANCE = "provenance.json"

_LARGEST = 2**26


def write_folder(
    folder: str | Path, contents: Mapping[str, bytes], record: Mapping[str, Any]
) -> list[Path]:
    """Write files, each whole or not at all, and then where they come from.

    Parameters
    ----------
    folder : str or Path
        Made if it is missing.
    contents : mapping of str to bytes
        By path relative to the folder, with forward slashes.
    record : mapping
        As from `laminoscope_core.export.provenance.provenance`.

    Returns
    -------
    list of Path
        What was written, ``provenance.json`` last.

    Raises
    ------
    OSError
        The folder cannot be made, or a file not be written.
    """
    folder = Path(folder)
    earlier = [
        {**former, "files": left}
        for former in _records(folder)
        if (left := _unchanged(folder, former["files"], set(contents)))
    ]
    written = []
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)
        written.append(path)
    hashes = {name: sha256(content).hexdigest() for name, content in contents.items()}
    whole = {**json_ready(record), "files": hashes}
    if earlier:
        whole["earlier"] = earlier
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(whole, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    write_atomically(folder / PROVENANCE, text.encode())
    return [*written, folder / PROVENANCE]


def changed_files(folder: str | Path) -> tuple[str, ...]:
    """Return the recorded files of a folder that are missing or not what their run wrote."""
    folder = Path(folder)
    return tuple(
        name
        for record in _records(folder)
        for name in record["files"]
        if name not in _unchanged(folder, record["files"], set())
    )


def _records(folder: Path) -> list[dict[str, Any]]:
    """Return the records of a folder, latest first; none where they cannot be read."""
    path = folder / PROVENANCE
    try:
        whole = json.loads(read_text(path, _LARGEST))
    except (ExperimentError, ValueError, RecursionError):
        return []
    if not isinstance(whole, dict):
        return []
    earlier = whole.pop("earlier", [])
    records = [whole, *(earlier if isinstance(earlier, list) else [])]
    return [r for r in records if isinstance(r, dict) and isinstance(r.get("files"), dict)]


def _unchanged(folder: Path, files: Mapping[str, Any], overwritten: set[str]) -> dict[str, str]:
    return {
        name: digest
        for name, digest in files.items()
        if digest and name not in overwritten and _inside(name) and _hash(folder / name) == digest
    }


def _inside(name: str) -> bool:
    return not Path(name).is_absolute() and ".." not in Path(name).parts


def _hash(path: Path) -> str | None:

    try:
        with open_ordinary(path) as file:
            return file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
