"""Where captured rows land: one float32 array per site, layers first, in memory or on disk."""

import hashlib
import json
import shutil
import tempfile
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from laminoscope_core.errors import CaptureError
from laminoscope_core.recording.hooks import Key

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Store"]

Array = npt.NDArray[np.float32]


class Store:
    """Collects the batches of a capture.

    Parameters
    ----------
    n_prompts, n_rows : int
        Size of the first two axes of every array.
    layers : sequence of int
        The layers captured, ascending.
    on_disk : bool
        Keep the arrays in memory-mapped safetensors files, in a folder that goes with the store.

    Attributes
    ----------
    folder : pathlib.Path or None
        Where the files are; `seal` writes ``sha256.json`` beside them.
    """

    def __init__(
        self, n_prompts: int, n_rows: int, layers: Sequence[int], on_disk: bool = False
    ) -> None:
        self._n_prompts = n_prompts
        self._n_rows = n_rows
        self._layers = {layer: index for index, layer in enumerate(layers)}
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
        key: Key,
        prompts: Sequence[int],
        values: "Tensor",
        inside: npt.NDArray[np.bool_],
    ) -> None:
        """Keep the rows of one batch.

        Parameters
        ----------
        key : (site, layer)
        prompts : sequence of int
            The prompts of the batch.
        values : tensor of shape (batch, rows, …)
            No more rows than the store has; fewer are filled with NaN.
        inside : bool array of shape (batch, rows)
            False where a row is padding.
        """
        site, layer = key
        rows = values.float().cpu().numpy()
        if not inside.all():
            rows[~inside] = np.nan
        if key not in self._homes:
            self._homes[key] = self._home(site, layer, rows.shape[2:])
        self._homes[key][prompts, : rows.shape[1]] = rows

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
        """Return what was kept; see `laminoscope_core.recording.captured.Capture.array`.

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
        return whole if layer is None else whole[self._layers[layer]]

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

    def _home(self, site: str, layer: int | None, shape: tuple[int, ...]) -> Array:
        arrays = self._arrays.setdefault(site, {})
        if shape not in arrays:
            leading = () if layer is None else (len(self._layers),)
            full = (*leading, self._n_prompts, self._n_rows, *shape)
            if self.folder is None:
                arrays[shape] = np.full(full, np.nan, dtype=np.float32)
            else:
                arrays[shape] = _mapped(
                    self.folder / f"{site}-{len(arrays)}.safetensors", site, full
                )
        return arrays[shape] if layer is None else arrays[shape][self._layers[layer]]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _mapped(path: Path, name: str, shape: tuple[int, ...]) -> Array:
    """Make a safetensors file of one float32 tensor, all NaN, and map it."""
    n_bytes = 4 * int(np.prod(shape, dtype=np.int64))
    if shutil.disk_usage(path.parent).free < n_bytes:
        raise CaptureError(
            f"The captured {name} takes {n_bytes / 2**30:.1f} GiB, more than the disk has free.",
            "Capture fewer sites, layers or prompts.",
        )
    entry = {name: {"dtype": "F32", "shape": list(shape), "data_offsets": [0, n_bytes]}}
    header = json.dumps(entry).encode()
    header += b" " * (-len(header) % 8)
    with path.open("wb") as file:
        file.write(len(header).to_bytes(8, "little") + header)
        file.truncate(8 + len(header) + n_bytes)
    mapped = np.memmap(path, np.float32, "r+", offset=8 + len(header), shape=shape)
    mapped[...] = np.nan
    return np.asarray(mapped)
