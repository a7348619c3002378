"""Every family: right values, or a reason; the table that says so is generated here.

With ``LAMINOSCOPE_WRITE_FAMILIES=1`` the run writes the table; otherwise it checks that the one
in the package is current.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import families
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from laminoscope_core import capture, wrap_model
from laminoscope_core.capture import layout, sites
from laminoscope_core.capture.probe import layout_of
from laminoscope_core.capture.verify import verify
from laminoscope_core.errors import CaptureError

IDS = [5, 17, 3, 88, 41, 60, 9]
BLOCK_SITES = [name for name, site in sites.SITES.items() if site.by_layer]
TABLE = Path(layout.__file__).with_name("FAMILIES.md")
Array = NDArray[Any]


def attention_of(block: torch.nn.Module) -> torch.nn.Module | None:
    """Find the module that holds the query projection, by name, without the package."""
    names = {"q_proj", "q_b_proj", "query", "Wq", "c_attn", "qkv_proj", "Wqkv", "query_key_value"}
    for module in block.modules():
        if names & {name for name, _ in module.named_children()}:
            return module
    return None


@contextmanager
def inputs_of(modules: list[torch.nn.Module]) -> Iterator[dict[int, Array]]:
    """Record the first input of each module as float64."""
    seen: dict[int, Array] = {}

    def hook(module: torch.nn.Module, args: Any) -> None:
        seen[id(module)] = args[0].detach().double().reshape(len(IDS), -1).numpy()

    handles = [module.register_forward_pre_hook(hook) for module in modules]
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
        "q": ("q_proj", "query", "Wq"),
        "k": ("k_proj", "key", "Wk"),
        "v": ("v_proj", "value", "Wv"),
    }.items():
        module = next((getattr(attention, n) for n in names if hasattr(attention, n)), None)
        if module is not None and id(module) in x:
            rows = times_weights(module, x[id(module)])
            if site == "q" and rows.shape[1] == 2 * n_heads * width:
                found[site] = rows.reshape(n_tokens, n_heads, 2 * width)[..., :width]
            else:
                found[site] = rows.reshape(n_tokens, n_heads if site == "q" else n_shared, -1)
    return found


def softmax(scores: Array) -> Array:
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def weights_from(attention: Any, layer: int, q: Array, k: Array) -> Array:
    """Compute the attention weights from what the kernel was given, in float64."""
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
    allowed = columns <= rows
    window = getattr(attention, "sliding_window", None)
    if type(attention).__name__ == "MistralAttention":
        window = config.sliding_window
    if type(attention).__name__ == "GPTNeoSelfAttention" and layer == 1:
        window = 4
    if isinstance(window, int):
        allowed &= columns > rows - window
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


@pytest.fixture(scope="module")
def outcomes() -> Iterator[dict[str, dict[str, str]]]:
    """What each row gave, by site: "" if it works, else the reason."""
    yield (found := {})
    if set(found) == set(families.FAMILIES) and os.environ.get("LAMINOSCOPE_WRITE_FAMILIES"):
        TABLE.write_text(table_of(found), encoding="utf-8")


@pytest.mark.parametrize("name", families.FAMILIES)
def test_family(name: str, outcomes: dict[str, dict[str, str]]) -> None:
    family = families.FAMILIES[name]
    model = wrap_model(families.build(name))
    if family.no_blocks:
        with pytest.raises(CaptureError, match=r"blocks of .* cannot be found"):
            capture(model, [IDS], ["resid_out"])
        outcomes[name] = dict.fromkeys(BLOCK_SITES, "its blocks cannot be found")
        return
    blocks = layout_of(model.hf).blocks
    works = [site for site in BLOCK_SITES if any(site in block.sources for block in blocks)]
    outcomes[name] = {
        site: "" if site in works else blocks[-1].missing[site] for site in BLOCK_SITES
    }
    assert set(BLOCK_SITES) - set(works) == set(family.lacks), outcomes[name]
    for site in family.lacks:
        with pytest.raises(CaptureError, match=f"{site} cannot be captured in layer 0: "):
            capture(model, [IDS], [site])

    attentions = [attention_of(block.module) for block in blocks]
    watched = [module for attention in attentions if attention for module in attention.children()]
    with inputs_of(watched) as x:
        cap = capture(model, [IDS], [*works, "logits"])
    with torch.no_grad():
        plain = model.hf(torch.tensor([IDS]), use_cache=False).logits.numpy()
    np.testing.assert_array_equal(cap.logits, plain)
    assert verify(model).summary == "capture verified"

    for layer, (block, attention) in enumerate(zip(blocks, attentions, strict=True)):
        got = {site: cap.array(site, layer)[0] for site in works if site in block.sources}
        if "resid_in" in got and "attn_added" in got:
            total = got["resid_in"] + got["attn_added"] + got["mlp_added"]
            np.testing.assert_allclose(total, got["resid_out"], rtol=1e-4, atol=1e-5)
            np.testing.assert_array_equal(got["resid_mid"], got["resid_in"] + got["attn_added"])
        if "q" in got:
            assert attention is not None
            expected = recomputed(family, attention, x, family.heads)
            for site in {"q", "k", "v"} & set(got):
                assert got[site].shape == expected[site].shape
                np.testing.assert_allclose(got[site], expected[site], rtol=1e-4, atol=2e-5)
        if {"q_used", "attention", "v"} <= set(got) and family.rebuilt:
            weights = weights_from(attention, layer, got["q_used"], got["k_used"])
            np.testing.assert_allclose(got["attention"], weights, rtol=1e-4, atol=1e-5)
            v = np.repeat(got["v"], weights.shape[0] // got["v"].shape[1], axis=1)
            mixed = np.einsum("hqk,khd->qhd", weights, v.astype(np.float64)).reshape(len(IDS), -1)
            output = projection_of(attention)
            if family.rebuilt == "attn_out" and output is not None:
                rebuilt = times_weights(output, mixed)
                scale = np.abs(got["attn_out"]).max()
                np.testing.assert_allclose(rebuilt, got["attn_out"], atol=1e-4 * scale)


def test_layers_without_attention_are_nan_and_say_so_when_asked_for() -> None:
    model = wrap_model(families.build("jamba"))
    cap = capture(model, [IDS], ["q", "resid_out"])
    assert cap.layers == (0, 1)
    assert np.isnan(cap.array("q", 0)).all()
    assert not np.isnan(cap.array("q", 1)).any()
    assert not np.isnan(cap.array("resid_out")).any()
    with pytest.raises(CaptureError, match="q cannot be captured in layer 0: it has no attention"):
        capture(model, [IDS], ["q"], layers=[0, 1])


def projection_of(attention: Any) -> Any:
    for name in ("o_proj", "out_proj", "c_proj", "dense", "Wo"):
        if hasattr(attention, name):
            return getattr(attention, name)
    return None


def table_of(outcomes: dict[str, dict[str, str]]) -> str:
    lines = [
        "# What can be captured from which family",
        "",
        "Generated by the tests from tiny random models; do not edit.  `yes`: captured, and equal",
        "to an independent computation from the weights.  A number: see the reasons below.",
        "A type that is not listed works or says what cannot be captured and why.",
        "",
        "| family | " + " | ".join(BLOCK_SITES) + " |",
        "|---|" + "---|" * len(BLOCK_SITES),
    ]
    reasons: list[str] = []
    for name in families.FAMILIES:
        cells = []
        for site in BLOCK_SITES:
            reason = outcomes[name][site]
            if reason and reason not in reasons:
                reasons.append(reason)
            cells.append(str(reasons.index(reason) + 1) if reason else "yes")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    lines += ["", "Reasons:", ""]
    lines += [f"{index}. {reason}" for index, reason in enumerate(reasons, 1)]
    return "\n".join(lines) + "\n"


def test_there_are_at_least_sixty_model_types_that_give_q_k_and_v() -> None:
    giving = {f.model_type for f in families.FAMILIES.values() if not {"q", "k", "v"} & f.lacks}
    assert len(giving) >= 60


def test_the_table_in_the_package_is_current(outcomes: dict[str, dict[str, str]]) -> None:
    if set(outcomes) != set(families.FAMILIES):
        pytest.skip("needs the whole family run before it")
    if not os.environ.get("LAMINOSCOPE_WRITE_FAMILIES"):
        assert TABLE.read_text(encoding="utf-8") == table_of(outcomes)
