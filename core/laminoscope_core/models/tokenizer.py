"""Read the tokenizer of a model's folder, in pieces where the whole would freeze the window."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from laminoscope_core.errors import ModelError
from laminoscope_core.models.convert import CONVERSION_FILE

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["load_tokenizer"]

_FILES = (
    "tokenizer.json",
    "tokenizer.model",
    "tokenizer_config.json",
    "vocab.json",
    "vocab.txt",
    "spiece.model",
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
    if not any((folder / name).is_file() for name in _FILES):
        return None
    try:
        if (folder / CONVERSION_FILE).is_file():
            return _in_pieces(folder)
        return _open(folder)
    except Exception as error:
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ModelError(
            f"The tokenizer of {title} cannot be read: {first}", "Fetch the model again."
        ) from error


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
