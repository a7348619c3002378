"""Normalisation: a token's vector before and after each layer's norm."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from laminoscope_core.analysis.normalisation import UNDEFINED, Result
from laminoscope_core.plots.choices import check_choice
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
    Shown,
    decades_around,
    limits_around,
)
from laminoscope_core.plots.text import layer_rule, number
from laminoscope_core.recording.normed import NORMS as NAMES
from laminoscope_core.tables import Table
from laminoscope_core.text import visible_text

__all__ = ["NORMS", "View", "show"]

NORMS: Mapping[str, str] = {"attention": "before attention", "mlp": "before the MLP"}
"""Which norm of a layer may be shown."""

_SIDES: Mapping[str, tuple[str, str, Marker]] = {
    "before": ("before the norm", "text", "triangle"),
    "after": ("after it", "category 0", "circle"),
}


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The layer that is marked.
    tokens : tuple of int
        The last of these is the token that is shown; the text's last one if empty.
    norm : str
        A key of `NORMS`.
    state : str
        ``"before"`` or, with interventions, ``"after"``.
    """

    layer: int | None = None
    tokens: tuple[int, ...] = ()
    norm: str = "attention"
    state: str = "before"

    def __post_init__(self) -> None:
        check_choice("norm", self.norm, NORMS)


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return lengths over layers in decades and, beside them, the share of three dimensions."""
    result: Result = results["normalisation"]
    reading = result.reading
    if reading is None:
        return nothing_to_show("normalisation", result.reason)
    state, token = chosen_state(result.states, view.state), chosen_token(result.shown, view.tokens)
    norm = NAMES.index(view.norm)
    here = np.s_[state, :, norm, token]
    layers = np.array(result.layers, dtype=np.float64)
    rms = {side: getattr(reading, f"rms_{side}")[here] for side in _SIDES}
    share = {side: 100 * getattr(reading, f"share_{side}")[here] for side in _SIDES}
    largest = {side: getattr(reading, f"largest_{side}")[here] for side in _SIDES}
    low, high = decades_around(*rms.values())
    along = Axis(
        -0.6, float(layers[-1]) + 0.6, "layer", whole=True, selects="layer", zooms_with="layer"
    )

    def says(side: str, values: Floats, unit: str, row: int) -> str:
        dimensions = ", ".join(str(each) for each in largest[side][row] if each >= 0)
        named = f"layer {row}, {_SIDES[side][0]}  {number(values[row], 3)}{unit}"
        return f"{named}\nlargest dimensions {dimensions}" if unit else named

    frames = {
        "rms": Frame(
            along,
            Axis(low, high, "RMS", log=True),
            _marks(rms, layers, view, lambda side, v: partial(says, side, v, "")),
        ),
        "share": Frame(
            along,
            Axis(*limits_around(*share.values(), np.zeros(1)), "3 largest (%)"),
            _marks(share, layers, view, lambda side, v: partial(says, side, v, " %")),
        ),
    }
    reasons = reading.reasons[state, :, norm]
    after = visible_text(result.shown[token], spaces=True, limit=24)

    def rows() -> Table:
        series = {f"rms_{side}": values for side, values in rms.items()}
        series |= {f"share_{side}": values for side, values in share.items()}
        flat = np.concatenate([*series.values()])
        why = np.where(reasons != "", reasons, UNDEFINED)
        return Table(
            {
                "series": np.repeat([*series], layers.size),
                "token_index": np.full(flat.size, token),
                "layer": np.tile(np.array(result.layers), len(series)),
                "value": flat,
                "reason": np.where(np.isnan(flat), np.tile(why, len(series)), ""),
            }
        )

    said = f"token {token}, {after}"
    return Shown(
        frames,
        rows,
        title=f"What the norm {NORMS[view.norm]} does, {said}",
        note=said,
        key=tuple(Entry(name, colour, "line", marker) for name, colour, marker in _SIDES.values()),
        arranged="row",
        widest=120.0,
    )


def _marks(values: Mapping[str, Floats], layers: Floats, view: View, sayer: Any) -> dict[str, Mark]:
    marks: dict[str, Mark] = {**layer_rule(view.layer)}
    for side, y in values.items():
        _, colour, marker = _SIDES[side]
        marks[f"{side} curve"] = Curve(x=layers, y=y, colour=colour)
        marks[f"{side} points"] = Points(
            x=layers, y=y, colour=colour, marker=marker, size=0.7, says=sayer(side, y),
            stands_for={"layer": layers.astype(int)},
        )  # fmt: skip
    return marks
