"""Laminar curves: how correlation, RSA and separability run through the layers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.statistics import fisher_z
from laminoscope_core.analysis.word_views import CORRELATIONS, correlation_label, score_limits
from laminoscope_core.figures.frames import (
    Axis,
    Entry,
    draw_key,
    framed_axes,
    key_height,
    room_around,
)
from laminoscope_core.figures.parts import (
    MARKERS,
    grid,
    layer_line,
    line_height,
    size_of,
    text_at,
    wrapped,
)
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import MM, Style
from laminoscope_core.tables import Table
from laminoscope_core.theme import PAIR_LABELS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

__all__ = ["CORRELATIONS", "View", "data", "draw", "height"]

_PLOTS = ("all", "within", "across", "direct", "d")
_NAMES = {**PAIR_LABELS, "q": "Q", "k": "K", "v": "V"}

_THREE_COLUMNS = 125.0
"""Millimetres at 7 points from which three plots stand beside one another."""


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The layer that is marked.
    position : str
        Token of the direct correlation: ``"target"`` or ``"context"``.
    fisher_z : bool
        RSA scores as atanh(r).
    """

    layer: int | None = None
    position: str = "target"
    fisher_z: bool = False


def data(results: Mapping[str, Any], view: View) -> PlotData:
    """Return one line per plot, curve and layer, with its band and adjusted p where known."""
    scores, chance = results["rsa"], results.get("rsa-chance")
    shown = fisher_z if view.fisher_z else np.asarray
    lines: list[dict[str, Any]] = []
    direct = results["direct"]
    at = direct.positions.index(view.position)
    for row, pair in enumerate(direct.site_pairs):
        lines.append(_curve("direct", pair, direct.layers, direct.r[:, row, at]))
    for subset in ("all", "within", "across"):
        column = scores.subsets.index(subset)
        for row, pair in enumerate(scores.site_pairs):
            where = (slice(None), row, column)
            bands = (
                {}
                if chance is None
                else {
                    "low": shown(chance.low[where]),
                    "high": shown(chance.high[where]),
                    "q": chance.q[where],
                }
            )
            lines.append(_curve(subset, pair, scores.layers, shown(scores.r[where]), **bands))
    separability, tested = results["separability"], results.get("separability-chance")
    for column, site in enumerate(separability.sites):
        extra = {} if tested is None else {"q": tested.q[:, column]}
        values = separability.cohens_d[:, column]
        lines.append(_curve("d", site, separability.layers, values, **extra))
    columns = {name: np.concatenate([line[name] for line in lines]) for name in lines[0]}
    name = correlation_label(scores.params)
    kind = f"Fisher z of {name}" if view.fisher_z else name
    counts = dict(zip(scores.subsets, scores.n_pairs, strict=True))
    token = {"target": "at the word", "context": "at the context"}[view.position]
    note = direct.note(view.position) or f"n = {direct.n_words} words"
    labels = {
        "direct": f"Direct {token}, {note}",
        **{name: f"RSA {name}, n = {counts[name]} pairs" for name in ("all", "within", "across")},
        "d": f"Separability, n = {separability.n_within} within, {separability.n_across} across",
        "y direct": "Pearson r",
        "y rsa": kind,
        "y d": "Cohen's d",
        "layer": "" if view.layer is None else str(view.layer),
        "band": "" if chance is None else f"{chance.params.confidence:.0%} bootstrap band",
    }
    limits = {
        "y rsa": score_limits(shown(scores.r)),
        "y direct": _limits(direct.r[:, :, at], 1.0),
        "y d": _limits(separability.cohens_d, 0.0),
    }
    return PlotData(Table(columns), labels, limits)


def _curve(plot: str, series: str, layers: tuple[int, ...], values: Any, **extra: Any) -> Any:
    missing = np.full(len(layers), np.nan)
    return {
        "plot": np.full(len(layers), plot),
        "series": np.full(len(layers), series),
        "layer": np.array(layers),
        "value": np.asarray(values, dtype=np.float64),
        **{name: np.asarray(extra.get(name, missing)) for name in ("low", "high", "q")},
    }


def _limits(values: NDArray[np.float64], least_top: float) -> tuple[float, float]:
    known = values[np.isfinite(values)]
    low, high = float(known.min(initial=0.0)), float(known.max(initial=least_top))
    return low, high if high > low else low + 1.0


def height(plot: PlotData, width: float, style: Style) -> float:
    """Return the inches that suit a width: two or three rows of plots."""
    return _places(plot, width, style).height


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw five small multiples and, where a sixth would be, their key."""
    places = _places(plot, size_of(place)[0], style)
    columns = {name: np.asarray(column) for name, column in plot.table.columns.items()}
    layer = int(plot.labels["layer"]) if plot.labels["layer"] else None
    for number, name in enumerate(_PLOTS):
        left, top = places.corner(number)
        for line, text in enumerate(places.titles[name]):
            text_at(place, left, top + line * line_height(style.font_size), text, va="top")
        shown = _axes_of(plot, name)
        axes = framed_axes(place, places.inner(number), places.frame, shown, style)
        grid(axes, style)
        axes.axhline(0, color=style.theme.muted, linewidth=style.thin, zorder=0.5)
        layer_line(axes, layer, style)
        chosen = columns["plot"] == name
        _curves(axes, {key: column[chosen] for key, column in columns.items()}, style)
    draw_key(place, places.inner(len(_PLOTS)), places.frame[0], _entries(plot, style), style)


@dataclass(frozen=True)
class _Places:
    """Where the plots are, in inches; each cell is a title over a frame with its labels."""

    across: float
    tops: tuple[float, ...]
    titles: Mapping[str, list[str]]
    title_heights: tuple[float, ...]
    left: float
    frame: tuple[float, float]
    height: float

    @property
    def n_columns(self) -> int:
        """Cells beside one another."""
        return -(-(len(_PLOTS) + 1) // len(self.tops))

    def corner(self, number: int) -> tuple[float, float]:
        """Return the left and the top of a cell."""
        row, column = divmod(number, self.n_columns)
        return column * self.across, self.tops[row]

    def inner(self, number: int) -> tuple[float, float]:
        """Return the left and the top of the frame in a cell."""
        left, top = self.corner(number)
        return left + self.left, top + self.title_heights[number // self.n_columns]


def _places(plot: PlotData, width: float, style: Style) -> _Places:
    gap, line = style.font_size / 72, line_height(style.font_size)
    n_columns = 3 if width >= _THREE_COLUMNS * MM * style.font_size / 7 else 2
    across = width / n_columns
    tall = across * 0.55
    around = [room_around(_axes_of(plot, name)[1], tall, style) for name in _PLOTS]
    left, below = max(left for left, _ in around), around[0][1]
    titles = {
        name: wrapped(plot.labels[name], across - gap, style.font_size)[:2] for name in _PLOTS
    }
    rows = [_PLOTS[start : start + n_columns] for start in range(0, len(_PLOTS) + 1, n_columns)]
    title_heights = [max(len(titles[name]) for name in row) * line + 0.4 * gap for row in rows]
    tops = [0.0]
    for title in title_heights:
        tops.append(tops[-1] + title + tall + below + 0.8 * gap)
    frame = (across - left - 1.2 * gap, tall)
    key = tops[-2] + title_heights[-1] + key_height(_entries(plot, style), frame[0], style)
    return _Places(
        across, tuple(tops[:-1]), titles, tuple(title_heights), left, frame, max(tops[-1], key)
    )


def _axes_of(plot: PlotData, name: str) -> tuple[Axis, Axis]:
    layers = np.asarray(plot.table.columns["layer"])
    margin = max(0.04 * float(np.ptp(layers)), 0.5)
    x = Axis(float(layers.min()) - margin, float(layers.max()) + margin, "layer", whole=True)
    kind = f"y {name if name in ('direct', 'd') else 'rsa'}"
    low, high = plot.limits[kind]
    margin = 0.04 * (high - low)
    return x, Axis(low - margin, high + margin, plot.labels[kind])


def _curves(axes: "Axes", columns: Mapping[str, Any], style: Style) -> None:
    theme = style.theme
    colours = {**theme.pairs, **theme.sites}
    background = "none" if style.transparent else theme.surface
    many = len(set(columns["layer"].tolist())) > 24
    low_end, high_end = axes.get_ylim()
    for series in dict.fromkeys(columns["series"].tolist()):
        at = columns["series"] == series
        layer, value, q = (columns[name][at] for name in ("layer", "value", "q"))
        colour = colours[series]
        low, high = (np.clip(columns[name][at], low_end, high_end) for name in ("low", "high"))
        axes.fill_between(layer, low, high, color=colour, alpha=0.2, linewidth=0)
        axes.plot(layer, np.where(np.isfinite(value), value, np.nan), color=colour)
        off = np.isinf(value)
        ends = np.where(value > 0, high_end, low_end)
        solid = np.isnan(q) | (q < 0.05)
        for chosen, face in ((solid, colour), (~solid, background)):
            axes.plot(
                layer[chosen],
                np.where(off, ends, value)[chosen],
                linestyle="none",
                marker=MARKERS[series],
                markersize=style.font_size / (4 if many else 3),
                markerfacecolor=face,
                markeredgecolor=colour,
                markeredgewidth=style.thin,
                clip_on=False,
            )


def _entries(plot: PlotData, style: Style) -> list[Entry]:
    theme, columns = style.theme, plot.table.columns
    entries = [
        Entry(_NAMES[name], {**theme.pairs, **theme.sites}[name], MARKERS[name], "line")
        for name in dict.fromkeys(np.asarray(columns["series"]).tolist())
    ]
    if np.isfinite(np.asarray(columns["q"])).any():
        entries.append(Entry("q < .05", theme.muted, "o"))
        entries.append(Entry("q ≥ .05", theme.muted, "o", "hollow"))
    if plot.labels["band"]:
        entries.append(Entry(plot.labels["band"], theme.muted, sign="band"))
    if style.marks and plot.labels["layer"]:
        entries.append(Entry(f"layer {plot.labels['layer']}", theme.accent, sign="upright"))
    if np.isinf(np.asarray(columns["value"])).any():
        entries.append(Entry("at the edge: infinite", theme.muted, "d"))
    return entries
