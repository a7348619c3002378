"""Read the tokenizer of a model's folder, in pieces where the whole would freeze the window."""

import contextlib
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from laminoscope_core.models.convert import CONVERSION_FILE
from laminoscope_core.models.foreign import foreign_errors
from laminoscope_core.models.memory import free_memory
from laminoscope_core.models.reading import present, read_bounded, read_json
from laminoscope_core.models.steering import clean_config, clean_token_ids

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["TOKENIZER_FILES", "load_tokenizer", "memory_for", "size_of_files"]

_VOCABULARIES = (
    "tokenizer.json",
    "tokenizer.model",
    "vocab.json",
    "vocab.txt",
    "spiece.model",
    "sentencepiece.bpe.model",
    "spm.model",
    "bpe.codes",
)
_SETTINGS = "tokenizer_config.json"
_BESIDE = (
    "merges.txt",
    "special_tokens_map.json",
    "added_tokens.json",
    "emoji.json",
    "dict.txt",
    "chat_template.jinja",
    "chat_template.json",
)
TOKENIZER_FILES = (*_VOCABULARIES, *_BESIDE, _SETTINGS)
_MAX_VOCABULARY = 256 << 20
_MEMORY_FIXED, _MEMORY_OVER_FILES = 2 << 30, 40
_FAMILY = ("model_type", "tokenizer_class")
_FILE_KEY = re.compile(
    r"\w*_files?|\w*_dir|processor_class|is_local|local_files_only|use_fast|backend"
)


def load_tokenizer(folder: Path, title: str) -> "PreTrainedTokenizerBase | None":
    """Return the tokenizer of a model's folder, or None if it has none.

    Parameters
    ----------
    title : str
        What the model is called in messages.

    Raises
    ------
    ModelError
        There is one, but it cannot be read.
    """
    if not any(present(folder / name) for name in (*_VOCABULARIES, _SETTINGS)):
        return None
    with foreign_errors(f"The tokenizer of {title} cannot be read", "Fetch the model again."):
        if (folder / CONVERSION_FILE).is_file():
            tokenizer = _in_pieces(folder)
        else:
            with _staged(folder) as checked:
                tokenizer = _open(checked)
            tokenizer.name_or_path = str(folder)
        _always_the_same(tokenizer)
        return tokenizer


def _always_the_same(tokenizer: "PreTrainedTokenizerBase") -> None:
    """Have a tokenizer make the same tokens of a text each time; in training some draw them."""
    model = getattr(getattr(tokenizer, "backend_tokenizer", None), "model", None)
    for name in ("dropout", "alpha", "nbest_size"):
        if getattr(model, name, None) is not None:
            setattr(model, name, None)


def size_of_files(folder: Path) -> int:
    """Return how many bytes a folder's configuration and tokenizer files have."""
    files = (folder / name for name in ("config.json", *TOKENIZER_FILES))
    return sum(file.stat().st_size for file in files if file.exists())


def memory_for(folder: Path) -> int:
    """Return the bytes of memory that a child may take that reads and uses a folder's tokenizer."""
    return min(_MEMORY_FIXED + _MEMORY_OVER_FILES * size_of_files(folder), free_memory())


@contextlib.contextmanager
def _staged(folder: Path) -> Iterator[Path]:
    """Give a folder with a tokenizer's own files, and of its settings what does not steer.

    Nothing else that lies in the folder is seen by the library, which would look for it.
    """
    with tempfile.TemporaryDirectory(prefix="laminoscope-") as place:
        checked = Path(place)
        for name in (*_VOCABULARIES, *_BESIDE):
            if present(folder / name):
                (checked / name).write_bytes(read_bounded(folder / name, _MAX_VOCABULARY))
        if present(folder / _SETTINGS):
            settings = _clean_settings(read_json(folder / _SETTINGS, _MAX_VOCABULARY))
            (checked / _SETTINGS).write_text(json.dumps(settings), encoding="utf-8")
        if present(folder / "config.json"):
            config = read_json(folder / "config.json")
            family = {key: config[key] for key in _FAMILY if isinstance(config.get(key), str)}
            (checked / "config.json").write_text(json.dumps(family), encoding="utf-8")
        yield checked


def _clean_settings(settings: dict[str, Any]) -> dict[str, Any]:
    kept = clean_token_ids(clean_config(settings))
    kept = {key: value for key, value in kept.items() if not _FILE_KEY.fullmatch(key)}
    longest = kept.get("model_max_length")
    if isinstance(longest, bool) or not isinstance(longest, (int, float)) or not longest > 0:
        kept.pop("model_max_length", None)
    return kept


def _open(folder: Path, **settings: Any) -> "PreTrainedTokenizerBase":
    from transformers import AutoTokenizer

    tokenizer: PreTrainedTokenizerBase = AutoTokenizer.from_pretrained(
        folder, local_files_only=True, trust_remote_code=False, **settings
    )
    return tokenizer


def _in_pieces(folder: Path) -> "PreTrainedTokenizerBase":
    """Open a converted folder's tokenizer with the vocabulary put in last.

    The tokenizers library holds the interpreter's lock while it reads a file: 60 ms for the
    default model.  Reading the text, and building the model of byte pairs from it, are two
    steps of less than half of that each, between which other threads draw.
    """
    from tokenizers import Tokenizer, models

    content = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    model = content["model"]
    if model["type"] != "BPE":
        return _open(folder)
    # The added tokens must have their numbers already, or they would get new ones.
    added = {token["content"]: token["id"] for token in content["added_tokens"]}
    content["model"] = {**model, "vocab": added, "merges": []}
    tokenizer = _open(folder, tokenizer_object=Tokenizer.from_str(json.dumps(content)))
    settings = {
        name: value
        for name, value in model.items()
        if name not in ("type", "vocab", "merges") and value is not None
    }
    merges = [tuple(pair) for pair in model["merges"]]
    tokenizer.backend_tokenizer.model = models.BPE(model["vocab"], merges, **settings)
    return tokenizer
