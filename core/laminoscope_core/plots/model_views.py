"""What the kinds of the plot of words across models share: which models, layers and carrier."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from laminoscope_core.analysis.across_models import (
    EMBEDDING,
    ComparedModel,
    Geometry,
    InCarrier,
    ModelPair,
    Result,
)
from laminoscope_core.analysis.models_mean import nearest_layers
from laminoscope_core.plots.words import CORRELATIONS, layer_number
from laminoscope_core.text import visible_text

__all__ = ["Compared", "compared", "model_text"]

_LONGEST = 26


@dataclass(frozen=True, eq=False)
class Compared:
    """Two models of a result, and the layers that are looked at.

    Attributes
    ----------
    result : Result
    at : InCarrier
        The scores of a carrier sentence, or their mean.
    first : InCarrier
        Those of a sentence: the same, or the first where a mean is looked at.
    other : int
        Which model the experiment's own is compared with; 0 for itself.
    site : str
        Or the embedding.
    layer, other_layer : int
        Of the two models; of no meaning at the embedding.
    """

    result: Result
    at: InCarrier
    first: InCarrier
    other: int
    site: str
    layer: int
    other_layer: int

    @property
    def models(self) -> tuple[ComparedModel, ComparedModel]:
        """The experiment's model and the other one."""
        return self.result.models[0], self.result.models[self.other]

    @property
    def titles(self) -> tuple[str, str]:
        """What the two are called."""
        own, other = self.models
        return model_text(own), model_text(other)

    @property
    def pair(self) -> ModelPair:
        """Their scores."""
        return self.result.pair(0, self.other, self.at)

    @property
    def geometries(self) -> tuple[Geometry, Geometry]:
        """Their similarities."""
        return self.first.geometries[0], self.first.geometries[self.other]

    @cached_property
    def layered(self) -> str:
        """The site, or the first one that has layers where the embedding is looked at."""
        return self.site if self.site != EMBEDDING else (*self.result.sites, "")[1]

    @property
    def layers(self) -> tuple[int, int]:
        """Where both are in what a site has by layer; the embedding has one place."""
        return (0, 0) if self.site == EMBEDDING else (self.layer, self.other_layer)

    @property
    def symbol(self) -> str:
        """How scores are written."""
        return CORRELATIONS[self.result.params.correlation].rpartition(" ")[2]

    @property
    def score_label(self) -> str:
        """What scores are called along an axis."""
        return CORRELATIONS[self.result.params.correlation]

    def at_same_depth(self) -> "Compared":
        """Return the same, but the other model at the same relative depth."""
        layers = len(self.result.layers), self.models[1].n_layers
        return replace(self, other_layer=nearest_layers(*layers)[self.layer])

    def place(self, model: int) -> str:
        """Return where one of the two is looked at: ``Gemma 3 270M, layer 7``, or its title."""
        title = self.titles[model]
        return title if self.site == EMBEDDING else f"{title}, layer {self.layers[model]}"

    def note(self, *parts: str) -> str:
        """Return the parts of a note, the carrier sentence and which models are not there."""
        several = len(self.result.of_carriers)
        if self.result.mean is self.at:
            of = f"mean over {several} carrier sentences"
        else:
            of = f"in “{self.at.carrier}”" if several > 1 else ""
        missing = [f"not compared: {model.reason}" for model in self.result.unread]
        return " · ".join(filter(None, (*parts, of, *missing)))


def compared(result: Result, view: Any) -> Compared:
    """Return what a view of the plot looks at.

    Raises
    ------
    ValueError
        The result does not have the layer.
    """
    sources = [model.source for model in result.models]
    other = sources.index(view.other) if view.other in sources else 1
    layer = layer_number(len(result.layers), view.layer)
    n_other, asked = result.models[other].n_layers, view.other_layer
    near = nearest_layers(len(result.layers), n_other)[layer]
    several = result.of_carriers
    chosen = view.carrier if view.carrier is not None and view.carrier < len(several) else None
    return Compared(
        result=result,
        at=result.scores if chosen is None else several[chosen],
        first=several[chosen or 0],
        other=other,
        site=view.place if view.place in result.sites else EMBEDDING,
        layer=layer,
        other_layer=asked if asked is not None and 0 <= asked < n_other else near,
    )


def model_text(model: ComparedModel) -> str:
    """Return what a model is called, short enough to stand beside others."""
    return visible_text(model.title or model.source, spaces=False, limit=_LONGEST)
