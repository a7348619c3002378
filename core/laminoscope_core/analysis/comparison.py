"""Columns of next-token distributions side by side: prompts, models, templates and chains.

The first column is the reference that the others are held against.  Tokens are matched by their
ids where all columns share a vocabulary, else by their exact texts; then a distance over tokens
is not defined.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import continuation
from laminoscope_core.analysis.compared_column import (
    NOT_READ,
    ComparedColumn,
    bound_chain,
    compared_column,
    texts_of,
    with_distance,
)
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.job import Job
from laminoscope_core.sampling.alignment import align
from laminoscope_core.sampling.columns import CURRENT_CHAIN, Column
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_core.sampling.vocabulary import find_token
from laminoscope_core.tables import Arrays, Table

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

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

    @property
    def tokenizers(self) -> "tuple[PreTrainedTokenizerBase, ...]":
        """The tokenizers of the models of columns that are shown, as far as these are open."""
        shown = (each.column for each in self.columns if each.probabilities.size)
        bound = (bound_chain(column, self.tokens).tokenizer for column in shown)
        return tuple({id(each): each for each in bound if each is not None}.values())

    def listed(self, row: int) -> tuple[Standing, ...]:
        """Return where a listed token stands in every column."""
        token = int(self.ids[row]) if self.ids.size else -1
        places = zip(self.rank[row].tolist(), self.probability[row].tolist(), strict=True)
        return tuple(Standing(token, 1, rank, p) for rank, p in places)

    def standing(self, text: str) -> tuple[Standing, ...]:
        """Return where a text's first token stands in every column."""
        return tuple(self._standing(each, text) for each in self.columns)

    def _standing(self, each: ComparedColumn, text: str) -> Standing:
        nothing = Standing(-1, 0, -1, np.nan)
        if not each.probabilities.size:  # it could not be shown: its prompt may be gone
            return nothing
        tokenizer = bound_chain(each.column, self.tokens).tokenizer
        if tokenizer is not None:
            token, n_tokens = find_token(tokenizer, text)
        elif not each.column.model:  # of a session whose model is not open
            token, n_tokens = self.tokens.first_token(text)
        else:
            return nothing
        if not n_tokens or token >= each.probabilities.size:
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
    key = f"comparison of {chosen!r}, {params!r}"
    by_chain = any(column.chain == CURRENT_CHAIN for column in chosen)
    if not by_chain and key in tokens.remembered:
        known: Result = tokens.remembered[key]
        return known
    columns = []
    for number, column in enumerate(chosen):
        job.report(number / len(chosen), f"column {number + 1} of {len(chosen)}")
        columns.append(compared_column(column, applied))
    for number, each in enumerate(columns):
        job.check()
        columns[number] = with_distance(each, columns[0], tokens)
    job.check()
    result = _side_by_side(tuple(columns), tokens, params, job)
    if not by_chain:
        tokens.remembered[key] = result
    return result


def tables(result: Result) -> Mapping[str, Table | Arrays]:
    """Return ``continuation/comparison.csv``: the listed tokens, a line per token and column."""
    row, at = (axis.ravel().tolist() for axis in np.indices(result.rank.shape))
    probability = result.probability.ravel()
    columns = [result.columns[number] for number in at]
    each: dict[str, Any] = {
        "token": [result.texts[number] for number in row],
        "column": [number + 1 for number in at],
        "prompt": [column.prompt for column in columns],
        "model": [column.model for column in columns],
        "chat": [column.chat for column in columns],
        "chain": [column.column.chain for column in columns],
        "rank": [rank if rank >= 0 else np.nan for rank in result.rank.ravel().tolist()],
        "probability": probability,
        "reason": [
            column.why_no_probability if undefined else ""
            for column, undefined in zip(columns, np.isnan(probability), strict=True)
        ],
    }
    return {"continuation/comparison.csv": Table(each)}


def _side_by_side(
    columns: tuple[ComparedColumn, ...], tokens: NextTokens, params: Params, job: Job
) -> Result:
    # an empty column has no place in the list of tokens
    filled = [number for number, each in enumerate(columns) if each.probabilities.size]
    if not filled:
        nothing = np.empty((0, len(columns)))
        ranks = nothing.astype(np.int64)
        return Result(columns, (), nothing, ranks, ranks[:, 0], False, tokens, params)
    alignment = align(
        [(texts_of(columns[n], tokens), columns[n].probabilities.size) for n in filled]
    )
    by_row = np.full((len(columns), len(alignment.texts)), np.nan)
    for at, number in enumerate(filled):
        job.check()
        p = columns[number].probabilities
        by_row[number] = p if not alignment.by_text else alignment.probabilities(at, p)
    rows = _largest_differences(by_row[filled], params.n_listed)
    ranks = np.full((rows.size, len(columns)), -1, dtype=np.int64)
    for at, number in enumerate(filled):
        job.check()
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
