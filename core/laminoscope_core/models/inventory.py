"""Which models are on this machine, and which can be fetched: for choosing, nothing is opened.

Only names, configurations and headers are read, by the readers that opening uses, and there is no
connection.  Looked through are the catalog, our cache, the hub's cache, and the folders and GGUF
files that the user names.
"""

import contextlib
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Literal

from laminoscope_core.errors import LaminoscopeError, ModelError
from laminoscope_core.job import Job
from laminoscope_core.models.catalog import HubEntry, PackageEntry, catalog
from laminoscope_core.models.convert import CONVERSION_FILE, conversion_folder
from laminoscope_core.models.devices import choose_device, choose_dtype
from laminoscope_core.models.fetch import package_files
from laminoscope_core.models.folder import check_config, check_names, read_config
from laminoscope_core.models.gguf import read_gguf_header
from laminoscope_core.models.headers import WeightsMissing, weight_files
from laminoscope_core.models.imports import import_hub
from laminoscope_core.models.memory import Weights, read_weights
from laminoscope_core.models.offload import OFFLOAD
from laminoscope_core.models.sealed import read_seal
from laminoscope_core.paths import cache_folder
from laminoscope_core.text import visible_text

__all__ = ["Listed", "delete_model", "list_models", "place_of"]

Keeper = Literal["", "us", "hub"]


@dataclass(frozen=True)
class Listed:
    """One model that could be opened, or fetched.

    Attributes
    ----------
    source : str
        What `open_model` takes.
    title : str
        For people.
    on_disk : bool
        Whether opening it takes no connection.
    n_bytes : int
        On disk; else what would be fetched; 0 where that is unknown.
    family : str
        transformers' name of the family, or GGUF's; empty if unknown.
    weights : Weights or None
        What would be loaded, as far as that is known.
    licence, about : str
        Of the catalog; empty for others.
    revision : str
        As in `ModelInfo`; empty if unknown.
    kept_by : str
        Whose cache `files` are in: ``"us"``, ``"hub"``, or empty if nothing can be deleted.
    files : tuple of Path
        What `delete_model` removes.
    problem : str
        Why it cannot be opened; empty if nothing is known against it.
    """

    source: str
    title: str
    on_disk: bool
    n_bytes: int = 0
    family: str = ""
    weights: Weights | None = None
    licence: str = ""
    about: str = ""
    revision: str = ""
    kept_by: Keeper = ""
    files: tuple[Path, ...] = ()
    problem: str = ""


def list_models(paths: Iterable[str | Path] = (), job: Job | None = None) -> Iterator[Listed]:
    """Yield the models of the catalog, then those of our cache, the hub's, and some paths.

    Parameters
    ----------
    paths : iterable of str or Path
        Model folders and GGUF files besides; what is not there is left out.
    job : Job, optional
        Checked between two models.

    Raises
    ------
    Cancelled
        The job was cancelled.
    """
    job = job or Job()
    seen: set[str | Path] = set()
    hub = _hub_models()  # of which the catalog takes what it names
    for listed in chain(_of_catalog(hub), _of_our_cache(), hub.values(), _of_paths(paths)):
        job.check()
        keys: set[str | Path] = {listed.source, *listed.files}
        if not seen & keys:
            seen |= keys
            yield listed


def place_of(listed: Listed, device: str = "auto", dtype: str = "auto") -> tuple[str, str]:
    """Return the device and the precision that `open_model` would choose for a model.

    Raises
    ------
    ModelError
        There is no such device or precision.
    """
    stored = listed.weights.dtype if listed.weights is not None else ""
    place = choose_device("auto" if device == OFFLOAD else device)
    return str(place), choose_dtype(dtype, place, stored, listed.family)


def delete_model(listed: Listed) -> int:
    """Remove what a cache holds of a model; return how many bytes that was.

    Raises
    ------
    ModelError
        It lies in no cache.
    OSError
        It could not be removed.
    """
    if listed.kept_by == "hub":
        return _delete_from_hub(listed)
    root = cache_folder().resolve()
    if not listed.files or not all(file.resolve().is_relative_to(root) for file in listed.files):
        raise ModelError(
            f"{listed.title} lies in no cache, so that nothing is deleted.",
            "Delete its files yourself if you no longer need them.",
        )
    freed = sum(map(_size, listed.files))
    for file in listed.files:
        shutil.rmtree(file)
    return freed


def _delete_from_hub(listed: Listed) -> int:
    from huggingface_hub import constants, scan_cache_dir

    (snapshot,) = listed.files
    report = scan_cache_dir(constants.HF_HUB_CACHE)
    # Copies of a repository have revisions of the same name.
    own = {repo for repo in report.repos if snapshot.is_relative_to(repo.repo_path)}
    strategy = replace(report, repos=frozenset(own)).delete_revisions(listed.revision)
    strategy.execute()
    return int(strategy.expected_freed_size)


def _of_catalog(hub: dict[str, Listed]) -> Iterator[Listed]:
    """Yield the catalog; what the hub's cache holds of it is taken out of ``hub``."""
    for entry in catalog().values():
        if isinstance(entry, HubEntry):
            found = hub.pop(entry.repository, None)
            yield _wanted(entry) if found is None else _named(found, entry)
        else:
            yield _of_package(entry)


def _wanted(entry: PackageEntry | HubEntry) -> Listed:
    stored = "float32" if isinstance(entry, PackageEntry) else ""  # as a GGUF file is converted
    weights = Weights(entry.parameters, entry.bytes, stored)
    return Listed(
        entry.name, entry.title, on_disk=False, n_bytes=entry.bytes, family=entry.family,
        weights=weights, licence=entry.licence, about=entry.about,
    )  # fmt: skip


def _named(found: Listed, entry: HubEntry) -> Listed:
    """Return what lies in the hub's cache under the catalog's name."""
    wanted = _wanted(entry)
    if found.on_disk:
        wanted = replace(found, source=entry.name, title=entry.title)
    return replace(
        wanted, licence=entry.licence, about=entry.about, revision=found.revision,
        kept_by=found.kept_by, files=found.files,
    )  # fmt: skip


def _of_package(entry: PackageEntry) -> Listed:
    fetched = cache_folder("gguf") / entry.sha256[:16]
    converted = sorted(cache_folder("converted").glob(f"{entry.sha256}-v*"))
    ours = tuple(folder for folder in (fetched, *converted) if folder.is_dir())
    files = package_files(entry)
    others = [file for file in files if fetched not in file.parents]
    on_disk = bool(files) or conversion_folder(entry.sha256) in converted
    return replace(
        _wanted(entry),
        on_disk=on_disk,
        n_bytes=sum(map(_size, (*ours, *others[:1]))) if on_disk else entry.bytes,
        revision=f"sha256:{entry.sha256}",
        kept_by="us" if ours else "",
        files=ours,
    )


def _of_our_cache() -> Iterator[Listed]:
    """Yield conversions of the user's own GGUF files, and files of a catalog of another version."""
    for folder in sorted(cache_folder("converted").glob("*-v*")):
        facts = read_seal(folder, CONVERSION_FILE).get("gguf")
        name = str(facts.get("name", "")) if isinstance(facts, dict) else ""
        title = f"{visible_text(name, limit=60) or folder.name[:12]}, converted"
        revision = f"sha256:{folder.name.partition('-')[0]}"
        listed = _of_folder(folder, str(folder), title)
        yield replace(listed, revision=revision, kept_by="us", files=(folder,))
    for file in sorted(cache_folder("gguf").glob("*/*.gguf")):
        yield replace(_of_file(file), kept_by="us", files=(file.parent,))


def _hub_models() -> dict[str, Listed]:
    """Return the models in the hub's cache, by what opens them."""
    import_hub()
    from huggingface_hub import constants, scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    models: dict[str, Listed] = {}
    try:
        repositories = scan_cache_dir(constants.HF_HUB_CACHE).repos
    except (CacheNotFound, OSError, ValueError):  # none yet, or a file in its place
        return models
    for repository in sorted(repositories, key=lambda each: each.repo_id.lower()):
        if repository.repo_type != "model":
            continue
        for revision in sorted(repository.revisions, key=lambda each: each.commit_hash):
            name = repository.repo_id
            source = name if "main" in revision.refs else f"{name}@{revision.commit_hash}"
            folder = revision.snapshot_path
            listed = _of_folder(folder, source, source[: len(name) + 8])
            models[source] = replace(
                listed, on_disk=_is_whole(folder), n_bytes=revision.size_on_disk,
                revision=revision.commit_hash, kept_by="hub", files=(folder,),
            )  # fmt: skip
    return models


def _is_whole(folder: Path) -> bool:
    """Return whether no weights file is missing, whatever else is wrong."""
    try:
        weight_files(folder)
    except WeightsMissing:
        return False
    except ModelError:
        return True
    return True


def _of_paths(paths: Iterable[str | Path]) -> Iterator[Listed]:
    for path in map(Path, paths):
        with contextlib.suppress(OSError):
            if path.is_dir():
                yield _of_folder(path, str(path), path.name)
            elif path.is_file():
                yield _of_file(path)


def _of_folder(folder: Path, source: str, title: str) -> Listed:
    listed = Listed(source, title, on_disk=True, n_bytes=_size(folder))
    try:
        check_names([file.name for file in folder.iterdir()], "The folder")
        listed = replace(listed, family=check_config(read_config(folder), title))
        return replace(listed, weights=read_weights(folder))
    except (LaminoscopeError, OSError) as error:
        return replace(listed, problem=str(error))


def _of_file(file: Path) -> Listed:
    listed = Listed(str(file), file.name, on_disk=True, n_bytes=_size(file))
    try:
        header = read_gguf_header(file)
    except LaminoscopeError as error:
        return replace(listed, problem=str(error))
    weights = Weights(header.n_parameters, listed.n_bytes, "float32")
    return replace(listed, family=visible_text(header.architecture, limit=40), weights=weights)


def _size(path: Path) -> int:
    """Return the bytes of a file, or of all files below a folder; those that vanish count 0."""
    files = path.rglob("*") if path.is_dir() else (path,)
    total = 0
    for file in files:
        with contextlib.suppress(OSError):
            total += file.stat().st_size if file.is_file() else 0
    return total
