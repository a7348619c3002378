"""Neighbours: the tokens that a word, or a sum of words, is most like."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.inside import NeighboursReading
from laminoscope_core.analysis.inside_tables import nothing
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table

__all__ = ["Params", "Result", "run", "tables"]

COLUMNS = (
    *("query", "vocabulary", "measure", "control"),
    *("rank", "target", "target_id", "score", "is_input", "n"),
)


@dataclass(frozen=True)
class Params:
    """Nothing can be set."""


@dataclass(frozen=True, eq=False)
class Result:
    """The nearest tokens of all sums.

    Attributes
    ----------
    reading : NeighboursReading or None
        None if no sums are asked for, or the model has no rows to compare with.
    token_names : mapping of str to str
        Texts of the nearest tokens, by id.
    reason : str
        Why there are none although sums are asked for; empty otherwise.
    """

    reading: NeighboursReading | None
    token_names: Mapping[str, str]
    reason: str


def run(inputs: Inputs, params: Params, job: Job) -> Result:  # noqa: ARG001 - there are none
    """Label the nearest tokens."""
    inside = inputs.inside_activations()
    return Result(inside.neighbours, inside.token_names, inside.missing.get("neighbours", ""))


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``inside/neighbours.csv``: one line per sum, vocabulary, measure and near token.

    Without sums there is no such file.
    """
    reading = result.reading
    if reading is None:
        return {"inside/neighbours.csv": nothing(COLUMNS, result.reason)} if result.reason else {}
    lookup, place = (axis.ravel() for axis in np.indices(reading.ids.shape))
    ids, scores = reading.ids.ravel(), reading.scores.ravel()
    columns: dict[str, Any] = {
        "query": [reading.query[n] for n in lookup],
        "vocabulary": [reading.vocabulary[n] for n in lookup],
        "measure": [reading.measure[n] for n in lookup],
        "control": [reading.control[n] for n in lookup],
        "rank": place + 1,
        "target": [result.token_names.get(str(each), "") for each in ids],
        "target_id": ids,
        "score": scores,
        "is_input": [int(each) in reading.inputs[n] for n, each in zip(lookup, ids, strict=True)],
        "n": [reading.n[n] for n in lookup],
        "reason": np.where(np.isnan(scores), "the vector is no direction", ""),
    }
    return {"inside/neighbours.csv": Table(columns)}
