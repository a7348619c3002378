"""Where a block normalises what its attention and its MLP read."""

from typing import TYPE_CHECKING

from laminoscope_core.recording.layout import Found, Source, Tap
from laminoscope_core.recording.seen import Seen

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["NORMS", "norm_sources"]

NORMS = ("attention", "mlp")
"""Whose norms they are; each has a site for what enters it and one for what leaves it."""


def norm_sources(seen: Seen, found: Found) -> None:
    """Add ``attention_unnormed``, ``attention_normed`` and the like of the MLP, or why not.

    The MLP's is the norm whose output it reads; the attention's is another one that reads what
    entered the block, or the same where both read one.
    """
    norms = {
        name: (seen.inputs[name], seen.outputs[name])
        for name, module in seen.module.named_children()
        if "norm" in type(module).__name__.lower()
        and name in seen.inputs
        and name in seen.outputs
        and seen.inputs[name].shape == seen.outputs[name].shape
    }
    entered = [seen.inputs[each] for names in seen.mlps for each in names if each in seen.inputs]
    before = seen.inputs.get("")
    of_mlp = [name for name, (_, left) in norms.items() if any(_same(left, e) for e in entered)]
    of_block = [name for name, (into, _) in norms.items() if _same(into, before)]
    of_block.sort(key=lambda name: name in of_mlp)
    for norm, names in zip(NORMS, (of_block, of_mlp), strict=True):
        sites = (f"{norm}_unnormed", f"{norm}_normed")
        if not names:
            found.miss("nothing normalises what it reads", *sites)
            continue
        module = seen.module.get_submodule(names[0])
        found.sources[sites[0]] = Source((Tap(module, "input"),))
        found.tap(sites[1], module)


def _same(one: "Tensor", other: "Tensor | None") -> bool:
    import torch

    return other is not None and one.shape == other.shape and torch.equal(one, other)
