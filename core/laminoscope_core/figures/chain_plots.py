"""The plots that a figure of the sampler chain is made of."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.figures.grids import Cell, new_axes
from laminoscope_core.figures.labels import (
    decades,
    plain_numbers,
    positions,
    probability,
    token_label,
    token_width,
)
from laminoscope_core.figures.parts import grid
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import Style
from laminoscope_core.figures.text import MONO_FAMILY, figure_text, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

__all__ = ["draw_cell", "draw_seed", "draw_summary"]

_LONGEST = 160  # characters of a reason
_FADED = 0.4
_FEW_DECADES = 30  # a logarithmic axis is for counts that differ by more
_ROOM_TO_LEAN = 2.2  # font sizes between labels that are not upright
_FEWEST = 12  # bars that a stage has room for
_NARROWEST = 0.001  # stretches of the draw that are thinner are left out

Columns = Mapping[str, NDArray[Any]]


def draw_cell(place: "SubFigure", columns: Columns, plot: PlotData, style: Style) -> Cell:
    """Draw what a stage received, grey, and what it left, coloured; the cut, and why.

    Heights are square roots of probabilities, so that small ones can be seen.
    """
    axes = new_axes(place)
    numbers = {name: each[columns["part"] == "stage"][0] for name, each in columns.items()}
    stage, size = int(numbers["stage"]), style.font_size
    top = float(plot.limits["probability"][1])
    branches = [part for part in ("branch 0", "branch 1") if (columns["part"] == part).any()]
    for number, part in enumerate(branches or ["bar"]):
        here = {name: each[columns["part"] == part] for name, each in columns.items()}
        floor = (len(branches) - 1 - number) * 1.15 if branches else 0.0
        _bars(axes, here, floor, top, style)
        if branches:
            says = f"{100 * float(here['weight'][0]):.0f} %"
            says += ", taken" if here["taken"][0] else ""
            axes.text(
                max(here["bar"].size, _FEWEST) - 0.5,
                floor + 0.95,
                says,
                ha="right",
                va="top",
                fontsize=size - 1,
            )
    cut = float(numbers["cut"])
    if 0 < cut <= top:
        axes.axhline(
            np.sqrt(cut / top), color=style.theme.accent, linewidth=style.thin, linestyle="--"
        )
    n_bars = int(columns["bar"].max()) + 1
    axes.set(
        xticks=[], xlim=(-0.6, max(n_bars, _FEWEST) - 0.4), ylim=(0, 2.2 if branches else 1.05)
    )
    ticks = _ticks(top, 2.2 if branches else 1.05)
    axes.set_yticks([np.sqrt(tick / top) for tick in ticks], [f"{tick:g}" for tick in ticks])
    gone = float(numbers["removed_mass"])
    removed = f", −{100 * gone:.3g} %" if gone > 0 else ""
    left = f"{int(numbers['n_left']):,} left{removed}, H {float(numbers['entropy']):.2f}"
    return Cell(
        axes,
        (f"{stage + 1}  {plot.labels[f'title {stage}']}",),
        (left, shortened(plot.labels[f"reason {stage}"], _LONGEST)),
    )


def _ticks(top: float, extent: float) -> list[float]:
    """Return probabilities whose square roots stand apart."""
    chosen: list[float] = []
    for tick in (1.0, 0.5, 0.1, 0.01, 0.001):
        room = np.sqrt(chosen[-1] / top) - np.sqrt(tick / top) if chosen else np.inf
        if tick <= top * 1.001 and room >= 0.2 * extent:
            chosen.append(tick)
    return chosen


def _bars(axes: "Axes", here: Columns, floor: float, top: float, style: Style) -> None:
    theme = style.theme
    taken = bool(here["taken"].all())
    for p, colour, alpha, width in (
        (here["before"], theme.grid, 0.4, 0.9),
        (here["after"], theme.sites["v"], 1.0 if taken else _FADED, 0.6),
    ):
        heights = np.sqrt(np.minimum(p / top, 1.0))
        axes.bar(here["bar"], heights, width, bottom=floor, color=colour, alpha=alpha, linewidth=0)
    axes.axhline(floor, color=theme.muted, linewidth=style.thin)


def draw_summary(place: "SubFigure", columns: Columns, style: Style) -> list[Cell]:
    """Draw how many candidates are left and the entropy, after the model and every stage."""
    here = columns["part"] == "stage"
    labels = [figure_text(label.replace("_", " "), 16) for label in columns["label"][here]]
    stages = np.arange(len(labels))
    room = place.bbox.width / place.dpi * 72 / style.font_size / 2 - 6
    shown = positions(len(labels), int(room / 1.1))
    steep = room / len(labels) < _ROOM_TO_LEAN
    left, right = new_axes(place), new_axes(place)
    for axes, name, label, colour in (
        (left, "n_left", "candidates left", style.theme.categories[0]),
        (right, "entropy", "entropy (nats)", style.theme.categories[1]),
    ):
        axes.plot(
            stages,
            columns[name][here],
            color=colour,
            marker="o",
            markersize=style.font_size / 2.4,
            markeredgewidth=0,
        )
        axes.set_ylabel(label)
        axes.set_xticks(
            shown,
            [labels[at] for at in shown],
            rotation=90 if steep else 40,
            ha="right",
            va="center" if steep else "top",
            rotation_mode="anchor",
            fontsize=style.font_size - 1,
        )
        axes.margins(x=0.04, y=0.12)
        grid(axes, style)
    counts = columns["n_left"][here]
    if counts.max() >= _FEW_DECADES * counts.min():
        left.set_yscale("log")
        decades(left.yaxis)
    else:
        left.set_ylim(bottom=0)
        plain_numbers(left.yaxis)
    plain_numbers(right.yaxis)
    right.set_ylim(0, max(float(columns["entropy"][here].max()) * 1.12, 1e-6))
    return [Cell(left), Cell(right)]


def draw_seed(place: "SubFigure", columns: Columns, plot: PlotData, style: Style) -> Cell:
    """Draw the candidates that are left end to end, and where the seed's number landed."""
    theme, size = style.theme, style.font_size
    wide = columns["high"] - columns["low"] >= _NARROWEST
    here = (columns["part"] == "draw") & (wide | columns["taken"])
    axes = new_axes(place)
    u, p = plot.limits["draw"]
    room = place.bbox.width / place.dpi * 72 * 0.93
    for number in np.flatnonzero(here):
        low, high = float(columns["low"][number]), float(columns["high"][number])
        chosen = bool(columns["taken"][number])
        axes.barh(
            0,
            high - low,
            left=low,
            height=1,
            color=theme.accent if chosen else theme.sites["v"],
            alpha=1.0 if chosen else 0.5 if columns["bar"][number] % 2 == 0 else 0.28,
            linewidth=0,
        )
        label = token_label(str(columns["token"][number]), 14)
        if token_width(label, size - 1) + size * 0.6 < (high - low) * room:
            axes.text(
                (low + high) / 2,
                0,
                label,
                ha="center",
                va="center_baseline",
                family=MONO_FAMILY,
                fontsize=size - 1,
                color=theme.on_accent if chosen else theme.text,
            )
    token = token_label(plot.labels["token"])
    by = f" by {plot.labels['chooser']}" if plot.labels["chooser"] else ""
    where = "nothing to draw" if np.isnan(u) else f"u = {u:.4f}"
    if not np.isnan(u):
        axes.plot(
            u,
            0.66,
            marker="v",
            color=theme.text,
            markersize=size * 0.7,
            markeredgewidth=0,
            clip_on=False,
        )
        axes.plot([u, u], [-0.5, 0.6], color=theme.text, linewidth=style.line)
    axes.set(xlim=(0, 1), ylim=(-0.5, 0.8), yticks=[], xlabel="random number u")
    axes.spines["left"].set_visible(False)
    title = f"Draw{by}: {where}, {token}, rank {plot.labels['rank']}, p = {probability(p)}"
    return Cell(axes, (title,))
