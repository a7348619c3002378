"""What a run has computed, as data: `laminoscope_core.export` writes it, a session keeps it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from laminoscope_core.experiment import Experiment
from laminoscope_core.models.model import ModelInfo

__all__ = ["OnResult", "RunResult"]

OnResult = Callable[[str, object], None]
"""Called with an id and a result as soon as it is there; a section's name is its activations.

An analysis that takes long is handed out more than once: first with what it has so far
(``complete`` is false), at last whole.
"""


@dataclass(frozen=True, eq=False)
class RunResult:
    """What a run has computed.

    Attributes
    ----------
    model : ModelInfo
        The model it ran on.
    experiment : Experiment
        What was run.
    results : mapping of str to object
        ``"words"``, ``"text"`` and ``"prompts"`` (what was captured) and the result of every
        analysis, by id; a result carries the parameters that it was computed with.
    origin : mapping of str to object
        ``libraries``, ``python`` and ``platform`` of the provenance, where the results were
        computed elsewhere, as those of a session file were; empty if they were computed here.
    """

    model: ModelInfo
    experiment: Experiment
    results: Mapping[str, Any]
    origin: Mapping[str, Any] = field(default_factory=dict)
