"""The facts about an opened model, from its configuration, under the names that families use."""

from typing import Any

from laminoscope_core.models.configuration import decoder_config
from laminoscope_core.models.model import ModelInfo

__all__ = ["info_of"]


def info_of(
    hf: Any,
    tokenizer: Any,
    *,
    source: str,
    title: str,
    revision: str = "",
    sampling: dict[str, int | float | bool | str] | None = None,
) -> ModelInfo:
    """Return the facts about a transformers model.

    Parameters
    ----------
    hf : transformers.PreTrainedModel
    tokenizer : transformers.PreTrainedTokenizerBase or None
    source, title, revision, sampling
        As in `ModelInfo`.
    """
    config = decoder_config(hf)

    def first(name: str, default: int = 0) -> int:
        value = getattr(config, name, None)
        if isinstance(value, (list, tuple)):
            value = value[0] if value else None
        return value if isinstance(value, int) else default

    heads = first("num_attention_heads")
    width = first("hidden_size")
    unembedding = hf.get_output_embeddings()
    return ModelInfo(
        source=source,
        title=title,
        revision=revision,
        model_type=hf.config.model_type,
        n_layers=first("num_hidden_layers"),
        d_model=width,
        n_heads=heads,
        n_kv_heads=first("num_key_value_heads", _falcon_heads(config) or heads),
        d_head=first("head_dim", width // heads if heads else 0),
        vocab_size=first("vocab_size") if unembedding is None else unembedding.weight.shape[0],
        context_length=_context_length(first("max_position_embeddings")),
        n_parameters=sum(parameter.numel() for parameter in hf.parameters()),
        dtype=str(hf.dtype).removeprefix("torch."),
        device=str(hf.device),
        attention_kernel=str(getattr(config, "_attn_implementation", None) or ""),
        tokenizer="" if tokenizer is None else type(tokenizer).__name__,
        sampling=sampling or {},
    )


def _falcon_heads(config: Any) -> int | None:
    """Return Falcon's key/value heads, which it counts in its own way."""
    if config.model_type != "falcon":
        return None
    if config.multi_query and not config.new_decoder_architecture:
        return 1
    return int(config.num_kv_heads)


def _context_length(positions: int) -> int | None:
    """Return the longest input; some configurations write 0 or −1 for one without end."""
    return positions if positions > 0 else None
