"""Head maps: all that the heads of one layer do with every pair of tokens of a text.

The weights of one layer are kept whole, and beside them what products are made of: queries and
keys as they meet, and turned back, and how long a token's value is once a head has written it.
How a family makes weights of products is not looked up but borne out by the weights themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.recording.linear import weight_of, wide
from laminoscope_core.recording.reducers.reducer import Batch, Kept, Need, Setting
from laminoscope_core.recording.rotation import Rotation
from laminoscope_core.recording.store import Store

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["HeadMaps", "HeadMapsReading", "compatibility"]

Floats = NDArray[np.float32]

_LEAST_WEIGHT = 1e-6
"""Smaller weights are not held against products: they are mostly rounding."""
_TOLERANCES = {"float32": 1e-4, "float16": 1e-2, "bfloat16": 5e-2}
"""By precision: the share of the largest product by which logarithms of weights may miss it."""


@dataclass(frozen=True, eq=False)
class HeadMapsReading:
    """What every head of a layer does with every pair of tokens.

    Attributes
    ----------
    weights : float32 array (n_heads, n_tokens, n_tokens)
        Of each query (row), what it takes from each key.
    q, k : float32 array (n_heads, n_tokens, width)
        As they are multiplied, times the family's factor; NaN if that is not known.
    q_unturned, k_unturned : float32 array (n_heads, n_tokens, width)
        The same without rotation; NaN where there is none.
    slope : float64 array (n_heads,)
        What a product loses a token of distance (ALiBi); 0 for most families.
    cap : float64 array ()
        c of a family that takes c·tanh(product / c); infinite for others.
    written : float64 array (n_heads, n_tokens)
        Length of each token's value times the head's columns of the output projection.
    reasons : tuple of (str, str, str)
        Why there is no compatibility, none without rotation, no effect; empty where there is.
    """

    weights: Floats
    q: Floats
    k: Floats
    q_unturned: Floats
    k_unturned: Floats
    slope: NDArray[np.float64]
    cap: NDArray[np.float64]
    written: NDArray[np.float64]
    reasons: tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class HeadMaps:
    """Keeps the weights of one layer over the first prompt, and what they are made of.

    Attributes
    ----------
    layer : int
    rotation : Rotation or str
        How the layer turns queries and keys, or why it does not.
    """

    layer: int
    rotation: Rotation | str

    @property
    def layers(self) -> Sequence[int]:
        """The one layer."""
        return (self.layer,)

    def needs(self, setting: Setting) -> list[Need]:
        """Return the one need; raise `CaptureError` if the layer does not show its weights."""
        layout = setting.layout
        layout.source("attention", self.layer)
        block = layout.blocks[self.layer]
        n_heads = block.shapes["attention"][0]
        sites, keeps = ["attention"], {"weights": Kept({"token": 0, "head": n_heads, "source": 0})}
        if {"q_used", "k_used"} <= block.sources.keys():
            width = block.shapes["q_used"][1]
            sites += ["q_used", "k_used"]
            names = ("q", "k", "q_unturned", "k_unturned")
            keeps |= {name: Kept({"token": 0, "head": n_heads, "width": width}) for name in names}
        if not _unwritten(setting, self.layer):
            sites.append("v")
            keeps["written"] = Kept({"token": 0, "head": n_heads}, "float64")
        return [Need(self.layer, tuple(sites), keeps)]

    def reduce(
        self, need: Need, values: "Mapping[str, Tensor]", batch: Batch
    ) -> "dict[str, Tensor]":
        """Return the weights and what belongs to them, (batch, n_tokens, n_heads, …)."""
        import torch

        found = {"weights": values["attention"]}
        n_heads = values["attention"].shape[2]
        for site, name in (("q_used", "q"), ("k_used", "k")):
            if site in values:
                full = _for_all_heads(values[site], n_heads)
                found[name] = full
                found[f"{name}_unturned"] = (
                    self.rotation.undone(full.to(wide(full.device))).float()
                    if isinstance(self.rotation, Rotation)
                    else torch.full_like(full, torch.nan)
                )
        if "v" in values:
            v = _for_all_heads(values["v"], n_heads)
            v = v.to(wide(v.device))
            (tap,) = batch.setting.layout.source("z", self.layer).taps
            weight = weight_of(tap.module)
            assert weight is not None
            by_head = weight.to(v).reshape(len(weight), *v.shape[2:]).transpose(0, 1)
            gram = by_head.transpose(1, 2) @ by_head
            square = torch.einsum("bthd,hde,bthe->bth", v, gram, v)
            found["written"] = square.clamp(min=0).sqrt()
        return found

    def result(self, store: Store, setting: Setting) -> HeadMapsReading:
        """Return the maps of the first prompt."""
        block = setting.layout.blocks[self.layer]
        (need,) = self.needs(setting)
        kept = {name: np.moveaxis(store.array(name, self.layer)[0], 1, 0) for name in need.keeps}
        weights = np.ascontiguousarray(kept["weights"])
        n_heads, n_tokens = weights.shape[:2]
        nothing = np.full((n_heads, n_tokens, 1), np.nan, np.float32)
        parts = {name: kept.get(name, nothing) for name in ("q", "k", "q_unturned", "k_unturned")}
        why = block.missing.get("q_used", "") or block.missing.get("k_used", "")
        factor, cap, slope = 1.0, np.inf, np.zeros(n_heads)
        if not why:
            known = _known(weights, parts["q"], parts["k"], setting, self.layer)
            if known is None:
                why = "how this family makes weights of products is not known"
                parts = dict.fromkeys(parts, nothing)
            else:
                factor, cap, slope = known
        unturned = why or (self.rotation if isinstance(self.rotation, str) else "")
        return HeadMapsReading(
            weights=weights,
            q=(parts["q"] * np.float32(factor)).astype(np.float32),
            k=parts["k"].astype(np.float32),
            q_unturned=(parts["q_unturned"] * np.float32(factor)).astype(np.float32),
            k_unturned=parts["k_unturned"].astype(np.float32),
            slope=slope,
            cap=np.array(cap),
            written=kept.get("written", np.full((n_heads, n_tokens), np.nan)),
            reasons=(why, unturned, _unwritten(setting, self.layer)),
        )


def compatibility(
    q: NDArray[Any], k: NDArray[Any], cap: float = np.inf, slope: float = 0.0
) -> NDArray[np.float64]:
    """Return how compatible every query of a head is with every key, before the softmax.

    That is q·k with the family's factor in q, under its cap, less its slope times the distance.

    Parameters
    ----------
    q, k : array (n_tokens, width)
    cap, slope : float
        As of `HeadMapsReading`.

    Returns
    -------
    float64 array (n_tokens, n_tokens)

    Examples
    --------
    >>> compatibility(np.array([[2.0], [1.0]]), np.array([[3.0], [4.0]]), slope=0.5)
    array([[6. , 8.5],
           [2.5, 4. ]])
    """
    products: NDArray[np.float64] = (q @ k.T).astype(np.float64)
    if np.isfinite(cap):
        products = cap * np.tanh(products / cap)
    place = np.arange(len(products))
    return products - slope * (place[:, None] - place)


def _for_all_heads(value: "Tensor", n_heads: int) -> "Tensor":
    """Return keys or values (batch, n_tokens, n_shared, width) once for every query head."""
    return value.repeat_interleave(n_heads // value.shape[2], dim=2)


def _unwritten(setting: Setting, layer: int) -> str:
    """Return why nothing is known of what a head writes of one token; empty if it is."""
    block = setting.layout.blocks[layer]
    if "v" not in block.sources or "z" not in block.sources:
        return block.missing.get("v") or block.missing["z"]
    if block.projection is None:
        return "more than weights times values enters its output projection"
    return ""


def _known(
    weights: Floats, q: Floats, k: Floats, setting: Setting, layer: int
) -> tuple[float, float, NDArray[np.float64]] | None:
    """Return the factor, the cap and the slopes that the weights bear out; None if none do."""
    module: Any = setting.layout.blocks[layer].sources["q_used"].taps[0].module
    config = getattr(module, "config", None)
    own = (getattr(module, name, None) for name in ("scaling", "softmax_scale", "inv_norm_factor"))
    width = q.shape[-1] ** -0.5
    factors = [value for value in own if isinstance(value, float)]
    factors += [width, 1.0, width / (layer + 1)]
    holders = (module, config)
    names = ("attn_logit_softcapping", "softcap")
    declared = (getattr(holder, name, None) for holder in holders for name in names)
    caps = [float(cap) for cap in declared if isinstance(cap, (int, float)) and cap > 0]
    ways = list(product(dict.fromkeys(factors), (*caps, np.inf)))
    tolerance = _TOLERANCES.get(setting.model.info.dtype, _TOLERANCES["float32"])
    for sloping in (False, True):
        tried = [(*_fit(weights, q * factor, k, cap, sloping), factor, cap) for factor, cap in ways]
        left, slopes, factor, cap = min(tried, key=lambda one: one[0])
        if left <= tolerance:
            return factor, cap, slopes
    return None


def _fit(
    weights: Floats, q: NDArray[Any], k: NDArray[Any], cap: float, sloping: bool
) -> tuple[float, NDArray[np.float64]]:
    """Return by how much products miss the logarithms of weights, and the slopes of heads.

    Of each query, products and logarithms may differ by one number for all its keys.  The miss is
    a share of the largest product, or of 1.
    """
    place = np.arange(weights.shape[-1], dtype=np.float64)
    slopes, worst = np.zeros(len(weights)), 0.0
    for head, own in enumerate(weights):
        counts = own > _LEAST_WEIGHT
        counts &= counts.sum(-1, keepdims=True) > 1
        if not counts.any():
            continue
        products = compatibility(q[head], k[head], cap)
        logs = np.log(np.where(counts, own, 1.0), dtype=np.float64)
        left = _centred(logs - products, counts)
        if sloping:
            distance = _centred(place[:, None] - place, counts)
            slopes[head] = -(left * distance).sum() / (distance**2).sum()
            left += slopes[head] * distance
        largest = max(1.0, float(np.abs(products[counts]).max()))
        worst = max(worst, float(np.abs(left).max()) / largest)
    return worst, slopes


def _centred(values: NDArray[np.float64], counts: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return values less the mean of their row, over those that count; 0 for others."""
    kept = np.where(counts, values, 0.0)
    mean = kept.sum(-1, keepdims=True) / np.maximum(counts.sum(-1, keepdims=True), 1)
    return np.where(counts, kept - mean, 0.0)
