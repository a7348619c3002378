"""Turning: what distance alone does to how compatible a head's queries and keys are.

The mean compatibility of every query with every key, turned as if they stood δ apart, is that of
the mean query with the mean key: products are linear in both.  So two vectors a head are all that
is kept, turned back to one place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.errors import CaptureError
from laminoscope_core.recording.linear import wide
from laminoscope_core.recording.reducers.reducer import Batch, Kept, Need, Setting
from laminoscope_core.recording.rotation import Rotation
from laminoscope_core.recording.store import Store

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Turning", "TurningReading"]


@dataclass(frozen=True, eq=False)
class TurningReading:
    """Of every head, how its mean query meets its mean key, by pair of dimensions.

    At distance δ a pair gives ``even·cos(ωδ) + odd·sin(ωδ)``.

    Attributes
    ----------
    even, odd : float64 array (n_layers, n_heads, n_pairs)
        NaN for pairs and heads that a layer does not have.
    rest : float64 array (n_layers, n_heads)
        Of the dimensions that are not turned.
    frequency : float64 array (n_layers, n_pairs)
        ω, in radians a token.
    n : int
        Tokens that the means are over.
    reasons : tuple of str
        By layer: why it is not turned; empty where it is.
    """

    even: NDArray[np.float64]
    odd: NDArray[np.float64]
    rest: NDArray[np.float64]
    frequency: NDArray[np.float64]
    n: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Turning:
    """Keeps the mean query and key of every head, turned back.

    Attributes
    ----------
    rotations : tuple of Rotation or str
        Of each layer, or why there is none.
    """

    rotations: tuple[Rotation | str, ...]
    layers: ClassVar[Sequence[int] | None] = None

    def needs(self, setting: Setting) -> list[Need]:
        """Return a need for each layer that is turned; raise `CaptureError` if none is."""
        found = []
        for layer, rotation in enumerate(self.rotations):
            if isinstance(rotation, Rotation):
                shapes = setting.layout.blocks[layer].shapes
                keeps = {
                    site: Kept(dict(zip(("head", "width"), shapes[site], strict=True)), "float64")
                    for site in ("q_used", "k_used")
                }
                found.append(Need(layer, ("q_used", "k_used"), keeps))
        if not found:
            raise CaptureError(str(self.rotations[0]))
        return found

    def reduce(
        self, need: Need, values: "Mapping[str, Tensor]", batch: Batch
    ) -> "dict[str, Tensor]":
        """Return the means over the tokens, (batch, n_heads, d_head)."""
        import torch

        assert need.layer is not None
        rotation = self.rotations[need.layer]
        assert isinstance(rotation, Rotation)
        found = {}
        for site, value in values.items():
            back = rotation.undone(value.to(wide(value.device)))
            rows = [row[:length].mean(0) for row, length in zip(back, batch.lengths, strict=True)]
            found[site] = torch.stack(rows)
        return found

    def result(self, store: Store, setting: Setting) -> TurningReading:
        """Return how the means of the first prompt meet."""
        blocks = setting.layout.blocks
        turned = {n: one for n, one in enumerate(self.rotations) if isinstance(one, Rotation)}
        n_heads = max(blocks[layer].shapes["q_used"][0] for layer in turned)
        n_pairs = max(len(rotation.frequency) for rotation in turned.values())
        shape = (len(blocks), n_heads, n_pairs)
        even, odd = np.full(shape, np.nan), np.full(shape, np.nan)
        rest, frequency = np.full(shape[:2], np.nan), np.full((shape[0], n_pairs), np.nan)
        for layer, rotation in turned.items():
            q, k = (store.array(site, layer)[0] for site in ("q_used", "k_used"))
            k = np.repeat(k, len(q) // len(k), axis=0)
            scale = _scale(blocks[layer].sources["q_used"].taps[0].module, q.shape[-1])
            a, b, c, d = (
                each[:, which] for each in (q, k) for which in (rotation.first, rotation.second)
            )
            own = slice(None, len(rotation.frequency))
            even[layer, : len(q), own] = (a * c + b * d) * scale
            odd[layer, : len(q), own] = (a * d - b * c) * scale
            still = np.ones(q.shape[-1], dtype=bool)
            still[np.concatenate([rotation.first, rotation.second])] = False
            rest[layer, : len(q)] = (q[:, still] * k[:, still]).sum(-1) * scale
            frequency[layer, own] = rotation.frequency
        reasons = tuple("" if isinstance(one, Rotation) else one for one in self.rotations)
        n = len(setting.prompts[0].token_ids)
        return TurningReading(even, odd, rest, frequency, n, reasons)


def _scale(attention: object, width: int) -> float:
    """Return what an attention multiplies products by before the softmax."""
    scale = getattr(attention, "scaling", None)
    return float(scale) if isinstance(scale, (int, float)) else width**-0.5
