"""What distance does to one head, as the plot of rotation shows it."""

from dataclasses import dataclass

import numpy as np

from laminoscope_core.analysis.rotation import Result, by_pair, of_layer, whole
from laminoscope_core.plots.once import once
from laminoscope_core.plots.shown import (
    Axis,
    Curve,
    Floats,
    Frame,
    Mark,
    Points,
    Rule,
    limits_around,
)
from laminoscope_core.plots.text import number
from laminoscope_core.recording.positions import N_PLACES
from laminoscope_core.text import how_many

__all__ = ["FARTHEST", "Head", "head_of", "n_distances", "pair_ticks", "sum_frame", "turn"]

FARTHEST = N_PLACES
"""Distances below this are drawn; those of places that are no rotation are read as far."""

_TICKED = 6
"""Pairs whose period is written, about."""
_ADDED = "its places are vectors in the stream: no pairs turn"
_LINEAR = "its places are a bias that falls with distance (ALiBi): no pairs turn"


@dataclass(frozen=True, eq=False)
class Head:
    """One head among those of its layer.

    Attributes
    ----------
    layer, head : int
    sums : float64 array (n_heads, n_distances)
        Mean compatibility of all heads of the layer by distance; in a layer that is not turned,
        that of places alone, less that at distance 0.  NaN if there is none.
    pairs : float64 array (n_pairs, FARTHEST)
        What each rotation pair of the head gives to it.
    period : float64 array (n_pairs,)
        Tokens in which it turns once.
    reach : float
        NaN where there is none.
    reason : str
        Why there is nothing to show; empty if there is something.
    no_pairs : str
        Why there are no pairs; empty if there are.
    said : str
        What else is to be said of it; may be empty.
    """

    layer: int
    head: int
    sums: Floats
    pairs: Floats
    period: Floats
    reach: float = np.nan
    reason: str = ""
    no_pairs: str = ""
    said: str = ""

    @property
    def name(self) -> str:
        """Which head it is, in words."""
        return f"layer {self.layer}, head {self.head}"


@once
def head_of(result: Result, state: int, layer: int, head: int | None) -> Head:
    """Return what distance does to a head; to the layer's first if it has no such head."""
    reading = result.reading
    if reading is None or reading.reasons[layer]:
        return _by_places(result, state, layer, head)
    assert result.reach is not None
    own = of_layer(reading, state, layer)
    distances = np.arange(FARTHEST)
    sums = whole(own, distances)[0, 0]
    n_heads = max(int(np.isfinite(sums[:, 0]).sum()), 1)
    chosen = _chosen(head, n_heads)
    there = np.isfinite(own.even[0, 0, chosen])
    with np.errstate(divide="ignore"):
        period = 2 * np.pi / own.frequency[0, 0, there]
    return Head(
        layer,
        chosen,
        sums[:n_heads],
        by_pair(own, distances)[0, 0, chosen, there],
        period,
        float(result.reach[state, layer, chosen]),
    )


def n_distances(result: Result) -> int:
    """Return how many distances there are: fewer in a context window that has no more places."""
    if result.reading is not None or result.places is None:
        return FARTHEST
    return min(FARTHEST, int(result.places.bias.shape[-1]))


def _by_places(result: Result, state: int, layer: int, head: int | None) -> Head:
    """Return what places do in a layer that is not turned."""
    places, reading = result.places, result.reading
    nothing, no_period = np.empty((0, FARTHEST)), np.empty(0)
    why = result.reason if reading is None else reading.reasons[layer]
    if places is None or places.reasons[state, layer]:
        reason = why if places is None else str(places.reasons[state, layer])
        unknown = np.full((1, FARTHEST), np.nan)
        return Head(layer, 0, unknown, nothing, no_period, reason=reason, no_pairs=why)
    bias = places.bias[state, layer, :, :FARTHEST]
    n_heads = max(int(np.isfinite(bias[:, 0]).sum()), 1)
    chosen = _chosen(head, n_heads)
    slope = float(places.slope[state, layer, chosen])
    straight = np.isfinite(slope)
    said = f"{number(slope, 4)} with each token" if straight else ""
    no_pairs = _LINEAR if straight else _ADDED
    return Head(layer, chosen, bias[:n_heads], nothing, no_period, no_pairs=no_pairs, said=said)


def _chosen(head: int | None, n_heads: int) -> int:
    return head if head is not None and head < n_heads else 0


def sum_frame(head: Head, distance: int) -> Frame:
    """Return the frame of the compatibility by distance of a head among its layer's."""
    n = head.sums.shape[1]
    distances = np.arange(n, dtype=np.float64)
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
            x=distances, y=own, colour="v", size=0.3, stands_for={"distance": range(n)},
            says=lambda at: f"{how_many(at, 'token')} away: {number(own[at], 3)}",
        ),
        "distance": Rule(at=float(distance), colour="accent", width=0.9, drags="distance"),
    }  # fmt: skip
    if np.isfinite(head.reach) and head.reach < n:
        marks["reach"] = Rule(at=head.reach, colour="muted", dashed=True)
    return Frame(
        Axis(-2, n + 1, "distance (tokens)", whole=True),
        Axis(*limits_around(head.sums, np.zeros(1)), "compatibility"),
        marks,
        inside=head.reason,
    )


def pair_ticks(head: Head) -> tuple[tuple[float, str], ...]:
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


def turn(period: float) -> str:
    """Return how fast a pair turns, in words."""
    return "never turned" if not np.isfinite(period) else f"a turn in {_short(period)} tokens"
