"""Head atlas: the numbers of all heads over many texts, and over random tokens read twice.

What a head does in one text may be a matter of that text.  Each number is the mean over the
queries of all texts, so that every query counts the same; the match score is the share of all
their weight.
"""

from dataclasses import dataclass

from laminoscope_core.analysis import heads
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.inside import InsideActivations, Labelled
from laminoscope_core.job import Job
from laminoscope_core.recording.reducers.heads import HeadsReading
from laminoscope_core.tables import Arrays, Table

__all__ = ["Params", "Result", "run", "tables"]


@dataclass(frozen=True)
class Params:
    """Nothing can be set."""


@dataclass(frozen=True, eq=False)
class Result(Labelled):
    """The numbers of all heads, besides those over the text itself.

    Attributes
    ----------
    n_texts, n_random : int
        How many texts, and random sequences, were read.
    texts, random : HeadsReading or None
        With a leading axis of states; None if there were none.
    """

    n_texts: int
    n_random: int
    texts: HeadsReading | None
    random: HeadsReading | None


def run(inputs: Inputs, params: Params, job: Job) -> Result:  # noqa: ARG001 - there are none
    """Label the numbers."""
    inside: InsideActivations = inputs.inside_activations()
    return Result(
        **inside.labels("heads"),
        n_texts=inside.n_texts,
        n_random=len(inside.repeated_ids),
        texts=inside.over_texts,
        random=inside.over_random,
    )


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``inside/atlas-texts.csv`` and ``inside/atlas-random.csv``, where there were such."""
    found: dict[str, Table | Arrays] = {}
    for name, reading, n_texts in (
        ("texts", result.texts, result.n_texts),
        ("random", result.random, result.n_random),
    ):
        if reading is not None:
            table = heads.table_of(reading, result.states)
            columns = {**table.columns, "n_texts": [n_texts] * len(table)}
            reason = columns.pop("reason")
            found[f"inside/atlas-{name}.csv"] = Table({**columns, "reason": reason})
    return found
