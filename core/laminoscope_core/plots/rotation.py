"""Rotation: what a head's places make of its queries and keys, by distance and by rotation pair."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.rotation import FARTHEST as FARTHEST_REACH
from laminoscope_core.analysis.rotation import (
    NEVER,
    NOT_WITHIN,
    Result,
    by_pair,
    of_layer,
    whole,
)
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.colouring import Coloured, coloured
from laminoscope_core.plots.inside import chosen_state, nothing_to_show
from laminoscope_core.plots.once import once
from laminoscope_core.plots.shown import (
    Axis,
    Boxes,
    Curve,
    Entry,
    Floats,
    Frame,
    Image,
    Mark,
    Points,
    Rule,
    Scale,
    Shown,
    limits_around,
)
from laminoscope_core.plots.text import number, reason_of
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many

__all__ = ["FARTHEST", "OPENED", "View", "show"]

FARTHEST = 256
"""Distances below this are drawn."""

OPENED: Mapping[str, str] = {
    "distance": "one distance",
    "pairs": "all distances",
    "reach": "all heads",
}
"""How rotation may be looked at."""

_TICKED = 6
"""Pairs whose period is written, about."""
_NO_HEAD = "the layer has no such head"


@dataclass(frozen=True)
class View(Coloured):
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The layer; the first if None.
    head : int or None
        The head; the first if None, or if the layer has no such head.
    opened : str
        A key of `OPENED`.
    distance : int
        How many tokens a key stands before its query, 0 to `FARTHEST` − 1.
    state : str
        ``"before"`` or, with interventions, ``"after"``.
    colours, between
        As of `Coloured`.
    """

    layer: int | None = None
    head: int | None = None
    opened: str = "distance"
    distance: int = 8
    state: str = "before"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("opened", self.opened, OPENED)
        if type(self.distance) is not int or not 0 <= self.distance < FARTHEST:
            raise ValueError(f"distance must be 0 to {FARTHEST - 1}, not {self.distance!r}")


@dataclass(frozen=True, eq=False)
class _Head:
    """One head among those of its layer.

    Attributes
    ----------
    layer, head : int
    sums : float64 array (n_heads, FARTHEST)
        Mean compatibility of all heads of the layer by distance; NaN where unknown.
    pairs : float64 array (n_pairs, FARTHEST)
        What each rotation pair of the head gives to it.
    period : float64 array (n_pairs,)
        Tokens in which it turns once.
    reach : float
    reason : str
        Why the layer is not turned; empty if it is.
    """

    layer: int
    head: int
    sums: Floats
    pairs: Floats
    period: Floats
    reach: float
    reason: str

    @property
    def name(self) -> str:
        """Which head it is, in words."""
        return f"layer {self.layer}, head {self.head}"


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return one distance, all distances of a head's pairs, or how far all heads reach."""
    result: Result = results["rotation"]
    if result.reading is None:
        return nothing_to_show("rotation", result.reason)
    state = chosen_state(result.states, view.state)
    if view.opened == "reach":
        return _reach(result, state, view)
    layer = min(view.layer or 0, len(result.layers) - 1)
    head = _head(result, state, layer, view.head)
    return _distance(head, view) if view.opened == "distance" else _pairs(head, view)


@once
def _head(result: Result, state: int, layer: int, head: int | None) -> _Head:
    assert result.reading is not None
    assert result.reach is not None
    reading = of_layer(result.reading, state, layer)
    distances = np.arange(FARTHEST)
    sums = whole(reading, distances)[0, 0]
    n_heads = max(int(np.isfinite(sums[:, 0]).sum()), 1)
    chosen = head if head is not None and head < n_heads else 0
    there = np.isfinite(reading.even[0, 0, chosen])
    with np.errstate(divide="ignore"):
        period = 2 * np.pi / reading.frequency[0, 0, there]
    return _Head(
        layer,
        chosen,
        sums[:n_heads],
        by_pair(reading, distances)[0, 0, chosen, there],
        period,
        float(result.reach[state, layer, chosen]),
        reading.reasons[0],
    )


def _distance(head: _Head, view: View) -> Shown:
    """Return the head's compatibility by distance and, beside it, its pairs at one distance."""
    now = head.pairs[:, view.distance]
    pair = np.arange(len(now), dtype=np.float64)
    low, high = (edge(head.pairs, axis=1) for edge in (np.min, np.max))
    apart = how_many(view.distance, "token")

    def says(row: int) -> str:
        within = f"of {number(low[row], 3)} to {number(high[row], 3)}"
        turn = _turn(head.period[row])
        return f"pair {row}, {turn}\n{apart} away: {number(now[row], 3)} {within}"

    marks: dict[str, Mark] = {
        "range": Curve(
            x=np.stack([pair, pair, pair]).T.ravel(),
            y=np.stack([low, high, np.full_like(pair, np.nan)]).T.ravel(),
            colour="muted", alpha=0.35, width=2.0,
        ),
        "zero": Rule(at=0.0, across="y", colour="grid"),
        "now": Points(x=pair, y=now, colour="v", size=0.8, says=says),
    }  # fmt: skip
    frames = {
        "sum": _sum(head, view),
        "pairs": Frame(
            Axis(-0.8, len(now) - 0.2, "tokens a turn", ticks=_ticks(head)),
            Axis(*limits_around(low, high, np.zeros(1)), "given by pair"),
            marks,
            inside=head.reason,
        ),
    }
    n_heads, n_pairs = len(head.sums), len(now)

    def rows() -> Table:
        of_sums, of_pairs = head.sums.size, n_pairs
        nothing = np.full(of_sums, np.nan)
        columns: dict[str, Any] = {
            "plot": np.repeat(["sum", "pairs"], [of_sums, of_pairs]),
            "head": np.r_[np.repeat(np.arange(n_heads), FARTHEST), np.full(of_pairs, head.head)],
            "distance": np.r_[
                np.tile(np.arange(FARTHEST), n_heads), np.full(of_pairs, view.distance)
            ],
            "pair": np.r_[np.full(of_sums, -1), pair.astype(int)],
            "period": np.r_[nothing, head.period],
            "value": np.r_[head.sums.ravel(), now],
            "least": np.r_[nothing, low],
            "most": np.r_[nothing, high],
        }
        missing = np.isnan(columns["value"])
        return Table({**columns, "reason": np.where(missing, head.reason, "")})

    key = (
        Entry(f"head {head.head}", "v", "line"),
        Entry("other heads", "muted", "line"),
        Entry(f"what a pair gives within {FARTHEST} tokens", "muted", "band"),
    )
    return Shown(frames, rows, title=_title(head), note=_note(head, view), key=key, widest=110.0)


def _sum(head: _Head, view: View) -> Frame:
    """Return the frame of the compatibility by distance of a head among its layer's."""
    distances = np.arange(FARTHEST, dtype=np.float64)
    own = head.sums[head.head]
    others = np.delete(head.sums, head.head, axis=0)
    gap = np.full((len(others), 1), np.nan)
    marks: dict[str, Mark] = {
        "zero": Rule(at=0.0, across="y", colour="grid"),
        "others": Curve(
            x=np.tile(np.r_[distances, np.nan], len(others)),
            y=np.hstack([others, gap]).ravel(),
            colour="muted", alpha=0.3, width=0.6,
        ),
        "head": Curve(x=distances, y=own, colour="v"),
        "distances": Points(
            x=distances, y=own, colour="v", size=0.3, stands_for={"distance": range(FARTHEST)},
            says=lambda at: f"{how_many(at, 'token')} away: {number(own[at], 3)}",
        ),
        "distance": Rule(at=float(view.distance), colour="accent", width=0.9, drags="distance"),
    }  # fmt: skip
    if np.isfinite(head.reach) and head.reach < FARTHEST:
        marks["reach"] = Rule(at=head.reach, colour="muted", dashed=True)
    return Frame(
        Axis(-2, FARTHEST + 1, "distance (tokens)", whole=True),
        Axis(*limits_around(head.sums, np.zeros(1)), "compatibility"),
        marks,
        inside=head.reason,
    )


def _pairs(head: _Head, view: View) -> Shown:
    """Return a map of what each pair gives by distance."""
    n_pairs = len(head.pairs)
    limit = float(np.abs(head.pairs).max(initial=0.0)) or 1.0

    def says(pair: int, distance: int) -> str:
        given = number(head.pairs[pair, distance], 3)
        apart = how_many(distance, "token")
        return f"pair {pair}, {_turn(head.period[pair])}\n{apart} away: {given}"

    marks: dict[str, Mark] = {
        "map": Image(
            values=head.pairs, x=(-0.5, FARTHEST - 0.5), y=(-0.5, n_pairs - 0.5), says=says,
            stands_for=lambda _pair, distance: {"distance": distance},
        ),
        "distance": Rule(at=float(view.distance), colour="on_map", width=0.9, drags="distance"),
    }  # fmt: skip
    frame = Frame(
        Axis(-0.5, FARTHEST - 0.5, "distance (tokens)", whole=True),
        Axis(n_pairs - 0.5, -0.5, "tokens a turn", ticks=_ticks(head)),
        marks,
        inside=head.reason,
        grid=False,
    )

    def rows() -> Table:
        pair, distance = (axis.ravel() for axis in np.indices(head.pairs.shape))
        columns = {"head": np.full(pair.size, head.head), "pair": pair, "distance": distance}
        columns |= {"period": head.period[pair], "value": head.pairs.ravel()}
        return Table({**columns, "reason": [""] * pair.size})

    scale = coloured(Scale("diverging", -limit, limit, "given by the pair"), view)
    return Shown({"map": frame}, rows, title=_title(head), note=_note(head, view), scale=scale)


def _reach(result: Result, state: int, view: View) -> Shown:
    """Return a map of how far each head reaches."""
    assert result.reading is not None
    assert result.reach is not None
    assert result.largest is not None
    values, largest = result.reach[state], result.largest[state]
    n_layers, n_heads = values.shape
    turned = np.array([not reason for reason in result.reading.reasons])[:, None]
    reasons = np.where(largest > 0, NOT_WITHIN, np.where(np.isnan(largest), _NO_HEAD, NEVER))
    reasons = np.where(turned, reasons, np.array(result.reading.reasons)[:, None])
    reasons = np.where(np.isnan(values), reasons, "")

    def says(layer: int, head: int) -> str:
        where, why = f"layer {layer}, head {head}", str(reasons[layer, head])
        return f"{where}: {why}" if why else f"{where} reaches {values[layer, head]:.0f} tokens"

    corner = np.array([[-0.5, 0.5]])
    chosen = np.array([[view.layer is not None and view.head is not None]])
    marks: dict[str, Mark] = {
        "map": Image(
            values=values, x=(-0.5, n_heads - 0.5), y=(-0.5, n_layers - 0.5), says=says,
            stands_for=lambda layer, head: {"layer": layer, "head": head},
        ),
        "selected": Boxes(
            x=(corner + (view.head or 0))[chosen[0]], y=(corner + (view.layer or 0))[chosen[0]],
            colour="accent", selection=True,
        ),
    }  # fmt: skip
    frame = Frame(
        Axis(-0.5, n_heads - 0.5, "head", whole=True),
        Axis(-0.5, n_layers - 0.5, "layer", whole=True, selects="layer"),
        marks,
        aspect=1.2,
        grid=False,
        inside=reason_of(result.reading.reasons),
    )
    layer, head = (axis.ravel() for axis in np.indices(values.shape))
    size = f"{int(np.isfinite(largest).sum())} heads, n = {result.reading.n} tokens"
    return Shown(
        {"reach": frame},
        lambda: Table(
            {
                "layer": layer,
                "head": head,
                "value": values.ravel(),
                "reason": reasons.ravel(),
            }
        ),
        title=f"How far heads reach, {size}",
        note=size,
        scale=coloured(Scale("sequential", 1.0, FARTHEST_REACH, "reach (tokens)", log=True), view),
        widest=120.0,
    )


def _ticks(head: _Head) -> tuple[tuple[float, str], ...]:
    """Return where some pairs are, and in how many tokens they turn once."""
    step = max(1, -(-len(head.period) // _TICKED))
    places = range(0, len(head.period), step)
    return tuple((float(pair), _short(head.period[pair])) for pair in places)


def _short(period: float) -> str:
    if not np.isfinite(period):
        return "∞"
    thousands = "k" if period >= 1000 else ""
    value = period / 1000 if thousands else period
    return f"{value:.1f}{thousands}" if value < 10 else f"{value:.0f}{thousands}"


def _turn(period: float) -> str:
    return "never turned" if not np.isfinite(period) else f"a turn in {_short(period)} tokens"


def _title(head: _Head) -> str:
    return f"What distance does to {head.name}"


def _note(head: _Head, view: View) -> str:
    if head.reason:
        return f"layer {head.layer}: {head.reason}"
    value = number(head.sums[head.head, view.distance], 2)
    return f"{how_many(view.distance, 'token')} away: {value} · {head.name}"
