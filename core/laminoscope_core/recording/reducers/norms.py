"""Norms: the Euclidean length of every token's vector, ``‖x‖₂``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.recording.reducers.reducer import Batch, Kept, Need, Setting, places
from laminoscope_core.recording.store import Store

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Norms"]


@dataclass(frozen=True, eq=False)
class Norms:
    """Keeps one number a token; of q, k and v that of all heads together.

    The squares are summed in float32, whatever the model computes in.

    Attributes
    ----------
    sites : tuple of str
        Any but ``logits``.
    layers : sequence of int or None
        0-based blocks; all if None.
    """

    sites: tuple[str, ...]
    layers: Sequence[int] | None = None

    def needs(self, setting: Setting) -> list[Need]:
        """Return a need for each site of each layer."""
        return [
            Need(layer, (site,), {site: Kept({"token": 0})})
            for site, layer in places(setting.layout, self.sites, self.layers)
        ]

    def reduce(
        self, need: Need, values: "Mapping[str, Tensor]", batch: Batch
    ) -> "Mapping[str, Tensor]":
        """Return the norms of a site, (batch, n_tokens)."""
        import torch

        return {
            site: torch.linalg.vector_norm(tensor.flatten(2), dim=-1, dtype=torch.float32)
            for site, tensor in values.items()
        }

    def result(self, store: Store, setting: Setting) -> dict[str, NDArray[np.float64]]:
        """Return the norms by site, (n_layers, n_prompts, n_tokens).

        NaN beyond a prompt's own tokens, and in layers that do not have the site.
        """
        return {site: store.array(site, None).astype(np.float64) for site in self.sites}
