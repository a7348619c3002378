"""A folder of the cache that is used only while it is what was put there.

Its seal lists every file with its SHA-256 and its stamp.  While the stamps are the same the files
are taken for unchanged; else they are read and held against the hashes.
"""

import contextlib
import json
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

from laminoscope_core.atomic import write_atomically
from laminoscope_core.job import Job
from laminoscope_core.models.cache import hash_bytes, stamp_of

__all__ = ["read_seal", "seal", "seal_holds"]


def seal(folder: Path, name: str, facts: dict[str, Any]) -> None:
    """Write down what a folder holds, with other facts, in a file of that name inside it."""
    files = sorted(file for file in folder.iterdir() if file.name != name)
    listed = {
        **facts,
        "files": {file.name: file.stat().st_size for file in files},
        "sha256": {file.name: hash_bytes(file) for file in files},
        "stamps": {file.name: stamp_of(file) for file in files},
    }
    (folder / name).write_text(json.dumps(listed, indent=1), encoding="utf-8")


def read_seal(folder: Path, name: str) -> dict[str, Any]:
    """Return what `seal` wrote; empty if it cannot be read."""
    try:
        listed = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return listed if isinstance(listed, dict) else {}


def seal_holds(folder: Path, name: str, needed: Collection[str], job: Job | None = None) -> bool:
    """Whether a folder holds exactly the files of its seal, every needed one among them.

    Parameters
    ----------
    name : str
        The file that `seal` wrote.
    needed : collection of str
        Names without which the folder is of no use.
    job : Job, optional
        Cancels the reading of files that may have changed.

    Raises
    ------
    Cancelled
        The job was cancelled.
    """
    listed = read_seal(folder, name)
    hashes, stamps = listed.get("sha256"), listed.get("stamps")
    if not isinstance(hashes, dict) or not isinstance(stamps, dict):
        return False
    try:
        if set(os.listdir(folder)) != {*hashes, name} or not set(needed) <= set(hashes):  # noqa: PTH208
            return False
        now = {file: stamp_of(folder / file) for file in hashes}
        changed = [file for file in hashes if now[file] != stamps.get(file)]
        if any(hash_bytes(folder / file, job) != hashes[file] for file in changed):
            return False
    except OSError:
        return False
    if changed:  # copied to another disk, say: remembered, so that it is not read every time
        content = json.dumps({**listed, "stamps": now}, indent=1).encode()
        with contextlib.suppress(OSError):
            write_atomically(folder / name, content)
    return True
