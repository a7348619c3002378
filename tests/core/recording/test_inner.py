"""What parts add, balance and neurons, against hooks and numpy on whole activations."""

import families
import numpy as np
import pytest
import torch

from laminoscope_core import capture, wrap_model
from laminoscope_core.errors import CaptureError
from laminoscope_core.models.model import Model
from laminoscope_core.recording.neighbours import nearest
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.readout import readout_of
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.balance import Balance
from laminoscope_core.recording.reducers.ledger import Ledger
from laminoscope_core.recording.reducers.neurons import Neurons

IDS = [5, 17, 3, 88, 41, 3]
TARGETS = (3, 88)


def inputs_of(model: Model, modules: list) -> list[np.ndarray]:
    """What enters some modules in a plain run."""
    found: dict[int, np.ndarray] = {}
    handles = [
        module.register_forward_pre_hook(
            lambda _m, args, n=n: found.__setitem__(n, args[0].double().numpy())
        )
        for n, module in enumerate(modules)
    ]
    with torch.no_grad():
        model.hf(torch.tensor([IDS]), use_cache=False)
    for handle in handles:
        handle.remove()
    return [found[n] for n in range(len(modules))]


def test_a_head_adds_its_weighted_values_through_its_own_rows(llama: Model) -> None:
    """Past the RMS norm, with grouped keys, one head at a time and in plain numpy."""
    ledger = Ledger(readout_of(llama), TARGETS)
    heads = record(llama, [IDS], [ledger])[ledger].heads
    cap = capture(llama, [IDS], ["attention", "v", "resid_out"])
    hf = llama.hf
    gain = hf.model.norm.weight.detach().double().numpy()
    last = cap.array("resid_out", 2)[0].astype(float)
    sigma = np.sqrt((last**2).mean(-1) + hf.config.rms_norm_eps)
    rows = hf.lm_head.weight.detach().double().numpy()[list(TARGETS)]
    for layer in range(3):
        weights, v = cap.array("attention", layer)[0], cap.array("v", layer)[0]
        out = hf.model.layers[layer].self_attn.o_proj.weight.detach().double().numpy()
        for head in range(4):
            mixed = weights[head].astype(float) @ v[:, head // 2]
            added = mixed @ out[:, 8 * head : 8 * head + 8].T
            expected = (added * gain / sigma[:, None]) @ rows.T
            np.testing.assert_allclose(heads[layer, head], expected, rtol=1e-3, atol=1e-5)


def test_a_sandwich_norm_is_taken_as_it_was() -> None:
    """Without one head, the rest of its attention is normed by other numbers; these are held."""
    model = wrap_model(families.build("gemma3_text"))
    ledger = Ledger(readout_of(model), TARGETS)
    reading = record(model, [IDS], [ledger])[ledger]
    assert np.isnan(reading.head_bias).all()
    np.testing.assert_allclose(reading.heads.sum(1), reading.attention, rtol=1e-5, atol=1e-6)
    assert reading.no_heads == ""


def test_the_norm_of_a_model_with_biases_leaves_its_constant_apart(gpt2: Model) -> None:
    torch.manual_seed(4)
    with torch.no_grad():
        gpt2.hf.transformer.ln_f.bias.normal_()
        for block in gpt2.hf.transformer.h:
            block.attn.c_proj.bias.normal_()
    ledger = Ledger(readout_of(gpt2), TARGETS)
    reading = record(gpt2, [IDS], [ledger])[ledger]
    bias = gpt2.hf.lm_head.weight[list(TARGETS)] @ gpt2.hf.transformer.ln_f.bias
    np.testing.assert_allclose(reading.bias, np.tile(bias.detach().numpy(), (6, 1)), rtol=1e-5)
    assert np.abs(reading.head_bias).min() > 0
    of_heads = reading.heads.sum(1) + reading.head_bias
    np.testing.assert_allclose(of_heads, reading.attention, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    ("name", "parallel"),
    [("llama", False), ("gpt_neox", True), ("gpt_neox serial", False), ("falcon", True),
     ("phi", True), ("cohere", True), ("gptj", True), ("dbrx", False), ("olmo2", False),
     ("stablelm parallel", True), ("gemma3_text", False)],
)  # fmt: skip
def test_balance_is_lengths_and_cosines_with_what_the_mlp_is_added_to(
    name: str, parallel: bool
) -> None:
    model = wrap_model(families.build(name))
    assert {block.parallel for block in layout_of(model.hf).blocks} == {parallel}
    balance = Balance()
    found = record(model, [IDS], [balance])[balance]
    cap = capture(model, [IDS], ["resid_in", "resid_mid", "attn_added", "mlp_added"])
    entering, middle, attention, mlp = (cap.array(site)[:, 0].astype(float) for site in cap.sites)
    length = np.linalg.norm
    np.testing.assert_allclose(found.resid_in, length(entering, axis=-1), rtol=1e-6)
    np.testing.assert_allclose(found.attn_added, length(attention, axis=-1), rtol=1e-6)
    np.testing.assert_allclose(found.mlp_added, length(mlp, axis=-1), rtol=1e-6)
    met = entering if parallel else middle
    cosines = {"cos_attention": (attention, entering), "cos_mlp": (mlp, met)}
    for field, (a, b) in cosines.items():
        expected = (a * b).sum(-1) / (length(a, axis=-1) * length(b, axis=-1))
        np.testing.assert_allclose(getattr(found, field), expected, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("name", ["gpt2", "llama", "opt", "gpt_neox", "phi3", "gemma3_text"])
def test_neurons_are_what_enters_the_down_projection(name: str) -> None:
    model = wrap_model(families.build(name))
    last = ("down_proj", "c_proj", "fc2", "dense_4h_to_h")
    downs = [
        next(
            m
            for n, m in block.module.named_modules()
            if n.split(".")[-1] in last and "attn" not in n
        )
        for block in layout_of(model.hf).blocks
    ]
    a = np.stack(inputs_of(model, downs)).reshape(2, len(IDS), -1)
    neurons = Neurons()
    found = record(model, [IDS], [neurons])[neurons]
    order = np.argsort(-np.abs(a), axis=-1, kind="stable")[..., :10]
    np.testing.assert_array_equal(found.ids, order)
    np.testing.assert_allclose(found.activation, np.take_along_axis(a, order, -1))
    np.testing.assert_allclose(found.participation, (a**2).sum(-1) ** 2 / (a**4).sum(-1))
    assert found.closes == (name == "opt")
    limit = 0 if found.closes else 0.1 * np.abs(a).max(-1, keepdims=True)
    np.testing.assert_allclose(found.share_active, (np.abs(a) > limit).mean(-1))


def test_a_mixture_of_experts_has_no_neurons_and_says_so() -> None:
    model = wrap_model(families.build("mixtral"))
    with pytest.raises(CaptureError, match="does not end in one product"):
        record(model, [IDS], [Neurons()])


@pytest.mark.parametrize("vocabulary", ["embedding", "unembedding"])
@pytest.mark.parametrize("measure", ["dot", "cosine"])
def test_the_nearest_tokens_are_those_of_all_products(
    llama: Model, vocabulary: str, measure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("laminoscope_core.recording.neighbours._VALUES", 2 * 97)
    vectors = np.random.default_rng(0).normal(size=(5, 24))
    layer = llama.hf.model.embed_tokens if vocabulary == "embedding" else llama.hf.lm_head
    rows = layer.weight.detach().double().numpy()
    scores = vectors @ rows.T
    if measure == "cosine":
        scores /= np.linalg.norm(rows, axis=-1) * np.linalg.norm(vectors, axis=-1)[:, None]
    found = nearest(llama, vectors, 4, vocabulary=vocabulary, measure=measure)
    order = np.argsort(-scores, axis=-1)[:, :4]
    np.testing.assert_array_equal(found.ids, order)
    np.testing.assert_allclose(found.scores, np.take_along_axis(scores, order, -1), rtol=1e-5)


def test_a_vector_of_another_width_is_refused(llama: Model) -> None:
    with pytest.raises(CaptureError, match="24 numbers"):
        nearest(llama, np.zeros((1, 5)), 3)
