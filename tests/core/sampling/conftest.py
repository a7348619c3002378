"""Tiny models with random weights, and a tokenizer of single characters with a chat template."""

import pytest
import torch
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers
from transformers import (
    AutoModelForCausalLM,
    GPT2Config,
    LlamaConfig,
    MambaConfig,
    MistralConfig,
    PreTrainedTokenizerFast,
)

from laminoscope_core.models.model import Model, ModelInfo

CHARACTERS = ["<s>", "</s>", "?", *"abcdefghijklmnopqrstuvwxyz", " ", "\n", "."]
VOCABULARY = len(CHARACTERS)
WINDOW = 64

TEMPLATE = (
    "{% for m in messages %}{{ m['role'] }} {{ m['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}a.{% endif %}"
)


def tiny_tokenizer(template=TEMPLATE, pieces=CHARACTERS):
    backend = Tokenizer(models.WordLevel({text: i for i, text in enumerate(pieces)}, unk_token="?"))
    backend.pre_tokenizer = pre_tokenizers.Split(
        Regex("aa|.|\n") if "aa" in pieces else Regex(""), "isolated"
    )
    backend.decoder = decoders.Fuse()
    return PreTrainedTokenizerFast(
        tokenizer_object=backend, bos_token="<s>", eos_token="</s>", chat_template=template
    )


def wrapped(config, tokenizer=None, window=WINDOW):
    torch.manual_seed(0)
    # large weights, so that the distributions are far from uniform
    hf = AutoModelForCausalLM.from_config(config).eval()
    with torch.no_grad():
        for parameter in hf.parameters():
            if parameter.ndim > 1:
                parameter.mul_(8)
    info = ModelInfo(
        source="tiny",
        title="Tiny",
        revision="",
        model_type=config.model_type,
        n_layers=2,
        d_model=32,
        n_heads=4,
        n_kv_heads=2,
        d_head=8,
        vocab_size=VOCABULARY,
        context_length=window,
        n_parameters=0,
        dtype="float32",
        device="cpu",
        attention_kernel="sdpa",
        tokenizer="",
    )
    return Model(hf, tokenizer, info)


@pytest.fixture(scope="session")
def llama_config():
    return LlamaConfig(
        vocab_size=VOCABULARY,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=WINDOW,
        bos_token_id=0,
        eos_token_id=1,
    )


@pytest.fixture(scope="session")
def llama(llama_config):
    return wrapped(llama_config, tiny_tokenizer())


@pytest.fixture(scope="session")
def gpt2():
    config = GPT2Config(
        vocab_size=VOCABULARY,
        n_positions=WINDOW,
        n_embd=32,
        n_layer=2,
        n_head=4,
        bos_token_id=0,
        eos_token_id=1,
    )
    return wrapped(config, tiny_tokenizer())


@pytest.fixture(scope="session")
def mistral():
    """A sliding window of 8 tokens: its cache cannot be shortened once full."""
    config = MistralConfig(
        vocab_size=VOCABULARY,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=WINDOW,
        sliding_window=8,
    )
    return wrapped(config)


@pytest.fixture(scope="session")
def mamba():
    """A recurrent model: no key/value cache at all."""
    config = MambaConfig(
        vocab_size=VOCABULARY, hidden_size=32, state_size=4, num_hidden_layers=2, time_step_rank=4
    )
    return wrapped(config)
