"""What an analysis is given: captured activations and the results of earlier analyses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.inside import InsideActivations
from laminoscope_core.errors import AnalysisError
from laminoscope_core.inside_section import Intervention
from laminoscope_core.models.model import ModelInfo
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_core.theme import site_label

__all__ = [
    "Altered",
    "Inputs",
    "OtherModel",
    "OtherModels",
    "TextActivations",
    "WordActivations",
    "not_finite",
]

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, eq=False)
class WordActivations:
    """What each word of an experiment activates in one carrier sentence.

    Attributes
    ----------
    model : ModelInfo
        The model that was run.
    carrier : str
        The sentence, with ``{word}`` where each word stood.
    sites : tuple of str
        Which sites are compared with each other; q, k and v are captured besides.
    words, categories : tuple of str
        The words and the category of each.
    pieces : tuple of tuple of str
        How each word was split.
    n_tokens : tuple of int
        How many tokens each word has.
    token_ids : tuple of tuple of int
        Of each sentence.
    target : mapping of str to float32 array (n_layers, n_words, …)
        By site, at the word, pooled over its tokens.  The last axes are ``(n_heads, d_head)``
        for q, k and v and ``(d_model,)`` for streams.  The embedding, which no layer has, is the
        same in all.
    context : mapping of str to float32 array (n_layers, n_words, …)
        The same at the context token; of no layers if there is no such token.
    context_token : str
        Its text, the space merged into it included.
    no_context : str
        Why there is no context token; empty if there is one.
    pooled_ids : tuple of tuple of int
        Of each word: its tokens up to the last that is pooled, which decide what is read there.
    unknown_id : int or None
        The token that stands for whatever the vocabulary lacks.
    unknown_token : str
        Its name.
    others : tuple of WordActivations
        The same words in the other carrier sentences, if there are several; those have none.
    """

    model: ModelInfo
    carrier: str
    sites: tuple[str, ...]
    words: tuple[str, ...]
    categories: tuple[str, ...]
    pieces: tuple[tuple[str, ...], ...]
    n_tokens: tuple[int, ...]
    token_ids: tuple[tuple[int, ...], ...]
    target: Mapping[str, NDArray[np.float32]]
    context: Mapping[str, NDArray[np.float32]]
    context_token: str
    no_context: str
    pooled_ids: tuple[tuple[int, ...], ...]
    unknown_id: int | None
    unknown_token: str
    others: "tuple[WordActivations, ...]" = ()

    @property
    def of_carriers(self) -> "tuple[WordActivations, ...]":
        """Those of every carrier sentence, this one first."""
        return (self, *self.others)

    @property
    def has_rows(self) -> bool:
        """Whether the vectors are there, which a session may be saved without."""
        return all(len(rows) for rows in self.target.values())

    @property
    def copy_of(self) -> tuple[str, ...]:
        """Of each word, an earlier one that is the same to the model; empty if there is none."""
        first: dict[tuple[int, ...], str] = {}
        return tuple(
            "" if not ids or first.setdefault(ids, word) == word else first[ids]
            for word, ids in zip(self.words, self.pooled_ids, strict=True)
        )

    @property
    def unknown(self) -> tuple[str, ...]:
        """Of each word, the name of the unknown token if it holds one; empty if it does not."""
        return tuple(self.unknown_token * (self.unknown_id in ids) for ids in self.pooled_ids)


@dataclass(frozen=True, eq=False)
class OtherModel:
    """The words of an experiment as another model reads them.

    Attributes
    ----------
    source : str
        The model, as the experiment gives it.
    words : WordActivations or None
        The sites that are compared, and the embedding; None if it could not be read.
    reason : str
        Why not.
    """

    source: str
    words: WordActivations | None
    reason: str = ""


@dataclass(frozen=True, eq=False)
class OtherModels:
    """The words of an experiment as other models read them.

    Attributes
    ----------
    embedding : WordActivations
        Of the experiment's own model, what comparing needs besides its sites.
    models : tuple of OtherModel
        In the order of the experiment.
    """

    embedding: WordActivations
    models: tuple[OtherModel, ...]

    @property
    def read(self) -> tuple[WordActivations, ...]:
        """What those models activate that could be read."""
        return tuple(each.words for each in self.models if each.words is not None)


@dataclass(frozen=True, eq=False)
class TextActivations:
    """What each token of a text activates.

    Attributes
    ----------
    model : ModelInfo
        The model that was run.
    text : str
        What was captured.
    token_ids : tuple of int
        Special tokens included.
    tokens : tuple of str
        The piece of text of each token; tokens that share a character each have it.
    shown : tuple of str
        The same, but the bytes of tokens that share a character by name, as ``⟨0xF0⟩⟨0x9F⟩``.
    special : tuple of bool
        Which tokens are none of the text's words but signs to the model, as ``</s>``.
    norms : mapping of str to float64 array (n_layers, n_tokens)
        By site: Euclidean length of each token's vector, NaN in layers without the site.
    missing : mapping of str to str
        By site that no layer has: why.
    surprisal : float64 array (n_tokens,)
        −ln of the probability that the model gave the token before it saw it, in nats; NaN for
        the first token, which nothing predicts.
    entropy : float64 array (n_tokens,)
        Of the distribution that predicted the token, in nats; NaN for the first token.
    """

    model: ModelInfo
    text: str
    token_ids: tuple[int, ...]
    tokens: tuple[str, ...]
    shown: tuple[str, ...]
    special: tuple[bool, ...]
    norms: Mapping[str, NDArray[np.float64]]
    missing: Mapping[str, str]
    surprisal: NDArray[np.float64]
    entropy: NDArray[np.float64]


@dataclass(frozen=True)
class Altered:
    """Of which altered model results are.

    Attributes
    ----------
    interventions : tuple of Intervention
        At least one; all are made together, at all tokens.
    """

    interventions: tuple[Intervention, ...]

    def to_list(self) -> list[dict[str, Any]]:
        """Return the interventions as JSON has them."""
        return [one.model_dump(mode="json") for one in self.interventions]


@dataclass(frozen=True, eq=False)
class Inputs:
    """The activations of a run and what has been computed from them so far.

    Attributes
    ----------
    words : WordActivations or None
        The word experiment, if there is one.
    text : TextActivations or None
        The running text, if there is one.
    prompts : NextTokens or None
        The prompts to continue, if there are any.
    inside : InsideActivations or None
        What the blocks do with a text, if that is asked for.
    models : OtherModels or None
        The words as other models read them, if there are such.
    results : mapping of str to object
        Results by analysis id.
    before : Inputs or None
        Of the altered model: what there is of the model as it is.
    altered : Altered or None
        What alters it.
    """

    words: WordActivations | None = None
    text: TextActivations | None = None
    prompts: NextTokens | None = None
    inside: InsideActivations | None = None
    models: OtherModels | None = None
    results: Mapping[str, Any] = field(default_factory=dict)
    before: "Inputs | None" = None
    altered: Altered | None = None

    def word_activations(self) -> WordActivations:
        """Return `words`, or raise `AnalysisError` if there are none, or none of their vectors."""
        if self.words is None:
            raise AnalysisError(
                "This analysis needs a word experiment.", "Add a [words] section to the experiment."
            )
        if not self.words.has_rows:
            raise AnalysisError(
                "This needs the activations of the words, which the session was saved without.",
                "Press Capture to run the model again.",
            )
        return self.words

    def inside_activations(self) -> InsideActivations:
        """Return `inside`, or raise `AnalysisError` if nothing was captured inside the blocks."""
        if self.inside is None:
            raise AnalysisError(
                "This analysis needs a text to look inside the blocks with.",
                "Add an [inside] section to the experiment.",
            )
        return self.inside

    def result(self, analysis_id: str, kind: type[ResultT]) -> ResultT:
        """Return the result of an earlier analysis, or raise `AnalysisError` if it is missing."""
        result = self.results.get(analysis_id)
        if not isinstance(result, kind):
            raise AnalysisError(f"This analysis needs the result of {analysis_id!r}.")
        return result


def not_finite(rows: NDArray[np.floating], site: str) -> NDArray[np.str_]:
    """Return, for each layer (n_layers,), what to say if its activations are not finite.

    Parameters
    ----------
    rows : array (n_layers, …)
        Activations of one site.
    site : str
        Its name.

    Examples
    --------
    >>> not_finite(np.array([[1.0, 2.0], [1.0, np.inf]]), "q").tolist()
    ['', 'Q holds values that are not finite, first in layer 1']
    """
    broken = ~np.isfinite(rows).reshape(len(rows), -1).all(axis=-1)
    reason = (
        f"{site_label(site)} holds values that are not finite, first in layer {np.argmax(broken)}"
    )
    return np.where(broken, reason, "")
