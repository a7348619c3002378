"""Where a result comes from: everything one needs to compute it again."""

import platform
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from laminoscope_core.analysis.inputs import Altered
from laminoscope_core.analysis.registry import ANALYSES
from laminoscope_core.run.replay import beyond
from laminoscope_core.run.results import RunResult
from laminoscope_core.run.sections import token_ids

__all__ = ["library_versions", "platform_name", "provenance"]

_LIBRARIES = (
    "laminoscope",
    "torch",
    "transformers",
    "tokenizers",
    "accelerate",
    "safetensors",
    "gguf",
    "numpy",
    "scipy",
    "statsmodels",
)


def library_versions() -> dict[str, str]:
    """Return the installed versions of the libraries a number can depend on.

    They are read from package metadata; nothing is imported.  Absent ones are left out.
    """
    versions = {}
    for name in _LIBRARIES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return versions


def platform_name() -> str:
    """Return the system and the processor of this machine, as ``"Linux 6.1 x86_64"``."""
    return f"{platform.system()} {platform.release()} {platform.machine()}"


def provenance(run: RunResult) -> dict[str, Any]:
    """Describe a run as a JSON-able dictionary: everything that is needed to compute it again.

    Returns
    -------
    dict
        ``model``, whose source stands as the user gave it; ``models``, those that the words were
        also read with; ``experiment``, its sampling seed
        included; ``parameters`` by analysis id, seeds of permutations and bootstraps among them;
        ``altered``, the interventions that are made where files lie below ``altered/``, and
        ``altered_inside``, those of lines of ``inside/`` whose ``state`` is ``after``;
        ``token_ids``, the texts as the model received them; ``libraries``, ``python`` and
        ``platform``; and where there are such, what was ``written`` after the prompts and
        ``measured`` besides.  Neither user nor host name, no time, and no path but the model's
        source: the same run gives the same record.
    """
    parameters = {
        analysis.id: getattr(run.results[analysis.id], "params", analysis.module.Params())
        for analysis in ANALYSES
        if analysis.id in run.results
    }
    altered, inside = run.results.get("altered"), run.experiment.inside
    both = len(getattr(run.results.get("inside"), "states", ())) > 1
    models = run.results.get("models")
    return {
        "model": asdict(run.model),
        **({} if models is None else {"models": [asdict(each.model) for each in models.read]}),
        "experiment": run.experiment.model_dump(mode="json"),
        "parameters": {name: asdict(params) for name, params in parameters.items()},
        **({} if altered is None else {"altered": altered.to_list()}),
        **({"altered_inside": Altered(inside.interventions).to_list()} if inside and both else {}),
        "token_ids": token_ids(run.results),
        "libraries": library_versions(),
        "python": platform.python_version(),
        "platform": platform_name(),
        **beyond(run),
        **run.origin,
    }
