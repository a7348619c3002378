"""Where the residual stream and what is added to it are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from laminoscope_core.models.configuration import decoder_config
from laminoscope_core.recording.layout import Found, Source, Tap
from laminoscope_core.recording.seen import N_TOKENS, Seen

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PreTrainedModel

__all__ = ["is_parallel", "stream_sources"]

Names = tuple[str, ...]
ADDED = ("attn_added", "mlp_added", "resid_mid")
MULTIPLIERS = ("residual_multiplier", "residual_scale")


def stream_sources(hf: "PreTrainedModel", seen: Seen, chained: bool, found: Found) -> None:
    """Add the sources of the streams, the block outputs and what was added of one block.

    What the residual stream received is accepted only if ``resid_in + attn_added + mlp_added``
    gives ``resid_out`` in the probe, and the stream only if one block hands it to the next.

    Parameters
    ----------
    hf : transformers.PreTrainedModel
    seen : Seen
        The block.
    chained : bool
        Whether every block's output was the next one's input.
    found : Found
        Filled.
    """
    before, after = seen.inputs.get(""), seen.outputs.get("")
    reason = ""
    if before is None or after is None or not _by_token(before) or before.shape != after.shape:
        reason = "its stream is not one vector per token"
    elif not chained:
        reason = "the output of one block is not the input of the next"
    if reason:
        found.miss(reason, "resid_in", "resid_out", *ADDED)
    else:
        found.sources["resid_in"] = Source((Tap(seen.module, "input"),))
        found.tap("resid_out", seen.module)
    outputs = [(seen.projection,), (seen.attention,)] if seen.style else []
    attentions = _ran(seen, outputs)
    mlps = _ran(seen, seen.mlps)
    if attentions:
        found.sources["attn_out"] = _source(seen, attentions[0])
    else:
        never = "its attention never ran" if seen.style else "it has no attention"
        found.miss(seen.refusal or never, "attn_out")
    if mlps:
        found.sources["mlp_out"] = _source(seen, mlps[0])
    else:
        found.miss("it has no MLP", "mlp_out")
    if "resid_out" not in found.missing and attentions and mlps:
        parts = [_ways(hf, seen, each) for each in attentions], [_ways(hf, seen, e) for e in mlps]
        pairs = [pair for ways in product(*parts) for pair in product(*ways)]
        _added(seen, pairs, found)
    elif "resid_out" not in found.missing:
        found.miss("it does not add an attention and an MLP to its stream", *ADDED)
    if "mlp_added" in found.missing and any(len(names) > 1 for names in mlps):
        found.miss("it has several MLPs and does not merely add them", "mlp_out")


def is_parallel(seen: Seen) -> bool:
    """Whether the MLP reads what entered the block, past a norm or not, as the attention does."""
    import torch

    def same(one: "Tensor", other: "Tensor") -> bool:
        return one.shape == other.shape and torch.equal(one, other)

    if "" not in seen.inputs:
        return False
    before = seen.inputs[""]
    read = [before] + [
        seen.outputs[name]
        for name, value in seen.inputs.items()
        if name and "." not in name and name in seen.outputs and same(value, before)
    ]
    entered = [seen.inputs[names[0]] for names in seen.mlps if names[0] in seen.inputs]
    return any(same(value, each) for value in entered for each in read)


def _added(seen: Seen, pairs: "list[tuple[_Way, _Way]]", found: Found) -> None:
    """Accept the first pair of an attention and an MLP that gives what left the block."""
    before, after = seen.inputs[""], seen.outputs[""]
    for attn, mlp in pairs:
        if _close(before + attn.value + mlp.value, after, before, attn.value, mlp.value):
            found.sources["attn_out"], found.sources["mlp_out"] = attn.output, mlp.output
            found.sources["attn_added"], found.sources["mlp_added"] = attn.source, mlp.source
            found.sources["resid_mid"] = _sum(found.sources["resid_in"], attn.source)
            return
    found.miss("its stream is not the sum of what entered, its attention and its MLP", *ADDED)
    _with_more(seen, pairs, found)


def _with_more(seen: Seen, pairs: "list[tuple[_Way, _Way]]", found: Found) -> None:
    """Accept what the attention added where the block adds a third part, or scales the sum."""
    before, after = seen.inputs[""], seen.outputs[""]
    factor = getattr(seen.module, "layer_scalar", 1.0)
    thirds = [
        _tokens(value)
        for name, value in seen.outputs.items()
        if "norm" in name and "." not in name and _by_token(value)
    ]
    for (attn, mlp), third in product(pairs, (before * 0, *thirds)):
        total = (before + attn.value + mlp.value + third) * factor
        if _close(total, after, before, attn.value, mlp.value, third):
            found.sources["attn_added"] = attn.source
            found.sources["resid_mid"] = _sum(found.sources["resid_in"], attn.source)
            del found.missing["attn_added"], found.missing["resid_mid"]
            found.miss("it adds more than an attention and an MLP", "mlp_added")
            return


@dataclass(frozen=True, eq=False)
class _Way:
    """What the stream may have received of an output, its value in the probe, the output."""

    source: Source
    value: "Tensor"
    output: Source


def _ways(hf: "PreTrainedModel", seen: Seen, names: Names) -> list[_Way]:
    """List what the stream may have received of an output: as it is, scaled, or normed."""
    value = _total([_tokens(seen.outputs[name]) for name in names])
    source = _source(seen, names)
    ways = [_Way(source, value, source)]
    for owner in (seen.module, decoder_config(hf)):
        for attribute in MULTIPLIERS:
            factor = getattr(owner, attribute, None)
            if isinstance(factor, (int, float)) and factor != 1:
                scaled = _scaled(source, float(factor))
                ways.append(_Way(scaled, value * float(factor), source))
    for child, module in seen.module.named_children():
        entered, left = seen.inputs.get(child), seen.outputs.get(child)
        if "norm" in type(module).__name__.lower() and entered is not None and left is not None:
            entered = _tokens(entered)
            if entered.shape == value.shape and bool((entered == value).all()):
                ways.append(_Way(Source((Tap(module),)), _tokens(left), source))
    return ways


def _ran(seen: Seen, candidates: Sequence[Names]) -> list[Names]:
    return [
        names
        for names in dict.fromkeys(candidates)
        if all(name and name in seen.outputs and _by_token(seen.outputs[name]) for name in names)
    ]


def _by_token(value: "Tensor") -> bool:
    """Whether a tensor of the probe has a row per token: (1, tokens, …) or (tokens, …)."""
    return value.shape[:-1] in ((1, N_TOKENS), (N_TOKENS,))


def _tokens(value: "Tensor") -> "Tensor":
    """Lay rows that were flattened over batch and tokens out again."""
    return value.reshape(1, N_TOKENS, -1) if _by_token(value) else value


def _source(seen: Seen, names: Names) -> Source:
    taps = tuple(Tap(seen.module.get_submodule(name)) for name in names)
    return Source(taps, None if len(taps) == 1 else _total)


def _scaled(source: Source, factor: float) -> Source:
    return Source(source.taps, lambda parts: _total(parts) * factor)


def _sum(stream: Source, added: Source) -> Source:
    def combine(parts: "Sequence[Tensor]") -> "Tensor":
        rest = parts[1:]
        return parts[0] + (rest[0] if added.combine is None else added.combine(rest))

    return Source((*stream.taps, *added.taps), combine)


def _total(parts: "Sequence[Tensor]") -> "Tensor":
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _close(total: "Tensor", after: "Tensor", *parts: "Tensor") -> bool:
    import torch

    if total.shape != after.shape:
        return False
    # Additions round by this much of what they add; a part left out or scaled shows far above.
    tolerance = 8 * torch.finfo(after.dtype).eps
    size = torch.stack([part.abs() for part in (after, *parts)]).sum(0)
    return bool(((total - after).abs() <= tolerance * size).all())
