"""Put other values in the place of what a model computes, while it runs.

The hooks are there for one pass and gone afterwards, whatever happens; nothing of the model is
changed.  Those that capture are attached later and so see what the model goes on with.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import get_ident
from typing import TYPE_CHECKING, Any

from laminoscope_core.errors import CaptureError
from laminoscope_core.job import Job
from laminoscope_core.models.memory import let_go, out_of_memory
from laminoscope_core.models.model import Model
from laminoscope_core.recording.hooks import alone, hooked
from laminoscope_core.recording.layout import Layout, Tap
from laminoscope_core.recording.loop import no_memory
from laminoscope_core.recording.probe import forward_arguments, input_device, layout_of

if TYPE_CHECKING:
    from torch import Tensor, nn

__all__ = ["Change", "kept", "last_logits", "rewritten"]


@dataclass(frozen=True, eq=False)
class Change:
    """A tensor of a pass, and what is put in its place.

    Attributes
    ----------
    layer : int
        The block that computes it.
    tap : Tap
        What goes into a module, or its first or second output.
    rewrite : callable
        Gets (batch, n_tokens, …), as the tap's view shows it, and returns another of that shape,
        or None to leave it; it must not write into what it gets.
    """

    layer: int
    tap: Tap
    rewrite: "Callable[[Tensor], Tensor | None]"


def kept(layer: int, tap: Tap, into: "dict[Any, Tensor]", key: Any) -> Change:
    """Return a change that changes nothing, and keeps a copy of what there is."""

    def keep(value: "Tensor") -> None:
        into[key] = value.detach().clone()

    return Change(layer, tap, keep)


@contextmanager
def rewritten(layout: Layout, changes: Sequence[Change], job: Job) -> Iterator[None]:
    """Make changes in this thread's passes for as long as the context lasts, in the order given.

    No other thread captures from a model meanwhile.  After an error or a cancel, too, the model is
    what it was.
    """
    owner = get_ident()
    running: list[int] = []
    shape: list[int] = []  # batch and tokens of the pass
    handles: list[Any] = []

    def starts(layer: int) -> Callable[..., None]:
        def hook(_module: "nn.Module", args: Any, kwargs: Any) -> None:
            if get_ident() == owner:
                running[:] = [layer]
                shape[:] = (args[0] if args else kwargs["hidden_states"]).shape[:2]

        return hook

    def attach(change: Change) -> None:
        module, side = change.tap.module, change.tap.side

        def new(tensor: "Tensor") -> "Tensor | None":
            if get_ident() != owner or running != [change.layer]:
                return None
            by_token = tensor.reshape(*shape, -1) if tensor.ndim == 2 else tensor
            seen = by_token if change.tap.view is None else change.tap.view(by_token)
            found = change.rewrite(seen)
            return None if found is None else found.reshape(tensor.shape)

        def on_output(_module: "nn.Module", _args: Any, output: Any) -> Any:
            if not isinstance(output, (tuple, list)):
                return new(output)
            index = 1 if side == "second" else 0
            found = new(output[index])
            if found is None:
                return None
            return type(output)((*output[:index], found, *output[index + 1 :]))

        def on_input(_module: "nn.Module", args: Any, kwargs: Any) -> Any:
            found = new(args[0] if args else kwargs["hidden_states"])
            if found is None:
                return None
            if args:
                return (found, *args[1:]), kwargs
            return args, {**kwargs, "hidden_states": found}

        if side == "input":
            handles.append(module.register_forward_pre_hook(on_input, with_kwargs=True))
        else:
            handles.append(module.register_forward_hook(on_output))

    with alone(job):
        try:
            for layer, block in enumerate(layout.blocks if changes else ()):
                handle = block.module.register_forward_pre_hook(starts(layer), with_kwargs=True)
                handles.append(handle)
            for change in changes:
                attach(change)
            yield
        finally:
            for handle in handles:
                handle.remove()


def last_logits(
    model: Model, rows: Sequence[Sequence[int]], changes: Sequence[Change], job: Job
) -> "Tensor":
    """Return the logits after the last token, (n_rows, vocabulary), with some changes.

    Parameters
    ----------
    model : Model
    rows : sequence of sequence of int
        Token ids, as many in each.
    changes : sequence of Change
    job : Job
        Told of every layer; can be cancelled there.

    Raises
    ------
    CaptureError
        The model is in training mode.
    OutOfMemory
        There is not enough memory for the rows.
    Cancelled
        The job was cancelled.
    """
    if model.hf.training:
        raise CaptureError(
            "The model is in training mode, where dropout changes its activations.",
            "Call eval() of the model first.",
        )
    try:
        return _last_logits(model, rows, changes, job)
    except (RuntimeError, MemoryError) as error:
        if not out_of_memory(error):
            raise
        reason = str(error)
    # Out of the except clause, where the error would keep the pass's tensors alive.
    let_go()
    raise no_memory(reason, model.hf, len(rows))


def _last_logits(
    model: Model, rows: Sequence[Sequence[int]], changes: Sequence[Change], job: Job
) -> "Tensor":
    import torch

    layout, hf = layout_of(model.hf, job), model.hf
    ids = torch.tensor([list(row) for row in rows]).to(input_device(hf))
    arguments = forward_arguments(hf, attention_mask=torch.ones_like(ids), logits_to_keep=1)
    blocks = [block.module for block in layout.blocks]
    shape = len(rows), ids.shape[1]

    def on_block(layer: int) -> None:
        job.report(layer / len(blocks), f"layer {layer}")

    with (
        torch.no_grad(),
        rewritten(layout, changes, job),
        hooked([], blocks, shape=shape, on_block=on_block, stop=False),
    ):
        found: Tensor = hf(ids, **arguments).logits[:, -1].detach().float()
    return found
