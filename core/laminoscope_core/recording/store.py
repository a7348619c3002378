"""Where what is kept lands: an array for each name, layers first, in memory or on disk."""

import hashlib
import json
import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from laminoscope_core.errors import CaptureError

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["TOKEN_AXES", "Kept", "Store"]

Array = npt.NDArray[Any]
Key = tuple[str, int | None]

TOKEN_AXES = frozenset(("token", "source"))
"""Axes as long as a prompt: its tokens, and the tokens that they attend to."""

_SAFETENSORS = {"float32": "F32", "float64": "F64", "int64": "I64"}


@dataclass(frozen=True, eq=False)
class Kept:
    """What is kept of each prompt in one place.

    Attributes
    ----------
    axes : mapping of str to int
        Names and lengths of the axes after the prompt's, in order; the length of one of
        `TOKEN_AXES` is the prompt's and does not count.
    dtype : {"float32", "float64", "int64"}
    """

    axes: Mapping[str, int]
    dtype: Literal["float32", "float64", "int64"] = "float32"

    def shape(self, n_tokens: int) -> tuple[int, ...]:
        """Return the lengths of the axes where prompts have so many tokens."""
        return tuple(n_tokens if name in TOKEN_AXES else size for name, size in self.axes.items())

    def nbytes(self, n_tokens: int) -> int:
        """Return the bytes of one prompt with so many tokens."""
        return prod(self.shape(n_tokens)) * np.dtype(self.dtype).itemsize


class Store:
    """Collects what is kept of the batches.

    Parameters
    ----------
    n_prompts, n_tokens : int
        How many prompts there are, and the tokens of the longest.
    layers : sequence of int
        The layers that have a place, ascending.
    on_disk : bool
        Keep the arrays in memory-mapped safetensors files, in a folder that goes with the store.

    Attributes
    ----------
    layers : tuple of int
    folder : pathlib.Path or None
        Where the files are; `seal` writes ``sha256.json`` beside them.
    """

    def __init__(
        self, n_prompts: int, n_tokens: int, layers: Sequence[int], on_disk: bool = False
    ) -> None:
        self.layers = tuple(layers)
        self._n_prompts = n_prompts
        self._n_tokens = n_tokens
        self._arrays: dict[str, dict[tuple[int, ...], Array]] = {}
        self._homes: dict[Key, Array] = {}
        self._sums: dict[str, str] = {}  # of files that have not been read yet
        self.folder: Path | None = None
        self._remove = None
        if on_disk:
            self.folder = Path(tempfile.mkdtemp(prefix="laminoscope-capture-"))
            self._remove = weakref.finalize(self, shutil.rmtree, self.folder, True)

    def put(
        self,
        name: str,
        layer: int | None,
        kept: Kept,
        prompts: Sequence[int],
        lengths: Sequence[int],
        values: "Tensor",
    ) -> None:
        """Store what was kept of one batch in one place.

        Parameters
        ----------
        name : str
        layer : int or None
            One of `layers`; None if the name has no layers.
        kept : Kept
            The axes of `values` after the first.
        prompts, lengths : sequence of int
            The prompts of the batch, and how many tokens each has.
        values : tensor of shape (batch, …)
            Token axes as long as the longest of `lengths`; beyond a prompt's own length they
            become NaN, or −1 where whole numbers are kept.
        """
        import torch

        rows = values.detach().to("cpu", getattr(torch, kept.dtype)).numpy()
        home = self._homes.get((name, layer))
        if home is None:
            sizes = zip(kept.axes, kept.shape(self._n_tokens), rows.shape[1:], strict=True)
            shape = tuple(n if axis in TOKEN_AXES else actual for axis, n, actual in sizes)
            home = self._homes[name, layer] = self._home(name, layer, shape, kept.dtype)
        chosen, n_tokens = np.array(prompts), np.array(lengths)
        for length in np.unique(n_tokens):
            (which,) = np.nonzero(n_tokens == length)
            own = tuple(slice(int(length) if axis in TOKEN_AXES else None) for axis in kept.axes)
            alike = rows if len(which) == len(rows) else rows[which]
            home[(chosen[which], *own)] = alike[(slice(None), *own)]

    def seal(self) -> None:
        """End writing; the SHA-256 of every file goes beside them, and is checked on reading."""
        whole = (array for shapes in self._arrays.values() for array in shapes.values())
        for array in (*self._homes.values(), *whole):
            array.flags.writeable = False
        if self.folder is None:
            return
        self._sums = {path.name: _sha256(path) for path in self.folder.glob("*.safetensors")}
        text = json.dumps(self._sums, indent=1, sort_keys=True)
        (self.folder / "sha256.json").write_text(text, encoding="utf-8")

    def close(self) -> None:
        """Let go of everything; files are deleted."""
        self._arrays.clear()
        self._homes.clear()
        if self._remove is not None:
            self._remove()

    def array(self, site: str, layer: int | None) -> Array:
        """Return what was kept, (n_layers, n_prompts, …), or of one layer, (n_prompts, …).

        Raises
        ------
        CaptureError
            A file is no longer what was written.
        """
        self._check(site)
        if (site, layer) in self._homes:
            return self._homes[site, layer]
        shapes = self._arrays[site]
        if len(shapes) > 1:
            widths = " and ".join(str(shape) for shape in shapes)
            raise CaptureError(
                f"The layers of this model have {site} of different shapes: {widths}.",
                "Ask for one layer at a time.",
            )
        whole = next(iter(shapes.values()))
        return whole if layer is None else whole[self.layers.index(layer)]

    def _check(self, site: str) -> None:
        """Compare the files of a site with their sums, each once."""
        if self.folder is None:
            return
        for name in [name for name in self._sums if name.rpartition("-")[0] == site]:
            if _sha256(self.folder / name) != self._sums[name]:
                raise CaptureError(
                    f"The file {name} with the captured {site} has changed since it was written.",
                    "Capture it again.",
                )
            del self._sums[name]

    def _home(self, name: str, layer: int | None, shape: tuple[int, ...], dtype: str) -> Array:
        arrays = self._arrays.setdefault(name, {})
        if shape not in arrays:
            leading = () if layer is None else (len(self.layers),)
            full = (*leading, self._n_prompts, *shape)
            if self.folder is None:
                arrays[shape] = np.empty(full, dtype)
            else:
                path = self.folder / f"{name}-{len(arrays)}.safetensors"
                arrays[shape] = _mapped(path, name, full, dtype)
            arrays[shape][...] = -1 if dtype == "int64" else np.nan
        return arrays[shape] if layer is None else arrays[shape][self.layers.index(layer)]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _mapped(path: Path, name: str, shape: tuple[int, ...], dtype: str) -> Array:
    """Make a safetensors file of one array and map it."""
    n_bytes = np.dtype(dtype).itemsize * prod(shape)
    if shutil.disk_usage(path.parent).free < n_bytes:
        raise CaptureError(
            f"The captured {name} takes {n_bytes / 2**30:.1f} GiB, more than the disk has free.",
            "Capture fewer sites, layers or prompts.",
        )
    tensor = {"dtype": _SAFETENSORS[dtype], "shape": list(shape), "data_offsets": [0, n_bytes]}
    header = json.dumps({name: tensor}).encode()
    header += b" " * (-len(header) % 8)
    with path.open("wb") as file:
        file.write(len(header).to_bytes(8, "little") + header)
        file.truncate(8 + len(header) + n_bytes)
    return np.asarray(np.memmap(path, dtype, "r+", offset=8 + len(header), shape=shape))
