"""The logit lens against transformers' own modules and against scipy."""

from typing import Any

import numpy as np
import pytest
import torch
from scipy.special import log_softmax, softmax
from scipy.stats import entropy
from transformers import CohereConfig, CohereForCausalLM, Gemma2Config, Gemma2ForCausalLM

from laminoscope_core import Cancelled, Job, capture, wrap_model
from laminoscope_core.errors import CaptureError
from laminoscope_core.models.model import Model
from laminoscope_core.recording import lens
from laminoscope_core.recording.lens import ranks, read_lens
from laminoscope_core.recording.readout import readout_of

IDS = [5, 17, 3, 88, 41, 3]
TARGETS = [3, 88, 60]


def streams_of(model: Model) -> np.ndarray:
    cap = capture(model, [IDS], ["resid_in", "resid_out"])
    return np.stack([cap.array("resid_in", 0), *cap.array("resid_out")])[:, 0]


def read(model: Model) -> lens.LensReading:
    return read_lens(model, readout_of(model), streams_of(model), TARGETS, Job())


def test_every_depth_is_what_the_final_norm_and_the_unembedding_make_of_it(tiny: Model) -> None:
    reading, streams = read(tiny), torch.from_numpy(streams_of(tiny))
    hf = tiny.hf
    norm = hf.transformer.ln_f if hasattr(hf, "transformer") else hf.model.norm
    with torch.no_grad():
        logits = hf.lm_head(norm(streams)).double().numpy()
    assert reading.rank.shape == (4, len(IDS), len(TARGETS))
    np.testing.assert_allclose(reading.logit, logits[..., TARGETS], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(
        reading.probability, softmax(logits, axis=-1)[..., TARGETS], rtol=1e-4
    )
    np.testing.assert_array_equal(reading.top_ids, logits.argmax(-1))
    np.testing.assert_allclose(reading.top_probability, softmax(logits, -1).max(-1), rtol=1e-4)
    order = np.argsort(-logits, axis=-1, kind="stable")
    for depth, token in np.ndindex(reading.top_ids.shape):
        places = [int(np.flatnonzero(order[depth, token] == t)[0]) + 1 for t in TARGETS]
        assert reading.rank[depth, token].tolist() == places
    p = softmax(logits, axis=-1)
    np.testing.assert_allclose(reading.entropy, entropy(p, axis=-1), rtol=1e-5)
    kl = entropy(np.broadcast_to(p[-1], p.shape), p, axis=-1)
    np.testing.assert_allclose(reading.kl, kl, rtol=1e-4, atol=1e-6)


def test_what_the_model_does_to_its_scores_is_done_at_every_depth() -> None:
    torch.manual_seed(3)
    sizes = {
        "vocab_size": 97, "hidden_size": 24, "intermediate_size": 40, "num_hidden_layers": 2,
        "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 8, "pad_token_id": 0,
        "initializer_range": 0.3,
    }  # fmt: skip
    capped = wrap_model(
        Gemma2ForCausalLM(Gemma2Config(**sizes, final_logit_softcapping=1.5)).eval()
    )
    products = readout_of(capped).products
    assert (products.cap, products.factor) == (1.5, 1.0)
    reading = read(capped)
    assert np.abs(reading.logit).max() < 1.5
    assert np.abs(reading.top_logit).max() > 1.2
    scaled = wrap_model(CohereForCausalLM(CohereConfig(**sizes, logit_scale=0.25)).eval())
    products = readout_of(scaled).products
    assert (products.cap, products.factor) == (None, pytest.approx(0.25))
    streams = torch.from_numpy(streams_of(scaled))
    with torch.no_grad():
        logits = 0.25 * scaled.hf.lm_head(scaled.hf.model.norm(streams))
    np.testing.assert_allclose(read(scaled).logit, logits[..., TARGETS], rtol=1e-4, atol=1e-6)


def test_products_with_the_unembedding_are_the_logits(tiny: Model) -> None:
    products = readout_of(tiny).products
    stream = torch.from_numpy(streams_of(tiny)[-1]).double()
    logits = capture(tiny, [IDS], ["logits"]).logits[0]
    norm = tiny.hf.transformer.ln_f if hasattr(tiny.hf, "transformer") else tiny.hf.model.norm
    with torch.no_grad():
        shares = products.norm.shares(stream, norm(stream.float()).double())
    directions = products.norm.directions(products.rows(TARGETS))
    found = stream @ directions.T * shares[:, None] + products.biases(TARGETS)
    np.testing.assert_allclose(found, logits[:, TARGETS], rtol=1e-4, atol=1e-5)


def test_scores_that_go_round_the_unembedding_give_no_lens(gpt2: Model) -> None:
    hf: Any = gpt2.hf
    forward = hf.forward

    def shifted(*args: object, **kwargs: object) -> object:
        output = forward(*args, **kwargs)
        output.logits = output.logits.cumsum(1)
        return output

    hf.forward = shifted
    with pytest.raises(CaptureError, match="its logits do not follow token by token"):
        readout_of(gpt2)


def test_few_tokens_at_a_time_give_the_same(tiny: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(tiny)
    monkeypatch.setattr(lens, "_VALUES", 4 * 97)
    steps: list[str] = []
    job = Job(lambda _fraction, text: steps.append(text))
    parts = read_lens(tiny, readout_of(tiny), streams_of(tiny), TARGETS, job)
    assert len(steps) == len(IDS)
    np.testing.assert_array_equal(parts.rank, whole.rank)
    np.testing.assert_allclose(parts.kl, whole.kl, rtol=1e-4, atol=1e-6)


def test_equal_scores_stand_in_the_order_of_their_ids() -> None:
    scores = torch.tensor([[0.0, 2.0, 2.0, 1.0, 2.0]])
    assert ranks(scores, torch.arange(5)).tolist() == [[5, 1, 2, 4, 3]]
    np.testing.assert_array_equal(
        log_softmax(scores.numpy(), axis=-1).argmax(), ranks(scores, torch.arange(5)).argmin()
    )


def test_a_cancelled_reading_leaves_the_model_as_it_was(llama: Model) -> None:
    readout, streams = readout_of(llama), streams_of(llama)
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        read_lens(llama, readout, streams, TARGETS, job)
    assert "forward" not in vars(llama.hf.model)
    assert not any(m._forward_hooks or m._forward_pre_hooks for m in llama.hf.modules())
