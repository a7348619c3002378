"""Watching attention kernels: what they are given, and the weights they stand for.

Nearly every family calls its kernel through transformers' `AttentionInterface`; the function
registered there for the kernel in use is replaced, for one pass, by one that calls it and looks.
A few older families call a method ``_attn`` of their own or torch's function; those are watched
where they are.  The kernel that runs is always the model's own, with the arguments it was given.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from inspect import unwrap
from threading import get_ident
from typing import TYPE_CHECKING, Any

from laminoscope_core.errors import CaptureError

if TYPE_CHECKING:
    from torch import Tensor, nn

__all__ = ["KernelCall", "kernels_watched", "way_of"]

Kernel = Callable[..., Any]


@dataclass(frozen=True, eq=False)
class KernelCall:
    """One call of an attention kernel.

    Attributes
    ----------
    module : torch.nn.Module
        The attention that called it.
    query, key, value : tensors of shape (batch, heads, tokens, width)
        What the kernel multiplies; fewer key and value heads where they are shared.
    output : tensor of shape (batch, tokens, heads, width)
        What the kernel returned.
    weights : callable
        Computes the softmax weights, ``(batch, heads, query tokens, key tokens)``, with the
        family's own plain implementation; raises `CaptureError` if it has none.
    """

    module: "nn.Module"
    query: "Tensor"
    key: "Tensor"
    value: "Tensor"
    output: "Tensor"
    weights: "Callable[[], Tensor]"


def way_of(module: "nn.Module") -> str:
    """Say how a module calls its kernel: "interface", "method", "function", or "" if it does not.

    Examples
    --------
    >>> from transformers.models.llama.modeling_llama import LlamaAttention, LlamaConfig
    >>> way_of(LlamaAttention(LlamaConfig(hidden_size=8, num_attention_heads=2), 0))
    'interface'
    """
    names = _code_names(module)
    if "ALL_ATTENTION_FUNCTIONS" in names:
        return "interface"
    if "_attn" in names and callable(getattr(module, "_attn", None)):
        return "method"
    if "scaled_dot_product_attention" in names:
        return "function"
    return ""


@contextmanager
def kernels_watched(
    modules: "Iterable[nn.Module]", on_call: Callable[[KernelCall], None]
) -> Iterator[None]:
    """Report every kernel call that the modules make in this thread."""
    by_way: dict[str, list[nn.Module]] = {}
    for module in dict.fromkeys(modules):
        by_way.setdefault(way_of(module), []).append(module)
    with ExitStack() as stack:
        if "interface" in by_way:
            stack.enter_context(_interface(by_way["interface"], on_call))
        for module in by_way.get("method", ()):
            stack.enter_context(_method(module, on_call))
        if "function" in by_way:
            stack.enter_context(_function(by_way["function"], on_call))
        yield


@contextmanager
def _interface(modules: "list[nn.Module]", on_call: Callable[[KernelCall], None]) -> Iterator[None]:
    owner = get_ident()
    watched = {id(module) for module in modules}

    def look(
        module: "nn.Module", query: "Tensor", key: "Tensor", value: "Tensor", *args: Any, **kw: Any
    ) -> Any:
        original = originals[id(_registry(module)), _kernel_name(module)]
        kernel = original or _plain_kernel(module)
        result = kernel(module, query, key, value, *args, **kw)
        if id(module) in watched and get_ident() == owner:

            def weights() -> "Tensor":
                return _plain_weights(module, query, key, value, result[1], args, kw)

            on_call(KernelCall(module, query, key, value, result[0], weights))
        return result

    originals: dict[tuple[int, str], Kernel | None] = {}
    replaced: list[tuple[Any, str, Kernel | None]] = []
    for module in modules:
        registry, name = _registry(module), _kernel_name(module)
        if (id(registry), name) not in originals:
            found: Kernel | None = registry.get(name)
            originals[id(registry), name] = found
            replaced.append((registry, name, found))
    try:
        for registry, name, _ in replaced:
            registry[name] = look
        yield
    finally:
        for registry, name, found in replaced:
            del registry[name]
            if registry.get(name) is not found:
                registry[name] = found


@contextmanager
def _method(module: Any, on_call: Callable[[KernelCall], None]) -> Iterator[None]:
    owner = get_ident()
    original = module._attn
    transposed = type(module).__module__.endswith("modeling_openai")

    def look(query: "Tensor", key: "Tensor", value: "Tensor", *args: Any, **kwargs: Any) -> Any:
        result = original(query, key, value, *args, **kwargs)
        if get_ident() == owner:
            upright = key.transpose(-1, -2) if transposed else key
            output = result[0].transpose(1, 2)

            def weights() -> "Tensor":
                full = result if len(result) > 1 else original(query, key, value, *args[:1], True)
                return full[1]  # type: ignore[no-any-return]

            on_call(KernelCall(module, query, upright, value, output, weights))
        return result

    module._attn = look
    try:
        yield
    finally:
        del module._attn


@contextmanager
def _function(modules: "list[nn.Module]", on_call: Callable[[KernelCall], None]) -> Iterator[None]:
    from torch.nn.functional import scaled_dot_product_attention
    from torch.overrides import TorchFunctionMode

    running: list[nn.Module] = []

    class Watch(TorchFunctionMode):
        def __torch_function__(  # type: ignore[no-untyped-def]
            self, function, types, args=(), kwargs=None
        ):
            result = function(*args, **(kwargs or {}))
            if function is scaled_dot_product_attention and running:
                query, key, value = args[:3]

                def weights() -> "Tensor":
                    return _softmax_weights(query, key, args[3:], kwargs or {})

                on_call(KernelCall(running[-1], query, key, value, result.transpose(1, 2), weights))
            return result

    def enter(module: "nn.Module", _args: Any) -> None:
        running.append(module)

    def leave(_module: "nn.Module", _args: Any, _output: Any) -> None:
        running.pop()

    handles = []
    try:
        for module in modules:
            handles.append(module.register_forward_pre_hook(enter))
            handles.append(module.register_forward_hook(leave, always_call=True))
        with Watch():
            yield
    finally:
        for handle in handles:
            handle.remove()


def _forward(module: "nn.Module") -> Any:
    return unwrap(type(module).forward)


def _code_names(module: "nn.Module") -> tuple[str, ...]:
    code = getattr(_forward(module), "__code__", None)
    return () if code is None else code.co_names


def _registry(module: "nn.Module") -> Any:
    return _forward(module).__globals__["ALL_ATTENTION_FUNCTIONS"]


def _kernel_name(module: Any) -> str:
    return str(module.config._attn_implementation or "eager")


def _plain_kernel(module: "nn.Module") -> Kernel:
    forward = _forward(module)
    for name in forward.__code__.co_names:
        if name.startswith("eager_") and name in forward.__globals__:
            return forward.__globals__[name]  # type: ignore[no-any-return]
    kernel = getattr(sys.modules[type(module).__module__], "eager_attention_forward", None)
    if kernel is None:
        raise CaptureError(
            f"attention cannot be captured: {type(module).__name__} has no plain attention "
            "that gives its weights.",
            "Leave attention out, or choose another model.",
        )
    return kernel  # type: ignore[no-any-return]


def _plain_weights(
    module: Any,
    query: "Tensor",
    key: "Tensor",
    value: "Tensor",
    returned: Any,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> "Tensor":
    if returned is not None:
        return returned  # type: ignore[no-any-return]
    name = _kernel_name(module)
    mask = args[0] if args else kwargs.get("attention_mask")
    if name not in ("sdpa", "eager") or not (mask is None or mask.ndim == 4):
        raise CaptureError(
            f"attention cannot be captured: the kernel {name!r} does not show its mask.",
            "Open the model with the kernel 'sdpa' or 'eager'.",
        )
    is_causal = kwargs.get("is_causal")
    causal = getattr(module, "is_causal", True) if is_causal is None else is_causal
    additive = _additive(mask, query, key, bool(causal))
    rest = {k: v for k, v in kwargs.items() if k not in ("attention_mask", "is_causal")}
    weights: Tensor = _plain_kernel(module)(module, query, key, value, additive, *args[1:], **rest)[
        1
    ]
    return weights


def _additive(mask: "Tensor | None", query: "Tensor", key: "Tensor", causal: bool) -> "Tensor":
    import torch

    if mask is not None and mask.dtype != torch.bool:
        return mask
    n_query, n_key = query.shape[-2], key.shape[-2]
    if mask is None:
        mask = torch.ones(n_query, n_key, dtype=torch.bool, device=query.device)
        if causal:
            mask = mask.tril(n_key - n_query)
        mask = mask[None, None]
    zero = torch.zeros((), dtype=query.dtype, device=query.device)
    return torch.where(mask, zero, torch.finfo(query.dtype).min)


def _softmax_weights(
    query: "Tensor", key: "Tensor", args: tuple[Any, ...], kwargs: dict[str, Any]
) -> "Tensor":
    mask = kwargs.get("attn_mask", args[0] if args else None)
    causal = kwargs.get("is_causal", args[2] if len(args) > 2 else False)
    scale = kwargs.get("scale") or query.shape[-1] ** -0.5
    key = key.repeat_interleave(query.shape[1] // key.shape[1], dim=1)
    scores = query.float() @ key.float().transpose(-1, -2) * scale
    scores = scores + _additive(mask, query.float(), key, causal)
    return scores.softmax(-1).to(query.dtype)  # type: ignore[no-any-return]
