"""What enters the last product of an attention and of an MLP: head outputs and neurons.

Both are accepted only if their product with the weights gives what the block puts out in the probe.
"""

from typing import TYPE_CHECKING

from laminoscope_core.models.offload import at_hand
from laminoscope_core.recording.layout import LAST, Found, Source, Tap
from laminoscope_core.recording.linear import weight_of
from laminoscope_core.recording.seen import Seen
from laminoscope_core.recording.splits import close, heads

if TYPE_CHECKING:
    pass

__all__ = ["inner_sources"]


def inner_sources(seen: Seen, found: Found) -> None:
    """Add the sources of ``z`` and ``neurons`` of one block, or why not."""
    _head_outputs(seen, found)
    _neurons(seen, found)


def _head_outputs(seen: Seen, found: Found) -> None:
    n_heads = _n_heads(seen, found)
    entered = seen.inputs.get(seen.projection) if seen.projection else None
    if "attn_out" in found.missing:
        found.miss(found.missing["attn_out"], "z")
    elif entered is None or n_heads == 0 or entered.shape[-1] % n_heads:
        found.miss("what enters its output projection is not laid out in heads", "z")
    elif not _gives(seen, seen.projection, "attn_out", found):
        found.miss("its output projection alone does not give what the attention puts out", "z")
    else:
        module = seen.module.get_submodule(seen.projection)
        view = heads(entered.shape[-1] // n_heads)
        found.sources["z"] = Source((Tap(module, "input", view),))


def _n_heads(seen: Seen, found: Found) -> int:
    """Return how many heads mix values; 0 where that is not one kernel's doing."""
    calls = [call for call in seen.calls if call.module is seen.kernel_caller]
    if len(calls) == 1:
        return int(calls[0].query.shape[1])
    if not calls and "attention" in found.sources:
        return seen.shape(found.sources["attention"])[0]
    return 0


def _neurons(seen: Seen, found: Found) -> None:
    if "mlp_out" in found.missing:
        found.miss(found.missing["mlp_out"], "neurons")
        return
    for names in seen.mlps:
        last = names[0].rpartition(".")[2]
        if len(names) == 1 and last in LAST and _gives(seen, names[0], "mlp_out", found):
            found.sources["neurons"] = Source((Tap(seen.module.get_submodule(names[0]), "input"),))
            return
    found.miss("its MLP does not end in one product with the neurons", "neurons")


def _gives(seen: Seen, name: str, site: str, found: Found) -> bool:
    """Whether a linear layer, with what entered it in the probe, gives what there is at a site."""
    module = seen.module.get_submodule(name)
    weight, entered = weight_of(module), seen.inputs.get(name)
    if weight is None or entered is None or entered.shape[-1] != weight.shape[1]:
        return False
    bias = at_hand(module, "bias")
    product = entered @ weight.T if bias is None else entered @ weight.T + bias
    put_out = seen.whole(found.sources[site])
    product = product.reshape(put_out.shape) if product.numel() == put_out.numel() else product
    return product.shape == put_out.shape and close(product, put_out)
