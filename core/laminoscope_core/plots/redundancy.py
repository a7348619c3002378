"""Redundancy: which heads do the same, within a layer and across layers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.redundancy import SAME_WEIGHTS, SAME_WRITTEN, Result
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.colouring import Coloured, coloured
from laminoscope_core.plots.inside import chosen_state, nothing_to_show
from laminoscope_core.plots.shown import Axis, Boxes, Floats, Frame, Image, Mark, Scale, Shown
from laminoscope_core.plots.text import number
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many

__all__ = ["AMONG", "MEASURES", "View", "show"]

MEASURES: Mapping[str, str] = {
    "cka": "output (CKA)",
    "correlation": "weights (r)",
}
"""By what heads may be alike: debiased CKA of their outputs, Pearson's r of their weights."""

AMONG: Mapping[str, str] = {
    "layer": "in the layer",
    "head": "like the head",
    "all": "all with all",
}
"""Which pairs of heads may be shown."""

_SCALES = {"cka": "debiased CKA of outputs", "correlation": "correlation of weights"}
_LACKS = {"cka": SAME_WRITTEN, "correlation": SAME_WEIGHTS}


@dataclass(frozen=True)
class View(Coloured):
    """What is shown.

    Attributes
    ----------
    layer, head : int or None
        The layer, and the head that others are compared with; the first ones if None.
    measure : str
        A key of `MEASURES`.
    among : str
        A key of `AMONG`.
    state : str
        ``"before"`` or, with interventions, ``"after"``.
    colours, between
        As of `Coloured`.
    """

    layer: int | None = None
    head: int | None = None
    measure: str = "cka"
    among: str = "layer"
    state: str = "before"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("measure", self.measure, MEASURES)
        check_choice("among", self.among, AMONG)


@dataclass(frozen=True, eq=False)
class _Pairs:
    """A map of pairs of heads, by the places of both among all heads.

    Attributes
    ----------
    values : float64 array (n_rows, n_columns)
    one, other : int64 array (n_rows, n_columns)
        −1 for no head.
    labels : (str, str)
        Of the x and the y axis.
    """

    values: Floats
    one: NDArray[np.int64]
    other: NDArray[np.int64]
    labels: tuple[str, str]


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a map of how alike heads are."""
    result: Result = results["redundancy"]
    reading = result.reading
    if reading is None:
        return nothing_to_show("redundancy", result.reason)
    state = chosen_state(result.states, view.state)
    layers, heads = reading.layer[state], reading.head[state]
    of_all = getattr(reading, view.measure)[state]
    layer = view.layer or 0
    own = np.flatnonzero(layers == layer)
    if not own.size and view.among != "all":
        return nothing_to_show("redundancy", f"layer {layer} has no heads that can be told apart")
    chosen = own[min(view.head or 0, own.size - 1)] if own.size else -1
    pairs = _AMONG[view.among](of_all, own, layers, heads, chosen)
    says = _sayer(pairs, layers, heads)
    marked = np.argwhere((pairs.one == pairs.other) & (pairs.one == chosen))
    marks: dict[str, Mark] = {
        "map": Image(
            values=pairs.values, says=says,
            x=(-0.5, pairs.values.shape[1] - 0.5), y=(-0.5, pairs.values.shape[0] - 0.5),
            stands_for=lambda row, column: _stands_for(pairs.other[row, column], layers, heads),
        ),
        "selected": Boxes(
            x=marked[:, 1:] + np.array([-0.5, 0.5]), y=marked[:, :1] + np.array([-0.5, 0.5]),
            colour="accent", selection=True,
        ),
    }  # fmt: skip
    frame = Frame(
        Axis(-0.5, pairs.values.shape[1] - 0.5, pairs.labels[0], whole=True),
        Axis(-0.5, pairs.values.shape[0] - 0.5, pairs.labels[1], whole=True),
        marks,
        aspect=1.0,
        grid=False,
        inside=_LACKS[view.measure] if np.isnan(pairs.values).all() else "",
    )
    there = (pairs.one >= 0) & (pairs.other >= 0)
    one, other, values = (each[there] for each in (pairs.one, pairs.other, pairs.values))
    shown = {
        "layer": f"heads of layer {layer}",
        "head": f"all heads, like head {heads[chosen]} of layer {layer}",
        "all": "all heads",
    }[view.among]
    return Shown(
        {"pairs": frame},
        lambda: Table(
            {
                "layer": layers[one],
                "head": heads[one],
                "other_layer": layers[other],
                "other_head": heads[other],
                "value": values,
                "reason": np.where(np.isnan(values), _LACKS[view.measure], ""),
            }
        ),
        title=f"Heads that do the same, by {_SCALES[view.measure]}",
        note=f"{shown}, n = {how_many(reading.n, 'token')}",
        scale=coloured(Scale("diverging", -1.0, 1.0, _SCALES[view.measure]), view),
        widest=110.0,
    )


def _of_layer(of_all: Floats, own: NDArray[Any], _layers: Any, _heads: Any, _chosen: int) -> _Pairs:
    one, other = np.meshgrid(own, own, indexing="ij")
    return _Pairs(of_all[one, other], one, other, ("head", "head"))


def _like(
    of_all: Floats, _own: NDArray[Any], layers: NDArray[Any], heads: NDArray[Any], chosen: int
) -> _Pairs:
    shape = int(layers.max()) + 1, int(heads.max()) + 1
    other = np.full(shape, -1, np.int64)
    other[layers, heads] = np.arange(len(layers))
    values = np.full(shape, np.nan)
    values[layers, heads] = of_all[chosen]
    return _Pairs(values, np.full(shape, chosen), other, ("head", "layer"))


def _all(
    of_all: Floats, _own: NDArray[Any], layers: NDArray[Any], _heads: Any, _chosen: int
) -> _Pairs:
    places = np.arange(len(layers))
    one, other = np.meshgrid(places, places, indexing="ij")
    return _Pairs(of_all, one, other, ("heads, layer by layer", "heads, layer by layer"))


_AMONG: Mapping[str, Callable[..., _Pairs]] = {"layer": _of_layer, "head": _like, "all": _all}


def _sayer(
    pairs: _Pairs, layers: NDArray[np.int64], heads: NDArray[np.int64]
) -> Callable[[int, int], str]:
    def says(row: int, column: int) -> str:
        one, other = int(pairs.one[row, column]), int(pairs.other[row, column])
        if one < 0 or other < 0:
            return ""
        first = f"layer {layers[one]}, head {heads[one]}"
        second = f"layer {layers[other]}, head {heads[other]}"
        return f"{first}\n{second}\n{number(pairs.values[row, column], 3)}"

    return says


def _stands_for(place: int, layers: NDArray[np.int64], heads: NDArray[np.int64]) -> dict[str, int]:
    return {} if place < 0 else {"layer": int(layers[place]), "head": int(heads[place])}
