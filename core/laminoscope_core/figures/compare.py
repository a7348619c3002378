"""Compare: next-token probabilities of several columns side by side, against the first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.analysis.comparison import ComparedColumn, Result
from laminoscope_core.figures.grids import Cell, arrange, new_axes
from laminoscope_core.figures.labels import plain_numbers, probability, prompt_end, token_label
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import Style
from laminoscope_core.figures.text import MONO_FAMILY
from laminoscope_core.sampling.columns import CURRENT_CHAIN, MODEL_ALONE, letter
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

__all__ = ["View", "data", "draw", "height"]

_COLUMN = 17.0  # width of a column in font sizes, at least
_ROW, _HEAD, _FOOT = 1.45, 7.0, 4.5


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


def data(results: Mapping[str, Any], view: View) -> PlotData:
    """Return one line per token and column; ranks 0 are removed, −1 not in the vocabulary."""
    result: Result = results["comparison"]
    count = min(view.count, len(result.texts))
    lines = list(_watched_lines(result, view.watched))
    lines += _listed_lines(result, count, len(view.watched))
    names = ("row", "token", "watched", "column", "token_id", "rank", "probability", "reference")
    table: dict[str, Any] = {name: [line[name] for line in lines] for name in names}
    table["change"] = np.array(table["probability"]) - np.array(table["reference"])
    table["selected"] = [
        view.candidate is not None and t == view.candidate for t in table["token_id"]
    ]
    known = [p for p in table["probability"] if np.isfinite(p)]
    labels = {"n columns": str(len(result.columns)), "n rows": str(len(view.watched) + count)}
    for number, each in enumerate(result.columns):
        labels |= {f"{name} {number}": text for name, text in _head(each).items()}
    limits = {
        "probability": (0.0, max(known, default=1.0) or 1.0),
        **{f"distance {n}": (each.distance,) * 2 for n, each in enumerate(result.columns)},
    }
    return PlotData(Table(table), labels, limits)


def height(plot: PlotData, width: float, style: Style) -> float:
    """Return the inches of all rows of columns."""
    bands = -(-int(plot.labels["n columns"]) // _across(plot, width, style))
    rows = max(int(plot.labels["n rows"]), 1)
    return bands * (rows * _ROW + _HEAD + _FOOT) * style.font_size / 72


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw a column of bars for each column, the reference behind them."""
    columns = {name: np.asarray(column) for name, column in plot.table.columns.items()}
    n_columns = int(plot.labels["n columns"])
    across = _across(plot, place.bbox.width / place.dpi, style)
    bands = -(-n_columns // across)
    cells: list[Cell | None] = []
    for number in range(n_columns):
        here = {name: each[columns["column"] == number] for name, each in columns.items()}
        axes = new_axes(place)
        _draw_column(axes, number, here, plot, style, named=number % across == 0)
        cells.append(Cell(axes, tuple(_title(plot, number))))
    cells += [None] * (bands * across - n_columns)
    arrange(place, [cells[row * across : (row + 1) * across] for row in range(bands)], style)


def _watched_lines(result: Result, watched: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for row, text in enumerate(watched):
        standings = result.standing(text)
        for column, standing in enumerate(standings):
            yield {
                "row": row,
                "token": text,
                "watched": True,
                "column": column,
                "token_id": standing.token,
                "rank": standing.rank,
                "probability": standing.probability,
                "reference": standings[0].probability,
            }


def _listed_lines(result: Result, count: int, first: int) -> Iterator[dict[str, Any]]:
    for row in range(count):
        for column in range(len(result.columns)):
            yield {
                "row": first + row,
                "token": result.texts[row],
                "watched": False,
                "column": column,
                "token_id": int(result.ids[row]) if result.ids.size else -1,
                "rank": int(result.rank[row, column]),
                "probability": float(result.probability[row, column]),
                "reference": float(result.probability[row, 0]),
            }


def _across(plot: PlotData, width: float, style: Style) -> int:
    fit = max(int(width * 72 / style.font_size / _COLUMN), 1)
    return min(fit, int(plot.labels["n columns"]))


def _head(each: ComparedColumn) -> dict[str, str]:
    column = each.column
    chain = {MODEL_ALONE: "model alone", CURRENT_CHAIN: "after the chain"}.get(
        column.chain, f"chain {column.chain}"
    )
    model = f"{each.model}, " if each.model else ""
    template = ", chat" if each.chat else ""
    return {
        "prompt": each.prompt,
        "what": f"{model}{chain}{template}",
        "reason": each.reason,
        "why": each.why_no_distance,
    }


def _title(plot: PlotData, number: int) -> list[str]:
    labels = plot.labels
    distance = plot.limits[f"distance {number}"][0]
    if labels[f"reason {number}"]:
        last = f"empty: {labels[f'reason {number}']}"
    elif number == 0:
        last = "reference"
    elif np.isnan(distance):
        last = f"no distance: {labels[f'why {number}']}"
    else:
        last = f"Jensen–Shannon distance {distance:.3f}"
    prompt = prompt_end(labels[f"prompt {number}"], 20)
    return [f"{letter(number)}  {prompt}", labels[f"what {number}"], last]


def _draw_column(
    axes: "Axes",
    number: int,
    here: Mapping[str, Any],
    plot: PlotData,
    style: Style,
    *,
    named: bool,
) -> None:
    theme, size = style.theme, style.font_size
    rows = here["row"]
    if number:
        axes.barh(rows, here["reference"], height=0.8, color=theme.grid, alpha=0.4, linewidth=0)
    axes.barh(rows, here["probability"], height=0.42, color=theme.sites["v"], linewidth=0)
    for row in range(rows.size):
        axes.text(
            1.01,
            rows[row],
            _number(number, here, row),
            transform=axes.get_yaxis_transform(),
            va="center",
            fontsize=size - 1,
            color=theme.text if here["rank"][row] > 0 else theme.muted,
        )
    n_rows = max(int(plot.labels["n rows"]), 1)
    labels = [token_label(str(text), 14) for text in here["token"]] if named else []
    axes.set_yticks(rows if named else [], labels, family=MONO_FAMILY, fontsize=size - 1)
    for label, selected in zip(axes.get_yticklabels(), here["selected"], strict=False):
        if selected and style.marks:
            label.set_color(theme.accent)
    n_watched = int(here["watched"].sum())
    if 0 < n_watched < rows.size:
        axes.axhline(n_watched - 0.5, color=theme.muted, linewidth=style.thin)
    axes.set(
        xlim=(0, plot.limits["probability"][1] * 1.02),
        ylim=(n_rows - 0.4, -0.6),
        xlabel="probability" if number == 0 else f"probability (grey: {letter(0)})",
    )
    plain_numbers(axes.xaxis, 4)
    axes.tick_params(axis="y", length=0)


def _number(column: int, here: Mapping[str, Any], row: int) -> str:
    rank, p, change = (float(here[name][row]) for name in ("rank", "probability", "change"))
    if rank <= 0:
        return "out" if rank == 0 else "–"
    if column == 0:
        return probability(p)
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{probability(abs(change))}"
