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
# Attention to the few tokens that a small second attention picks.
INDEXER: dict[str, Any] = {"index_n_heads": 2, "index_head_dim": 8, "index_topk": 4}
# The text part of a model that also sees.
GEMMA3: dict[str, Any] = {
    "text_config": {
        "vocab_size": VOCAB,
        "hidden_size": 32,
        "intermediate_size": 48,
        "num_hidden_layers": N_LAYERS,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 8,
        "max_position_embeddings": 64,
        "sliding_window": 4,
    },
    "vision_config": {
        "hidden_size": 16,
        "intermediate_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "image_size": 28,
        "patch_size": 14,
    },
    "mm_tokens_per_image": 4,
}


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
    lacks : frozenset of str
        Sites that it does not have.
    rebuilt : str
        Why the tests do not rebuild `attn_out`; "" if they do.
    no_blocks : bool
        Whether it has no list of blocks.
    n_heads : int
        Query heads.
    n_shared : int, tuple of int or None
        Key heads, of all layers or by layer; None where `MANY_KEYS` tells.
    widths : tuple of int
        Of a head, by layer; the last one goes on.
    """

    model_type: str
    settings: dict[str, Any] = field(default_factory=dict)
    kernel: str | None = None
    lacks: frozenset[str] = frozenset()
    rebuilt: str = ""
    no_blocks: bool = False
    n_heads: int = 4
    n_shared: int | tuple[int, ...] | None = None
    widths: tuple[int, ...] = (8,) * N_LAYERS

    def heads(self, layer: int) -> tuple[int, int, int]:
        """Query heads, key heads and their width."""
        shared = self.n_shared or (4 if self.model_type in MANY_KEYS else 2)
        shared = shared if isinstance(shared, int) else shared[layer]
        return self.n_heads, shared, self.widths[min(layer, len(self.widths) - 1)]

    @property
    def fused(self) -> str:
        """How its fused projection is laid out, as its source code says."""
        return FUSED.get(self.model_type, "")


MANY_KEYS = {
    "gpt2", "gpt_neo", "gptj", "gpt_neox", "opt", "bloom", "mpt", "codegen", "xglm", "biogpt",
    "openai-gpt", "ctrl", "mbart", "bart", "pegasus", "marian", "blenderbot", "plbart", "trocr",
    "bert", "roberta", "electra", "rembert", "megatron-bert", "persimmon", "gpt_neox_japanese",
    "deepseek_v2", "deepseek_v3", "minicpm3", "youtu", "modernbert-decoder", "glm4_moe_lite",
    "axk1", "deepseek_v32", "glm_moe_dsa", "gpt-sw3", "bigbird_pegasus", "blenderbot-small", "mvp",
    "camembert", "xlm-roberta", "data2vec-text", "ernie", "big_bird", "roformer", "xlm",
}  # fmt: skip
FUSED = {
    "gpt2": "thirds",
    "gpt-sw3": "thirds",
    "openai-gpt": "thirds",
    "mpt": "thirds",
    "phi3": "thirds",
    "dbrx": "thirds",
    "gpt_neox": "groups",
    "gpt_neox_japanese": "groups",
    "bloom": "groups",
    "persimmon": "groups",
    "gpt_bigcode": "groups",
    "falcon": "groups",
    "codegen": "shards",
}


def _rows(*names: str, lacks: frozenset[str] = frozenset(), **settings: Any) -> dict[str, Family]:
    return {name: Family(name, settings, lacks=lacks) for name in names}


# Sites that a family does not have, by reason: its stream is no plain sum, its attention cannot
# be watched, it has none.
ADDED = frozenset({"attn_added", "mlp_added", "resid_mid"})
KERNEL = frozenset({"q_used", "k_used", "attention"})
HEADS = frozenset({"q", "k", "v"}) | KERNEL
STREAM = ADDED | {"resid_in", "resid_out"}
NO_ATTENTION = HEADS | ADDED | {"attn_out"}

FAMILIES: dict[str, Family] = {
    **_rows("gpt2", "gpt_neox", "opt", "bloom", "mpt", "xglm", "biogpt"),
    **_rows("gptj", "codegen", rotary_dim=4),
    "gpt2 eager": Family("gpt2", {}, "eager"),
    "gpt2 by layer": Family("gpt2", {"scale_attn_by_inverse_layer_idx": True}),
    "gpt_neo": Family("gpt_neo", {"attention_types": [[["global", "local"], 1]], "window_size": 4}),
    "gpt_neox serial": Family("gpt_neox", {"use_parallel_residual": False, "rotary_pct": 1.0}),
    "openai-gpt": Family("openai-gpt", lacks=ADDED),
    "gpt_bigcode": Family("gpt_bigcode", n_shared=1),
    "gpt_bigcode many keys": Family("gpt_bigcode", {"multi_query": False}, n_shared=4),
    "falcon": Family(
        "falcon", {"new_decoder_architecture": False, "multi_query": True}, n_shared=1
    ),
    "falcon serial": Family(
        "falcon",
        {"new_decoder_architecture": False, "multi_query": False, "parallel_attn": False},
        n_shared=4,
    ),
    "falcon new": Family("falcon", {"new_decoder_architecture": True, "num_kv_heads": 2}),
    "falcon alibi": Family("falcon", {"alibi": True, "multi_query": False}, n_shared=4),
    **_rows("llama", "mistral", "mixtral", "ministral", "ministral3"),
    "llama eager": Family("llama", {}, "eager"),
    "llama one key": Family("llama", {"num_key_value_heads": 1}, n_shared=1),
    "mistral sliding": Family("mistral", {"sliding_window": 4}),
    **_rows("qwen2", "qwen3", "qwen3_moe"),
    "qwen2_moe": Family("qwen2_moe", {"shared_expert_intermediate_size": 24}),
    **_rows("gemma", "vaultgemma"),
    "gemma2": Family("gemma2", {"sliding_window": 4}),
    "gemma3_text": Family("gemma3_text", {"sliding_window": 4}),
    # Its layers have heads of two widths, and add what they know of each token by itself.
    "gemma4_text": Family(
        "gemma4_text",
        {
            "sliding_window": 4,
            "layer_types": ["sliding_attention", "full_attention"],
            "global_head_dim": 16,
            "hidden_size_per_layer_input": 8,
            "vocab_size_per_layer_input": VOCAB,
        },
        lacks=frozenset({"mlp_added"}),
        widths=(8, 16),
    ),
    "gemma4_unified_text": Family(
        "gemma4_unified_text",
        {
            "sliding_window": 4,
            "layer_types": ["sliding_attention", "full_attention"],
            "global_head_dim": 16,
        },
        widths=(8, 16),
    ),
    "gemma3": Family("gemma3", GEMMA3),
    **_rows("phi", "phi3", "phimoe", "stablelm", "starcoder2"),
    "phi qk norm": Family("phi", {"qk_layernorm": True}),
    "stablelm parallel": Family("stablelm", {"use_parallel_residual": True, "qk_layernorm": True}),
    **_rows("cohere", "cohere2", "olmo", "olmo2", "olmo3", "olmoe", "flex_olmo"),
    "cohere qk norm": Family("cohere", {"use_qk_norm": True}),
    "olmo clipped": Family("olmo", {"clip_qkv": 0.1}),
    **_rows("glm", "glm4", "glm4_moe", "smollm3", "gpt_oss", "nemotron", "persimmon"),
    "granite": Family("granite", {"residual_multiplier": 0.3, "attention_multiplier": 0.2}),
    "granitemoe": Family("granitemoe", {"residual_multiplier": 0.3}),
    "granitemoeshared": Family(
        "granitemoeshared", {"residual_multiplier": 0.3, "shared_intermediate_size": 24}
    ),
    **_rows("deepseek_v2", "deepseek_v3", "minicpm3", "youtu", "glm4_moe_lite", "axk1", **MLA),
    "deepseek_v32": Family("deepseek_v32", MLA | INDEXER),
    # Equal scores of its second attention are decided by the length of the batch: pick all.
    "glm_moe_dsa": Family("glm_moe_dsa", MLA | INDEXER | {"index_topk": 64}),
    "deepseek_v3 plain q": Family("deepseek_v3", MLA | {"q_lora_rank": None}),
    **_rows("apertus", "arcee", "cwm", "ernie4_5", "exaone4", "helium", "hunyuan_v1_dense"),
    "bitnet": Family("bitnet"),
    "diffllama": Family("diffllama", lacks=KERNEL),
    "doge": Family("doge", lacks=ADDED),
    "dots1": Family("dots1", {"n_shared_experts": 1}),
    **_rows("hunyuan_v1_moe", "hyperclovax", "jais2", "seed_oss", "solar_open", "minimax_m2"),
    **_rows("nanochat", "llama4_text", "ernie4_5_moe", "exaone_moe", "modernbert-decoder"),
    **_rows("moshi", "ctrl", "lfm2", "hy_v3", "aria_text", "cohere2_moe", "flint", "gpt-sw3"),
    **_rows("internlm3", "iquestcoder", "kolibri1", "mellum", "minimax_m3_vl_text"),
    "mimo_v2_flash": Family(
        "mimo_v2_flash",
        {"v_head_dim": 12, "layer_types": ["full_attention", "sliding_attention"]},
        n_shared=(2, 4),
    ),
    **_rows("granite_swa", "granitemoe_swa", lacks=frozenset({"attention"})),
    "afmoe": Family("afmoe"),
    "laguna": Family("laguna"),
    "dbrx": Family("dbrx", {"attn_config": {"kv_n_heads": 2, "clip_qkv": 9.0, "rope_theta": 1e4}}),
    "dbrx clipped": Family(
        "dbrx",
        {"attn_config": {"kv_n_heads": 2, "clip_qkv": 0.5, "rope_theta": 1e4}},
    ),
    # Attention in some of the blocks only.
    "qwen3_next": Family("qwen3_next", {"layer_types": ["linear_attention", "full_attention"]}),
    "qwen3_5_text": Family("qwen3_5_text", {"layer_types": ["linear_attention", "full_attention"]}),
    "qwen3_5_moe_text": Family(
        "qwen3_5_moe_text",
        {
            "layer_types": ["linear_attention", "full_attention"],
            "shared_expert_intermediate_size": 24,
        },
    ),
    "lfm2_moe": Family(
        "lfm2_moe", {"layer_types": ["conv", "full_attention"], "num_dense_layers": 1}
    ),
    "lfm3": Family("lfm3", {"layer_types": ["conv", "full_attention"]}),
    "jamba": Family("jamba", {"attn_layer_offset": 1, "attn_layer_period": 2}),
    "bamba": Family(
        "bamba",
        {"mamba_n_heads": 4, "mamba_expand": 2, "mamba_d_head": "auto", "attn_layer_indices": [1]},
    ),
    "granitemoehybrid": Family(
        "granitemoehybrid",
        {
            "mamba_n_heads": 4,
            "mamba_expand": 2,
            "mamba_d_head": "auto",
            "layer_types": ["mamba", "attention"],
        },
    ),
    "recurrent_gemma": Family("recurrent_gemma", {"block_types": ["recurrent", "attention"]}),
    "olmo_hybrid": Family("olmo_hybrid"),
    "nemotron_h": Family("nemotron_h", {"chunk_size": 8}, lacks=ADDED | {"mlp_out"}),
    "minimax": Family("minimax", lacks=ADDED),
    # Streams that are more than sums, attentions that are more than a kernel.
    "falcon_h1": Family("falcon_h1", {"mamba_chunk_size": 8}, lacks=ADDED),
    "zaya": Family("zaya", {"num_experts_per_tok": 1}, lacks=ADDED | {"mlp_out"} | {"q", "k", "v"}),
    "kimi_linear": Family(
        "kimi_linear", {"linear_num_heads": 4, "linear_head_dim": 8}, lacks=HEADS
    ),
    "jetmoe": Family("jetmoe", lacks=frozenset({"q", "k", "v"})),
    "gemma3n_text": Family(
        "gemma3n_text",
        {
            "layer_types": ["full_attention"] * 2,
            "num_kv_shared_layers": 0,
            "vocab_size_per_layer_input": VOCAB,
        },
        lacks=STREAM,
    ),
    "deepseek_v4": Family(
        "deepseek_v4",
        lacks=STREAM,
        n_shared=1,
        rebuilt="the tests do not follow how it rotates what its kernel returns",
    ),
    "longcat_flash": Family("longcat_flash", no_blocks=True),
    "hrm_text": Family("hrm_text", no_blocks=True),
    # No attention.
    "mamba2": Family("mamba2", {"num_heads": 8, "expand": 2}, lacks=NO_ATTENTION | {"mlp_out"}),
    **_rows("mamba", "falcon_mamba", lacks=NO_ATTENTION | {"mlp_out"}),
    **_rows("rwkv", "xlstm", lacks=NO_ATTENTION),
    # Decoders of translation models, and encoders run as decoders.
    **_rows("mbart", "pegasus", "blenderbot", "bigbird_pegasus"),
    **_rows("bart", "marian", "plbart", "blenderbot-small", lacks=ADDED),
    "mvp": Family("mvp", lacks=ADDED | {"attention"}),
    "trocr": Family("trocr", lacks=ADDED | {"attention"}),
    "megatron-bert": Family("megatron-bert", {"is_decoder": True}),
    **_rows("bert", "roberta", "electra", "rembert", lacks=ADDED, is_decoder=True),
    **_rows("camembert", "xlm-roberta", "data2vec-text", "ernie", lacks=ADDED, is_decoder=True),
    "big_bird": Family("big_bird", {"is_decoder": True}, lacks=ADDED | {"attention"}),
    "roformer": Family("roformer", {"is_decoder": True}, lacks=ADDED | {"q_used", "k_used"}),
    "xlnet": Family("xlnet", lacks=NO_ATTENTION | STREAM | {"mlp_out"}),
    "xlm": Family("xlm", lacks=STREAM | {"attention", "mlp_out"}),
    "gpt_neox_japanese": Family("gpt_neox_japanese"),
}


def build(name: str) -> PreTrainedModel:
    """Build the tiny model of a row."""
    return build_family(FAMILIES[name])


def build_family(family: Family) -> PreTrainedModel:
    """Build a tiny model, with weights large enough for every part to matter."""
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
        trainable = [parameter for parameter in model.parameters() if parameter.requires_grad]
        for parameter in trainable:
            if parameter.ndim > 1:
                parameter.normal_(0, 0.2)
            else:
                parameter.add_(torch.randn_like(parameter) * 0.1)
    return model.float().eval()
