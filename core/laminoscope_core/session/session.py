"""A session: what was run, what came of it, what is selected, how the window stood."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from laminoscope_core.analysis.inputs import OtherModels, WordActivations
from laminoscope_core.analysis.registry import AFTER
from laminoscope_core.experiment import Experiment
from laminoscope_core.run.results import RunResult
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_core.sampling.vocabulary import unread
from laminoscope_core.selection import Selection
from laminoscope_core.session.migrations import Documents

__all__ = [
    "NewerFile",
    "Session",
    "has_activations",
    "with_known_tokens",
    "without_activations",
]

_WORDS = ("words", AFTER + "words")
"""Results with the vectors of words."""


@dataclass(frozen=True, eq=False)
class NewerFile:
    """A file of a newer version as it was, to write again what is not known here.

    Attributes
    ----------
    documents : dict
        Its members of text, by name.
    members : mapping of str to bytes
        Its arrays and lists, by name.
    experiment : Experiment
        What of ``experiment.toml`` could be understood.
    results : mapping of str to object
        What of its results could be understood.
    """

    documents: Documents
    members: Mapping[str, bytes]
    experiment: Experiment
    results: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Session:
    """Everything that a session file holds.

    Attributes
    ----------
    experiment : Experiment
        What the forms say; it may have been edited since the run.
    run : RunResult or None
        What was captured and computed, with the experiment that it belongs to; None if nothing
        was run.
    selection : Selection
        What was pointed at.
    window : mapping of str to JSON values
        Whatever a window wants to find again.
    newer : NewerFile or None
        What was read, if it is from a newer version: then it may only be saved under another
        name.
    """

    experiment: Experiment
    run: RunResult | None = None
    selection: Selection = field(default_factory=Selection)
    window: Mapping[str, Any] = field(default_factory=dict)
    newer: NewerFile | None = None


def has_activations(run: RunResult) -> bool:
    """Return whether a run has the vectors of its words, if it has words."""
    words = [run.results[name] for name in _WORDS if name in run.results]
    return all(len(rows) > 0 for each in words for rows in each.target.values())


def with_known_tokens(run: RunResult, texts: Iterable[str]) -> RunResult:
    """Return a run that knows the first tokens of texts without its tokenizer."""
    prompts = run.results.get("prompts")
    if prompts is None or prompts.chain.tokenizer is None:
        return run
    not_known = unread(prompts.tokenizers, texts := tuple(texts))
    known = {text: prompts.first_token(text) for text in texts if text not in not_known}
    results = dict(run.results)
    for name, result in run.results.items():
        if isinstance(result, NextTokens):
            results[name] = dataclasses.replace(result, known=known)
        elif isinstance(getattr(result, "tokens", None), NextTokens):
            tokens = dataclasses.replace(result.tokens, known=known)
            results[name] = dataclasses.replace(result, tokens=tokens)
    return dataclasses.replace(run, results=results)


def without_activations(run: RunResult) -> RunResult:
    """Return a run whose words keep their tokens but none of their vectors.

    What was computed from them stays; computing it anew takes another capture.
    """
    kept: dict[str, Any] = {
        name: _tokens_only(run.results[name]) for name in _WORDS if name in run.results
    }
    if (models := run.results.get("models")) is not None:
        kept["models"] = _models_tokens_only(models)
    return dataclasses.replace(run, results={**run.results, **kept})


def _tokens_only(words: WordActivations) -> WordActivations:
    target, context = (
        {site: rows[:0] for site, rows in arrays.items()}
        for arrays in (words.target, words.context)
    )
    others = tuple(map(_tokens_only, words.others))
    return dataclasses.replace(words, target=target, context=context, others=others)


def _models_tokens_only(found: OtherModels) -> OtherModels:
    models = tuple(
        dataclasses.replace(one, words=None if one.words is None else _tokens_only(one.words))
        for one in found.models
    )
    return dataclasses.replace(found, embedding=_tokens_only(found.embedding), models=models)
