"""What the weights files of a folder say of themselves, checked before any library reads them.

The safetensors files that make up a model are those that its index names, or the single one:
files of the folder itself, by a name that ends in ``.safetensors``.  Their headers are held
against themselves and against the size of the file.
"""

import contextlib
import json
import os
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from laminoscope_core.errors import ModelError
from laminoscope_core.models.reading import open_regular, present, read_json
from laminoscope_core.strict_json import without_repetition

__all__ = [
    "INDEX_FILE",
    "ITEM_BYTES",
    "SINGLE_FILE",
    "StoredTensor",
    "WeightsMissing",
    "indexed_files",
    "opened_tensors",
    "read_tensors",
    "weight_files",
]

INDEX_FILE, SINGLE_FILE = "model.safetensors.index.json", "model.safetensors"
ITEM_BYTES = {
    "BOOL": 1,
    "U8": 1,
    "I8": 1,
    "F8_E4M3": 1,
    "F8_E5M2": 1,
    "F8_E8M0": 1,
    "U16": 2,
    "I16": 2,
    "F16": 2,
    "BF16": 2,
    "U32": 4,
    "I32": 4,
    "F32": 4,
    "U64": 8,
    "I64": 8,
    "F64": 8,
}
# Far above what any published model has, far below what hurts.
_MAX_HEADER = 64 << 20
_MAX_INDEX = 64 << 20
_MAX_TENSORS = 1 << 18
_MAX_ITEMS = 3 << 20  # of JSON, of which Python keeps some hundred bytes each
_MAX_DIMENSIONS = 8


class WeightsMissing(ModelError):
    """A file of a model's weights is not there, as when fetching it was broken off."""


@dataclass(frozen=True)
class StoredTensor:
    """A tensor as a safetensors file announces it.

    Attributes
    ----------
    file : Path
    kind : str
        The type of its values, one of `ITEM_BYTES`.
    shape : tuple of int
    """

    file: Path
    kind: str
    shape: tuple[int, ...]

    @property
    def n_values(self) -> int:
        """How many values it has."""
        return prod(self.shape)


def weight_files(folder: Path) -> list[Path]:
    """Return the safetensors files that make up the model in a folder, all existing.

    Raises
    ------
    WeightsMissing
        There are none, or one is missing.
    ModelError
        An index cannot be read or names something other than ``.safetensors`` files of the same
        folder.
    """
    places = _index(folder)
    if (folder / SINGLE_FILE).exists() or places is None:
        names = [SINGLE_FILE]
    else:
        names = sorted(set(places.values()))
    for name in names:
        if not (folder / name).is_file():
            if (folder / name).exists():
                raise ModelError(
                    f"{folder / name} is not an ordinary file.", "Fetch the model again."
                )
            raise WeightsMissing(
                f"{folder} lacks the weights file {name}.", "Fetch the model again."
            )
    return [folder / name for name in names]


def indexed_files(folder: Path) -> set[str]:
    """Return the names of the files that a folder's index names, whether they are there or not."""
    return set((_index(folder) or {}).values())


def _index(folder: Path) -> dict[str, str] | None:
    """Return which file an index says holds which tensor; None without an index."""
    index = folder / INDEX_FILE
    if not present(index):
        return None
    places = read_json(index, _MAX_INDEX).get("weight_map")
    if not isinstance(places, dict) or not places:
        raise ModelError(f"{index} is not an index of weights.", "Fetch it again.")
    for name in set(map(_text, places.values())):
        _check_named(index, name)
    return places


def _text(name: Any) -> str:
    return name if isinstance(name, str) else repr(name)


def _check_named(index: Path, name: str) -> None:
    """Refuse what is not a safetensors file beside the index."""
    hint = "Fetch the model again, from its publisher."
    if not name.endswith(".safetensors"):
        raise ModelError(
            f"{index} names {name!r} as weights, which is not a .safetensors file; nothing else "
            "is read.",
            hint,
        )
    # A backslash or a drive's colon makes a path of it on Windows; nobody writes them in a name.
    if Path(name).name != name or any(mark in name for mark in '/\\:\0*?"<>|'):
        raise ModelError(f"{index} names {name!r}, which is not a file beside it.", hint)
    file = index.parent / name
    if file.is_symlink() and not _stays(file):
        raise ModelError(
            f"{index} names {name!r}, which is a link to a file outside its folder.",
            "Copy the file into the folder.",
        )


def _stays(link: Path) -> bool:
    """Whether a link leads to the same folder, or from the hub's cache to that cache's files."""
    target, home = link.resolve(), link.parent.resolve()
    if target.parent == home:
        return True
    return home.parent.name == "snapshots" and target.parent == home.parent.parent / "blobs"


def read_tensors(folder: Path) -> dict[str, StoredTensor]:
    """Return every tensor of a folder's weights by name, from the headers of its files.

    Raises
    ------
    ModelError
        As `weight_files`; a file is truncated or damaged, a header contradicts itself, claims
        more than any model has, or the files and their index contradict each other.
    """
    files = weight_files(folder)
    found: dict[str, StoredTensor] = {}
    for file in files:
        for name, tensor in _read_header(file).items():
            if name in found:
                raise ModelError(
                    f"The tensor {name} is in two files, {found[name].file.name} and {file.name}.",
                    "Fetch the model again.",
                )
            found[name] = tensor
        if len(found) > _MAX_TENSORS:
            raise ModelError(
                f"{folder} holds more than {_MAX_TENSORS:,} tensors.", "Choose another model."
            )
    places = _index(folder) if files[0].name != SINGLE_FILE else None
    for name, place in (places or {}).items():
        if name not in found or found[name].file.name != place:
            raise ModelError(
                f"{folder / INDEX_FILE} says that {place} holds the tensor {name}, which it does "
                "not.",
                "Fetch the model again.",
            )
    return found


@contextlib.contextmanager
def opened_tensors(tensors: Mapping[str, StoredTensor]) -> Iterator[dict[str, Any]]:
    """Give tensors by name, each read from its file when it is sliced, while this is open."""
    from safetensors import safe_open

    with contextlib.ExitStack() as stack:
        files = {
            file: stack.enter_context(safe_open(file, framework="pt"))
            for file in {tensor.file for tensor in tensors.values()}
        }
        yield {name: files[tensor.file].get_slice(name) for name, tensor in tensors.items()}


def _read_header(file: Path) -> dict[str, StoredTensor]:
    """Return the tensors of one safetensors file, held against each other and its size."""
    damaged = ModelError(f"{file} is damaged or truncated.", "Fetch the model again.")
    with open_regular(file) as opened:
        size = os.fstat(opened.fileno()).st_size
        start = opened.read(8)
        length = struct.unpack("<Q", start)[0] if len(start) == 8 else size
        if length > size - 8:
            raise damaged
        if length > _MAX_HEADER:
            raise _too_much(file)
        content = opened.read(length)
    # Counted in the bytes, since parsing alone could take more memory than there is.
    if content.count(b'"data_offsets"') > _MAX_TENSORS:
        raise _too_much(file)
    if sum(content.count(mark) for mark in (b"{", b"[", b",")) > _MAX_ITEMS:
        raise _too_much(file)
    try:
        header = json.loads(content, object_pairs_hook=without_repetition)
        places = [
            (*_offsets(facts), name, _stored(file, facts))
            for name, facts in header.items()
            if name != "__metadata__"
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged from error
    reached = 0
    for begin, end, _, tensor in sorted(places, key=lambda place: place[:2]):
        if begin != reached or end - begin != tensor.n_values * ITEM_BYTES[tensor.kind]:
            raise damaged
        reached = end
    if reached != size - 8 - length:
        raise damaged
    return {name: tensor for _, _, name, tensor in places}


def _too_much(file: Path) -> ModelError:
    return ModelError(
        f"The header of {file} claims more tensors than any model has.",
        "Fetch the model again, from its publisher.",
    )


def _stored(file: Path, facts: Any) -> StoredTensor:
    kind, shape = facts["dtype"], facts["shape"]
    if kind not in ITEM_BYTES:
        raise ModelError(
            f"{file} holds values of the type {kind!r:.40}, which is not read.",
            "Convert it to float32, float16 or bfloat16.",
        )
    if not isinstance(shape, list) or len(shape) > _MAX_DIMENSIONS:
        raise ValueError("no shape")
    return StoredTensor(file, kind, tuple(map(_count, shape)))


def _offsets(facts: Any) -> tuple[int, int]:
    begin, end = map(_count, facts["data_offsets"])
    return begin, end


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("not a count")
    return value
