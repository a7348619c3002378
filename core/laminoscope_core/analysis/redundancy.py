"""Redundancy of heads: which of them, in whatever layers, do the same.

They write the same geometry by debiased linear CKA of their outputs over the tokens of a text
(Kornblith et al. 2019; Song et al. 2012): 1 where one is a rotated copy of the other, about 0 where
they are unrelated.  They look at the same tokens by the correlation of their weights.
"""

from dataclasses import dataclass

import numpy as np

from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.inside import Labelled
from laminoscope_core.analysis.inside_tables import nothing, state_column
from laminoscope_core.job import Job
from laminoscope_core.recording.reducers.likeness import LikenessReading
from laminoscope_core.tables import Arrays, Table

__all__ = ["SAME_WEIGHTS", "SAME_WRITTEN", "Params", "Result", "run", "tables"]

SAME_WRITTEN = "a head writes the same at all tokens"
SAME_WEIGHTS = "a head's weights are all equal, or its layer does not show them"


@dataclass(frozen=True)
class Params:
    """Nothing can be set."""


@dataclass(frozen=True, eq=False)
class Result(Labelled):
    """How alike heads are.

    Attributes
    ----------
    reading : LikenessReading or None
        With a leading axis of states; None if heads cannot be told apart, or the text is short.
    """

    reading: LikenessReading | None


def run(inputs: Inputs, params: Params, job: Job) -> Result:  # noqa: ARG001 - there are none
    """Label the likeness."""
    inside = inputs.inside_activations()
    return Result(
        **inside.labels("likeness"),
        reading=inside.likeness,
    )


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``inside/redundancy.csv``: one line per pair of heads."""
    reading = result.reading
    if reading is None:
        columns = ("layer", "head", "other_layer", "other_head", "cka", "correlation", "n")
        return {"inside/redundancy.csv": nothing(columns, result.reason)}
    n_all = reading.cka.shape[-1]
    one, other = np.triu_indices(n_all, k=1)
    state = np.repeat(np.arange(len(result.states)), len(one))
    layer, head = reading.layer[0], reading.head[0]
    cka, correlation = (
        np.concatenate([each[one, other] for each in alike])
        for alike in (reading.cka, reading.correlation)
    )
    one, other = (np.tile(each, len(result.states)) for each in (one, other))
    columns_of = {
        "layer": layer[one],
        "head": head[one],
        "other_layer": layer[other],
        "other_head": head[other],
        "cka": cka,
        "correlation": correlation,
        "n": np.full(len(cka), reading.n),
        **state_column(result.states, state),
        "reason": np.where(
            np.isnan(cka), SAME_WRITTEN, np.where(np.isnan(correlation), SAME_WEIGHTS, "")
        ),
    }
    return {"inside/redundancy.csv": Table(columns_of)}
