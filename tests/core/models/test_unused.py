"""Tensors that are in the files and not in the model: said, and refused where they would count."""

import json

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from tests.core.recording.families import Family, build, build_family
from transformers import AutoModelForCausalLM

from laminoscope_core import open_model
from laminoscope_core.errors import ModelError

pytestmark = pytest.mark.usefixtures("cache")
TOKENS = torch.arange(1, 20)[None]


def saved(folder, name):
    build(name).save_pretrained(folder)
    return folder


def add(folder, **tensors):
    """Add tensors to a folder's weights; None takes one out."""
    weights = {**load_file(folder / "model.safetensors"), **tensors}
    kept = {name: tensor for name, tensor in weights.items() if tensor is not None}
    save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})


def change(folder, **changes):
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, **changes}))


def logits(folder):
    with torch.inference_mode():
        return open_model(folder, device="cpu").hf(TOKENS).logits


def theirs(folder):
    with torch.inference_mode():
        return AutoModelForCausalLM.from_pretrained(folder).eval()(TOKENS).logits


def test_biases_that_the_configuration_does_not_have_are_refused(tmp_path):
    """The same weights with and without the word that there are biases: other numbers."""
    with_bias = build_family(Family("llama", {"attention_bias": True}))
    with_bias.save_pretrained(tmp_path)
    with torch.inference_mode():
        right = with_bias(TOKENS).logits
    assert torch.equal(logits(tmp_path), right)
    change(tmp_path, attention_bias=False)
    assert not torch.allclose(theirs(tmp_path), right, atol=0.1), "transformers opens it"
    with pytest.raises(ModelError, match=r"hold 8 tensors .* no place for.*bias.*other numbers"):
        open_model(tmp_path, device="cpu")


def test_biases_that_are_zero_change_nothing_and_are_said(tmp_path):
    before = logits(saved(tmp_path, "llama"))
    zero = {f"model.layers.{i}.self_attn.o_proj.bias": torch.zeros(32) for i in range(2)}
    add(tmp_path, **zero)
    model = open_model(tmp_path, device="cpu")
    assert model.unused == (
        "biases that are all zero: 2 tensors (model.layers.0.self_attn.o_proj.bias, …)",
    )
    assert torch.equal(model.hf(TOKENS).logits, before)


@pytest.mark.parametrize(("name", "key"), [("llama", "num_hidden_layers"), ("gpt2", "n_layer")])
def test_fewer_layers_than_in_the_files_are_refused(tmp_path, name, key):
    change(saved(tmp_path, name), **{key: 1})
    with pytest.raises(ModelError, match="says that it has 1 layers, and its files hold 2"):
        open_model(tmp_path, device="cpu")


@pytest.mark.parametrize("name", ["llama", "gpt2", "gpt_neox", "qwen3_moe", "phi", "bloom"])
def test_a_tensor_that_nobody_knows_is_refused(tmp_path, name):
    add(saved(tmp_path, name), **{"model.steam.weight": torch.ones(3)})
    with pytest.raises(ModelError, match=r"hold 1 tensors .*steam\.weight"):
        open_model(tmp_path, device="cpu")


def causal(n):
    return torch.ones(n, n).tril().bool()[None, None]


@pytest.mark.parametrize(
    ("name", "tensors", "said"),
    [
        ("gpt2", {"transformer.h.0.attn.bias": causal(16)}, "attention masks"),
        ("gpt2", {"transformer.h.1.attn.masked_bias": torch.tensor(-1e4)}, "attention masks"),
        ("gpt_neox", {"gpt_neox.layers.0.attention.bias": causal(16)}, "attention masks"),
        ("gpt_neo", {"transformer.h.0.attn.attention.bias": causal(16)}, "attention masks"),
        (
            "llama",
            {"model.layers.0.self_attn.rotary_emb.inv_freq": 1e4 ** -(torch.arange(4) / 4)},
            "angles of rotary positions",
        ),
        ("llama", {"v_head.summary.weight": torch.ones(1, 32)}, "heads for other tasks"),
        ("llama", {"mtp.layers.0.weight": torch.ones(4)}, "heads for the tokens after"),
        (
            "deepseek_v3",
            {"model.layers.2.eh_proj.weight": torch.ones(4), "model.layers.2.x": torch.ones(2)},
            "heads for the tokens after",
        ),
        ("llama", {"vision_tower.patch.weight": torch.ones(2, 2)}, "parts for images or sound"),
        ("bert", {"bert.pooler.dense.weight": torch.ones(4, 4)}, "heads for other tasks"),
    ],
)
def test_what_cannot_change_a_number_is_said_and_opens(tmp_path, name, tensors, said):
    before = logits(saved(tmp_path, name))
    add(tmp_path, **tensors)
    model = open_model(tmp_path, device="cpu")
    assert [line for line in model.unused if line.startswith(said)]
    assert torch.equal(model.hf(TOKENS).logits, before)


@pytest.mark.parametrize(
    ("name", "tensors"),
    [
        ("gpt2", {"transformer.h.0.attn.bias": ~causal(16)}),
        ("llama", {"model.layers.0.self_attn.rotary_emb.inv_freq": 9e4 ** -(torch.arange(4) / 4)}),
        ("llama", {"model.layers.0.self_attn.q_proj.lora_A.weight": torch.ones(2, 32)}),
        # transformers takes any layer 61 for a head of the tokens after the next one.
        ("deepseek_v3", {"model.layers.61.mlp.down_proj.weight": torch.ones(4, 4)}),
    ],
)
def test_what_looks_harmless_and_is_not_is_refused(tmp_path, name, tensors):
    add(saved(tmp_path, name), **tensors)
    with pytest.raises(ModelError, match=r"files .*hold"):
        open_model(tmp_path, device="cpu")


def test_the_text_of_a_model_that_also_sees_opens_without_its_eyes(tmp_path):
    from transformers import Qwen3_5Config, Qwen3_5ForConditionalGeneration

    text = {
        "vocab_size": 96, "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2,
        "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 8,
        "layer_types": ["linear_attention", "full_attention"], "linear_num_key_heads": 2,
        "linear_num_value_heads": 4, "linear_key_head_dim": 8, "linear_value_head_dim": 8,
    }  # fmt: skip
    vision = {
        "depth": 1, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2, "patch_size": 4,
        "out_hidden_size": 32, "num_position_embeddings": 16,
    }  # fmt: skip
    config = Qwen3_5Config(text_config=text, vision_config=vision)
    torch.manual_seed(0)
    Qwen3_5ForConditionalGeneration(config).save_pretrained(tmp_path)
    model = open_model(tmp_path, device="cpu")
    assert type(model.hf).__name__ == "Qwen3_5ForCausalLM"
    assert any(line.startswith("parts for images or sound") for line in model.unused)
    assert torch.equal(model.hf(TOKENS).logits, theirs(tmp_path))


@pytest.mark.parametrize("kind", [torch.int8, torch.uint8, torch.float8_e4m3fn])
def test_narrow_weights_without_a_word_about_quantisation_are_refused(tmp_path, kind):
    saved(tmp_path, "llama")
    name = "model.layers.1.mlp.up_proj.weight"
    weight = load_file(tmp_path / "model.safetensors")[name]
    add(tmp_path, **{name: (weight * 20).to(kind)})
    with pytest.raises(ModelError, match=r"1 tensors of the type .*does not say how they are quan"):
        open_model(tmp_path, device="cpu")


def test_scales_beside_weights_are_refused(tmp_path):
    add(saved(tmp_path, "llama"), **{"model.layers.1.mlp.up_proj.weight_scale": torch.ones(48)})
    with pytest.raises(ModelError, match="has quantised weights, which its configuration does not"):
        open_model(tmp_path, device="cpu")


@pytest.mark.parametrize("name", ["adapter_config.json", "adapter_model.safetensors"])
def test_an_adapter_beside_the_weights_is_refused(tmp_path, name):
    (saved(tmp_path, "llama") / name).write_text("{}")
    with pytest.raises(ModelError, match=r"holds an adapter \(adapter_.* beside the model"):
        open_model(tmp_path, device="cpu")


def test_an_unembedding_of_its_own_is_used_and_said(tmp_path):
    model = build_family(Family("llama", {"tie_word_embeddings": False}))
    model.save_pretrained(tmp_path)
    change(tmp_path, tie_word_embeddings=True)
    opened = open_model(tmp_path, device="cpu")
    with torch.inference_mode():
        assert torch.equal(opened.hf(TOKENS).logits, model(TOKENS).logits)
    assert any("embedding and unembedding are one" in line for line in opened.unused)


def test_a_tensor_under_two_names_is_refused(tmp_path):
    saved(tmp_path, "llama")
    add(tmp_path, **{"norm.weight": torch.full((32,), 5.0)})
    with pytest.raises(ModelError, match=r"norm\.weight and model\.norm\.weight.*same tensor"):
        open_model(tmp_path, device="cpu")


def test_other_weights_in_the_folder_are_said(tmp_path):
    (saved(tmp_path, "llama") / "consolidated.safetensors").write_bytes(b"")
    model = open_model(tmp_path, device="cpu")
    assert model.unused == ("other weights in the folder: consolidated.safetensors",)


def test_an_index_of_other_weights_than_those_that_are_read_is_said(tmp_path):
    index = saved(tmp_path, "llama") / "model.safetensors.index.json"
    index.write_text('{"weight_map": {"lm_head.weight": "model-00001-of-00002.safetensors"}}')
    model = open_model(tmp_path, device="cpu")
    assert model.unused == ("an index of other weights: it names model-00001-of-00002.safetensors",)


@pytest.mark.parametrize("name", ["llama", "gpt2", "qwen3_moe", "gemma3", "mamba2", "bamba"])
def test_a_folder_opens_as_transformers_opens_it_with_nothing_to_say(tmp_path, name):
    model = open_model(saved(tmp_path, name), device="cpu")
    assert model.unused == ()
    ours, expected = model.hf.state_dict(), AutoModelForCausalLM.from_pretrained(tmp_path)
    for key, tensor in expected.state_dict().items():
        np.testing.assert_array_equal(ours[key], tensor)


def test_the_doctor_says_what_is_unused(tmp_path, capsys):
    from laminoscope.cli import main

    add(saved(tmp_path, "gpt2"), **{"transformer.h.0.attn.bias": causal(16)})
    with pytest.raises(SystemExit) as ended:
        main(["doctor", "--model", str(tmp_path), "--device", "cpu"])
    said = capsys.readouterr().out.splitlines()
    assert ended.value.code == 0
    assert [line for line in said if line.startswith("not used     attention masks, which the mod")]
