"""Attention of one layer: what each of its heads makes of every pair of tokens.

Of a query (the target, which takes) and a key (the donor, from which is taken) there are four
numbers.  The *weight* is what the softmax gives.  The *compatibility* is what enters the softmax:
the product of query and key with the family's factor, cap and bias.  *Without rotation* it is that
of queries and keys as they are before the model turns them by their places, so that only their
contents meet.  The *effect* is the length of what the head writes for that donor, ‖A·v·W_O‖: a
large weight on a short value writes little.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.inside import InsideActivations, Labelled, LayerMaps
from laminoscope_core.analysis.inside_tables import nothing, state_column
from laminoscope_core.job import Job
from laminoscope_core.recording.reducers.head_maps import HeadMapsReading, compatibility
from laminoscope_core.tables import Arrays, Table

__all__ = ["KINDS", "Params", "Result", "allowed", "map_of", "reason_of", "run", "tables"]

KINDS = ("weight", "compatibility", "unturned", "effect")
"""What is known of a pair of tokens, in the order of tables."""


@dataclass(frozen=True)
class Params:
    """Nothing can be set."""


@dataclass(frozen=True, eq=False)
class Result(Labelled):
    """The maps of one layer's heads.

    Attributes
    ----------
    tokens, shown : tuple of str
        Exact texts of the tokens, and as they are shown.
    layer : int
        The layer that is looked at; −1 if there is none yet.
    written : tuple of int
        The heads that are written as a table.
    reading : HeadMapsReading or None
        With a leading axis of states.
    """

    tokens: tuple[str, ...]
    shown: tuple[str, ...]
    layer: int
    written: tuple[int, ...]
    reading: HeadMapsReading | None

    @property
    def n_heads(self) -> int:
        """How many heads the layer has; 0 if nothing is known of them."""
        return 0 if self.reading is None else self.reading.weights.shape[1]


def run(inputs: Inputs, params: Params, job: Job) -> Result:  # noqa: ARG001 - there are none
    """Label the maps."""
    inside: InsideActivations = inputs.inside_activations()
    maps = inside.maps or LayerMaps(-1, (), None, "")
    return Result(
        **{**inside.labels("attention"), "reason": maps.reason},
        tokens=inside.tokens,
        shown=inside.shown,
        layer=maps.layer,
        written=maps.heads,
        reading=maps.reading,
    )


def reason_of(result: Result, kind: str) -> str:
    """Return why a kind of number is undefined in this layer; empty if it is not."""
    if result.reading is None:
        return result.reason
    return ("", *result.reading.reasons)[KINDS.index(kind)]


def allowed(result: Result, state: int) -> NDArray[np.bool_]:
    """Return which keys each query may take from, (n_tokens, n_tokens).

    Whatever a mask leaves out weighs exactly nothing in every head.
    """
    reading = result.reading
    assert reading is not None
    found: NDArray[np.bool_] = (reading.weights[state] > 0).any(axis=0)
    return found


def map_of(
    result: Result, state: int, head: int, kind: str, inside: NDArray[np.bool_] | None = None
) -> NDArray[np.float64]:
    """Return a kind of number of a head, (n_tokens, n_tokens); row t is the target t.

    NaN where it is undefined, and for donors that a target may not take from: those that are not
    ``inside``, which is what `allowed` returns.
    """
    inside = allowed(result, state) if inside is None else inside
    reading = result.reading
    assert reading is not None
    if kind == "compatibility":
        values = compatibility(
            reading.q[state, head],
            reading.k[state, head],
            float(reading.cap[state]),
            float(reading.slope[state, head]),
        )
    elif kind == "unturned":
        q, k = reading.q_unturned[state, head], reading.k_unturned[state, head]
        values = compatibility(q, k, float(reading.cap[state]))
    else:
        values = reading.weights[state, head].astype(np.float64)
        if kind == "effect":
            values = values * reading.written[state, head]
    return np.where(inside, values, np.nan)


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``inside/attention.csv`` if it was asked for: a line per head, target and donor."""
    columns = ("layer", "head", "target_index", "donor_index", *KINDS)
    if result.reading is None:
        return {"inside/attention.csv": nothing(columns, result.reason)} if result.reason else {}
    if not result.written:
        return {}
    return {"inside/attention.csv": table_of(result, result.written, range(len(result.states)))}


def table_of(result: Result, heads: Sequence[int], states: Sequence[int]) -> Table:
    """Return all numbers of some heads in some states, of the pairs that are allowed."""
    parts: list[dict[str, Any]] = []
    for state in states:
        inside = allowed(result, state)
        target, donor = np.nonzero(inside)
        for head in heads:
            maps = {kind: map_of(result, state, head, kind, inside)[inside] for kind in KINDS}
            here = {"state": np.full(len(target), state), "head": np.full(len(target), head)}
            parts.append({**here, "target_index": target, "donor_index": donor, **maps})
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    number = whole.pop("state")
    reasons = [reason for kind in KINDS if (reason := reason_of(result, kind))]
    return Table(
        {
            "layer": np.full(len(number), result.layer),
            **whole,
            **state_column(result.states, number),
            "reason": [reasons[0] if reasons else ""] * len(number),
        }
    )
