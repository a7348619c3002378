"""Watched tokens after every prompt, and one candidate's way through the chain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.analysis.continuation import Result
from laminoscope_core.figures.grids import Cell, arrange, key_below, new_axes
from laminoscope_core.figures.labels import (
    decades,
    plain_numbers,
    probability,
    prompt_end,
    token_label,
)
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import Style
from laminoscope_core.figures.text import MONO_FAMILY, figure_text
from laminoscope_core.sampling.views import watch_table, way_through
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

__all__ = ["View", "data", "draw", "height"]

SYMBOLS = ("o", "s", "^", "D", "*")
"""A marker shape beside each colour."""

_SINGLE = 60.0  # font sizes below which the plots stand above each other


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


def data(results: Mapping[str, Any], view: View) -> PlotData:
    """Return one line per watched text and prompt, then one per stage of the way."""
    result: Result = results["continuation"]
    after = result.places[min(view.prompt, len(result.places) - 1)]
    stages = [place.stages for place in result.places]
    lines: list[dict[str, Any]] = []
    for number, row in enumerate(watch_table(result.tokens, stages, view.watched)):
        for prompt, (before, now) in enumerate(zip(row.raw, row.final, strict=True)):
            known = {
                "rank": before.rank,
                "value": before.probability,
                "final_rank": now.rank,
                "final": now.probability,
            }
            lines.append(
                {"plot": "watch", "row": number, "prompt": prompt, "label": row.text}
                | {"token_id": row.token, "n_tokens": row.n_tokens}
                | (known if row.n_tokens else {})
            )
    candidate = view.candidate
    if candidate is None and not view.watched:
        candidate = int(after.stages.raw.ids[0])
    labels = {
        f"prompt {number}": result.tokens.text_before(each.place)
        for number, each in enumerate(result.places)
    }
    if candidate is not None and candidate < after.stages.raw.vocabulary:
        for row_number, point in enumerate(way_through(after.stages, candidate)):
            lines.append(
                {"plot": "way", "row": row_number, "prompt": view.prompt, "label": point.label}
                | {"token_id": candidate, "n_tokens": 1}
                | {"rank": point.rank, "value": point.probability}
            )
        labels["candidate"] = result.tokens.text_of(candidate)
        labels["after"] = result.tokens.text_before(after.place)
    empty = {
        **{"plot": "", "row": -1, "prompt": -1, "label": "", "token_id": -1, "n_tokens": -1},
        **{"rank": -1, "value": np.nan, "final_rank": -1, "final": np.nan},
    }
    columns = {name: [line.get(name, none) for line in lines] for name, none in empty.items()}
    return PlotData(Table(columns), labels)


def height(plot: PlotData, width: float, style: Style) -> float:
    """Return the inches of the plots, side by side or above each other."""
    tall = [_height_of(plot, kind) for kind in _kinds(plot)]
    stacked = width * 72 / style.font_size < _SINGLE
    return (sum(tall) if stacked else max(tall)) * style.font_size / 72


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw probabilities before and after the chain, and the way."""
    columns = {name: np.asarray(column) for name, column in plot.table.columns.items()}
    kinds = _kinds(plot)
    across = place.bbox.width / place.dpi * 72 / style.font_size
    stacked = len(kinds) == 2 and across < _SINGLE
    room = across / 2 if len(kinds) == 2 and not stacked else across
    cells: list[Cell | None] = []
    foot = 0.0
    for kind in kinds:
        here = {name: each[columns["plot"] == kind] for name, each in columns.items()}
        axes = new_axes(place)
        if kind == "watch":
            lines = _draw_watched(axes, here, style)
            decades(axes.xaxis, max(int((room - 20) / 4), 2))
            ends = [prompt_end(plot.labels[f"prompt {number}"]) for number in range(len(lines))]
            names = [f"{number} {end}" for number, end in enumerate(ends, start=1)]
            foot = key_below(place, lines, names, style)
            cells.append(Cell(axes, ("Open: model; filled: after the chain",)))
        else:
            _draw_way(axes, here, style)
            token, end = token_label(plot.labels["candidate"]), prompt_end(plot.labels["after"])
            cells.append(Cell(axes, (f"{token} after {end}",)))
    area = (0.0, foot, 1.0, 1.0)
    if stacked:
        heights = [_height_of(plot, kind) - 6 for kind in kinds]
        arrange(place, [[cell] for cell in cells], style, heights=heights, area=area)
    else:
        arrange(place, [cells], style, area=area)


def _kinds(plot: PlotData) -> list[str]:
    return [kind for kind in ("watch", "way") if kind in plot.table.columns["plot"]]


def _height_of(plot: PlotData, kind: str) -> float:
    """Return the font sizes that one of the plots takes."""
    here = [
        (int(row), int(prompt))
        for part, row, prompt in zip(
            *(plot.table.columns[name] for name in ("plot", "row", "prompt")), strict=True
        )
        if part == kind
    ]
    if kind == "way":
        return max(len(here) * 1.8, 6.0) + 6.0
    n_prompts = max(prompt for _, prompt in here) + 1
    return max(len(here) * 1.5, 6.0) + 6.0 + 1.4 * n_prompts


def _draw_watched(axes: "Axes", here: Mapping[str, Any], style: Style) -> list[Any]:
    theme, size = style.theme, style.font_size
    n_prompts = int(here["prompt"].max()) + 1
    y = here["row"] + (here["prompt"] - (n_prompts - 1) / 2) * 0.8 / n_prompts
    paper = "none" if style.transparent else theme.surface
    lines: list[Any] = []
    for prompt in range(n_prompts):
        at = here["prompt"] == prompt
        colour = theme.categories[prompt % len(theme.categories)]
        look: dict[str, Any] = {
            "linestyle": "none",
            "marker": SYMBOLS[prompt % len(SYMBOLS)],
            "markersize": size * 0.7,
            "markeredgecolor": colour,
            "markeredgewidth": style.line,
        }
        before, now = here["value"][at], here["final"][at]
        left = now > 0  # nothing else has a place on a logarithmic axis
        axes.hlines(y[at][left], before[left], now[left], color=colour, linewidth=style.line)
        axes.plot(np.where(before > 0, before, np.nan), y[at], markerfacecolor=paper, **look)
        lines += axes.plot(now[left], y[at][left], markerfacecolor=colour, **look)
    for row in range(y.size):
        axes.text(
            1.02,
            y[row],
            _ranks(int(here["rank"][row]), int(here["final_rank"][row])),
            transform=axes.get_yaxis_transform(),
            va="center",
            fontsize=size - 1,
            color=theme.text if here["final_rank"][row] > 0 else theme.muted,
        )
    names = dict(zip(here["row"].tolist(), here["label"].tolist(), strict=True))
    axes.set_yticks(
        list(names),
        [token_label(text, 16) for text in names.values()],
        family=MONO_FAMILY,
        fontsize=size - 1,
    )
    axes.set_xscale("log")
    axes.set(ylim=(max(names) + 0.6, -0.6), xlabel="probability; rank at the right")
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=theme.grid, alpha=0.25, linewidth=style.thin)
    return lines


def _draw_way(axes: "Axes", here: Mapping[str, Any], style: Style) -> None:
    theme, size = style.theme, style.font_size
    left = here["rank"] > 0
    axes.plot(
        here["value"][left],
        here["row"][left],
        color=theme.sites["v"],
        marker="o",
        markersize=size * 0.6,
        markeredgewidth=0,
        clip_on=False,
    )
    for row in range(here["row"].size):
        says = f"rank {here['rank'][row]:,}, {probability(float(here['value'][row]))}"
        axes.text(
            1.02,
            here["row"][row],
            says if left[row] else "removed",
            transform=axes.get_yaxis_transform(),
            va="center",
            fontsize=size - 1,
            color=theme.text if left[row] else theme.muted,
        )
    stages = [figure_text(label.replace("_", " "), 16) for label in here["label"]]
    axes.set_yticks(here["row"], stages)
    axes.set(ylim=(here["row"].size - 0.4, -0.6), xlim=(0, None), xlabel="probability")
    plain_numbers(axes.xaxis)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=theme.grid, alpha=0.25, linewidth=style.thin)


def _ranks(before: int, now: int) -> str:
    if before < 0:
        return "no token"
    return f"{before:,} → {now:,}" if now > 0 else f"{before:,} → out"
