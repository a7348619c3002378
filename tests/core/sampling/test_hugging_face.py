"""Hugging Face's logits processors as oracles, where the rules agree."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from transformers.generation import logits_process as hf

from laminoscope_core.sampling import Chain

VOCABULARY = 300

RULES = {
    "top_k": (lambda k: hf.TopKLogitsWarper(k), "k", st.integers(1, 400)),
    "top_p": (lambda p: hf.TopPLogitsWarper(p), "p", st.floats(0.01, 0.99)),
    "min_p": (lambda p: hf.MinPLogitsWarper(p), "p", st.floats(0.001, 0.99)),
    "temperature": (lambda t: hf.TemperatureLogitsWarper(t), "temperature", st.floats(0.1, 5)),
    "epsilon_cutoff": (lambda e: hf.EpsilonLogitsWarper(e), "epsilon", st.floats(1e-4, 0.9)),
    "eta_cutoff": (lambda e: hf.EtaLogitsWarper(e), "epsilon", st.floats(1e-4, 0.9)),
    "top_h": (lambda h: hf.TopHLogitsWarper(h), "h", st.floats(0.05, 0.95)),
}


def theirs(processor, logits, history=(0,)):
    scores = processor(torch.tensor([list(history)]), torch.tensor(logits[None]))
    return torch.softmax(scores, dim=-1)[0].numpy()


def ours(items, logits, history=()):
    stage = Chain.from_list(items).apply(logits, history)[-1]
    p = np.zeros(logits.size)
    p[stage.ids] = stage.probabilities
    return p


def continuous(seed):
    """Logits without ties, which Hugging Face treats differently."""
    return np.random.default_rng(seed).normal(scale=3, size=VOCABULARY)


@pytest.mark.parametrize("name", RULES)
@settings(max_examples=40, deadline=None)
@given(data=st.data(), seed=st.integers(0, 10**6))
def test_the_same_distribution(name, data, seed):
    make, parameter, values = RULES[name]
    value = data.draw(values)
    logits = continuous(seed)
    expected = theirs(make(value), logits)
    p = ours([{"sampler": name, parameter: value}], logits)
    # a line that falls within rounding of a token may take it or leave it
    differing = (p > 0) != (expected > 0)
    assert differing.sum() <= 1
    if not differing.any():
        np.testing.assert_allclose(p, expected, rtol=1e-6, atol=1e-12)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), p=st.floats(0.05, 0.95))
def test_typical_p_up_to_the_token_that_reaches_p(seed, p):
    """Theirs is the sum < p, ours (llama.cpp's) > p: the sets agree but for an exact hit."""
    logits = continuous(seed)
    np.testing.assert_allclose(
        ours([{"sampler": "typical_p", "p": p}], logits),
        theirs(hf.TypicalLogitsWarper(p), logits),
        rtol=1e-9,
        atol=1e-12,
    )


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    repeat=st.floats(0.5, 3),
    history=st.lists(st.integers(0, VOCABULARY - 1), min_size=1, max_size=30),
)
def test_repetition_penalty(seed, repeat, history):
    logits = continuous(seed)
    np.testing.assert_allclose(
        ours([{"sampler": "penalties", "last_n": 64, "repeat": repeat}], logits, history),
        theirs(hf.RepetitionPenaltyLogitsProcessor(repeat), logits, history),
        rtol=1e-9,
    )


@pytest.mark.parametrize("name", ["epsilon_cutoff", "eta_cutoff"])
def test_min_keep_of_the_cutoffs_keeps_ties_too(name):
    logits = np.array([1.0, 3.0, 2.0, 2.0, 0.0])
    make = {"epsilon_cutoff": hf.EpsilonLogitsWarper, "eta_cutoff": hf.EtaLogitsWarper}[name]
    expected = theirs(make(0.9, min_tokens_to_keep=2), logits)
    np.testing.assert_allclose(
        ours([{"sampler": name, "epsilon": 0.9, "min_keep": 2}], logits), expected, atol=1e-12
    )
    assert (expected > 0).sum() == 3


def test_the_preset_has_the_order_of_generate():
    """A model's own list of warpers is the reference for the order."""
    from transformers import GenerationConfig, GPT2Config, GPT2LMHeadModel

    model = GPT2LMHeadModel(GPT2Config(n_layer=1, n_head=1, n_embd=4, vocab_size=7))
    config = GenerationConfig(
        do_sample=True,
        temperature=0.5,
        top_h=0.5,
        top_k=3,
        top_p=0.5,
        min_p=0.1,
        typical_p=0.5,
        epsilon_cutoff=0.1,
        eta_cutoff=0.1,
        repetition_penalty=1.2,
    )
    processors = model._get_logits_processor(config, input_ids_seq_length=1)
    names = {
        hf.RepetitionPenaltyLogitsProcessor: "penalties",
        hf.TemperatureLogitsWarper: "temperature",
        hf.TopHLogitsWarper: "top_h",
        hf.TopKLogitsWarper: "top_k",
        hf.TopPLogitsWarper: "top_p",
        hf.MinPLogitsWarper: "min_p",
        hf.TypicalLogitsWarper: "typical_p",
        hf.EpsilonLogitsWarper: "epsilon_cutoff",
        hf.EtaLogitsWarper: "eta_cutoff",
    }
    assert [names[type(processor)] for processor in processors] == [
        link.name for link in Chain.preset("Hugging Face").links
    ]
