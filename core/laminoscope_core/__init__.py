"""The science of Laminoscope: open a model, capture its internals, analyse them, export.

This package imports no Qt and runs headless.  Names are imported on first use, so that
``import laminoscope_core`` costs milliseconds and torch is loaded only when a model is opened.
``core/API.md`` shows them at work on the default model.

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
    from laminoscope_core.errors import LaminoscopeError
    from laminoscope_core.experiment import Experiment
    from laminoscope_core.export.activations import write_activations
    from laminoscope_core.export.figure_files import figure_files, write_plot_data
    from laminoscope_core.export.formats import write_table
    from laminoscope_core.export.provenance import provenance
    from laminoscope_core.export.run_files import run_tables, write_run
    from laminoscope_core.export.script import script_for, write_script
    from laminoscope_core.figures.compose import compose
    from laminoscope_core.figures.style import Style
    from laminoscope_core.figures.writing import write_figure
    from laminoscope_core.job import Cancelled, Job
    from laminoscope_core.models.load import open_model, wrap_model
    from laminoscope_core.models.model import Model, ModelInfo
    from laminoscope_core.plots.registry import Spec
    from laminoscope_core.recording.capture import Capture, capture
    from laminoscope_core.run.results import RunResult
    from laminoscope_core.run.run import run_experiment
    from laminoscope_core.sampling.chain import Chain
    from laminoscope_core.sampling.generate import Continuation
    from laminoscope_core.sampling.prompts import render_prompt
    from laminoscope_core.selection import Selection
    from laminoscope_core.session import Session, load_session, save_session
    from laminoscope_core.tables import Arrays, Table

_HOMES = {
    "Arrays": "laminoscope_core.tables",
    "Cancelled": "laminoscope_core.job",
    "Capture": "laminoscope_core.recording.capture",
    "Chain": "laminoscope_core.sampling.chain",
    "Continuation": "laminoscope_core.sampling.generate",
    "Experiment": "laminoscope_core.experiment",
    "Job": "laminoscope_core.job",
    "LaminoscopeError": "laminoscope_core.errors",
    "Model": "laminoscope_core.models.model",
    "ModelInfo": "laminoscope_core.models.model",
    "RunResult": "laminoscope_core.run.results",
    "Selection": "laminoscope_core.selection",
    "Session": "laminoscope_core.session",
    "Spec": "laminoscope_core.plots.registry",
    "Style": "laminoscope_core.figures.style",
    "Table": "laminoscope_core.tables",
    "capture": "laminoscope_core.recording.capture",
    "compose": "laminoscope_core.figures.compose",
    "figure_files": "laminoscope_core.export.figure_files",
    "load_session": "laminoscope_core.session",
    "open_model": "laminoscope_core.models.load",
    "provenance": "laminoscope_core.export.provenance",
    "render_prompt": "laminoscope_core.sampling.prompts",
    "run_experiment": "laminoscope_core.run.run",
    "run_tables": "laminoscope_core.export.run_files",
    "save_session": "laminoscope_core.session",
    "script_for": "laminoscope_core.export.script",
    "wrap_model": "laminoscope_core.models.load",
    "write_activations": "laminoscope_core.export.activations",
    "write_figure": "laminoscope_core.figures.writing",
    "write_plot_data": "laminoscope_core.export.figure_files",
    "write_run": "laminoscope_core.export.run_files",
    "write_script": "laminoscope_core.export.script",
    "write_table": "laminoscope_core.export.formats",
}

__all__ = [
    "Arrays",
    "Cancelled",
    "Capture",
    "Chain",
    "Continuation",
    "Experiment",
    "Job",
    "LaminoscopeError",
    "Model",
    "ModelInfo",
    "RunResult",
    "Selection",
    "Session",
    "Spec",
    "Style",
    "Table",
    "capture",
    "compose",
    "figure_files",
    "load_session",
    "open_model",
    "provenance",
    "render_prompt",
    "run_experiment",
    "run_tables",
    "save_session",
    "script_for",
    "wrap_model",
    "write_activations",
    "write_figure",
    "write_plot_data",
    "write_run",
    "write_script",
    "write_table",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
