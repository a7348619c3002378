"""Compare: next-token probabilities of several columns side by side, against the first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.comparison import ComparedColumn, Result
from laminoscope_core.plots.prompts import probability, prompt_end
from laminoscope_core.plots.shown import Axis, Bars, Frame, Mark, Rule, Shown
from laminoscope_core.sampling.columns import CURRENT_CHAIN, MODEL_ALONE, letter
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many

__all__ = ["View", "show"]

_COLUMNS = ("row", "token", "watched", "column", "token_id", "rank", "probability", "reference")


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    watched : tuple of str
        Texts whose first tokens stand above all others.
    candidate : int or None
        The selected token, which is marked.
    count : int
        So many of the tokens with the largest differences.
    """

    watched: tuple[str, ...] = ()
    candidate: int | None = None
    count: int = 16


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a frame of bars for each column, the reference behind them.

    Ranks are 0 for tokens that were removed, −1 for those not in the vocabulary.
    """
    result: Result = results["comparison"]
    lines = [*_lines(result, view)]
    columns: dict[str, Any] = {name: np.array([line[name] for line in lines]) for name in _COLUMNS}
    distances = np.array([each.distance for each in result.columns])
    columns["distance"] = distances[columns["column"].astype(int)]
    columns["token"] = [line["token"] for line in lines]
    columns["change"] = columns["probability"] - columns["reference"]
    columns["reason"] = [_reason(line, result.columns) for line in lines]
    columns["selected"] = columns["token_id"] == (-2 if view.candidate is None else view.candidate)
    known = columns["probability"][np.isfinite(columns["probability"])]
    top = float(known.max(initial=0.0)) * 1.02 or 1.0
    frames = {}
    for number, each in enumerate(result.columns):
        here = np.flatnonzero(columns["column"] == number)
        frames[f"column {number}"] = _frame(number, each, columns, here, top)
    note = how_many(len(frames), "column")
    return Shown(frames, lambda: Table(columns), arranged="flow", note=note)


def _frame(
    number: int, column: ComparedColumn, columns: Mapping[str, Any], here: Any, top: float
) -> Frame:
    at = columns["row"][here].astype(np.float64)
    tokens = [columns["token"][index] for index in here]
    texts = [_number(number, columns, index) for index in here]
    marks: dict[str, Mark] = {
        "reference": Bars(
            at=at, lengths=columns["reference"][here], colour="grid", alpha=0.4 if number else 0.0
        ),
        "bars": Bars(
            at=at, lengths=columns["probability"][here], thickness=0.42, colour="v",
            stands_for={"candidate": columns["token_id"][here]}, says=lambda index: texts[index],
        ),
        "selected": Bars(
            at=at[columns["selected"][here]], colour="accent", alpha=0.25, selection=True,
            lengths=columns["probability"][here][columns["selected"][here]],
        ),
    }  # fmt: skip
    n_watched = int(columns["watched"][here].sum())
    if 0 < n_watched < here.size:
        marks["watched"] = Rule(at=n_watched - 0.5, across="y", colour="muted")
    ranks = columns["rank"][here]
    return Frame(
        Axis(0.0, top, "probability" if number == 0 else f"probability (grey: {letter(0)})"),
        Axis(here.size - 0.4, -0.6, ticks=tuple(zip(at.tolist(), tokens, strict=True)), mono=True),
        marks,
        title="\n".join(_head(number, column)),
        aspect=0.0,
        lines=1.15 * max(here.size, 3) + 1,
        grid=False,
        beside=tuple(
            (row, text, "text" if rank > 0 else "muted")
            for row, text, rank in zip(at.tolist(), texts, ranks.tolist(), strict=True)
        ),
    )


def _head(number: int, column: ComparedColumn) -> list[str]:
    """Return what a column is, and how far it is from the first one, or why that is unknown."""
    asked = column.column
    chains = {MODEL_ALONE: "model alone", CURRENT_CHAIN: "after the chain"}
    chain = chains.get(asked.chain, f"chain {asked.chain}")
    what = f"{f'{column.model}, ' if column.model else ''}{chain}{', chat' if column.chat else ''}"
    if column.reason:
        last = f"empty: {column.reason}"
    elif number == 0:
        last = "reference"
    elif np.isnan(column.distance):
        last = f"no distance: {column.why_no_distance}"
    else:
        last = f"Jensen–Shannon distance {column.distance:.3f}"
    return [f"{letter(number)}  {prompt_end(column.prompt, 20)}", what, last]


def _lines(result: Result, view: View) -> Iterator[dict[str, Any]]:
    """Yield a line per token and column, the watched tokens first."""
    rows = [(text, True, result.standing(text)) for text in view.watched]
    listed = result.texts[: view.count]
    rows += [(text, False, result.listed(row)) for row, text in enumerate(listed)]
    for row, (text, is_watched, standings) in enumerate(rows):
        for column, standing in enumerate(standings):
            yield {
                "row": row,
                "token": text,
                "watched": is_watched,
                "column": column,
                "token_id": standing.token,
                "rank": standing.rank,
                "probability": standing.probability,
                "reference": standings[0].probability,
            }


def _reason(line: Mapping[str, Any], columns: Sequence[ComparedColumn]) -> str:
    """Return why numbers of a line are undefined, empty where none is."""
    column, first = columns[line["column"]], columns[0]
    reasons = {
        column.why_no_probability: np.isnan(line["probability"]),
        column.why_no_distance: np.isnan(column.distance),
        f"no reference: {first.why_no_probability}": np.isnan(line["reference"]),
    }
    return "; ".join(reason for reason, undefined in reasons.items() if reason and undefined)


def _number(column: int, columns: Mapping[str, Any], index: int) -> str:
    rank, p, change = (float(columns[name][index]) for name in ("rank", "probability", "change"))
    if rank <= 0:
        return "out" if rank == 0 else "–"
    if column == 0:
        return probability(p)
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{probability(abs(change))}"
