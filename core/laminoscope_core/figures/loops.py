"""The loop laboratory: the echo of a repeated text, and how often chains fall into loops."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.figures.grids import Cell, arrange, new_axes
from laminoscope_core.figures.labels import plain_numbers, token_label, whole_numbers
from laminoscope_core.figures.parts import grid
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import Style
from laminoscope_core.figures.text import figure_text
from laminoscope_core.sampling.loops import EchoCurve, LoopReports
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

__all__ = ["View", "data", "draw", "height"]

_ROW, _ECHO = 2.0, 20.0
_SINGLE = 60.0  # font sizes below which the two plots stand above each other


@dataclass(frozen=True)
class View:
    """What is shown: all that was measured."""


def data(results: Mapping[str, Any], view: View) -> PlotData:  # noqa: ARG001
    """Return one line per point of the echo, then one per chain, with its Wilson interval."""
    curve: EchoCurve | None = results.get("echo")
    measured: LoopReports | None = results.get("loops")
    lines: list[dict[str, Any]] = []
    labels: dict[str, str] = {}
    if curve is not None:
        text_of = results["continuation"].tokens.text_of
        known = np.flatnonzero(curve.tokens >= 0)
        first = text_of(int(curve.tokens[known[-1]])) if known.size else ""
        labels |= {"unit": curve.unit, "begins": first}
        for n, token, p, rank in zip(
            curve.repeats, curve.tokens, curve.probability, curve.rank, strict=True
        ):
            known_rank = int(rank) if rank > 0 else -1
            lines.append(
                {"plot": "echo", "x": float(n), "token_id": int(token), "value": float(p)}
                | {"rank": known_rank}
            )
    if measured is not None and measured.reports:
        report = measured.reports[0]
        labels["rates"] = f"{len(report.runs):,} seeds, up to {report.n_tokens:,} tokens each"
        for number, report in enumerate(measured.reports):
            lines.append(
                {"plot": "rate", "series": report.name, "x": float(number), "value": report.rate}
                | {"low": report.low, "high": report.high}
                | {"n_loops": report.n_loops, "n_seeds": len(report.runs)}
                | {f"distinct_{n}": value for n, value in enumerate(report.distinct, start=1)}
            )
    if not lines:
        raise ValueError("neither an echo nor loops have been measured")
    empty: dict[str, Any] = {
        **{"plot": "", "series": "", "x": np.nan, "token_id": -1, "value": np.nan, "rank": -1},
        **{"low": np.nan, "high": np.nan, "n_loops": -1, "n_seeds": -1},
        **{f"distinct_{n}": np.nan for n in (1, 2, 3)},
    }
    columns = {name: [line.get(name, none) for line in lines] for name, none in empty.items()}
    return PlotData(Table(columns), labels)


def height(plot: PlotData, width: float, style: Style) -> float:
    """Return the inches of the two plots, side by side or above each other."""
    size = style.font_size
    kinds = list(plot.table.columns["plot"])
    echo = _ECHO * size if "echo" in kinds else 0.0
    rates = (kinds.count("rate") * _ROW + 8) * size if "rate" in kinds else 0.0
    stacked = width * 72 / size < _SINGLE
    return (echo + rates if stacked else max(echo, rates)) / 72


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw what was measured."""
    columns = {name: np.asarray(column) for name, column in plot.table.columns.items()}
    kinds = [kind for kind in ("echo", "rate") if (columns["plot"] == kind).any()]
    rows = int((columns["plot"] == "rate").sum())
    cells: list[Cell | None] = []
    for kind in kinds:
        here = {name: each[columns["plot"] == kind] for name, each in columns.items()}
        axes = new_axes(place)
        (_draw_echo if kind == "echo" else _draw_rates)(axes, here, style)
        cells.append(Cell(axes, (_title(kind, plot),)))
    if len(kinds) == 2 and place.bbox.width / place.dpi * 72 / style.font_size < _SINGLE:
        heights = (_ECHO - 6, rows * _ROW)
        arrange(place, [[cell] for cell in cells], style, heights=heights)
    else:
        arrange(place, [cells], style)


def _title(kind: str, plot: PlotData) -> str:
    if kind == "rate":
        return plot.labels["rates"]
    return f"Echo of {token_label(plot.labels['unit'] or plot.labels['begins'])}"


def _draw_echo(axes: "Axes", here: Mapping[str, Any], style: Style) -> None:
    axes.plot(
        here["x"],
        here["value"],
        color=style.theme.sites["v"],
        marker="o",
        markersize=style.font_size / 2,
        markeredgewidth=0,
    )
    known = np.flatnonzero(np.isfinite(here["value"]))
    for at in dict.fromkeys(known[[0, -1]].tolist() if known.size else []):
        axes.annotate(
            f"rank {here['rank'][at]:,}",
            (here["x"][at], here["value"][at]),
            xytext=(0, style.font_size * 0.6),
            textcoords="offset points",
            ha="left" if at == known[0] else "right",
            va="bottom",
            fontsize=style.font_size - 1,
        )
    if not known.size:
        axes.text(
            0.5,
            0.5,
            "the tokenizer merges the copies:\nthere is no first token",
            transform=axes.transAxes,
            ha="center",
            va="center",
        )
    last = float(here["x"][-1])
    axes.set(xlabel="copies read", ylabel="p of another", xlim=(0.5, max(last, 2.0) + 0.5))
    axes.set_ylim(0, max(float(np.nanmax(here["value"])) * 1.25 if known.size else 1.0, 1e-12))
    whole_numbers(axes.xaxis)
    plain_numbers(axes.yaxis)
    grid(axes, style)


def _draw_rates(axes: "Axes", here: Mapping[str, Any], style: Style) -> None:
    theme, size = style.theme, style.font_size
    colour = theme.sites["v"]
    axes.hlines(
        here["x"], 100 * here["low"], 100 * here["high"], color=colour, linewidth=1.4 * style.line
    )
    axes.plot(
        100 * here["value"],
        here["x"],
        linestyle="none",
        marker="o",
        markersize=size * 0.75,
        color=colour,
        markeredgewidth=0,
        clip_on=False,
    )
    axes.set_yticks(here["x"], [figure_text(name, 24) for name in here["series"]])
    for row in range(here["x"].size):
        axes.text(
            1.02,
            here["x"][row],
            f"{here['n_loops'][row]} of {here['n_seeds'][row]}",
            transform=axes.get_yaxis_transform(),
            va="center",
            fontsize=size - 1,
        )
    axes.set(
        xlim=(-3, 103),
        ylim=(here["x"].size - 0.4, -0.6),
        xticks=(0, 25, 50, 75, 100),
        xlabel="seeds that end in a loop (%, Wilson 95 % interval)",
    )
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=theme.grid, alpha=0.25, linewidth=style.thin)
    axes.set_axisbelow(True)
