"""Tiny models, a tokenizer trained on the spot, and the default model."""

import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import (
    GPT2Config,
    GPT2LMHeadModel,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedModel,
)

from laminoscope_core import wrap_model
from laminoscope_core.models.model import Model
from laminoscope_core.recording import prefix

# The tests here share families.py.
sys.path.insert(0, str(Path(__file__).parent))

import families
import separately


def tiny_gpt2() -> PreTrainedModel:
    torch.manual_seed(1)
    config = GPT2Config(
        vocab_size=97, n_positions=32, n_embd=24, n_layer=3, n_head=4, initializer_range=0.3
    )
    return GPT2LMHeadModel(config).eval()


def tiny_llama() -> PreTrainedModel:
    torch.manual_seed(2)
    config = LlamaConfig(
        vocab_size=97,
        hidden_size=24,
        intermediate_size=40,
        num_hidden_layers=3,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=8,
        max_position_embeddings=32,
        initializer_range=0.3,
    )
    return LlamaForCausalLM(config).eval()


@pytest.fixture(scope="session")
def family_model() -> Callable[[str], Model]:
    """Give the tiny model of a family, built once; whether it can share is found out anew."""
    build = cache(lambda name: wrap_model(families.build(name)))

    def model(name: str) -> Model:
        built = build(name)
        prefix._AGREES.pop(built.hf, None)
        return built

    return model


@pytest.fixture(scope="session")
def run_beside(run_python: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    """Run a program of this folder in a process of its own, and give what it prints."""
    here = Path(__file__).parent
    return lambda program, *arguments: separately.printed(run_python(here / program, *arguments))


@pytest.fixture(params=[tiny_gpt2, tiny_llama], ids=["gpt2", "llama"])
def tiny(request: pytest.FixtureRequest) -> Model:
    return wrap_model(request.param())


@pytest.fixture
def gpt2() -> Model:
    return wrap_model(tiny_gpt2())


@pytest.fixture
def llama() -> Model:
    return wrap_model(tiny_llama())


@pytest.fixture(scope="session")
def smollm2(default_model: Model) -> Model:
    return default_model


@pytest.fixture(autouse=True)
def single_thread() -> Iterator[None]:
    """Keep the order of float additions the same from run to run."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
