"""What the user means: a catalog name, a folder, a GGUF file or a repository of the hub."""

import difflib
import re
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

from laminoscope_core.errors import ModelError
from laminoscope_core.models.catalog import HubEntry, PackageEntry, catalog
from laminoscope_core.text import half_character, visible_text

__all__ = [
    "PICKLED_SUFFIXES",
    "FileSource",
    "FolderSource",
    "HubSource",
    "PackageSource",
    "Source",
    "close_names",
    "resolve",
]

# Formats that can run code when they are opened.
PICKLED_SUFFIXES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle")
_REPOSITORY = re.compile(r"[A-Za-z0-9](?:[\w.-]*[\w])?(?:/[A-Za-z0-9_](?:[\w.-]*[\w])?)?")
_VIEWS = ("tree", "blob", "resolve", "raw", "commit", "commits")
_PAGE = re.compile(rf"[\w-][\w.-]*/[\w-][\w.-]*/(({'|'.join(_VIEWS)})/.*)?")
_MAX_ID = 200
_ADDRESS = re.compile(
    r"(?P<scheme>(https?|ssh)://)?(\w+@)?(?P<host>[\w.-]+\.\w+(:\d+)?)(?P<path>[/:][^?#]*)?([?#].*)?",
    re.IGNORECASE,
)
_SHORT_HOST = "hf.co"
_AROUND = " \t\r\n<>\"'“”\u200b\ufeff"  # what stands around an address that was copied
_REVISION = re.compile(r"[A-Za-z0-9][\w./-]*")


@dataclass(frozen=True)
class PackageSource:
    """A GGUF file in Python packages."""

    entry: PackageEntry


@dataclass(frozen=True)
class HubSource:
    """A repository of the Hugging Face hub at a branch, tag or commit."""

    repository: str
    revision: str
    title: str


@dataclass(frozen=True)
class FolderSource:
    """A folder with ``config.json`` and safetensors weights."""

    path: Path


@dataclass(frozen=True)
class FileSource:
    """A GGUF file."""

    path: Path


Source = PackageSource | HubSource | FolderSource | FileSource


def resolve(source: str | Path) -> Source:
    """Decide what a source means, looking only at the catalog and the file system.

    A catalog name comes first, then what exists on disk, then the form of a hub id; a hub id
    may end in ``@revision``.  The address of a model's page on the hub is the id that it names.

    Raises
    ------
    ModelError
        It is none of these, or names a file of a kind that is not opened.

    Examples
    --------
    >>> resolve("smollm2-135m").entry.title
    'SmolLM2 135M Instruct'
    >>> resolve("EleutherAI/pythia-70m@step3000").revision
    'step3000'
    """
    text = str(source).strip()
    if isinstance(source, str) and not _exists(text):
        text = _id_of_address(text.strip(_AROUND))
    if not text:
        raise ModelError("No model is named.", _CHOICES)
    name, _, revision = text.partition("@")
    if isinstance(source, str) and (entry := catalog().get(name.lower())) is not None:
        if isinstance(entry, HubEntry):
            return HubSource(entry.repository, revision or entry.revision, entry.title)
        if not revision:
            return PackageSource(entry)
        raise ModelError(f"{name} has no revisions: {revision!r} was asked for.", f"Open {name!r}.")
    if _exists(text):
        path = Path(text).expanduser()
        if half_character(str(path.absolute())):  # as Python makes them of other bytes
            raise ModelError(
                f"The name of {visible_text(str(path), spaces=False)} is not UTF-8 text, and its "
                "weights cannot be read by such a name.",
                "Rename the file or folder.",
            )
        return FolderSource(path) if path.is_dir() else _file(path)
    if _looks_like_path(name) or isinstance(source, Path):
        raise ModelError(f"There is no file or folder {text}.", _did_you_mean(text))
    if len(name) > _MAX_ID:
        raise ModelError(f"'{text[:40]}…' is not a model that can be opened.", _CHOICES)
    if _REPOSITORY.fullmatch(name) and not re.search(r"--|\.\.", name):
        if "@" not in text:
            return HubSource(name, "main", name)
        if _REVISION.fullmatch(revision) and ".." not in revision:
            return HubSource(name, revision, f"{name}@{revision}")
    raise ModelError(f"{text!r} is not a model that can be opened.", _did_you_mean(text))


def _exists(text: str) -> bool:
    try:
        return Path(text).expanduser().exists()
    except (OSError, ValueError, RuntimeError):  # too long, a NUL, a user who does not exist
        return False


def _id_of_address(text: str) -> str:
    """Return the hub id, and revision if there is one, that a pasted address names.

    What is none stays as it is.

    Raises
    ------
    ModelError
        It is an address, but not of the hub, or not of a model.

    Examples
    --------
    >>> _id_of_address("https://huggingface.co/owner/name/tree/v2/")
    'owner/name@v2'
    """
    if text.startswith("hf://"):
        return _id_of_path(text, text.removeprefix("hf://"))
    if _PAGE.fullmatch(text):  # an id, with what follows it in the address of a page
        return _id_of_path(text, text)
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return text
    host = found["host"].lower().removesuffix(":443")
    if host not in _hub_hosts():
        if found["scheme"]:
            raise ModelError(f"{text!r:.120} is not an address of the hub.", _CHOICES)
        return text
    return _id_of_path(text, (found["path"] or "").lstrip(":"))


def _id_of_path(text: str, path: str) -> str:
    # Taken apart first: a branch with a slash in its name is written with %2F.
    parts = [urllib.parse.unquote(part) for part in path.split("/") if part]
    if parts[:2] == ["api", "models"]:
        parts = parts[1:]
    if parts[:1] == ["models"]:
        parts = parts[1:]
    revision = ""
    for view in _VIEWS:
        if view in parts[1:3]:
            place = parts.index(view, 1)
            parts, after = parts[:place], parts[place + 1 :]
            # Of a file, the folder; the hub's own branches have two slashes.
            revision = "/".join(after[: 3 if after[:1] == ["refs"] else 1])
    parts = parts[:2]
    if not parts or parts[0] in ("datasets", "spaces", "docs", "papers", "collections"):
        raise ModelError(f"{text!r:.120} is not the address of a model.", _CHOICES)
    name = "/".join(parts).removesuffix(".git")
    return name + (f"@{revision}" if revision and revision != "main" else "")


def _hub_hosts() -> frozenset[str]:
    """Return the names of the host whose pages people copy addresses from."""
    from huggingface_hub import constants

    places = (constants.ENDPOINT, constants.HUGGINGFACE_CO_URL_HOME)
    hosts = {urllib.parse.urlsplit(place).netloc.lower() for place in places}
    return frozenset({*hosts, *(f"www.{host}" for host in hosts), _SHORT_HOST})


_CHOICES = "Give a catalog name, a folder, a .gguf file, or a hub id such as owner/name."


def _file(path: Path) -> FileSource:
    suffix = path.suffix.lower()
    if suffix == ".gguf":
        return FileSource(path)
    if suffix in PICKLED_SUFFIXES:
        raise ModelError(
            f"{path.name} is a pickled file, which can run code when it is opened; "
            "such files are never read.",
            "Open a safetensors folder or a .gguf file of the model.",
        )
    if suffix in (".safetensors", ".json"):
        raise ModelError(
            f"{path.name} is only a part of a model.", f"Open its folder: {path.parent}."
        )
    if re.search(r"\.gguf[._-]?(part|split|\d)", path.name, re.IGNORECASE):
        raise ModelError(
            f"{path.name} is a piece of a GGUF file.",
            "Join the pieces one after another into one .gguf file, and open that.",
        )
    raise ModelError(f"{path} is not a model: it is neither a folder nor a .gguf file.", _CHOICES)


def _looks_like_path(text: str) -> bool:
    return (
        text.startswith((".", "/", "~"))
        or "\\" in text
        or text.count("/") > 1
        or Path(text).suffix.lower() in (".gguf", ".safetensors", *PICKLED_SUFFIXES)
    )


def close_names(text: str) -> list[str]:
    """Return the catalog names that a misspelling may mean, best first.

    A repository of the catalog is no misspelling.

    Examples
    --------
    >>> close_names("smolm2-135")[0]
    'smollm2-135m'
    """
    if text in (entry.repository for entry in catalog().values() if isinstance(entry, HubEntry)):
        return []
    return difflib.get_close_matches(text.rpartition("/")[2].lower(), list(catalog()), 3, 0.6)


def _did_you_mean(text: str) -> str:
    names = close_names(text)
    return f"Did you mean {' or '.join(names)}? {_CHOICES}" if names else _CHOICES
