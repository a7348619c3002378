"""What a family computes, from its weights and in float64, without the package."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import families
import numpy as np
import torch
from numpy.typing import NDArray

IDS = [5, 17, 3, 88, 41, 60, 9]
Array = NDArray[Any]


def attention_of(block: torch.nn.Module) -> torch.nn.Module | None:
    """Find the module that holds the query projection, by name, without the package."""
    names = {
        "q_lin",
        "q_proj",
        "q_b_proj",
        "query",
        "Wq",
        "c_attn",
        "qkv_proj",
        "Wqkv",
        "query_key_value",
    }
    for module in block.modules():
        if names & {name for name, _ in module.named_children()}:
            return module
    return None


@contextmanager
def inputs_of(blocks: list[torch.nn.Module]) -> Iterator[dict[int, Array]]:
    """Record the first input of everything inside the blocks' attentions, as float64."""
    seen: dict[int, Array] = {}

    def hook(module: torch.nn.Module, args: Any) -> None:
        seen[id(module)] = args[0].detach().double().reshape(len(IDS), -1).numpy()

    attentions = [attention for block in blocks if (attention := attention_of(block))]
    handles = [
        module.register_forward_pre_hook(hook)
        for attention in attentions
        for module in attention.children()
    ]
    yield seen
    for handle in handles:
        handle.remove()


def times_weights(module: Any, x: Array) -> Array:
    module = getattr(module, "linear", module)
    weight = module.weight.detach().double().numpy()
    weight = weight if type(module).__name__ == "Conv1D" else weight.T
    bias = getattr(module, "bias", None)
    return x @ weight + (0 if bias is None else bias.detach().double().numpy())


def recomputed(
    family: families.Family, attention: Any, x: dict[int, Array], heads: tuple[int, int, int]
) -> dict[str, Array]:
    """Compute q, k and v from the weights in float64, laid out as the family's code does."""
    n_heads, n_shared, width = heads
    n_tokens = len(IDS)
    if hasattr(attention, "kv_b_proj"):
        query = attention.q_b_proj if getattr(attention, "q_lora_rank", None) else attention.q_proj
        rope, nope = attention.qk_rope_head_dim, attention.qk_nope_head_dim
        both = times_weights(attention.kv_b_proj, x[id(attention.kv_b_proj)])
        both = both.reshape(n_tokens, n_heads, -1)
        shared = times_weights(attention.kv_a_proj_with_mqa, x[id(attention.kv_a_proj_with_mqa)])
        turned = np.repeat(shared[:, None, -rope:], n_heads, axis=1)
        return {
            "q": times_weights(query, x[id(query)]).reshape(n_tokens, n_heads, nope + rope),
            "k": np.concatenate([both[..., :nope], turned], axis=-1),
            "v": both[..., nope:],
        }
    if family.fused:
        names = ("c_attn", "qkv_proj", "Wqkv", "query_key_value")
        module = next(getattr(attention, name) for name in names if hasattr(attention, name))
        fused = times_weights(module, x[id(module)])
        if family.fused == "thirds":
            ends = [n_heads * width, (n_heads + n_shared) * width]
            parts = np.split(fused, ends, axis=1)
            return {s: p.reshape(n_tokens, -1, width) for s, p in zip("qkv", parts, strict=True)}
        if family.fused == "shards":
            shards = fused.reshape(n_tokens, 4, 3, width * n_heads // 4)
            order = {"q": 0, "v": 1, "k": 2}
            return {s: shards[:, :, i].reshape(n_tokens, -1, width) for s, i in order.items()}
        groups = fused.reshape(n_tokens, n_shared, -1, width)
        return {
            "q": groups[:, :, :-2].reshape(n_tokens, n_heads, width),
            "k": groups[:, :, -2],
            "v": groups[:, :, -1],
        }
    found = {}
    for site, names in {
        "q": ("q_proj", "query", "Wq", "q_lin", "q_b_proj"),
        "k": ("k_proj", "key", "Wk", "k_lin", "kv_proj"),
        "v": ("v_proj", "value", "Wv", "v_lin", "kv_proj"),
    }.items():
        module = next((getattr(attention, n) for n in names if hasattr(attention, n)), None)
        if module is not None and id(module) in x:
            rows = times_weights(module, x[id(module)])
            if site == "q" and rows.shape[1] == 2 * n_heads * width:
                found[site] = rows.reshape(n_tokens, n_heads, 2 * width)[..., :width]
            else:
                found[site] = rows.reshape(n_tokens, n_heads if site == "q" else n_shared, -1)
    return found


def sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def softplus(x: Array) -> Array:
    return np.logaddexp(0, x)


def rms(x: Array, eps: float) -> Array:
    return x / np.sqrt((x**2).mean(-1, keepdims=True) + eps)


def softmax(scores: Array) -> Array:
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def turned(x: Array) -> Array:
    """Rotate neighbouring pairs of numbers by the token's position, as RoFormer does."""
    n_tokens, _, width = x.shape
    angles = np.arange(n_tokens)[:, None] / 10_000 ** (np.arange(0, width, 2) / width)
    cos, sin = np.cos(angles)[:, None], np.sin(angles)[:, None]
    even, odd = x[..., 0::2], x[..., 1::2]
    return np.stack([even * cos - odd * sin, odd * cos + even * sin], axis=-1).reshape(x.shape)


def weights_from(attention: Any, layer: int, got: dict[str, Array], x: dict[int, Array]) -> Array:
    """Compute the attention weights in float64, from what the kernel multiplied."""
    if type(attention).__name__ == "RoFormerSelfAttention":
        q, k = turned(got["q"].astype(np.float64)), turned(got["k"].astype(np.float64))
    else:
        q, k = got["q_used"].astype(np.float64), got["k_used"].astype(np.float64)
    config = getattr(attention, "config", None)
    n_heads, n_tokens, width = q.shape[1], len(q), q.shape[2]
    scale = width**-0.5
    for name in ("scaling", "softmax_scale", "inv_norm_factor"):
        value = getattr(attention, name, None)
        if isinstance(value, float):
            scale = value
            break
    if type(attention).__name__ == "GPTNeoSelfAttention":
        scale = 1.0
    if type(attention).__name__ in ("XGLMAttention", "TrOCRAttention"):
        scale = attention.scaling
    if type(attention).__name__ == "OPTAttention":
        scale = 1.0  # what its kernel is given is scaled already
    k = np.repeat(k, n_heads // k.shape[1], axis=1)
    scores = np.einsum("qhd,khd->hqk", q, k) * scale
    softcap = getattr(config, "attn_logit_softcapping", None)
    if softcap:
        scores = np.tanh(scores / softcap) * softcap
    rows, columns = np.arange(n_tokens)[:, None], np.arange(n_tokens)[None, :]
    name = type(attention).__name__
    alibi = name in ("BloomAttention", "MptAttention") or getattr(config, "alibi", False) is True
    if alibi:
        # Slopes of the paper for a power of two of heads; MPT counts the distance back.
        slopes = 2.0 ** (-8 * np.arange(1, n_heads + 1) / n_heads)
        factor = scale if name == "FalconAttention" else 1.0
        scores = scores + slopes[:, None, None] * columns * factor
    if name == "DogeAttention":
        shown = softplus(times_weights(attention.dt_proj, got["v"].reshape(n_tokens, -1)))
        kept = np.exp(attention.A.detach().double().numpy() * shown).T
        scores = scores + np.repeat(kept, n_heads // len(kept), axis=0)[:, None]
    allowed = columns <= rows
    window = getattr(attention, "sliding_window", None)
    if name in ("MistralAttention", "MixtralAttention", "Phi3Attention", "Starcoder2Attention"):
        window = config.sliding_window
    if type(attention).__name__ == "GPTNeoSelfAttention" and layer == 1:
        window = 4
    if isinstance(window, int):
        allowed &= columns > rows - window
    if hasattr(attention, "indexer") and hasattr(config, "index_topk"):
        # Which tokens its second attention picked is taken over; how many is not.
        picked = got["attention"] > 0
        assert (picked.sum(-1) == np.minimum(np.arange(n_tokens) + 1, config.index_topk)).all()
        assert (picked <= allowed).all()
        allowed = picked
    scores = np.where(allowed, scores, -np.inf)
    sinks = getattr(attention, "sinks", None)
    if sinks is None:
        sinks = getattr(attention, "attention_sink_bias", None)
    if sinks is not None:
        extra = np.broadcast_to(
            sinks.detach().double().numpy()[:, None, None], (n_heads, n_tokens, 1)
        )
        return softmax(np.concatenate([scores, extra], axis=-1))[..., :-1]
    return softmax(scores)


def given_values(attention: Any, v: Array) -> Array:
    """Compute what the kernel is given from what leaves the value projection."""
    config = getattr(attention, "config", None)
    clip = getattr(attention, "clip_qkv", None) or getattr(config, "clip_qkv", None)
    if clip:
        v = v.clip(-clip, clip)
    if hasattr(attention, "v_norm"):
        v = rms(v, attention.v_norm.eps)
    return v * getattr(attention, "v_scale", 1.0)


def entering(attention: Any, mixed: Array, x: dict[int, Array]) -> Array:
    """Compute what enters the output projection from the mixed values, (tokens, heads, width)."""
    name, n_tokens = type(attention).__name__, len(mixed)
    flat = mixed.reshape(n_tokens, -1)
    if name == "BitNetAttention":
        norm = attention.attn_sub_norm
        return rms(flat, norm.variance_epsilon) * norm.weight.detach().double().numpy()
    if name == "AfmoeAttention":
        return flat * sigmoid(times_weights(attention.gate_proj, x[id(attention.gate_proj)]))
    if name == "LagunaAttention":
        gate = softplus(times_weights(attention.g_proj, x[id(attention.g_proj)]))
        return flat * np.repeat(gate, flat.shape[1] // gate.shape[1], axis=1)
    if name == "Lfm3Attention":
        gate = sigmoid(times_weights(attention.g_proj, x[id(attention.g_proj)]))
        return (mixed * gate[..., None]).reshape(n_tokens, -1)
    if name.startswith(("Qwen3Next", "Qwen3_5")):
        both = times_weights(attention.q_proj, x[id(attention.q_proj)])
        gate = both.reshape(*mixed.shape[:2], -1)[..., mixed.shape[2] :]
        return flat * sigmoid(gate.reshape(n_tokens, -1))
    return flat


def projection_of(attention: Any, block: Any) -> Any:
    for name in ("o_proj", "out_proj", "c_proj", "dense", "Wo", "out_lin"):
        if hasattr(attention, name):
            return getattr(attention, name)
    return block.attention.output.dense


def compare_layer(
    family: families.Family,
    block: torch.nn.Module,
    layer: int,
    got: dict[str, Array],
    x: dict[int, Array],
) -> bool:
    """Compare what was captured of a layer with what its weights give.

    Parameters
    ----------
    family : Family
    block : torch.nn.Module
    layer : int
    got : dict of str to float32 array of shape (tokens, …)
        What was captured, by site.
    x : dict of int to float64 array
        As `inputs_of` recorded it in the same pass.

    Returns
    -------
    bool
        Whether `attn_out` could be rebuilt.
    """
    attention: Any = attention_of(block)
    if "mlp_added" in got:
        total = got["resid_in"] + got["attn_added"] + got["mlp_added"]
        np.testing.assert_allclose(total, got["resid_out"], rtol=1e-4, atol=1e-5)
    if "resid_mid" in got:
        np.testing.assert_array_equal(got["resid_mid"], got["resid_in"] + got["attn_added"])
    if sites := {"q", "k", "v"} & set(got):
        expected = recomputed(family, attention, x, family.heads(layer))
        for site in sites:
            assert got[site].shape == expected[site].shape
            np.testing.assert_allclose(got[site], expected[site], rtol=1e-4, atol=2e-5)
    if not {"attention", "v", "attn_out"} <= set(got):
        return False
    weights = weights_from(attention, layer, got, x)
    np.testing.assert_allclose(got["attention"], weights, rtol=1e-4, atol=1e-5)
    if family.rebuilt:
        return False
    v = given_values(attention, got["v"].astype(np.float64))
    mixed = np.einsum("hqk,khd->qhd", weights, np.repeat(v, len(weights) // v.shape[1], axis=1))
    found = times_weights(projection_of(attention, block), entering(attention, mixed, x))
    np.testing.assert_allclose(found, got["attn_out"], atol=1e-4 * np.abs(got["attn_out"]).max())
    return True


def looks_of(
    weights: Array, ids: list[int], window: int
) -> tuple[dict[str, Array], dict[str, int]]:
    """Compute what heads look at, query by query.

    Parameters
    ----------
    weights : float64 array of shape (heads, queries, keys)
    ids : list of int
    window : int
        Most keys that a query may see.

    Returns
    -------
    dict of str to float64 array of shape (heads,), dict of str to int
        Means, and over how many queries they are.
    """
    names = (
        *("entropy", "entropy_relative", "distance", "sink", "self", "previous", "copies"),
        *("induction_prefix", "induction_match"),
    )
    found = {name: np.full(len(weights), np.nan) for name in names}
    n = dict.fromkeys(names, len(ids))
    for head, of_head in enumerate(weights):
        rows: dict[str, list[float]] = {name: [] for name in names}
        matched = 0.0
        for query, row in enumerate(of_head):
            entropy = -sum(w * np.log(w) for w in row if w > 0)
            allowed = min(query + 1, window)
            rows["entropy"].append(entropy)
            rows["entropy_relative"].append(entropy / np.log(allowed) if allowed > 1 else 0.0)
            rows["distance"].append(sum(w * (query - key) for key, w in enumerate(row)))
            rows["sink"].append(row[0])
            rows["self"].append(row[query])
            if query:
                rows["previous"].append(row[query - 1])
            copies = [key for key in range(query) if ids[key] == ids[query]]
            if copies:
                rows["copies"].append(sum(row[key] for key in copies))
                behind = [row[key + 1] for key in copies]
                rows["induction_prefix"].append(sum(w for w in behind if w >= 0.01))
                matched += sum(behind)
        for name in names[:-1]:
            n[name] = len(rows[name])
            if rows[name]:
                found[name][head] = np.mean(rows[name])
        found["induction_match"][head] = matched / of_head.sum()
    return found, n
