"""Whether results of words across models belong together."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any, get_args

from laminoscope_core.analysis.across_models import (
    EMBEDDING,
    ComparedModel,
    Geometry,
    InCarrier,
    ModelPair,
    Result,
)
from laminoscope_core.analysis.inputs import OtherModels, WordActivations
from laminoscope_core.analysis.models_mean import FEWEST_MODELS, SiteMean
from laminoscope_core.errors import SessionError
from laminoscope_core.words_section import WordSite

__all__ = ["AXES", "CHECKS", "check_models"]

_MOST_LAYERS = 10_000

AXES: Mapping[type, Mapping[str, Any]] = {
    ComparedModel: {"n_tokens": ("words",)},
    Geometry: {"matrices": (...,), "reasons": (...,)},
    ModelPair: {"r": (...,), "words": (...,)},
    SiteMean: dict.fromkeys(("r", "low", "high", "ceiling_low", "ceiling_high"), ("layers",)),
}
"""Of arrays by site, of which the embedding has one layer, `CHECKS` knows the axes."""


def _check_other_models(found: OtherModels, where: str) -> None:
    own = found.embedding
    if any(EMBEDDING not in each.target for each in (own, *found.read)):
        raise SessionError(f"{where} does not have the embeddings of all models.")
    for one in found.models:
        if (one.words is None) != bool(one.reason):
            raise SessionError(f"{where} has a model with neither words nor a reason, or both.")
    for words in found.read:
        if not _same_words(words, own):
            raise SessionError(f"{where} is of other words than its embedding.")


def _same_words(words: WordActivations, own: WordActivations) -> bool:
    carriers, own_carriers = ([c.carrier for c in each.of_carriers] for each in (words, own))
    return (words.words, words.categories, carriers) == (own.words, own.categories, own_carriers)


def _check_result(result: Result, where: str) -> None:
    sites, models = result.sites, result.models
    known = {*sites} <= {*get_args(WordSite)} and len({*sites}) == len(sites)
    if sites[:1] != (EMBEDDING,) or not known:
        raise SessionError(f"{where}.sites are not sites at which words are compared.")
    if not models or models[0].n_layers != len(result.layers):
        raise SessionError(f"{where}.models do not begin with the model of its layers.")
    if len(result.categories) != len(result.words):
        raise SessionError(f"{where}.categories are not of its words.")
    for model in models:
        if not 0 < model.n_layers <= _MOST_LAYERS or len(model.n_tokens) != len(result.words):
            raise SessionError(f"{where}.models have other layers or words.")
    if not result.of_carriers or (result.mean is None) != (len(result.of_carriers) == 1):
        raise SessionError(f"{where} has no scores, or a mean over one carrier sentence.")
    for at in result.of_carriers:
        _check_in_carrier(result, at, len(models), where)
    if result.mean is not None:
        _check_in_carrier(result, result.mean, 0, where)


def _check_in_carrier(result: Result, at: InCarrier, n_geometries: int, where: str) -> None:
    n_models, n_words = len(result.models), len(result.words)
    if len(at.geometries) != n_geometries:
        raise SessionError(f"{where} does not have the similarities of each model.")
    for number, geometry in enumerate(at.geometries):
        _check_by_site(result, geometry.matrices, where, (number,), (n_words, n_words))
        _check_by_site(result, geometry.reasons, where, (number,), ())
    pairs = [(0, 0), *combinations(range(n_models), 2)]
    if [(pair.model, pair.other) for pair in at.pairs] != pairs:
        raise SessionError(f"{where} does not have every pair of models.")
    for pair in at.pairs:
        _check_by_site(result, pair.r, where, (pair.model, pair.other), ())
        if pair.model == pair.other:
            if pair.words:
                raise SessionError(f"{where} scores the words of a model with themselves.")
        else:
            _check_by_site(result, pair.words, where, (pair.model,), (n_words,))
    if (at.mean is None) != (n_models <= FEWEST_MODELS):
        raise SessionError(f"{where} has a mean over too few models, or none.")
    if at.mean is not None:
        means = {site: mean.r for site, mean in at.mean.items()}
        _check_by_site(result, means, where, (0,), ())


def _check_by_site(
    result: Result,
    by_site: Mapping[str, Any],
    where: str,
    models: tuple[int, ...],
    others: tuple[int, ...],
) -> None:
    """Raise unless there is one array a site, with the layers of some models and further axes."""
    if tuple(by_site) != result.sites:
        raise SessionError(f"{where} does not have its sites.")
    for site, array in by_site.items():
        layers = (1 if site == EMBEDDING else result.models[n].n_layers for n in models)
        shape = array.shape if hasattr(array, "shape") else (len(array),)
        if shape != (*layers, *others):
            raise SessionError(f"{where} does not have the layers and words of its models.")


CHECKS: Mapping[type, Any] = {OtherModels: _check_other_models, Result: _check_result}


def check_models(sources: tuple[str, ...], results: Mapping[str, Any]) -> None:
    """Raise `SessionError` unless other models are those asked for, and read the same words."""
    words, models = results.get("words"), results["models"]
    if words is None or not _same_words(models.embedding, words):
        raise SessionError("The other models have read other words.")
    if tuple(one.source for one in models.models) != sources:
        raise SessionError("The other models are not those of the experiment.")
    if any(
        each.sites != words.sites or not {*each.sites} <= each.target.keys() for each in models.read
    ):
        raise SessionError("The other models were read at other sites.")
    result = results.get("rsa-models")
    if result is not None:
        read = tuple(one.source for one in models.models if one.words is not None)
        carriers = tuple(each.carrier for each in result.of_carriers)
        if tuple(each.source for each in result.models) != (words.model.source, *read):
            raise SessionError("The result of rsa-models is of other models.")
        if carriers != tuple(each.carrier for each in words.of_carriers):
            raise SessionError("The result of rsa-models is of other carriers.")
