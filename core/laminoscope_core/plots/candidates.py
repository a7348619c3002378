"""Candidates: the best next tokens, with their probabilities before and after the chain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.continuation import Result
from laminoscope_core.analysis.registry import BEFORE
from laminoscope_core.plots.prompts import place_after, probability, prompt_end
from laminoscope_core.plots.shown import Axis, Bars, Entry, Frame, Mark, Points, Shown
from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.stages import Stages
from laminoscope_core.tables import Table

__all__ = ["CandidateRows", "View", "candidate_rows", "show", "unaltered_candidates"]


@dataclass(frozen=True, eq=False)
class CandidateRows:
    """One row per token, best first as the model ranks them.

    Attributes
    ----------
    ids : ndarray of int64, (n,)
    logits, raw : ndarray of float64, (n,)
        The model's score and probability.
    final : ndarray of float64, (n,)
        Probability after the chain; 0 for removed tokens.
    removed_by : ndarray of int16, (n,)
        Number of the stage that removed the token; −1 for survivors.
    labels : tuple of str
        The stages' names.
    largest : float
        The largest probability before or after, for bars of one scale.
    unaltered : ndarray of float64, (n,), or None
        The probability of the model as it is, where these are of the altered one and the text is
        the same.
    """

    ids: NDArray[np.int64]
    logits: NDArray[np.float64]
    raw: NDArray[np.float64]
    final: NDArray[np.float64]
    removed_by: NDArray[np.int16]
    labels: tuple[str, ...]
    largest: float
    unaltered: NDArray[np.float64] | None = None

    def __len__(self) -> int:
        return self.ids.size

    def find(self, wanted: str, texts: Sequence[str], start: int = 0) -> int | None:
        """Return the first row from ``start`` whose token contains a text, else the first of all.

        Parameters
        ----------
        wanted : str
        texts : sequence of str
            The exact text of every token, by id.
        start : int
        """
        has = np.zeros(max(len(texts), int(self.ids.max()) + 1), dtype=bool)
        has[[token for token, text in enumerate(texts) if wanted in text]] = True
        rows = np.flatnonzero(has[self.ids])
        if not rows.size:
            return None
        later = rows[rows >= start]
        return int(later[0] if later.size else rows[0])


def candidate_rows(stages: Stages, unaltered: Candidates | None = None) -> CandidateRows:
    """Return all candidates, those of the model as it is beside them if they are given.

    Examples
    --------
    >>> from laminoscope_core.sampling import Chain
    >>> rows = candidate_rows(Chain.from_list([{"sampler": "top_k", "k": 1}]).apply([0.0, 1.0]))
    >>> rows.ids, rows.final, [rows.labels[number] for number in rows.removed_by[1:]]
    (array([1, 0]), array([1., 0.]), ['top_k'])
    """
    raw, final = stages.raw, stages.final
    removed_by = np.full(raw.vocabulary, -1, dtype=np.int16)
    for number, stage in enumerate(stages):
        if len(stage.kept) < len(stage.received):
            there = np.zeros(raw.vocabulary, dtype=bool)
            there[stage.received.ids] = True
            there[stage.kept.ids] = False
            removed_by[there] = number
    return CandidateRows(
        ids=raw.ids,
        logits=raw.logits,
        raw=raw.probabilities,
        final=final.by_token()[raw.ids],
        removed_by=removed_by[raw.ids],
        labels=stages.labels,
        largest=max(float(raw.probabilities[0]), float(final.probabilities[0])),
        unaltered=None if unaltered is None else unaltered.by_token()[raw.ids],
    )


def unaltered_candidates(results: Mapping[str, Any], prompt: int) -> Candidates | None:
    """Return what the model as it is says after a text that the altered one has read as well."""
    own, before = results["continuation"], results.get(BEFORE + "continuation")
    if before is None or len(before.places) != len(own.places):
        return None
    one, other = place_after(own, prompt), place_after(before, prompt)
    same = one.place.generated == other.place.generated
    same = same and one.place.rendered.token_ids == other.place.rendered.token_ids
    return other.stages.raw if same else None


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
    rows = candidate_rows(after.stages, unaltered_candidates(results, view.prompt))
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
                **({} if rows.unaltered is None else {"before": rows.unaltered[shown]}),
                "chain": rows.final[shown],
                "removed_by": removed,
                "selected": selected,
            }
        )

    stands_for = {"candidate": rows.ids[shown]}
    before: dict[str, Mark] = {}
    key: tuple[Entry, ...] = (Entry("model", "grid", "band"), Entry("after the chain", "v", "band"))
    if rows.unaltered is not None:
        before["before"] = Points(
            x=rows.unaltered[shown], y=at, marker="diamond", colour="text", size=0.8
        )
        key = (*key, Entry("model before", "text", "marker", "diamond"))
    widest = max(rows.largest, 0.0 if rows.unaltered is None else float(rows.unaltered.max()))
    frame = Frame(
        Axis(0.0, widest * 1.02 or 1.0, "probability"),
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
            **before,
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
        key=key,
    )


def _change(rows: CandidateRows, row: int, gone: str) -> str:
    now = f"out: {gone.replace('_', ' ')}" if gone else probability(float(rows.final[row]))
    return f"{probability(float(rows.raw[row]))} → {now}"
