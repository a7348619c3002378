"""What a reducer is, and what it is given.

A reducer names its needs once it knows how a model is wired.  A need is one call: the sites of one
layer that are taken together, and what is kept of them, axis by axis.  As soon as the model has
computed them, `Reducer.reduce` gets the tensors, on their device and not copied; what it returns
is stored, and everything else is let go.  So head statistics take ``attention`` and keep a number
a head, and a ledger takes ``attn_added`` and ``mlp_added`` of a layer together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from laminoscope_core.models.model import Model
from laminoscope_core.recording.layout import Layout
from laminoscope_core.recording.prompts import EncodedPrompt
from laminoscope_core.recording.sites import SITES, checked_layers
from laminoscope_core.recording.store import Kept, Store

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Batch", "Kept", "Need", "Reducer", "Setting", "axes_of", "places"]

R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True, eq=False)
class Need:
    """One call of a reducer.

    Attributes
    ----------
    layer : int or None
        The block; None for sites that are not of a block.
    sites : tuple of str
        What is given together; see `laminoscope_core.recording.sites.SITES`.
    keeps : mapping of str to Kept
        What `Reducer.reduce` returns, by name.
    by_block : bool
        The logits may be given a few tokens at a time, so that those of a whole text never exist
        at once; what is returned is laid end to end along the tokens.
    """

    layer: int | None
    sites: tuple[str, ...]
    keeps: Mapping[str, Kept]
    by_block: bool = False


@dataclass(frozen=True, eq=False)
class Setting:
    """What is run.

    Attributes
    ----------
    model : Model
        Also for the pieces of it that a reducer multiplies with.
    layout : Layout
        Where everything is in it.
    prompts : tuple of EncodedPrompt
        All of them.
    """

    model: Model
    layout: Layout
    prompts: tuple[EncodedPrompt, ...]


@dataclass(frozen=True, eq=False)
class Batch:
    """The prompts of a forward pass.

    Attributes
    ----------
    setting : Setting
    prompts : tuple of int
        Which of all prompts these are.
    lengths : tuple of int
        Tokens of each in this pass; what lies beyond is padding.
    token_ids : tensor of int64, (batch, n_tokens)
        On the CPU; padded with 0.
    first : int
        Which of the batch's tokens the first one given is, for a need ``by_block``.
    """

    setting: Setting
    prompts: tuple[int, ...]
    lengths: tuple[int, ...]
    token_ids: "Tensor" = field(repr=False)
    first: int = 0


class Reducer(Protocol[R_co]):
    """What is kept of the passes of a model over some prompts."""

    @property
    def layers(self) -> Sequence[int] | None:
        """The blocks that have a place in what is kept; all of them if None."""
        ...

    def needs(self, setting: Setting) -> Sequence[Need]:
        """Return the calls that are to be made in every pass.

        Raises
        ------
        CaptureError
            The model or the prompts do not have what is asked for; the message says why.
        """
        ...

    def reduce(
        self, need: Need, values: "Mapping[str, Tensor]", batch: Batch
    ) -> "Mapping[str, Tensor]":
        """Reduce the tensors of one call.

        Parameters
        ----------
        need : Need
            One of those that `needs` returned.
        values : mapping of str to tensor of shape (batch, n_tokens, …)
            By site.  They are the model's own: not to be changed, nor kept.
        batch : Batch

        Returns
        -------
        mapping of str to tensor of shape (batch, …)
            As `Need.keeps` says, on any device; token axes as long as those of `values`, padding
            with any value.
        """
        ...

    def result(self, store: Store, setting: Setting) -> R_co:
        """Return the result, once all prompts have been run."""
        ...


def places(
    layout: Layout, sites: Sequence[str], layers: Sequence[int] | None
) -> list[tuple[str, int | None]]:
    """Return each site with each layer asked for; with None if it is not of a block.

    Of all layers (None) those that have the site are meant: hybrid models have attention in some
    blocks only.

    Raises
    ------
    CaptureError
        A layer that was asked for does not have a site, or no layer has it.
    """
    found: list[tuple[str, int | None]] = []
    for site in sites:
        if not SITES[site].by_layer:
            found.append((site, None))
            continue
        chosen = checked_layers(layers, len(layout.blocks))
        if layers is None:
            having = tuple(layer for layer in chosen if site in layout.blocks[layer].sources)
            chosen = having or chosen[:1]  # which says why when it is asked
        for layer in chosen:
            layout.source(site, layer)
            found.append((site, layer))
    return found


def axes_of(site: str, layer: int | None, setting: Setting) -> dict[str, int]:
    """Return the axes of a site's values after the prompt's, as `Kept.axes` has them."""
    model, layout = setting.model, setting.layout
    if site == "logits":
        return {"token": 0, "vocabulary": model.info.vocab_size}
    if layer is None:
        width = getattr(layout.embedding, "embedding_dim", model.info.d_model)
        return {"token": 0, "width": int(width)}
    shape = layout.blocks[layer].shapes[site]
    if site == "attention":
        return {"token": 0, "head": shape[0], "source": 0}
    names = ("head", "width") if len(shape) == 2 else ("width",)
    return {"token": 0, **dict(zip(names, shape, strict=True))}
