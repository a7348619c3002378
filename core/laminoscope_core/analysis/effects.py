"""Effects: what a model says after a text with interventions, against what it says without."""

from dataclasses import dataclass
from itertools import product
from typing import Any

from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.inside import Watched
from laminoscope_core.analysis.inside_tables import nothing
from laminoscope_core.job import Job
from laminoscope_core.recording.effects import Effects
from laminoscope_core.tables import Arrays, Table

__all__ = ["Params", "Result", "run", "tables"]

COLUMNS = (
    "intervention",
    "metric",
    "token_index",
    "target",
    "target_id",
    "control",
    "before",
    "after",
)


@dataclass(frozen=True)
class Params:
    """Nothing can be set."""


@dataclass(frozen=True, eq=False)
class Result:
    """What interventions do to the watched tokens, after the last token of the text.

    Attributes
    ----------
    token_ids : tuple of int
        Of the text.
    watched : Watched
    reading : Effects or None
        None if there are no interventions, or nothing is watched.
    reason : str
        Why there is none although there are interventions; empty otherwise.
    """

    token_ids: tuple[int, ...]
    watched: Watched
    reading: Effects | None
    reason: str


def run(inputs: Inputs, params: Params, job: Job) -> Result:  # noqa: ARG001 - there are none
    """Label the effects."""
    inside = inputs.inside_activations()
    reason = inside.missing.get("effects", "")
    return Result(inside.token_ids, inside.watched, inside.effects, reason)


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``inside/effects.csv``: one line per intervention, control, metric and target.

    After those of an intervention on heads come its controls: the same on as many other heads of
    that layer, drawn as `laminoscope_core.recording.effects.other_heads` says, by the seed that
    ``control`` carries.  Without interventions there is no such file.
    """
    reading, watched = result.reading, result.watched
    if reading is None:
        return {"inside/effects.csv": nothing(COLUMNS, result.reason)} if result.reason else {}
    before = {"probability": reading.before_probability, "logit": reading.before_logit}
    after = {"probability": reading.after_probability, "logit": reading.after_logit}
    lines = list(product(range(len(reading.names)), before, range(watched.n)))
    columns: dict[str, Any] = {
        "intervention": [reading.names[row] for row, _, _ in lines],
        "metric": [metric for _, metric, _ in lines],
        "token_index": [len(result.token_ids) - 1] * len(lines),
        "target": [watched.texts[target] for *_, target in lines],
        "target_id": [watched.ids[target] for *_, target in lines],
        "control": [reading.controls[row] for row, _, _ in lines],
        "before": [before[metric][target] for _, metric, target in lines],
        "after": [after[metric][row, target] for row, metric, target in lines],
        "reason": [reading.reasons[row] for row, _, _ in lines],
    }
    return {"inside/effects.csv": Table(columns)}
