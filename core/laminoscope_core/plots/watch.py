"""Watched tokens after every prompt, and one candidate's way through the chain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.continuation import Result
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
    Frame,
    Mark,
    Marker,
    Points,
    Shown,
)
from laminoscope_core.sampling.compare import Watched, watched
from laminoscope_core.sampling.stages import Stages
from laminoscope_core.tables import Table
from laminoscope_core.text import visible_text

__all__ = ["View", "WatchRow", "Way", "show", "watch_table", "way_through"]

_MARKERS: tuple[Marker, ...] = ("circle", "square", "triangle", "diamond")
_NONE: Mapping[str, Any] = {
    **{"plot": "", "row": -1, "prompt": -1, "label": "", "token_id": -1, "n_tokens": -1},
    **{"rank": -1, "value": np.nan, "final_rank": -1, "final": np.nan, "reason": ""},
}
"""The columns of the table, and what stands where a line has nothing."""


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    watched : tuple of str
        Texts whose first tokens are watched.
    candidate : int or None
        The token whose way is shown.  If there is nothing to show at all, the model's best.
    prompt : int
        After which prompt its way is shown, from 0.
    """

    watched: tuple[str, ...] = ()
    candidate: int | None = None
    prompt: int = 0


@dataclass(frozen=True)
class WatchRow:
    """A watched text: where its first token stands after each prompt.

    Attributes
    ----------
    text : str
        What is watched.
    token : int
        Its first token; −1 if the text has none.
    n_tokens : int
        How many tokens the text takes: above 1, the rest of it is not watched.
    raw, final : tuple of Watched, one per prompt
        Among the model's candidates, and after the chain.
    """

    text: str
    token: int
    n_tokens: int
    raw: tuple[Watched, ...]
    final: tuple[Watched, ...]


Way = list[tuple[str, Watched]]
"""By stage, the model first: where a token stands after it."""


def watch_table(result: Result, texts: Sequence[str]) -> list[WatchRow]:
    """Return one row per watched text."""
    first = [result.tokens.first_token(text) for text in texts]
    ids = [token for token, _ in first]
    raw = [watched(after.stages.raw, ids) for after in result.places]
    final = [watched(after.stages.final, ids) for after in result.places]
    return [
        WatchRow(
            text=text,
            token=token if n_tokens else -1,
            n_tokens=n_tokens,
            raw=tuple(places[row] for places in raw),
            final=tuple(places[row] for places in final),
        )
        for row, (text, (token, n_tokens)) in enumerate(zip(texts, first, strict=True))
    ]


def way_through(stages: Stages, token: int) -> Way:
    """Return where a token stands for the model, and after every stage that changed anything.

    It ends with the stage that removed the token.

    Examples
    --------
    >>> from laminoscope_core.sampling import Chain
    >>> stages = Chain.from_list([{"sampler": "top_k", "k": 1}]).apply([0.0, 1.0])
    >>> [(label, stand.rank) for label, stand in way_through(stages, 0)]
    [('model', 2), ('top_k', 0)]
    """
    way: Way = [("model", watched(stages.raw, [token])[0])]
    for label, stage in zip(stages.labels, stages, strict=True):
        if stage.kept is not stage.received and way[-1][1].rank > 0:
            way.append((label, watched(stage.kept, [token])[0]))
    return way


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return probabilities before and after the chain, by watched text and prompt, and the way."""
    result: Result = results["continuation"]
    after = place_after(result, view.prompt)
    rows = watch_table(result, view.watched)
    candidate = view.candidate
    if candidate is None and not view.watched:
        candidate = int(after.stages.raw.ids[0])
    frames: dict[str, Frame] = {}
    if rows:
        frames["watch"] = _watched(rows, len(result.places))
    way: Way = []
    if candidate is not None and candidate < after.stages.raw.vocabulary:
        way = way_through(after.stages, candidate)
        token = visible_text(result.tokens.text_of(candidate), limit=24)
        end = prompt_end(result.tokens.text_before(after.place))
        frames["way"] = _way(way, f"{token} after {end}")

    def table() -> Table:
        lines = [*_watched_lines(rows), *_way_lines(way, view.prompt, candidate)]
        return line_table(lines, _NONE)

    ends = [prompt_end(result.tokens.text_before(each.place)) for each in result.places]
    key = [
        Entry(f"{number + 1} {end}", f"category {number}", "marker", _marker(number))
        for number, end in enumerate(ends if rows else ())
    ]
    return Shown(frames, table, key=tuple(key))


def _watched(rows: list[WatchRow], n_prompts: int) -> Frame:
    marks: dict[str, Mark] = {}
    beside: list[tuple[float, str, str]] = []
    least = 1.0
    stands_for = {"candidate": [row.token for row in rows]}
    for prompt in range(n_prompts):
        y = (
            np.arange(len(rows), dtype=np.float64)
            + (prompt - (n_prompts - 1) / 2) * 0.8 / n_prompts
        )
        before, now = (
            np.array([stand.probability if stand.probability > 0 else np.nan for stand in stands])
            for stands in (
                [row.raw[prompt] for row in rows], [row.final[prompt] for row in rows]
            )
        )  # fmt: skip
        unknown = np.array([not row.n_tokens for row in rows])
        before[unknown] = now[unknown] = np.nan
        least = min(least, *before[np.isfinite(before)], *now[np.isfinite(now)])
        colour, marker = f"category {prompt}", _marker(prompt)
        for row in range(len(rows)):
            ends = np.array([before[row], now[row]])
            marks[f"{prompt} change {row}"] = Curve(x=ends, y=np.full(2, y[row]), colour=colour)
            ranks = rows[row].raw[prompt].rank, rows[row].final[prompt].rank
            text = _ranks(*ranks) if rows[row].n_tokens else "no token"
            beside.append((float(y[row]), text, "text" if ranks[1] > 0 else "muted"))
        for name, x, filled in (("model", before, False), ("chain", now, True)):
            marks[f"{prompt} {name}"] = Points(
                x=x, y=y, colour=colour, marker=marker, size=1.3, filled=filled,
                stands_for=stands_for,
            )  # fmt: skip
    return Frame(
        Axis(least / 2, 1.5, "probability; rank at the right", log=True),
        Axis(
            len(rows) - 0.4, -0.6, mono=True,
            ticks=tuple((number, row.text) for number, row in enumerate(rows)),
        ),
        marks,
        title="Open: model; filled: after the chain",
        aspect=0.0,
        lines=max(1.15 * len(rows) * n_prompts + 1, 6),
        grid=False,
        beside=tuple(beside),
    )  # fmt: skip


def _way(way: Way, title: str) -> Frame:
    p = np.array([stand.probability if stand.rank > 0 else np.nan for _, stand in way])
    y = np.arange(len(way), dtype=np.float64)
    return Frame(
        Axis(0.0, float(np.nanmax(p, initial=1e-12)) * 1.1, "probability"),
        Axis(
            len(way) - 0.4, -0.6,
            ticks=tuple((n, stage_title(label)) for n, (label, _) in enumerate(way)),
        ),
        {
            "curve": Curve(x=p, y=y, colour="v"),
            "points": Points(x=p, y=y, colour="v", says=lambda index: _stands(way[index][1])),
        },
        title=title,
        aspect=0.0,
        lines=max(1.5 * len(way) + 1, 6),
        grid=False,
        beside=tuple(
            (float(n), _stands(stand), "text" if stand.rank > 0 else "muted")
            for n, (_, stand) in enumerate(way)
        ),
    )  # fmt: skip


def _watched_lines(rows: list[WatchRow]) -> list[dict[str, Any]]:
    lines = []
    for number, row in enumerate(rows):
        for prompt, (before, now) in enumerate(zip(row.raw, row.final, strict=True)):
            line = {"plot": "watch", "row": number, "prompt": prompt, "label": row.text}
            line |= {"token_id": row.token, "n_tokens": row.n_tokens}
            if row.n_tokens:
                line |= {"rank": before.rank, "value": before.probability}
                line |= {"final_rank": now.rank, "final": now.probability}
            else:
                line["reason"] = "the tokenizer makes no token of this text"
            lines.append(line)
    return lines


def _way_lines(way: Way, prompt: int, candidate: int | None) -> list[dict[str, Any]]:
    return [
        {"plot": "way", "row": number, "prompt": prompt, "label": label}
        | {"token_id": candidate, "n_tokens": 1}
        | {"rank": stand.rank, "value": stand.probability}
        for number, (label, stand) in enumerate(way)
    ]


def _stands(stand: Watched) -> str:
    return f"rank {stand.rank:,}, {probability(stand.probability)}" if stand.rank > 0 else "removed"


def _ranks(before: int, now: int) -> str:
    return f"{before:,} → {now:,}" if now > 0 else f"{before:,} → out"


def _marker(number: int) -> Marker:
    return _MARKERS[number % len(_MARKERS)]
