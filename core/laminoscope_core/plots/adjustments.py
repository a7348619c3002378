"""Adjustments: how strongly each layer acts on each token, as a map of layers × tokens."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.adjustments import Result
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.colouring import Coloured, coloured
from laminoscope_core.plots.once import once
from laminoscope_core.plots.shown import (
    Axis,
    Floats,
    Frame,
    Image,
    Mark,
    Rule,
    Scale,
    Shown,
    Spans,
)
from laminoscope_core.plots.text import (
    SITES,
    colour_limits,
    number,
    reason_of,
    token_text,
)
from laminoscope_core.plots.words import layer_number
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many

__all__ = ["MEASURES", "ORDERS", "View", "mean_log_norms", "show"]

ORDERS: Mapping[str, str] = {
    "reading": "reading order",
    "layer": "by log norm at the layer",
    "mean": "by mean log norm",
    "surprisal": "by surprisal",
}
"""How the tokens of the map may be sorted."""

MEASURES: Mapping[str, str] = {"plain": "log norm", "z": "z within layer"}
"""What the map may show."""

_TAIL = 0.5
"""Percent of the cells at either end that are beyond the colours."""


@dataclass(frozen=True)
class View(Coloured):
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The layer that is marked, and that ``order="layer"`` sorts by (the middle one if None).
    tokens : tuple of int
        The selected tokens, which are marked.
    order, measure : str
        Keys of `ORDERS` and `MEASURES`.
    colours, between
        As of `Coloured`.
    """

    layer: int | None = None
    tokens: tuple[int, ...] = ()
    order: str = "reading"
    measure: str = "plain"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("order", self.order, ORDERS)
        check_choice("measure", self.measure, MEASURES)


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return the map in the order that is chosen, with the selected layer and tokens."""
    norms: Result = results["adjustments"]
    n_layers, n_tokens = norms.log_norms.shape
    layer = layer_number(n_layers, view.layer)
    order = _order(norms, view.order, layer)
    low, high = _limits(norms, view.measure)
    marks: dict[str, Mark] = {
        "map": _map(norms, order, view),
        "selected": _selected(order, view.tokens),
    }
    if view.layer is not None:
        marks["layer"] = Rule(
            at=layer, across="y", colour="on_map", width=0.9, drags="layer", selection=True
        )
    in_reading = view.order == "reading"
    frame = Frame(
        Axis(
            -0.5, n_tokens - 0.5, _along(view.order, layer), whole=True, selects="token",
            names=norms.shown if in_reading else tuple(norms.shown[token] for token in order),
            values=() if in_reading else tuple(order.tolist()),
        ),
        Axis(-0.5, n_layers - 0.5, "layer", whole=True, selects="layer"),
        marks,
        aspect=0.5,
        grid=False,
    )  # fmt: skip
    scale = Scale("sequential", low, high, MEASURES[view.measure], over=True, under=True)
    undefined = reason_of(norms.reasons)
    size = f"{n_tokens:,} token{'' if n_tokens == 1 else 's'} × {how_many(n_layers, 'layer')}"
    site = SITES[norms.params.site]
    return Shown(
        {"map": frame},
        lambda: _table(norms, order, view),
        title=f"{site[0].upper()}{site[1:]}, {size}"
        + (f" (grey: {undefined})" if undefined else ""),
        note=f"grey: {undefined}" if undefined else size,
        scale=coloured(scale, view),
    )


@once
def mean_log_norms(norms: Result) -> Floats:
    """Return each token's mean over the layers in which it is defined (n_tokens,)."""
    known = np.isfinite(norms.log_norms)
    total = np.where(known, norms.log_norms, 0).sum(axis=0)
    n_layers = known.sum(axis=0)
    mean: Floats = np.where(n_layers > 0, total / np.maximum(n_layers, 1), np.nan)
    return mean


@once
def _measured(norms: Result, measure: str) -> Floats:
    """Return the cells of the map (n_layers, n_tokens).

    ``"plain"`` are the log-norms; ``"z"`` is how many standard deviations (divided by n) of its
    layer a token lies from the layer's mean, both without the leading tokens.
    """
    if measure == "plain":
        return norms.log_norms
    kept = norms.kept
    if not kept.shape[1]:
        return np.full_like(norms.log_norms, np.nan)
    mean, spread = kept.mean(axis=1, keepdims=True), kept.std(axis=1, keepdims=True)
    scaled: Floats = (norms.log_norms - mean) / np.where(spread > 0, spread, np.nan)
    return scaled


@once
def _limits(norms: Result, measure: str) -> tuple[float, float]:
    return colour_limits(_measured(norms, measure)[:, norms.params.drop :], _TAIL)


def _order(norms: Result, order: str, layer: int) -> NDArray[np.intp]:
    """Return the tokens (n_tokens,) in an order, lowest first, undefined last."""
    if order == "reading":
        return np.arange(len(norms.tokens))
    keys = {
        "layer": norms.log_norms[layer],
        "mean": mean_log_norms(norms),
        "surprisal": norms.surprisal,
    }
    return np.argsort(keys[order], kind="stable")


def _map(norms: Result, order: NDArray[np.intp], view: View) -> Image:
    n_layers, n_tokens = norms.log_norms.shape
    values = _measured(norms, view.measure)

    def says(layer: int, column: int) -> str:
        token = int(order[column])
        norm, log_norm = norms.norms[layer, token], norms.log_norms[layer, token]
        found = "undefined" if np.isnan(norm) else f"norm {norm:.3g}, log {number(log_norm)}"
        if view.measure == "z":
            found += f", z {number(values[layer, token])}"
        return f"{token_text(norms, token)}  layer {layer}  {found}"

    return Image(
        values=values if view.order == "reading" else values[:, order],
        x=(-0.5, n_tokens - 0.5),
        y=(-0.5, n_layers - 0.5),
        says=says,
        stands_for=lambda layer, column: {"token": int(order[column]), "layer": layer},
    )


def _selected(order: NDArray[np.intp], tokens: tuple[int, ...]) -> Spans:
    """Return the stretches of the map in which selected tokens stand side by side."""
    chosen = np.concatenate(([False], np.isin(order, tokens), [False]))
    edges = np.flatnonzero(np.diff(chosen.astype(int)))
    runs = [run for run in pairwise(edges.tolist()) if chosen[run[0] + 1]]
    low, high = np.array(runs, dtype=np.float64).reshape(-1, 2).T - 0.5
    return Spans(low=low, high=high, colour="on_map", selection=True)


def _along(order: str, layer: int) -> str:
    return {
        "reading": "token",
        "layer": f"token, by log norm at layer {layer}",
        "mean": "token, by mean log norm of all layers",
        "surprisal": "token, by surprisal",
    }[order]


def _table(norms: Result, order: NDArray[np.intp], view: View) -> Table:
    """Return one line per layer and token, in the order of the map."""
    n_layers, n_tokens = norms.log_norms.shape
    token = np.tile(order, n_layers)
    layer = np.repeat(np.arange(n_layers), n_tokens)
    return Table(
        {
            "layer": np.array(norms.layers)[layer],
            "place": np.tile(np.arange(n_tokens), n_layers),
            "token_index": token,
            "token_id": np.array(norms.token_ids)[token],
            "token": [norms.shown[index] for index in token],
            "value": _measured(norms, view.measure)[:, order].ravel(),
            "selected": np.isin(token, view.tokens),
            "reason": np.array(norms.reasons)[layer],
        }
    )
