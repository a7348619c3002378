"""The sampler chain: what each sampler received and left, and where the draw landed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.plots.prompts import line_table, place_after, probability, prompt_end
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
from laminoscope_core.sampling.views import ChainView, DrawView, StageView, chain_view
from laminoscope_core.tables import Table
from laminoscope_core.text import visible_text

if TYPE_CHECKING:
    from laminoscope_core.analysis.continuation import Result

__all__ = ["View", "show"]

_LONGEST = 120  # characters of a reason
_FADED = 0.4
_FEW_DECADES = 30  # a logarithmic axis is for counts that differ by more
_FEWEST = 12  # bars that a stage has room for
_MOST_STAGES = 24
_CHARACTER, _MIDDLE = 0.045, 0.3  # of a stretch: width of a character, place of its name
_TICKS = (1.0, 0.5, 0.1, 0.01, 0.001)
_COLUMNS: Mapping[str, Any] = {
    **{"part": "", "stage": -1, "label": "", "bar": -1, "token_id": -1, "token": ""},
    **{"before": np.nan, "after": np.nan, "taken": True, "weight": np.nan, "cut": np.nan},
    **{"n_left": -1, "removed_mass": np.nan, "entropy": np.nan, "perplexity": np.nan},
    **{"low": np.nan, "high": np.nan, "middle": np.nan, "u": np.nan},
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
    result: Result = results["continuation"]
    after = place_after(result, view.prompt)
    shown = chain_view(after.stages, after.draw, result.tokens.text_of)
    frames: dict[str, Frame] = {}
    changed = [(n, s) for n, s in enumerate(shown.stages) if s.changes or s.branches]
    for number, stage in changed[:_MOST_STAGES]:
        frames |= _stage(number, stage, shown.top)
    frames["survivors"], frames["entropy"] = _summary(shown)
    frames["draw"] = _draw(shown.draw)

    def rows() -> Table:
        return line_table(_lines(shown, result), _COLUMNS)

    before, left = shown.entropies
    counts = f"{shown.n_candidates:,} → {shown.n_left:,} candidates"
    return Shown(
        frames,
        rows,
        title=f"After {prompt_end(result.tokens.text_before(after.place))}: {counts},"
        f" entropy {before:.2f} → {left:.2f} nats",
        note=counts,
        key=(
            Entry("received", "grid", "band"),
            Entry("left", "v", "band"),
            Entry("cut", "accent", "dashed"),
            Entry("random number u", "text", "upright"),
        ),
        arranged="flow",
    )


def _stage(number: int, stage: StageView, top: float) -> dict[str, Frame]:
    """Return the frame of a stage, or one for each of the two things that XTC may do."""
    title = f"{number + 1}  {stage.title}"
    gone = f", −{100 * stage.removed_mass:.3g} %" if stage.removed_mass > 0 else ""
    left = f"{stage.n_left:,} left{gone}, H {stage.entropy:.2f}"
    reason = visible_text(stage.reason, spaces=False, limit=_LONGEST)
    if not stage.branches:
        said = f"{title}\n{left}\n{reason}"
        return {f"stage {number}": _bars(stage, stage.after, said, top, faded=False)}
    frames = {}
    for way, branch in enumerate(stage.branches):
        said = f"{title}, {100 * branch.weight:.0f} %{', taken' if branch.taken else ''}"
        reason = visible_text(branch.reason, spaces=False, limit=_LONGEST)
        said += f"\n{branch.n_left:,} left\n{reason}"
        frames[f"stage {number} branch {way}"] = _bars(
            stage, branch.after, said, top, faded=not branch.taken
        )
    return frames


def _bars(stage: StageView, after: Floats, title: str, top: float, *, faded: bool) -> Frame:
    edges = np.arange(stage.ids.size + 1, dtype=np.float64) - 0.5
    alpha = _FADED if faded else 1.0
    marks: dict[str, Mark] = {
        "received": Steps(edges=edges, heights=stage.before, colour="grid", filled=True),
        "left": Steps(edges=edges, heights=after, colour="v", filled=True, alpha=alpha),
    }
    if stage.cut_probability is not None and 0 < stage.cut_probability <= top:
        marks["cut"] = Rule(at=stage.cut_probability, across="y", colour="accent", dashed=True)
    return Frame(
        Axis(-0.6, max(stage.ids.size, _FEWEST) - 0.4, ticks=()),
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


def _summary(shown: ChainView) -> tuple[Frame, Frame]:
    labels = ("model", *(stage.label.replace("_", " ") for stage in shown.stages))
    at = np.arange(len(labels), dtype=np.float64)
    counts = np.array([shown.n_candidates, *(s.n_left for s in shown.stages)], dtype=np.float64)
    entropies = np.array([shown.entropies[0], *(s.entropy for s in shown.stages)])
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


def _draw(view: DrawView) -> Frame:
    """Return the candidates that are left end to end, and where the seed's number landed."""
    draw, rank = view.draw, view.draw.rank
    steps = np.arange(view.ids.size)
    marks: dict[str, Mark] = {}
    for name, chosen, colour, alpha in (
        ("even", steps % 2 == 0, "v", 1.0), ("odd", steps % 2 == 1, "v", 0.5),
        ("chosen", steps == rank - 1, "accent", 1.0),
    ):  # fmt: skip
        marks[name] = Steps(
            edges=view.edges, heights=chosen.astype(np.float64), colour=colour, filled=True,
            alpha=alpha, width=0.3,
        )  # fmt: skip
    middles, widths = (view.edges[1:] + view.edges[:-1]) / 2, np.diff(view.edges)
    names = [visible_text(text, limit=14) for text in view.texts]
    room = np.array([len(name) * _CHARACTER for name in names])
    named = np.flatnonzero(widths >= room)
    marks["tokens"] = Texts(
        x=middles[named], y=np.full(named.size, _MIDDLE), colour="text",
        texts=tuple(names[at] for at in named), align=("center",) * named.size,
    )  # fmt: skip
    if not np.isnan(draw.u):
        marks["u"] = Rule(at=draw.u, colour="text", width=1.2)
    token = visible_text(view.text_of_draw, limit=24)
    by = f" by {view.chooser}" if view.chooser else ""
    where = "nothing to draw" if np.isnan(draw.u) else f"u = {draw.u:.4f}"
    return Frame(
        Axis(0.0, 1.0, "random number u"),
        Axis(0.0, 1.2, ticks=()),
        marks,
        title=f"Draw{by}: {where}\n{token}, rank {rank:,}, p = {probability(draw.probability)}",
        aspect=0.25,
        grid=False,
    )


def _lines(shown: ChainView, result: "Result") -> Iterator[dict[str, Any]]:
    """Yield one line per mark.

    ``"bar"`` is a token before and after a stage, with ``"branch 0"`` and ``"branch 1"`` for
    what XTC leaves when it acts and when it does not; ``"stage"`` the numbers of a stage, the
    model first as stage −1; ``"draw"`` a candidate's stretch of the random numbers.
    """
    yield {
        "part": "stage",
        "label": "model",
        "n_left": shown.n_candidates,
        "entropy": shown.entropies[0],
        "perplexity": float(np.exp(shown.entropies[0])),
    }
    for number, stage in enumerate(shown.stages):
        yield {
            "part": "stage",
            "stage": number,
            "label": stage.label,
            "cut": np.nan if stage.cut_probability is None else stage.cut_probability,
            "n_left": stage.n_left,
            "removed_mass": stage.removed_mass,
            "entropy": stage.entropy,
            "perplexity": stage.perplexity,
        }
        if stage.changes or stage.branches:  # XTC may have had other luck
            yield from _bar_lines(number, stage, result)
    yield from _stretches(shown.draw)


def _bar_lines(number: int, stage: StageView, result: "Result") -> Iterator[dict[str, Any]]:
    ways = [("bar", stage.after, True, np.nan)]
    ways += [
        (f"branch {way}", branch.after, branch.taken, branch.weight)
        for way, branch in enumerate(stage.branches)
    ]
    for part, after, taken, weight in ways:
        for bar, token in enumerate(stage.ids.tolist()):
            yield {
                "part": part,
                "stage": number,
                "label": stage.label,
                "bar": bar,
                "token_id": token,
                "token": result.tokens.text_of(token),
                "before": float(stage.before[bar]),
                "after": float(after[bar]),
                "taken": taken,
                "weight": weight,
            }


def _stretches(view: DrawView) -> Iterator[dict[str, Any]]:
    for number, token in enumerate(view.ids.tolist()):
        yield {
            "part": "draw",
            "bar": number,
            "token_id": token,
            "token": view.texts[number],
            "taken": number + 1 == view.draw.rank,
            "low": float(view.edges[number]),
            "high": float(view.edges[number + 1]),
            "middle": float(view.edges[number] + view.edges[number + 1]) / 2,
            "u": view.draw.u,
        }
