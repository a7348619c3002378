"""Where captured rows land: one float32 array per site, layers first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from laminoscope_core.capture.hooks import Key
from laminoscope_core.errors import CaptureError

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
    """

    def __init__(self, n_prompts: int, n_rows: int, layers: Sequence[int]) -> None:
        self._n_prompts = n_prompts
        self._n_rows = n_rows
        self._layers = {layer: index for index, layer in enumerate(layers)}
        self._arrays: dict[str, dict[tuple[int, ...], Array]] = {}
        self._homes: dict[Key, Array] = {}

    def put(
        self, key: Key, prompts: Sequence[int], values: "Tensor", inside: npt.NDArray[np.bool_]
    ) -> None:
        """Keep the rows of one batch.

        Parameters
        ----------
        key : (site, layer)
        prompts : sequence of int
            The prompts of the batch.
        values : tensor of shape (batch, rows, …)
            Rows beyond ``n_rows`` of the store are not expected; fewer are filled with NaN.
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

    def array(self, site: str, layer: int | None) -> Array:
        """Return what was kept; see `laminoscope_core.capture.run.Capture.array`."""
        if (site, layer) in self._homes:
            return self._homes[site, layer]
        shapes = self._arrays[site]
        if len(shapes) > 1:
            widths = " and ".join(str(shape) for shape in shapes)
            raise CaptureError(
                f"The layers of this model have {site} of different shapes: {widths}.",
                "Ask for one layer at a time.",
            )
        return next(iter(shapes.values()))

    def _home(self, site: str, layer: int | None, shape: tuple[int, ...]) -> Array:
        arrays = self._arrays.setdefault(site, {})
        if shape not in arrays:
            leading = () if layer is None else (len(self._layers),)
            full = (*leading, self._n_prompts, self._n_rows, *shape)
            arrays[shape] = np.full(full, np.nan, dtype=np.float32)
        return arrays[shape] if layer is None else arrays[shape][self._layers[layer]]
