"""What places do that are no rotation: slopes as published, learned vectors as they are added."""

import families
import numpy as np
import pytest
import torch
from transformers.models.bloom.modeling_bloom import build_alibi_tensor

from laminoscope_core import Job, wrap_model
from laminoscope_core.analysis import rotation
from laminoscope_core.analysis.inside import stacked
from laminoscope_core.recording.positions import NONE, positions_of

IDS = [5, 17, 3, 88, 41, 3, 9]


@pytest.mark.parametrize("name", ["bloom", "mpt"])
def test_linear_biases_have_the_slopes_that_the_family_gives_its_heads(name):
    model = wrap_model(families.build(name))
    found = positions_of(model, IDS, Job())
    n = found.bias.shape[-1]
    alibi = build_alibi_tensor(torch.ones(1, n), model.info.n_heads, torch.float32)
    alibi = alibi.reshape(model.info.n_heads, n).double().numpy()  # by key, from 0
    for layer in range(model.info.n_layers):
        np.testing.assert_allclose(found.bias[layer], -alibi, atol=1e-3)
        np.testing.assert_allclose(found.slope[layer], -alibi[:, 1], rtol=1e-4)
    assert found.reasons.tolist() == [""] * model.info.n_layers


def test_learned_places_are_those_of_queries_and_keys_with_the_content_held():
    """In the first layer, from GPT-2's own embedding, norm and projection."""
    model = wrap_model(families.build("gpt2"))
    found = positions_of(model, [5, 17], Job())
    hf, block = model.hf.transformer, model.hf.transformer.h[0]
    n, n_heads = found.bias.shape[-1], model.info.n_heads
    expected = []
    for token in (5, 17):
        with torch.no_grad():
            stream = hf.wte.weight[token] + hf.wpe.weight[:n]
            q, k, _ = block.attn.c_attn(block.ln_1(stream)).double().chunk(3, dim=-1)
        q, k = (each.reshape(n, n_heads, -1).transpose(0, 1) for each in (q, k))
        scores = (q @ k.transpose(1, 2) / q.shape[-1] ** 0.5).numpy()
        less = scores - scores.diagonal(axis1=1, axis2=2)[..., None]
        means = [less.diagonal(-at, axis1=1, axis2=2).mean(-1) for at in range(n)]
        expected.append(np.stack(means, axis=-1))
    np.testing.assert_allclose(found.bias[0], np.mean(expected, axis=0), atol=1e-4)
    assert np.isnan(found.slope).all()


def test_a_model_that_is_turned_needs_none_and_one_without_places_says_so():
    assert positions_of(wrap_model(families.build("llama")), IDS, Job()) is None
    model = wrap_model(families.build("gpt2"))
    with torch.no_grad():
        model.hf.transformer.wpe.weight.zero_()
    found = positions_of(model, IDS, Job())
    assert found.reasons.tolist() == [NONE] * model.info.n_layers
    result = rotation.Result(
        layers=tuple(range(model.info.n_layers)), states=("before",), token_ids=tuple(IDS),
        reason="not turned", reading=None, reach=None, largest=None, places=stacked([found]),
    )  # fmt: skip
    table = rotation.tables(result)["inside/positions.csv"].columns
    assert list(table["layer"]) == list(range(model.info.n_layers))
    assert set(table["reason"]) == {NONE}
    assert np.isnan(table["bias"]).all()
