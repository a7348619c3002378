"""What norms do, against norms that are computed again from the streams and the model's gains."""

import families
import numpy as np
import pytest

from laminoscope_core import capture, wrap_model
from laminoscope_core.errors import CaptureError
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.normalisation import Normalisation

IDS = [5, 17, 3, 88, 41]


def read(model):
    reducer = Normalisation()
    return record(model, [IDS], [reducer])[reducer]


def rms_norm(x, gain, eps):
    return gain * x / np.sqrt((x**2).mean(-1, keepdims=True) + eps)


def layer_norm(x, gain, bias, eps):
    x = x - x.mean(-1, keepdims=True)
    return gain * x / np.sqrt((x**2).mean(-1, keepdims=True) + eps) + bias


def numbers(module, name):
    return getattr(module, name).detach().double().numpy()


def check(found, layer, norm, before, after):
    for side, x in (("before", before), ("after", after)):
        square = x**2
        rms = np.sqrt(square.mean(-1))
        np.testing.assert_allclose(getattr(found, f"rms_{side}")[layer, norm], rms, rtol=1e-4)
        order = np.argsort(-square, axis=-1)[:, :3]
        share = np.take_along_axis(square, order, -1).sum(-1) / square.sum(-1)
        np.testing.assert_allclose(getattr(found, f"share_{side}")[layer, norm], share, rtol=1e-4)
        np.testing.assert_array_equal(getattr(found, f"largest_{side}")[layer, norm], order)
    lengths = np.linalg.norm(before, axis=-1) * np.linalg.norm(after, axis=-1)
    np.testing.assert_allclose(
        found.cosine[layer, norm], (before * after).sum(-1) / lengths, rtol=1e-4
    )


@pytest.mark.parametrize("name", ["llama", "gpt2", "gpt_neox"])
def test_norms_are_those_of_what_attention_and_mlp_read(name):
    model = wrap_model(families.build(name))
    found = read(model)
    cap = capture(model, [IDS], ["resid_in", "resid_mid"])
    for layer in range(model.info.n_layers):
        entered, middle = (cap.array(s, layer)[0].astype(float) for s in ("resid_in", "resid_mid"))
        if name == "llama":
            block, eps = model.hf.model.layers[layer], model.hf.config.rms_norm_eps
            norms = block.input_layernorm, block.post_attention_layernorm
            pairs = [
                (x, rms_norm(x, numbers(norm, "weight"), eps))
                for x, norm in zip((entered, middle), norms, strict=True)
            ]
        else:
            of_gpt2 = name == "gpt2"
            block = (model.hf.transformer.h if of_gpt2 else model.hf.gpt_neox.layers)[layer]
            norms = (
                (block.ln_1, block.ln_2)
                if of_gpt2
                else (block.input_layernorm, block.post_attention_layernorm)
            )
            reads = (entered, middle if of_gpt2 else entered)  # NeoX is parallel
            pairs = [
                (x, layer_norm(x, numbers(norm, "weight"), numbers(norm, "bias"), norm.eps))
                for x, norm in zip(reads, norms, strict=True)
            ]
        for norm, (before, after) in enumerate(pairs):
            check(found, layer, norm, before, after)
    assert (found.reasons == "").all()


def test_where_both_read_one_norm_it_stands_for_both():
    found = read(wrap_model(families.build("gptj")))
    np.testing.assert_array_equal(found.rms_after[:, 0], found.rms_after[:, 1])


def test_blocks_that_normalise_what_they_have_added_say_that_nothing_does_before():
    found = read(wrap_model(families.build("openai-gpt")))  # its MLP reads a norm all the same
    assert (found.reasons[:, 0] == "nothing normalises what it reads").all()
    assert np.isnan(found.cosine[:, 0]).all()
    assert (found.largest_before[:, 0] == -1).all()
    assert (found.reasons[:, 1] == "").all()
    with pytest.raises(CaptureError, match="nothing normalises what it reads"):
        read(wrap_model(families.build("olmo2")))
