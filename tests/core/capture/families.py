"""Tiny random models of every family, built from their configurations without a network.

`FAMILIES` maps a name for the row to a model type and the settings that make it tiny.  The
common settings are given under every name that configurations use; unknown ones are left out.
"""

from dataclasses import dataclass, field
from inspect import signature
from typing import Any

import torch
from transformers import AutoModelForCausalLM, PreTrainedModel
from transformers.models.auto.configuration_auto import CONFIG_MAPPING

N_LAYERS = 2
VOCAB = 96

COMMON: dict[str, Any] = {
    "vocab_size": VOCAB,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": N_LAYERS,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 8,
    "max_position_embeddings": 64,
    "pad_token_id": 0,
    "bos_token_id": 1,
    "eos_token_id": 2,
    # The same under the names of the older configurations.
    "n_embd": 32,
    "n_layer": N_LAYERS,
    "n_head": 4,
    "n_positions": 64,
    "n_inner": 48,
    "d_model": 32,
    "n_heads": 4,
    "n_layers": N_LAYERS,
    "decoder_layers": N_LAYERS,
    "decoder_attention_heads": 4,
    "decoder_ffn_dim": 48,
    "ffn_dim": 48,
    "num_layers": N_LAYERS,
    "attention_heads": 4,
    # Mixtures of experts.
    "num_local_experts": 4,
    "num_experts": 4,
    "n_routed_experts": 4,
    "num_experts_per_tok": 2,
    "moe_intermediate_size": 24,
    "n_group": 1,
    "topk_group": 1,
    # Latent attention.
    "q_lora_rank": 16,
    "kv_lora_rank": 16,
    "qk_rope_head_dim": 4,
    "qk_nope_head_dim": 8,
    "v_head_dim": 8,
}
MLA: dict[str, Any] = {"num_key_value_heads": 4, "head_dim": None}


@dataclass(frozen=True)
class Family:
    """One row of the table.

    Attributes
    ----------
    model_type : str
    settings : dict
        On top of `COMMON`; None leaves a common one out.
    kernel : str or None
        The attention kernel to open it with, None for its own choice.
    """

    model_type: str
    settings: dict[str, Any] = field(default_factory=dict)
    kernel: str | None = None


def _rows(*names: str, **settings: Any) -> dict[str, Family]:
    return {name: Family(name, settings) for name in names}


FAMILIES: dict[str, Family] = {
    **_rows("gpt2", "gptj", "gpt_neox", "opt", "bloom", "mpt", "codegen", "xglm", "biogpt"),
    "gpt2 eager": Family("gpt2", {}, "eager"),
    "gpt2 by layer": Family("gpt2", {"scale_attn_by_inverse_layer_idx": True}),
    "gpt_neo": Family("gpt_neo", {"attention_types": [[["global", "local"], 1]], "window_size": 4}),
    "gpt_neox serial": Family("gpt_neox", {"use_parallel_residual": False, "rotary_pct": 1.0}),
    "openai-gpt": Family("openai-gpt"),
    "gpt_bigcode": Family("gpt_bigcode"),
    "gpt_bigcode many keys": Family("gpt_bigcode", {"multi_query": False}),
    "falcon": Family("falcon", {"new_decoder_architecture": False, "multi_query": True}),
    "falcon many keys": Family(
        "falcon", {"new_decoder_architecture": False, "multi_query": False, "parallel_attn": False}
    ),
    "falcon new": Family("falcon", {"new_decoder_architecture": True, "num_kv_heads": 2}),
    "falcon alibi": Family("falcon", {"alibi": True, "multi_query": False}),
    **_rows("llama", "mistral", "mixtral", "ministral", "ministral3"),
    "llama eager": Family("llama", {}, "eager"),
    "llama one key": Family("llama", {"num_key_value_heads": 1}),
    "mistral sliding": Family("mistral", {"sliding_window": 4}),
    **_rows("qwen2", "qwen2_moe", "qwen3", "qwen3_moe"),
    **_rows("gemma", "vaultgemma"),
    "gemma2": Family("gemma2", {"sliding_window": 4}),
    "gemma3_text": Family("gemma3_text", {"sliding_window": 4}),
    **_rows("phi", "phi3", "phimoe", "stablelm", "starcoder2"),
    "phi qk norm": Family("phi", {"qk_layernorm": True}),
    "stablelm parallel": Family("stablelm", {"use_parallel_residual": True, "qk_layernorm": True}),
    **_rows("cohere", "cohere2", "olmo", "olmo2", "olmo3", "olmoe", "flex_olmo"),
    "cohere qk norm": Family("cohere", {"use_qk_norm": True}),
    "olmo clipped": Family("olmo", {"clip_qkv": 0.1}),
    **_rows("glm", "glm4", "glm4_moe", "smollm3", "gpt_oss", "nemotron", "persimmon"),
    "granite": Family("granite", {"residual_multiplier": 0.3, "attention_multiplier": 0.2}),
    **_rows("granitemoe", "granitemoeshared", residual_multiplier=0.3),
    **_rows("deepseek_v2", "deepseek_v3", "minicpm3", "youtu", **MLA),
    "deepseek_v3 plain q": Family("deepseek_v3", MLA | {"q_lora_rank": None}),
    **_rows("apertus", "arcee", "bitnet", "cwm", "diffllama", "doge", "dots1", "ernie4_5"),
    **_rows("exaone4", "helium", "hunyuan_v1_dense", "hunyuan_v1_moe", "hyperclovax", "jais2"),
    **_rows("seed_oss", "solar_open", "minimax_m2", "nanochat", "mimo_v2_flash", "afmoe"),
    **_rows("llama4_text", "ernie4_5_moe", "exaone_moe", "modernbert-decoder", "moshi", "emu3"),
    **_rows("dbrx", "phi4_multimodal", "ctrl", "blt", "cpmant", "jetmoe", "longcat_flash"),
    **_rows("qwen3_next", "qwen3_5_text", "gemma3n_text", "gemma4_text", "kimi_linear", "lfm2"),
    **_rows("jamba", "bamba", "falcon_h1", "zamba", "zamba2", "nemotron_h", "granitemoehybrid"),
    **_rows("recurrent_gemma", "olmo_hybrid", "minimax", "zaya"),
    **_rows("mamba", "mamba2", "falcon_mamba", "rwkv", "xlstm"),
    **_rows("bart", "mbart", "pegasus", "marian", "blenderbot", "plbart", "trocr"),
    **_rows("bert", "roberta", "electra", "rembert", "megatron-bert", "roformer", is_decoder=True),
    **_rows("xlnet", "xlm", "reformer", "gpt_neox_japanese", "git", "prophetnet"),
    **_rows("deepseek_v32", "deepseek_v4", "glm_moe_dsa", "hrm_text", "hy_v3", "laguna"),
}


def build(name: str) -> PreTrainedModel:
    """Build the tiny model of a row, with weights large enough for every part to matter."""
    family = FAMILIES[name]
    config_class = CONFIG_MAPPING[family.model_type]
    known = set(signature(config_class.__init__).parameters) | set(
        getattr(config_class, "__annotations__", {})
    )
    for base in config_class.__mro__:
        known |= set(getattr(base, "__annotations__", {}))
    known |= set(getattr(config_class, "attribute_map", {}))
    settings = {
        key: value
        for key, value in (COMMON | family.settings).items()
        if value is not None and (key in known or key in family.settings)
    }
    mapped = getattr(config_class, "attribute_map", {})
    settings = {key: value for key, value in settings.items() if mapped.get(key) not in settings}
    config = config_class(**settings)
    torch.manual_seed(7)
    model = AutoModelForCausalLM.from_config(config, attn_implementation=family.kernel)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim > 1:
                parameter.normal_(0, 0.2)
            else:
                parameter.add_(torch.randn_like(parameter) * 0.1)
    return model.float().eval()
