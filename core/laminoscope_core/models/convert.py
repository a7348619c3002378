"""Turn a GGUF file into a folder that transformers opens in a moment.

transformers reads GGUF, but takes tens of seconds of Python work that would freeze the window
from any thread.  So it is done once, by a process of its own with limits on time and memory,
and kept in the cache under the hash of the GGUF: configuration, tokenizer and float32 weights.
"""

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

from laminoscope_core.errors import ModelError
from laminoscope_core.job import Job
from laminoscope_core.models.cache import (
    disk_errors,
    move_folder_in,
    require_disk_space,
)
from laminoscope_core.models.child import ChildDied, limit_memory, run_child, speaking, talk
from laminoscope_core.models.foreign import first_line
from laminoscope_core.models.gguf import GgufHeader, read_gguf_header
from laminoscope_core.models.gguf_tensors import check_blocks, unused_of_gguf
from laminoscope_core.models.imports import import_torch
from laminoscope_core.models.memory import free_memory, gigabytes, require_memory
from laminoscope_core.models.offline import OFFLINE_ENVIRONMENT
from laminoscope_core.models.sealed import read_seal, seal, seal_holds
from laminoscope_core.models.temporary import remove_stale, temporary_folder
from laminoscope_core.paths import cache_folder

__all__ = [
    "CONVERSION_FILE",
    "conversion_folder",
    "conversion_sampling",
    "conversion_unused",
    "converted_folder",
    "find_converted",
    "main",
]

CONVERSION_FILE = "conversion.json"
_NEEDED = ("config.json", "model.safetensors")
# Raise it when older conversions must be made anew.
_VERSION = 3
# Measured: 20 s and 2.3 times the float32 weights for 135 million parameters.
_SECONDS_FIXED, _SECONDS_PER_GIGABYTE = 300.0, 600.0
_PEAK_OVER_WEIGHTS = 2.5
_MEMORY_FIXED, _MEMORY_OVER_WEIGHTS = 2 << 30, 4


def find_converted(sha256: str, job: Job | None = None) -> Path | None:
    """Return the folder that a GGUF file of this hash was converted into, if it is whole.

    Files that may have changed since are read again; one that did makes the folder useless.
    """
    folder = conversion_folder(sha256)
    return folder if seal_holds(folder, CONVERSION_FILE, _NEEDED, job) else None


def conversion_sampling(folder: Path) -> dict[str, int | float | bool | str]:
    """Return the advice on sampling that a converted GGUF file's header held; else nothing."""
    header = read_seal(folder, CONVERSION_FILE).get("gguf")
    advice = header.get("sampling") if isinstance(header, dict) else None
    return {
        str(key): value
        for key, value in (advice if isinstance(advice, dict) else {}).items()
        if isinstance(value, (int, float, bool, str))
    }


def conversion_unused(folder: Path) -> tuple[str, ...]:
    """Return what a converted GGUF file held that its model does not use, in words."""
    said = read_seal(folder, CONVERSION_FILE).get("unused")
    return tuple(map(str, said)) if isinstance(said, list) else ()


def converted_folder(gguf: Path, sha256: str, job: Job) -> Path:
    """Return the converted form of a GGUF file, converting it now if that was not done before.

    Raises
    ------
    ModelError
        The file is damaged or of a kind that transformers cannot read; no disk space or memory.
    Cancelled
        The job was cancelled; the converter is dead and left nothing.
    """
    if (found := find_converted(sha256)) is not None:
        return found
    final = conversion_folder(sha256)
    header = read_gguf_header(gguf)
    check_blocks(header, gguf.name)
    weights_bytes = 4 * header.n_parameters
    require_disk_space(f"convert {gguf.name}", int(1.05 * weights_bytes) + (64 << 20))
    require_memory(f"Converting {gguf.name}", int(_PEAK_OVER_WEIGHTS * weights_bytes))
    time_limit = _SECONDS_FIXED + _SECONDS_PER_GIGABYTE * weights_bytes / 1e9
    # As much as such a file takes, and never more than this machine has.
    memory = min(_MEMORY_FIXED + _MEMORY_OVER_WEIGHTS * weights_bytes, free_memory())
    arguments = [str(gguf.resolve()), str(final), "--sha256", sha256, "--memory", str(memory)]
    try:
        run_child(
            __name__,
            arguments,
            job,
            env=OFFLINE_ENVIRONMENT,
            time_limit=time_limit,
            memory_limit=memory,
        )
    except TimeoutError:
        raise ModelError(
            f"Converting {gguf.name} took more than {time_limit / 60:.0f} minutes and was stopped.",
            "Open the model as a folder with safetensors weights instead.",
        ) from None
    except MemoryError:
        raise _out_of_memory(gguf, header) from None
    except ChildDied as died:
        raise _what_killed_it(died, gguf, header) from died
    finally:
        remove_stale(final.parent)
    if (found := find_converted(sha256)) is None:
        raise ModelError(f"The conversion of {gguf.name} is not in the cache.", "Try again.")
    return found


def conversion_folder(sha256: str) -> Path:
    """Return where the converted form of a GGUF file is, or would be."""
    return cache_folder("converted") / f"{sha256}-v{_VERSION}"


def _what_killed_it(died: ChildDied, gguf: Path, header: GgufHeader) -> ModelError:
    if died.code == -9 or "MemoryError" in died.stderr or "can't allocate" in died.stderr:
        return _out_of_memory(gguf, header)
    last = (died.stderr.strip().splitlines() or ["no message"])[-1]
    return ModelError(
        f"{gguf.name} (architecture {header.architecture!r}) could not be converted: {last}",
        "The file may be damaged, or of a kind that transformers cannot read.",
    )


def _out_of_memory(gguf: Path, header: GgufHeader) -> ModelError:
    needed = gigabytes(int(_PEAK_OVER_WEIGHTS * 4 * header.n_parameters))
    return ModelError(
        f"Converting {gguf.name} ran out of memory; it takes about {needed}.",
        "Close other programs, or choose a smaller model.",
    )


def main(arguments: list[str] | None = None) -> None:
    """Convert one file; what the converter process runs."""
    parser = argparse.ArgumentParser(prog="python -m laminoscope_core.models.convert")
    parser.add_argument("gguf", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sha256", required=True)
    parser.add_argument("--memory", type=int, required=True, help="limit in bytes")
    chosen = parser.parse_args(arguments)
    limit_memory(chosen.memory)
    with speaking():
        _convert(chosen.gguf, chosen.folder, chosen.sha256)
        talk(folder=str(chosen.folder))


def _convert(gguf: Path, final: Path, sha256: str) -> None:
    header = read_gguf_header(gguf)
    if not header.says_epsilon:
        raise ModelError(
            f"{gguf.name} does not say what is added to the variance in its norms (epsilon); any "
            "guess would give other numbers.",
            "Fetch the file again, or another file of the model.",
        )
    talk(fraction=0.0, text=f"Converting {gguf.name}: loading the libraries")
    import_torch()
    import torch
    import transformers

    place: dict[str, Any] = {
        "pretrained_model_name_or_path": gguf.parent,
        "gguf_file": gguf.name,
        "local_files_only": True,
        "trust_remote_code": False,
    }
    try:
        talk(fraction=0.1, text=f"Converting {gguf.name}: reading the tokenizer")
        tokenizer = transformers.AutoTokenizer.from_pretrained(**place)
        talk(fraction=0.3, text=f"Converting {gguf.name}: reading the weights")
        hf, loading = transformers.AutoModelForCausalLM.from_pretrained(
            **place, dtype=torch.float32, output_loading_info=True
        )
    except (MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a library's panic is no Exception
        if "ignore_mismatched_sizes" in str(error):
            raise ModelError(
                f"The tensors of {gguf.name} have other shapes than its header says.",
                "Fetch the file again, or another file of the model.",
            ) from error
        raise ModelError(
            f"{gguf.name} (architecture {header.architecture!r}) cannot be converted: "
            f"{first_line(error).removesuffix('.')}.",
            "Open the model as a folder with safetensors weights instead.",
        ) from error
    if missing := sorted(loading["missing_keys"]):
        raise ModelError(
            f"{gguf.name} lacks {len(missing)} of the model's tensors, the first is {missing[0]}.",
            "Fetch the file again, or another file of the model.",
        )
    unused = unused_of_gguf(hf, header, gguf)
    talk(fraction=0.8, text=f"Converting {gguf.name}: writing the weights")
    needed = 4 * header.n_parameters
    with disk_errors(f"convert {gguf.name}", needed), temporary_folder(final.parent) as folder:
        _save(hf, tokenizer, folder)
        facts = {
            "gguf": {"sha256": sha256, **header.facts()},
            "unused": unused,
            "libraries": {"torch": torch.__version__, "transformers": transformers.__version__},
        }
        seal(folder, CONVERSION_FILE, facts)
        if not seal_holds(final, CONVERSION_FILE, _NEEDED):
            shutil.rmtree(final, ignore_errors=True)
        move_folder_in(folder, final)
    for older in final.parent.glob(f"{sha256}-v*"):
        if older != final:
            shutil.rmtree(older, ignore_errors=True)


def _save(hf: Any, tokenizer: Any, folder: Path) -> None:
    import safetensors.torch

    # `save_pretrained` of the model refuses one that was read from GGUF.
    hf.config.__dict__.pop("quantization_config", None)
    hf.config.architectures = [type(hf).__name__]
    tied = set(hf.all_tied_weights_keys) if hf.config.tie_word_embeddings else set()
    weights = {
        name: tensor.contiguous() for name, tensor in hf.state_dict().items() if name not in tied
    }
    safetensors.torch.save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    hf.config.save_pretrained(folder)
    if hf.generation_config is not None:
        hf.generation_config.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    _make_tokenizer_quick(tokenizer, folder)


def _make_tokenizer_quick(tokenizer: Any, folder: Path) -> None:
    """Rewrite a saved tokenizer so that opening it parses the vocabulary once, outside Python.

    Parsing it in Python holds the interpreter's lock for as long as the whole vocabulary takes.
    transformers does so to rebuild a tokenizer by its family's class, which ``tokenizer.json``
    makes unnecessary, and to find the added tokens where the configuration does not list them.
    """
    vocabulary = folder / "tokenizer.json"
    content = json.loads(vocabulary.read_text(encoding="utf-8"))
    compact = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    vocabulary.write_text(compact, encoding="utf-8")
    file = folder / "tokenizer_config.json"
    config = json.loads(file.read_text(encoding="utf-8"))
    for key in ("is_local", "local_files_only"):
        config.pop(key, None)
    config["tokenizer_class"] = "TokenizersBackend"
    config["padding_side"] = tokenizer.padding_side
    config["added_tokens_decoder"] = {
        str(index): {
            "content": token.content,
            "lstrip": token.lstrip,
            "normalized": token.normalized,
            "rstrip": token.rstrip,
            "single_word": token.single_word,
            "special": token.special,
        }
        for index, token in tokenizer.added_tokens_decoder.items()
    }
    file.write_text(json.dumps(config, indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
