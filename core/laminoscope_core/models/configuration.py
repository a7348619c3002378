"""The part of a configuration that describes the decoder."""

from typing import Any

__all__ = ["decoder_config", "rotation_changes_beyond"]


def decoder_config(hf: Any) -> Any:
    """Return the configuration of a model's decoder; of its first block, where blocks differ.

    Parameters
    ----------
    hf : transformers.PreTrainedModel

    Examples
    --------
    >>> from transformers import GPT2Config, GPT2LMHeadModel
    >>> decoder_config(GPT2LMHeadModel(GPT2Config(n_embd=8, n_layer=1, n_head=2))).hidden_size
    8
    """
    config = hf.config.get_text_config(decoder=True)
    # Asked for what differs from block to block, the whole raises instead of answering.
    if getattr(config, "is_heterogeneous", False):
        return config.per_layer_config[0]
    return config


def rotation_changes_beyond(hf: Any) -> int | None:
    """Return the length beyond which a model rotates all of a text's tokens by other angles.

    Such a text, and one that is padded to such a length, cannot be computed together with
    shorter ones; None if there is no such length.
    """
    found = getattr(decoder_config(hf), "rope_parameters", None) or {}
    for parameters in (found, *found.values()):
        if isinstance(parameters, dict) and parameters.get("rope_type") == "longrope":
            length = parameters.get("original_max_position_embeddings")
            return length if isinstance(length, int) else None
    return None
