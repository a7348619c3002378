"""Tiny models, and a cache of its own for every test."""

import socket
import subprocess
import threading

import huggingface_hub.constants
import pytest

CORPUS = ["the next word is galaxy", "the next word is sofa", "a quiet moon above the harbour"] * 5


@pytest.fixture(autouse=True)
def loading_threads_end(no_leaked_threads):
    """Wait for transformers' loading threads, which it tells to end without waiting for them."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if thread.name.startswith("ThreadPool"):
            thread.join(timeout=5)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty Laminoscope cache."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("LAMINOSCOPE_CACHE", str(folder))
    return folder


@pytest.fixture(scope="session")
def tiny_tokenizer():
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    backend = Tokenizer(models.BPE())
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    backend.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=320,
        special_tokens=["<s>", "</s>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    backend.train_from_iterator(CORPUS, trainer)
    return PreTrainedTokenizerFast(tokenizer_object=backend, bos_token="<s>", eos_token="</s>")


@pytest.fixture(scope="session")
def tiny_llama(tiny_tokenizer):
    """A random Llama of two layers, tied, grouped-query."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(tiny_tokenizer),
        hidden_size=64,
        intermediate_size=96,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=128,
        tie_word_embeddings=True,
    )
    return LlamaForCausalLM(config).eval()


@pytest.fixture
def llama_folder(tmp_path, tiny_llama, tiny_tokenizer):
    """The tiny Llama as a folder, as `save_pretrained` writes it."""
    folder = tmp_path / "tiny-llama"
    tiny_llama.save_pretrained(folder)
    tiny_tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture
def hub_cache(tmp_path, monkeypatch):
    """An empty hub cache, for this process and for those it starts."""
    folder = tmp_path / "hub"
    monkeypatch.setenv("HF_HUB_CACHE", str(folder))
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(folder))
    return folder


@pytest.fixture
def no_network(monkeypatch):
    """No connection and no other process; an attempt fails the test even if it is caught."""
    tried = []

    def refuse(*arguments, **_):
        tried.append(arguments)
        raise OSError("a network connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(subprocess, "Popen", refuse)
    yield
    assert tried == []
