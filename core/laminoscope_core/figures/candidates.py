"""Candidates: the best next tokens, with their probabilities before and after the chain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.analysis.continuation import Result
from laminoscope_core.figures.grids import Cell, arrange, key_below, new_axes
from laminoscope_core.figures.labels import plain_numbers, probability, prompt_end, token_label
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import Style
from laminoscope_core.figures.text import MONO_FAMILY
from laminoscope_core.sampling.views import candidate_rows
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from matplotlib.figure import SubFigure

__all__ = ["View", "data", "draw", "height"]

_ROW = 1.45  # font sizes


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


def data(results: Mapping[str, Any], view: View) -> PlotData:
    """Return one line per candidate, by the model's rank."""
    result: Result = results["continuation"]
    after = result.places[min(view.prompt, len(result.places) - 1)]
    rows = candidate_rows(after.stages)
    shown = np.arange(min(view.count, len(rows)))
    if view.candidate is not None:
        shown = np.union1d(shown, np.flatnonzero(rows.ids == view.candidate))
    table = Table(
        {
            "rank": shown + 1,
            "token_id": rows.ids[shown],
            "token": [result.tokens.text_of(int(token)) for token in rows.ids[shown]],
            "logit": rows.logits[shown],
            "model": rows.raw[shown],
            "chain": rows.final[shown],
            "removed_by": [
                rows.labels[number] if number >= 0 else "" for number in rows.removed_by[shown]
            ],
            "selected": rows.ids[shown] == view.candidate,
        }
    )
    left, total = len(after.stages.final), len(after.stages.raw)
    labels = {
        "x": "probability",
        "y": "rank for the model",
        "prompt": result.tokens.text_before(after.place),
        "left": f"{left:,} of {total:,} left by the chain",
    }
    return PlotData(table, labels, {"probability": (0.0, rows.largest)})


def height(plot: PlotData, width: float, style: Style) -> float:  # noqa: ARG001
    """Return the inches that the rows take."""
    return (max(len(plot.table), 3) * _ROW + 8.5) * style.font_size / 72


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw two bars a token, and its numbers beside them."""
    columns = plot.table.columns
    theme, size = style.theme, style.font_size
    axes = new_axes(place)
    rows = range(len(plot.table))
    before = axes.barh(rows, columns["model"], height=0.8, color=theme.grid, alpha=0.4)
    after = axes.barh(rows, columns["chain"], height=0.42, color=theme.sites["v"])
    tokens = [token_label(text, 18) for text in columns["token"]]
    places = [f"{rank:,}  {text}" for rank, text in zip(columns["rank"], tokens, strict=True)]
    axes.set_yticks(rows, places, family=MONO_FAMILY, fontsize=size - 1)
    for row in rows:
        gone = columns["removed_by"][row]
        now = f"out: {gone.replace('_', ' ')}" if gone else probability(columns["chain"][row])
        axes.text(
            1.01,
            row,
            f"{probability(columns['model'][row])} → {now}",
            transform=axes.get_yaxis_transform(),
            va="center",
            fontsize=size - 1,
            color=theme.muted if gone else theme.text,
        )
        if gone:
            axes.get_yticklabels()[row].set_color(theme.muted)
        if columns["selected"][row] and style.marks:
            axes.get_yticklabels()[row].set_color(theme.accent)
    axes.set(
        xlim=(0, plot.limits["probability"][1] * 1.02 or 1.0),
        ylim=(len(rows) - 0.4, -0.6),
        xlabel=plot.labels["x"],
    )
    plain_numbers(axes.xaxis)
    axes.tick_params(axis="y", length=0)
    foot = key_below(place, (before, after), ("model", "after the chain"), style)
    title = f"After {prompt_end(plot.labels['prompt'])}: {plot.labels['left']}"
    arrange(place, [[Cell(axes, (title,))]], style, area=(0, foot, 1, 1))
