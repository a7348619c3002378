"""An opened model and the facts about it that every figure and table carries."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

__all__ = ["Model", "ModelInfo"]


@dataclass(frozen=True)
class ModelInfo:
    """Provenance and shape of a model.

    Attributes
    ----------
    source : str
        What the user asked for: catalog name, hub id, folder or file.
    title : str
        A short name for people.
    revision : str
        Hub commit, or ``"sha256:…"`` of a local weights file; empty if neither is known.
    model_type : str
        transformers' ``config.model_type``.
    n_layers, d_model, n_heads, n_kv_heads, d_head : int
        Decoder blocks, width of the residual stream, query heads, key/value heads, width of a
        head (of the first layer, where they differ).  Heads are 0 for a model without attention.
    vocab_size : int
        Rows of the unembedding.
    context_length : int or None
        Longest input the model was made for; None if the configuration does not say.
    n_parameters : int
        Distinct parameters; tied ones count once.
    dtype, device, attention_kernel : str
        As ``"float32"``, ``"cpu"``, ``"sdpa"``.
    tokenizer : str
        Class of the tokenizer; empty without one.
    sampling : dict
        The publisher's advice inside a GGUF file, ``general.sampling.*`` without the prefix.
    """

    source: str
    title: str
    revision: str
    model_type: str
    n_layers: int
    d_model: int
    n_heads: int
    n_kv_heads: int
    d_head: int
    vocab_size: int
    context_length: int | None
    n_parameters: int
    dtype: str
    device: str
    attention_kernel: str
    tokenizer: str
    sampling: dict[str, int | float | bool | str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Model:
    """A transformers causal language model with its tokenizer.

    Attributes
    ----------
    hf : transformers.PreTrainedModel
        In evaluation mode; never trained, never changed.
    tokenizer : transformers.PreTrainedTokenizerBase or None
        None if the model came without one: prompts must then be token ids.
    info : ModelInfo
        What it is.
    unused : tuple of str
        What lies in its files and is not used, in words; none of it changes a number.
    within : callable
        Returns the context in which its passes over texts are run: an altered model is the same
        one with a context that alters what it computes.
    reads_whole : bool
        Whether each text must be read at once and alone, as where the mean over it is put in.
    """

    hf: "PreTrainedModel"
    tokenizer: "PreTrainedTokenizerBase | None"
    info: ModelInfo
    unused: tuple[str, ...] = ()
    within: Callable[[], AbstractContextManager[None]] = nullcontext
    reads_whole: bool = False
