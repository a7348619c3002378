"""How much memory and disk a model takes, known before anything is loaded."""

import ctypes
import json
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from laminoscope_core.errors import ModelError

__all__ = [
    "Weights",
    "free_memory",
    "gigabytes",
    "heap_trimmer",
    "let_go",
    "out_of_memory",
    "read_weights",
    "require_memory",
]

_GAPS = 128 * 2**20  # freed memory that may stay with the process during a pass
INDEX_FILE, SINGLE_FILE = "model.safetensors.index.json", "model.safetensors"
_MAX_HEADER = 100 << 20
_ITEM_BYTES = {
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
_NO_MEMORY = ("can't allocate memory", "out of memory", "Cannot allocate memory", "ALLOC_FAILED")
_TORCH_NAMES = {"F16": "float16", "BF16": "bfloat16", "F32": "float32", "F64": "float64"}
_FLOAT_BYTES = {"float16": 2, "bfloat16": 2, "float32": 4, "float64": 8}


@dataclass(frozen=True)
class Weights:
    """What the headers of a model's safetensors files say.

    Attributes
    ----------
    n_parameters : int
        Values in all tensors; tied ones are stored once.
    n_bytes : int
        Size of the tensors as stored.
    dtype : str
        The floating type of most values, as ``"bfloat16"``; empty if none is floating.
    """

    n_parameters: int
    n_bytes: int
    dtype: str

    def bytes_as(self, dtype: str) -> int:
        """Return the size once loaded as ``dtype``.

        Examples
        --------
        >>> Weights(n_parameters=1000, n_bytes=2000, dtype="bfloat16").bytes_as("float32")
        4000
        """
        return self.n_parameters * _FLOAT_BYTES[dtype]


def read_weights(folder: Path) -> Weights:
    """Read the headers of the safetensors files in a model's folder and check them.

    Raises
    ------
    ModelError
        A file is missing, truncated or damaged.
    """
    values: dict[str, int] = {}
    for file in weight_files(folder):
        for kind, count in _read_header(file).items():
            values[kind] = values.get(kind, 0) + count
    n_bytes = sum(count * _ITEM_BYTES[kind] for kind, count in values.items())
    floating = {kind: count for kind, count in values.items() if kind in _TORCH_NAMES}
    most = max(floating, key=lambda kind: floating[kind], default="")
    return Weights(sum(values.values()), n_bytes, _TORCH_NAMES.get(most, ""))


def weight_files(folder: Path) -> list[Path]:
    """Return the safetensors files that make up the model in a folder, all existing.

    Raises
    ------
    ModelError
        There are none, one is missing, or the index cannot be read.
    """
    index = folder / INDEX_FILE
    single = folder / SINGLE_FILE
    if single.is_file() or not index.is_file():
        names = [SINGLE_FILE]
    else:
        try:
            places = json.loads(index.read_text(encoding="utf-8"))["weight_map"]
            names = sorted({str(name) for name in places.values()})
        except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
            raise ModelError(f"{index} is not an index of weights.", "Fetch it again.") from error
    for name in names:
        if Path(name).name != name:
            raise ModelError(f"{index} names {name!r}, which is not a file beside it.")
        if not (folder / name).is_file():
            raise ModelError(f"{folder} lacks the weights file {name}.", "Fetch the model again.")
    return [folder / name for name in names]


def _read_header(file: Path) -> dict[str, int]:
    """Return values per type of one safetensors file, held against its size."""
    size = file.stat().st_size
    damaged = ModelError(f"{file} is damaged or truncated.", "Fetch the model again.")
    with file.open("rb") as opened:
        start = opened.read(8)
        length = struct.unpack("<Q", start)[0] if len(start) == 8 else size
        if length > min(size - 8, _MAX_HEADER):
            raise damaged
        content = opened.read(length)
    counts: dict[str, int] = {}
    reached = 0
    try:
        for name, facts in json.loads(content).items():
            if name == "__metadata__":
                continue
            begin, end = facts["data_offsets"]
            kind = str(facts["dtype"])
            if kind not in _ITEM_BYTES:
                raise ModelError(f"{file} holds values of the type {kind}, which is not read.")
            counts[kind] = counts.get(kind, 0) + (end - begin) // _ITEM_BYTES[kind]
            reached = max(reached, end)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged from error
    if reached != size - 8 - length:
        raise damaged
    return counts


def free_memory() -> int:
    """Return the bytes of main memory that a new allocation can have without swapping."""
    return int(psutil.virtual_memory().available)


def out_of_memory(error: BaseException) -> bool:
    """Return whether an error says that memory could not be had, in main memory or on a GPU."""
    import torch

    if isinstance(error, (MemoryError, torch.OutOfMemoryError)):
        return True
    said = str(error)
    return isinstance(error, (RuntimeError, OSError)) and any(
        text in said
        for text in ("can't allocate memory", "out of memory", "Cannot allocate memory")
    )


def let_go() -> None:
    """Give memory that is no longer used back to the system, main memory and a GPU's."""
    import gc

    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def heap_trimmer() -> Callable[[], None]:
    """Return a function that gives freed memory back, once it has become much.

    What is kept during a pass lies between what the pass frees, and the C library of Linux does
    not use such gaps again for tensors of the same size: layer by layer the process grows, to
    several times what it holds.  To be called between layers.
    """
    process, trim = psutil.Process(), None
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # not every C library has it
    least = process.memory_info().rss

    def give_back() -> None:
        nonlocal least
        if trim is not None and process.memory_info().rss > least + _GAPS:
            trim(0)
            least = process.memory_info().rss

    return give_back


def require_memory(what: str, needed: int) -> None:
    """Refuse a load that cannot fit.

    Raises
    ------
    ModelError
        Fewer than ``needed`` bytes are free; both numbers are named.
    """
    free = free_memory()
    if needed > free:
        raise ModelError(
            f"{what} takes {gigabytes(needed)} of memory and {gigabytes(free)} are free.",
            "Close other programs, choose bfloat16, or choose a smaller model.",
        )


def gigabytes(n_bytes: int) -> str:
    """Return a size for people.

    Examples
    --------
    >>> gigabytes(538_060_032)
    '0.54 GB'
    """
    return f"{n_bytes / 1e9:,.2f} GB" if n_bytes < 10e9 else f"{n_bytes / 1e9:,.0f} GB"
