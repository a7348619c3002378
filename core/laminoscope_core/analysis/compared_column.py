"""One column of a comparison: what it shows, or why it shows nothing, and how far it is away."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import continuation
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.columns import CURRENT_CHAIN, MODEL_ALONE, Column
from laminoscope_core.sampling.compare import jensen_shannon
from laminoscope_core.sampling.next_tokens import NextTokens, chain_of
from laminoscope_core.sampling.parameters import SamplingError
from laminoscope_core.sampling.places import Place

__all__ = [
    "NOT_READ",
    "ComparedColumn",
    "bound_chain",
    "compared_column",
    "texts_of",
    "with_distance",
]

NOT_READ = "not read yet"


@dataclass(frozen=True, eq=False)
class ComparedColumn:
    """One column, or why there is nothing in it.

    Attributes
    ----------
    column : Column
    prompt : str
        The text whose next token is asked for.
    model : str
        Title of another model than the open one; else empty.
    chat : bool
        Whether it was read through a chat template.
    reason : str
        Why there is nothing; `NOT_READ` if it only has to be read; else empty.
    probabilities : ndarray of float64, (vocabulary,)
        By token id, over all seeds; empty if there is nothing.
    best_first : ndarray of int64, (n_left,)
        The ids that are left, by falling probability, ties by id.
    distance : float
        Jensen–Shannon distance to the reference; NaN where it is not defined.
    why_no_distance : str
    """

    column: Column
    prompt: str
    model: str = ""
    chat: bool = False
    reason: str = ""
    probabilities: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    best_first: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    distance: float = np.nan
    why_no_distance: str = ""

    @property
    def why_no_probability(self) -> str:
        """Why a token has no probability in it."""
        return self.reason or "the column's vocabulary has no such token"


def compared_column(column: Column, applied: continuation.Result) -> ComparedColumn:
    """Return a column, without its distance."""
    tokens = applied.tokens
    if not 0 <= column.prompt < len(tokens.places):
        return ComparedColumn(column, "", reason=f"there is no prompt {column.prompt + 1}")
    place = tokens.places[column.prompt]
    own = tokens.is_own(column)
    empty = ComparedColumn(column, tokens.text_before(place), chat=place.prompt.chat)
    if not own:
        reading = tokens.reading(column)
        chat = empty.chat if column.chat is None else column.chat
        empty = replace(empty, chat=chat, model=column.model)
        if reading is None:
            return replace(empty, reason=NOT_READ)
        empty = replace(empty, model=reading.title if column.model else "")
        if reading.place is None:
            return replace(empty, reason=reading.reason)
        place = reading.place
        empty = replace(empty, prompt=place.rendered.text)
    try:
        p, best_first = _distribution(column, place, applied, own)
    except SamplingError as error:
        return replace(empty, reason=error.message)
    return replace(empty, probabilities=p, best_first=best_first)


def _distribution(
    column: Column, place: Place, applied: continuation.Result, own: bool
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Probabilities by id, and the ids that are left best first."""
    if column.chain == MODEL_ALONE:
        return place.raw.by_token(), place.raw.ids
    if column.chain == CURRENT_CHAIN and own:
        ways = applied.places[column.prompt].possibilities
    else:
        chain = _chain(column, applied)
        guides = applied.tokens.guides_at(column.prompt) if own else {}
        ways = chain.possibilities(place.raw, place.history, place.state_for(chain), guides)
    if len(ways) == 1:
        final = ways[0].stages.final
        return final.by_token(), final.ids
    p = np.sum([way.weight * way.stages.final.by_token() for way in ways], axis=0)
    left = np.flatnonzero(p)
    return p, left[np.argsort(-p[left], kind="stable")]


def _chain(column: Column, applied: continuation.Result) -> Chain:
    tokenizer = bound_chain(column, applied.tokens).tokenizer
    if column.chain == CURRENT_CHAIN:
        return applied.chain.with_tokenizer(tokenizer)
    return chain_of(column.samplers or column.chain, tokenizer)


def bound_chain(column: Column, tokens: NextTokens) -> Chain:
    """Return a chain with the tokenizer of a column's model."""
    if tokens.is_own(column):
        return tokens.chain
    reading = tokens.reading(column)
    return Chain(()) if reading is None or reading.chain is None else reading.chain


def texts_of(each: ComparedColumn, tokens: NextTokens) -> tuple[str, ...]:
    """Return the exact text of every token of a column's model."""
    if tokens.is_own(each.column):
        return tokens.texts
    reading = tokens.reading(each.column)
    return () if reading is None else reading.texts


def with_distance(
    each: ComparedColumn, reference: ComparedColumn, tokens: NextTokens
) -> ComparedColumn:
    """Return a column with its distance to the reference, or why there is none."""
    p, q = reference.probabilities, each.probabilities
    if not p.size or not q.size:
        return replace(each, why_no_distance="one of the two columns is empty")
    if each is not reference:
        if p.size != q.size:
            why = f"the vocabularies differ: {p.size:,} and {q.size:,} tokens"
            return replace(each, why_no_distance=why)
        first, second = texts_of(reference, tokens), texts_of(each, tokens)
        if first is not second and first != second:
            return replace(each, why_no_distance="the vocabularies have different tokens")
    return replace(each, distance=jensen_shannon(p, q))
