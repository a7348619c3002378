"""Normalisation: how long a token's vector is before and after a norm, and what makes it up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.errors import CaptureError
from laminoscope_core.recording.linear import wide
from laminoscope_core.recording.normed import NORMS
from laminoscope_core.recording.reducers.reducer import Batch, Kept, Need, Setting
from laminoscope_core.recording.store import Store

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["NUMBERS", "N_LARGEST", "Normalisation", "NormalisationReading"]

N_LARGEST = 3
"""Dimensions that count as the largest."""
NUMBERS = ("rms_before", "rms_after", "share_before", "share_after", "cosine")
_LARGEST = ("largest_before", "largest_after")


@dataclass(frozen=True, eq=False)
class NormalisationReading:
    """What norms do to the vectors of a text; axis 1 is `NORMS`: the attention's and the MLP's.

    Attributes
    ----------
    rms_before, rms_after : float64 array (n_layers, 2, n_tokens)
        Root of the mean square over dimensions; NaN where a layer has no such norm.
    share_before, share_after : float64 array (n_layers, 2, n_tokens)
        Of the squared length: what its three largest dimensions make up.
    cosine : float64 array (n_layers, 2, n_tokens)
        Of the vector before with that after: how far the pattern is kept.
    largest_before, largest_after : int64 array (n_layers, 2, n_tokens, 3)
        The three largest dimensions by size, the largest first; −1 where there is no norm.
    reasons : str array (n_layers, 2)
        Why there is none; empty where there is.
    """

    rms_before: NDArray[np.float64]
    rms_after: NDArray[np.float64]
    share_before: NDArray[np.float64]
    share_after: NDArray[np.float64]
    cosine: NDArray[np.float64]
    largest_before: NDArray[np.int64]
    largest_after: NDArray[np.int64]
    reasons: NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class Normalisation:
    """Keeps five numbers a norm and token, and the largest dimensions."""

    layers: ClassVar[Sequence[int] | None] = None

    def needs(self, setting: Setting) -> list[Need]:
        """Return a need for each norm; raise `CaptureError` if no layer has any."""
        found = []
        for layer, block in enumerate(setting.layout.blocks):
            for norm in NORMS:
                if f"{norm}_normed" in block.sources:
                    number = Kept({"token": 0}, "float64")
                    largest = Kept({"token": 0, "place": N_LARGEST}, "int64")
                    keeps = {f"{norm}_{name}": number for name in NUMBERS}
                    keeps |= {f"{norm}_{name}": largest for name in _LARGEST}
                    found.append(Need(layer, (f"{norm}_unnormed", f"{norm}_normed"), keeps))
        if not found:
            raise CaptureError(setting.layout.blocks[0].missing[f"{NORMS[0]}_normed"])
        return found

    def reduce(
        self, need: Need, values: "Mapping[str, Tensor]", batch: Batch
    ) -> "dict[str, Tensor]":
        """Return what is kept of a norm, (batch, n_tokens, …)."""
        import torch

        norm = need.sites[0].partition("_")[0]
        before, after = (values[site].to(wide(values[site].device)) for site in need.sites)
        found = {"cosine": torch.cosine_similarity(before, after, dim=-1, eps=0.0)}
        for name, value in (("before", before), ("after", after)):
            square = value.square()
            top = square.topk(min(N_LARGEST, value.shape[-1]), dim=-1)
            found[f"rms_{name}"] = square.mean(-1).sqrt()
            found[f"share_{name}"] = top.values.sum(-1) / square.sum(-1)
            found[f"largest_{name}"] = top.indices
        return {f"{norm}_{name}": value for name, value in found.items()}

    def result(self, store: Store, setting: Setting) -> NormalisationReading:
        """Return what norms do to the first prompt."""
        blocks, n_tokens = setting.layout.blocks, len(setting.prompts[0].token_ids)
        shape = (len(blocks), len(NORMS), n_tokens)
        arrays: dict[str, Any] = {name: np.full(shape, np.nan) for name in NUMBERS}
        arrays |= {name: np.full((*shape, N_LARGEST), -1, np.int64) for name in _LARGEST}
        reasons = np.full(shape[:2], "", dtype=object)
        for layer, block in enumerate(blocks):
            for place, norm in enumerate(NORMS):
                if why := block.missing.get(f"{norm}_normed"):
                    reasons[layer, place] = why
                    continue
                for name, array in arrays.items():
                    array[layer, place] = store.array(f"{norm}_{name}", layer)[0]
        return NormalisationReading(**arrays, reasons=reasons.astype(str))
