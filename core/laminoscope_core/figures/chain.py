"""The sampler chain: what each sampler received and left, and where the draw landed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.analysis.continuation import Result
from laminoscope_core.figures.chain_plots import draw_cell, draw_seed, draw_summary
from laminoscope_core.figures.grids import Cell, arrange
from laminoscope_core.figures.labels import prompt_end
from laminoscope_core.figures.parts import header, header_height
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import Style
from laminoscope_core.sampling.views import ChainView, DrawView, StageView, chain_view
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from matplotlib.figure import SubFigure

__all__ = ["View", "data", "draw", "height"]

_CELL = 17.0  # width of a stage in font sizes, at least
_CELL_HEIGHT, _SUMMARY_HEIGHT, _DRAW_HEIGHT = 14.5, 16.0, 9.5
_GAP = 0.8
_MOST_CELLS = 24
_COLUMNS: Mapping[str, Any] = {
    "part": "",
    "stage": -1,
    "label": "",
    "bar": -1,
    "token_id": -1,
    "token": "",
    "before": np.nan,
    "after": np.nan,
    "taken": True,
    "weight": np.nan,
    "cut": np.nan,
    "n_left": -1,
    "removed_mass": np.nan,
    "entropy": np.nan,
    "perplexity": np.nan,
    "low": np.nan,
    "high": np.nan,
}


@dataclass(frozen=True)
class View:
    """What is shown: the chain after which prompt, from 0."""

    prompt: int = 0


def data(results: Mapping[str, Any], view: View) -> PlotData:
    """Return one line per mark.

    ``"bar"`` is a token before and after a stage, with ``"branch 0"`` and ``"branch 1"`` for
    what XTC leaves when it acts and when it does not; ``"stage"`` the numbers of a stage, the
    model first as stage −1; ``"draw"`` a candidate's stretch of the random numbers.
    """
    result: Result = results["continuation"]
    after = result.places[min(view.prompt, len(result.places) - 1)]
    shown = chain_view(after.stages, after.draw, result.tokens.text_of)
    lines = list(_lines(shown, result))
    columns = {name: [line.get(name, empty) for line in lines] for name, empty in _COLUMNS.items()}
    before, left = shown.entropies
    draw = shown.draw.draw
    labels = {
        "prompt": result.tokens.text_before(after.place),
        "left": f"{shown.n_candidates:,} → {shown.n_left:,} candidates, "
        f"entropy {before:.2f} → {left:.2f} nats",
        "token": shown.draw.text_of_draw,
        "rank": f"{draw.rank:,}",
        "chooser": shown.draw.chooser,
        **{f"title {n}": stage.title for n, stage in enumerate(shown.stages)},
        **{f"reason {n}": stage.reason for n, stage in enumerate(shown.stages)},
    }
    limits = {
        "probability": (0.0, shown.top),
        "entropy": shown.entropies,
        "draw": (draw.u, draw.probability),
    }
    return PlotData(Table(columns), labels, limits)


def height(plot: PlotData, width: float, style: Style) -> float:
    """Return the inches of all stages that changed something, the curves and the draw."""
    rows = -(-len(_changed(plot)) // _n_columns(width, style))
    head = _head(plot, width, style)
    return (head + rows * _CELL_HEIGHT + _SUMMARY_HEIGHT + _DRAW_HEIGHT) * style.font_size / 72


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw the stages that changed something, entropy and survivors by stage, and the draw."""
    columns = {name: np.asarray(column) for name, column in plot.table.columns.items()}
    width = place.bbox.width / place.dpi
    across, head = _n_columns(width, style), _head(plot, width, style)
    changed = _changed(plot)
    rows = -(-len(changed) // across)
    total = head + rows * _CELL_HEIGHT + _SUMMARY_HEIGHT + _DRAW_HEIGHT
    summary = (_SUMMARY_HEIGHT + _DRAW_HEIGHT) / total
    seed = _DRAW_HEIGHT / total
    stages: list[Cell | None] = [
        draw_cell(
            place,
            {name: each[columns["stage"] == stage] for name, each in columns.items()},
            plot,
            style,
        )
        for stage in changed
    ]
    stages += [None] * (rows * across - len(stages))
    lines = [stages[row * across : (row + 1) * across] for row in range(rows)]
    for line in lines:
        if line[0] is not None:
            line[0].axes.set_ylabel("p (√ scale)")
    if lines:
        arrange(place, lines, style, area=(0, summary, 1, 1 - head / total))
    header(place, [_title(plot)], style)
    between = (0, seed + _GAP / total, 1, summary - _GAP / total)
    arrange(place, [draw_summary(place, columns, style)], style, area=between)
    arrange(place, [[draw_seed(place, columns, plot, style)]], style, area=(0, 0, 1, seed))


def _title(plot: PlotData) -> str:
    return f"After {prompt_end(plot.labels['prompt'])}: {plot.labels['left']}"


def _head(plot: PlotData, width: float, style: Style) -> float:
    """Return the font sizes that the title takes, with the room below it."""
    return header_height([_title(plot)], width, style) * 72 / style.font_size + 2 * _GAP


def _n_columns(width: float, style: Style) -> int:
    return max(int(width * 72 / style.font_size / _CELL), 1)


def _changed(plot: PlotData) -> list[int]:
    """Return the numbers of the stages that did anything, in order."""
    stages = dict.fromkeys(
        int(stage)
        for part, stage in zip(plot.table.columns["part"], plot.table.columns["stage"], strict=True)
        if part == "bar"
    )
    return list(stages)[:_MOST_CELLS]


def _lines(shown: ChainView, result: Result) -> Iterator[dict[str, Any]]:
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
            yield from _bars(number, stage, result)
    yield from _stretches(shown.draw)


def _bars(number: int, stage: StageView, result: Result) -> Iterator[dict[str, Any]]:
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


def _stretches(draw: DrawView) -> Iterator[dict[str, Any]]:
    for number, token in enumerate(draw.ids.tolist()):
        yield {
            "part": "draw",
            "bar": number,
            "token_id": token,
            "token": draw.texts[number],
            "taken": number + 1 == draw.draw.rank,
            "low": float(draw.edges[number]),
            "high": float(draw.edges[number + 1]),
        }
