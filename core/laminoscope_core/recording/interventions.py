"""Changing what a model computes while it runs, and leaving it as it was.

An intervention becomes changes of what enters or leaves a few modules, made by hooks that are there
for as long as a ``with`` lasts and removed whatever happens.  What is captured meanwhile is what
the changed model computes, since these hooks come first.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import get_ident
from typing import TYPE_CHECKING, Any

from laminoscope_core.errors import CaptureError
from laminoscope_core.inside_section import Intervention
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.hooks import alone
from laminoscope_core.recording.layout import Layout, Source, Tap
from laminoscope_core.recording.probe import forward_arguments, input_device, layout_of
from laminoscope_core.recording.seen import first_tensor
from laminoscope_core.recording.unembedding import unembedding_of

if TYPE_CHECKING:
    from torch import Tensor, nn

__all__ = ["Change", "altered", "changes_of", "checked"]

_SITES = {"attn_head": "z", "neuron": "neurons", "attention": "attn_added", "mlp": "mlp_added"}
Apply = Callable[["Tensor"], "Tensor | None"]


@dataclass(frozen=True, eq=False)
class Change:
    """What one hook does.

    Attributes
    ----------
    module : torch.nn.Module
    side : {"input", "output"}
    apply : callable
        Gets what enters or leaves the module, (batch, n_tokens, …), and returns what shall be
        there instead; None if it only looks.
    """

    module: "nn.Module"
    side: str
    apply: Apply


@contextmanager
def altered(changes: Sequence[Change], job: Job) -> Iterator[None]:
    """Make some changes in this thread's runs of a model, for as long as the context lasts.

    No other thread captures from a model meanwhile.  After an error or a cancel, too, the model is
    what it was.
    """
    owner = get_ident()

    def on_input(change: Change) -> Callable[..., Any]:
        def hook(_module: "nn.Module", args: Any, kwargs: Any) -> Any:
            if get_ident() != owner:
                return None
            value = args[0] if args else kwargs["hidden_states"]
            new = _applied(change, value)
            if new is None:
                return None
            return ((new, *args[1:]), kwargs) if args else (args, {**kwargs, "hidden_states": new})

        return hook

    def on_output(change: Change) -> Callable[..., Any]:
        def hook(_module: "nn.Module", _args: Any, output: Any) -> Any:
            if get_ident() != owner:
                return None
            new = _applied(change, first_tensor(output))
            if new is None:
                return None
            return (new, *output[1:]) if isinstance(output, tuple) else new

        return hook

    handles: list[Any] = []
    with alone(job):
        try:
            for change in changes:
                if change.side == "input":
                    hook = change.module.register_forward_pre_hook(
                        on_input(change), with_kwargs=True
                    )
                else:
                    hook = change.module.register_forward_hook(on_output(change))
                handles.append(hook)
            yield
        finally:
            for handle in handles:
                handle.remove()


def _applied(change: Change, value: "Tensor") -> "Tensor | None":
    """Apply a change to tokens in rows, also where the model has laid them end to end."""
    whole = value if value.ndim == 3 else value[None]
    new = change.apply(whole)
    return None if new is None else new.reshape(value.shape)


def checked(model: Model, interventions: Sequence[Intervention], n_tokens: int, job: Job) -> None:
    """Raise if a model or a text does not have what interventions are at.

    Raises
    ------
    CaptureError
        It names the intervention and what there is.
    """
    blocks = layout_of(model.hf, job).blocks
    for number, one in enumerate(interventions):
        where = f"Intervention {number}"
        if one.layer >= len(blocks):
            raise CaptureError(
                f"{where} is in layer {one.layer}.", f"The layers are 0 to {len(blocks) - 1}."
            )
        block, site = blocks[one.layer], _SITES.get(one.site, "resid_out")
        if site in block.missing:
            raise CaptureError(f"{where} cannot be made at {one.site}: {block.missing[site]}.")
        for name, chosen in (("head", one.heads), ("neuron", one.neurons)):
            n_there = block.shapes[site][0]
            if chosen and max(chosen) >= n_there:
                raise CaptureError(
                    f"{where} is at {name} {max(chosen)}.", f"There are 0 to {n_there - 1}."
                )
        if one.tokens is not None and max(one.tokens) >= n_tokens:
            raise CaptureError(
                f"{where} is at token {max(one.tokens)}.", f"The tokens are 0 to {n_tokens - 1}."
            )


def changes_of(
    model: Model,
    interventions: Sequence[Intervention],
    *,
    against: Sequence[int] = (),
    vectors: "Sequence[Tensor | None]" = (),
    job: Job,
) -> list[Change]:
    """Return the changes that interventions stand for, in their order.

    Parameters
    ----------
    model : Model
    interventions : sequence of Intervention
        As `checked` let them pass.
    against : sequence of int
        The tokens of the second text, for those that patch.
    vectors : sequence of tensor (d_model,) or None
        For each intervention: what it steers along.
    job : Job
    """
    import torch

    layout = layout_of(model.hf, job)
    with alone(job), torch.no_grad():
        unembedding_of(model.hf)  # found out before anything is altered
    patching = [one for one in interventions if one.action == "patch"]
    points = {id(one): _points(layout, one) for one in patching}
    seen = _watched(model, [p for each in points.values() for p in each], against, job)
    changes: list[Change] = []
    for number, one in enumerate(interventions):
        vector = vectors[number] if number < len(vectors) else None
        changes += _changes(layout, one, seen, vector)
    return changes


def _points(layout: Layout, one: Intervention) -> tuple[Tap, ...]:
    """Return where an intervention acts."""
    return layout.source(_SITES.get(one.site, "resid_out"), one.layer).taps


def _watched(
    model: Model, taps: Sequence[Tap], ids: Sequence[int], job: Job
) -> "dict[nn.Module, Tensor]":
    """Return what stands at some points while the model reads another text, by module."""
    import torch

    seen: dict[nn.Module, Tensor] = {}
    if not taps:
        return seen

    def keep(module: "nn.Module") -> Apply:
        def look(value: "Tensor") -> None:
            seen[module] = value.detach().clone()

        return look

    modules = {tap.module: tap.side for tap in taps}
    watching = [Change(module, side, keep(module)) for module, side in modules.items()]
    tokens = torch.tensor([list(ids)], device=input_device(model.hf))
    with altered(watching, job), torch.no_grad():
        model.hf(tokens, **forward_arguments(model.hf, attention_mask=torch.ones_like(tokens)))
    return seen


def _changes(
    layout: Layout, one: Intervention, seen: "dict[nn.Module, Tensor]", vector: "Tensor | None"
) -> list[Change]:
    source = layout.source(_SITES.get(one.site, "resid_out"), one.layer)
    if one.action == "skip":
        return _skipping(layout, one, source)
    if one.action == "steer":
        assert vector is not None
        first, factor = source.taps[0], _factor(source)

        def steer(value: "Tensor") -> "Tensor":
            along = vector.to(value) * (one.strength / factor)
            return _set(value, one.tokens, value + along)

        return [Change(first.module, first.side, steer)]
    columns = _columns(layout, one)

    def change(tap: Tap) -> Change:
        def apply(value: "Tensor") -> "Tensor":
            if one.action == "scale":
                new = value * (1.0 if one.factor is None else one.factor)
            elif one.action == "zero":
                new = value.new_zeros(value.shape)
            elif one.action == "mean":
                new = value.float().mean(1, keepdim=True).to(value.dtype).expand_as(value)
            else:
                new = seen[tap.module].to(value).expand_as(value)
            return _set(value, one.tokens, new, columns)

        return Change(tap.module, tap.side, apply)

    return [change(tap) for tap in source.taps]


def _columns(layout: Layout, one: Intervention) -> list[int] | None:
    """Return which numbers of what enters a projection are meant; None for all."""
    if one.site == "neuron":
        return list(one.neurons)
    if one.site == "attn_head":
        _, width = layout.blocks[one.layer].shapes["z"]
        return [width * head + place for head in one.heads for place in range(width)]
    return None


def _set(
    value: "Tensor", tokens: Sequence[int] | None, new: "Tensor", columns: list[int] | None = None
) -> "Tensor":
    """Return a copy of a value (batch, n_tokens, width) with some of it from another."""
    import torch

    if tokens is None and columns is None:
        return new
    chosen = torch.zeros(value.shape[1:], dtype=torch.bool, device=value.device)
    rows = slice(None) if tokens is None else list(tokens)
    picked = chosen[rows]
    picked[:, slice(None) if columns is None else columns] = True
    chosen[rows] = picked
    return torch.where(chosen, new, value)


def _factor(source: Source) -> float:
    """Return what the stream multiplies what leaves the first tap by."""
    import torch

    if source.combine is None:
        return 1.0
    parts = [torch.ones(1)] + [torch.zeros(1)] * (len(source.taps) - 1)
    return float(source.combine(parts))


def _skipping(layout: Layout, one: Intervention, source: Source) -> list[Change]:
    """Return the changes that leave out what entered, around an attention, an MLP or a block."""
    block = layout.blocks[one.layer]
    entering: list[Tensor] = []

    def enter(value: "Tensor") -> None:
        entering[:] = [value]

    changes = [Change(tap.module, tap.side, enter) for tap in block.sources["resid_in"].taps]
    (leaving,) = block.sources["resid_out"].taps
    if one.site == "mlp" and not block.parallel:
        # what leaves the block is then what the MLP adds
        added: list[Tensor | None] = [None] * len(source.taps)

        def keep(place: int) -> Apply:
            def look(value: "Tensor") -> None:
                added[place] = value

            return look

        def only(value: "Tensor") -> "Tensor":
            parts = [part for part in added if part is not None]
            own = parts[0] if source.combine is None else source.combine(parts)
            return _set(value, one.tokens, own.reshape(value.shape))

        changes += [
            Change(tap.module, tap.side, keep(place)) for place, tap in enumerate(source.taps)
        ]
        return [*changes, Change(leaving.module, leaving.side, only)]
    at = source.taps[0] if one.site == "attention" and not block.parallel else leaving
    factor = _factor(source) if at is not leaving else 1.0

    def without(value: "Tensor") -> "Tensor":
        return _set(value, one.tokens, value - entering[0].reshape(value.shape) / factor)

    return [*changes, Change(at.module, at.side, without)]
