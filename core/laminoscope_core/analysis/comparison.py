"""Columns of next-token distributions side by side: prompts, models, templates and chains.

The first column is the reference that the others are held against.  Tokens are matched by their
ids where all columns share a vocabulary, else by their exact texts; then a distance over tokens
is not defined.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import continuation
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.export.tables import Arrays, Table
from laminoscope_core.job import Job
from laminoscope_core.sampling.alignment import align
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.columns import CURRENT_CHAIN, MODEL_ALONE, Column
from laminoscope_core.sampling.compare import jensen_shannon
from laminoscope_core.sampling.next_tokens import NextTokens, chain_of
from laminoscope_core.sampling.parameters import SamplingError
from laminoscope_core.sampling.places import Place
from laminoscope_core.sampling.vocabulary import find_token

__all__ = [
    "NOT_READ",
    "ComparedColumn",
    "Params",
    "Result",
    "Standing",
    "default_columns",
    "run",
    "tables",
]

NOT_READ = "not read yet"


@dataclass(frozen=True)
class Params:
    """What to compare.

    Attributes
    ----------
    columns : tuple of Column
        The first is the reference; empty for `default_columns`.
    n_listed : int
        So many tokens are listed, those of the largest differences.
    """

    columns: tuple[Column, ...] = ()
    n_listed: int = 300


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


@dataclass(frozen=True)
class Standing:
    """Where a watched text stands in a column.

    Attributes
    ----------
    token : int
        The text's first token; −1 if it has none there.
    n_tokens : int
        How many tokens the text takes.
    rank : int
        1 for the best, 0 if the chain has removed it, −1 if there is nothing to rank.
    probability : float
        NaN if there is nothing.
    """

    token: int
    n_tokens: int
    rank: int
    probability: float


@dataclass(frozen=True, eq=False)
class Result:
    """Tokens and their places in every column, the largest difference first.

    Attributes
    ----------
    columns : tuple of ComparedColumn
    texts : tuple of str, (n,)
        The listed tokens.
    probability : ndarray of float64, (n, n_columns)
        0 if removed, NaN if the column's vocabulary has no such token or the column is empty.
    rank : ndarray of int64, (n, n_columns)
        1 for the best, 0 if removed, −1 where the column has no such token.
    ids : ndarray of int64, (n,)
        Token ids, where all columns share a vocabulary; else empty.
    by_text : bool
        Whether tokens were matched by text.
    tokens : NextTokens
        What was captured.
    params : Params
    """

    columns: tuple[ComparedColumn, ...]
    texts: tuple[str, ...]
    probability: NDArray[np.float64]
    rank: NDArray[np.int64]
    ids: NDArray[np.int64]
    by_text: bool
    tokens: NextTokens
    params: Params

    @property
    def difference(self) -> NDArray[np.float64]:
        """Probability minus that of the reference, (n, n_columns)."""
        change: NDArray[np.float64] = self.probability - self.probability[:, :1]
        return change

    @property
    def unread(self) -> tuple[Column, ...]:
        """The columns that have to be read first."""
        return tuple(each.column for each in self.columns if each.reason == NOT_READ)

    def standing(self, text: str) -> tuple[Standing, ...]:
        """Return where a text's first token stands in every column."""
        return tuple(self._standing(each, text) for each in self.columns)

    def _standing(self, each: ComparedColumn, text: str) -> Standing:
        nothing = Standing(-1, 0, -1, np.nan)
        tokenizer = _bound_chain(each.column, self.tokens).tokenizer
        if tokenizer is None:
            return nothing
        token, n_tokens = find_token(tokenizer, text)
        if not n_tokens or token >= each.probabilities.size:  # an empty column has none
            return nothing
        there = np.flatnonzero(each.best_first == token)
        rank = int(there[0]) + 1 if there.size else 0
        return Standing(token, n_tokens, rank, float(each.probabilities[token]))


def default_columns(n_prompts: int) -> tuple[Column, ...]:
    """Return every prompt for the model alone; a single one also after the chain."""
    columns = tuple(Column(prompt) for prompt in range(n_prompts))
    return columns if n_prompts > 1 else (*columns, Column(0, chain=CURRENT_CHAIN))


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Compare the columns."""
    applied = inputs.result("continuation", continuation.Result)
    tokens = applied.tokens
    chosen = params.columns or default_columns(len(tokens.places))
    columns = []
    for number, column in enumerate(chosen):
        job.report(number / len(chosen), f"column {number + 1} of {len(chosen)}")
        columns.append(_column(column, applied))
    return _side_by_side(_with_distances(columns, tokens), tokens, params)


def tables(result: Result) -> Mapping[str, Table | Arrays]:
    """Return ``continuation/comparison.csv``: the listed tokens, a line per token and column."""
    rows = range(len(result.texts))
    each: dict[str, list[Any]] = {
        name: []
        for name in ("token", "column", "prompt", "model", "chat", "chain", "rank", "probability")
    }
    for row in rows:
        for number, column in enumerate(result.columns):
            each["token"].append(result.texts[row])
            each["column"].append(number + 1)
            each["prompt"].append(column.prompt)
            each["model"].append(column.model)
            each["chat"].append(column.chat)
            each["chain"].append(column.column.chain)
            rank = int(result.rank[row, number])
            each["rank"].append(rank if rank >= 0 else np.nan)
            each["probability"].append(float(result.probability[row, number]))
    return {"continuation/comparison.csv": Table(each)}


def _column(column: Column, applied: continuation.Result) -> ComparedColumn:
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
        return replace(empty, reason=str(error))
    return replace(empty, probabilities=p, best_first=best_first)


def _distribution(
    column: Column, place: Place, applied: continuation.Result, own: bool
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Probabilities by id, and the ids that are left best first."""
    if column.chain == MODEL_ALONE:
        p = np.zeros(place.raw.vocabulary)
        p[place.raw.ids] = place.raw.probabilities
        return p, place.raw.ids
    if column.chain == CURRENT_CHAIN and own:
        ways = applied.places[column.prompt].possibilities
    else:
        chain = _chain(column, applied)
        ways = chain.possibilities(place.raw, place.history, place.state_for(chain))
    if len(ways) == 1:
        final = ways[0].stages.final
        p = np.zeros(final.vocabulary)
        p[final.ids] = final.probabilities
        return p, final.ids
    p = np.zeros(place.raw.vocabulary)
    for way in ways:
        p[way.stages.final.ids] += way.weight * way.stages.final.probabilities
    left = np.flatnonzero(p)
    return p, left[np.argsort(-p[left], kind="stable")]


def _chain(column: Column, applied: continuation.Result) -> Chain:
    tokenizer = _bound_chain(column, applied.tokens).tokenizer
    if column.chain == CURRENT_CHAIN:
        return applied.chain.with_tokenizer(tokenizer)
    return chain_of(column.samplers or column.chain, tokenizer)


def _bound_chain(column: Column, tokens: NextTokens) -> Chain:
    """A chain with the tokenizer of a column's model."""
    if tokens.is_own(column):
        return tokens.chain
    reading = tokens.reading(column)
    return Chain(()) if reading is None or reading.chain is None else reading.chain


def _texts(each: ComparedColumn, tokens: NextTokens) -> tuple[str, ...]:
    if tokens.is_own(each.column):
        return tokens.texts
    reading = tokens.reading(each.column)
    return () if reading is None else reading.texts


def _with_distances(
    columns: list[ComparedColumn], tokens: NextTokens
) -> tuple[ComparedColumn, ...]:
    reference = columns[0]
    return tuple(_with_distance(each, reference, tokens) for each in columns)


def _with_distance(
    each: ComparedColumn, reference: ComparedColumn, tokens: NextTokens
) -> ComparedColumn:
    p, q = reference.probabilities, each.probabilities
    if not p.size or not q.size:
        return replace(each, why_no_distance="one of the two columns is empty")
    if each is not reference:
        if p.size != q.size:
            why = f"the vocabularies differ: {p.size:,} and {q.size:,} tokens"
            return replace(each, why_no_distance=why)
        first, second = _texts(reference, tokens), _texts(each, tokens)
        if first is not second and first != second:
            return replace(each, why_no_distance="the vocabularies have different tokens")
    return replace(each, distance=jensen_shannon(p, q))


def _side_by_side(
    columns: tuple[ComparedColumn, ...], tokens: NextTokens, params: Params
) -> Result:
    # an empty column has no place in the list of tokens
    filled = [number for number, each in enumerate(columns) if each.probabilities.size]
    if not filled:
        nothing = np.empty((0, len(columns)))
        ranks = nothing.astype(np.int64)
        return Result(columns, (), nothing, ranks, ranks[:, 0], False, tokens, params)
    alignment = align([(_texts(columns[n], tokens), columns[n].probabilities.size) for n in filled])
    by_row = np.full((len(columns), len(alignment.texts)), np.nan)
    for at, number in enumerate(filled):
        p = columns[number].probabilities
        by_row[number] = p if not alignment.by_text else alignment.probabilities(at, p)
    rows = _largest_differences(by_row[filled], params.n_listed)
    ranks = np.full((rows.size, len(columns)), -1, dtype=np.int64)
    for at, number in enumerate(filled):
        ranks[:, number] = alignment.ranks(at, columns[number].best_first)[rows]
    return Result(
        columns=columns,
        texts=tuple(alignment.texts[row] for row in rows),
        probability=by_row[:, rows].T,
        rank=ranks,
        ids=np.empty(0, dtype=np.int64) if alignment.by_text else rows,
        by_text=alignment.by_text,
        tokens=tokens,
        params=params,
    )


def _largest_differences(by_row: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Return the rows that differ most from the first column, (≤ count,), ties by row."""
    p = np.nan_to_num(by_row)
    size = np.abs(p - p[0]).max(axis=0) if len(p) > 1 else p[0]
    if size.size > count:
        likely = np.flatnonzero(size >= np.partition(size, size.size - count)[size.size - count])
    else:
        likely = np.arange(size.size)
    order: NDArray[np.int64] = likely[np.argsort(-size[likely], kind="stable")][:count]
    return order
