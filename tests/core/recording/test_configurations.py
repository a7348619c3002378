"""Right values at any sizes: random configurations of the families that are used most."""

from typing import Any

import numpy as np
import pytest
import torch
from families import N_LAYERS, Family, build_family
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recomputing import IDS, compare_layer, inputs_of

from laminoscope_core import capture, wrap_model
from laminoscope_core.recording.probe import layout_of

SITES = ["resid_in", "resid_mid", "resid_out", "q", "k", "v", "q_used", "k_used", "attention"]
SITES += ["attn_out", "attn_added", "mlp_out", "mlp_added", "logits"]
# Families whose heads have a width of their own, and those that divide the stream among them.
OWN_WIDTH = ["llama", "mistral", "qwen3", "gemma", "gemma2", "gemma3_text", "mixtral", "granite"]
DIVIDING = ["qwen2", "phi", "phi3", "stablelm", "starcoder2", "olmo2", "smollm3"]
# Of these only a part of each head is rotated.
PARTLY = ["phi", "stablelm", "gpt_neox"]
# No shared keys.
PLAIN = ["gpt2", "gpt_neox", "opt", "gptj", "bloom"]


@st.composite
def configurations(draw: st.DrawFn, model_type: str) -> Family:
    # The slopes of its positions are plain for powers of two.
    n_shared = draw(st.sampled_from([1, 2] if model_type == "bloom" else [1, 2, 3]))
    n_heads = n_shared * draw(st.sampled_from([1, 2, 4]))
    if model_type in PLAIN:
        n_shared = n_heads
    width = draw(st.sampled_from([8, 16] if model_type in PARTLY else [4, 8, 12, 16]))
    hidden = n_heads * width
    if model_type in OWN_WIDTH:
        hidden = n_heads * draw(st.sampled_from([4, 12, 20]))
    tied = draw(st.booleans())
    bias = draw(st.booleans())
    chosen: dict[str, Any] = {
        "hidden_size": hidden,
        "n_embd": hidden,
        "num_attention_heads": n_heads,
        "n_head": n_heads,
        "num_key_value_heads": n_shared,
        "head_dim": width,
        "intermediate_size": draw(st.sampled_from([24, 56])),
        "ffn_dim": 40,
        "rotary_dim": 4,
        "word_embed_proj_dim": hidden,
        "tie_word_embeddings": tied,
        "attention_bias": bias,
        "use_bias": bias,
        "use_qkv_bias": bias,
        "enable_bias": bias,
        "qk_layernorm": draw(st.booleans()),
        "use_parallel_residual": draw(st.booleans()),
        "parallel_attn": draw(st.booleans()),
        "sliding_window": draw(st.sampled_from([None, 2, 4])),
        "residual_multiplier": draw(st.sampled_from([1.0, 0.3])),
    }
    if model_type in PARTLY:
        part = draw(st.sampled_from([0.25, 0.5, 1.0]))
        rotation = {"rope_type": "default", "rope_theta": 1e4, "partial_rotary_factor": part}
        chosen["rope_parameters"] = rotation
    if chosen["sliding_window"] is None and model_type.startswith(("gemma", "phi3", "starcoder")):
        chosen["sliding_window"] = 64
    kernel = draw(st.sampled_from([None, "eager"]))
    known = {name: value for name, value in chosen.items() if _takes(model_type, name)}
    widths = (width,) * N_LAYERS
    return Family(model_type, known, kernel, n_heads=n_heads, n_shared=n_shared, widths=widths)


def _takes(model_type: str, name: str) -> bool:
    from transformers.models.auto.configuration_auto import CONFIG_MAPPING

    config = CONFIG_MAPPING[model_type]()
    return hasattr(config, name)


@pytest.mark.parametrize("model_type", [*OWN_WIDTH, *DIVIDING, *PLAIN])
@given(data=st.data())
@settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_sizes(model_type: str, data: st.DataObject) -> None:
    family = data.draw(configurations(model_type))
    model = wrap_model(build_family(family))
    blocks = [block.module for block in layout_of(model.hf).blocks]
    with inputs_of(blocks) as x:
        cap = capture(model, [IDS], SITES)
    with torch.no_grad():
        plain = model.hf(torch.tensor([IDS]), use_cache=False).logits.numpy()
    np.testing.assert_array_equal(cap.logits, plain)
    for layer, block in enumerate(blocks):
        got = {site: cap.array(site, layer)[0] for site in SITES if site != "logits"}
        assert compare_layer(family, block, layer, got, x)
