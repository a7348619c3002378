"""How long work will take, by how long others of its kind took here; unknown where none ran."""

from collections.abc import Iterable, Mapping
from typing import Any

from laminoscope.jobs.entry import Entry, Measure
from laminoscope_core.analysis.registry import AFTER, ANALYSES, SECTIONS, plain
from laminoscope_core.experiment import Experiment, InsideSection

__all__ = ["Paces", "measure_of_analyses", "measure_of_capture", "measure_of_task"]

_SECTION_OF = {analysis.id: analysis.section for analysis in ANALYSES}
_OF_PAIRS = ("words", "models")
"""Sections whose analyses are of pairs of words."""
_LONG = frozenset(analysis.id for analysis in ANALYSES if analysis.long)
_LAYERS, _HEADS = 24, 12
"""Of a usual model: by how much a patch map counts beside the rest of a pass."""
_CONTROLLED = 6
"""Passes of an intervention with those of its controls."""
_PASSES = 5
"""By how much reading inside the blocks counts beside a plain pass, about."""
_CHARACTERS = 5
"""Of a token, about."""
_SHORTEST = 16
"""Tokens; shorter texts take about as long."""
_FORWARD = ("model", "forward")
_USUAL = 1000
"""Relabellings, where their number is left to the analysis."""


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
        n_tokens = max(measure.units / _CHARACTERS, _SHORTEST)
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


def measure_of_capture(experiment: Experiment, section: str) -> Measure:
    """Return that a capture is in proportion to the words, or characters, that are read.

    The altered model reads at the pace of the model as it is.
    """
    return Measure(("model", "capture", plain(section)), _to_read(experiment, section))


def measure_of_analyses(
    ids: Iterable[str], experiment: Experiment, params: Mapping[str, Any]
) -> Measure:
    """Return that analyses are in proportion to what was read; those of words to their pairs.

    A long one is also to how often it relabels and resamples, at a pace that its kind of
    correlation has.
    """
    first, *others = sorted(ids)
    section = _SECTION_OF[first]
    units = float(_to_read(experiment, section)) ** (2 if plain(section) in _OF_PAIRS else 1)
    if others or first not in _LONG:
        return Measure(("numbers", first, *others), units)
    chance = params.get(plain(first))
    times = (getattr(chance, "n_permutations", None) or _USUAL) + getattr(chance, "n_resamples", 0)
    correlation = getattr(params.get("rsa"), "correlation", "")
    return Measure(("numbers", first, correlation), units * times)


def measure_of_task(name: str, request: object) -> Measure | None:
    """Return what a task of a panel is in proportion to: the tokens that it writes or reads."""
    from laminoscope_core.run.requests import EchoRequest, GenerationRequest, LoopRequest

    match request:
        case GenerationRequest():
            units = request.n_tokens + (request.take is not None)
        case LoopRequest():
            units = len(request.chains) * request.n_seeds * request.n_tokens
        case EchoRequest():
            units = len(request.unit) * request.repeats**2
        case _:
            return None
    return Measure(("model", name), units) if units else None


def _to_read(experiment: Experiment, section: str) -> int:
    section = plain(section)
    if section in ("words", "models"):
        n_models = len(experiment.rsa.models) if section == "models" else 1
        return max(n_models * len(experiment.words.words), 1) if experiment.words else 1
    if section == "text":
        return max(len(experiment.text.content), 1) if experiment.text else 1
    if section == "inside" and experiment.inside is not None:
        return _to_read_inside(experiment.inside)
    return max(sum(len(prompt.text) for prompt in experiment.prompts), 1)


def _to_read_inside(section: InsideSection) -> int:
    """Return about how many characters are read; a token has about `_CHARACTERS`."""
    atlas, induction = section.atlas, section.induction
    further = (
        0 if atlas is None else sum(min(len(t), _CHARACTERS * atlas.length) for t in atlas.texts)
    )
    random = 0 if induction is None else 2 * _CHARACTERS * induction.sequences * induction.length
    own = len(section.content)
    # each alone, on some other heads, and all together; then a second look at everything
    altered = own * (2 + _CONTROLLED * len(section.interventions)) if section.interventions else 0
    patched = 0
    if section.against and len(section.watch) > 1:
        places = _LAYERS * (1 + _HEADS * section.patch_heads)
        patched = places * own * own // 10  # half of the blocks of as many runs as places
    return max(own + further + random + altered + patched, 1)
