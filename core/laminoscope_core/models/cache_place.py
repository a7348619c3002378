"""The cache as a whole: how large it is, emptying it, moving it to another folder."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from laminoscope_core.errors import ModelError
from laminoscope_core.job import Job
from laminoscope_core.models.memory import gigabytes
from laminoscope_core.paths import cache_root, choose_cache_root

__all__ = ["cache_size", "clear_cache", "has_cache", "move_cache"]

_PARTS = ("converted", "gguf", "hashes", "tried")
"""The folders of ours in the cache; whatever else lies beside them is somebody else's."""
_CHUNK = 1 << 22


def cache_size() -> int:
    """Return the bytes of all files that are ours in the cache."""
    return sum(size for part in _parts(cache_root()) for _, size in _files(part))


def has_cache(folder: Path) -> bool:
    """Return whether a cache of ours is in a folder."""
    return bool(_parts(folder))


def clear_cache(kept: str = "") -> int:
    """Remove everything from the cache; return how many bytes that was.

    Parameters
    ----------
    kept : str
        SHA-256 of a GGUF file whose conversion stays, because it is open.

    Raises
    ------
    OSError
        Something could not be removed.
    """
    freed = 0
    for part in _parts(cache_root()):
        for folder in part.iterdir():
            if kept and folder.name.startswith(kept):
                continue
            freed += sum(size for _, size in _files(folder))
            if folder.is_dir():
                shutil.rmtree(folder)
            else:
                folder.unlink()
    return freed


def move_cache(target: Path, job: Job) -> None:
    """Let the cache be in another folder, with everything that is in it now.

    Parameters
    ----------
    target : Path
        Made if it is not there.
    job : Job
        Told how far it is; a cancelled one leaves the cache where it was.

    Raises
    ------
    ModelError
        There is a cache in that folder already, it is in the cache, or it has no room for this one.
    OSError
        Something could not be written or removed.
    Cancelled
        The job was cancelled.
    """
    target = target.absolute()
    parts = _parts(cache_root())
    if taken := _parts(target):
        raise ModelError(
            f"There is a cache in {target} already: it has a folder {taken[0].name}.",
            "Choose an empty folder.",
        )
    if any(target.is_relative_to(part) for part in parts):
        raise ModelError(f"{target} is itself in the cache.", "Choose a folder outside of it.")
    target.mkdir(parents=True, exist_ok=True)
    total = sum(size for part in parts for _, size in _files(part))
    if (free := shutil.disk_usage(target).free) < total:
        raise ModelError(
            f"There is no room for the cache in {target}: it takes {gigabytes(total)} and "
            f"{gigabytes(free)} are free.",
            "Free some space, or choose a folder on another disk.",
        )
    done = 0

    def copy(source: str, copied: str) -> str:
        nonlocal done
        with Path(source).open("rb") as read, Path(copied).open("wb") as write:
            while chunk := read.read(_CHUNK):
                job.check()
                write.write(chunk)
                done += len(chunk)
                job.report(done / max(total, 1), f"Moving the cache: {gigabytes(done)}")
        shutil.copystat(source, copied)
        return copied

    try:
        for part in parts:
            shutil.copytree(part, target / part.name, copy_function=copy)
        choose_cache_root(target)
    except BaseException:
        for part in parts:
            shutil.rmtree(target / part.name, ignore_errors=True)
        raise
    for part in parts:
        shutil.rmtree(part)


def _parts(root: Path) -> list[Path]:
    return [root / name for name in _PARTS if (root / name).is_dir()]


def _files(folder: Path) -> Iterator[tuple[Path, int]]:
    """Yield the files below a folder with their sizes; those that vanish are left out."""
    for file in folder.rglob("*") if folder.is_dir() else (folder,):
        with contextlib.suppress(OSError):
            if file.is_file():
                yield file, file.stat().st_size
