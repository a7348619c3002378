"""The hooks: they clone rows on the device, return at once, and never stay behind."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import RLock, get_ident
from typing import TYPE_CHECKING, Any

from laminoscope_core.errors import CaptureError
from laminoscope_core.job import Job
from laminoscope_core.recording.attention import KernelCall, kernels_watched
from laminoscope_core.recording.layout import Source, Tap

if TYPE_CHECKING:
    from torch import Tensor, nn

__all__ = ["Enough", "Key", "alone", "hooked", "rows_of"]

Key = tuple[str, int | None]

# Hooks belong to a model, not to a thread; one capture or probe at a time keeps them apart.
_RUNNING = RLock()


class Enough(Exception):
    """Ends a forward pass once everything asked for has been seen."""


@contextmanager
def alone(job: Job) -> Iterator[None]:
    """Wait until no other thread has hooks in a model; can be cancelled while it waits."""
    while not _RUNNING.acquire(timeout=0.05):
        job.check()
    try:
        yield
    finally:
        _RUNNING.release()


@contextmanager
def hooked(
    sources: Mapping[Key, Source],
    blocks: "tuple[nn.Module, ...]",
    *,
    shape: tuple[int, int],
    spans: "Tensor | None",
    on_block: Callable[[int], None],
    stop: bool,
) -> "Iterator[dict[Key, Tensor]]":
    """Attach the hooks for one forward pass and remove them whatever happens.

    Parameters
    ----------
    sources : mapping of (site, layer) to Source
        What to keep.
    blocks : tuple of modules
        `on_block` is called with the index of each before it runs.
    shape : (int, int)
        Batch and tokens of the pass.
    spans : integer tensor of shape (batch, n_rows, 2) or None
        Token ranges whose mean is kept, on the CPU; None keeps every token.
    on_block : callable
        May raise to end the pass.
    stop : bool
        Raise `Enough` as soon as every tap has been seen.

    Yields
    ------
    dict of (site, layer) to tensor
        Complete once the pass is over and nothing was raised but `Enough`; tensors stay on their
        device.
    """
    owner = get_ident()
    kept: dict[Key, Tensor] = {}
    parts: dict[Key, list[Tensor | None]] = {
        key: [None] * len(source.taps) for key, source in sources.items()
    }
    pending = {(key, part) for key, source in sources.items() for part in range(len(source.taps))}
    running: list[int] = []

    def watch(layer: int) -> Callable[..., None]:
        def hook(_module: "nn.Module", _args: Any) -> None:
            if get_ident() == owner:
                running[:] = [layer]
                on_block(layer)

        return hook

    shelves: dict[Any, Iterator[Tensor]] = {}

    def into_shelf(site: str, part: int, tensor: "Tensor") -> "Tensor":
        # One block of memory for all layers: copies laid singly between what the pass frees
        # leave holes in the heap that can be as large as the copies.
        name = (site, part, tensor.shape, tensor.dtype)
        if name not in shelves:
            n_layers = sum(other == site for other, _ in sources)
            shelves[name] = iter(tensor.new_empty((n_layers, *tensor.shape)))
        return next(shelves[name]).copy_(tensor)

    def keep(key: Key, part: int, tap: Tap, tensor: "Tensor") -> None:
        layer = key[1]
        if layer is not None and running != [layer]:
            return
        if (key, part) not in pending:
            raise CaptureError(f"{_named(key)}: it runs more than once.")
        if tensor.ndim == 2:
            tensor = tensor.reshape(*shape, -1)
        tensor = tensor if tap.view is None else tap.view(tensor)
        if tensor.shape[:2] != shape:
            raise CaptureError(f"{_named(key)}: it is not computed token by token.")
        if spans is None and tensor.device.type == "cpu":
            parts[key][part] = into_shelf(key[0], part, tensor.detach())
        else:
            parts[key][part] = rows_of(tensor, spans)
        pending.discard((key, part))
        if stop and not pending:
            raise Enough

    def on_output(key: Key, part: int, tap: Tap) -> Callable[..., None]:
        def hook(_module: "nn.Module", _args: Any, output: Any) -> None:
            if get_ident() == owner:
                index = 1 if tap.side == "second" else 0
                whole = isinstance(output, (tuple, list))
                keep(key, part, tap, output[index] if whole else output)

        return hook

    def on_input(key: Key, part: int, tap: Tap) -> Callable[..., None]:
        def hook(_module: "nn.Module", args: Any, kwargs: Any) -> None:
            if get_ident() == owner:
                keep(key, part, tap, args[0] if args else kwargs["hidden_states"])

        return hook

    kernels: dict[nn.Module, list[tuple[Key, int, Tap]]] = {}

    def on_call(call: KernelCall) -> None:
        for key, part, tap in kernels[call.module]:
            if tap.side == "query":
                keep(key, part, tap, call.query)
            elif tap.side == "key":
                keep(key, part, tap, call.key)
            elif running == [key[1]]:
                keep(key, part, tap, call.weights())

    handles = []
    try:
        for layer, block in enumerate(blocks):
            handles.append(block.register_forward_pre_hook(watch(layer)))
        for key, source in sources.items():
            for part, tap in enumerate(source.taps):
                if tap.side in ("output", "second"):
                    hook = on_output(key, part, tap)
                    handles.append(tap.module.register_forward_hook(hook))
                elif tap.side == "input":
                    hook = on_input(key, part, tap)
                    handles.append(tap.module.register_forward_pre_hook(hook, with_kwargs=True))
                else:
                    kernels.setdefault(tap.module, []).append((key, part, tap))
        with kernels_watched(kernels, on_call), suppress(Enough):
            yield kept
    finally:
        for handle in handles:
            handle.remove()
    for key, _ in sorted(pending, key=str):
        raise CaptureError(f"{_named(key)}: that part of the model never ran.")
    for key, source in sources.items():
        whole = [part for part in parts.pop(key) if part is not None]
        kept[key] = whole[0] if source.combine is None else source.combine(whole)


def _named(key: Key) -> str:
    site, layer = key
    return f"{site} cannot be captured" + ("" if layer is None else f" in layer {layer}")


def rows_of(values: "Tensor", spans: "Tensor | None") -> "Tensor":
    """Return a copy of the rows to keep, on the same device.

    Parameters
    ----------
    values : tensor of shape (batch, n_tokens, …)
    spans : integer tensor of shape (batch, n_rows, 2) or None
        Ranges ``[start, stop)``.

    Returns
    -------
    tensor of shape (batch, n_rows, …)
        The mean over each range, in float32; a range of one token is that token's row, bit for
        bit. A plain clone if `spans` is None.

    Examples
    --------
    >>> import torch
    >>> values = torch.tensor([[[1.0], [2.0], [4.0]]])
    >>> rows_of(values, torch.tensor([[[0, 1], [1, 3]]])).flatten().tolist()
    [1.0, 3.0]
    """
    import torch

    if spans is None:
        return values.detach().clone()
    starts, lengths = spans[..., 0], spans[..., 1] - spans[..., 0]
    widest = int(lengths.max())
    batch = torch.arange(len(values))[:, None]
    if widest == 1:
        return values.detach()[batch.to(values.device), starts.to(values.device)]
    offsets = torch.arange(widest)
    inside = offsets < lengths[..., None]
    tokens = (starts[..., None] + offsets).where(inside, starts[..., None])
    picked = values.detach()[batch[..., None].to(values.device), tokens.to(values.device)].float()
    tail = (1,) * (values.ndim - 2)
    inside = inside.to(values.device).reshape(*inside.shape, *tail)
    total = picked.where(inside, 0.0).sum(dim=2)
    return total / lengths.to(values.device).reshape(*lengths.shape, *tail)
