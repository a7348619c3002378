"""What scores of words across models are made of; `rsa_models` says what is compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import similarity
from laminoscope_core.analysis.models_mean import SiteMean

__all__ = [
    "EMBEDDING",
    "ComparedModel",
    "Correlation",
    "Geometry",
    "InCarrier",
    "ModelPair",
    "Params",
    "Result",
    "UnreadModel",
]

EMBEDDING = "embedding"

Correlation = Literal["pearson", "spearman"]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Params:
    """How the pair similarities of two models are compared.

    Attributes
    ----------
    correlation : str
        ``pearson`` or ``spearman``.
    """

    correlation: Correlation = "pearson"


@dataclass(frozen=True)
class ComparedModel:
    """A model that is compared.

    Attributes
    ----------
    source : str
        As the experiment gives it.
    title : str
    n_layers : int
    n_tokens : tuple of int (n_words,)
        How many tokens each word has.
    """

    source: str
    title: str
    n_layers: int
    n_tokens: tuple[int, ...]


@dataclass(frozen=True)
class UnreadModel:
    """A model that could not read the words, and why."""

    source: str
    reason: str


@dataclass(frozen=True, eq=False)
class Geometry:
    """The similarity matrices of one model in one carrier sentence.

    Attributes
    ----------
    matrices : mapping of str to float32 array (n_layers, n_words, n_words)
        By site, all heads together; of one layer at the embedding.
    reasons : mapping of str to tuple of str (n_layers,)
        By site: why a layer cannot be compared; empty where it can.
    """

    matrices: Mapping[str, NDArray[np.float32]]
    reasons: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class ModelPair:
    """Scores of two models.

    Attributes
    ----------
    model, other : int
        Which of the compared models.
    r : mapping of str to float64 array (n_layers, n_other_layers)
        By site; 1 × 1 at the embedding.
    words : mapping of str to float64 array (n_layers, n_words)
        By site: the score of each word's row of similarities in the model with that in the
        other's layer of the same relative depth; none of a model with itself.
    """

    model: int
    other: int
    r: Mapping[str, Floats]
    words: Mapping[str, Floats]


@dataclass(frozen=True, eq=False)
class InCarrier:
    """All that is compared in one carrier sentence, or its mean over several.

    Attributes
    ----------
    carrier : str
        The sentence, or `rsa.MEAN`.
    geometries : tuple of Geometry (n_models,)
        None of a mean.
    pairs : tuple of ModelPair
        The experiment's model with itself, then every two models.
    mean : mapping of str to SiteMean, or None
        By site: over the other models, if they are two or more.
    """

    carrier: str
    geometries: tuple[Geometry, ...]
    pairs: tuple[ModelPair, ...]
    mean: Mapping[str, SiteMean] | None


@dataclass(frozen=True, eq=False)
class Result:
    """Scores of models with their labels.

    Attributes
    ----------
    params : Params
        What was asked for.
    measure : str
        How words were compared, as of `similarity.Params`.
    layers : tuple of int
        Of the experiment's model.
    words, categories : tuple of str
        The words, all of which all models have read.
    sites : tuple of str
        The embedding, then those that have layers.
    models : tuple of ComparedModel
        The experiment's own first.
    unread : tuple of UnreadModel
        Those that could not be compared.
    of_carriers : tuple of InCarrier
        One for each carrier sentence.
    mean : InCarrier or None
        Over several carrier sentences.
    """

    params: Params
    measure: similarity.Measure
    layers: tuple[int, ...]
    words: tuple[str, ...]
    categories: tuple[str, ...]
    sites: tuple[str, ...]
    models: tuple[ComparedModel, ...]
    unread: tuple[UnreadModel, ...]
    of_carriers: tuple[InCarrier, ...]
    mean: InCarrier | None

    @property
    def scores(self) -> InCarrier:
        """The scores: in the one carrier sentence, or their mean over several."""
        return self.of_carriers[0] if self.mean is None else self.mean

    @property
    def all_scores(self) -> tuple[InCarrier, ...]:
        """The scores in each carrier sentence, and then their mean over several."""
        return (*self.of_carriers, *(() if self.mean is None else (self.mean,)))

    def reason(self, at: InCarrier, model: int, site: str, layer: int) -> str:
        """Return why a layer of a model cannot be compared; empty if it can.

        A mean over carrier sentences is undefined where one of them is.
        """
        several = (at,) if at.geometries else self.of_carriers
        reasons = (each.geometries[model].reasons[site][layer] for each in several)
        return next(filter(None, reasons), "")

    def pair(self, model: int, other: int, at: InCarrier | None = None) -> ModelPair:
        """Return the scores of two models, in the order in which they are compared."""
        pairs = (self.scores if at is None else at).pairs
        return next(pair for pair in pairs if (pair.model, pair.other) == (model, other))
