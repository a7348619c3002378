"""The sections of an experiment: how each is captured, foreseen and written.

A new section is one entry of `SECTIONS`; its analyses name it in `analysis.registry`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from laminoscope_core.analysis.inputs import OtherModels, WordActivations
from laminoscope_core.analysis.registry import AFTER, ANALYSES, plain
from laminoscope_core.experiment import Experiment
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.plan import Forecast, forecast_reading
from laminoscope_core.run.cuts import read_cuts
from laminoscope_core.run.inside import capture_inside, forecast_inside
from laminoscope_core.run.models import capture_models, forecast_models
from laminoscope_core.run.text import capture_text, forecast_text
from laminoscope_core.run.words import capture_words, forecast_words
from laminoscope_core.sampling.named import written_out
from laminoscope_core.sampling.next_tokens import NextTokens, next_tokens
from laminoscope_core.sampling.prompts import render_prompt
from laminoscope_core.tables import Arrays, Table

__all__ = ["SECTIONS", "Section", "forecast_section", "sites_of", "token_ids"]


@dataclass(frozen=True)
class Section:
    """How one section of an experiment is run.

    Attributes
    ----------
    asked : callable
        Of an experiment: what it asks for here; None or empty if the section is absent.
    capture : callable
        Of a model, what is asked for, the sites to keep and a job: the activations, which stand
        among the results under the section's name.
    altered : bool
        Whether it is of the altered model; what is then captured, foreseen and written is as of
        the section of the plain name.
    forecast : callable
        Of a model, what is asked for and the sites: the memory that capturing takes.
    token_ids : callable
        Of the activations: the texts as the model received them.
    tables : callable
        Of the activations: what is written of them besides the analyses, by path.
    """

    asked: Callable[[Experiment], Any]
    capture: Callable[[Model, Any, Sequence[str], Job], Any]
    forecast: Callable[[Model, Any, Sequence[str]], Forecast]
    token_ids: Callable[[Any], Sequence[Sequence[int]]]
    tables: Callable[[Any], Mapping[str, Table | Arrays]] = lambda _: {}
    altered: bool = False


def sites_of(section: str, experiment: Experiment) -> tuple[str, ...]:
    """Return the sites that the analyses of a section need, or that an experiment compares."""
    if plain(section) in ("words", "models"):
        return experiment.rsa.sites
    needed = (analysis.sites for analysis in ANALYSES if analysis.section == section)
    return tuple(dict.fromkeys(site for sites in needed for site in sites))


def forecast_section(model: Model, experiment: Experiment, section: str) -> Forecast | None:
    """Return what capturing a section is expected to take; None if the section is absent.

    Raises
    ------
    LaminoscopeError
        As capturing it would: a prompt that is too long, a site that the model does not have.
    """
    asked = SECTIONS[section].asked(experiment)
    return (
        SECTIONS[section].forecast(model, asked, sites_of(section, experiment)) if asked else None
    )


def token_ids(results: Mapping[str, Any]) -> list[list[int]]:
    """Return the texts of all sections of a run as the model received them."""
    return [
        [int(token) for token in tokens]
        for name, section in SECTIONS.items()
        if name in results and not section.altered
        for tokens in section.token_ids(results[name])
    ]


def _capture_prompts(model: Model, asked: Experiment, sites: Sequence[str], job: Job) -> NextTokens:
    assert not sites
    if not asked.sampling.chains:
        return next_tokens(model, asked.prompts, asked.sampling, job)
    tokens = next_tokens(model, asked.prompts, asked.sampling, job.part(0.0, 0.2))
    chains = written_out(tokens.chains, tokens.chain)
    texts = [place.history for place in tokens.places]
    return replace(tokens, cuts=read_cuts(model, texts, chains, job.part(0.2, 1.0)))


def _forecast_prompts(model: Model, asked: Experiment, _sites: Sequence[str]) -> Forecast:
    rendered = [
        render_prompt(model, prompt.text, chat=prompt.chat, system=prompt.system)
        for prompt in asked.prompts
    ]
    return forecast_reading(model, [len(prompt.token_ids) for prompt in rendered])


def _words_table(words: WordActivations) -> dict[str, Table | Arrays]:
    columns = {
        "index": range(len(words.words)),
        "category": words.categories,
        "word": words.words,
        "n_tokens": words.n_tokens,
        "pieces": ["|".join(pieces) for pieces in words.pieces],
        "copy_of": words.copy_of,
        "unknown": words.unknown,
    }
    return {"rsa/words.csv": Table(columns)}


def _models_ids(found: OtherModels) -> list[tuple[int, ...]]:
    return [ids for words in found.read for each in words.of_carriers for ids in each.token_ids]


def _models_table(found: OtherModels) -> dict[str, Table | Arrays]:
    rows: dict[str, list[Any]] = {name: [] for name in _SPLIT}
    for model in found.models:
        words = model.words
        if words is None:
            parts: list[tuple[Any, ...]] = [(-1, "", "", 0, "", "", "", model.reason)]
        else:
            pieces = ["|".join(each) for each in words.pieces]
            n, tokens = len(words.words), (words.n_tokens, pieces)
            named = (range(n), words.categories, words.words)
            parts = list(zip(*named, *tokens, words.copy_of, words.unknown, [""] * n, strict=True))
        for part in parts:
            for name, value in zip(_SPLIT, (model.source, *part), strict=True):
                rows[name].append(value)
    return {"rsa/words_by_model.csv": Table(rows)}


def _altered(section: Section) -> Section:
    """Return a section of the altered model, which is asked for where something alters it."""

    def asked(experiment: Experiment) -> Any:
        return section.asked(experiment) if experiment.altered else None

    return replace(section, asked=asked, altered=True)


_SPLIT = (
    "model",
    "index",
    "category",
    "word",
    "n_tokens",
    "pieces",
    "copy_of",
    "unknown",
    "reason",
)

_OF_THE_MODEL: Mapping[str, Section] = {
    "words": Section(
        attrgetter("words"), capture_words, forecast_words, attrgetter("token_ids"), _words_table
    ),
    "models": Section(
        lambda experiment: experiment if experiment.words and experiment.rsa.models else None,
        capture_models,
        forecast_models,
        _models_ids,
        _models_table,
    ),
    "text": Section(attrgetter("text"), capture_text, forecast_text, lambda text: [text.token_ids]),
    "prompts": Section(
        lambda experiment: experiment if experiment.prompts else None,
        _capture_prompts,
        _forecast_prompts,
        attrgetter("token_ids"),
    ),
    "inside": Section(attrgetter("inside"), capture_inside, forecast_inside, attrgetter("all_ids")),
}
_OF_THE_ALTERED = {
    AFTER + name: _altered(each)
    for name, each in _OF_THE_MODEL.items()
    if name not in ("models", "inside")
}
SECTIONS: Mapping[str, Section] = {**_OF_THE_MODEL, **_OF_THE_ALTERED}
"""By the name that an experiment gives them, in the order in which they run.

Those of the altered model come last; `inside` has its own interventions in itself, and the other
models are as they are.
"""
