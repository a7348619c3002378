"""The science of Laminoscope: open a model, capture its internals, analyse them.

This package imports no Qt and runs headless.  Names are imported on first use, so that
``import laminoscope_core`` costs milliseconds and torch is loaded only when a model is opened.

Examples
--------
>>> from laminoscope_core import Experiment
>>> Experiment.from_text('''
... [words]
... carrier = "The next word is {word}"
... [words.categories]
... space = ["galaxy", "comet"]
... ''').words.categories["space"]
('galaxy', 'comet')
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from laminoscope_core.capture.run import Capture, capture
    from laminoscope_core.errors import LaminoscopeError
    from laminoscope_core.experiment import Experiment
    from laminoscope_core.job import Cancelled, Job
    from laminoscope_core.models.load import open_model, wrap_model
    from laminoscope_core.models.model import Model
    from laminoscope_core.selection import Selection

_HOMES = {
    "Cancelled": "laminoscope_core.job",
    "Capture": "laminoscope_core.capture.run",
    "Experiment": "laminoscope_core.experiment",
    "Job": "laminoscope_core.job",
    "LaminoscopeError": "laminoscope_core.errors",
    "Model": "laminoscope_core.models.model",
    "Selection": "laminoscope_core.selection",
    "capture": "laminoscope_core.capture.run",
    "open_model": "laminoscope_core.models.load",
    "wrap_model": "laminoscope_core.models.load",
}

__all__ = [
    "Cancelled",
    "Capture",
    "Experiment",
    "Job",
    "LaminoscopeError",
    "Model",
    "Selection",
    "capture",
    "open_model",
    "wrap_model",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
