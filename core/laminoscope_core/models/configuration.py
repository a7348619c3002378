"""The part of a configuration that describes the decoder."""

from typing import Any

__all__ = ["decoder_config"]


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
