"""Load torch and transformers without freezing the thread that draws (see `aside.py`)."""

import importlib
import importlib.util
import os
import re
import sys
from functools import partial
from importlib.metadata import requires

from laminoscope_core.aside import map_library, package_folder, quietly
from laminoscope_core.errors import ModelError
from laminoscope_core.job import Job
from laminoscope_core.models.foreign import first_line

__all__ = ["import_hub", "import_torch", "import_torch_stack", "install_again", "is_packaged"]

_STEPS = (
    ("Loading the library that computes", ("torch",)),
    ("Loading the library of models", ("transformers", "safetensors.torch", "tokenizers")),
    (
        "Loading the model classes",
        (
            "transformers.models.auto.configuration_auto",
            "transformers.models.auto.modeling_auto",
            "transformers.models.auto.tokenization_auto",
            "transformers.generation.utils",
            "transformers.modeling_utils",
        ),
    ),
)
_LIBRARIES = (
    "libtorch_global_deps",
    "libc10",
    "libtorch_cpu",
    "libtorch_cuda",
    "libtorch",
    "libtorch_python",
)
_imported: set[str] = set()


def import_torch_stack(job: Job | None = None, model_type: str = "") -> None:
    """Import torch, transformers and the classes that open a model; call it before their use.

    Any thread may call it, any number of times; it returns once everything is imported.

    Parameters
    ----------
    job : Job, optional
        Told what is being loaded; checked between the steps.
    model_type : str
        transformers' name of the family whose model class is wanted too, as ``"llama"``.

    Raises
    ------
    ModelError
        A library is missing or broken; the message says what to do.
    Cancelled
        The job was cancelled; what is being imported is imported to its end, behind.
    """
    job = job or Job()
    # No native code of anybody's repository, whatever a model asks for; read once, on import.
    os.environ["USE_HUB_KERNELS"] = "0"
    missing = [module for _, modules in _STEPS for module in modules]
    wanted = {*missing, *([f"model {model_type}"] if model_type else [])}
    if wanted <= _imported:
        return
    if "torch" not in sys.modules:
        job.report(0.0, _STEPS[0][0])
        quietly(_map_libraries, job)
    for index, (text, modules) in enumerate(_STEPS):
        job.report((index + 0.5) / (len(_STEPS) + 1), text)
        for module in modules:
            quietly(partial(_load, module), job)
    if model_type:
        quietly(partial(_import_model_class, model_type), job)
    _imported.update(wanted)
    job.report(1.0, "Libraries are loaded")


def import_torch() -> None:
    """Import torch alone.

    Raises
    ------
    ModelError
        It is missing or broken; the message says what to do.
    """
    _load("torch")


def is_packaged() -> bool:
    """Return whether the libraries are inside a packaged program, where none is replaced."""
    return bool(getattr(sys, "frozen", False))


def _load(module: str) -> None:
    try:
        importlib.import_module(module)
    except Exception as error:  # a library that is not whole raises anything
        library = module.partition(".")[0]
        absent = isinstance(error, ModuleNotFoundError) and error.name == library
        why = "it is not installed" if absent else first_line(error).removesuffix(".")
        hint = f"Install it again: {install_again(library)}"
        raise ModelError(
            f"The library {library} cannot be loaded: {why}.",
            "Install Laminoscope again." if is_packaged() else hint,
        ) from error


def install_again(library: str, *options: str) -> str:
    """Return the command that puts a library anew beside us, in a version that we can use.

    Parameters
    ----------
    library : str
    options : str
        Of uv; without any it is a command of pip where that is installed.
    """
    ours = requires("laminoscope") or []
    suits = re.compile(rf"{re.escape(library)}[^\w.-].*")
    wanted = next(filter(suits.fullmatch, ours), library)
    if importlib.util.find_spec("pip") is not None and not options:
        return f'"{sys.executable}" -m pip install --force-reinstall "{wanted}"'
    into = f'uv pip install --python "{sys.prefix}" --reinstall-package {library}'
    return " ".join((into, *options, f'"{wanted}"'))


def import_hub() -> None:
    """Import the library of the hub, for any thread to use; not while torch's are being mapped.

    It has libraries of its own, and waiting for the dynamic loader it would keep Python's lock.
    """
    if "huggingface_hub" not in sys.modules:
        quietly(_load_hub, Job())


def _load_hub() -> None:
    from huggingface_hub import scan_cache_dir

    _ = scan_cache_dir  # and all that it needs: the package itself is empty until it is asked


def _import_model_class(model_type: str) -> None:
    """Import a family's modules; a family that transformers does not know is no error here."""
    from transformers.models.auto.configuration_auto import CONFIG_MAPPING
    from transformers.models.auto.modeling_auto import (
        MODEL_FOR_CAUSAL_LM_MAPPING,
        MODEL_FOR_CAUSAL_LM_MAPPING_NAMES,
    )

    if model_type in MODEL_FOR_CAUSAL_LM_MAPPING_NAMES:
        _ = MODEL_FOR_CAUSAL_LM_MAPPING[CONFIG_MAPPING[model_type]]


def _map_libraries() -> None:
    """Map torch's libraries into the process while other threads go on."""
    folder = package_folder("torch")
    if folder is None:
        return
    suffix = "dylib" if sys.platform == "darwin" else "so"
    for name in _LIBRARIES:
        library = folder / "lib" / f"{name}.{suffix}"
        map_library(library, for_all=name == "libtorch_global_deps")
