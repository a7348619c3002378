"""Where q, k and v are: how a block's projections are split into heads."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from laminoscope_core.capture.attention import KernelCall
from laminoscope_core.capture.layout import FUSED, INLINE, SEPARATE, Source, Tap

if TYPE_CHECKING:
    from torch import Tensor, nn

    from laminoscope_core.capture.probe import Seen

__all__ = ["mixes_only", "projection_sources"]

PER_HEAD = ("q", "k", "v", "q_used", "k_used", "attention")


def projection_sources(seen: "Seen", sources: dict[str, Source], missing: dict[str, str]) -> None:
    """Add the sources of q, k, v, q_used, k_used and attention of one block.

    What cannot be had gets its reason in `missing` instead.
    """
    if not seen.style:
        reason = "it has no attention"
        if len(seen.calls) == 1:
            _used(seen.calls[0], sources, missing)
            reason = "its projections have names that are not known"
        missing.update({site: reason for site in PER_HEAD if site not in sources} | missing)
        return
    attention = seen.module.get_submodule(seen.attention)
    calls = [call for call in seen.calls if call.module is attention]
    if len(calls) == 1:
        _used(calls[0], sources, missing)
        _by_kernel(seen, attention, calls[0], sources, missing)
    elif calls:
        reason = "its attention kernel runs more than once"
        missing.update(dict.fromkeys(PER_HEAD, reason))
    elif type(attention).__name__ in INLINE:
        _in_line(seen, attention, sources, missing)
    else:
        reason = f"{type(attention).__name__} has no attention kernel that can be watched"
        missing.update(dict.fromkeys(PER_HEAD, reason))


def mixes_only(seen: "Seen", sources: dict[str, Source]) -> bool:
    """Whether ``attention`` times ``v`` enters the output projection, with nothing between."""
    entered = seen.inputs.get(seen.projection) if seen.projection else None
    if entered is None or not {"attention", "v"} <= sources.keys():
        return False
    if not seen.calls:
        return True  # `attention` was accepted by this very test
    call, tap = seen.calls[0], sources["v"].taps[0]
    name = next(name for name, module in seen.module.named_modules() if module is tap.module)
    value = seen.outputs[name] if tap.view is None else tap.view(seen.outputs[name])
    return entered.shape == call.output.flatten(2).shape and (
        bool((entered == call.output.flatten(2)).all()) and _equal(value, call.value)
    )


def _used(call: KernelCall, sources: dict[str, Source], missing: dict[str, str]) -> None:
    for site, tensor in (("q_used", call.query), ("k_used", call.key)):
        if tensor.ndim != 4:
            missing[site] = "its kernel is given other shapes than heads × tokens"
    if not missing:
        sources["q_used"] = Source((Tap(call.module, "query", _upright),))
        sources["k_used"] = Source((Tap(call.module, "key", _upright),))
    try:
        weights = call.weights()
    except Exception as error:
        missing["attention"] = f"its weights cannot be had ({error})"
        return
    value = call.value.repeat_interleave(weights.shape[1] // call.value.shape[1], dim=1)
    rebuilt = (weights.to(value.dtype) @ value).transpose(1, 2)
    if rebuilt.shape == call.output.shape and _close(rebuilt, call.output):
        sources["attention"] = Source((Tap(call.module, "weights", _upright),))
    else:
        missing["attention"] = "the weights that can be had do not give the kernel's output"


def _by_kernel(
    seen: "Seen",
    attention: "nn.Module",
    call: KernelCall,
    sources: dict[str, Source],
    missing: dict[str, str],
) -> None:
    outputs = {
        name: seen.outputs.get(f"{seen.attention}.{name}" if seen.attention else name)
        for name, _ in attention.named_children()
    }
    ran = {name: tensor for name, tensor in outputs.items() if tensor is not None}
    if seen.style == "latent":
        _latent(attention, ran, call, sources, missing)
    elif seen.style == "fused":
        _fused(seen, attention, ran, call, sources, missing)
    else:
        _separate(seen, attention, ran, call, sources, missing)


def _separate(
    seen: "Seen",
    attention: "nn.Module",
    ran: "dict[str, Tensor]",
    call: KernelCall,
    sources: dict[str, Source],
    missing: dict[str, str],
) -> None:
    names = next(names for names in SEPARATE if names[0] in ran)
    widths = (call.query.shape[-1], call.key.shape[-1], call.value.shape[-1])
    used = (call.query, call.key, call.value)
    for site, name, width, kernel in zip(("q", "k", "v"), names, widths, used, strict=True):
        if name not in ran:
            missing[site] = f"it has no {name}; it shares another projection or layer"
            continue
        total = ran[name].shape[-1]
        # Values may be regrouped on the way to the kernel; they leave their projection in heads
        # like the keys if both are equally wide.
        if site == "v" and names[1] in ran and total == ran[names[1]].shape[-1]:
            width = widths[1]
        views: list[Callable[[Tensor], Tensor]] = []
        if site != "q" or total == width * kernel.shape[1]:
            if total % width == 0:
                views.append(_heads(width))
        else:
            views.extend(
                view
                for view in (_gated(width), _first_half(width))
                if total == 2 * width * kernel.shape[1] and _proven(view(ran[name]), kernel, seen)
            )
        if views:
            sources[site] = Source((Tap(attention.get_submodule(name), view=views[0]),))
        else:
            missing[site] = f"{total} values of {name} cannot be laid out in heads of {width}"


def _fused(
    seen: "Seen",
    attention: "nn.Module",
    ran: "dict[str, Tensor]",
    call: KernelCall,
    sources: dict[str, Source],
    missing: dict[str, str],
) -> None:
    name = next((name for name in FUSED if name in ran), None)
    if name is None:
        missing.update(dict.fromkeys(("q", "k", "v"), "its fused projection did not run"))
        return
    fused = ran[name]
    n_heads, width = call.query.shape[1], call.query.shape[-1]
    n_shared = (fused.shape[-1] // width - n_heads) // 2
    same_width = call.key.shape[-1] == call.value.shape[-1] == width
    if same_width and n_shared > 0 and (n_heads + 2 * n_shared) * width == fused.shape[-1]:
        # Some clip what leaves the projection; the split must agree with what is left.
        clip = getattr(attention, "clip_qkv", None)
        clipped = fused if clip is None else fused.clamp(-clip, clip)
        for split in (_concatenated, _grouped, _sharded):
            views = split(n_heads, n_shared, width)
            if views and all(
                _proven(view(clipped), used, seen)
                for view, used in zip(views, (call.query, call.key, call.value), strict=True)
            ):
                module = attention.get_submodule(name)
                for site, view in zip(("q", "k", "v"), views, strict=True):
                    sources[site] = Source((Tap(module, view=view),))
                return
    reason = f"no known way of splitting {name} agrees with what its attention kernel is given"
    missing.update(dict.fromkeys(("q", "k", "v"), reason))


def _latent(
    attention: "nn.Module",
    ran: "dict[str, Tensor]",
    call: KernelCall,
    sources: dict[str, Source],
    missing: dict[str, str],
) -> None:
    import torch

    n_heads, width, value_width = call.query.shape[1], call.key.shape[-1], call.value.shape[-1]
    name = "q_b_proj" if "q_b_proj" in ran else "q_proj"
    if name in ran and ran[name].shape[-1] == n_heads * width:
        sources["q"] = Source((Tap(attention.get_submodule(name), view=_heads(width)),))
    else:
        missing["q"] = "its query projection cannot be laid out in heads"
    both, shared = ran.get("kv_b_proj"), ran.get("kv_a_proj_with_mqa")
    plain = 0 if both is None else both.shape[-1] // n_heads - value_width
    rotated = width - plain
    reason = "its latent projection does not agree with what its attention kernel is given"
    if both is None or shared is None or plain <= 0 or rotated < 0:
        missing.update(dict.fromkeys(("k", "v"), reason))
        return

    def keys(parts: "Sequence[Tensor]") -> "Tensor":
        head, turned = parts
        return torch.cat([head, turned[..., None, :].expand(*head.shape[:-1], -1)], dim=-1)

    def tokens(x: "Tensor") -> "Tensor":
        # The shared vector may pass as a head of its own: (batch, 1, tokens, width).
        return x.flatten(1, 2) if x.ndim == 4 and x.shape[1] == 1 else x

    def nope(x: "Tensor") -> "Tensor":
        return _heads(plain + value_width)(tokens(x))[..., :plain]

    def value(x: "Tensor") -> "Tensor":
        return _heads(plain + value_width)(tokens(x))[..., plain:]

    def rope(x: "Tensor") -> "Tensor":
        return x[..., x.shape[-1] - rotated :]

    expand, compress = (
        attention.get_submodule("kv_b_proj"),
        attention.get_submodule("kv_a_proj_with_mqa"),
    )
    k = keys([nope(both), rope(shared)])
    if _same_lengths(k, call.key) and _equal(k[..., :plain], call.key[..., :plain]):
        sources["k"] = Source((Tap(expand, view=nope), Tap(compress, view=rope)), keys)
    else:
        missing["k"] = reason
    if _equal(value(both), call.value):
        sources["v"] = Source((Tap(expand, view=value),))
    else:
        missing["v"] = reason


def _in_line(
    seen: "Seen", attention: "nn.Module", sources: dict[str, Source], missing: dict[str, str]
) -> None:
    width = getattr(attention, "head_dim", None) or attention.attention_head_size
    assert isinstance(width, int)
    style = INLINE[type(attention).__name__]
    if style == "separate":
        names = next(names for names in SEPARATE if hasattr(attention, names[0]))
        for site, name in zip(("q", "k", "v"), names, strict=True):
            module = attention.get_submodule(name)
            sources[site] = Source((Tap(module, view=_heads(width)),))
    else:
        name = next(name for name in FUSED if hasattr(attention, name))
        module = attention.get_submodule(name)
        n_heads = seen.outputs[f"{seen.attention}.{name}"].shape[-1] // (3 * width)
        split = _grouped if style == "grouped" else _concatenated
        for site, view in zip(("q", "k", "v"), split(n_heads, n_heads, width), strict=True):
            sources[site] = Source((Tap(module, view=view),))
    clipped = getattr(attention, "clip_qkv", None)
    for site in ("q", "k"):
        if clipped:
            missing[f"{site}_used"] = "it clips its projections where that cannot be seen"
        else:
            sources[f"{site}_used"] = sources[site]
    weights = seen.seconds.get(seen.attention)
    context = seen.inputs.get(seen.projection)
    if weights is not None and context is not None and weights.ndim == 4:
        values = sources["v"].taps[0]
        assert values.view is not None
        name = next(n for n, m in attention.named_children() if m is values.module)
        value = values.view(seen.outputs[f"{seen.attention}.{name}"]).transpose(1, 2)
        if _close((weights @ value).transpose(1, 2).flatten(2), context):
            sources["attention"] = Source((Tap(attention, "second", _upright),))
            return
    missing["attention"] = f"{type(attention).__name__} computes its weights out of sight"


def _upright(x: "Tensor") -> "Tensor":
    return x.transpose(1, 2)


def _heads(width: int) -> "Callable[[Tensor], Tensor]":
    return lambda x: x.reshape(*x.shape[:-1], -1, width)


def _gated(width: int) -> "Callable[[Tensor], Tensor]":
    """View queries that share their projection with a gate, head by head."""
    return lambda x: x.reshape(*x.shape[:-1], -1, 2 * width)[..., :width]


def _first_half(width: int) -> "Callable[[Tensor], Tensor]":
    return lambda x: x.chunk(2, dim=-1)[0].reshape(*x.shape[:-1], -1, width)


def _concatenated(n_heads: int, n_shared: int, width: int) -> "list[Callable[[Tensor], Tensor]]":
    """All queries, then all keys, then all values."""

    def part(start: int, count: int) -> "Callable[[Tensor], Tensor]":
        return lambda x: _heads(width)(x)[..., start : start + count, :]

    return [
        part(0, n_heads),
        part(n_heads, n_shared),
        part(n_heads + n_shared, n_shared),
    ]


def _grouped(n_heads: int, n_shared: int, width: int) -> "list[Callable[[Tensor], Tensor]]":
    """For each key head its queries, its key and its value."""
    if n_heads % n_shared:
        return []
    each = n_heads // n_shared

    def groups(x: "Tensor") -> "Tensor":
        return x.reshape(*x.shape[:-1], n_shared, each + 2, width)

    return [
        lambda x: groups(x)[..., :each, :].flatten(-3, -2),
        lambda x: groups(x)[..., each, :],
        lambda x: groups(x)[..., each + 1, :],
    ]


def _sharded(n_heads: int, n_shared: int, width: int) -> "list[Callable[[Tensor], Tensor]]":
    """CodeGen's: four shards, each with its heads' queries, values and keys."""
    if n_heads != n_shared or n_heads % 4:
        return []

    def part(index: int) -> "Callable[[Tensor], Tensor]":
        return lambda x: x.reshape(*x.shape[:-1], 4, 3, n_heads // 4, width)[
            ..., index, :, :
        ].flatten(-3, -2)

    return [part(0), part(2), part(1)]


def _proven(found: "Tensor", used: "Tensor", seen: "Seen") -> bool:
    """Whether a split agrees with the kernel, or with the input of a norm on the way to it."""
    if _equal(found, used) or _turned(found, used):
        return True
    prefix = f"{seen.attention}." if seen.attention else ""
    return any(
        name.startswith(prefix)
        and "norm" in name
        and tensor.numel() == found.numel()
        and any(
            bool((tensor.reshape(shape) == view).all())
            for view, shape in (
                (found, found.shape),
                (found.transpose(1, 2), found.transpose(1, 2).shape),
            )
        )
        for name, tensor in seen.inputs.items()
    )


def _same_lengths(found: "Tensor", used: "Tensor") -> bool:
    n_heads, n_found = used.shape[1], found.shape[2]
    if n_heads % n_found or found.shape[-1] != used.shape[-1]:
        return False
    repeated = found.repeat_interleave(n_heads // n_found, dim=2).transpose(1, 2)
    return _close(repeated.norm(dim=-1), used.norm(dim=-1))


def _equal(found: "Tensor", used: "Tensor") -> bool:
    n_heads, n_found = used.shape[1], found.shape[2]
    if n_heads % n_found:
        return False
    repeated = found.repeat_interleave(n_heads // n_found, dim=2).transpose(1, 2)
    return repeated.shape == used.shape and bool((repeated == used).all())


def _turned(found: "Tensor", used: "Tensor") -> bool:
    """Whether the kernel's vectors are these, rotated: as long, and the same at position 0."""
    if not _same_lengths(found, used):
        return False
    repeated = found.repeat_interleave(used.shape[1] // found.shape[2], dim=2).transpose(1, 2)
    return _close(repeated[:, :, 0], used[:, :, 0])


def _close(a: "Tensor", b: "Tensor") -> bool:
    import torch

    tolerance = 1e-4 if a.dtype == torch.float32 else 2e-2
    largest = float(b.abs().max())
    return bool((a - b).abs().max() <= tolerance * largest)
