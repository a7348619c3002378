"""Where the residual stream and what is added to it are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from laminoscope_core.capture.layout import Source, Tap

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PreTrainedModel

    from laminoscope_core.capture.probe import Seen

__all__ = ["stream_sources"]

ADDED = ("attn_added", "mlp_added", "resid_mid")
MULTIPLIERS = ("residual_multiplier", "residual_scale")


def stream_sources(
    hf: "PreTrainedModel", seen: "Seen", sources: dict[str, Source], missing: dict[str, str]
) -> None:
    """Add the sources of the streams, the block outputs and what was added of one block.

    What the residual stream received is accepted only if ``resid_in + attn_added + mlp_added``
    gives ``resid_out`` in the probe.
    """
    before, after = seen.inputs.get(""), seen.outputs.get("")
    if before is None or after is None or before.ndim != 3 or before.shape != after.shape:
        reason = "its stream is not one vector per token"
        missing.update(dict.fromkeys(("resid_in", "resid_out", *ADDED), reason))
    else:
        sources["resid_in"] = Source((Tap(seen.module, "input"),))
        sources["resid_out"] = Source((Tap(seen.module),))
    attentions = _ran(seen, [seen.projection, seen.attention] if seen.style else [])
    mlps = _ran(seen, seen.mlps)
    if attentions:
        sources["attn_out"] = _source(seen, attentions[0])
    else:
        missing["attn_out"] = "it has no attention" if not seen.style else "its attention never ran"
    if mlps:
        sources["mlp_out"] = _source(seen, mlps[0])
    else:
        missing["mlp_out"] = "it has no MLP"
    if "resid_out" in missing:
        return
    if not attentions or not mlps:
        reason = "it does not add an attention and an MLP to its stream"
        missing.update(dict.fromkeys(ADDED, reason))
        return
    _added(hf, seen, attentions, mlps, sources, missing)


def _added(
    hf: "PreTrainedModel",
    seen: "Seen",
    attentions: list[str],
    mlps: list[str],
    sources: dict[str, Source],
    missing: dict[str, str],
) -> None:
    before, after = seen.inputs[""], seen.outputs[""]
    for attention in attentions:
        for attn_source, attn_value in _ways(hf, seen, attention):
            for mlp in mlps:
                for mlp_source, mlp_value in _ways(hf, seen, mlp):
                    total = before + attn_value + mlp_value
                    if _close(total, after, before, attn_value, mlp_value):
                        sources["attn_out"] = _source(seen, attention)
                        sources["mlp_out"] = _source(seen, mlp)
                        sources["attn_added"] = attn_source
                        sources["mlp_added"] = mlp_source
                        sources["resid_mid"] = _sum(sources["resid_in"], attn_source)
                        return
    reason = "its stream is not the sum of what entered, its attention and its MLP"
    missing.update(dict.fromkeys(ADDED, reason))


def _ways(hf: "PreTrainedModel", seen: "Seen", name: str) -> "list[tuple[Source, Tensor]]":
    """List what the stream may have received of an output: as it is, scaled, or normed."""
    value = _tokens(seen, seen.outputs[name])
    ways = [(_source(seen, name), value)]
    for owner in (seen.module, hf.config.get_text_config(decoder=True)):
        for attribute in MULTIPLIERS:
            factor = getattr(owner, attribute, None)
            if isinstance(factor, (int, float)) and factor != 1:
                ways.append((_scaled(seen, name, float(factor)), value * float(factor)))
    for child, module in seen.module.named_children():
        entered, left = seen.inputs.get(child), seen.outputs.get(child)
        if "norm" in type(module).__name__.lower() and entered is not None and left is not None:
            entered = _tokens(seen, entered)
            if entered.shape == value.shape and bool((entered == value).all()):
                ways.append((Source((Tap(module),)), _tokens(seen, left)))
    return ways


def _ran(seen: "Seen", names: Sequence[str]) -> list[str]:
    shape = seen.inputs[""].shape if "" in seen.inputs else None
    return [
        name
        for name in dict.fromkeys(names)
        if name
        and name in seen.outputs
        and (shape is None or seen.outputs[name].shape[-1] == shape[-1])
    ]


def _tokens(seen: "Seen", value: "Tensor") -> "Tensor":
    """Lay rows that were flattened over batch and tokens out again."""
    stream = seen.inputs[""]
    return value.reshape(stream.shape) if value.numel() == stream.numel() else value


def _source(seen: "Seen", name: str) -> Source:
    return Source((Tap(seen.module.get_submodule(name)),))


def _scaled(seen: "Seen", name: str, factor: float) -> Source:
    return Source((Tap(seen.module.get_submodule(name), view=lambda x: x * factor),))


def _sum(stream: Source, added: Source) -> Source:
    return Source((*stream.taps, *added.taps), lambda parts: parts[0] + parts[1])


def _close(total: "Tensor", after: "Tensor", *parts: "Tensor") -> bool:
    import torch

    if total.shape != after.shape:
        return False
    # Additions round by this much of what they add; a part left out or scaled shows far above.
    tolerance = 8 * torch.finfo(after.dtype).eps
    size = torch.stack([part.abs() for part in (after, *parts)]).sum(0)
    return bool(((total - after).abs() <= tolerance * size).all())
