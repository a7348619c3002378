"""Rotation: what a head's places make of its queries and keys, by distance and by rotation pair."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.rotation import FARTHEST as FARTHEST_REACH
from laminoscope_core.analysis.rotation import NEVER, NO_LINE, NOT_WITHIN, Result
from laminoscope_core.plots.by_distance import (
    FARTHEST,
    Head,
    head_of,
    pair_ticks,
    sum_frame,
    turn,
)
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.colouring import Coloured, coloured
from laminoscope_core.plots.inside import chosen_state, nothing_to_show
from laminoscope_core.plots.shown import (
    Axis,
    Boxes,
    Curve,
    Entry,
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

OPENED: Mapping[str, str] = {
    "distance": "one distance",
    "pairs": "all distances",
    "reach": "all heads",
}
"""How rotation may be looked at."""
_PAIR_KEY = Entry(f"what a pair gives within {FARTHEST} tokens", "muted", "band")
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


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return one distance, all distances of a head's pairs, or how far all heads reach."""
    result: Result = results["rotation"]
    if result.reading is None and result.places is None:
        return nothing_to_show("rotation", result.reason)
    state = chosen_state(result.states, view.state)
    if view.opened == "reach":
        return _reach(result, state, view)
    layer = min(view.layer or 0, len(result.layers) - 1)
    head = head_of(result, state, layer, view.head)
    return _distance(head, view) if view.opened == "distance" else _pairs(head, view)


def _distance(head: Head, view: View) -> Shown:
    """Return the head's compatibility by distance and, beside it, its pairs at one distance."""
    now = head.pairs[:, view.distance]
    pair = np.arange(len(now), dtype=np.float64)
    n_heads, n_distances = head.sums.shape
    low, high = (edge(head.pairs, axis=1) for edge in (np.min, np.max))
    apart = how_many(view.distance, "token")

    def says(row: int) -> str:
        within = f"of {number(low[row], 3)} to {number(high[row], 3)}"
        return f"pair {row}, {turn(head.period[row])}\n{apart} away: {number(now[row], 3)} {within}"

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
        "sum": sum_frame(head, view.distance),
        "pairs": Frame(
            Axis(-0.8, len(now) - 0.2, "tokens a turn", ticks=pair_ticks(head)),
            Axis(*limits_around(low, high, np.zeros(1)), "given by pair")
            if len(now)
            else Axis(0, 1, ticks=()),
            marks,
            inside=head.no_pairs,
            grid=bool(len(now)),
        ),
    }

    def rows() -> Table:
        of_sums, of_pairs = head.sums.size, len(now)
        nothing = np.full(of_sums, np.nan)
        columns: dict[str, Any] = {
            "plot": np.repeat(["sum", "pairs"], [of_sums, of_pairs]),
            "head": np.r_[np.repeat(np.arange(n_heads), n_distances), np.full(of_pairs, head.head)],
            "distance": np.r_[
                np.tile(np.arange(n_distances), n_heads), np.full(of_pairs, view.distance)
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
        *([] if head.no_pairs else [_PAIR_KEY]),
    )
    return Shown(frames, rows, title=_title(head), note=_note(head, view), key=key, widest=110.0)


def _pairs(head: Head, view: View) -> Shown:
    """Return a map of what each pair gives by distance; of each head, in a layer without pairs."""
    values = head.sums if head.no_pairs else head.pairs
    n_rows, n_distances = values.shape
    limit = float(np.nan_to_num(np.abs(values)).max(initial=0.0)) or 1.0

    def says(row: int, distance: int) -> str:
        given = number(values[row, distance], 3)
        apart = how_many(distance, "token")
        if head.no_pairs:
            return f"head {row}\n{apart} away: {given}"
        return f"pair {row}, {turn(head.period[row])}\n{apart} away: {given}"

    marks: dict[str, Mark] = {
        "map": Image(
            values=values, x=(-0.5, n_distances - 0.5), y=(-0.5, n_rows - 0.5), says=says,
            stands_for=lambda _row, distance: {"distance": distance},
        ),
        "distance": Rule(at=float(view.distance), colour="on_map", width=0.9, drags="distance"),
    }  # fmt: skip
    pairs = Axis(n_rows - 0.5, -0.5, "tokens a turn", ticks=pair_ticks(head))
    frame = Frame(
        Axis(-0.5, n_distances - 0.5, "distance (tokens)", whole=True),
        Axis(n_rows - 0.5, -0.5, "head", whole=True) if head.no_pairs else pairs,
        marks,
        inside=head.reason,
        grid=False,
    )

    def rows() -> Table:
        row, distance = (axis.ravel() for axis in np.indices(values.shape))
        nothing = np.full(row.size, -1)
        return Table(
            {
                "head": row if head.no_pairs else np.full(row.size, head.head),
                "pair": nothing if head.no_pairs else row,
                "distance": distance,
                "value": values.ravel(),
                "reason": np.where(np.isnan(values.ravel()), head.reason, ""),
            }
        )

    label = "bias" if head.no_pairs else "given by the pair"
    scale = coloured(Scale("diverging", -limit, limit, label), view)
    return Shown({"map": frame}, rows, title=_title(head), note=_note(head, view), scale=scale)


def _reach(result: Result, state: int, view: View) -> Shown:
    """Return a map of how far each head reaches; of slopes, where no layer is turned."""
    reading, places = result.reading, result.places
    if reading is None:
        assert places is not None
        values, n, of_layers = places.slope[state], places.n, places.reasons[state]
        why = np.where(of_layers == "", NO_LINE, of_layers)
        reasons = np.where(np.isnan(values), why[:, None], "")
        limit = float(np.nan_to_num(np.abs(values)).max()) or 1.0
        scale = Scale("diverging", -limit, limit, "slope (a token)")
        what, inside = "How the bias of heads falls", NO_LINE if np.isnan(values).all() else ""
    else:
        assert result.reach is not None
        assert result.largest is not None
        values, largest, n = result.reach[state], result.largest[state], reading.n
        turned = np.array([not reason for reason in reading.reasons])[:, None]
        reasons = np.where(largest > 0, NOT_WITHIN, np.where(np.isnan(largest), _NO_HEAD, NEVER))
        reasons = np.where(turned, reasons, np.array(reading.reasons)[:, None])
        reasons = np.where(np.isnan(values), reasons, "")
        scale = Scale("sequential", 1.0, FARTHEST_REACH, "reach (tokens)", log=True)
        what, inside = "How far heads reach", reason_of(reading.reasons)
    n_layers, n_heads = values.shape

    def says(layer: int, head: int) -> str:
        where, why = f"layer {layer}, head {head}", str(reasons[layer, head])
        if why:
            return f"{where}: {why}"
        if reading is None:
            return f"{where}: {number(values[layer, head], 4)} with each token"
        return f"{where} reaches {how_many(int(values[layer, head]), 'token')}"

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
        inside=inside,
    )
    layer, head = (axis.ravel() for axis in np.indices(values.shape))
    size = f"{how_many(values.size, 'head')}, n = {how_many(n, 'token')}"
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
        title=f"{what}, {size}",
        note=size,
        scale=coloured(scale, view),
        widest=120.0,
    )


def _title(head: Head) -> str:
    return f"What distance does to {head.name}"


def _note(head: Head, view: View) -> str:
    if head.reason:
        return f"layer {head.layer}: {head.reason}"
    if view.distance >= head.sums.shape[1]:
        return f"{head.name}: places so far apart were not looked at"
    value = number(head.sums[head.head, view.distance], 2)
    said = f"{head.name}, {head.said}" if head.said else head.name
    return f"{how_many(view.distance, 'token')} away: {value} · {said}"
