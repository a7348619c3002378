"""Words across models: how far two models, or more, agree on which words are alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from laminoscope_core.analysis.across_models import EMBEDDING, Result
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.colouring import Coloured
from laminoscope_core.plots.inside import nothing_to_show
from laminoscope_core.plots.model_depths import depths_shown
from laminoscope_core.plots.model_layers import layers_shown, models_shown
from laminoscope_core.plots.model_pairs import maps_shown, pairs_shown
from laminoscope_core.plots.model_views import Compared, compared
from laminoscope_core.plots.model_words import words_shown
from laminoscope_core.plots.shown import Shown

__all__ = ["KINDS", "View", "show"]

KINDS: Mapping[str, str] = {
    "maps": "maps",
    "pairs": "pairs of words",
    "words": "word by word",
    "layers": "layers with layers",
    "depth": "over depth",
    "models": "models with models",
}
"""What may be shown, for people."""

_KINDS: Mapping[str, Callable[[Compared, Any], Shown]] = {
    "maps": maps_shown,
    "pairs": pairs_shown,
    "words": words_shown,
    "layers": layers_shown,
    "depth": depths_shown,
    "models": models_shown,
}


@dataclass(frozen=True)
class View(Coloured):
    """What is shown.

    Attributes
    ----------
    kind : str
        A key of `KINDS`.
    other : str
        The model that the experiment's own is compared with, by its source; empty for the first
        other one.
    place : str
        A site; ``"embedding"`` for what is before all layers.
    layer : int or None
        Of the experiment's model; None for the middle one.
    other_layer : int or None
        Of the other model; None for the one at the same relative depth.
    pair : tuple of int or None
        The words of the pair that is marked, the smaller index first.
    word : int or None
        A word that is marked.
    categories : tuple of str
        Categories in the order of their colours; others follow.
    carrier : int or None
        One of several carrier sentences; None for their mean, or the first where there is none.
    colours, between
        As of `Coloured`.
    """

    kind: str = "maps"
    other: str = ""
    place: str = EMBEDDING
    layer: int | None = None
    other_layer: int | None = None
    pair: tuple[int, int] | None = None
    word: int | None = None
    categories: tuple[str, ...] = ()
    carrier: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("kind", self.kind, KINDS)


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return what a kind shows of the experiment's model and of another one."""
    result: Result = results["rsa-models"]
    if len(result.models) < 2:
        reasons = "; ".join(model.reason for model in result.unread)
        return nothing_to_show("models", f"no other model read the words ({reasons})")
    return _KINDS[view.kind](compared(result, view), view)
