"""Balance: how long the stream is, how long what each block adds, and whither it points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.recording.linear import wide
from laminoscope_core.recording.reducers.reducer import Batch, Kept, Need, Setting
from laminoscope_core.recording.store import Store

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Balance", "BalanceReading"]

_NAMES = ("resid_in", "attn_added", "mlp_added", "cos_attention", "cos_mlp")


@dataclass(frozen=True, eq=False)
class BalanceReading:
    """Lengths and directions of what is added to the stream, by layer and token.

    Attributes
    ----------
    resid_in, attn_added, mlp_added : float64 array (n_layers, n_tokens)
        Euclidean lengths; NaN where a layer lacks the site.
    cos_attention : float64 array (n_layers, n_tokens)
        Cosine of attn_added with resid_in.
    cos_mlp : float64 array (n_layers, n_tokens)
        Of mlp_added with the stream that it enters: after the attention, but in parallel blocks
        resid_in.
    reasons : tuple of str
        By layer: why something is NaN; empty where nothing is.
    """

    resid_in: NDArray[np.float64]
    attn_added: NDArray[np.float64]
    mlp_added: NDArray[np.float64]
    cos_attention: NDArray[np.float64]
    cos_mlp: NDArray[np.float64]
    reasons: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Balance:
    """Keeps five numbers a layer and token."""

    layers: ClassVar[Sequence[int] | None] = None

    def needs(self, setting: Setting) -> list[Need]:
        """Return a need for each layer; raise `CaptureError` if the stream cannot be had."""
        found = []
        keeps = {name: Kept({"token": 0}, "float64") for name in _NAMES}
        for layer, block in enumerate(setting.layout.blocks):
            setting.layout.source("resid_in", layer)
            added = [site for site in ("attn_added", "mlp_added") if site in block.sources]
            found.append(Need(layer, ("resid_in", *added), keeps))
        return found

    def reduce(
        self, need: Need, values: "Mapping[str, Tensor]", batch: Batch
    ) -> "dict[str, Tensor]":
        """Return lengths and cosines, (batch, n_tokens)."""
        import torch

        given = {site: value.to(wide(value.device)) for site, value in values.items()}
        entering = given["resid_in"]
        nothing = torch.full_like(entering[..., 0], torch.nan)
        found = dict.fromkeys(_NAMES, nothing)
        found |= {site: torch.linalg.vector_norm(value, dim=-1) for site, value in given.items()}
        assert need.layer is not None
        meets: dict[str, Tensor] = {"attn_added": entering}
        if batch.setting.layout.blocks[need.layer].parallel:
            meets["mlp_added"] = entering
        elif "attn_added" in given:
            meets["mlp_added"] = entering + given["attn_added"]
        for site, name in (("attn_added", "cos_attention"), ("mlp_added", "cos_mlp")):
            if site in given and site in meets:
                product = (given[site] * meets[site]).sum(-1)
                length = torch.linalg.vector_norm(meets[site], dim=-1)
                found[name] = product / (found[site] * length)
        return found

    def result(self, store: Store, setting: Setting) -> BalanceReading:
        """Return the balance of the first prompt."""
        reasons = tuple(
            next((block.missing[s] for s in ("attn_added", "mlp_added") if s in block.missing), "")
            for block in setting.layout.blocks
        )
        arrays = {name: store.array(name, None)[:, 0] for name in _NAMES}
        return BalanceReading(**arrays, reasons=reasons)
