"""Interventions: what of a pass they alter, and how."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from laminoscope_core.errors import CaptureError
from laminoscope_core.inside_section import Intervention
from laminoscope_core.recording.layout import Layout, Source
from laminoscope_core.recording.rewriting import Change, kept

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["SOURCES", "Bound", "changes_of", "checked", "put"]

SOURCES = {
    "attn_head": "z",
    "attention": "attn_added",
    "neuron": "neurons",
    "mlp": "mlp_added",
    "resid": "resid_out",
}
"""By the site of an intervention, in the order in which a block computes them: what is altered."""


@dataclass(frozen=True, eq=False)
class Bound:
    """An intervention on a model that has what it needs.

    Attributes
    ----------
    intervention : Intervention
    source : Source
        What is altered.
    given : tuple of tensor
        Of ``patch``, by tap of the source: what stands there in the other text,
        (1, n_tokens, …).  Of ``steer`` the vector that is added, (d_model).  Otherwise empty.
    entered : Source or None
        Of ``skip``: what entered and is not added.
    """

    intervention: Intervention
    source: Source
    given: "tuple[Tensor, ...]" = ()
    entered: Source | None = None


def checked(number: int, intervention: Intervention, layout: Layout, n_tokens: int) -> Bound:
    """Return an intervention with what it alters, but not what it is given.

    Parameters
    ----------
    number : int
        Of the intervention, for errors.
    intervention : Intervention
    layout : Layout
    n_tokens : int
        Of the text.

    Raises
    ------
    CaptureError
        There is no such layer, token, head or neuron, the model does not have that site, or
        attention and MLP have one residual together that cannot be skipped around one of them.
    """
    layer, n_layers = intervention.layer, len(layout.blocks)
    if layer >= n_layers:
        raise CaptureError(
            f"Intervention {number} is in layer {layer}.", f"The layers are 0 to {n_layers - 1}."
        )
    block, site = layout.blocks[layer], SOURCES[intervention.site]
    if site not in block.sources:
        raise CaptureError(
            f"Intervention {number} cannot be made at {intervention.site}: {block.missing[site]}.",
            "Choose another site or another model.",
        )
    last = block.shapes[site][0] - 1
    for head in intervention.heads:
        if head > last:
            raise CaptureError(
                f"Intervention {number} is at head {head}.", f"There are 0 to {last}."
            )
    for neuron in intervention.neurons:
        if neuron > last:
            raise CaptureError(
                f"Intervention {number} is at neuron {neuron}.", f"There are 0 to {last}."
            )
    for token in intervention.tokens or ():
        if token >= n_tokens:
            raise CaptureError(
                f"Intervention {number} is at token {token}.",
                f"The tokens are 0 to {n_tokens - 1}.",
            )
    entered = None
    if intervention.action == "skip":
        if block.parallel and intervention.site != "resid":
            raise CaptureError(
                f"Intervention {number} cannot be made at {intervention.site}: attention and MLP "
                "stand side by side and have one residual.",
                "Skip it at resid.",
            )
        entered = layout.source("resid_mid" if intervention.site == "mlp" else "resid_in", layer)
    return Bound(intervention, block.sources[site], (), entered)


def changes_of(bound: Sequence[Bound]) -> list[Change]:
    """Return the changes of interventions that are made together.

    Those of one place are made in the order given; what one alters is what the next one gets.
    """
    order = list(SOURCES)
    by_place = sorted(bound, key=lambda each: order.index(each.intervention.site))
    return [change for each in by_place for change in _changes(each)]


def put(
    value: "Tensor", new: "Tensor", tokens: Sequence[int] | None, parts: Sequence[int]
) -> "Tensor":
    """Return a copy of a value with another at some tokens, and of some heads or neurons.

    Parameters
    ----------
    value, new : tensor (batch, n_tokens, …)
    tokens : sequence of int or None
        All if None.
    parts : sequence of int
        Along the third axis; all if empty.

    Examples
    --------
    >>> import torch
    >>> put(torch.zeros(1, 2, 3), torch.ones(1, 2, 3), [1], [0, 2]).tolist()
    [[[0.0, 0.0, 0.0], [1.0, 0.0, 1.0]]]
    """
    import torch

    found = value.clone()
    rows = torch.arange(value.shape[1]) if tokens is None else torch.tensor(list(tokens))
    if parts:
        rows, chosen = rows[:, None], torch.tensor(list(parts))
        found[:, rows, chosen] = new[:, rows, chosen]
    else:
        found[:, rows] = new[:, rows]
    return found


def _changes(bound: Bound) -> Iterator[Change]:
    one, taps = bound.intervention, bound.source.taps
    if one.action == "skip":
        yield from _skip(bound)
        return
    for part, tap in enumerate(taps):
        if one.action == "steer" and part:
            break  # of what is a sum, one summand is enough
        rewrite = partial(_altered, one, _new_value(bound, part))
        yield Change(one.layer, tap, rewrite)


def _altered(one: Intervention, new: "Callable[[Tensor], Tensor]", value: "Tensor") -> "Tensor":
    return put(value, new(value), one.tokens, one.heads or one.neurons)


def _new_value(bound: Bound, part: int) -> "Callable[[Tensor], Tensor]":
    """Return what an action makes of the value at one tap."""
    import torch

    one = bound.intervention
    if one.action == "scale":
        factor = one.factor
        assert factor is not None
        return lambda value: value * factor
    if one.action == "zero":
        return torch.zeros_like
    if one.action == "mean":
        return lambda value: value.mean(dim=1, keepdim=True).expand_as(value)
    if one.action == "patch":
        other = bound.given[part]
        return lambda value: other.to(value).expand_as(value)
    (vector,) = bound.given
    step = vector * (one.strength / _scale(bound.source))
    return lambda value: value + step.to(value)


def _skip(bound: Bound) -> Iterator[Change]:
    """Yield the changes that take what entered off again, where it would be added."""
    one, entered = bound.intervention, bound.entered
    assert entered is not None
    parts: dict[int, Tensor] = {}
    for number, tap in enumerate(entered.taps):
        yield kept(one.layer, tap, parts, number)
    scale = _scale(bound.source)

    def less(value: "Tensor") -> "Tensor":
        found = [parts.pop(number) for number in range(len(entered.taps))]
        whole = found[0] if entered.combine is None else entered.combine(found)
        return put(value, value - whole.to(value.device) / scale, one.tokens, ())

    yield Change(one.layer, bound.source.taps[0], less)


def _scale(source: Source) -> float:
    """Return by what the first tap of a source is multiplied in the whole."""
    import torch

    if source.combine is None:
        return 1.0
    ones = [torch.ones(1), *(torch.zeros(1) for _ in source.taps[1:])]
    return float(source.combine(ones))
