"""Candidates: the best next tokens, with their probabilities before and after the chain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.plots.prompts import place_after, probability, prompt_end
from laminoscope_core.plots.shown import Axis, Bars, Entry, Frame, Shown
from laminoscope_core.sampling.views import CandidateRows, candidate_rows
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from laminoscope_core.analysis.continuation import Result

__all__ = ["View", "show"]


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    prompt : int
        After which prompt, from 0.
    candidate : int or None
        The selected token, which is marked, and added if it is not among the best.
    count : int
        So many of the best.
    """

    prompt: int = 0
    candidate: int | None = None
    count: int = 20


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return two bars a candidate, by the model's rank, and its numbers beside them."""
    result: Result = results["continuation"]
    after = place_after(result, view.prompt)
    rows = candidate_rows(after.stages)
    shown = np.arange(min(view.count, len(rows)))
    if view.candidate is not None:
        shown = np.union1d(shown, np.flatnonzero(rows.ids == view.candidate))
    at = np.arange(shown.size, dtype=np.float64)
    tokens = [result.tokens.text_of(int(token)) for token in rows.ids[shown]]
    removed = [rows.labels[number] if number >= 0 else "" for number in rows.removed_by[shown]]
    selected = rows.ids[shown] == view.candidate

    def says(index: int) -> str:
        return f"rank {shown[index] + 1:,}  {_change(rows, int(shown[index]), removed[index])}"

    def table() -> Table:
        return Table(
            {
                "rank": shown + 1,
                "token_id": rows.ids[shown],
                "token": tokens,
                "logit": rows.logits[shown],
                "model": rows.raw[shown],
                "chain": rows.final[shown],
                "removed_by": removed,
                "selected": selected,
            }
        )

    stands_for = {"candidate": rows.ids[shown]}
    frame = Frame(
        Axis(0.0, rows.largest * 1.02 or 1.0, "probability"),
        Axis(
            shown.size - 0.4, -0.6, mono=True,
            ticks=tuple(enumerate(tokens)),
        ),
        {
            "model": Bars(
                at=at, lengths=rows.raw[shown], colour="grid", alpha=0.4,
                stands_for=stands_for, says=says,
            ),
            "chain": Bars(at=at, lengths=rows.final[shown], thickness=0.42, colour="v"),
            "selected": Bars(
                at=at[selected], lengths=np.maximum(rows.raw, rows.final)[shown][selected],
                colour="accent", alpha=0.25, selection=True,
            ),
        },
        aspect=0.0,
        lines=1.15 * max(shown.size, 3) + 1,
        grid=False,
        beside=tuple(
            (
                float(row),
                f"{shown[row] + 1:,}.  {_change(rows, int(shown[row]), gone)}",
                "muted" if gone else "text",
            )
            for row, gone in enumerate(removed)
        ),
    )  # fmt: skip
    left = f"{len(after.stages.final):,} of {len(after.stages.raw):,} left by the chain"
    return Shown(
        {"candidates": frame},
        table,
        title=f"After {prompt_end(result.tokens.text_before(after.place))}: {left}",
        note=left,
        key=(Entry("model", "grid", "band"), Entry("after the chain", "v", "band")),
    )


def _change(rows: CandidateRows, row: int, gone: str) -> str:
    now = f"out: {gone.replace('_', ' ')}" if gone else probability(float(rows.final[row]))
    return f"{probability(float(rows.raw[row]))} → {now}"
