"""The sampler chain: what each sampler received and left, and where the draw landed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.continuation import PlaceResult
from laminoscope_core.plots.prompts import (
    line_table,
    place_after,
    probability,
    prompt_end,
    stage_title,
)
from laminoscope_core.plots.shown import (
    Axis,
    Curve,
    Entry,
    Floats,
    Frame,
    Mark,
    Points,
    Rule,
    Shown,
    Steps,
    Texts,
)
from laminoscope_core.sampling.candidates import Candidates, Draw
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_core.sampling.samplers import SAMPLERS
from laminoscope_core.sampling.stages import Stage, Stages
from laminoscope_core.text import Verbatim, how_many, visible_text

__all__ = ["View", "bars_of", "chooser", "counted", "show", "stretches", "why"]

_FEWEST, _MOST = 16, 48
"""Bars of a stage, as far as it has received so many candidates."""
_MOST_STRETCHES = 400
_LONGEST = 120  # characters of a reason
_FADED = 0.4
_FEW_DECADES = 30  # a logarithmic axis is for counts that differ by more
_ROOM = 12  # bars that a stage has room for, at least
_MOST_STAGES = 24
_CHARACTER, _MIDDLE = 0.045, 0.3  # of a stretch: width of a character, place of its name
_TICKS = (1.0, 0.5, 0.1, 0.01, 0.001)
_COLUMNS: Mapping[str, Any] = {
    **{"part": "", "stage": -1, "label": "", "bar": -1, "token_id": -1, "token": ""},
    **{"before": np.nan, "after": np.nan, "taken": True, "weight": np.nan, "cut": np.nan},
    **{"n_left": -1, "removed_mass": np.nan, "entropy": np.nan, "perplexity": np.nan},
    **{"low": np.nan, "high": np.nan, "middle": np.nan, "u": np.nan, "reason": ""},
}
"""The columns of the table, and what stands where a line has nothing."""


@dataclass(frozen=True)
class View:
    """What is shown: the chain after which prompt, from 0."""

    prompt: int = 0


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a frame per stage that did anything, survivors and entropy by stage, and the draw.

    Bars stand on a scale of square roots, so that small probabilities can be seen.
    """
    result = results["continuation"]
    after: PlaceResult = place_after(result, view.prompt)
    stages, tokens = after.stages, result.tokens
    frames: dict[str, Frame] = {}
    changed = [number for number, stage in enumerate(stages) if _acts(stage)]
    for number in changed[:_MOST_STAGES]:
        frames |= _stage(number, stages[number], stages.top)
    frames["survivors"], frames["entropy"] = _summary(stages)
    frames["draw"] = _draw(stages, after.draw, tokens)
    return Shown(
        frames,
        lambda: line_table(_lines(after, tokens), _COLUMNS),
        title=f"After {prompt_end(tokens.text_before(after.place))}: {counted(stages)}",
        note=counted(stages),
        key=(
            Entry("received", "grid", "band"),
            Entry("left", "v", "band"),
            Entry("cut", "accent", "dashed"),
            Entry("random number u", "text", "upright"),
        ),
        arranged="flow",
    )


def counted(stages: Stages) -> str:
    """Return how many candidates a chain leaves, and how certain."""
    raw, final = stages.raw, stages.final
    counts = f"{len(raw):,} → {how_many(len(final), 'candidate')}"
    return f"{counts} · entropy {raw.entropy:.2f} → {final.entropy:.2f} nats"


def bars_of(stage: Stage) -> tuple[NDArray[np.int64], Floats]:
    """Return the best tokens that a sampler received, and their probabilities, (n_bars,)."""
    widest = max([len(stage.kept), *(len(branch.kept) for branch in stage.branches)])
    n_bars = min(max(widest + 6, _FEWEST), _MOST, len(stage.received))
    return stage.received.ids[:n_bars], stage.received.probabilities[:n_bars]


def stretches(stages: Stages) -> tuple[list[int], Floats]:
    """Return the best tokens left, n ≤ 400, and the running sum of their p from 0, (n + 1,)."""
    best = stages.final.probabilities[:_MOST_STRETCHES]
    return stages.final.ids[: best.size].tolist(), np.concatenate(([0.0], np.cumsum(best)))


def chooser(stages: Stages) -> str:
    """Return the title of the sampler that takes over the final choice; empty if none does."""
    return next((SAMPLERS[stage.name].title for stage in stages if stage.draw is not None), "")


def why(reason: str) -> str:
    """Return a reason without the sampler's name.

    Examples
    --------
    >>> why("top_k: the best 2 of 5")
    'the best 2 of 5'
    """
    return reason.partition(": ")[2]


def _acts(stage: Stage) -> bool:
    """Return whether a sampler does anything; XTC may have had other luck."""
    return stage.kept is not stage.received or bool(stage.branches)


def _stage(number: int, stage: Stage, top: float) -> dict[str, Frame]:
    """Return the frame of a stage, or one for each of the two things that XTC may do."""
    title = f"{number + 1}  {SAMPLERS[stage.name].title}"
    gone = f", −{100 * stage.removed_mass:.3g} %" if stage.removed_mass > 0 else ""
    left = f"{len(stage.kept):,} left{gone}, entropy {stage.entropy:.2f}"
    if not stage.branches:
        said = f"{title}\n{left}\n{_short(stage.reason)}"
        return {f"stage {number}": _bars(stage, stage.kept, said, top, faded=False)}
    frames = {}
    for way, branch in enumerate(stage.branches):
        taken = branch.kept is stage.kept
        said = f"{title}, {100 * branch.weight:.0f} %{', taken' if taken else ''}"
        said += f"\n{len(branch.kept):,} left\n{_short(branch.reason)}"
        frames[f"stage {number} branch {way}"] = _bars(
            stage, branch.kept, said, top, faded=not taken
        )
    return frames


def _short(reason: str) -> str:
    return visible_text(why(reason), spaces=False, limit=_LONGEST)


def _bars(stage: Stage, kept: Candidates, title: str, top: float, *, faded: bool) -> Frame:
    ids, before = bars_of(stage)
    edges = np.arange(ids.size + 1, dtype=np.float64) - 0.5
    after, alpha = kept.by_token()[ids], _FADED if faded else 1.0
    marks: dict[str, Mark] = {
        "received": Steps(edges=edges, heights=before, colour="grid", filled=True),
        "left": Steps(edges=edges, heights=after, colour="v", filled=True, alpha=alpha),
    }
    if stage.cut_probability is not None and 0 < stage.cut_probability <= top:
        marks["cut"] = Rule(at=stage.cut_probability, across="y", colour="accent", dashed=True)
    return Frame(
        Axis(-0.6, max(before.size, _ROOM) - 0.4, ticks=()),
        Axis(0.0, top * 1.1, "p (√ scale)", root=True, ticks=_ticks(top)),
        marks,
        title=title,
        grid=False,
    )


def _ticks(top: float) -> tuple[tuple[float, str], ...]:
    """Return probabilities whose square roots stand apart."""
    chosen: list[float] = []
    for tick in _TICKS:
        room = np.sqrt(chosen[-1] / top) - np.sqrt(tick / top) if chosen else np.inf
        if tick <= top * 1.001 and room >= 0.2:
            chosen.append(tick)
    return tuple((tick, f"{tick:g}") for tick in chosen)


def _summary(stages: Stages) -> tuple[Frame, Frame]:
    labels = ("model", *map(stage_title, stages.labels))
    at = np.arange(len(labels), dtype=np.float64)
    each = [stages.raw, *(stage.kept for stage in stages)]
    counts = np.array([len(candidates) for candidates in each], dtype=np.float64)
    entropies = np.array([candidates.entropy for candidates in each])
    few = counts.max() < _FEW_DECADES * counts.min()
    most = float(counts.max())
    down = Axis(at.size - 0.4, -0.6, ticks=tuple(zip(at.tolist(), labels, strict=True)))
    left = Axis(0.0 if few else 0.7, most * 1.2, "candidates left", log=not few)
    nats = Axis(0.0, max(float(entropies.max()) * 1.1, 1e-6), "entropy (nats)")
    frames = []
    for values, axis, colour in ((counts, left, "category 0"), (entropies, nats, "category 1")):
        marks: dict[str, Mark] = {
            "curve": Curve(x=values, y=at, colour=colour),
            "points": Points(x=values, y=at, colour=colour),
        }
        frames.append(Frame(axis, down, marks, aspect=0.3, lines=1.3 * at.size + 1, grid=False))
    return frames[0], frames[1]


def _draw(stages: Stages, draw: Draw, tokens: NextTokens) -> Frame:
    """Return the candidates that are left end to end, and where the seed's number landed."""
    ids, edges = stretches(stages)
    steps = np.arange(len(ids))
    marks: dict[str, Mark] = {}
    for name, chosen, colour, alpha in (
        ("even", steps % 2 == 0, "v", 1.0), ("odd", steps % 2 == 1, "v", 0.5),
        ("chosen", steps == draw.rank - 1, "accent", 1.0),
    ):  # fmt: skip
        marks[name] = Steps(
            edges=edges, heights=chosen.astype(np.float64), colour=colour, filled=True,
            alpha=alpha, width=0.3,
        )  # fmt: skip
    middles, widths = (edges[1:] + edges[:-1]) / 2, np.diff(edges)
    names = [Verbatim(visible_text(tokens.text_of(token), limit=14)) for token in ids]
    room = np.array([len(name) * _CHARACTER for name in names])
    named = np.flatnonzero(widths >= room)
    marks["tokens"] = Texts(
        x=middles[named], y=np.full(named.size, _MIDDLE), colour="text",
        texts=tuple(names[at] for at in named), align=("center",) * named.size,
    )  # fmt: skip
    if not np.isnan(draw.u):
        marks["u"] = Rule(at=draw.u, colour="text", width=1.2)
    token = visible_text(tokens.text_of(draw.token), limit=24)
    token += f", rank {draw.rank:,}, p = {probability(draw.probability)}"
    by = f" by {chooser(stages)}" if chooser(stages) else ""
    where = "nothing to draw" if np.isnan(draw.u) else f"u = {draw.u:.4f}"
    return Frame(
        Axis(0.0, 1.0, "random number u"),
        Axis(0.0, 1.2, ticks=()),
        marks,
        title=f"Draw{by}: {where}\n{token}",
        aspect=0.25,
        grid=False,
    )


def _lines(after: PlaceResult, tokens: NextTokens) -> Iterator[dict[str, Any]]:
    """Yield one line per mark.

    ``"bar"`` is a token before and after a stage, with ``"branch 0"`` and ``"branch 1"`` for
    what XTC leaves when it acts and when it does not; ``"stage"`` the numbers of a stage, the
    model first as stage −1; ``"draw"`` a candidate's stretch of the random numbers.
    """
    stages = after.stages
    nothing_cut = {"reason": "no probability divides what is kept from what is cut"}
    yield {"part": "stage", "label": "model", **_certainty(stages.raw), **nothing_cut}
    for number, (label, stage) in enumerate(zip(stages.labels, stages, strict=True)):
        named = {"stage": number, "label": label}
        yield {
            "part": "stage",
            **named,
            "removed_mass": stage.removed_mass,
            **_certainty(stage.kept),
            **(nothing_cut if stage.cut_probability is None else {"cut": stage.cut_probability}),
        }
        if _acts(stage):
            for line in _bar_lines(stage, tokens):
                yield {**named, **line}
    ids, edges = stretches(stages)
    for bar, token in enumerate(ids):
        low, high = float(edges[bar]), float(edges[bar + 1])
        yield {
            "part": "draw",
            "bar": bar,
            "token_id": token,
            "token": tokens.text_of(token),
            "taken": bar + 1 == after.draw.rank,
            "low": low,
            "high": high,
            "middle": (low + high) / 2,
            "u": after.draw.u,
            "reason": "no number was drawn" if np.isnan(after.draw.u) else "",
        }


def _certainty(candidates: Candidates) -> dict[str, Any]:
    return {
        "n_left": len(candidates),
        "entropy": candidates.entropy,
        "perplexity": candidates.perplexity,
    }


def _bar_lines(stage: Stage, tokens: NextTokens) -> Iterator[dict[str, Any]]:
    ids, before = bars_of(stage)
    ways = [("bar", stage.kept, True, np.nan)]
    ways += [
        (f"branch {way}", branch.kept, branch.kept is stage.kept, branch.weight)
        for way, branch in enumerate(stage.branches)
    ]
    for part, kept, taken, weight in ways:
        after = kept.by_token()[ids]
        for bar, token in enumerate(ids.tolist()):
            yield {
                "part": part,
                "bar": bar,
                "token_id": token,
                "token": tokens.text_of(token),
                "before": float(before[bar]),
                "after": float(after[bar]),
                "taken": taken,
                "weight": weight,
            }
