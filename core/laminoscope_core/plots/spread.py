"""Distributions: the log-norms of every layer as a histogram, and how normal those of one are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.adjustments import FEWEST, Result
from laminoscope_core.plots.once import once
from laminoscope_core.plots.shown import (
    Axis,
    Floats,
    Frame,
    Mark,
    Points,
    Rule,
    Scale,
    Shown,
    Steps,
    limits_around,
)
from laminoscope_core.plots.text import SITES, counted, number, token_text
from laminoscope_core.plots.ticks import decades
from laminoscope_core.plots.words import layer_number
from laminoscope_core.tables import Table

__all__ = ["View", "show"]

_BELOW = 0.7
"""Where the axis of densities begins, in smallest densities that are drawn."""
_MOST_QUANTILES = 300


@dataclass(frozen=True)
class View:
    """What is shown: the layer in front, and on the normal plot; None for the middle one."""

    layer: int | None = None


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return an outline per layer, and the chosen layer's values against normal scores."""
    norms: Result = results["adjustments"]
    layer = layer_number(len(norms.layers), view.layer)
    edges, heights = norms.histograms[layer]
    outlines: dict[str, Mark] = {
        **_outlines(norms),
        "selected": Steps(
            edges=edges if edges.size else np.zeros(1), heights=heights, colour="accent", width=1.3,
            selection=True,
        ),
    }  # fmt: skip
    low, high = _range(norms)
    least, most = _densities(norms)
    densities = Frame(
        Axis(low, high, "log norm"),
        Axis(least, most, "density (log scale)", log=True, ticks=decades(least, most)),
        outlines,
        share=3.0,
    )
    x, y = _normal_limits(norms)
    normal = Frame(
        Axis(-x, x, "normal score"),
        Axis(-y, y, "z (log norm)"),
        {
            "normal": Rule(across="unity", colour="muted", dashed=True),
            "tokens": _normal(norms, layer),
        },
        aspect=0.83,
        share=2.0,
    )
    last = max(len(norms.layers) - 1, 1)
    site = SITES[norms.params.site]
    return Shown(
        {"densities": densities, "normal": normal},
        lambda: _table(norms, layer),
        title=f"Log norm of {site}, {counted(norms)}; {_moments(norms, layer)}",
        note=_moments(norms, layer),
        scale=Scale("depth", 0, last, "layer", whole=True, bar=len(norms.layers) > 1),
        widest=110.0,
    )


@once
def _outlines(norms: Result) -> dict[str, Mark]:
    return {
        f"layer {layer}": Steps(edges=edges, heights=heights, shade=float(layer), width=0.6)
        for layer, (edges, heights) in enumerate(norms.histograms)
        if edges.size
    }


@once
def _range(norms: Result) -> tuple[float, float]:
    return limits_around(*(edges for edges, _ in norms.histograms), margin=0.02)


@once
def _densities(norms: Result) -> tuple[float, float]:
    """Return limits of densities: in decades, as a layer of nearly equal values has a tall peak."""
    drawn = [heights[heights > 0] for _, heights in norms.histograms if heights.any()]
    if not drawn:
        return 0.1, 1.0
    every = np.concatenate(drawn)
    return _BELOW * float(every.min()), 1.2 * float(every.max())


@once
def _normal_limits(norms: Result) -> tuple[float, float]:
    """Return limits of normal scores and z that fit all layers, so that they can be compared."""
    known = norms.kept[np.isfinite(norms.skew)]
    if not known.size:
        return 3.0, 3.0
    z = np.abs(known - known.mean(axis=1, keepdims=True)) / known.std(axis=1, keepdims=True)
    return 1.1 * float(norms.normal_scores[-1]), 1.1 * float(z.max())


@once
def _normal(norms: Result, layer: int) -> Points:
    """Return a layer's standardised values in order against normal scores."""
    rank, order = _ranks(norms, layer)
    values = norms.kept[layer]
    z = (values[order] - values.mean()) / values.std() if order.size else np.empty(0)
    scores = norms.normal_scores[rank]
    tokens = order + norms.params.drop

    def says(at: int) -> str:
        token = token_text(norms, int(tokens[at]))
        return f"{token}  z {number(z[at])}, normal score {number(scores[at])}"

    return Points(
        x=scores, y=z, size=0.8, shade=np.full(z.size, float(layer)), stands_for={"token": tokens},
        says=says,
    )  # fmt: skip


def _ranks(norms: Result, layer: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the ranks that are drawn and which of the tokens have them.

    Of many, evenly chosen ones and the fifty at either end; none where the layer is undefined.
    """
    n = norms.n
    if np.isnan(norms.skew[layer]):
        ranks = np.arange(0)
    elif n <= _MOST_QUANTILES:
        ranks = np.arange(n)
    else:
        middle = np.linspace(50, n - 51, _MOST_QUANTILES - 100).round().astype(int)
        ranks = np.unique(np.concatenate([np.arange(50), middle, np.arange(n - 50, n)]))
    return ranks, np.argsort(norms.kept[layer], kind="stable")[ranks]


def _moments(norms: Result, layer: int) -> str:
    if np.isnan(norms.skew[layer]):
        few = f"fewer than {FEWEST} tokens" if norms.n else "no token is left"
        alike = "all values are alike" if norms.n >= FEWEST else few
        return f"layer {layer}: {norms.reasons[layer] or alike}"
    skew, kurtosis = number(norms.skew[layer]), number(norms.kurtosis[layer])
    return f"layer {layer} · skew {skew} · excess kurtosis {kurtosis}"


def _table(norms: Result, layer: int) -> Table:
    """Return a line per bin of every layer, from ``x`` to ``right``, and per normal score."""
    nothing = np.full(1, np.nan)
    parts = [
        _lines("density", at, edges[:-1], edges[1:], density)
        if edges.size
        else _lines("density", at, nothing, nothing, nothing)
        for at, (edges, density) in enumerate(norms.histograms)
    ]
    points = _normal(norms, layer)
    parts.append(_lines("normal", layer, points.x, np.full(points.x.size, np.nan), points.y))
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    of_layers = [reason or "no token is left" for reason in norms.reasons]
    undefined = np.isnan(columns["value"])
    reasons = np.where(undefined, np.take(of_layers, columns["layer"]), "")
    return Table({**columns, "reason": reasons})


def _lines(plot: str, layer: int, x: Floats, right: Floats, value: Floats) -> dict[str, Any]:
    return {
        "plot": np.full(len(x), plot),
        "layer": np.full(len(x), layer),
        "x": x,
        "right": right,
        "value": value,
    }
