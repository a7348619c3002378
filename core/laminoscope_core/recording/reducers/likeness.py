"""Likeness of heads: whether two of them write the same geometry, or look at the same tokens.

The first is debiased linear CKA of their outputs.  Of every head only the products of its outputs
with one another are kept, token by token; widths do not matter then, so that heads of all layers
can be compared.  The second is the correlation of their weights.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.errors import CaptureError
from laminoscope_core.recording.linear import weight_of, wide
from laminoscope_core.recording.reducers.reducer import Batch, Kept, Need, Setting
from laminoscope_core.recording.store import Store

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["LEAST_TOKENS", "Likeness", "LikenessReading"]

LEAST_TOKENS = 4
MOST_TOKENS = 256
"""Of a longer text so many are compared, evenly spread: every pair of tokens counts."""


@dataclass(frozen=True, eq=False)
class LikenessReading:
    """How alike all pairs of heads are.

    Attributes
    ----------
    layer, head : int64 array (n_all,)
        Labels of both axes.
    cka : float64 array (n_all, n_all)
        Debiased linear CKA of their outputs: 1 for one geometry, about 0 for unrelated ones; NaN
        where undefined.
    correlation : float64 array (n_all, n_all)
        Pearson's r of their weights over all queries and the keys before or at them; NaN where a
        layer does not show its weights, or all of a head's are equal.
    n : int
        Tokens that are compared.
    """

    layer: NDArray[np.int64]
    head: NDArray[np.int64]
    cka: NDArray[np.float64]
    correlation: NDArray[np.float64]
    n: int


@dataclass(frozen=True, eq=False)
class Likeness:
    """Keeps the centred products of every head's outputs in the first prompt, and its weights."""

    layers: ClassVar[Sequence[int] | None] = None

    def needs(self, setting: Setting) -> list[Need]:
        """Return a need for each layer whose heads can be told apart.

        Raises
        ------
        CaptureError
            No layer has such, or the text is shorter than four tokens.
        """
        blocks = setting.layout.blocks
        having = [layer for layer, block in enumerate(blocks) if "z" in block.sources]
        if not having:
            raise CaptureError(blocks[0].missing["z"])
        n = MOST_TOKENS
        if setting.prompts:
            n = min(n, len(setting.prompts[0].token_ids))
        if n < LEAST_TOKENS:
            raise CaptureError(f"CKA needs at least {LEAST_TOKENS} tokens, here there are {n}")
        found = []
        for layer in having:
            axes = {"head": blocks[layer].shapes["z"][0], "row": n, "column": n}
            sites = tuple(site for site in ("z", "attention") if site in blocks[layer].sources)
            keeps = {"products": Kept(axes), "looks": Kept(axes)}
            found.append(Need(layer, sites, keeps))
        return found

    def reduce(
        self, need: Need, values: "Mapping[str, Tensor]", batch: Batch
    ) -> "dict[str, Tensor]":
        """Return centred products and weights, both of length 1, (batch, n_heads, n, n)."""
        import torch

        assert need.layer is not None
        z = values["z"]
        (tap,) = batch.setting.layout.source("z", need.layer).taps
        weight = weight_of(tap.module)
        assert weight is not None
        n = need.keeps["products"].axes["row"]
        which = torch.linspace(0, batch.lengths[0] - 1, n).round().long().to(z.device)
        rows = z[:, which].to(wide(z.device)).transpose(1, 2)  # (batch, heads, n, width)
        by_head = weight.to(rows).reshape(len(weight), *z.shape[2:]).transpose(0, 1)
        gram = by_head.transpose(1, 2) @ by_head
        products = _centred(rows @ gram @ rows.transpose(-1, -2)).float()
        looks = torch.full_like(products, torch.nan)
        if "attention" in values:
            taken = values["attention"][:, which][..., which].transpose(1, 2)
            looks = _standard(taken.to(rows)).float()
        return {"products": products, "looks": looks}

    def result(self, store: Store, setting: Setting) -> LikenessReading:
        """Return the likeness of all pairs of heads."""
        needs = self.needs(setting)
        own = [store.array("products", need.layer)[0] for need in needs]
        looks = [store.array("looks", need.layer)[0] for need in needs]
        layers = [need.layer for need, each in zip(needs, own, strict=True) for _ in each]
        heads = [head for each in own for head in range(len(each))]
        return LikenessReading(
            np.array(layers, np.int64),
            np.array(heads, np.int64),
            _products(own),
            _products(looks),
            own[0].shape[-1],
        )


def _products(parts: Sequence[NDArray[np.float32]]) -> NDArray[np.float64]:
    """Return the products of all (n, n) of all parts with one another."""
    flat = np.concatenate([part.reshape(len(part), -1) for part in parts])
    found: NDArray[np.float64] = (flat @ flat.T).astype(np.float64)
    return found


def _standard(weights: "Tensor") -> "Tensor":
    """Return weights (…, n, n) less their mean over keys up to the query, with length 1.

    Other places are 0, so that the products of two such are Pearson's r.
    """
    import torch

    n = weights.shape[-1]
    before = torch.ones(n, n, dtype=torch.bool, device=weights.device).tril()
    taken = weights.where(before, 0.0)
    mean = taken.sum((-2, -1), keepdim=True) / before.sum()
    centred = (taken - mean).where(before, 0.0)
    length = torch.linalg.vector_norm(centred, dim=(-2, -1), keepdim=True)
    # what is left of rounding is no difference
    return torch.where(length > 1e-6 * n, centred / length, torch.nan)


def _centred(products: "Tensor") -> "Tensor":
    """Centre products (…, n, n) without their diagonal, and give them length 1.

    Rows and columns then sum to zero (Székely and Rizzo 2014), and the products of two such are
    debiased CKA.
    """
    import torch

    n = products.shape[-1]
    off = products - torch.diag_embed(products.diagonal(dim1=-2, dim2=-1))
    sums = off.sum(-1) / (n - 2)
    total = off.sum((-2, -1)) / ((n - 1) * (n - 2))
    centred = off - sums[..., None] - sums[..., None, :] + total[..., None, None]
    centred = centred - torch.diag_embed(centred.diagonal(dim1=-2, dim2=-1))
    length = torch.linalg.vector_norm(centred, dim=(-2, -1), keepdim=True)
    # what is left of rounding is no geometry
    least = 1e-10 * torch.linalg.vector_norm(products, dim=(-2, -1), keepdim=True)
    return torch.where(length > least, centred / length, torch.nan)
