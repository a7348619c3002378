"""How much work there is in a capture, in analyses and in what a panel asks for; without Qt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from laminoscope_core.analysis.registry import ANALYSES, plain
from laminoscope_core.experiment import Experiment, InsideSection

__all__ = ["CHARACTERS", "Measure", "measure_of_analyses", "measure_of_capture", "measure_of_task"]

_SECTION_OF = {analysis.id: analysis.section for analysis in ANALYSES}
_OF_PAIRS = ("words", "models")
"""Sections whose analyses are of pairs of words."""
_LONG = frozenset(analysis.id for analysis in ANALYSES if analysis.long)
_LAYERS, _HEADS = 24, 12
"""Of a usual model: by how much a patch map counts beside the rest of a pass."""
_CONTROLLED = 6
"""Passes of an intervention with those of its controls."""
CHARACTERS = 5
"""Of a token, about."""
_USUAL = 1000
"""Relabellings, where their number is left to the analysis."""


@dataclass(frozen=True)
class Measure:
    """How much work a job is.

    Attributes
    ----------
    kind : tuple of str
        Work of one kind goes at one pace; its lane first.
    units : float
        What the time that it takes is in proportion to.
    """

    kind: tuple[str, ...]
    units: float


def measure_of_capture(experiment: Experiment, section: str) -> Measure:
    """Return that a capture is in proportion to the words, or characters, that are read.

    The altered model reads at the pace of the model as it is.
    """
    return Measure(("model", "capture", plain(section)), _to_read(experiment, section))


def measure_of_analyses(
    ids: Iterable[str], experiment: Experiment, params: Mapping[str, Any]
) -> Measure:
    """Return that analyses are in proportion to what was read; those of words to their pairs.

    A long one is also to how often it relabels and leaves out words, at a pace that its kind of
    correlation and its method have.
    """
    first, *others = sorted(ids)
    section = _SECTION_OF[first]
    units = float(_to_read(experiment, section)) ** (2 if plain(section) in _OF_PAIRS else 1)
    if others or first not in _LONG:
        return Measure(("numbers", first, *others), units)
    own = params.get(plain(first))
    times = (getattr(own, "n_permutations", None) or _USUAL) + getattr(own, "n_resamples", 0)
    correlation = getattr(params.get("rsa"), "correlation", "")
    method = getattr(own, "method", "")
    return Measure(("numbers", first, correlation, method), units * times)


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
    """Return about how many characters are read; a token has about `CHARACTERS`."""
    atlas, induction = section.atlas, section.induction
    further = (
        0 if atlas is None else sum(min(len(t), CHARACTERS * atlas.length) for t in atlas.texts)
    )
    random = 0 if induction is None else 2 * CHARACTERS * induction.sequences * induction.length
    own = len(section.content)
    # each alone, on some other heads, and all together; then a second look at everything
    altered = own * (2 + _CONTROLLED * len(section.interventions)) if section.interventions else 0
    patched = 0
    if section.against and len(section.watch) > 1:
        places = _LAYERS * (1 + _HEADS * section.patch_heads)
        patched = places * own * own // 10  # half of the blocks of as many runs as places
    return max(own + further + random + altered + patched, 1)
