"""RSA of heads: which heads hold a layer's geometry of words, and which heads hold the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.carriers import first_reasons
from laminoscope_core.analysis.rsa_heads import Result
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.colouring import Coloured, coloured
from laminoscope_core.plots.inside import nothing_to_show
from laminoscope_core.plots.shown import (
    Axis,
    Boxes,
    Floats,
    Frame,
    Image,
    Mark,
    Rule,
    Scale,
    Shown,
    limits_said,
)
from laminoscope_core.plots.words import (
    MEASURES,
    carrier_note,
    correlation_label,
    layer_number,
    score_scale,
    the_carrier,
    two_places,
)
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many
from laminoscope_core.theme import site_label
from laminoscope_core.words_section import WordSite

__all__ = ["VALUES", "View", "show"]

VALUES: Mapping[str, str] = {
    "agreement": "agreement with the layer",
    "d": "separability (Cohen's d)",
}
"""What the map of layers × heads may show, for people."""


@dataclass(frozen=True)
class View(Coloured):
    """What is shown.

    Attributes
    ----------
    layer : int or None
        Index of the layer whose heads are compared; None for the middle one.
    head : int or None
        The query head that is marked.
    carrier : int or None
        One of several carrier sentences; None for their mean.
    heads_of : str
        The site; the first that has heads if this one has none.
    value : str
        A key of `VALUES`.
    colours, between
        As of `Coloured`.
    """

    layer: int | None = None
    head: int | None = None
    carrier: int | None = None
    heads_of: str = "q"
    value: str = "agreement"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("heads_of", self.heads_of, get_args(WordSite))
        check_choice("value", self.value, VALUES)


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a map of layers × heads, and one of the heads of a layer with each other."""
    result: Result = the_carrier(results["rsa-heads"], view.carrier)
    if result.reason:
        return nothing_to_show("layers", result.reason)
    site = view.heads_of if view.heads_of in result.sites else result.sites[0]
    layer = layer_number(len(result.layers), view.layer)
    marked = None
    if view.head is not None and view.head < result.n_query_heads:
        marked = result.head_of(site, view.head)
    of_pairs = score_scale(result.r[site], result.scored)
    values, why, scale = result.r[site][:, :, -1].T, _agreement_reasons(result, site).T, of_pairs
    if view.value == "d":
        values, why = result.cohens_d[site].T, result.d_reasons[site].T
        known = values[np.isfinite(values)]
        low, high = float(known.min(initial=0.0)), float(known.max(initial=0.0))
        scale = Scale("sequential", low, high if high > low else low + 1.0, "Cohen's d")
    own = result.r[site][layer, :, :-1]
    own_why = _pair_reasons(result, site, layer)
    size = _size(result, site)
    said = [correlation_label(result.scored), *size]
    return Shown(
        {
            "layers": _layers(result, site, values, why, view.value, layer, marked),
            "heads": _heads(
                result, site, layer, own, own_why, marked, of_pairs if view.value == "d" else None
            ),
        },
        lambda: _table(layer, values, why, own, own_why),
        title=", ".join([f"Heads at {site_label(site)}", VALUES[view.value], *said]),
        note=" · ".join(size),
        scale=coloured(scale, view),
        narrowest=30.0,
    )


def _layers(
    result: Result,
    site: str,
    values: Floats,
    why: NDArray[np.str_],
    value: str,
    layer: int,
    marked: int | None,
) -> Frame:
    """Return the map of layers × heads: layers along x, as those of laminar curves."""
    n_heads, n_layers = values.shape
    name = _symbol(result) if value == "agreement" else "d"

    def says(head: int, at: int) -> str:
        return (
            f"layer {at}, {_head_text(result, site, head)}\n{name} = {_said(values, why, head, at)}"
        )

    def stands_for(head: int, at: int) -> dict[str, int]:
        return {"layer": at, "head": result.query_head_of(site, head)}

    ends = (-0.5, n_layers - 0.5), (-0.5, n_heads - 0.5)
    marks: dict[str, Mark] = {
        "map": Image(values=values, x=ends[0], y=ends[1], says=says, stands_for=stands_for),
        "layer": Rule(at=float(layer), colour="on_map", width=0.9, drags="layer", selection=True),
    }
    if marked is not None:
        marks["head"] = Boxes(
            x=np.array([[layer - 0.5, layer + 0.5]]), y=np.array([[marked - 0.5, marked + 0.5]]),
            colour="accent", selection=True,
        )  # fmt: skip
    return Frame(
        Axis(*ends[0], "layer", whole=True, selects="layer"),
        Axis(*ends[1], _axis_label(result, site), whole=True),
        marks,
        inside=_all_undefined(values, why),
        aspect=0.5,
        share=2.0,
        grid=False,
    )


def _heads(
    result: Result,
    site: str,
    layer: int,
    values: Floats,
    why: NDArray[np.str_],
    marked: int | None,
    scale: Scale | None,
) -> Frame:
    """Return the map of the heads of a layer with each other, with a scale if it has its own."""

    def says(row: int, column: int) -> str:
        one, other = (_head_text(result, site, head) for head in (row, column))
        return f"{one} – {other}\n{_symbol(result)} = {_said(values, why, row, column)}"

    def stands_for(_row: int, column: int) -> dict[str, int]:
        return {"layer": layer, "head": result.query_head_of(site, column)}

    ends = (-0.5, len(values) - 0.5)
    marks: dict[str, Mark] = {
        "map": Image(values=values, x=ends, y=ends, says=says, stands_for=stands_for)
    }
    if marked is not None:
        look: dict[str, Any] = {"colour": "on_map", "width": 0.9, "selection": True}
        marks["head x"] = Rule(at=float(marked), across="x", **look)
        marks["head y"] = Rule(at=float(marked), across="y", **look)
    label = _axis_label(result, site)
    return Frame(
        Axis(*ends, f"{label} of layer {layer}", whole=True),
        Axis(*ends, label, whole=True),
        marks,
        title="" if scale is None else limits_said(scale),
        inside=_all_undefined(values, why),
        aspect=1.0,
        grid=False,
        scale=scale,
    )


def _table(
    layer: int,
    values: Floats,
    why: NDArray[np.str_],
    own: Floats,
    own_why: NDArray[np.str_],
) -> Table:
    """Return one line per layer and head, then one per pair of heads of the layer."""
    head, at = (axis.ravel() for axis in np.indices(values.shape))
    one, other = (axis.ravel() for axis in np.indices(own.shape))
    return Table(
        {
            "plot": np.repeat(["layers", "heads"], [values.size, own.size]),
            "layer": np.concatenate([at, np.full(own.size, layer)]),
            "head": np.concatenate([head, one]),
            "other_head": np.concatenate([np.full(values.size, -1), other]),
            "value": np.concatenate([values.ravel(), own.ravel()]),
            "reason": np.concatenate([why.ravel(), own_why.ravel()]),
        }
    )


def _agreement_reasons(result: Result, site: str) -> NDArray[np.str_]:
    """Return why heads cannot be compared with their layer (n_layers, n_heads)."""
    why = result.reasons[site]
    return first_reasons([why[:, :-1], np.broadcast_to(why[:, -1:], why[:, :-1].shape)])


def _pair_reasons(result: Result, site: str, layer: int) -> NDArray[np.str_]:
    """Return why heads of a layer cannot be compared (n_heads, n_heads)."""
    why = result.reasons[site][layer, :-1]
    return first_reasons([*np.meshgrid(why, why, indexing="ij")])


def _all_undefined(values: Floats, why: NDArray[np.str_]) -> str:
    """Return why nothing is drawn, if nothing is."""
    if np.isfinite(values).any():
        return ""
    return next((str(reason) for reason in why.ravel() if reason), "")


def _said(values: Floats, why: NDArray[np.str_], row: int, column: int) -> str:
    return two_places(float(values[row, column]), str(why[row, column]))


def _symbol(result: Result) -> str:
    return correlation_label(result.scored).partition(",")[0].rpartition(" ")[2]


def _shared(result: Result, site: str) -> int:
    """Return how many query heads read each head of a site."""
    return result.n_query_heads // result.n_heads(site)


def _axis_label(result: Result, site: str) -> str:
    return "head" if _shared(result, site) == 1 else "key/value head"


def _head_text(result: Result, site: str, head: int) -> str:
    """Return a head's name: with the query heads that read it, where there are several."""
    n = _shared(result, site)
    if n == 1:
        return f"head {head}"
    low = result.query_head_of(site, head)
    high = low + n - 1
    return f"key/value head {head} of query heads {low} to {high}"


def _size(result: Result, site: str) -> list[str]:
    """Return how many heads and pairs there are, and whether all layers are."""
    n, shared = result.n_heads(site), _shared(result, site)
    grouped = f"{n} key/value heads, each read by {shared} query heads"
    return [
        how_many(n, "head") if shared == 1 else grouped,
        f"n = {how_many(result.n_pairs, 'pair')}",
        MEASURES[result.measure],
        *carrier_note(result),
        *([] if result.complete else ["more layers to come"]),
    ]
