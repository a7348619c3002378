"""The balance of the blocks: how long the stream is, and what attention and MLP add to it."""

from dataclasses import dataclass

import numpy as np

from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.inside import Labelled
from laminoscope_core.analysis.inside_tables import nothing, state_column
from laminoscope_core.job import Job
from laminoscope_core.recording.reducers.balance import BalanceReading
from laminoscope_core.tables import Arrays, Table

__all__ = ["Params", "Result", "run", "tables"]

NUMBERS = ("resid_in", "attn_added", "mlp_added", "cos_attention", "cos_mlp")


@dataclass(frozen=True)
class Params:
    """Nothing can be set."""


@dataclass(frozen=True, eq=False)
class Result(Labelled):
    """Lengths and directions of what is added to the stream.

    Attributes
    ----------
    shown : tuple of str
        The texts of the tokens.
    reading : BalanceReading or None
        Arrays (n_states, n_layers, n_tokens); None if the stream of this model cannot be had.
    """

    shown: tuple[str, ...]
    reading: BalanceReading | None


def run(inputs: Inputs, params: Params, job: Job) -> Result:  # noqa: ARG001 - there are none
    """Label the lengths and cosines."""
    inside = inputs.inside_activations()
    return Result(
        **inside.labels("balance"),
        shown=inside.shown,
        reading=inside.balance,
    )


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``inside/balance.csv``: one line per layer and token."""
    reading = result.reading
    if reading is None:
        columns = ("layer", "token_index", *NUMBERS)
        return {"inside/balance.csv": nothing(columns, result.reason)}
    state, layer, token = (axis.ravel() for axis in np.indices(reading.resid_in.shape))
    numbers = {name: getattr(reading, name).ravel() for name in NUMBERS}
    undefined = np.isnan(np.stack(list(numbers.values()))).any(axis=0)
    reasons = [
        (reading.reasons[of] or "it is not a finite number") if gap else ""
        for of, gap in zip(layer, undefined, strict=True)
    ]
    columns_of = {
        "layer": np.array(result.layers)[layer],
        "token_index": token,
        **numbers,
        **state_column(result.states, state),
        "reason": reasons,
    }
    return {"inside/balance.csv": Table(columns_of)}
