"""RSA of depth: which layers hold the same geometry of words, within a site or across two."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.carriers import first_reasons
from laminoscope_core.analysis.rsa_depth import Result
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.colouring import Coloured, coloured
from laminoscope_core.plots.shown import (
    Axis,
    Curve,
    Entry,
    Floats,
    Frame,
    Image,
    Mark,
    Rule,
    Shown,
)
from laminoscope_core.plots.words import (
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

__all__ = ["View", "show"]


@dataclass(frozen=True)
class View(Coloured):
    """What is shown.

    Attributes
    ----------
    layer : int or None
        Index of the layer whose row is marked, and drawn as a curve; None for the middle one.
    carrier : int or None
        One of several carrier sentences; None for their mean.
    first, second : str
        The sites whose layers are along y and along x; the first one if it was not compared.
    colours, between
        As of `Coloured`.
    """

    layer: int | None = None
    carrier: int | None = None
    first: str = "q"
    second: str = "q"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("first", self.first, get_args(WordSite))
        check_choice("second", self.second, get_args(WordSite))


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a map of layers × layers, and its diagonal and the marked row as curves."""
    result: Result = the_carrier(results["rsa-depth"], view.carrier)
    sites = [
        name if name in result.sites else result.sites[0] for name in (view.first, view.second)
    ]
    layer = layer_number(len(result.layers), view.layer)
    one, other = (result.sites.index(name) for name in sites)
    values = result.r[one, :, other]
    why = result.reasons[one], result.reasons[other]
    site, other_site = map(site_label, sites)
    symbol = correlation_label(result.scored).partition(",")[0].rpartition(" ")[2]
    scale = score_scale(result.r[one, :, other], result.scored)
    n_layers = len(result.layers)
    ends = (-0.5, n_layers - 0.5)

    def reason(row: int, column: int) -> str:
        return str(why[0][row]) or str(why[1][column])

    def says(row: int, column: int) -> str:
        said = two_places(float(values[row, column]), reason(row, column))
        return f"{site} layer {row} – {other_site} layer {column}\n{symbol} = {said}"

    def at_layer(column: int) -> str:
        here = two_places(float(values[column, column]), reason(column, column))
        there = two_places(float(values[layer, column]), reason(layer, column))
        return (
            f"layer {column}\n{site} – {other_site}  {here}\n"
            f"{site} layer {layer} – {other_site} layer {column}  {there}"
        )

    size = [f"n = {how_many(result.n_pairs, 'pair')}", *carrier_note(result)]
    if not results["rsa-depth"].complete:
        size.append("more pairs to come")
    said = [correlation_label(result.scored), *size]
    undefined = "" if np.isfinite(values).any() else reason(0, 0)
    layers = np.arange(n_layers, dtype=np.float64)
    on_map: dict[str, Mark] = {
        "map": Image(
            values=values, x=ends, y=ends, says=says,
            stands_for=lambda row, _column: {"layer": row},
        ),
        "diagonal": Rule(across="unity", colour="grid", dashed=True, width=1.0),
        "layer": Rule(
            at=float(layer), across="y", colour="on_map", width=0.9, drags="layer", selection=True
        ),
    }  # fmt: skip
    curves: dict[str, Mark] = {
        "zero": Rule(at=0.0, across="y", colour="grid", dashed=True),
        "layer": Rule(
            at=float(layer), colour="accent", width=0.6, drags="layer", selection=True
        ),
        "diagonal": Curve(x=layers, y=np.diagonal(values).copy(), colour="text", dashed=True),
        "row": Curve(x=layers, y=values[layer], colour="accent", width=1.4),
    }  # fmt: skip
    low, high = scale.low, scale.high
    margin = 0.04 * (high - low)
    along = f"layer of {other_site}"
    return Shown(
        {
            "map": Frame(
                Axis(*ends, along, whole=True),
                Axis(*ends, f"layer of {site}", whole=True),
                on_map,
                inside=undefined,
                aspect=1.0,
                grid=False,
            ),
            "curves": Frame(
                Axis(-0.5, n_layers - 0.5, along, whole=True, selects="layer"),
                Axis(low - margin, high + margin, correlation_label(result.scored)),
                curves,
                inside=undefined,
                says=at_layer,
                aspect=0.7,
            ),
        },
        lambda: _table(values, why),
        title=", ".join([f"RSA of depth, {site} with {other_site}", *said]),
        note=" · ".join(size),
        key=(
            Entry(f"layer {layer} of {site}", "accent", "line"),
            Entry("the same layer", "text", "dashed"),
        ),
        scale=coloured(scale, view),
        narrowest=34.0,
    )


def _table(values: Floats, why: tuple[NDArray[np.str_], NDArray[np.str_]]) -> Table:
    """Return one line per layer of the first site and layer of the second."""
    layer, other = (axis.ravel() for axis in np.indices(values.shape))
    reasons = first_reasons([why[0][layer], why[1][other]])
    return Table({"layer": layer, "other_layer": other, "value": values.ravel(), "reason": reasons})
