"""Heads: what each attention head looks at, in a few numbers, and how much it writes.

The weights of a layer are reduced as soon as the model has them and are gone before the next layer
runs.  ``prefix`` and ``match`` are after Olsson et al. 2022.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.errors import CaptureError
from laminoscope_core.recording.linear import weight_of, wide
from laminoscope_core.recording.reducers.reducer import Batch, Kept, Need, Setting
from laminoscope_core.recording.store import Store

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["LOOKS", "METRICS", "Heads", "HeadsReading", "Repeats", "earlier_copies", "with_repeats"]

LOOKS = (
    "entropy",
    "entropy_relative",
    "distance",
    "sink",
    "self",
    "previous",
    "copies",
    "induction_prefix",
    "induction_match",
)
"""What is read of the weights over a text."""
METRICS = (*LOOKS[:-1], "induction_repeat", "induction_match", "effect")
"""All numbers of a head, in the order of tables."""
LEAST_WEIGHT = 0.01
"""Weights below this do not count for ``induction_prefix``."""

_VALUES = 2**22
"""Weights that exist as wide numbers at once."""


@dataclass(frozen=True, eq=False)
class HeadsReading:
    """Numbers of every head over one text; means over its queries.

    Attributes
    ----------
    metrics : tuple of str
        Labels of an axis.
    value : float64 array (n_layers, n_metrics, n_heads)
        NaN where undefined, and for heads that a layer does not have.
    n : int64 array (n_metrics,)
        Over how many queries.
    n_heads : int64 array (n_layers,)
        Query heads of each layer.
    reasons : str array (n_layers, n_metrics)
        Why numbers are NaN; empty where they are not.
    """

    metrics: tuple[str, ...]
    value: NDArray[np.float64]
    n: NDArray[np.int64]
    n_heads: NDArray[np.int64]
    reasons: NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class Heads:
    """Keeps a dozen numbers a head of every text."""

    layers: ClassVar[Sequence[int] | None] = None
    _products: "dict[Any, Tensor]" = field(default_factory=dict, repr=False)

    def needs(self, setting: Setting) -> list[Need]:
        """Return a need for each layer with heads; raise `CaptureError` if none has any."""
        blocks = setting.layout.blocks
        found = []
        for layer, block in enumerate(blocks):
            sites = tuple(site for site in ("attention", "z") if site in block.sources)
            if sites:
                n_heads = block.shapes[sites[0]][0]
                keeps = {
                    "looks": Kept({"metric": len(LOOKS), "head": n_heads}, "float64"),
                    "effect": Kept({"head": n_heads}, "float64"),
                }
                found.append(Need(layer, sites, keeps))
        if not found:
            raise CaptureError(blocks[0].missing["attention"])
        return found

    def reduce(
        self, need: Need, values: "Mapping[str, Tensor]", batch: Batch
    ) -> "dict[str, Tensor]":
        """Return the numbers of a layer, (batch, …, n_heads)."""
        import torch

        shape = (len(batch.lengths), *need.keeps["looks"].axes.values())
        device = next(iter(values.values())).device
        looks = torch.full(shape, torch.nan, dtype=wide(device), device=device)
        effect = torch.full((shape[0], shape[2]), torch.nan, dtype=looks.dtype, device=device)
        for length in set(batch.lengths) if "attention" in values else ():
            alike = [index for index, own in enumerate(batch.lengths) if own == length]
            weights = values["attention"][alike, :length, :, :length].transpose(1, 2)
            looks[alike] = _looks(weights, batch.token_ids[alike, :length].to(device))
        if "z" in values:
            z = values["z"].to(looks)
            square = torch.einsum("bthd,hde,bthe->bth", z, self._gram(need, batch, z), z)
            inside = torch.arange(z.shape[1]) < torch.tensor(batch.lengths)[:, None]
            sizes = square.clamp(min=0).sqrt().where(inside[..., None].to(device), 0.0)
            effect = sizes.sum(1) / torch.tensor(batch.lengths)[:, None].to(sizes)
        return {"looks": looks, "effect": effect}

    def _gram(self, need: Need, batch: Batch, z: "Tensor") -> "Tensor":
        """Return W_Oᵀ·W_O of each head, (n_heads, d_head, d_head): lengths are had by it."""
        assert need.layer is not None
        (tap,) = batch.setting.layout.source("z", need.layer).taps
        if tap.module not in self._products:
            weight = weight_of(tap.module)
            assert weight is not None
            by_head = weight.to(z).reshape(len(weight), *z.shape[2:]).transpose(0, 1)
            self._products[tap.module] = by_head.transpose(1, 2) @ by_head
        return self._products[tap.module]

    def result(self, store: Store, setting: Setting) -> list[HeadsReading]:
        """Return a reading of each prompt."""
        return [_reading(store, setting, prompt) for prompt in range(len(setting.prompts))]


@dataclass(frozen=True, eq=False)
class Repeats:
    """Keeps, of texts whose end is read twice, how much heads look behind the first reading.

    Attributes
    ----------
    length : int
        Tokens that are read twice: query t of the second time looks at key t − length + 1.
    """

    length: int
    layers: ClassVar[Sequence[int] | None] = None

    def needs(self, setting: Setting) -> list[Need]:
        """Return a need for each layer that has weights; raise `CaptureError` if none has."""
        blocks = setting.layout.blocks
        found = []
        for layer, block in enumerate(blocks):
            if "attention" in block.sources:
                kept = Kept({"head": block.shapes["attention"][0]}, "float64")
                found.append(Need(layer, ("attention",), {"repeat": kept}))
        if not found:
            raise CaptureError(blocks[0].missing["attention"])
        return found

    def reduce(
        self, need: Need, values: "Mapping[str, Tensor]", batch: Batch
    ) -> "dict[str, Tensor]":
        """Return the mean weight of each head, (batch, n_heads)."""
        import torch

        weights = values["attention"]
        means = []
        for index, n_tokens in enumerate(batch.lengths):
            queries = torch.arange(n_tokens - self.length, n_tokens, device=weights.device)
            looked = weights[index, queries, :, queries - self.length + 1]
            means.append(looked.to(wide(weights.device)).mean(0))
        return {"repeat": torch.stack(means)}

    def result(self, store: Store, setting: Setting) -> NDArray[np.float64]:
        """Return the mean over all texts, (n_layers, n_heads); NaN for what a layer lacks."""
        blocks = setting.layout.blocks
        having = [layer for layer, block in enumerate(blocks) if "attention" in block.sources]
        widest = max(blocks[layer].shapes["attention"][0] for layer in having)
        found = np.full((len(blocks), widest), np.nan)
        for layer in having:
            mean = store.array("repeat", layer).mean(axis=0)
            found[layer, : len(mean)] = mean
        return found


def with_repeats(reading: HeadsReading, mean: NDArray[np.float64], n_queries: int) -> HeadsReading:
    """Return a reading with ``induction_repeat`` from other texts.

    Parameters
    ----------
    reading : HeadsReading
    mean : float64 array (n_layers, n_heads)
        As `Repeats` keeps it.
    n_queries : int
        Over how many queries it is.
    """
    place = reading.metrics.index("induction_repeat")
    value, n, reasons = reading.value.copy(), reading.n.copy(), reading.reasons.copy()
    value[:, place, : mean.shape[1]] = mean
    n[place] = n_queries
    reasons[:, place] = reasons[:, reading.metrics.index("entropy")]
    return replace(reading, value=value, n=n, reasons=reasons)


def earlier_copies(ids: "Tensor") -> "Tensor":
    """Return which keys hold the same token as a later query, bool (…, n_tokens, n_tokens).

    Examples
    --------
    >>> import torch
    >>> earlier_copies(torch.tensor([7, 8, 7])).int().tolist()
    [[0, 0, 0], [0, 0, 0], [1, 0, 0]]
    """
    return (ids[..., :, None] == ids[..., None, :]).tril(-1)


def _looks(weights: "Tensor", ids: "Tensor") -> "Tensor":
    """Return `LOOKS` of weights (n_texts, n_heads, n_queries, n_keys), (n_texts, n_looks, n_heads).

    All texts have as many tokens.
    """
    import torch

    # whatever a mask leaves out weighs exactly nothing in every head
    allowed = (weights > 0).any(1).sum(-1)
    copies = earlier_copies(ids)
    step = max(1, _VALUES // copies.numel())
    parts = [weights[:, start : start + step] for start in range(0, weights.shape[1], step)]
    double = wide(weights.device)
    return torch.cat([_of_heads(part.to(double), allowed, copies) for part in parts], dim=-1)


def _of_heads(a: "Tensor", allowed: "Tensor", copies: "Tensor") -> "Tensor":
    import torch

    n_tokens = a.shape[-1]
    place = torch.arange(n_tokens, device=a.device, dtype=a.dtype)
    # the key after an earlier copy; it is the query itself where the copy stands just before
    after = torch.zeros_like(copies)
    after[..., 1:] = copies[..., :-1]
    having = copies.any(-1)[:, None]
    copies, after, allowed = copies[:, None], after[:, None], allowed[:, None]

    def where_copied(of_queries: "Tensor") -> "Tensor":
        return (of_queries * having).sum(-1) / having.sum(-1)

    entropy = torch.special.entr(a).sum(-1)
    most = allowed.to(a).log()
    relative = torch.where(allowed > 1, entropy / most.clamp(min=1e-9), 0.0)
    strong = a.where(a >= LEAST_WEIGHT, 0.0)
    looks = {
        "entropy": entropy.mean(-1),
        "entropy_relative": relative.mean(-1),
        "distance": (a * (place[:, None] - place)).sum((-2, -1)) / n_tokens,
        "sink": a[..., 0].mean(-1),
        "self": a.diagonal(dim1=-2, dim2=-1).mean(-1),
        "previous": a.diagonal(-1, dim1=-2, dim2=-1).mean(-1),
        "copies": where_copied((a * copies).sum(-1)),
        "induction_prefix": where_copied((strong * after).sum(-1)),
        "induction_match": (a * after).sum((-2, -1)) / a.sum((-2, -1)),
    }
    return torch.stack([looks[name] for name in LOOKS], dim=1)


def _reading(store: Store, setting: Setting, prompt: int) -> HeadsReading:
    blocks = setting.layout.blocks
    ids = np.array(setting.prompts[prompt].token_ids)
    n_copies = int(np.tril(ids[:, None] == ids, -1).any(-1).sum())
    counts = {"previous": len(ids) - 1, "copies": n_copies, "induction_prefix": n_copies}
    n_heads = [
        next((block.shapes[site][0] for site in ("attention", "z") if site in block.sources), 0)
        for block in blocks
    ]
    value = np.full((len(blocks), len(METRICS), max(n_heads)), np.nan)
    reasons = np.full((len(blocks), len(METRICS)), "", dtype=object)
    of_looks = [METRICS.index(name) for name in LOOKS]
    effect = METRICS.index("effect")
    for layer, block in enumerate(blocks):
        if n_heads[layer]:
            value[layer, of_looks, : n_heads[layer]] = store.array("looks", layer)[prompt]
            value[layer, effect, : n_heads[layer]] = store.array("effect", layer)[prompt]
        if not n_copies:
            copying = [METRICS.index(name) for name in ("copies", "induction_prefix")]
            reasons[layer, copying] = "no token of the text has an earlier copy"
        if len(ids) == 1:
            reasons[layer, METRICS.index("previous")] = "the text is one token"
        reasons[layer, METRICS.index("induction_repeat")] = "no repeated random tokens were read"
        if "attention" in block.missing:
            reasons[layer, of_looks] = block.missing["attention"]
        if "z" in block.missing:
            reasons[layer, effect] = block.missing["z"]
    n = [counts.get(name, len(ids)) for name in METRICS]
    n[METRICS.index("induction_repeat")] = 0
    return HeadsReading(
        METRICS, value, np.array(n, np.int64), np.array(n_heads, np.int64), reasons.astype(str)
    )
