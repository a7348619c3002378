"""Take out of a stranger's configuration what would steer the library that reads it.

A configuration says what a model is.  Some of its keys say instead how it is to be loaded: by
which code, from which file, with which kernels of which repository.  Those are ours to decide, so
they are left out wherever they stand, and what the model is stays as it was.
"""

import re
from typing import Any

from laminoscope_core.errors import ModelError

__all__ = ["clean_config", "clean_token_ids", "quantisation_of", "refuse_quantised"]

# Keys that are not the model's to say, whatever they hold.
_OURS = re.compile(
    r"auto_map|custom_(generate|pipelines|code)"
    # how attention, experts and whatever comes next are computed, by name of a kernel
    r"|\w*_implementation\w*|_?use_(hub_)?kernels|kernel_config|allow_all_kernels"
    r"|(use_)?flash_attn|(use_)?flash_attention\w*"
    # other files and places
    r"|transformers_weights|configuration_files|_?name_or_path|_commit_hash|extra_files"
    r"|adapter\w*|peft\w*"
    # where and in which precision
    r"|(torch_)?dtype|device_map|distributed_config|(base_model_)?(tp|pp|ep|sp|fsdp)_plan|tp_size"
    # what is patched into it, and what it gives back
    r"|fusion_config|compile_config|pruned_heads|torchscript|(use_)?return_dict"
    r"|output_(attentions|hidden_states|router_logits)|gradient_checkpointing"
    # of other tasks; a number of labels is a list to be made
    r"|num_labels|id2label|label2id|task_specific_params|problem_type"
)
_QUANTISED = ("quantization_config", "compression_config", "quantization", "quant_config")


def clean_config(config: dict[str, Any]) -> dict[str, Any]:
    """Return a configuration without the keys that steer its loading, at every depth.

    Examples
    --------
    >>> clean_config(
    ...     {
    ...         "n_layer": 2,
    ...         "attn_implementation": "owner/kernel",
    ...         "text_config": {"auto_map": {}, "n_head": 4},
    ...     }
    ... )
    {'n_layer': 2, 'text_config': {'n_head': 4}}
    """
    return {
        key: _cleaned(value)
        for key, value in config.items()
        if not _OURS.fullmatch(key) and key not in _QUANTISED
    }


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        # transformers writes numbers that JSON does not have so.
        if value.keys() == {"__float__"} and value["__float__"] in ("Infinity", "-Infinity", "NaN"):
            return float(value["__float__"])
        return clean_config(value)
    return [_cleaned(item) for item in value] if isinstance(value, list) else value


def quantisation_of(config: Any) -> str | None:
    """Return the name of the key that says that weights are quantised, at any depth, or None.

    Examples
    --------
    >>> quantisation_of({"text_config": {"quantization_config": {"quant_method": "gptq"}}})
    'quantization_config'
    """
    values = config.values() if isinstance(config, dict) else config
    if isinstance(config, dict):
        found = next((key for key in _QUANTISED if config.get(key)), None)
        if found is not None:
            return found
    inner = (value for value in values if isinstance(value, (dict, list)))
    return next(filter(None, map(quantisation_of, inner)), None)


def clean_token_ids(config: dict[str, Any]) -> dict[str, Any]:
    """Return a configuration whose special tokens are whole numbers; several may end a text.

    Anything else that stands where a token's number belongs names no token; so does a padding
    token beyond the vocabulary, with which no embedding can be built.

    Examples
    --------
    >>> clean_token_ids({"eos_token_id": [1, None], "bos_token_id": "x", "n_head": 4})
    {'eos_token_id': [1], 'bos_token_id': None, 'n_head': 4}
    >>> clean_token_ids({"pad_token_id": 32000, "vocab_size": 32000})
    {'pad_token_id': None, 'vocab_size': 32000}
    """
    cleaned = {key: _with_tokens(key, value) for key, value in config.items()}
    size, padding = cleaned.get("vocab_size"), cleaned.get("pad_token_id")
    if type(size) is int and type(padding) is int and not 0 <= padding < size:
        cleaned["pad_token_id"] = None
    return cleaned


def _with_tokens(key: str, value: Any) -> Any:
    if not key.endswith("_token_id"):
        return clean_token_ids(value) if isinstance(value, dict) else value
    if isinstance(value, list) and key == "eos_token_id":
        # None and not nothing: what is left out would be the family's own.
        return [item for item in value if type(item) is int] or None
    return value if type(value) is int else None


def refuse_quantised(config: dict[str, Any], where: str) -> None:
    """Refuse a configuration whose weights are quantised in a way that is not served.

    Raises
    ------
    ModelError
        Some part of it is.
    """
    if quantisation_of(config) is not None:
        raise ModelError(
            f"{where} has quantised weights, which are read from GGUF files only.",
            "Open an unquantised version of the model, or a .gguf file.",
        )
