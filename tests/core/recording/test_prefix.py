"""A shared beginning gives what full runs of single prompts give, or is not shared."""

from collections.abc import Callable

import families
import numpy as np
import pytest
import torch
from transformers import Phi3Config, Phi3ForCausalLM

from laminoscope_core import capture, wrap_model
from laminoscope_core.models.model import Model
from laminoscope_core.recording import prefix
from laminoscope_core.recording.probe import layout_of

BEGINNING = [5, 17, 3, 88, 41]
PROMPTS = [[*BEGINNING, 60], [*BEGINNING, 9, 33], [*BEGINNING, 71], [*BEGINNING, 60, 2]]
SPANS = [[[len(p) - 1, len(p)], [1, 2], [0, 3]] for p in PROMPTS]
# Sharing must not be lost unnoticed where it is known to work.
SHARING = {"gpt2", "gpt_neo", "gptj", "gpt_neox", "opt", "bloom", "falcon", "mpt", "codegen",
    "llama", "mistral", "mixtral", "qwen2", "qwen3", "gemma", "phi",
    "phi3", "stablelm", "starcoder2", "cohere", "olmo2", "granite", "glm4", "smollm3",
    "gpt_oss"}  # fmt: skip


def largest_difference(shared: np.ndarray, alone: np.ndarray) -> float:
    return float(np.nanmax(np.abs(shared - alone)) / np.nanmax(np.abs(alone)))


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, family in families.FAMILIES.items()
        if not family.no_blocks and prefix.SHARED_SITES - {"embedding"} - family.lacks
    ],
)
def test_sharing_gives_what_single_runs_give(
    name: str, family_model: Callable[[str], Model]
) -> None:
    model = family_model(name)
    blocks = layout_of(model.hf).blocks
    sites = [s for s in prefix.SHARED_SITES if any(s in block.sources for block in blocks)]
    assert sites
    together = capture(model, PROMPTS, sites, spans=SPANS)
    shared = prefix.shares(model.hf)
    if name in SHARING:
        assert shared
    for index, (prompt, spans) in enumerate(zip(PROMPTS, SPANS, strict=True)):
        alone = capture(model, [prompt], sites, spans=[spans])
        for site in sites:
            for layer in (0, 1):
                if site != "embedding" and site not in blocks[layer].sources:
                    continue
                at = None if site == "embedding" else layer
                difference = largest_difference(
                    together.array(site, at)[index], alone.array(site, at)[0]
                )
                assert difference < 2e-5, (site, layer, shared)


def test_sites_that_cannot_be_shared_are_run_whole_after_others_that_can() -> None:
    """Its keys are expanded anew from a cache of small vectors, for the beginning as well."""
    model = wrap_model(families.build("deepseek_v3"))
    for site, shared in (("attn_out", True), ("k", False), ("attn_out", True)):
        together = capture(model, PROMPTS, [site], spans=SPANS)
        (agrees,) = (v for (_, _, s), v in prefix._AGREES[model.hf].items() if s == {site})
        assert agrees == shared
        alone = capture(model, [PROMPTS[1]], [site], spans=[SPANS[1]])
        found = together.array(site)[:, 1]
        assert largest_difference(found, alone.array(site)[:, 0]) < 2e-5


def test_a_beginning_longer_than_the_window_is_run_whole() -> None:
    """The cache no longer holds the first of its tokens, whatever shorter ones have shown."""
    model = wrap_model(families.build("gemma3_text"))
    short = [prompt[3:] for prompt in PROMPTS]
    capture(model, short, ["q"], spans=[[[len(p) - 1, len(p)]] for p in short])
    assert prefix.shares(model.hf)
    together = capture(model, PROMPTS, ["q"], spans=SPANS)
    alone = capture(model, [PROMPTS[1]], ["q"], spans=[SPANS[1]])
    assert largest_difference(together.array("q")[:, 1], alone.array("q")[:, 0]) < 2e-5


def test_lengths_beyond_which_a_model_computes_otherwise_are_run_whole() -> None:
    """Past 6 tokens the angles of its rotation are others, also those of the beginning."""
    config = Phi3Config(
        vocab_size=97,
        hidden_size=16,
        intermediate_size=24,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=32,
        original_max_position_embeddings=6,
        pad_token_id=0,
        rope_parameters={
            "rope_type": "longrope",
            "rope_theta": 10_000.0,
            "short_factor": [1.0] * 4,
            "long_factor": [1.0, 3.0, 5.0, 9.0],
            "original_max_position_embeddings": 6,
        },
    )
    torch.manual_seed(3)
    model = wrap_model(Phi3ForCausalLM(config).eval())
    short = [prompt[3:] for prompt in PROMPTS]
    capture(model, short, ["attn_out"], spans=[[[len(p) - 1, len(p)]] for p in short])
    assert prefix.shares(model.hf)
    together = capture(model, PROMPTS, ["attn_out"], spans=SPANS)
    for index, (prompt, spans) in enumerate(zip(PROMPTS, SPANS, strict=True)):
        alone = capture(model, [prompt], ["attn_out"], spans=[spans])
        found = together.array("attn_out")[:, index]
        assert largest_difference(found, alone.array("attn_out")[:, 0]) < 2e-5


def test_rows_of_the_beginning_are_identical_copies(llama: Model) -> None:
    cap = capture(llama, PROMPTS, ["q"], spans=SPANS)
    rows = cap.array("q")[:, :, 1]
    np.testing.assert_array_equal(rows, np.broadcast_to(rows[:, :1], rows.shape))


def test_only_a_words_own_tokens_are_run(llama: Model) -> None:
    capture(llama, PROMPTS, ["q"], spans=SPANS)
    shapes = []
    handle = llama.hf.model.embed_tokens.register_forward_pre_hook(
        lambda _module, args: shapes.append(tuple(args[0].shape))
    )
    capture(llama, PROMPTS, ["q"], spans=SPANS)
    handle.remove()
    assert shapes == [(1, 5), (4, 2)]


@pytest.mark.parametrize("arguments", [{"sites": ["q", "logits"]}, {"sites": ["q_used"]}])
def test_what_must_be_exact_is_run_whole(llama: Model, arguments: dict) -> None:
    layout_of(llama.hf)
    shapes = []
    llama.hf.model.embed_tokens.register_forward_pre_hook(
        lambda _module, args: shapes.append(tuple(args[0].shape))
    )
    capture(llama, PROMPTS, **arguments, spans=SPANS)
    assert shapes == [(4, 7)]


def test_a_row_across_the_end_of_the_beginning_shortens_it() -> None:
    ranges = np.array([[[3, 6]], [[5, 6]], [[5, 6]], [[5, 7]]])
    assert prefix.shared_length([tuple(p) for p in PROMPTS], ranges) == 3


def test_little_in_common_is_not_worth_it() -> None:
    rows = [(1, 2, 3, 4, 5, 6), (1, 8, 9, 10, 11, 12)]
    assert prefix.shared_length(rows, np.array([[[5, 6]]] * 2)) == 0


@pytest.mark.model
def test_the_default_model_shares_within_rounding(smollm2: Model) -> None:
    ids = [[504, 2630, 3159, 314, 8612], [504, 2630, 3159, 314, 523, 10003]]
    spans = [[[4, 5]], [[5, 6]]]
    together = capture(smollm2, ids, ["q", "k", "v", "resid_out"], spans=spans)
    for index in (0, 1):
        alone = capture(smollm2, [ids[index]], ["q", "k", "v", "resid_out"], spans=[spans[index]])
        for site in alone.sites:
            found, expected = together.array(site)[:, index], alone.array(site)[:, 0]
            assert largest_difference(found, expected) < 2e-6
