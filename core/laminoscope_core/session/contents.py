"""What a session may hold, by id, and whether it belongs together."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from laminoscope_core.analysis import direct
from laminoscope_core.analysis.inputs import (
    Altered,
    OtherModels,
    TextActivations,
    WordActivations,
)
from laminoscope_core.analysis.inside import InsideActivations
from laminoscope_core.analysis.registry import AFTER, ANALYSES, OfState
from laminoscope_core.analysis.rsa import MEAN, pair_names
from laminoscope_core.errors import SessionError
from laminoscope_core.experiment import Experiment
from laminoscope_core.models.model import ModelInfo
from laminoscope_core.run.near import NearTokens
from laminoscope_core.run.requests import Generated
from laminoscope_core.sampling.kept import KeptText
from laminoscope_core.sampling.loops import EchoCurve, LoopReports
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_core.selection import Selection
from laminoscope_core.session.model_checks import check_models

__all__ = ["RESULT_TYPES", "check_together", "fitting_selection"]

_OF_THE_MODEL = {
    "words": WordActivations,
    "text": TextActivations,
    "prompts": NextTokens,
    "generations": tuple[Generated, ...],
    "loops": LoopReports,
    "echo": EchoCurve,
}
RESULT_TYPES: Mapping[str, Any] = {
    **_OF_THE_MODEL,
    **{AFTER + name: kind for name, kind in _OF_THE_MODEL.items()},
    "altered": Altered,
    "inside": InsideActivations,
    "models": OtherModels,
    **{analysis.id: analysis.module.Result for analysis in ANALYSES},
    "kept_texts": tuple[KeptText, ...],
    "near": NearTokens,
}
"""By id of a result: its type.  A file that names another id does not get it read.

``generations`` are all nodes of the trees of continuations, in the order in which they came;
``kept_texts`` are those of other prompts and other models.
"""


def check_together(model: ModelInfo, experiment: Experiment, results: Mapping[str, Any]) -> None:
    """Raise `SessionError` unless the results are of one model and one experiment.

    Each result has been checked by itself; here they are compared with one another.
    """
    for analysis in ANALYSES:
        missing = {analysis.section, *analysis.after} - results.keys()
        if analysis.id in results and missing:
            raise SessionError(f"There is a result of {analysis.id} but none of {min(missing)}.")
    for name, result in results.items():
        if getattr(result, "model", model) not in (model, model.title):
            raise SessionError(f"The result of {name} is of another model.")
        layers = getattr(result, "layers", None)
        if layers is not None and len(layers) != model.n_layers:
            raise SessionError(
                f"The result of {name} has {len(layers)} layers; the model has {model.n_layers}."
            )
    if any(name.startswith(AFTER) for name in results):
        _check_altered(experiment, results)
        _check_sections(experiment, OfState(results, altered=True))
    _check_sections(experiment, OfState(results))
    if "inside" in results:
        _check_inside(experiment, results)
    if "models" in results:
        check_models(experiment.rsa.models, results)


def _check_altered(experiment: Experiment, results: Mapping[str, Any]) -> None:
    """Raise unless it is said what alters the model, and that is what the experiment says."""
    altered = results.get("altered")
    asked = tuple(one for _, one in experiment.altered)
    if altered is None or altered.interventions != asked:
        raise SessionError("What alters the model is not what the experiment says.")


def _check_sections(experiment: Experiment, results: Mapping[str, Any]) -> None:
    if "words" in results:
        _check_words(experiment, results)
    if "text" in results:
        _check_text(experiment, results)
    if "prompts" in results:
        _check_prompts(experiment, results)


def fitting_selection(selection: Selection, n_layers: int, results: Mapping[str, Any]) -> Selection:
    """Return a selection without what the results do not have.

    Examples
    --------
    >>> fitting = fitting_selection(Selection(layer=30, pair=(0, 9)), 30, {})
    >>> fitting.layer, fitting.pair
    (29, None)
    """
    n_words = len(results["words"].words) if "words" in results else 0
    texts = [results[name].token_ids for name in ("text", "inside") if name in results]
    n_tokens = max(map(len, texts), default=0)
    n_prompts = len(results["prompts"].places) if "prompts" in results else 1
    pair = selection.pair
    if pair is not None and not 0 <= pair[0] < pair[1] < n_words:
        pair = None
    return replace(
        selection,
        layer=max(0, min(selection.layer, n_layers - 1)),
        pair=pair,
        word=_within(selection.word, n_words),
        token=_within(selection.token, n_tokens),
        tokens=tuple(sorted({t for t in selection.tokens if 0 <= t < n_tokens})),
        prompt=_within(selection.prompt, n_prompts) or 0,
        prompt_is_read=True,
        head=_within(selection.head, 2**16),
        candidate=_within(selection.candidate, 2**31) if "prompts" in results else None,
        watched=selection.watched,
        hovered_pair=None,
        hovered_layer=None,
        hovered_token=None,
    )


def _within(index: int | None, length: int) -> int | None:
    return index if index is not None and 0 <= index < length else None


def _check_words(experiment: Experiment, results: Mapping[str, Any]) -> None:
    words = results["words"]
    section = experiment.words
    if section is None or (words.words, words.categories) != (
        section.words,
        section.word_categories,
    ):
        raise SessionError("The words of the results are not those of the experiment.")
    similarity = results.get("similarity")
    head = None if similarity is None else similarity.params.head
    if head is not None and not 0 <= head < words.model.n_heads:
        raise SessionError(f"The result of similarity is of head {head}; the model has none.")
    _check_representations(experiment, results)
    for name, result in results.items():
        if getattr(result, "words", words.words) != words.words:
            raise SessionError(f"The result of {name} is of other words.")
        if getattr(result, "categories", words.categories) != words.categories:
            raise SessionError(f"The result of {name} is of other categories.")


def _check_representations(experiment: Experiment, results: Mapping[str, Any]) -> None:
    """Raise unless sites and carrier sentences are those of the experiment, in all results."""
    assert experiment.words is not None
    carriers, sites = experiment.words.sentences, experiment.rsa.sites
    several = carriers if len(carriers) > 1 else ()
    for name in ("words", "similarity", "dendrogram"):
        if name in results:
            found = results[name]
            if found.sites != sites or tuple(c.carrier for c in found.of_carriers) != carriers:
                raise SessionError(f"The result of {name} is of other sites or carriers.")
    if not {*sites, *direct.SITES} <= results["words"].target.keys():
        raise SessionError("The words of the results do not have all sites that are compared.")
    for name in ("rsa", "rsa-chance", "cka", "causal"):
        if name in results and results[name].site_pairs != pair_names(sites):
            raise SessionError(f"The result of {name} is of other sites.")
    for name in (
        "separability",
        "separability-chance",
        "causal",
        "rsa-depth",
        "rsa-predictors",
        "rsa-map",
    ):
        if name in results and results[name].sites != sites:
            raise SessionError(f"The result of {name} is of other sites.")
    if "rsa-heads" in results and not {*results["rsa-heads"].sites} <= {*sites}:
        raise SessionError("The result of rsa-heads is of other sites.")
    for name in (
        "direct",
        "cka",
        "rsa",
        "separability",
        "rsa-depth",
        "rsa-heads",
        "rsa-predictors",
        "rsa-map",
    ):
        scores, chance = results.get(name), results.get(f"{name}-chance")
        if scores is not None:
            named = tuple(one.carrier for one in scores.by_carrier)
            if named != several or scores.carrier != (MEAN if several else carriers[0]):
                raise SessionError(f"The result of {name} is of other carriers.")
        if chance is not None and len(chance.by_carrier) != len(several):
            raise SessionError(f"The result of {name}-chance is of other carriers.")


def _check_text(experiment: Experiment, results: Mapping[str, Any]) -> None:
    text, section = results["text"], experiment.text
    if section is None or text.text != section.content:
        raise SessionError("The text of the results is not that of the experiment.")
    adjustments, regression = results.get("adjustments"), results.get("regression")
    if adjustments is not None and adjustments.token_ids != text.token_ids:
        raise SessionError("The result of adjustments is of another text.")
    rows = () if regression is None else regression.rows.tolist()
    if not all(0 <= row < len(text.token_ids) for row in rows):
        raise SessionError("The result of regression is of another text.")


def _check_prompts(experiment: Experiment, results: Mapping[str, Any]) -> None:
    prompts = results["prompts"]
    if tuple(place.prompt for place in prompts.places) != experiment.prompts:
        raise SessionError("The prompts of the results are not those of the experiment.")
    continuation = results.get("continuation")
    if continuation is not None and continuation.tokens.token_ids != prompts.token_ids:
        raise SessionError("The result of continuation is of other prompts.")
    if continuation is not None and len(continuation.places) != len(prompts.places):
        raise SessionError("The result of continuation is of other prompts.")
    for made in results.get("generations", ()):
        if not 0 <= made.prompt < len(prompts.places):
            raise SessionError("What was generated follows no prompt.")


def _check_inside(experiment: Experiment, results: Mapping[str, Any]) -> None:
    inside, section = results["inside"], experiment.inside
    asked = None if section is None else (section.content, section.against, section.watch)
    if asked != (inside.text, inside.against, inside.watched.texts):
        raise SessionError("The text inside the blocks is not that of the experiment.")
    for name, result in results.items():
        of_inside = any(each.id == name and each.section == "inside" for each in ANALYSES)
        if of_inside and getattr(result, "token_ids", inside.token_ids) != inside.token_ids:
            raise SessionError(f"The result of {name} is of another text.")
