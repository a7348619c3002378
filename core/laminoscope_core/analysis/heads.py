"""Attention heads in numbers: where each looks, and how much it writes.

All are means over the queries of a text: the entropy of its weights, how far back it looks, what
it gives to the first token, to itself, to the token before and to earlier copies; three scores of
induction, which go by different definitions; and the length of what it writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.inside import Labelled
from laminoscope_core.analysis.inside_tables import nothing, state_column
from laminoscope_core.job import Job
from laminoscope_core.recording.reducers.heads import HeadsReading
from laminoscope_core.tables import Arrays, Table

__all__ = ["Params", "Result", "run", "table_of", "tables"]


@dataclass(frozen=True)
class Params:
    """Nothing can be set."""


@dataclass(frozen=True, eq=False)
class Result(Labelled):
    """The numbers of all heads.

    Attributes
    ----------
    shown : tuple of str
        The texts of the tokens.
    reading : HeadsReading or None
        With a leading axis of states; None if the heads of this model cannot be watched.
    """

    shown: tuple[str, ...]
    reading: HeadsReading | None


def run(inputs: Inputs, params: Params, job: Job) -> Result:  # noqa: ARG001 - there are none
    """Label the numbers."""
    inside = inputs.inside_activations()
    return Result(
        **inside.labels("heads"),
        shown=inside.shown,
        reading=inside.heads,
    )


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``inside/heads.csv``: one line per layer, head and metric."""
    reading = result.reading
    if reading is None:
        columns = ("layer", "head", "metric", "value", "n")
        return {"inside/heads.csv": nothing(columns, result.reason)}
    return {"inside/heads.csv": table_of(reading, result.states)}


def table_of(reading: HeadsReading, states: Sequence[str]) -> Table:
    """Return a line per layer, head and metric of a reading with a leading axis of states."""
    of_heads = reading.value.swapaxes(-2, -1)
    state, layer, head, metric = (axis.ravel() for axis in np.indices(of_heads.shape))
    there = head < reading.n_heads[state, layer]
    state, layer, head, metric = (axis[there] for axis in (state, layer, head, metric))
    value = of_heads[state, layer, head, metric]
    reasons = reading.reasons[state, layer, metric]
    unexplained = np.where(reasons == "", "it is not a finite number", reasons)
    columns_of: dict[str, Any] = {
        "layer": layer,
        "head": head,
        "metric": np.array(reading.metrics)[metric],
        "value": value,
        "n": reading.n[state, metric],
        **state_column(states, state),
        "reason": np.where(np.isnan(value), unexplained, ""),
    }
    return Table(columns_of)
