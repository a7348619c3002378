"""Balance: how long the stream is, what attention and MLP add to it, and which way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.balance import Result
from laminoscope_core.plots.inside import chosen_state, chosen_token, nothing_to_show
from laminoscope_core.plots.shown import (
    Axis,
    Curve,
    Entry,
    Floats,
    Frame,
    Mark,
    Marker,
    Points,
    Rule,
    Shown,
    decades_around,
    limits_around,
)
from laminoscope_core.plots.text import layer_rule, number
from laminoscope_core.tables import Table
from laminoscope_core.text import visible_text

__all__ = ["View", "show"]

_LENGTHS: Mapping[str, tuple[str, str, Marker]] = {
    "resid_in": ("stream", "text", "triangle"),
    "attn_added": ("attention", "category 0", "square"),
    "mlp_added": ("MLP", "category 1", "circle"),
}
_COSINES: Mapping[str, tuple[str, str, Marker]] = {
    "cos_attention": ("attention", "category 0", "square"),
    "cos_mlp": ("MLP", "category 1", "circle"),
}
"""By number: what it is of, its colour and its marker."""


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The layer that is marked.
    tokens : tuple of int
        The last of these is the token that is shown; the text's last one if empty.
    state : str
        ``"before"`` or, with interventions, ``"after"``.
    """

    layer: int | None = None
    tokens: tuple[int, ...] = ()
    state: str = "before"


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return lengths over layers in decades and, beside them, cosines with the stream."""
    result: Result = results["balance"]
    reading = result.reading
    if reading is None:
        return nothing_to_show("balance", result.reason)
    state, token = chosen_state(result.states, view.state), chosen_token(result.shown, view.tokens)
    names = (*_LENGTHS, *_COSINES)
    values = {name: getattr(reading, name)[state, :, token] for name in names}
    layers = np.array(result.layers, dtype=np.float64)
    cosines = [values[name] for name in _COSINES]
    low, high = decades_around(*(values[name] for name in _LENGTHS))
    along = Axis(
        -0.6, float(layers[-1]) + 0.6, "layer", whole=True, selects="layer", zooms_with="layer"
    )
    frames = {
        "lengths": Frame(
            along,
            Axis(low, high, "length", log=True),
            _marks(_LENGTHS, values, layers, view),
        ),
        "cosines": Frame(
            along,
            Axis(*limits_around(*cosines, np.zeros(1)), "cosine with the stream"),
            {"zero": Rule(at=0.0, across="y", colour="grid")}
            | _marks(_COSINES, values, layers, view),
        ),
    }
    after = visible_text(result.shown[token], spaces=True, limit=24)
    said = f"token {token}, {after}"

    def rows() -> Table:
        flat = np.concatenate([values[name] for name in names])
        reasons = [why or "it is not a finite number" for why in reading.reasons]
        return Table(
            {
                "series": np.repeat(names, layers.size),
                "token_index": np.full(flat.size, token),
                "layer": np.tile(np.array(result.layers), len(names)),
                "value": flat,
                "reason": np.where(np.isnan(flat), np.tile(reasons, len(names)), ""),
            }
        )

    return Shown(
        frames,
        rows,
        title=f"What is added to the stream, {said}",
        note=said,
        key=tuple(
            Entry(name, colour, "line", marker) for name, colour, marker in _LENGTHS.values()
        ),
        arranged="row",
        widest=120.0,
    )


def _marks(
    series: Mapping[str, tuple[str, str, Marker]],
    values: Mapping[str, Floats],
    layers: Floats,
    view: View,
) -> dict[str, Mark]:
    marks: dict[str, Mark] = {**layer_rule(view.layer)}
    for name, (label, colour, marker) in series.items():
        y = values[name]
        marks[f"{name} curve"] = Curve(x=layers, y=y, colour=colour)

        def says(row: int, label: str = label, y: Floats = y) -> str:
            return f"layer {row}  {label} {number(y[row], 3)}"

        marks[f"{name} points"] = Points(
            x=layers, y=y, colour=colour, marker=marker, size=0.7, says=says,
            stands_for={"layer": layers.astype(int)},
        )  # fmt: skip
    return marks
