"""Where q, k and v are: how a block's projections are split into heads."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from laminoscope_core.recording.attention import KernelCall
from laminoscope_core.recording.layout import CLIPS, FUSED, INLINE, SEPARATE, Found, Source, Tap
from laminoscope_core.recording.seen import Seen
from laminoscope_core.recording.splits import (
    close,
    concatenated,
    equal,
    first_half,
    gated,
    grouped,
    heads,
    proven,
    same_lengths,
    sharded,
    upright,
)

if TYPE_CHECKING:
    from torch import Tensor, nn

__all__ = ["mixes_only", "projection_sources"]

PER_HEAD = ("q", "k", "v", "q_used", "k_used", "attention")


def projection_sources(seen: Seen, found: Found) -> None:
    """Add the sources of q, k, v, q_used, k_used and attention of one block, or why not."""
    if seen.refusal or not seen.style:
        found.miss(seen.refusal or "it has no attention", *PER_HEAD)
        return
    attention = seen.kernel_caller
    calls = [call for call in seen.calls if call.module is attention]
    if len(calls) == 1:
        _used(calls[0], found)
        _by_kernel(seen, calls[0], found)
    elif calls:
        reason = "its attention kernel runs more than once"
        found.miss(reason, "q_used", "k_used", "attention")
        if seen.style == "separate" and _same_heads(calls):
            _by_kernel(seen, calls[0], found)
        else:
            found.miss(reason, "q", "k", "v")
    elif _inline_name(attention) in INLINE:
        _in_line(seen, found)
    else:
        reason = f"{type(attention).__name__} has no attention kernel that can be watched"
        found.miss(reason, *PER_HEAD)


def _same_heads(calls: Sequence[KernelCall]) -> bool:
    first = calls[0]
    return all(
        call.query.shape == first.query.shape
        and call.key.shape == first.key.shape
        and bool((call.query == first.query).all() and (call.key == first.key).all())
        for call in calls
    )


def _inline_name(attention: "nn.Module") -> str:
    family = type(attention).__module__.rpartition("modeling_")[2]
    return f"{family}.{type(attention).__name__}"


def mixes_only(seen: Seen, sources: Mapping[str, Source]) -> bool:
    """Whether ``attention`` times ``v`` enters the output projection, with nothing between."""
    entered = seen.inputs.get(seen.projection) if seen.projection else None
    if entered is None or not {"attention", "v"} <= sources.keys():
        return False
    if not seen.calls:
        return True  # `attention` was accepted by this very test
    call, tap = seen.calls[0], sources["v"].taps[0]
    value = seen.value(tap)
    return entered.shape == call.output.flatten(2).shape and (
        bool((entered == call.output.flatten(2)).all()) and equal(value, call.value)
    )


def _used(call: KernelCall, found: Found) -> None:
    for site, tensor in (("q_used", call.query), ("k_used", call.key)):
        if tensor.ndim != 4:
            found.miss("its kernel is given other shapes than heads × tokens", site)
    if not found.missing:
        found.sources["q_used"] = Source((Tap(call.module, "query", upright),))
        found.sources["k_used"] = Source((Tap(call.module, "key", upright),))
    try:
        weights = call.weights()
    except Exception as error:
        found.miss(f"its weights cannot be had ({error})", "attention")
        return
    value = call.value.repeat_interleave(weights.shape[1] // call.value.shape[1], dim=1)
    rebuilt = (weights.to(value.dtype) @ value).transpose(1, 2)
    if rebuilt.shape == call.output.shape and close(rebuilt, call.output):
        found.sources["attention"] = Source((Tap(call.module, "weights", upright),))
    else:
        found.miss("the weights that can be had do not give the kernel's output", "attention")


def _by_kernel(seen: Seen, call: KernelCall, found: Found) -> None:
    ran = {
        name: seen.outputs[seen.inside(name)]
        for name, _ in seen.kernel_caller.named_children()
        if seen.inside(name) in seen.outputs
    }
    if seen.style == "unknown":
        reason = "its projections have names that are not known"
        found.miss(reason, "q", "k", "v")
    elif seen.style == "latent":
        _latent(seen, ran, call, found)
    elif seen.style == "fused":
        _fused(seen, ran, call, found)
    else:
        _separate(seen, ran, call, found)


def _separate(seen: Seen, ran: "dict[str, Tensor]", call: KernelCall, found: Found) -> None:
    names = next(names for names in SEPARATE if names[0] in ran)
    widths = (call.query.shape[-1], call.key.shape[-1], call.value.shape[-1])
    used = (call.query, call.key, call.value)
    for site, name, width, kernel in zip(("q", "k", "v"), names, widths, used, strict=True):
        if name not in ran:
            found.miss(f"it has no {name}; it shares another projection or layer", site)
            continue
        total = ran[name].shape[-1]
        # Values may be regrouped on the way to the kernel; they leave their projection in heads
        # like the keys if both are equally wide.
        if site == "v" and names[1] in ran and total == ran[names[1]].shape[-1]:
            width = widths[1]
        views: list[Callable[[Tensor], Tensor]] = []
        if site != "q" or total == width * kernel.shape[1]:
            if total % width == 0:
                views.append(heads(width))
        else:
            views.extend(
                view
                for view in (gated(width), first_half(width))
                if total == 2 * width * kernel.shape[1] and proven(view(ran[name]), kernel, seen)
            )
        if views:
            found.tap(site, seen.part(name), views[0])
        else:
            found.miss(f"{total} values of {name} cannot be laid out in heads of {width}", site)


def _fused(seen: Seen, ran: "dict[str, Tensor]", call: KernelCall, found: Found) -> None:
    name = next((name for name in FUSED if name in ran), None)
    if name is None:
        found.miss("its fused projection did not run", "q", "k", "v")
        return
    fused = ran[name]
    n_heads, width = call.query.shape[1], call.query.shape[-1]
    n_shared = (fused.shape[-1] // width - n_heads) // 2
    same_width = call.key.shape[-1] == call.value.shape[-1] == width
    if same_width and n_shared > 0 and (n_heads + 2 * n_shared) * width == fused.shape[-1]:
        # Some clip what leaves the projection; the split must agree with what is left.
        clip = getattr(seen.kernel_caller, "clip_qkv", None)
        clipped = fused if clip is None else fused.clamp(-clip, clip)
        for split in (concatenated, grouped, sharded):
            views = split(n_heads, n_shared, width)
            if views and all(
                proven(view(clipped), used, seen)
                for view, used in zip(views, (call.query, call.key, call.value), strict=True)
            ):
                module = seen.part(name)
                for site, view in zip(("q", "k", "v"), views, strict=True):
                    found.tap(site, module, view)
                return
    reason = f"no known way of splitting {name} agrees with what its attention kernel is given"
    found.miss(reason, "q", "k", "v")


def _latent(seen: Seen, ran: "dict[str, Tensor]", call: KernelCall, found: Found) -> None:
    import torch

    n_heads, width, value_width = call.query.shape[1], call.key.shape[-1], call.value.shape[-1]
    name = "q_b_proj" if "q_b_proj" in ran else "q_proj"
    fits = name in ran and ran[name].shape[-1] == n_heads * width
    query = heads(width)(ran[name]) if fits else None
    # The rotation may reorder what it turns, so that only lengths can be compared.
    if query is not None and (same_lengths(query, call.query) or proven(query, call.query, seen)):
        found.tap("q", seen.part(name), heads(width))
    else:
        found.miss("its query projection does not agree with what its kernel is given", "q")
    both, shared = ran.get("kv_b_proj"), ran.get("kv_a_proj_with_mqa")
    plain = 0 if both is None else both.shape[-1] // n_heads - value_width
    rotated = width - plain
    reason = "its latent projection does not agree with what its attention kernel is given"
    if both is None or shared is None or plain <= 0 or rotated < 0:
        found.miss(reason, "k", "v")
        return

    def keys(parts: "Sequence[Tensor]") -> "Tensor":
        head, turned = parts
        return torch.cat([head, turned[..., None, :].expand(*head.shape[:-1], -1)], dim=-1)

    def tokens(x: "Tensor") -> "Tensor":
        # The shared vector may pass as a head of its own: (batch, 1, tokens, width).
        return x.flatten(1, 2) if x.ndim == 4 and x.shape[1] == 1 else x

    def nope(x: "Tensor") -> "Tensor":
        return heads(plain + value_width)(tokens(x))[..., :plain]

    def value(x: "Tensor") -> "Tensor":
        return heads(plain + value_width)(tokens(x))[..., plain:]

    def rope(x: "Tensor") -> "Tensor":
        return x[..., x.shape[-1] - rotated :]

    expand, compress = seen.part("kv_b_proj"), seen.part("kv_a_proj_with_mqa")
    k = keys([nope(both), rope(shared)])
    if same_lengths(k, call.key) and equal(k[..., :plain], call.key[..., :plain]):
        found.sources["k"] = Source((Tap(expand, view=nope), Tap(compress, view=rope)), keys)
    else:
        found.miss(reason, "k")
    if equal(value(both), call.value):
        found.tap("v", expand, value)
    else:
        found.miss(reason, "v")


def _in_line(seen: Seen, found: Found) -> None:
    attention = seen.kernel_caller
    width = getattr(attention, "head_dim", None) or attention.attention_head_size
    assert isinstance(width, int)
    style, unseen = INLINE[_inline_name(attention)]
    if getattr(attention, "clip_qkv", None):
        unseen = CLIPS
    if style == "separate":
        names = next(names for names in SEPARATE if hasattr(attention, names[0]))
        for site, name in zip(("q", "k", "v"), names, strict=True):
            module = seen.part(name)
            found.tap(site, module, heads(width))
    else:
        name = next(name for name in FUSED if hasattr(attention, name))
        module = seen.part(name)
        n_heads = seen.outputs[seen.inside(name)].shape[-1] // (3 * width)
        split = grouped if style == "grouped" else concatenated
        for site, view in zip(("q", "k", "v"), split(n_heads, n_heads, width), strict=True):
            found.tap(site, module, view)
    for site in ("q", "k"):
        if unseen:
            found.miss(unseen, f"{site}_used")
        else:
            found.sources[f"{site}_used"] = found.sources[site]
    weights = seen.seconds.get(seen.attention)
    context = seen.inputs.get(seen.projection)
    if weights is not None and context is not None and weights.ndim == 4:
        value = seen.value(found.sources["v"].taps[0]).transpose(1, 2)
        if close((weights @ value).transpose(1, 2).flatten(2), context):
            found.sources["attention"] = Source((Tap(attention, "second", upright),))
            return
    found.miss(f"{type(attention).__name__} computes its weights out of sight", "attention")
