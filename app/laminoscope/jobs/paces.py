"""How long work will take, by how long others of its kind took here; unknown where none ran."""

from collections.abc import Mapping
from typing import Any

from laminoscope.jobs.entry import Entry
from laminoscope.jobs.measures import (
    CHARACTERS,
    Measure,
    measure_of_analyses,
    measure_of_capture,
)
from laminoscope_core.analysis.registry import AFTER, ANALYSES, SECTIONS
from laminoscope_core.experiment import Experiment

__all__ = ["Paces"]

_PASSES = 5
"""By how much reading inside the blocks counts beside a plain pass, about."""
_SHORTEST = 16
"""Tokens; shorter texts take about as long."""
_FORWARD = ("model", "forward")


class Paces:
    """Seconds for a unit of each kind of work, as they were measured last."""

    def __init__(self) -> None:
        self._seconds: dict[tuple[str, ...], float] = {}

    def learn(self, entry: Entry) -> None:
        """Measure a job that is done."""
        if (measure := entry.measured()) is not None:
            self._seconds[measure.kind] = entry.pace.seconds / measure.units

    def learn_forward(self, seconds: float) -> None:
        """Remember how many seconds a token takes in a plain pass of the open model."""
        self._seconds[_FORWARD] = seconds

    def forget(self) -> None:
        """Forget how fast the model was, as another has been opened."""
        for kind in [kind for kind in self._seconds if kind[0] == "model"]:
            del self._seconds[kind]

    def expected(self, measure: Measure | None) -> float | None:
        """Return how many seconds some work will take; None if none of its kind was measured.

        The first time that a model is read inside its blocks goes by its plain passes.
        """
        if measure is None:
            return None
        if measure.kind in self._seconds:
            return self._seconds[measure.kind] * measure.units
        if measure.kind != ("model", "capture", "inside") or _FORWARD not in self._seconds:
            return None
        n_tokens = max(measure.units / CHARACTERS, _SHORTEST)
        return self._seconds[_FORWARD] * _PASSES * n_tokens

    def expected_of_run(
        self, experiment: Experiment, section: str, params: Mapping[str, Any]
    ) -> float | None:
        """Return how many seconds a capture with what follows it will take.

        Analyses that were never measured count for nothing.

        Parameters
        ----------
        experiment : Experiment
        section : str
        params : mapping of str to object
            Those that the analyses will be computed with, by id.
        """
        own = self._expected_of_section(experiment, section, params)
        altered = AFTER + section
        if own is None or altered not in SECTIONS or not experiment.altered:
            return own
        return own + (self._expected_of_section(experiment, altered, params) or 0.0)

    def _expected_of_section(
        self, experiment: Experiment, section: str, params: Mapping[str, Any]
    ) -> float | None:
        capture = self.expected(measure_of_capture(experiment, section))
        if capture is None:
            return None
        of_section = [analysis for analysis in ANALYSES if analysis.section == section]
        together = [{a.id for a in of_section if not a.long}]
        alone = [{a.id} for a in of_section if a.long]
        jobs = (measure_of_analyses(ids, experiment, params) for ids in (*together, *alone) if ids)
        return capture + sum(self.expected(measure) or 0.0 for measure in jobs)
