"""Neurons: the largest activations of a token in a layer, and how many neurons take part."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.neurons import Result
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.inside import chosen_state, chosen_token, nothing_to_show
from laminoscope_core.plots.shown import (
    Axis,
    Bars,
    Curve,
    Floats,
    Frame,
    Mark,
    Points,
    Rule,
    Shown,
    limits_around,
)
from laminoscope_core.plots.text import layer_rule, number
from laminoscope_core.tables import Table
from laminoscope_core.text import visible_text

__all__ = ["OPENED", "View", "show"]

OPENED: Mapping[str, str] = {"largest": "largest", "layers": "layer by layer"}
"""How neurons may be looked at."""


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The layer whose neurons are shown; the first if None.
    tokens : tuple of int
        The last of these is the token; the text's last one if empty.
    opened : str
        A key of `OPENED`.
    state : str
        ``"before"`` or, with interventions, ``"after"``.
    """

    layer: int | None = None
    tokens: tuple[int, ...] = ()
    opened: str = "largest"
    state: str = "before"

    def __post_init__(self) -> None:
        check_choice("opened", self.opened, OPENED)


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return bars of the largest activations with what they write, or curves over layers."""
    result: Result = results["neurons"]
    if result.reading is None:
        return nothing_to_show("neurons", result.reason)
    state, token = chosen_state(result.states, view.state), chosen_token(result.shown, view.tokens)
    after = visible_text(result.shown[token], spaces=True, limit=24)
    return _OPENED[view.opened](result, view, (state, token), f"token {token}, {after}")


def _largest(result: Result, view: View, at: tuple[int, int], said: str) -> Shown:
    reading, (state, token) = result.reading, at
    assert reading is not None
    layer = min(view.layer or 0, len(result.layers) - 1)
    if reading.reasons[layer]:
        return nothing_to_show("neurons", f"layer {layer}: {reading.reasons[layer]}")
    here = state, layer, token
    ids, activation, writes = reading.ids[here], reading.activation[here], reading.writes[here]
    ids, activation, writes = (each[ids >= 0] for each in (ids, activation, writes))
    texts = [result.token_names.get(str(each), "") for each in writes]
    shown = [visible_text(text, spaces=True, limit=12) for text in texts]
    y = np.arange(len(ids), dtype=np.float64)

    def says(row: int) -> str:
        writing = f"writes {visible_text(texts[row], spaces=True, limit=40)}"
        return f"neuron {ids[row]}  {number(activation[row], 3)}\n{writing}"

    marks: dict[str, Mark] = {
        "bars": Bars(at=y, lengths=activation, colour="v", thickness=0.7, says=says),
        "zero": Rule(at=0.0, colour="muted"),
    }
    frame = Frame(
        Axis(*limits_around(activation, np.zeros(1)), "activation after the gate"),
        Axis(
            len(y) - 0.4, -0.6,
            ticks=tuple((at, f"{neuron:,}") for at, neuron in zip(y.tolist(), ids, strict=True)),
        ),
        marks,
        aspect=0.0,
        lines=1.2 * len(y) + 1,
        grid=False,
        beside=tuple((at, text, "text") for at, text in zip(y.tolist(), shown, strict=True)),
    )  # fmt: skip
    share, part = reading.share_active[here], reading.participation[here]
    reason = "" if np.isfinite(part) else "no neuron is active"
    return Shown(
        {"neurons": frame},
        lambda: Table(
            {
                "layer": np.full(len(ids), layer),
                "token_index": np.full(len(ids), token),
                "neuron": ids,
                "value": activation,
                "writes": texts,
                "share_active": np.full(len(ids), share),
                "participation": np.full(len(ids), part),
                "reason": np.full(len(ids), reason),
            }
        ),
        title=f"Largest neurons of layer {layer}, {said}, and what they write",
        note=f"layer {layer}, {said}: {100 * share:.0f} % active, {number(part, 0)} share it",
        widest=110.0,
    )


def _layers(result: Result, view: View, at: tuple[int, int], said: str) -> Shown:
    reading, (state, token) = result.reading, at
    assert reading is not None
    layers = np.array(result.layers, dtype=np.float64)
    series = {
        "share_active": (100 * reading.share_active[state, :, token], "active (%)"),
        "participation": (reading.participation[state, :, token], "sharing (neurons)"),
    }
    along = Axis(
        -0.6, float(layers[-1]) + 0.6, "layer", whole=True, selects="layer", zooms_with="layer"
    )
    frames = {
        name: Frame(
            along, Axis(*limits_around(values, np.zeros(1)), label), _curve(values, layers, view)
        )
        for name, (values, label) in series.items()
    }
    why = np.array([reason or "no neuron is active" for reason in reading.reasons])

    def rows() -> Table:
        value = np.concatenate([values for values, _ in series.values()])
        return Table(
            {
                "series": np.repeat([*series], layers.size),
                "layer": np.tile(np.array(result.layers), 2),
                "token_index": np.full(value.size, token),
                "value": value,
                "reason": np.where(np.isnan(value), np.tile(why, 2), ""),
            }
        )

    return Shown(
        frames, rows, title=f"Active neurons, {said}", note=said, arranged="row", widest=110.0
    )


def _curve(values: Floats, layers: Floats, view: View) -> dict[str, Mark]:
    return {
        **layer_rule(view.layer),
        "curve": Curve(x=layers, y=values, colour="v"),
        "points": Points(
            x=layers, y=values, colour="v", size=0.7, stands_for={"layer": layers.astype(int)},
            says=lambda row: f"layer {row}  {number(values[row])}",
        ),
    }  # fmt: skip


_OPENED: Mapping[str, Callable[[Result, View, tuple[int, int], str], Shown]] = {
    "largest": _largest,
    "layers": _layers,
}
