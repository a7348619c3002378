"""Heads: numbers of all attention heads, as a map of layers × heads or one against another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.colouring import Coloured, coloured
from laminoscope_core.plots.inside import chosen_state, nothing_to_show
from laminoscope_core.plots.shown import (
    Axis,
    Boxes,
    Floats,
    Frame,
    Image,
    Mark,
    Points,
    Scale,
    Shown,
    limits_around,
)
from laminoscope_core.plots.text import number
from laminoscope_core.recording.reducers.heads import HeadsReading
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many

__all__ = ["METRICS", "OVER", "View", "show"]

METRICS: Mapping[str, str] = {
    "entropy": "entropy (nats)",
    "entropy_relative": "entropy, of its largest",
    "distance": "distance (tokens)",
    "sink": "weight on the first token",
    "self": "weight on itself",
    "previous": "weight on the token before",
    "copies": "weight on earlier copies",
    "induction_prefix": "induction, prefix",
    "induction_match": "induction, match",
    "induction_repeat": "induction, repeat",
    "effect": "length of what it writes",
}
"""By name: what heads may be compared by."""


OVER: Mapping[str, str] = {
    "text": "this text",
    "texts": "texts",
    "random": "random",
}
"""What the numbers may be means over."""
_NONE = {
    "text": "",
    "texts": "no further texts were read",
    "random": "no random tokens were read",
}


@dataclass(frozen=True)
class View(Coloured):
    """What is shown.

    Attributes
    ----------
    layer, head : int or None
        The head that is marked.
    metric : str
        A key of `METRICS`.
    against : str
        Another, for the second axis of a scatter; "" for a map of layers × heads.
    over : str
        A key of `OVER`: the text, the further texts, or random tokens that are read twice.
    state : str
        ``"before"`` or, with interventions, ``"after"``.
    colours, between
        As of `Coloured`.
    """

    layer: int | None = None
    head: int | None = None
    metric: str = "previous"
    against: str = ""
    over: str = "text"
    state: str = "before"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("metric", self.metric, METRICS)
        check_choice("against", self.against, {"": "", **METRICS})
        check_choice("over", self.over, OVER)


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return the map, or a point a head coloured by its layer."""
    result = results["heads"]
    reading, texts = _chosen(results, view.over)
    if reading is None:
        return nothing_to_show("heads", result.reason or _NONE[view.over])
    state = chosen_state(result.states, view.state)
    values = _metric(reading, state, view.metric)
    n_layers, n_heads = values.shape
    at = reading.metrics.index(view.metric) if view.metric in reading.metrics else None
    n = 0 if at is None else int(reading.n[state, at])
    layer, head = (axis.ravel() for axis in np.indices(values.shape))
    label, flat = METRICS[view.metric], values.ravel()
    marked = (layer == view.layer) & (head == view.head)
    columns: dict[str, Any] = {"layer": layer, "head": head, "value": flat}
    n_all = int(reading.n_heads[state].sum())
    size = f"{how_many(n_all, 'head')}, n = {how_many(n, 'query', 'queries')}"
    if texts:
        size = f"{size} of {texts}"
    missing = _reason(reading, state, view.metric)
    columns["reason"] = np.where(np.isnan(flat), missing or "the layer has no such head", "")

    def says(at_layer: int, at_head: int) -> str:
        return f"layer {at_layer}, head {at_head}  {label} {number(values[at_layer, at_head], 3)}"

    if view.against:
        other = _metric(reading, state, view.against).ravel()
        columns["against"] = other
        why = _reason(reading, state, view.against) or "the layer has no such head"
        empty = np.isnan(other) & (columns["reason"] == "")
        columns["reason"] = np.where(empty, why, columns["reason"])
        return _scatter(view, columns, marked, size)
    marks: dict[str, Mark] = {
        "map": Image(
            values=values, x=(-0.5, n_heads - 0.5), y=(-0.5, n_layers - 0.5), says=says,
            stands_for=lambda row, column: {"layer": row, "head": column},
        ),
        "selected": Boxes(
            x=head[marked][:, None] + np.array([-0.5, 0.5]),
            y=layer[marked][:, None] + np.array([-0.5, 0.5]), colour="accent", selection=True,
        ),
    }  # fmt: skip
    frame = Frame(
        Axis(-0.5, n_heads - 0.5, "head", whole=True),
        Axis(-0.5, n_layers - 0.5, "layer", whole=True, selects="layer"),
        marks,
        aspect=1.2,
        grid=False,
        inside=missing,
    )
    known = flat[np.isfinite(flat)]
    top = float(known.max(initial=0.0)) or 1.0
    return Shown(
        {"heads": frame},
        lambda: Table(columns),
        title=f"{label[0].upper()}{label[1:]}, {size}",
        note=size,
        scale=coloured(Scale("sequential", 0.0, top, label), view),
        widest=120.0,
    )


def _scatter(view: View, columns: Mapping[str, Any], marked: Any, size: str) -> Shown:
    x, y = columns["value"], columns["against"]
    layer, head = columns["layer"], columns["head"]
    names = METRICS[view.metric], METRICS[view.against]

    def says(row: int) -> str:
        where = f"layer {layer[row]}, head {head[row]}"
        return f"{where}\n{names[0]} {number(x[row], 3)}\n{names[1]} {number(y[row], 3)}"

    marks: dict[str, Mark] = {
        "heads": Points(
            x=x, y=y, shade=layer.astype(np.float64), says=says, size=0.8,
            stands_for={"layer": layer, "head": head},
        ),
        "selected": Points(
            x=x[marked], y=y[marked], size=1.8, filled=False, colour="accent", selection=True
        ),
    }  # fmt: skip
    frame = Frame(
        Axis(*limits_around(x), names[0]), Axis(*limits_around(y), names[1]), marks, aspect=0.8
    )
    last = max(int(layer.max(initial=0)), 1)
    return Shown(
        {"scatter": frame},
        lambda: Table(columns),
        title=f"{names[1][0].upper()}{names[1][1:]} against {names[0]}, {size}",
        note=size,
        scale=Scale("depth", 0, last, "layer", whole=True),
        widest=120.0,
    )


def _chosen(results: Mapping[str, Any], over: str) -> tuple[HeadsReading | None, str]:
    """Return a reading, if it is there, and how many texts it is over, if that is not the text."""
    if over == "text":
        return results["heads"].reading, ""
    atlas: Any = results.get("atlas")
    if atlas is None:
        return None, ""
    if over == "texts":
        return atlas.texts, how_many(atlas.n_texts, "text")
    return atlas.random, how_many(atlas.n_random, "random sequence")


def _metric(reading: HeadsReading, state: int, metric: str) -> Floats:
    """Return a metric of all heads (n_layers, n_heads); NaN if it was not asked for."""
    if metric not in reading.metrics:
        return np.full_like(reading.value[state, :, 0], np.nan)
    return np.asarray(reading.value[state, :, reading.metrics.index(metric)])


def _reason(reading: HeadsReading, state: int, metric: str) -> str:
    """Return why a metric is undefined in some layer, empty where it is not."""
    if metric not in reading.metrics:
        return "no random sequences were asked for"
    reasons = reading.reasons[state, :, reading.metrics.index(metric)]
    return next((str(reason) for reason in reasons if reason), "")
