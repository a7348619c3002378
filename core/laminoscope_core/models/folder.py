"""Judge a model's folder by its file names and configuration, before any library opens it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from laminoscope_core.errors import ModelError
from laminoscope_core.models.headers import INDEX_FILE, SINGLE_FILE
from laminoscope_core.models.reading import read_json
from laminoscope_core.models.source import PICKLED_SUFFIXES
from laminoscope_core.models.steering import refuse_quantised

__all__ = ["check_config", "check_names", "read_config"]

# Families that transformers lists as causal although they attend in both directions unless
# their configuration says is_decoder.
_ENCODERS = frozenset(
    {
        "bert",
        "bert-generation",
        "big_bird",
        "camembert",
        "data2vec-text",
        "electra",
        "ernie",
        "megatron-bert",
        "rembert",
        "roberta",
        "roberta-prelayernorm",
        "roc_bert",
        "roformer",
        "xlm",
        "xlm-roberta",
        "xlm-roberta-xl",
        "xmod",
    }
)
_ADAPTER = ("adapter_config.", "adapter_model.")
_CAUSAL_ENDINGS = ("ForCausalLM", "LMHeadModel", "DoubleHeadsModel", "ModelWithLMHead")


def check_names(names: Iterable[str], where: str) -> None:
    """Refuse a folder without configuration or without safetensors weights.

    Raises
    ------
    ModelError
        Naming pickled weights if these are all there is; or an adapter lies beside the model.

    Examples
    --------
    >>> check_names(["config.json", "pytorch_model.bin"], "The folder")
    Traceback (most recent call last):
        ...
    laminoscope_core.errors.ModelError: The folder has only pickled weights (pytorch_model.bin), \
which can run code when they are opened; they are never read. Look for a version of the model \
with safetensors weights.
    """
    names = set(names)
    if not names & {SINGLE_FILE, INDEX_FILE}:
        pickled = sorted(name for name in names if name.lower().endswith(PICKLED_SUFFIXES))
        ggufs = sorted(name for name in names if name.lower().endswith(".gguf"))
        if ggufs:
            raise ModelError(
                f"{where} has no safetensors weights, only GGUF files such as {ggufs[0]}.",
                "Open the .gguf file itself.",
            )
        if "adapter_config.json" in names:
            raise ModelError(
                f"{where} holds an adapter, not a model.", "Open the model that it belongs to."
            )
        if pickled:
            raise ModelError(
                f"{where} has only pickled weights ({pickled[0]}), which can run code when they "
                "are opened; they are never read.",
                "Look for a version of the model with safetensors weights.",
            )
        raise ModelError(
            f"{where} has no safetensors weights.",
            "It needs config.json and model.safetensors, or model.safetensors.index.json.",
        )
    if "config.json" not in names:
        raise ModelError(f"{where} has no config.json.", "It is not a transformers model.")
    if adapters := sorted(name for name in names if name.lower().startswith(_ADAPTER)):
        raise ModelError(
            f"{where} holds an adapter ({adapters[0]}) beside the model: with it the model "
            "computes other numbers, and which are meant cannot be told.",
            "Open a version of the model with the adapter merged into it, or take the adapter's "
            "files out of the folder to open the model without it.",
        )


def read_config(folder: Path) -> dict[str, Any]:
    """Return the content of a folder's ``config.json``.

    Raises
    ------
    ModelError
        It is missing, not an ordinary file of at most 16 MB, or not a JSON object.
    """
    return read_json(folder / "config.json")


def check_config(config: dict[str, Any], where: str) -> str:
    """Refuse what cannot be a causal language model; return its ``model_type``.

    Raises
    ------
    ModelError
        An encoder, an encoder-decoder, another task's model, quantised weights, or no type.

    Examples
    --------
    >>> check_config({"model_type": "t5", "is_encoder_decoder": True}, "t5-small")
    Traceback (most recent call last):
        ...
    laminoscope_core.errors.ModelError: t5-small is an encoder-decoder model (model type 't5'), \
not a causal language model. Open a decoder such as gpt2.
    """
    hint = "Open a decoder such as gpt2."
    kind = config.get("model_type")
    if not isinstance(kind, str) or not kind:
        raise ModelError(f"The configuration of {where} does not name its model_type.", hint)
    architectures = config.get("architectures") or []
    if not isinstance(architectures, list):
        architectures = []
    names = [name for name in architectures if isinstance(name, str)]
    if config.get("is_encoder_decoder") is True:
        what = "an encoder-decoder model"
    elif kind in _ENCODERS and config.get("is_decoder") is not True:
        what = "an encoder"
    elif names and not any(_may_be_causal(name) for name in names):
        what = f"a {names[0]}"
    else:
        refuse_quantised(config, where)
        return kind
    raise ModelError(f"{where} is {what} (model type {kind!r}), not a causal language model.", hint)


def _may_be_causal(architecture: str) -> bool:
    bare = architecture.endswith("Model") and not architecture.endswith("EncoderModel")
    generates = architecture.endswith("ForConditionalGeneration")
    return architecture.endswith(_CAUSAL_ENDINGS) or bare or generates
