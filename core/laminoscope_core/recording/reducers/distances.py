"""What distance alone does to weights, in texts of one token over and over.

All contents are the same there, so that places are all that is left to tell keys apart.  The log
of a weight, less that of the weight on the query's own place, is then how much more, or less,
compatible places so far apart are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.errors import CaptureError
from laminoscope_core.recording.linear import wide
from laminoscope_core.recording.reducers.reducer import Batch, Kept, Need, Setting
from laminoscope_core.recording.store import Store

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Distances"]


@dataclass(frozen=True, eq=False)
class Distances:
    """Keeps mean compatibility by distance, of texts that have as many tokens.

    Attributes
    ----------
    wanted : tuple of int
        The layers.
    """

    wanted: tuple[int, ...]
    layers: ClassVar[Sequence[int] | None] = None

    def needs(self, setting: Setting) -> list[Need]:
        """Return a need for each layer that shows its weights; raise `CaptureError` if none."""
        blocks = setting.layout.blocks
        having = [layer for layer in self.wanted if "attention" in blocks[layer].sources]
        if not having:
            raise CaptureError(blocks[self.wanted[0]].missing["attention"])
        n = len(setting.prompts[0].token_ids)
        return [
            Need(
                layer,
                ("attention",),
                {
                    "bias": Kept(
                        {"head": blocks[layer].shapes["attention"][0], "distance": n}, "float64"
                    )
                },
            )
            for layer in having
        ]

    def reduce(
        self, need: Need, values: "Mapping[str, Tensor]", batch: Batch
    ) -> "dict[str, Tensor]":
        """Return means over queries, (batch, n_heads, n_distances); NaN where all weights are 0."""
        import torch

        weights = values["attention"].transpose(1, 2)  # (batch, heads, queries, keys)
        logs = weights.to(wide(weights.device)).log()
        less = logs - logs.diagonal(dim1=-2, dim2=-1)[..., None]
        less = torch.where(less.isfinite(), less, torch.nan)
        means = [
            less.diagonal(-distance, dim1=-2, dim2=-1).nanmean(-1)
            for distance in range(less.shape[-1])
        ]
        return {"bias": torch.stack(means, dim=-1)}

    def result(self, store: Store, setting: Setting) -> NDArray[np.float64]:
        """Return the means over all texts, (n_layers, n_heads, n_distances); NaN where unknown."""
        kept = {
            need.layer: store.array("bias", need.layer).mean(axis=0)
            for need in self.needs(setting)
            if need.layer is not None
        }
        n_heads = max(len(each) for each in kept.values())
        n = len(setting.prompts[0].token_ids)
        found = np.full((len(setting.layout.blocks), n_heads, n), np.nan)
        for layer, each in kept.items():
            found[layer, : len(each)] = each
        return found
