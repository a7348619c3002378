"""Passes that leave out the first blocks, whose outputs are known from another pass."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import get_ident
from typing import TYPE_CHECKING, Any

from laminoscope_core.recording.layout import Layout

if TYPE_CHECKING:
    from torch import nn

__all__ = ["outputs_kept", "skipped"]


@contextmanager
def outputs_kept(layout: Layout, into: dict[int, Any]) -> Iterator[None]:
    """Keep what each block returns to the model while the context lasts, by layer."""

    def keeping(layer: int) -> Callable[..., None]:
        def hook(_module: "nn.Module", _args: Any, output: Any) -> None:
            into[layer] = output

        return hook

    blocks = enumerate(layout.blocks)
    handles = [block.module.register_forward_hook(keeping(layer)) for layer, block in blocks]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


@contextmanager
def skipped(layout: Layout, outputs: Sequence[Any], n_rows: int) -> Iterator[None]:
    """Let this thread's passes take the first blocks' outputs as they are known.

    Parameters
    ----------
    layout : Layout
    outputs : sequence
        Of the first blocks, as a pass over one row of the same tokens gave them.
    n_rows : int
        Of the passes; all rows have the same outputs there.
    """
    owner = get_ident()
    modules = [block.module for block in layout.blocks[: len(outputs)]]
    own = [vars(module).get("forward") for module in modules]

    def known(forward: Callable[..., Any], output: Any) -> Callable[..., Any]:
        def stand_in(*args: Any, **kwargs: Any) -> Any:
            if get_ident() != owner:
                return forward(*args, **kwargs)
            return _expanded(output, n_rows)

        return stand_in

    try:
        for module, output in zip(modules, outputs, strict=True):
            module.forward = known(module.forward, output)
        yield
    finally:
        for module, forward in zip(modules, own, strict=True):
            vars(module).pop("forward", None)
            if forward is not None:
                module.forward = forward


def _expanded(output: Any, n_rows: int) -> Any:
    import torch

    if isinstance(output, torch.Tensor):
        return output.expand(n_rows, *output.shape[1:]) if output.shape[:1] == (1,) else output
    if isinstance(output, (tuple, list)):
        return type(output)(_expanded(part, n_rows) for part in output)
    return output
