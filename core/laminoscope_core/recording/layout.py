"""What a layout is, and the names by which the parts of a decoder are found.

Families differ in names far more than in structure.  The tables below hold one row per naming
style; which row applies, and how a fused projection is split, is decided by `probe` from what
one short pass through the model shows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from laminoscope_core.errors import CaptureError
from laminoscope_core.models.configuration import decoder_config

if TYPE_CHECKING:
    from torch import Tensor, nn
    from transformers import PreTrainedModel

View = Callable[["Tensor"], "Tensor"]

__all__ = [
    "CLIPS",
    "INLINE",
    "LAST",
    "OUTPUTS",
    "SEPARATE",
    "Block",
    "Found",
    "Layout",
    "Source",
    "Tap",
    "attention_parts",
    "block_list",
    "mlp_parts",
]

# The projections of queries, keys and values, each a module of its own.
SEPARATE = (
    ("q_proj", "k_proj", "v_proj"),
    ("query", "key", "value"),
    ("query_proj", "key_proj", "value_proj"),
    ("Wq", "Wk", "Wv"),
    ("q_lin", "k_lin", "v_lin"),
    ("q_b_proj", "kv_proj", "kv_proj"),
)
# One module for all three.
FUSED = ("c_attn", "qkv_proj", "Wqkv", "query_key_value")
# Multi-head latent attention: keys and values from a shared small vector.
LATENT = ("kv_a_proj_with_mqa", "kv_b_proj")
# The projection of what the kernel returns.
OUTPUTS = ("o_proj", "out_proj", "c_proj", "dense", "Wo", "out_lin")
# The MLP: as a module, or as its last projection where the block has no such module.
MLPS = (
    *("mlp", "feed_forward", "ffn", "feedforward", "mlp_block", "block_sparse_moe", "moe"),
    *("fc2", "output"),
)
LAST = ("down_proj", "c_proj", "dense_4h_to_h", "fc_out", "fc2", "dense", "w2", "wo")

# Attentions that compute their weights in line, without a kernel that could be watched: how
# their projections are split, and what they do to queries and keys that cannot be seen, if they
# do not multiply them unchanged (up to a factor).
CLIPS = "it clips its projections where that cannot be seen"
TURNS = "it rotates queries and keys where that cannot be seen"
INLINE = {
    "bloom.BloomAttention": ("grouped", ""),
    "mpt.MptAttention": ("concatenated", ""),
    "xglm.XGLMAttention": ("separate", ""),
    "trocr.TrOCRAttention": ("separate", ""),
    "mvp.MvpAttention": ("separate", ""),
    "megatron_bert.MegatronBertSelfAttention": ("separate", ""),
    "rembert.RemBertSelfAttention": ("separate", ""),
    "big_bird.BigBirdSelfAttention": ("separate", ""),
    "roformer.RoFormerSelfAttention": ("separate", TURNS),
    "xlm.MultiHeadAttention": ("separate", ""),
}


@dataclass(frozen=True, eq=False)
class Tap:
    """Which tensor a hook takes from a module, seen through `view`.

    Attributes
    ----------
    module : torch.nn.Module
    side : {"output", "second", "input", "query", "key", "weights"}
        The module's first or second output, its first input, or what its attention kernel is
        given or stands for.
    view : callable, optional
        Maps that tensor to ``(batch, tokens, …)`` without changing a value.
    """

    module: "nn.Module"
    side: Literal["output", "second", "input", "query", "key", "weights"] = "output"
    view: "View | None" = None


@dataclass(frozen=True, eq=False)
class Source:
    """Where a site's values come from: one tap, or several and how to put them together."""

    taps: tuple[Tap, ...]
    combine: "Callable[[Sequence[Tensor]], Tensor] | None" = None


@dataclass(frozen=True, eq=False)
class Found:
    """By site of one block: where its values come from, or why they cannot be had."""

    sources: dict[str, Source] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def miss(self, reason: str, *sites: str) -> None:
        """Give sites up, whatever was found of them before."""
        for site in sites:
            self.sources.pop(site, None)
            self.missing[site] = reason

    def tap(self, site: str, module: "nn.Module", view: "View | None" = None) -> None:
        """Take a site from the output of a module."""
        self.sources[site] = Source((Tap(module, view=view),))


@dataclass(frozen=True, eq=False)
class Block:
    """One decoder block.

    Attributes
    ----------
    module : torch.nn.Module
    sources, missing : dict
        As of `Found`.
    shapes : dict of str to tuple of int
        By site, the shape of what one token has; of attention, the heads only.
    projection : torch.nn.Module or None
        The output projection, if ``attention`` times ``v`` is all that enters it.
    parallel : bool
        Whether attention and MLP both read what entered the block.
    """

    module: "nn.Module"
    sources: dict[str, Source]
    missing: dict[str, str]
    shapes: dict[str, tuple[int, ...]]
    projection: "nn.Module | None" = None
    parallel: bool = False


@dataclass(frozen=True, eq=False)
class Layout:
    """Where everything is in one model."""

    embedding: "nn.Module"
    blocks: tuple[Block, ...]

    def source(self, site: str, layer: int) -> Source:
        """Return where a site's values come from.

        Raises
        ------
        CaptureError
            The block does not have that site; the message says why.
        """
        block = self.blocks[layer]
        if site in block.sources:
            return block.sources[site]
        raise CaptureError(
            f"{site} cannot be captured in layer {layer}: {block.missing[site]}.",
            "Leave this site out, or choose another model.",
        )


def block_list(hf: "PreTrainedModel") -> "nn.ModuleList":
    """Find the list of decoder blocks.

    Raises
    ------
    CaptureError
        There is no list as long as the configuration's number of layers.
    """
    from torch import nn

    config = decoder_config(hf)
    n_layers = getattr(config, "num_hidden_layers", None)
    for home in (hf.get_decoder(), hf):
        for module in () if home is None else home.modules():
            if isinstance(module, nn.ModuleList) and len(module) == n_layers:
                return module
    raise CaptureError(
        f"The blocks of {type(hf).__name__} cannot be found: it has no list of {n_layers} blocks, "
        "as many as its configuration says.",
        "Nothing can be captured from this kind of model.",
    )


def attention_parts(block: "nn.Module") -> list[tuple[str, str]]:
    """Find a block's attentions by the names of their projections.

    Returns
    -------
    list of (str, str)
        Name inside the block of each module that holds projections, and how they are named:
        "separate", "fused" or "latent".  Attention to another sequence is passed over, and so is
        what lies inside another attention.
    """
    found: list[tuple[str, str]] = []
    for name, module in block.named_modules():
        nested = any(not outer or name.startswith(f"{outer}.") for outer, _ in found)
        if nested or "cross" in name or "encoder_attn" in name:
            continue
        children = {child for child, _ in module.named_children()}
        if children.issuperset(LATENT):
            found.append((name, "latent"))
        elif SEPARATE[0][0] in children or any(children.issuperset(names) for names in SEPARATE):
            found.append((name, "separate"))
        elif children.intersection(FUSED):
            found.append((name, "fused"))
    return found


def mlp_parts(block: "nn.Module") -> list[tuple[str, ...]]:
    """Name the modules whose output, or the sum of whose outputs, may be the MLP's.

    The likeliest come first: the MLP, its last projection, all that look like an MLP together.
    """
    children = dict(block.named_children())
    several = tuple(
        name
        for name in children
        if any(part in name for part in ("mlp", "moe", "experts")) and "norm" not in name
    )
    for name in MLPS:
        if name in children:
            inner = dict(children[name].named_children())
            last = [(f"{name}.{part}",) for part in LAST if part in inner]
            return [(name,), *last, *([several] if len(several) > 1 else [])]
    return []
