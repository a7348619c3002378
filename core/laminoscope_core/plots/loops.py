"""The loop laboratory: the echo of a repeated text, and how often chains fall into loops."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.plots.prompts import line_table
from laminoscope_core.plots.shown import Axis, Curve, Frame, Mark, Points, Shown, Texts
from laminoscope_core.sampling.loops import EchoCurve, LoopReport, LoopReports
from laminoscope_core.sampling.named import THIS_CHAIN
from laminoscope_core.tables import Table
from laminoscope_core.text import Verbatim, how_many, visible_text

__all__ = ["View", "show"]

_NONE: Mapping[str, Any] = {
    **{"plot": "", "series": "", "x": np.nan, "token_id": -1, "value": np.nan, "rank": -1},
    **{"low": np.nan, "high": np.nan, "n_loops": -1, "n_seeds": -1},
    **{f"distinct_{n}": np.nan for n in (1, 2, 3)},
    "reason": "",
}
"""The columns of the table, and what stands where a line has nothing."""


_MERGED = "the tokenizer merges the copies: there is no first token"
_SHORT = "the texts are too short"
_PERCENT = tuple((percent / 100, str(percent)) for percent in (0, 25, 50, 75, 100))


@dataclass(frozen=True)
class View:
    """What is shown: all that was measured."""


def show(results: Mapping[str, Any], view: View) -> Shown:  # noqa: ARG001
    """Return the echo over the copies read, and a rate with Wilson's 95 % interval per chain.

    Raises
    ------
    ValueError
        Nothing has been measured.
    """
    curve: EchoCurve | None = results.get("echo")
    measured: LoopReports | None = results.get("loops")
    frames: dict[str, Frame] = {}
    if curve is not None:
        frames["echo"] = _echo(curve, results["continuation"].tokens.text_of)
    if measured is not None and measured.reports:
        frames["rate"] = _rates(measured)
    if not frames:
        raise ValueError("neither an echo nor loops have been measured")

    def rows() -> Table:
        lines = [*(() if curve is None else _echo_rows(curve)), *_rate_rows(measured)]
        return line_table(lines, _NONE)

    return Shown(frames, rows)


def _echo(curve: EchoCurve, text_of: Any) -> Frame:
    known = np.flatnonzero(np.isfinite(curve.probability))
    x, p = curve.repeats.astype(np.float64), curve.probability

    def says(index: int) -> str:
        token = visible_text(text_of(int(curve.tokens[index])), limit=20)
        return f"{token}: {p[index]:.3g}, rank {curve.rank[index]:,}, after {curve.repeats[index]}"

    marks: dict[str, Mark] = {
        "curve": Curve(x=x, y=p, colour="v"),
        "points": Points(x=x, y=p, colour="v", says=says),
    }
    if known.size:
        ends = np.unique(known[[0, -1]])
        marks["ranks"] = Texts(
            x=x[ends], y=p[ends], texts=tuple(f"rank {curve.rank[at]:,}" for at in ends),
            align=("left", "right")[: len(ends)], colour="muted",
        )  # fmt: skip
    token = text_of(int(curve.tokens[known[-1]])) if known.size else ""
    top = max(float(p[known].max()) * 1.25, 1e-12) if known.size else 1.0
    return Frame(
        Axis(0.5, max(float(x[-1]), 2.0) + 0.5, "copies read", whole=True),
        Axis(0, top, "p of another"),
        marks,
        title=f"Echo of {visible_text(curve.unit or token, limit=24)}",
        inside="" if known.size else _MERGED,
    )


def _rates(measured: LoopReports) -> Frame:
    reports = measured.reports
    y = np.arange(len(reports), dtype=np.float64)
    rates = np.array([report.rate for report in reports])
    marks: dict[str, Mark] = {
        f"interval {number}": Curve(
            x=np.array([report.low, report.high]), y=np.full(2, y[number]), colour="v"
        )
        for number, report in enumerate(reports)
    }
    marks["rates"] = Points(
        x=rates, y=y, colour="v", size=1.4, says=lambda index: _interval(reports[index])
    )
    n_seeds = len(reports[0].runs)
    return Frame(
        Axis(-0.03, 1.03, "seeds that end in a loop (%, Wilson 95 % interval)", ticks=_PERCENT),
        Axis(
            len(reports) - 0.4,
            -0.6,
            ticks=tuple((n, _called(r.name)) for n, r in enumerate(reports)),
        ),
        marks,
        title=f"{how_many(n_seeds, 'seed')}, up to {reports[0].n_tokens:,} tokens each",
        aspect=0.0,
        lines=max(1.3 * len(reports) + 1, 5),
        beside=tuple(
            (float(n), f"{r.n_loops} of {len(r.runs)}", "text") for n, r in enumerate(reports)
        ),
    )


def _called(chain: str) -> str:
    return chain if chain == THIS_CHAIN else Verbatim(chain)


def _interval(report: LoopReport) -> str:
    chain = visible_text(report.name, spaces=False, limit=40)
    low, high = 100 * report.low, 100 * report.high
    return f"{chain}: {report.n_loops} of {len(report.runs)} ({low:.0f}–{high:.0f} %)"


def _echo_rows(curve: EchoCurve) -> list[dict[str, Any]]:
    columns = zip(curve.repeats, curve.tokens, curve.probability, curve.rank, strict=True)
    return [
        {"plot": "echo", "x": float(n), "token_id": int(token), "value": float(p)}
        | {"rank": int(rank) if rank > 0 else -1, "reason": _MERGED if np.isnan(p) else ""}
        for n, token, p, rank in columns
    ]


def _rate_rows(measured: LoopReports | None) -> list[dict[str, Any]]:
    return [
        {"plot": "rate", "series": report.name, "x": float(number), "value": report.rate}
        | {"low": report.low, "high": report.high}
        | {"n_loops": report.n_loops, "n_seeds": len(report.runs)}
        | {f"distinct_{n}": value for n, value in enumerate(report.distinct, start=1)}
        | {"reason": _SHORT if np.isnan(report.distinct).any() else ""}
        for number, report in enumerate(() if measured is None else measured.reports)
    ]
