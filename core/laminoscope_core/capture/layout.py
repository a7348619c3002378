"""Where the blocks, attentions, MLPs and projections of a model are.

Families differ in names far more than in structure.  The tables below hold one row per naming
style; nothing here knows a model by its name unless its fused projection cannot be split
without that knowledge.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from laminoscope_core.errors import CaptureError

if TYPE_CHECKING:
    from torch import Tensor, nn
    from transformers import PreTrainedModel

__all__ = ["Block", "Layout", "Tap", "layout_of"]

SEPARATE = (("q_proj", "k_proj", "v_proj"),)
OUTPUTS = ("o_proj", "out_proj", "c_proj", "dense")
MLPS = ("mlp", "feed_forward")


@dataclass(frozen=True, eq=False)
class Tap:
    """Which tensor a hook takes: the input or output of a module, seen through `view`.

    `view` maps that tensor to ``(batch, tokens, …)`` without changing a value.
    """

    module: "nn.Module"
    side: Literal["input", "output"] = "output"
    view: "Callable[[Tensor], Tensor] | None" = None


@dataclass(frozen=True, eq=False)
class Block:
    """One decoder block and its taps.

    Attributes
    ----------
    module : torch.nn.Module
    taps : dict of str to Tap
        By site.
    missing : dict of str to str
        Why a site cannot be captured in this block.
    """

    module: "nn.Module"
    taps: dict[str, Tap]
    missing: dict[str, str]


@dataclass(frozen=True, eq=False)
class Layout:
    """The taps of a whole model."""

    embedding: "nn.Module"
    blocks: tuple[Block, ...]

    def tap(self, site: str, layer: int) -> Tap:
        """Return the tap of a site.

        Raises
        ------
        CaptureError
            The block does not have that site; the message says why.
        """
        block = self.blocks[layer]
        if site in block.taps:
            return block.taps[site]
        reason = block.missing.get(site, "this block has none")
        raise CaptureError(f"{site} cannot be captured in layer {layer}: {reason}.")


def layout_of(hf: "PreTrainedModel") -> Layout:
    """Find the parts of a decoder.

    Raises
    ------
    CaptureError
        No list of blocks can be made out.
    """
    return Layout(
        embedding=hf.get_input_embeddings(),
        blocks=tuple(_block(module) for module in _block_list(hf)),
    )


def _block_list(hf: "PreTrainedModel") -> "nn.ModuleList":
    from torch import nn

    n_layers = hf.config.get_text_config(decoder=True).num_hidden_layers
    for module in hf.get_decoder().modules():
        if isinstance(module, nn.ModuleList) and len(module) == n_layers:
            return module
    raise CaptureError(f"The blocks of {type(hf).__name__} cannot be found.")


def _block(module: "nn.Module") -> Block:
    taps = {"resid_in": Tap(module, "input"), "resid_out": Tap(module)}
    missing: dict[str, str] = {}
    for attention in module.modules():
        projections = dict(_projections(attention))
        if projections:
            taps |= projections
            taps["attn_out"] = _output_projection(attention)
            break
    else:
        missing |= dict.fromkeys(("q", "k", "v", "attn_out"), "no attention is known there")
    for name in MLPS:
        if hasattr(module, name):
            taps["mlp_out"] = Tap(getattr(module, name))
    return Block(module, taps, missing)


def _projections(attention: "nn.Module") -> Iterator[tuple[str, Tap]]:
    children = dict(attention.named_children())
    for names in SEPARATE:
        if all(name in children for name in names):
            for site, name in zip(("q", "k", "v"), names, strict=True):
                yield site, Tap(children[name], view=_heads(_head_width(attention)))
            return
    if "c_attn" in children:
        for third, site in enumerate(("q", "k", "v")):
            yield site, Tap(children["c_attn"], view=_third(third, _head_width(attention)))


def _output_projection(attention: "nn.Module") -> Tap:
    for name in OUTPUTS:
        if hasattr(attention, name):
            return Tap(getattr(attention, name))
    return Tap(attention)


def _head_width(attention: "nn.Module") -> int:
    return int(attention.head_dim)  # type: ignore[arg-type]


def _heads(width: int) -> "Callable[[Tensor], Tensor]":
    return lambda x: x.reshape(*x.shape[:-1], -1, width)


def _third(index: int, width: int) -> "Callable[[Tensor], Tensor]":
    return lambda x: x.reshape(*x.shape[:-1], 3, -1, width).select(-3, index)
