"""Normalisation: what the norms before attentions and MLPs do to the vectors of a text.

A norm gives all vectors about one length, and its gain lets some dimensions through more than
others: those that are far larger than the rest before it may be hardly larger after it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.inside import Labelled
from laminoscope_core.analysis.inside_tables import nothing, state_column
from laminoscope_core.job import Job
from laminoscope_core.recording.normed import NORMS
from laminoscope_core.recording.reducers.normalisation import NUMBERS, NormalisationReading
from laminoscope_core.tables import Arrays, Table

__all__ = ["UNDEFINED", "Params", "Result", "run", "tables"]

UNDEFINED = "its vector is zero"


@dataclass(frozen=True)
class Params:
    """Nothing can be set."""


@dataclass(frozen=True, eq=False)
class Result(Labelled):
    """What norms do.

    Attributes
    ----------
    shown : tuple of str
        The texts of the tokens.
    reading : NormalisationReading or None
        With a leading axis of states; None if no layer has a norm that can be seen.
    """

    shown: tuple[str, ...]
    reading: NormalisationReading | None


def run(inputs: Inputs, params: Params, job: Job) -> Result:  # noqa: ARG001 - there are none
    """Label the numbers."""
    inside = inputs.inside_activations()
    return Result(
        **inside.labels("normalisation"), shown=inside.shown, reading=inside.normalisation
    )


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``inside/normalisation.csv``: one line per layer, norm and token."""
    reading = result.reading
    if reading is None:
        columns = ("layer", "token_index", "reader", *NUMBERS)
        return {"inside/normalisation.csv": nothing(columns, result.reason)}
    state, layer, norm, token = (axis.ravel() for axis in np.indices(reading.rms_before.shape))
    why = reading.reasons[state, layer, norm]
    # a layer without the norm has one line, which says why
    there = (why == "") | (token == 0)
    state, layer, norm, token, why = (each[there] for each in (state, layer, norm, token, why))
    numbers = {name: getattr(reading, name).ravel()[there] for name in NUMBERS}
    undefined = np.isnan(np.stack(list(numbers.values()))).any(axis=0)
    columns_of: dict[str, Any] = {
        "layer": layer,
        "token_index": token,
        "reader": np.array(NORMS)[norm],
        **numbers,
        **{
            name: _listed(getattr(reading, name)[state, layer, norm, token])
            for name in ("largest_before", "largest_after")
        },
        **state_column(result.states, state),
        "reason": np.where(why != "", why, np.where(undefined, UNDEFINED, "")),
    }
    return {"inside/normalisation.csv": Table(columns_of)}


def _listed(dimensions: Any) -> list[str]:
    """Return the numbers of each row as a text."""
    return [" ".join(str(each) for each in row if each >= 0) for row in dimensions.tolist()]
