"""Turn a GGUF file into a folder that transformers opens in a moment.

transformers reads GGUF, but takes tens of seconds of Python work that would freeze the window
from any thread.  So it is done once, by a process of its own with limits on time and memory,
and kept in the cache under the hash of the GGUF: configuration, tokenizer and float32 weights.
"""

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from laminoscope_core.errors import ModelError
from laminoscope_core.job import Job
from laminoscope_core.models.cache import (
    disk_errors,
    move_folder_in,
    remove_stale,
    temporary_folder,
)
from laminoscope_core.models.child import run_child, spoken, talk
from laminoscope_core.paths import cache_folder

__all__ = ["CONVERSION_FILE", "converted_folder", "find_converted", "main"]

CONVERSION_FILE = "conversion.json"
# Raise it when a conversion must not be taken for one of the next version's.
_VERSION = 1
_TIME_LIMIT_SECONDS = 3600.0
_LIBRARIES_BYTES = 16 << 30  # address space, most of it never touched


def find_converted(sha256: str) -> Path | None:
    """Return the folder that a GGUF file of this hash was converted into, if it is whole."""
    folder = _folder_of(sha256)
    try:
        facts = json.loads((folder / CONVERSION_FILE).read_text(encoding="utf-8"))
        sizes = {name: (folder / name).stat().st_size for name in facts["files"]}
    except (OSError, ValueError, KeyError):
        return None
    return folder if sizes == facts["files"] else None


def converted_folder(gguf: Path, sha256: str, job: Job) -> Path:
    """Return the converted form of a GGUF file, converting it now if that was not done before.

    Raises
    ------
    ModelError
        The file is damaged or of a kind that transformers cannot read; no disk space or memory.
    Cancelled
        The job was cancelled; the converter is dead and left nothing.
    """
    final = _folder_of(sha256)
    if (found := find_converted(sha256)) is not None:
        return found
    try:
        run_child(
            "laminoscope_core.models.convert",
            [str(gguf), str(final), "--sha256", sha256],
            job,
            env={
                "HF_HUB_OFFLINE": "1",
                "TRANSFORMERS_OFFLINE": "1",
                "HF_HUB_DISABLE_TELEMETRY": "1",
            },
            time_limit=_TIME_LIMIT_SECONDS,
        )
    except TimeoutError:
        raise ModelError(
            f"Converting {gguf.name} took more than {_TIME_LIMIT_SECONDS / 60:.0f} minutes "
            "and was stopped.",
            "Open the model as a safetensors folder instead.",
        ) from None
    finally:
        remove_stale(final.parent)
    if (found := find_converted(sha256)) is None:
        raise ModelError(f"The conversion of {gguf.name} is not in the cache.", "Try again.")
    return found


def _folder_of(sha256: str) -> Path:
    return cache_folder("converted") / f"{sha256}-v{_VERSION}"


def main(arguments: list[str] | None = None) -> None:
    """Convert one file; the converter process's own entry."""
    parser = argparse.ArgumentParser(prog="python -m laminoscope_core.models.convert")
    parser.add_argument("gguf", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sha256", required=True)
    chosen = parser.parse_args(arguments)
    with spoken():
        _convert(chosen.gguf, chosen.folder, chosen.sha256)
        talk(folder=str(chosen.folder))


def _convert(gguf: Path, final: Path, sha256: str) -> None:
    talk(fraction=0.0, text=f"Converting {gguf.name}: loading the libraries")
    import torch
    import transformers

    talk(fraction=0.1, text=f"Converting {gguf.name}: reading the tokenizer")
    place = {"pretrained_model_name_or_path": gguf.parent, "gguf_file": gguf.name}
    tokenizer = transformers.AutoTokenizer.from_pretrained(**place, trust_remote_code=False)
    talk(fraction=0.3, text=f"Converting {gguf.name}: reading the weights")
    hf = transformers.AutoModelForCausalLM.from_pretrained(
        **place, dtype=torch.float32, trust_remote_code=False
    )
    talk(fraction=0.8, text=f"Converting {gguf.name}: writing")
    with disk_errors(f"convert {gguf.name}", 0), temporary_folder(final.parent) as folder:
        hf.config.__dict__.pop("quantization_config", None)
        _save(hf, tokenizer, folder)
        sizes = {file.name: file.stat().st_size for file in folder.iterdir()}
        facts = {"gguf_sha256": sha256, "transformers": transformers.__version__, "files": sizes}
        (folder / CONVERSION_FILE).write_text(json.dumps(facts, indent=1), encoding="utf-8")
        move_folder_in(folder, final)


def _save(hf: Any, tokenizer: Any, folder: Path) -> None:
    import safetensors.torch

    weights = {}
    seen: set[int] = set()
    for name, tensor in hf.state_dict().items():
        if tensor.data_ptr() not in seen:  # tied weights are one tensor under two names
            seen.add(tensor.data_ptr())
            weights[name] = tensor.contiguous()
    safetensors.torch.save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    hf.config.save_pretrained(folder)
    if hf.generation_config is not None:
        hf.generation_config.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


if __name__ == "__main__":
    main()
