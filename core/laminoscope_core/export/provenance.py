"""Where a result comes from: everything one needs to compute it again."""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from laminoscope_core.experiment import Experiment
from laminoscope_core.models.model import ModelInfo

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["library_versions", "provenance"]

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


def provenance(
    model: ModelInfo,
    experiment: Experiment,
    parameters: "Mapping[str, DataclassInstance]",
    token_ids: Sequence[Sequence[int]] = (),
) -> dict[str, Any]:
    """Describe a run as a JSON-able dictionary.

    Parameters
    ----------
    model : ModelInfo
        The opened model; its ``source`` stands as the user gave it.
    experiment : Experiment
        What was run, its sampling seed included.
    parameters : mapping of str to dataclass
        The ``Params`` of every analysis that ran, by analysis id; seeds of permutations and
        bootstraps are among them.
    token_ids : sequence of sequences of int
        The prompts as the model received them.

    Returns
    -------
    dict
        Keys ``model``, ``experiment``, ``parameters``, ``token_ids``, ``libraries``, ``python``
        and ``platform``.  Neither user nor host name, no time, and no path but the model's
        source: the same run gives the same record.
    """
    return {
        "model": asdict(model),
        "experiment": experiment.model_dump(mode="json"),
        "parameters": {name: asdict(params) for name, params in parameters.items()},
        "token_ids": [[int(token) for token in tokens] for tokens in token_ids],
        "libraries": library_versions(),
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.release()} {platform.machine()}",
    }
