"""Numbers of heads against transformers' eager attention, and plain loops over its weights."""

import math

import families
import numpy as np
import pytest
import torch
from recomputing import looks_of
from transformers import AutoModelForCausalLM, GPT2Config, GPT2LMHeadModel

from laminoscope_core import wrap_model
from laminoscope_core.analysis.cka import debiased_cka
from laminoscope_core.errors import CaptureError
from laminoscope_core.models.model import Model
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers import heads
from laminoscope_core.recording.reducers.heads import METRICS, Heads, HeadsReading, Repeats
from laminoscope_core.recording.reducers.likeness import Likeness
from laminoscope_core.recording.repeated import repeated_tokens

TEXTS = [[5, 17, 3, 17, 17, 41, 3, 17, 9, 5], [9, 2, 9], [60, 61, 62, 63]]
SHAPES = {
    "gpt2": {},
    "llama": {},
    "gemma3_text": {"sliding_window": 4, "layer_types": ["sliding_attention", "full_attention"]},
    "gemma2": {"sliding_window": 4, "attn_logit_softcapping": 1.5},
    "gpt_neox": {},
    "bloom": {},
    "qwen3": {},
    "mistral": {"sliding_window": 3},
}


def eager_weights(model: Model, ids: list[int]) -> list[np.ndarray]:
    """The weights of transformers' own eager run, by layer, (n_heads, n_queries, n_keys)."""
    hf = AutoModelForCausalLM.from_config(model.hf.config, attn_implementation="eager")
    hf.load_state_dict(model.hf.state_dict())
    with torch.no_grad():
        output = hf.eval()(torch.tensor([ids]), output_attentions=True, use_cache=False)
    return [layer[0].double().numpy() for layer in output.attentions]


def read(model: Model, texts: list[list[int]], **more: int) -> list[HeadsReading]:
    reducer = Heads()
    return record(model, texts, [reducer], **more)[reducer]


@pytest.mark.parametrize("name", SHAPES)
def test_heads_are_those_of_eager_attention(name: str) -> None:
    model = wrap_model(families.build_family(families.Family(name, SHAPES[name])))
    readings = read(model, TEXTS, batch_size=3)
    for ids, reading in zip(TEXTS, readings, strict=True):
        for layer, weights in enumerate(eager_weights(model, ids)):
            window = SHAPES[name].get("sliding_window")
            if layer == 1 and name in ("gemma3_text", "gemma2"):
                window = None
            expected, n = looks_of(weights, ids, window or len(ids))
            for metric, values in expected.items():
                place = METRICS.index(metric)
                np.testing.assert_allclose(
                    reading.value[layer, place], values, rtol=1e-3, atol=1e-5, err_msg=metric
                )
                assert reading.n[place] == n[metric]
                assert (reading.reasons[layer, place] == "") == np.isfinite(values).all()


@pytest.mark.parametrize("name", ["gpt2", "llama", "gemma3_text", "gpt_neox", "bloom", "qwen3"])
def test_the_effect_is_the_length_of_what_a_head_puts_through_its_columns(name: str) -> None:
    model = wrap_model(families.build(name))
    (reading,) = read(model, TEXTS[:1])
    for layer, block in enumerate(layout_of(model.hf).blocks):
        (tap,) = block.sources["z"].taps
        entered: list[torch.Tensor] = []
        handle = tap.module.register_forward_pre_hook(lambda _m, args, e=entered: e.append(args[0]))
        with torch.no_grad():
            model.hf(torch.tensor(TEXTS[:1]), use_cache=False)
        handle.remove()
        z = entered[0][0]
        for head in range(4):
            alone = torch.zeros_like(z)
            alone[:, 8 * head : 8 * head + 8] = z[:, 8 * head : 8 * head + 8]
            with torch.no_grad():
                written = tap.module(alone) - tap.module(torch.zeros_like(z))
            found = reading.value[layer, METRICS.index("effect"), head]
            assert found == pytest.approx(float(written.norm(dim=-1).mean()), rel=1e-4)


def planted(n_tokens: int = 24, n_positions: int = 40) -> Model:
    """Two layers, made by hand: one head looks one token back, one finds what followed it.

    The stream holds the token, its place and the token before, each as a one among zeros; the
    other heads look at everything alike.
    """
    width = 2 * n_tokens + n_positions
    config = GPT2Config(
        vocab_size=n_tokens, n_positions=n_positions, n_embd=width, n_layer=2, n_head=2, n_inner=4
    )
    hf = GPT2LMHeadModel(config).eval()
    half, sharp = width // 2, 60.0
    token = slice(0, n_tokens)
    before = slice(n_tokens + n_positions, width)
    with torch.no_grad():
        for parameter in hf.parameters():
            parameter.zero_()
        for module in hf.modules():
            if isinstance(module, torch.nn.LayerNorm):
                module.weight.fill_(1.0)
        hf.transformer.wte.weight[:, token] = torch.eye(n_tokens)
        hf.transformer.wpe.weight[:, n_tokens : n_tokens + n_positions] = torch.eye(n_positions)
        first, second = (block.attn for block in hf.transformer.h)
        for place in range(n_positions - 1):
            # the query at a place and the key at the place before meet in one dimension
            first.c_attn.weight[n_tokens + place + 1, place] = sharp
            first.c_attn.weight[n_tokens + place, width + place] = sharp
        for each in range(n_tokens):
            first.c_attn.weight[each, 2 * width + each] = 1.0
            first.c_proj.weight[each, before.start + each] = 1.0
            second.c_attn.weight[each, each] = sharp
            second.c_attn.weight[before.start + each, width + each] = sharp
    assert half >= max(n_tokens, n_positions - 1)
    return wrap_model(hf)


def test_planted_induction_is_found_and_chance_is_not() -> None:
    model = planted()
    sequences = repeated_tokens(model, 4, 16, seed=0)
    repeats = Repeats(16)
    found = record(model, sequences, [repeats])[repeats]
    assert found[1, 0] >= 0.9
    assert found[0, 1] <= 0.1
    assert found[1, 1] <= 0.1
    (reading,) = read(model, [list(sequences[0])])
    of = {name: reading.value[:, METRICS.index(name)] for name in METRICS}
    assert of["previous"][0, 0] >= 0.9
    assert of["induction_prefix"][1, 0] >= 0.9
    assert of["induction_match"][1, 0] == pytest.approx(0.5, abs=0.1)  # of all queries, half
    torch.manual_seed(5)
    config = GPT2Config(vocab_size=97, n_positions=64, n_embd=24, n_layer=2, n_head=4)
    random = wrap_model(GPT2LMHeadModel(config).eval())
    assert record(random, repeated_tokens(random, 4, 16, 0), [repeats])[repeats].max() <= 0.1


def test_random_sequences_are_drawn_once_each_and_the_same_for_a_seed(gpt2: Model) -> None:
    sequences = repeated_tokens(gpt2, 3, 20, seed=4)
    assert sequences == repeated_tokens(gpt2, 3, 20, seed=4)
    assert sequences != repeated_tokens(gpt2, 3, 20, seed=5)
    for sequence in sequences:
        assert len(set(sequence)) == 20
        assert sequence[:20] == sequence[20:]
    with pytest.raises(CaptureError, match="97 tokens"):
        repeated_tokens(gpt2, 1, 98, seed=0)


def test_a_text_of_one_token_and_one_without_copies_say_what_is_undefined(gpt2: Model) -> None:
    one, two = read(gpt2, [[5], [5, 6]])
    reasons = dict(zip(METRICS, one.reasons[0], strict=True))
    assert reasons["previous"] == "the text is one token"
    assert reasons["copies"] == "no token of the text has an earlier copy"
    value = dict(zip(METRICS, two.value[0], strict=True))
    assert np.isnan(value["copies"]).all()
    assert np.isfinite(value["previous"]).all()
    assert value["induction_match"].tolist() == [0.0] * 4
    assert one.value[0, METRICS.index("entropy_relative")].tolist() == [0.0] * 4


def test_weights_of_a_long_text_are_never_all_there(
    gpt2: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One head of one layer at a time, and nothing of it afterwards."""
    sizes: list[int] = []
    plain = heads._of_heads

    def counted(a: torch.Tensor, *rest: torch.Tensor) -> torch.Tensor:
        sizes.append(a.shape[1])
        return plain(a, *rest)

    whole = read(gpt2, TEXTS[:1])[0].value
    monkeypatch.setattr(heads, "_of_heads", counted)
    monkeypatch.setattr(heads, "_VALUES", len(TEXTS[0]) ** 2)
    parts = read(gpt2, TEXTS[:1])[0].value
    assert sizes == [1] * 12
    np.testing.assert_allclose(parts, whole)


def test_heads_whose_weights_are_out_of_sight_keep_their_effect() -> None:
    (reading,) = read(wrap_model(families.build("granite_swa")), TEXTS[:1])
    value = dict(zip(METRICS, reading.value[0], strict=True))
    assert np.isfinite(value["effect"]).all()
    assert np.isnan(value["entropy"]).all()
    assert "kernel" in reading.reasons[0, METRICS.index("entropy")]


def test_relative_entropy_is_one_where_all_allowed_keys_weigh_the_same() -> None:
    model = planted()
    (reading,) = read(model, [[3, 4, 5, 6]])
    relative = reading.value[1, METRICS.index("entropy_relative"), 1]
    assert relative == pytest.approx(0.75)  # the first query has one key, which counts 0
    entropy = reading.value[1, METRICS.index("entropy"), 1]
    assert entropy == pytest.approx(sum(math.log(n) for n in (1, 2, 3, 4)) / 4)


def test_likeness_of_heads_is_debiased_cka_of_what_they_write(gpt2: Model) -> None:
    ids = [5, 17, 3, 88, 41, 9, 2, 60, 33]
    likeness = Likeness()
    found = record(gpt2, [ids], [likeness])[likeness]
    written = []
    for block in gpt2.hf.transformer.h:
        entered: list[torch.Tensor] = []
        handle = block.attn.c_proj.register_forward_pre_hook(
            lambda _m, args, e=entered: e.append(args[0])
        )
        with torch.no_grad():
            gpt2.hf(torch.tensor([ids]), use_cache=False)
        handle.remove()
        z, weight = entered[0][0], block.attn.c_proj.weight.detach()
        written += [z[:, 6 * h : 6 * h + 6] @ weight[6 * h : 6 * h + 6] for h in range(4)]
    heads = [each.detach().double().numpy()[None] for each in written]
    expected = [[float(debiased_cka(a, b)[0]) for b in heads] for a in heads]
    np.testing.assert_allclose(found.cka, expected, atol=1e-4)
    below = np.tril_indices(len(ids))
    weights = [head[below] for layer in eager_weights(gpt2, ids) for head in layer]
    np.testing.assert_allclose(found.correlation, np.corrcoef(weights), atol=1e-5)
    assert found.layer.tolist() == [0] * 4 + [1] * 4 + [2] * 4
    assert found.head.tolist() == [0, 1, 2, 3] * 3
    assert found.n == len(ids)


def test_a_copied_head_is_found_in_another_layer_and_short_texts_are_refused(gpt2: Model) -> None:
    likeness = Likeness()
    with pytest.raises(CaptureError, match="at least 4 tokens, here there are 3"):
        record(gpt2, [[5, 6, 7]], [likeness])
    with torch.no_grad():
        projection = gpt2.hf.transformer.h[1].attn
        for part in range(3):
            source = slice(24 * part, 24 * part + 6)
            target = slice(24 * part + 6, 24 * part + 12)
            projection.c_attn.weight[:, target] = projection.c_attn.weight[:, source]
            projection.c_attn.bias[target] = projection.c_attn.bias[source]
        projection.c_proj.weight[6:12] = (
            projection.c_proj.weight[:6] @ torch.linalg.qr(torch.randn(24, 24))[0]
        )
    cka = record(gpt2, [[5, 17, 3, 88, 41, 9]], [likeness])[likeness].cka
    assert cka[4, 5] == pytest.approx(1.0, abs=1e-5)
