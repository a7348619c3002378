"""A folder of results and the ``provenance.json`` that says where each of its files comes from.

The record of the latest run stands first, with the SHA-256 of every file that it wrote under
``files``.  Another run into the same folder leaves files of the former one that it does not
overwrite; their record is kept under ``earlier``, for just those files, as long as they are what
that run wrote.  So a file and a record that do not belong together can be told.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from laminoscope_core.atomic import write_together
from laminoscope_core.errors import ExperimentError
from laminoscope_core.ordinary import sha256_of
from laminoscope_core.strict_json import json_ready
from laminoscope_core.text_files import read_text

__all__ = ["PROVENANCE", "changed_files", "write_folder"]

PROVENANCE = "provenance.json"

_LARGEST = 2**26


def write_folder(
    folder: str | Path, contents: Mapping[str, bytes], record: Mapping[str, Any]
) -> list[Path]:
    """Write files together with the record of where they come from: all of them, or none.

    The record is moved into place first, so that no file ever stands without one.

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
        The folder cannot be made, or a file not be written; the folder is as it was.
    """
    folder = Path(folder)
    earlier = [
        {**former, "files": left}
        for former in _records(folder)
        if (left := _unchanged(folder, former["files"], set(contents)))
    ]
    hashes = {name: sha256(content).hexdigest() for name, content in contents.items()}
    whole = {**json_ready(record), "files": hashes}
    if earlier:
        whole["earlier"] = earlier
    text = json.dumps(whole, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    files = {folder / name: content for name, content in contents.items()}
    with _made_for(folder, files):
        write_together({folder / PROVENANCE: text.encode(), **files})
    return [*files, folder / PROVENANCE]


@contextmanager
def _made_for(folder: Path, files: Iterable[Path]) -> Iterator[None]:
    """Make the folders of some files, and take them away again if writing fails."""
    made: list[Path] = []
    try:
        for wanted in (folder, *(path.parent for path in files)):
            missing = [wanted, *wanted.parents]
            for each in reversed(missing[: next(n for n, f in enumerate(missing) if f.exists())]):
                each.mkdir(exist_ok=True)
                made.append(each)
        yield
    except BaseException:
        for each in reversed(made):
            with suppress(OSError):
                each.rmdir()
        raise


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
        return sha256_of(path)
    except (OSError, ValueError):
        return None
