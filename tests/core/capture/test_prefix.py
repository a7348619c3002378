"""A shared beginning gives what full runs of single prompts give, or is not shared."""

import families
import numpy as np
import pytest

from laminoscope_core import capture, wrap_model
from laminoscope_core.capture import prefix
from laminoscope_core.capture.probe import layout_of
from laminoscope_core.models.model import Model

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


@pytest.mark.parametrize("name", [n for n, f in families.FAMILIES.items() if not f.no_blocks])
def test_sharing_gives_what_single_runs_give(name: str) -> None:
    model = wrap_model(families.build(name))
    blocks = layout_of(model.hf).blocks
    sites = [s for s in prefix.SHARED_SITES if any(s in block.sources for block in blocks)]
    if not sites:
        pytest.skip("nothing that could be shared")
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
