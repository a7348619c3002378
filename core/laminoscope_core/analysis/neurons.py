"""Neurons: which activations after the gate are largest at a token, and what those neurons write.

What a neuron writes is the token whose row of the unembedding has the largest product with the
neuron's row of the down projection.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.inside import Labelled
from laminoscope_core.analysis.inside_tables import nothing, state_column
from laminoscope_core.job import Job
from laminoscope_core.recording.reducers.neurons import NeuronsReading
from laminoscope_core.tables import Arrays, Table

__all__ = ["Params", "Result", "run", "tables"]

COLUMNS = (
    "layer",
    "token_index",
    "neuron",
    "activation",
    "rank",
    "share_active",
    "participation",
    "writes",
)


@dataclass(frozen=True)
class Params:
    """Nothing can be set."""


@dataclass(frozen=True, eq=False)
class Result(Labelled):
    """The largest activations of each layer and token.

    Attributes
    ----------
    shown : tuple of str
        The texts of the tokens.
    reading : NeuronsReading or None
        Arrays (n_states, n_layers, n_tokens, …); None if no layer has neurons that can be seen.
    token_names : mapping of str to str
        Texts of the tokens that neurons write, by id.
    """

    shown: tuple[str, ...]
    reading: NeuronsReading | None
    token_names: Mapping[str, str]


def run(inputs: Inputs, params: Params, job: Job) -> Result:  # noqa: ARG001 - there are none
    """Label the activations."""
    inside = inputs.inside_activations()
    return Result(
        **inside.labels("neurons"),
        shown=inside.shown,
        reading=inside.neurons,
        token_names=inside.token_names,
    )


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``inside/neurons.csv``: the ten largest activations of each layer and token."""
    reading = result.reading
    if reading is None:
        return {"inside/neurons.csv": nothing(COLUMNS, result.reason)}
    state, layer, token, place = (axis.ravel() for axis in np.indices(reading.ids.shape))
    ids = reading.ids.ravel()
    # a layer without neurons has one line a token, which says why
    kept = (ids >= 0) | (place == 0)
    known = (ids >= 0)[kept]
    share, participation = (
        np.repeat(each.ravel(), reading.ids.shape[-1])[kept]
        for each in (reading.share_active, reading.participation)
    )
    reasons = np.where(np.isnan(participation), "no neuron is active", "")
    columns = {
        "layer": layer[kept],
        "token_index": token[kept],
        "neuron": np.where(known, ids[kept].astype(str), ""),
        "activation": reading.activation.ravel()[kept],
        "rank": np.where(known, (place[kept] + 1).astype(str), ""),
        "share_active": share,
        "participation": participation,
        "writes": [result.token_names.get(str(each), "") for each in reading.writes.ravel()[kept]],
        **state_column(result.states, state[kept]),
        "reason": np.where(known, reasons, np.array(reading.reasons)[layer[kept]]),
    }
    return {"inside/neurons.csv": Table(columns)}
