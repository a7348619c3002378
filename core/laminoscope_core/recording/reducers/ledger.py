"""Ledger: how much each part of the blocks adds to the logits of a few tokens.

With the final norm's statistics held fixed, a logit is a sum over what was added to the stream:
part x gives ``((x − mean x, if the norm centres) ⊙ γ/σ) · W_U`` (direct logit attribution; Elhage
et al. 2021).  While the model runs only the products with ``γ ⊙ W_U`` are kept, a number a part,
token and target; σ is known when the last block has run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.errors import CaptureError
from laminoscope_core.models.offload import at_hand
from laminoscope_core.recording.linear import Norm, norm_of, plain_norm, weight_of, wide
from laminoscope_core.recording.readout import Readout
from laminoscope_core.recording.reducers.reducer import Batch, Kept, Need, Setting
from laminoscope_core.recording.store import Store

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Ledger", "LedgerReading"]

_TOLERANCE = {"float32": 1e-3}


@dataclass(frozen=True, eq=False)
class LedgerReading:
    """Contributions to the logits of some tokens, before a cap.

    Attributes
    ----------
    embedding : float64 array (n_tokens, n_targets)
        Of what enters the first block.
    attention, mlp : float64 array (n_layers, n_tokens, n_targets)
        Of what the stream received of each.
    heads : float64 array (n_layers, n_heads, n_tokens, n_targets)
        What the heads make up of `attention`; NaN where heads cannot be told apart.
    head_bias : float64 array (n_layers, n_tokens, n_targets)
        The rest of `attention`, the same for all inputs; NaN where there is no such bias.
    bias : float64 array (n_tokens, n_targets)
        β·W_U + b_U, the same at all tokens.
    logit : float64 array (n_tokens, n_targets)
        By the model's own final norm.
    logit_capped : float64 array (n_tokens, n_targets)
        After the cap; NaN for a model without.
    no_heads : str
        Why `heads` has gaps; empty if it has none.
    """

    embedding: NDArray[np.float64]
    attention: NDArray[np.float64]
    mlp: NDArray[np.float64]
    heads: NDArray[np.float64]
    head_bias: NDArray[np.float64]
    bias: NDArray[np.float64]
    logit: NDArray[np.float64]
    logit_capped: NDArray[np.float64]
    no_heads: str


@dataclass(frozen=True, eq=False)
class Ledger:
    """Keeps what every attention, head and MLP adds to the logits of some tokens.

    Attributes
    ----------
    readout : Readout
        Of the model.
    target_ids : tuple of int
    """

    readout: Readout
    target_ids: tuple[int, ...]
    layers: ClassVar[Sequence[int] | None] = None

    def needs(self, setting: Setting) -> list[Need]:
        """Return a need for each layer.

        Raises
        ------
        CaptureError
            The logits are no products with the unembedding, or some block adds more, or something
            else, than an attention and an MLP.
        """
        if self.readout.products is None:
            raise CaptureError(self.readout.refusal)
        number = {"token": 0, "target": len(self.target_ids)}
        found = []
        last = len(setting.layout.blocks) - 1
        for layer, block in enumerate(setting.layout.blocks):
            sites, keeps = ["attn_added", "mlp_added"], ["attention", "mlp", "head_bias"]
            if layer == 0:
                sites.append("resid_in")
                keeps.append("embedding")
            if layer == last:
                sites.append("resid_out")
                keeps += ["logit", "bias"]
            for site in sites:
                setting.layout.source(site, layer)
            kept = {name: Kept(number, "float64") for name in keeps}
            if layer == last:
                kept["share"] = Kept({"token": 0}, "float64")
            if "z" in block.sources:
                sites += ["attn_out", "z"]
                heads = {"token": 0, "head": block.shapes["z"][0], "target": number["target"]}
                kept["heads"] = Kept(heads, "float64")
            found.append(Need(layer, tuple(sites), kept))
        return found

    def reduce(
        self, need: Need, values: "Mapping[str, Tensor]", batch: Batch
    ) -> "dict[str, Tensor]":
        """Return the products of each part, (batch, n_tokens, …, n_targets)."""
        import torch

        products = self.readout.products
        assert products is not None
        given = {site: value.to(wide(value.device)) for site, value in values.items()}
        added = given["attn_added"]
        rows = products.rows(list(self.target_ids)).to(added)
        wanted = products.norm.directions(rows).to(added)
        found = {"attention": added @ wanted.T, "mlp": given["mlp_added"] @ wanted.T}
        found["head_bias"] = torch.full_like(found["mlp"], torch.nan)
        if "resid_in" in given:
            found["embedding"] = given["resid_in"] @ wanted.T
        if "resid_out" in given:
            normed = self.readout.normed(values["resid_out"]).to(added)
            found["share"] = products.norm.shares(given["resid_out"], normed)
            found["bias"] = products.biases(list(self.target_ids)).to(added).expand_as(found["mlp"])
            constant = products.norm.bias.to(added) @ rows.T
            found["logit"] = normed @ rows.T - constant + found["bias"]
        if "z" in given:
            found |= _heads(need, given, wanted, batch)
        return found

    def result(self, store: Store, setting: Setting) -> LedgerReading:
        """Return the contributions in the first prompt."""
        products = self.readout.products
        assert products is not None
        last = len(store.layers) - 1
        share = store.array("share", last)[0][:, None]
        blocks = setting.layout.blocks
        with_heads = [layer for layer, block in enumerate(blocks) if "z" in block.sources]
        logit = store.array("logit", last)[0]
        n_heads = max((blocks[layer].shapes["z"][0] for layer in with_heads), default=0)
        heads = np.full((len(blocks), n_heads, *logit.shape), np.nan)
        for layer in with_heads:
            own = store.array("heads", layer)[0].swapaxes(0, 1)
            heads[layer, : len(own)] = own * share
        lacking = [layer for layer in range(len(blocks)) if layer not in with_heads]
        reason = blocks[lacking[0]].missing["z"] if lacking else ""
        if not reason and np.isnan(heads).all(axis=(1, 2, 3)).any():
            reason = "what stands between its attention and its stream is no norm with a gain"
        capped = np.full_like(logit, np.nan)
        if products.cap is not None:
            capped = products.cap * np.tanh(logit / products.cap)
        return LedgerReading(
            embedding=store.array("embedding", 0)[0] * share,
            attention=store.array("attention", None)[:, 0] * share,
            mlp=store.array("mlp", None)[:, 0] * share,
            heads=heads,
            head_bias=store.array("head_bias", None)[:, 0] * share,
            bias=store.array("bias", last)[0],
            logit=logit,
            logit_capped=capped,
            no_heads=reason,
        )


def _heads(
    need: Need, given: "Mapping[str, Tensor]", wanted: "Tensor", batch: Batch
) -> "dict[str, Tensor]":
    """Return what each head makes up of what the stream received, and what no head does."""
    import torch

    assert need.layer is not None
    z, put_out, added = given["z"], given["attn_out"], given["attn_added"]
    (tap,) = batch.setting.layout.source("z", need.layer).taps
    norm = _between(need.layer, put_out, added, batch)
    if norm is None:
        nothing = torch.full((*z.shape[:3], len(wanted)), torch.nan, dtype=z.dtype, device=z.device)
        return {"heads": nothing}
    share = norm.shares(put_out, added)[..., None]
    directions = norm.directions(wanted)
    weight, bias = weight_of(tap.module), at_hand(tap.module, "bias")
    assert weight is not None
    by_head = (directions.float() @ weight.float()).to(z).reshape(-1, *z.shape[2:])
    found = {"heads": torch.einsum("bthd,whd->bthw", z, by_head) * share[..., None]}
    if bias is not None or bool(norm.bias.any()):
        own = 0.0 if bias is None else share * (directions @ bias.to(z))
        found["head_bias"] = own + (wanted @ norm.bias).expand(*share.shape[:2], len(wanted))
    return found


def _between(layer: int, put_out: "Tensor", added: "Tensor", batch: Batch) -> Norm | None:
    """Return what makes of an attention's output what the stream receives; None if it is no norm.

    Where it is a number, or nothing, it is a plain norm.
    """
    block = batch.setting.layout.blocks[layer]
    before, after = (block.sources[site].taps for site in ("attn_out", "attn_added"))
    own = slice(None, batch.lengths[0])
    x, y = put_out[0, own], added[0, own]
    tolerance = _TOLERANCE.get(batch.setting.model.info.dtype, 5e-2)
    if before == after:
        norm = plain_norm(x)
        return norm if norm.explains(x, y, tolerance) else None
    return norm_of(after[0].module, x, y, tolerance)
