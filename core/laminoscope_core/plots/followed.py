"""Followed tokens: when each of them appears, layer by layer, after one token of the text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.lens import Result
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.inside import chosen_state, chosen_token, nothing_to_show
from laminoscope_core.plots.prompts import probability
from laminoscope_core.plots.regression import SERIES_MARKERS
from laminoscope_core.plots.shown import (
    Axis,
    Curve,
    Entry,
    Floats,
    Frame,
    Mark,
    Points,
    Shown,
    limits_around,
)
from laminoscope_core.plots.states import FAINT
from laminoscope_core.plots.text import layer_rule, number
from laminoscope_core.tables import Table
from laminoscope_core.text import Verbatim, visible_text

__all__ = ["QUANTITIES", "View", "show"]

QUANTITIES: Mapping[str, str] = {
    "probability": "probability",
    "rank": "rank",
    "logit": "logit",
    "kl": "KL from the end",
}
"""What the curves may show; the last is of the whole distribution."""

_AXES = {"rank": "rank, 1 is the likeliest", "kl": "KL from the end (nats)"}

_LEAST = 1e-9
"""Probabilities below are drawn at the edge."""
_NONE = "no token is followed"


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The layer that is marked.
    tokens : tuple of int
        The last of these is the token after which is read; the text's last one if empty.
    quantity : str
        A key of `QUANTITIES`.
    state : str
        ``"before"`` or, with interventions, ``"after"``, with those before behind it.
    """

    layer: int | None = None
    tokens: tuple[int, ...] = ()
    quantity: str = "rank"
    state: str = "before"

    def __post_init__(self) -> None:
        check_choice("quantity", self.quantity, QUANTITIES)


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a curve per followed token; of the altered model, those before faintly behind."""
    result: Result = results["lens"]
    if result.reading is None:
        return nothing_to_show("followed", result.reason)
    token = chosen_token(result.shown, view.tokens)
    lines = _lines(result, view, token)
    if not lines:
        return nothing_to_show("followed", _NONE)
    after = visible_text(result.shown[token], spaces=True, limit=24)
    layers = np.arange(len(result.layers) + 1, dtype=np.float64) - 1
    marks: dict[str, Mark] = {**layer_rule(view.layer)}
    for place, (label, state, values) in enumerate(lines):
        drawn = np.maximum(values, _LEAST) if view.quantity == "probability" else values
        target = [name for name, _, _ in lines].index(label)
        colour, behind = f"category {target}", state != view.state and len(result.states) > 1
        alpha = FAINT if behind else 1.0
        marks[f"{place} curve"] = Curve(
            x=layers, y=drawn, colour=colour, dashed=behind, alpha=alpha
        )

        def says(
            depth: int, label: str = label, values: Floats = values, behind: bool = behind
        ) -> str:
            was = "\nas it is" if behind else ""
            return f"{_at(depth)}  {label}  {_number(view.quantity, values[depth])}{was}"

        marks[f"{place} points"] = Points(
            x=layers, y=drawn, colour=colour, filled=not behind, size=0.7, says=says, alpha=alpha,
            marker=SERIES_MARKERS[target % len(SERIES_MARKERS)],
            stands_for={"layer": np.maximum(layers, 0).astype(int)},
        )  # fmt: skip
    frame = Frame(
        Axis(-1.6, layers[-1] + 0.6, "layer (−1: embedding)", whole=True, selects="layer"),
        _axis(view.quantity, lines),
        marks,
        aspect=0.5,
    )
    key = [
        Entry(label, f"category {place}", "line", SERIES_MARKERS[place % len(SERIES_MARKERS)])
        for place, label in enumerate(dict.fromkeys(label for label, _, _ in lines))
    ]
    if len({state for _, state, _ in lines}) > 1:
        key.append(Entry("before", "text", "dashed"))
    said = f"after token {token}, {after}"
    return Shown(
        {"followed": frame},
        lambda: _table(result, lines, token),
        title=f"Read {said}",
        note=said,
        key=tuple(key),
        widest=140.0,
    )


def _lines(result: Result, view: View, token: int) -> list[tuple[str, str, Floats]]:
    """Return the label, the state and the values (n_depths,) of every curve, the hindmost first."""
    reading = result.reading
    assert reading is not None
    shown = result.states[: 1 + chosen_state(result.states, view.state)]
    if view.quantity == "kl":
        return [("all tokens", state, reading.kl[at][:, token]) for at, state in enumerate(shown)]
    values = np.asarray(getattr(reading, view.quantity), dtype=np.float64)
    return [
        (Verbatim(visible_text(text, spaces=True, limit=24)), state, values[at][:, token, place])
        for at, state in enumerate(shown)
        for place, text in enumerate(result.watched.texts)
    ]


def _axis(quantity: str, lines: list[tuple[str, str, Floats]]) -> Axis:
    label, values = _AXES.get(quantity, QUANTITIES[quantity]), [each for _, _, each in lines]
    every = np.concatenate(values) if values else np.ones(1)
    known = every[np.isfinite(every)]
    if quantity == "probability":
        return Axis(max(float(known.min(initial=1.0)) / 2, _LEAST / 2), 2.0, label, log=True)
    if quantity == "rank":  # the likeliest stands on top
        return Axis(2.0 * float(known.max(initial=10.0)), 0.7, label, log=True)
    return Axis(*limits_around(every), label)


def _at(depth: int) -> str:
    return "embedding" if depth == 0 else f"layer {depth - 1}"


def _number(quantity: str, n: float) -> str:
    if quantity == "probability":
        return f"p = {probability(n)}"
    return f"rank {n:,.0f}" if quantity == "rank" else number(n, 3)


def _table(result: Result, lines: list[tuple[str, str, Floats]], token: int) -> Table:
    """Return one line per curve and depth."""
    n_depths = len(result.layers) + 1
    n_lines = len(lines)
    values = np.concatenate([each for _, _, each in lines]) if lines else np.empty(0)
    return Table(
        {
            "series": np.repeat([label for label, _, _ in lines], n_depths),
            "state": np.repeat([state for _, state, _ in lines], n_depths),
            "token_index": np.full(n_lines * n_depths, token),
            "layer": np.tile(np.arange(n_depths) - 1, n_lines),
            "value": values,
            "reason": np.where(np.isnan(values), "the stream is not finite there", ""),
        }
    )
