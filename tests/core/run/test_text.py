"""Texts: the norms and the surprisal of every token, against a plain forward pass."""

import re

import numpy as np
import pytest
import torch
from pydantic import ValidationError

from laminoscope_core import wrap_model
from laminoscope_core.analysis import adjustments
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.errors import CaptureError
from laminoscope_core.experiment import TextSection
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.run.text import capture_text

TEXT = "The keeper smiles, writes the time in her notebook."

pytestmark = pytest.mark.model


def captured(model, content=TEXT, **options):
    return capture_text(model, TextSection(content=content), **options)


def test_norms_are_the_lengths_of_what_the_blocks_put_out(default_model):
    text = captured(default_model)
    seen = {}
    handles = [
        layer.self_attn.register_forward_hook(
            lambda _m, _a, output, number=number: seen.__setitem__(number, output[0])
        )
        for number, layer in enumerate(default_model.hf.model.layers)
    ]
    with torch.no_grad():
        output = default_model.hf(
            torch.tensor([text.token_ids]), output_hidden_states=True, use_cache=False
        )
    for handle in handles:
        handle.remove()
    expected = torch.stack([seen[number][0] for number in range(30)]).double().norm(dim=-1)
    np.testing.assert_allclose(text.norms["attn_out"], expected, rtol=1e-5)
    stream = output.hidden_states[7][0].double().norm(dim=-1)
    np.testing.assert_allclose(text.norms["resid_out"][6], stream, rtol=1e-5)


def test_surprisal_and_entropy_are_those_of_the_softmax(default_model):
    text = captured(default_model)
    with torch.no_grad():
        logits = default_model.hf(torch.tensor([text.token_ids])).logits[0].double()
    log_p = torch.log_softmax(logits, dim=-1)
    following = torch.tensor(text.token_ids[1:])
    np.testing.assert_allclose(
        text.surprisal[1:], -log_p[torch.arange(len(following)), following], rtol=1e-5
    )
    entropy = torch.distributions.Categorical(logits=logits[:-1]).entropy()
    np.testing.assert_allclose(text.entropy[1:], entropy, rtol=1e-5)
    assert np.isnan(text.surprisal[0])
    assert np.isnan(text.entropy[0])


def test_one_token_has_norms_and_no_surprisal(default_model):
    text = captured(default_model, "The")
    assert text.norms["mlp_out"].shape == (30, 1)
    assert np.isfinite(text.norms["mlp_out"]).all()
    assert np.isnan(text.surprisal).all()


def test_an_empty_text_and_half_a_character_are_refused():
    with pytest.raises(ValidationError, match="there is no text"):
        TextSection(content="")
    with pytest.raises(ValidationError, match=r"half a character \(U\+D83D\) at 2"):
        TextSection(content="a \ud83d")


def test_a_text_beyond_the_context_window_says_both_lengths():
    from laminoscope_core import open_model

    model = open_model("smollm2-135m", device="cpu")
    n = model.info.context_length
    with pytest.raises(CaptureError, match=rf"has [\d,]+ tokens, the model's context window {n:,}"):
        captured(model, "word " * (n + 10))


def test_tokens_that_share_a_character_show_their_bytes(default_model):
    text = captured(default_model, "a 👩‍🚀<|im_end|>")
    joined = "".join(text.shown[1:-1]).removeprefix("⟨0x20⟩")
    assert joined == "".join(f"⟨0x{byte:02X}⟩" for byte in "👩‍🚀".encode())
    assert text.special == (False,) * (len(text.tokens) - 1) + (True,)


def test_exported_tokens_join_to_the_text_where_parts_of_a_character_are_shown(default_model):
    text = captured(default_model, content="a 😀 of 梨")
    result = adjustments.run(Inputs(text=text), adjustments.Params(), Job())
    table = adjustments.tables(result)["adjustments/tokens.csv"].columns
    assert "".join(table["token"]).count("😀") > 1, "each of its tokens has the whole"
    written = "".join(table["shown"])
    values = re.sub("⟨0x(..)⟩", lambda byte: chr(int(byte[1], 16)), written)
    latin = "".join(c if ord(c) < 256 else c.encode().decode("latin-1") for c in values)
    assert latin.encode("latin-1").decode() == "a 😀 of 梨"


def test_a_cancelled_capture_stops(default_model):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        captured(default_model, job=job)


def test_a_site_that_no_layer_has_is_left_out_with_the_reason(default_model):
    from laminoscope_core.recording.probe import layout_of

    layout = layout_of(default_model.hf)
    taken = [block.sources.pop("attn_added") for block in layout.blocks]
    for block in layout.blocks:
        block.missing["attn_added"] = "its stream is not a sum"
    try:
        text = captured(default_model)
        result = adjustments.run(Inputs(text=text), adjustments.Params("attn_added"), Job())
    finally:
        for block, source in zip(layout.blocks, taken, strict=True):
            block.sources["attn_added"] = source
            del block.missing["attn_added"]
    assert set(text.norms) == {"attn_out", "mlp_out", "resid_out"}
    assert np.isnan(result.norms).all()
    assert result.reasons[0] == "attn_added cannot be captured: its stream is not a sum"


def test_a_model_without_tokenizer_says_so():
    from transformers import GPT2Config, GPT2LMHeadModel

    config = GPT2Config(vocab_size=50, n_positions=16, n_embd=8, n_layer=2, n_head=2)
    with pytest.raises(CaptureError, match="no tokenizer"):
        captured(wrap_model(GPT2LMHeadModel(config).eval()))
