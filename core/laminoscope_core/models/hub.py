"""Find a repository of the Hugging Face hub in the local hub cache, or fetch it.

What is cached is opened without a network connection.  What is not is fetched by a process of
its own, so that cancelling it is killing it; blobs that were begun stay in the hub's cache under
the hub's own name for unfinished files, where the next attempt takes them up again.  Only the
configuration, the tokenizer and safetensors weights are ever fetched.
"""

import argparse
import contextlib
import re
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from laminoscope_core.errors import ModelError
from laminoscope_core.job import Job
from laminoscope_core.models.cache import file_sha256
from laminoscope_core.models.child import run_child, speaking, talk
from laminoscope_core.models.folder import check_config, check_names
from laminoscope_core.models.headers import WeightsMissing, weight_files
from laminoscope_core.models.memory import gigabytes
from laminoscope_core.models.reading import read_json
from laminoscope_core.models.source import HubSource, close_names

__all__ = ["fetch_repository", "find_repository", "main", "wanted_files"]

_SHA256 = re.compile("[0-9a-f]{64}")
_WANTED = re.compile(
    r"config\.json|generation_config\.json|model(-\d+-of-\d+)?\.safetensors|"
    r"model\.safetensors\.index\.json|tokenizer\.json|tokenizer_config\.json|"
    r"special_tokens_map\.json|added_tokens\.json|vocab\.json|vocab\.txt|merges\.txt|"
    r"tokenizer\.model|spiece\.model|chat_template\.jinja|chat_template\.json"
)


def find_repository(source: HubSource, job: Job | None = None) -> Path | None:
    """Return the snapshot folder of a repository in the local hub cache, if it is whole there.

    Raises
    ------
    ModelError
        The id is none, or a file of the cache has changed since it was fetched.
    Cancelled
        The job was cancelled while files were read.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        folder = Path(
            snapshot_download(source.repository, revision=source.revision, local_files_only=True)
        )
    except HFValidationError as error:
        raise ModelError(
            f"{source.repository!r} is not a valid hub id: {error}",
            "A hub id is owner/name, as on the model's page.",
        ) from None
    except LocalEntryNotFoundError as error:
        # A snapshot that lacks files which we do not want counts as incomplete there.
        if not (path := getattr(error, "snapshot_path", "")):
            return None
        folder = Path(path)
    try:
        weight_files(folder)
    except WeightsMissing:
        return None
    if not (folder / "config.json").is_file():
        return None
    _check_blobs(folder, source.repository, job)
    return folder


def _check_blobs(folder: Path, repository: str, job: Job | None) -> None:
    """Refuse a snapshot one of whose files is not what its name in the cache says.

    Large files are kept under their SHA-256; others, and copies where a disk has no links, do not
    say what they were.
    """
    for file in sorted(folder.iterdir()):
        blob = file.resolve()
        if _SHA256.fullmatch(blob.name) and file_sha256(blob, job) != blob.name:
            raise ModelError(
                f"{file.name} of {repository} has changed in the hub's cache since it was fetched.",
                f"Delete {blob} and open the model again; it will be fetched anew.",
            )


def fetch_repository(source: HubSource, job: Job) -> Path:
    """Fetch what the cache lacks of a repository; return its snapshot folder.

    Raises
    ------
    ModelError
        No such repository or revision, no connection, no permission, no safetensors weights,
        not a causal language model, or no disk space.
    Cancelled
        The job was cancelled; the fetching process is dead.
    """
    result = run_child(
        __name__,
        [source.repository, source.revision],
        job,
        env={"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"},
    )
    return Path(result["folder"])


def wanted_files(names: Iterable[str]) -> list[str]:
    """Choose what to fetch of a repository: files of its top folder that opening it needs.

    Raises
    ------
    ModelError
        It holds no configuration or no safetensors weights; pickled ones are named.

    Examples
    --------
    >>> wanted_files(["README.md", "config.json", "model.safetensors", "onnx/model.onnx"])
    ['config.json', 'model.safetensors']
    """
    names = list(names)
    check_names(names, "The repository")
    return sorted(name for name in names if _WANTED.fullmatch(name))


def main(arguments: list[str] | None = None) -> None:
    """Fetch one repository; what the fetching process runs."""
    parser = argparse.ArgumentParser(prog="python -m laminoscope_core.models.hub")
    parser.add_argument("repository")
    parser.add_argument("revision")
    chosen = parser.parse_args(arguments)
    with speaking(), hub_errors(chosen.repository, chosen.revision):
        talk(folder=_fetch(chosen.repository, chosen.revision))


def _fetch(repository: str, revision: str) -> str:
    from huggingface_hub import HfApi, hf_hub_download, snapshot_download
    from huggingface_hub.constants import HF_HUB_CACHE

    talk(fraction=0.0, text=f"Asking the hub about {repository}")
    info = HfApi().model_info(repository, revision=revision, files_metadata=True)
    sizes = {file.rfilename: file.size or 0 for file in info.siblings or []}
    names = wanted_files(sizes)
    config = hf_hub_download(repository, "config.json", revision=info.sha)
    check_config(read_json(Path(config)), repository)
    total = max(sum(sizes[name] for name in names), 1)
    blobs = Path(HF_HUB_CACHE) / f"models--{repository.replace('/', '--')}" / "blobs"
    _require_space(repository, total - _size(blobs), blobs)
    with _reporting(repository, total, lambda: _size(blobs)):
        # By branch or tag name, so that the cache remembers what it stood for.
        return str(snapshot_download(repository, revision=revision, allow_patterns=names))


def _require_space(repository: str, needed: int, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise ModelError(
            f"There is no disk space to fetch {repository}: it takes {gigabytes(needed)} and "
            f"{gigabytes(free)} are free.",
            "Free some space, or set HF_HOME to a folder on another disk.",
        )


def _size(folder: Path) -> int:
    size = 0
    for path in folder.glob("*"):
        with contextlib.suppress(OSError):
            size += path.stat().st_size
    return size


@contextlib.contextmanager
def _reporting(repository: str, total: int, size: Callable[[], int]) -> Iterator[None]:
    """Tell five times a second how much of a download is on disk."""
    done = threading.Event()

    def report() -> None:
        while not done.wait(0.2):
            so_far = min(size(), total)
            text = f"Downloading {repository}: {so_far / 1e6:,.0f} of {total / 1e6:,.0f} MB"
            talk(fraction=so_far / total, text=text)

    reporter = threading.Thread(target=report)
    reporter.start()
    try:
        yield
    finally:
        done.set()
        reporter.join()


@contextlib.contextmanager
def hub_errors(repository: str, revision: str) -> Iterator[None]:
    """Turn what huggingface_hub raises into a `ModelError` that says what to do."""
    from huggingface_hub import errors

    try:
        yield
    except errors.GatedRepoError as error:
        raise ModelError(
            f"{repository} is gated: its owner asks people to accept terms first.",
            "Accept them on the model's page, then run `hf auth login` and try again.",
        ) from error
    except errors.RepositoryNotFoundError as error:
        names = close_names(repository)
        meant = f"Did you mean {' or '.join(names)}? " if names else ""
        raise ModelError(
            f"The hub has no model {repository}, or it is private.",
            f"{meant}Check the spelling, or run `hf auth login` if it is yours.",
        ) from error
    except errors.RevisionNotFoundError as error:
        raise ModelError(
            f"{repository} has no revision {revision!r}.", "Leave out the part from @ on."
        ) from error
    except ModelError:
        raise
    except Exception as error:
        raise _other(error, repository) from error


def _other(error: Exception, repository: str) -> ModelError:
    chain: list[BaseException] = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None:
        chain.append(cause)
    kinds = {kind.__name__ for link in chain for kind in type(link).__mro__}
    status = getattr(getattr(error, "response", None), "status_code", None)
    if any(isinstance(link, OSError) and link.errno == 28 for link in chain):
        return ModelError(
            f"There is no disk space to fetch {repository}.",
            "Free some space, or set HF_HOME to a folder on another disk.",
        )
    if status in (401, 403):
        return ModelError(
            f"The hub refuses access to {repository} (status {status}).",
            "Ask its owner for access, then run `hf auth login`.",
        )
    if status is not None:
        return ModelError(
            f"The hub answered with status {status} when asked for {repository}.",
            "Try again later.",
        )
    if kinds & {"OfflineModeIsEnabled", "TransportError", "ConnectionError", "TimeoutError"}:
        names = close_names(repository)
        meant = f" Did you mean {' or '.join(names)}?" if names else ""
        return ModelError(
            f"{repository} is not on this computer, and the hub cannot be reached.",
            f"Check the network connection, or open a local folder or .gguf file.{meant}",
        )
    first = (str(error).splitlines() or [""])[0]
    return ModelError(
        f"{repository} could not be fetched ({type(error).__name__}: {first}).",
        "Try again, or open a model that is on this machine.",
    )


if __name__ == "__main__":
    main()
