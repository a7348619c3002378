"""A configuration says what a model is, and never how it is loaded or how large it may be."""

import json
import socket
import sys
import time

import pytest
import torch
from transformers import GenerationConfig, LlamaForCausalLM

from laminoscope_core import open_model
from laminoscope_core.errors import ModelError
from laminoscope_core.models.steering import clean_config, clean_token_ids
from laminoscope_core.sampling.generate import stop_tokens

pytestmark = pytest.mark.usefixtures("cache")
TOKENS = torch.arange(30)[None]


def change(folder, file="config.json", **changes):
    path = folder / file
    content = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps({**content, **changes}))


@pytest.mark.parametrize(
    "changes",
    [
        {"attn_implementation": "flash_attention_2"},
        {"attn_implementation": "owner/kernel"},
        {"_attn_implementation": "owner/kernel"},
        {"_attn_implementation_internal": "owner/kernel:layer"},
        {"_attn_implementation_autoset": True},
        {"attn_implementation": {"": "owner/kernel"}},
        {"experts_implementation": "owner/kernel"},
        {"_experts_implementation": "owner/kernel"},
        {"mamba_implementation": "owner/kernel"},
        {"use_kernels": True},
        {"kernel_config": {"RMSNorm": "owner/kernel:RMSNorm"}},
        {"auto_map": {"AutoModelForCausalLM": "owner/repository--evil.Evil"}},
        {"transformers_weights": "../elsewhere.bin"},
        {"configuration_files": ["config.4.0.0.json"]},
        {"fusion_config": {"patch_embeddings": True}},
        {"dtype": "float16", "torch_dtype": "float16"},
        {"return_dict": False},
        {"output_attentions": True},
        {"output_hidden_states": True},
        {"torchscript": True},
        {"num_labels": 10**9},
        {"base_model_tp_plan": {"layers.*": "owner/kernel"}},
        {"quantization_config": None},
        {"name_or_path": "owner/repository", "_name_or_path": "owner/repository"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_steers_the_loader_is_left_out(llama_folder, tiny_llama, changes):
    change(llama_folder, **changes)
    model = open_model(llama_folder, device="cpu")
    assert model.info.attention_kernel == "sdpa"
    assert torch.equal(model.hf(TOKENS).logits, tiny_llama(TOKENS).logits)


def test_nothing_of_a_stranger_reaches_the_library(llama_folder, monkeypatch):
    """transformers is given a configuration and tensors, and no folder to look into."""
    seen = {}
    real = LlamaForCausalLM.from_pretrained.__func__

    def watched(cls, place, **settings):
        seen.update(settings, place=place)
        return real(cls, place, **settings)

    monkeypatch.setattr(LlamaForCausalLM, "from_pretrained", classmethod(watched))
    change(llama_folder, attn_implementation="owner/kernel", auto_map={"AutoConfig": "a.B"})
    open_model(llama_folder, device="cpu")
    assert seen["place"] is None
    assert seen["trust_remote_code"] is False
    assert not {"auto_map", "kernel_config"} & set(seen["config"].to_dict())
    assert seen["config"]._attn_implementation is None


def test_nested_configurations_are_cleaned_too():
    nested = {"text_config": {"attn_implementation": "a/b", "n": 1, "deeper": [{"auto_map": {}}]}}
    assert clean_config(nested) == {"text_config": {"n": 1, "deeper": [{}]}}


@pytest.mark.parametrize("key", ["conv_kernel", "mamba_conv_kernel", "hidden_act", "layer_types"])
def test_what_the_model_is_stays(key):
    assert clean_config({key: 4}) == {key: 4}


def test_numbers_that_json_does_not_have_are_read_as_transformers_writes_them():
    limits = clean_config({"time_step_limit": [0.0, {"__float__": "Infinity"}]})["time_step_limit"]
    assert limits == [0.0, float("inf")]


@pytest.mark.parametrize(
    "changes",
    [
        {"quantization_config": {"quant_method": "gptq"}},
        {"text_config": {"quantization_config": {"quant_method": "fp8"}}},
        {"compression_config": {"format": "pack"}},
    ],
)
def test_quantised_weights_are_refused_wherever_it_is_said(llama_folder, changes):
    change(llama_folder, **changes)
    with pytest.raises(ModelError, match="quantised weights"):
        open_model(llama_folder, device="cpu")


@pytest.mark.parametrize("file", ["config.json", "generation_config.json"])
@pytest.mark.parametrize(
    ("said", "stops"),
    [([1, None], {1}), (["x"], set()), ("x", set()), ([1, True, 2.5, 3], {1, 3}), (-1, set()),
     ([10**9, 2], {2}), ({"a": 1}, set()), (1e400, set())],
)  # fmt: skip
def test_end_tokens_are_numbers_of_the_vocabulary(llama_folder, file, said, stops):
    change(llama_folder, "config.json", eos_token_id=None)
    change(llama_folder, "generation_config.json", eos_token_id=None)
    change(llama_folder, file, eos_token_id=said)
    model = open_model(llama_folder, device="cpu")
    assert stop_tokens(model) == stops | {model.tokenizer.eos_token_id}


def test_end_tokens_of_a_model_in_memory_are_numbers_of_the_vocabulary(tiny_llama):
    from laminoscope_core import wrap_model

    kept = tiny_llama.generation_config
    try:
        tiny_llama.generation_config = GenerationConfig()
        tiny_llama.generation_config.eos_token_id = [1, None, "x", -5]
        assert stop_tokens(wrap_model(tiny_llama)) >= {1}
        assert all(
            0 <= token < tiny_llama.vocab_size for token in stop_tokens(wrap_model(tiny_llama))
        )
    finally:
        tiny_llama.generation_config = kept


@pytest.mark.parametrize(
    "changes",
    [
        {"max_new_tokens": -1},
        {"temperature": -3.0, "do_sample": True},
        {"cache_implementation": "owner/kernel"},
        {"custom_generate": "owner/repository"},
        {"num_beams": "many"},
        {"watermarking_config": {"a": [1]}},
    ],
)
def test_advice_on_generating_is_not_followed(llama_folder, changes):
    change(llama_folder, "generation_config.json", eos_token_id=1, **changes)
    model = open_model(llama_folder, device="cpu")
    assert model.hf.generation_config.eos_token_id == 1
    assert model.hf.generation_config.to_diff_dict().keys() <= {
        "bos_token_id", "eos_token_id", "pad_token_id", "transformers_version",
    }  # fmt: skip


def test_only_a_text_may_end_in_several_ways(llama_folder, tiny_llama):
    several = {"pad_token_id": [0] * 3000, "bos_token_id": [1, 2]}
    for file in ("config.json", "generation_config.json"):
        change(llama_folder, file, **several)
    model = open_model(llama_folder, device="cpu")
    assert [getattr(model.hf.generation_config, key) for key in several] == [None, None]
    torch.testing.assert_close(model.hf(TOKENS).logits, tiny_llama(TOKENS).logits, rtol=0, atol=0)


def test_token_ids_of_parts_are_cleaned_too():
    assert clean_token_ids({"text_config": {"eos_token_id": ["x"]}}) == {
        "text_config": {"eos_token_id": None}
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"num_hidden_layers": 10_000}, r"num_hidden_layers as 10,000; no model has more"),
        ({"num_hidden_layers": 900}, r"says that it has 900 layers, and its files hold 20 tensors"),
        ({"hidden_size": 10**6, "head_dim": 16}, r"a model of [\d,]{13,} values.*files hold"),
        ({"intermediate_size": 10**8}, r"describes a model of [\d,]+ values"),
        ({"vocab_size": 10**9}, r"describes a model of [\d,]+ values"),
        ({"num_attention_heads": 10**9}, "num_attention_heads as 1,000,000,000"),
        ({"text_config": {"num_layers": 10**9}}, r"num_layers as 1,000,000,000"),
        ({"vision_config": {"depth": 10**6}}, r"depth as 1,000,000"),
        ({"num_local_experts": 10**7}, r"num_local_experts as 10,000,000"),
    ],
)
def test_claims_are_held_against_the_files_before_anything_is_built(
    llama_folder, monkeypatch, changes, message
):
    monkeypatch.setattr(
        LlamaForCausalLM, "from_pretrained", lambda *_, **__: pytest.fail("it was built")
    )
    change(llama_folder, **changes)
    began = time.process_time()
    with pytest.raises(ModelError, match=message):
        open_model(llama_folder, device="cpu")
    assert time.process_time() - began < 60, "a width of a million took minutes"


@pytest.fixture
def no_connections(monkeypatch):
    """Fail on any connection, and let the libraries believe that they may make one."""
    from huggingface_hub import constants

    tried = []

    def refuse(_, address, *__):
        tried.append(address)
        raise OSError("no connections here")

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_, **__: refuse(None, host))
    return tried


def test_a_folder_opens_without_a_connection(llama_folder, no_connections):
    from huggingface_hub import constants

    seen = []
    real = LlamaForCausalLM.from_pretrained.__func__

    def watched(cls, *arguments, **settings):
        seen.append(constants.is_offline_mode())
        return real(cls, *arguments, **settings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LlamaForCausalLM, "from_pretrained", classmethod(watched))
        open_model(llama_folder, device="cpu")
    assert no_connections == []
    assert seen == [True]
    assert constants.HF_HUB_OFFLINE is False, "it is as it was"


def test_kernels_of_the_hub_are_switched_off():
    from transformers.integrations import hub_kernels

    assert "laminoscope_core.models.imports" in sys.modules
    assert hub_kernels._kernels_enabled is False
