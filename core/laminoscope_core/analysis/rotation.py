"""Rotation: what distance alone does to how compatible a head's queries and keys are.

Every query of a text is held against every key as if they stood δ apart.  Each pair of dimensions
turns at its own pace; together they make some distances more compatible than others, whatever the
contents are.  Where places are a bias or learned vectors instead, their effect is read from weights
in texts of one token over and over.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.inside import Labelled
from laminoscope_core.analysis.inside_tables import nothing, state_column
from laminoscope_core.job import Job
from laminoscope_core.recording.positions import PositionsReading
from laminoscope_core.recording.reducers.turning import TurningReading
from laminoscope_core.tables import Arrays, Table

__all__ = [
    "DISTANCES",
    "FARTHEST",
    "NEVER",
    "NOT_WITHIN",
    "Params",
    "Result",
    "by_pair",
    "of_layer",
    "reach",
    "run",
    "tables",
    "whole",
]

DISTANCES = (0, *(2**n for n in range(10)))
"""Distances in tokens of the table."""
FARTHEST = 1024
"""Distances below this are looked at for the reach."""

NO_LINE = "it does not change by as much with each token"
NEVER = "its mean compatibility is nowhere above 0"
NOT_WITHIN = f"it does not fall below half of its largest within {FARTHEST} tokens"


@dataclass(frozen=True)
class Params:
    """Nothing can be set."""


@dataclass(frozen=True, eq=False)
class Result(Labelled):
    """How heads are turned.

    Attributes
    ----------
    reading : TurningReading or None
        With a leading axis of states; None if no layer's positions are a rotation.
    reach, largest : float64 array (n_states, n_layers, n_heads) or None
        Of each head, as `reach` returns them.
    places : PositionsReading or None
        Of layers that are not turned; None if all are, or none of them shows its weights.
    """

    reading: TurningReading | None
    reach: NDArray[np.float64] | None
    largest: NDArray[np.float64] | None
    places: PositionsReading | None


def run(inputs: Inputs, params: Params, job: Job) -> Result:  # noqa: ARG001 - there are none
    """Label what was kept, and find how far heads reach."""
    inside = inputs.inside_activations()
    found, largest = (None, None) if inside.turning is None else _reaches(inside.turning, job)
    return Result(
        **inside.labels("turning"),
        reading=inside.turning,
        reach=found,
        largest=largest,
        places=inside.places,
    )


def _reaches(reading: TurningReading, job: Job) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    found, largest = np.empty_like(reading.rest), np.empty_like(reading.rest)
    n_states, n_layers = reading.rest.shape[:2]
    for layer in range(n_layers):
        job.report(layer / n_layers, "reach of heads")
        for state in range(n_states):
            far, most = reach(of_layer(reading, state, layer))
            found[state, layer], largest[state, layer] = far[0, 0], most[0, 0]
    return found, largest


def by_pair(reading: TurningReading, distances: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the mean compatibility by pair, (n_states, n_layers, n_heads, n_pairs, n_distances).

    It is that before the softmax, with the factor that the attention multiplies products by.
    """
    angle = reading.frequency[:, :, None, :, None] * distances
    even, odd = reading.even[..., None], reading.odd[..., None]
    found: NDArray[np.float64] = even * np.cos(angle) + odd * np.sin(angle)
    return found


def whole(reading: TurningReading, distances: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the mean compatibility, (n_states, n_layers, n_heads, n_distances).

    Dimensions that are not turned are in it.
    """
    total = reading.rest[..., None] + np.zeros(len(distances))
    for pair in range(reading.even.shape[-1]):
        one = _of_pair(reading, pair)
        total = total + np.nan_to_num(by_pair(one, distances)[..., 0, :])
    return total


def of_layer(reading: TurningReading, state: int, layer: int) -> TurningReading:
    """Return a reading of one layer of one state, whose axes are of length 1."""
    own = np.s_[state : state + 1, layer : layer + 1]
    return TurningReading(
        reading.even[own],
        reading.odd[own],
        reading.rest[own],
        reading.frequency[own],
        reading.n,
        reading.reasons[layer : layer + 1],
    )


def _of_pair(reading: TurningReading, pair: int) -> TurningReading:
    own = slice(pair, pair + 1)
    return TurningReading(
        reading.even[..., own],
        reading.odd[..., own],
        reading.rest,
        reading.frequency[..., own],
        reading.n,
        reading.reasons,
    )


def reach(reading: TurningReading) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return each head's reach and its largest mean compatibility, (n_states, n_layers, n_heads).

    The reach is the first distance behind that of the largest at which the mean is below half of
    it; NaN where the largest is not above 0, or none is within `FARTHEST` tokens.
    """
    curve = whole(reading, np.arange(FARTHEST))
    known = np.asarray(np.isfinite(curve).all(axis=-1))
    curve = np.where(known[..., None], curve, -np.inf)
    largest, at = curve.max(axis=-1), curve.argmax(axis=-1)
    behind = np.arange(FARTHEST) > at[..., None]
    below: NDArray[np.bool_] = behind & (curve < largest[..., None] / 2)
    found = np.where(below.any(axis=-1) & (largest > 0), below.argmax(axis=-1), np.nan)
    return found, np.where(known, largest, np.nan)


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``inside/rotation.csv`` (head, pair, distance) and ``inside/reach.csv`` (head).

    Besides, of models with layers that are not turned, ``inside/positions.csv`` (head, distance).
    """
    reading, found = result.reading, {}
    if result.places is not None:
        found["inside/positions.csv"] = _positions(result, result.places)
    if reading is None:
        of_pairs = ("layer", "head", "pair", "period", "distance", "compatibility", "n")
        of_heads = ("layer", "head", "reach", "compatibility", "n")
        return {
            "inside/rotation.csv": nothing(of_pairs, result.reason),
            "inside/reach.csv": nothing(of_heads, result.reason),
            **found,
        }
    return {
        "inside/rotation.csv": _turned(result, reading),
        "inside/reach.csv": _reach(result, reading),
        **found,
    }


def _positions(result: Result, reading: PositionsReading) -> Table:
    """Return a line per head and distance of layers with a bias; others have one that says why."""
    state, layer, head, distance = (axis.ravel() for axis in np.indices(reading.bias.shape))
    value = reading.bias.ravel()
    reasons = reading.reasons[state, layer]
    silent = (head == 0) & (distance == 0) & (reasons != "")
    there = np.isfinite(value) & (reasons == "") | silent
    state, layer, head, distance = (each[there] for each in (state, layer, head, distance))
    value, reasons = value[there], reasons[there]
    slope = reading.slope[state, layer, head]
    columns: dict[str, Any] = {
        "layer": layer,
        "head": head,
        "distance": distance,
        "bias": np.where(reasons == "", value, np.nan),
        "slope": np.where(reasons == "", slope, np.nan),
        "n": np.full(len(layer), reading.n),
        **state_column(result.states, state),
        "reason": np.where((reasons == "") & np.isnan(slope), NO_LINE, reasons),
    }
    return Table(columns)


def _turned(result: Result, reading: TurningReading) -> Table:
    distances = np.array(DISTANCES)
    together = whole(reading, distances)[:, :, :, None]
    values = np.concatenate([together, by_pair(reading, distances)], axis=3)
    state, layer, head, pair, place = (axis.ravel() for axis in np.indices(values.shape))
    flat = values.ravel()
    there = np.isfinite(flat)
    state, layer, head, pair, place = (each[there] for each in (state, layer, head, pair, place))
    period = 2 * np.pi / reading.frequency[state, layer, np.maximum(pair - 1, 0)]
    columns: dict[str, Any] = {
        "layer": layer,
        "head": head,
        "pair": ["" if each < 0 else str(each) for each in pair - 1],
        "period": ["" if p == 0 else str(each) for p, each in zip(pair, period, strict=True)],
        "distance": distances[place],
        "compatibility": flat[there],
        "n": np.full(len(layer), reading.n),
        **state_column(result.states, state),
        "reason": [""] * len(layer),
    }
    return Table(columns)


def _reach(result: Result, reading: TurningReading) -> Table:
    found, largest = result.reach, result.largest
    assert found is not None
    assert largest is not None
    state, layer, head = (axis.ravel() for axis in np.indices(found.shape))
    # heads that a layer does not have are left out; a layer that is not turned says why
    turned = np.array([not reason for reason in reading.reasons])
    there = np.where(turned[layer], np.isfinite(largest).ravel(), head == 0)
    state, layer, head = (each[there] for each in (state, layer, head))
    value, top = found.ravel()[there], largest.ravel()[there]
    why = np.where(top > 0, NOT_WITHIN, NEVER)
    why = np.where(turned[layer], why, np.array(reading.reasons)[layer])
    columns: dict[str, Any] = {
        "layer": layer,
        "head": head,
        "reach": value,
        "compatibility": top,
        "n": np.full(len(layer), reading.n),
        **state_column(result.states, state),
        "reason": np.where(np.isnan(value), why, ""),
    }
    return Table(columns)
