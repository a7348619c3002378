"""Distributions: similarities of pairs within a category against pairs across categories."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.analysis.word_pairs import word_pairs
from laminoscope_core.analysis.word_views import common_edges, histogram_density
from laminoscope_core.figures.frames import (
    Axis,
    Entry,
    draw_key,
    entry_width,
    framed_axes,
    key_height,
    room_around,
)
from laminoscope_core.figures.parts import header, header_height, line_height, size_of, wrapped
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import MM, Style
from laminoscope_core.figures.text import LINE, figure_text
from laminoscope_core.figures.word_labels import SCALES, layer_number
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

    from laminoscope_core.analysis import separability, similarity

__all__ = ["View", "data", "draw", "height"]

_WIDEST = 110.0
"""Millimetres at 7 points: a wider plot says no more."""

_HEADROOM = 1.7  # of a row, in heights of its densities, so that its text stands above them


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        Index of the layer; None for the middle one.
    """

    layer: int | None = None


def data(results: Mapping[str, Any], view: View) -> PlotData:
    """Return one line per site and bin, with the density of each group of pairs.

    The means of a site are the limits ``"means q"``: within, across.

    Raises
    ------
    ValueError
        There is no such layer.
    """
    result: similarity.Result = results["similarity"]
    effect: separability.Result = results["separability"]
    layer = layer_number(len(result.layers), view.layer)
    pairs = word_pairs(result.categories)
    vectors = {site: pairs.vectors(result.matrices[site][layer]) for site in result.sites}
    edges = common_edges(np.concatenate(list(vectors.values())))
    n_bins = len(edges) - 1
    columns: dict[str, list[Any]] = {"site": [], "within": [], "across": []}
    limits = {"x": (float(edges[0]), float(edges[-1]))}
    labels = {
        "title": f"Layer {result.layers[layer]}",
        "x": SCALES[result.params.measure],
        "within": f"within categories, n = {effect.n_within} pairs",
        "across": f"across categories, n = {effect.n_across} pairs",
    }
    for site, values in vectors.items():
        groups = [
            group[np.isfinite(group)] for group in (values[pairs.within], values[~pairs.within])
        ]
        columns["site"].append(np.full(n_bins, site))
        for name, group in zip(("within", "across"), groups, strict=True):
            columns[name].append(histogram_density(group, edges))
        means = [float(group.mean()) if group.size else np.nan for group in groups]
        limits[f"means {site}"] = (means[0], means[1])
        labels[f"d {site}"] = _effect(effect, layer, site)
    table = Table(
        {
            "site": np.concatenate(columns["site"]),
            "low": np.tile(edges[:-1], len(vectors)),
            "high": np.tile(edges[1:], len(vectors)),
            "within": np.concatenate(columns["within"]),
            "across": np.concatenate(columns["across"]),
        }
    )
    return PlotData(table, labels, limits)


def height(plot: PlotData, width: float, style: Style) -> float:
    """Return the inches that suit a width: one row per site, and a key."""
    return _places(plot, width, style).height


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw each site on a row: filled within, outlined across, lines at the means."""
    places = _places(plot, size_of(place)[0], style)
    header(place, [plot.labels["title"]], style)
    low, high = plot.limits["x"]
    margin = 0.02 * (high - low)
    for number, site in enumerate(_sites(plot)):
        last = number == len(_sites(plot)) - 1
        axes = framed_axes(
            place,
            (places.left, places.top + number * places.row),
            (places.width, places.row),
            (Axis(low - margin, high + margin, plot.labels["x"]), Axis(0, 1, "")),
            style,
        )
        if not last:
            axes.set(xlabel="", xticks=[])
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        _row(axes, plot, site, style)
    draw_key(place, places.key, places.key_width, _entries(plot, style), style)


def _row(axes: "Axes", plot: PlotData, site: str, style: Style) -> None:
    columns = plot.table.columns
    here = np.asarray(columns["site"]) == site
    low, high, within, across = (
        np.asarray(columns[name])[here] for name in ("low", "high", "within", "across")
    )
    edges = np.append(low, high[-1])
    theme, colour = style.theme, style.theme.sites[site]
    top = max(float(within.max()), float(across.max()), 1e-9)
    axes.set_ylim(0, top * _HEADROOM)
    axes.stairs(within, edges, fill=True, color=colour, alpha=0.45, linewidth=0)
    axes.stairs(within, edges, color=colour, linewidth=style.line)
    axes.stairs(across, edges, color=theme.muted, linewidth=style.line)
    for mean, shade, dashes in zip(
        plot.limits[f"means {site}"], (colour, theme.muted), ("-", (0, (4, 2))), strict=True
    ):
        if np.isfinite(mean):
            axes.plot((mean, mean), (0, top), color=shade, linestyle=dashes)
    width = axes.get_position().width * size_of(axes.figure)[0]
    text = f"{site.upper()}   {figure_text(plot.labels[f'd {site}'], 200)}"
    axes.text(
        0, 0.96, "\n".join(wrapped(text, width, style.font_size)[:2]), transform=axes.transAxes,
        va="top", linespacing=LINE,
    )  # fmt: skip


@dataclass(frozen=True)
class _Places:
    left: float
    top: float
    width: float
    row: float
    key: tuple[float, float]
    key_width: float
    height: float


def _places(plot: PlotData, width: float, style: Style) -> _Places:
    gap = style.font_size / 72
    entries = _entries(plot, style)
    beside = entry_width(entries, style)
    most = _WIDEST * MM * style.font_size / 7
    aside = width - most - gap >= beside
    inner = min(width, most) - 2 * gap
    _, below = room_around(Axis(0, 1, ""), inner, style)
    row = max(0.24 * inner, 3.6 * line_height(style.font_size))
    top = header_height([plot.labels["title"]], width, style) + 0.5 * gap
    bottom = top + len(_sites(plot)) * row + below
    if aside:
        return _Places(gap, top, inner, row, (most + gap, top), beside, bottom + 0.3 * gap)
    key = bottom + 0.3 * gap
    height = key + key_height(entries, width, style) + 0.3 * gap
    return _Places(gap, top, inner, row, (0.0, key), width, height)


def _sites(plot: PlotData) -> tuple[str, ...]:
    return tuple(dict.fromkeys(np.asarray(plot.table.columns["site"]).tolist()))


def _entries(plot: PlotData, style: Style) -> list[Entry]:
    grey = style.theme.muted
    return [
        Entry(plot.labels["within"], grey, sign="band"),
        Entry(plot.labels["across"], grey, sign="outline"),
        Entry("mean within", grey, sign="line"),
        Entry("mean across", grey, sign="dashed"),
    ]


def _effect(effect: "separability.Result", layer: int, site: str) -> str:
    at = (layer, effect.sites.index(site))
    value = float(effect.cohens_d[at])
    if np.isnan(value):
        return f"d undefined: {effect.reasons[at]}"
    return f"d = {value:.2f}".replace("-", "−")
