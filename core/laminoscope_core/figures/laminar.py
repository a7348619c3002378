"""Laminar curves: how correlation, RSA and separability run through the layers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.analysis.statistics import fisher_z
from laminoscope_core.export.tables import Table
from laminoscope_core.figures.parts import MARKERS, grid, layer_line
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import Style
from laminoscope_core.theme import PAIR_LABELS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

__all__ = ["CORRELATIONS", "View", "data", "draw", "height"]

CORRELATIONS = {
    "pearson": "Pearson r",
    "spearman": "Spearman ρ",
    "kendall_tau_a": "Kendall τₐ",
    "rho_a": "ρₐ",
}
_PLOTS = ("direct", "all", "within", "across", "d")


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
    name = CORRELATIONS[scores.params.correlation]
    if scores.params.block_corrected:
        name += ", block-corrected"
    kind = f"Fisher z of {name}" if view.fisher_z else name
    counts = dict(zip(scores.subsets, scores.n_pairs, strict=True))
    note = direct.note(view.position) or f"n = {direct.n_words} words"
    labels = {
        "direct": f"Direct, {note}",
        **{name: f"RSA {name}, n = {counts[name]} pairs" for name in ("all", "within", "across")},
        "d": f"Separability, {separability.n_within} within, {separability.n_across} across",
        "y direct": "Pearson r",
        "y rsa": f"RSA score ({kind})",
        "y d": "Cohen's d",
        "layer": "" if view.layer is None else str(view.layer),
    }
    return PlotData(Table(columns), labels)


def _curve(plot: str, series: str, layers: tuple[int, ...], values: Any, **extra: Any) -> Any:
    missing = np.full(len(layers), np.nan)
    return {
        "plot": np.full(len(layers), plot),
        "series": np.full(len(layers), series),
        "layer": np.array(layers),
        "value": np.asarray(values, dtype=np.float64),
        **{name: np.asarray(extra.get(name, missing)) for name in ("low", "high", "q")},
    }


def height(plot: PlotData, width: float, style: Style) -> float:  # noqa: ARG001
    """Return the inches that suit a width: two rows of plots."""
    return width * 0.62


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Draw five small multiples and a place for the legend."""
    columns = {name: np.asarray(column) for name, column in plot.table.columns.items()}
    grid_of_axes = place.subplots(2, 3, sharex=True)
    cells = dict(
        zip(("direct", "d", "key", "all", "within", "across"), grid_of_axes.flat, strict=True)
    )
    layer = int(plot.labels["layer"]) if plot.labels["layer"] else None
    for name in _PLOTS:
        axes = cells[name]
        _curves(
            axes, {key: column[columns["plot"] == name] for key, column in columns.items()}, style
        )
        axes.set_title(plot.labels[name])
        layer_line(axes, layer, style)
        axes.axhline(0, color=style.theme.muted, linewidth=style.thin, zorder=0.5)
        grid(axes, style)
    cells["within"].sharey(cells["all"])
    cells["across"].sharey(cells["all"])
    cells["direct"].set_ylabel(plot.labels["y direct"])
    cells["all"].set_ylabel(plot.labels["y rsa"])
    cells["d"].set_ylabel(plot.labels["y d"])
    for name in ("all", "within", "across"):
        cells[name].set_xlabel("layer")
    _key(cells["key"], bool(np.isfinite(columns["q"]).any()), style)


def _curves(axes: "Axes", columns: Mapping[str, Any], style: Style) -> None:
    theme = style.theme
    colours, names = {**theme.pairs, **theme.sites}, {**PAIR_LABELS, "q": "Q", "k": "K", "v": "V"}
    background = "none" if style.transparent else theme.surface
    for series in dict.fromkeys(columns["series"]):
        at = columns["series"] == series
        layer, value, q = (columns[name][at] for name in ("layer", "value", "q"))
        colour = colours[series]
        low, high = columns["low"][at], columns["high"][at]
        axes.fill_between(layer, low, high, color=colour, alpha=0.2, linewidth=0)
        axes.plot(
            layer, value, color=colour, label=names[series], marker=MARKERS[series], markersize=0
        )
        solid = np.isnan(q) | (q < 0.05)
        for chosen, face in ((solid, colour), (~solid, background)):
            axes.plot(
                layer[chosen],
                value[chosen],
                linestyle="none",
                marker=MARKERS[series],
                markersize=style.font_size / 3,
                markerfacecolor=face,
                markeredgecolor=colour,
                markeredgewidth=style.thin,
            )


def _key(axes: "Axes", tested: bool, style: Style) -> None:
    from matplotlib.lines import Line2D

    axes.axis("off")
    theme = style.theme

    def sample(series: str, label: str, colour: str) -> Line2D:
        return Line2D(
            [],
            [],
            color=colour,
            marker=MARKERS[series],
            label=label,
            markersize=style.font_size / 2.4,
        )

    handles = [sample(pair, PAIR_LABELS[pair], theme.pairs[pair]) for pair in PAIR_LABELS]
    handles += [sample(site, site.upper(), theme.sites[site]) for site in "qkv"]
    axes.legend(handles=handles, ncols=2, loc="upper left")
    if tested:
        axes.text(
            0,
            0.1,
            "filled: q < .05\nband: 95 % bootstrap",
            transform=axes.transAxes,
            fontsize=style.font_size - 1,
        )
