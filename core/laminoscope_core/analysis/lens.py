"""The logit lens: what every layer would say if the model ended there.

The final norm, the unembedding and what the model does to its scores are applied to the stream
that leaves each layer (nostalgebraist 2020), with the norm's statistics of that stream.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.inside import Labelled, Watched
from laminoscope_core.analysis.inside_tables import nothing, state_column
from laminoscope_core.job import Job
from laminoscope_core.recording.lens import LensReading
from laminoscope_core.tables import Arrays, Table

__all__ = ["Params", "Result", "run", "tables"]

COLUMNS = (
    "layer",
    "token_index",
    "kind",
    "target",
    "target_id",
    "rank",
    "probability",
    "logit",
)


@dataclass(frozen=True)
class Params:
    """Nothing can be set."""


@dataclass(frozen=True, eq=False)
class Result(Labelled):
    """What every layer would say.

    Attributes
    ----------
    shown : tuple of str
        The texts of the tokens.
    watched : Watched
    reading : LensReading or None
        Arrays (n_states, 1 + n_layers, n_tokens, …), the embedding before the layers; None if
        this model has no lens.
    token_names : mapping of str to str
        Texts of the most likely tokens, by id.
    """

    shown: tuple[str, ...]
    watched: Watched
    reading: LensReading | None
    token_names: Mapping[str, str]


def run(inputs: Inputs, params: Params, job: Job) -> Result:  # noqa: ARG001 - there are none
    """Label what was read off the streams."""
    inside = inputs.inside_activations()
    return Result(
        **inside.labels("lens"),
        shown=inside.shown,
        watched=inside.watched,
        reading=inside.lens,
        token_names=inside.token_names,
    )


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``inside/lens.csv``: one line per layer, token and watched token, and the likeliest.

    The embedding is layer −1.
    """
    reading, watched = result.reading, result.watched
    if reading is None:
        return {"inside/lens.csv": nothing(COLUMNS, result.reason)}
    n_states, n_depths, n_tokens, n_watched = reading.rank.shape
    shape = (n_states, n_depths, n_tokens, n_watched + 1)
    state, depth, token, which = (axis.ravel() for axis in np.indices(shape))

    def column(of_watched: NDArray[Any], of_top: NDArray[Any]) -> NDArray[Any]:
        return np.concatenate([of_watched, of_top[..., None]], axis=-1).ravel()

    watched_ids = np.broadcast_to(np.array(watched.ids, np.int64), reading.rank.shape)
    ids = column(watched_ids, reading.top_ids)
    names = np.array([*watched.texts, ""])[which]
    columns = {
        "layer": depth - 1,
        "token_index": token,
        "kind": np.where(which == n_watched, "top", "watch"),
        "target": [
            name or result.token_names[str(each)] for name, each in zip(names, ids, strict=True)
        ],
        "target_id": ids,
        "rank": column(reading.rank, np.ones_like(reading.top_ids)),
        "probability": column(reading.probability, reading.top_probability),
        "logit": column(reading.logit, reading.top_logit),
        **state_column(result.states, state),
        "reason": [""] * state.size,
    }
    return {"inside/lens.csv": Table(columns)}
