"""The hooks: they clone rows on the device, return at once, and never stay behind."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import get_ident
from typing import TYPE_CHECKING, Any

from laminoscope_core.capture.layout import Tap

if TYPE_CHECKING:
    from torch import Tensor, nn

__all__ = ["Enough", "Key", "hooked", "rows_of"]

Key = tuple[str, int | None]


class Enough(Exception):
    """Ends a forward pass once everything asked for has been seen."""


@contextmanager
def hooked(
    taps: Mapping[Key, Tap],
    blocks: "tuple[nn.Module, ...]",
    *,
    spans: "Tensor | None",
    on_block: Callable[[int], None],
    stop: bool,
) -> "Iterator[dict[Key, Tensor]]":
    """Attach the hooks for one forward pass and remove them whatever happens.

    Parameters
    ----------
    taps : mapping of (site, layer) to Tap
        What to keep.
    blocks : tuple of modules
        `on_block` is called with the index of each before it runs.
    spans : integer tensor of shape (batch, n_rows, 2) or None
        Token ranges whose mean is kept, on the CPU; None keeps every token.
    on_block : callable
        May raise to end the pass.
    stop : bool
        Raise `Enough` as soon as every tap has been seen.

    Yields
    ------
    dict of (site, layer) to tensor
        Filled during the pass; tensors stay on their device.
    """
    owner = get_ident()
    kept: dict[Key, Tensor] = {}
    pending = set(taps)

    def watch(layer: int) -> Callable[..., None]:
        def hook(_module: "nn.Module", _args: Any) -> None:
            if get_ident() == owner:
                on_block(layer)

        return hook

    def keep(key: Key, tap: Tap, tensor: "Tensor") -> None:
        kept[key] = rows_of(tensor if tap.view is None else tap.view(tensor), spans)
        pending.discard(key)
        if stop and not pending:
            raise Enough

    def on_output(key: Key, tap: Tap) -> Callable[..., None]:
        def hook(_module: "nn.Module", _args: Any, output: Any) -> None:
            if get_ident() == owner:
                keep(key, tap, output[0] if isinstance(output, tuple) else output)

        return hook

    def on_input(key: Key, tap: Tap) -> Callable[..., None]:
        def hook(_module: "nn.Module", args: Any, kwargs: Any) -> None:
            if get_ident() == owner:
                keep(key, tap, args[0] if args else kwargs["hidden_states"])

        return hook

    handles = []
    try:
        for layer, block in enumerate(blocks):
            handles.append(block.register_forward_pre_hook(watch(layer)))
        for key, tap in taps.items():
            if tap.side == "output":
                handles.append(tap.module.register_forward_hook(on_output(key, tap)))
            else:
                handles.append(
                    tap.module.register_forward_pre_hook(on_input(key, tap), with_kwargs=True)
                )
        yield kept
    finally:
        for handle in handles:
            handle.remove()


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
