"""How much memory and disk a model takes, known before anything is loaded."""

import contextlib
import ctypes
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil

from laminoscope_core.errors import ModelError
from laminoscope_core.models.headers import ITEM_BYTES, StoredTensor, read_tensors

__all__ = [
    "Weights",
    "free_memory",
    "gigabytes",
    "heap_trimmer",
    "let_go",
    "out_of_memory",
    "read_weights",
    "require_memory",
    "weights_of",
]

_GAPS = 64 * 2**20  # freed memory that may stay with the process during a pass
_NO_MEMORY = ("can't allocate memory", "out of memory", "Cannot allocate memory", "ALLOC_FAILED")
_TORCH_NAMES = {"F16": "float16", "BF16": "bfloat16", "F32": "float32", "F64": "float64"}
_CONTAINER = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    (
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory/memory.usage_in_bytes",
    ),
)
_HEADROOM = 1.05
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

    def to_load(self, dtype: str) -> int:
        """Return the memory that loading as ``dtype`` takes."""
        return int(_HEADROOM * self.bytes_as(dtype))


def read_weights(folder: Path) -> Weights:
    """Read the headers of the safetensors files in a model's folder and check them.

    Raises
    ------
    ModelError
        A file is missing, truncated or damaged.
    """
    return weights_of(read_tensors(folder).values())


def weights_of(tensors: Iterable[StoredTensor]) -> Weights:
    """Add up tensors as their files announce them.

    Examples
    --------
    >>> weights_of([StoredTensor(Path("w"), "F16", (2, 3)), StoredTensor(Path("w"), "I64", (1,))])
    Weights(n_parameters=7, n_bytes=20, dtype='float16')
    """
    values: dict[str, int] = {}
    for tensor in tensors:
        values[tensor.kind] = values.get(tensor.kind, 0) + tensor.n_values
    n_bytes = sum(count * ITEM_BYTES[kind] for kind, count in values.items())
    floating = {kind: count for kind, count in values.items() if kind in _TORCH_NAMES}
    most = max(floating, key=lambda kind: floating[kind], default="")
    return Weights(sum(values.values()), n_bytes, _TORCH_NAMES.get(most, ""))


def free_memory() -> int:
    """Return the bytes of main memory that a new allocation can have without swapping.

    A container may have less than the machine that it runs on.
    """
    free = int(psutil.virtual_memory().available)
    for limit, used in _CONTAINER:
        with contextlib.suppress(OSError, ValueError):  # no number where there is no limit
            most, taken = (int(Path(file).read_text(encoding="ascii")) for file in (limit, used))
            free = min(free, max(most - taken, 0))
    return free


def out_of_memory(error: BaseException) -> bool:
    """Return whether an error says that memory could not be had, in main memory or on a GPU."""
    import torch

    if isinstance(error, (MemoryError, torch.OutOfMemoryError)):
        return True
    said = str(error)
    return isinstance(error, (RuntimeError, OSError)) and any(text in said for text in _NO_MEMORY)


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
            "Close other programs, choose bfloat16 or the device offload, or a smaller model.",
        )


def gigabytes(n_bytes: int) -> str:
    """Return a size for people.

    Examples
    --------
    >>> gigabytes(538_060_032)
    '0.54 GB'
    """
    return f"{n_bytes / 1e9:,.2f} GB" if n_bytes < 10e9 else f"{n_bytes / 1e9:,.0f} GB"
