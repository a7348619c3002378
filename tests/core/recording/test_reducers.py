"""Each reducer gives what the same reduction of whole activations gives, for every family."""

from dataclasses import dataclass

import families
import numpy as np
import pytest
import torch
from scipy.special import log_softmax

from laminoscope_core import Cancelled, Capture, Job, capture, wrap_model
from laminoscope_core.errors import CaptureError
from laminoscope_core.models.model import Model
from laminoscope_core.recording import passes
from laminoscope_core.recording.plan import forecast
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.next_token import NextToken, distribution
from laminoscope_core.recording.reducers.norms import Norms
from laminoscope_core.recording.reducers.reducer import Batch, Kept, Need, Setting, places
from laminoscope_core.recording.reducers.rows import Rows
from laminoscope_core.recording.reducers.whole import Whole
from laminoscope_core.recording.sites import SITES
from laminoscope_core.recording.store import Store
from laminoscope_core.recording.unembedding import unembedding_of

RAGGED = [[5, 17, 3, 88, 41], [9, 2], [60, 61, 62, 63, 64, 65, 66]]
SPANS = np.array([[[4, 5], [1, 4]], [[1, 2], [0, 2]], [[0, 1], [2, 7]]])


def hooks_of(model: Model) -> int:
    return sum(
        len(module._forward_hooks) + len(module._forward_pre_hooks) for module in model.hf.modules()
    )


def norms_of(cap: Capture, site: str, layer: int | None) -> np.ndarray:
    values = cap.array(site, layer).astype(np.float64)
    if site == "attention":
        values = np.nan_to_num(values.swapaxes(-3, -2))
    return np.sqrt((values.reshape(*values.shape[:2], -1) ** 2).sum(-1))


def expected_of(logits: np.ndarray, ids: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Surprisal and entropy in float64, by scipy."""
    log_p = log_softmax(logits.astype(np.float64), axis=-1)
    surprisal, entropy = (np.full(logits.shape[:2], np.nan) for _ in range(2))
    for index, row in enumerate(ids):
        before = log_p[index, : len(row) - 1]
        surprisal[index, 1 : len(row)] = -before[np.arange(len(row) - 1), row[1:]]
        finite = np.where(np.isfinite(before), before, 0)
        entropy[index, 1 : len(row)] = -(np.exp(before) * finite).sum(-1)
    return surprisal, entropy


@pytest.mark.parametrize("name", [n for n, f in families.FAMILIES.items() if not f.no_blocks])
def test_every_reducer_equals_its_reduction_of_whole_activations(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All in one pass, the logits three tokens at a time."""
    monkeypatch.setattr(passes, "BLOCK_VALUES", 9 * families.VOCAB)
    model = wrap_model(families.build(name))
    blocks = layout_of(model.hf).blocks
    sites = tuple(s for s in SITES if any(s in block.sources for block in blocks))
    if name != "xlnet":  # whose embedding has the tokens first
        sites = (*sites, "embedding")
    cap = capture(model, RAGGED, [*sites, "logits"])
    norms, rows, next_token = Norms(sites), Rows(sites, spans=SPANS), NextToken(n_top=3)
    found = record(model, RAGGED, [norms, rows, next_token])

    inside = np.arange(7) < np.array([len(row) for row in RAGGED])[:, None]
    for site in sites:
        for layer in range(len(blocks)) if SITES[site].by_layer else (None,):
            if layer is not None and site not in blocks[layer].sources:
                assert np.isnan(found[norms][site][layer]).all()
                continue
            values = found[norms][site] if layer is None else found[norms][site][layer]
            expected = norms_of(cap, site, layer)
            np.testing.assert_allclose(values[inside], expected[inside], rtol=1e-5)
            assert np.isnan(values[~inside]).all()
            whole, few = cap.array(site, layer), found[rows].array(site, layer)
            if site == "attention":
                whole, few = whole.swapaxes(-3, -2), few.swapaxes(-3, -2)
            for prompt, spans in enumerate(SPANS):
                for row, (start, stop) in enumerate(spans):
                    mean = whole[prompt, start:stop].mean(0)
                    np.testing.assert_allclose(few[prompt, row], mean, rtol=1e-5, atol=1e-6)

    surprisal, entropy = expected_of(cap.logits, RAGGED)
    result = found[next_token]
    np.testing.assert_allclose(result.surprisal, surprisal, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(result.entropy, entropy, rtol=1e-5, atol=1e-6)
    log_p = np.sort(log_softmax(cap.logits.astype(np.float64), axis=-1))[..., :-4:-1]
    np.testing.assert_allclose(result.top_log_probabilities[inside], log_p[inside], atol=1e-5)
    assert (result.top_ids[~inside] == -1).all()
    assert unembedding_of(model.hf) is not None


def test_logits_are_those_of_the_plain_model_bit_for_bit_beside_every_reducer(tiny: Model) -> None:
    """What is kept whole is computed whole, whoever else takes a part of it."""
    sites = ("q", "attn_out", "resid_mid", "attention", "embedding")
    whole = Whole(("logits", *sites))
    reducers = [Norms(sites), NextToken(), whole, Rows(sites, spans=SPANS)]
    found = record(tiny, RAGGED, reducers)
    ids, mask = torch.zeros((3, 7), dtype=torch.long), torch.zeros((3, 7), dtype=torch.long)
    for index, row in enumerate(RAGGED):
        ids[index, : len(row)], mask[index, : len(row)] = torch.tensor(row), 1
    with torch.no_grad():
        plain = tiny.hf(ids, attention_mask=mask, use_cache=False).logits.numpy()
    for index, row in enumerate(RAGGED):
        np.testing.assert_array_equal(
            found[whole].logits[index, : len(row)], plain[index, : len(row)]
        )


def test_a_padded_row_equals_the_row_alone(tiny: Model) -> None:
    norms, next_token = Norms(("attn_out", "k", "resid_out")), NextToken(n_top=2)
    together = record(tiny, RAGGED, [norms, next_token])
    for index, ids in enumerate(RAGGED):
        alone = record(tiny, [ids], [norms, next_token])
        for site in norms.sites:
            np.testing.assert_allclose(
                together[norms][site][:, index, : len(ids)], alone[norms][site][:, 0], rtol=1e-5
            )
        for name in ("surprisal", "entropy", "top_log_probabilities"):
            np.testing.assert_allclose(
                getattr(together[next_token], name)[index, : len(ids)],
                getattr(alone[next_token], name)[0],
                rtol=1e-4,
            )


def test_all_reducers_share_one_pass_and_it_ends_with_the_last_layer_needed(tiny: Model) -> None:
    layout_of(tiny.hf)
    ran: list[int] = []
    blocks = next(m for m in tiny.hf.modules() if isinstance(m, torch.nn.ModuleList))
    for layer, block in enumerate(blocks):
        block.register_forward_hook(lambda *_, layer=layer: ran.append(layer))
    record(tiny, RAGGED, [Norms(("resid_out",), (0,)), Norms(("q",), (2,)), Norms(("k",), (1,))])
    assert ran == [0, 1]


def test_a_shared_beginning_is_run_once_for_several_rows(llama: Model) -> None:
    prompts = [[5, 17, 3, 88, 41, word] for word in (60, 9, 71, 33)]
    last, first = (np.array([[[n, n + 1]]] * 4) for n in (5, 1))
    reducers = [Rows(("q",), spans=last), Rows(("k", "resid_mid"), spans=first)]
    record(llama, prompts, reducers)
    shapes: list[tuple[int, ...]] = []
    llama.hf.model.embed_tokens.register_forward_pre_hook(
        lambda _module, args: shapes.append(tuple(args[0].shape))
    )
    found = record(llama, prompts, reducers)
    assert shapes == [(1, 5), (4, 1)]
    whole = capture(llama, prompts, ["q", "k", "resid_mid"])
    np.testing.assert_allclose(
        found[reducers[0]].array("q")[:, :, 0], whole.array("q")[:, :, 5], rtol=1e-4, atol=1e-5
    )
    for site in ("k", "resid_mid"):
        np.testing.assert_allclose(
            found[reducers[1]].array(site)[:, :, 0], whole.array(site)[:, :, 1], atol=1e-5
        )


def test_a_text_is_one_pass_and_its_logits_never_exist_at_once(
    llama: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passes, "BLOCK_VALUES", 4 * 97)
    record(llama, [[1, 2]], [NextToken()])
    tokens: list[int] = []
    for module in (llama.hf.model.embed_tokens, llama.hf.lm_head):
        module.register_forward_hook(lambda _m, _a, output: tokens.append(output.shape[1]))
    record(llama, [list(range(10))], [Norms(("attn_out",)), NextToken()])
    assert tokens == [10, 4, 4, 2]


@pytest.mark.parametrize("at", ["layer 1", "next-token scores"])
def test_a_cancel_leaves_no_hook_and_the_model_as_it_was(llama: Model, at: str) -> None:
    job = Job(lambda _fraction, text: job.cancel() if text == at else None)
    with pytest.raises(Cancelled):
        record(llama, RAGGED, [Norms(("attn_out",)), NextToken()], job=job)
    assert hooks_of(llama) == 0
    assert "forward" not in vars(llama.hf.model)


def test_progress_goes_on_through_the_logits(llama: Model) -> None:
    steps: list[tuple[float, str]] = []
    record(llama, RAGGED, [NextToken()], job=Job(lambda *step: steps.append(step)), batch_size=3)
    texts = [text for _, text in steps]
    assert texts == ["layer 0", "layer 1", "layer 2", "next-token scores"]
    fractions = [fraction for fraction, _ in steps]
    assert fractions == sorted(fractions)
    assert fractions[-1] < 1


def test_small_results_stay_in_memory_when_activations_are_mapped(tiny: Model) -> None:
    norms, whole = Norms(("resid_out",)), Whole(("resid_out",))
    budget = forecast(tiny, RAGGED, [norms]).kept
    found = record(tiny, RAGGED, [whole, norms], memory=budget)
    assert found[whole]._store.folder is not None
    expected = forecast(tiny, RAGGED, [whole, norms], memory=budget)
    assert expected.mapped == found[whole].array("resid_out").nbytes
    assert expected.kept == expected.mapped + budget


def test_whole_numbers_and_doubles_are_mapped_as_such(tiny: Model) -> None:
    inside, mapped = (NextToken(n_top=2) for _ in range(2))
    in_memory = record(tiny, RAGGED, [inside])[inside]
    on_disk = record(tiny, RAGGED, [mapped], memory=0)[mapped]
    for name in ("surprisal", "entropy", "top_ids", "top_log_probabilities"):
        np.testing.assert_array_equal(getattr(on_disk, name), getattr(in_memory, name))


def test_a_token_that_cannot_follow_has_infinite_surprisal_and_weighs_nothing() -> None:
    logits = torch.tensor([[[0.0, 0.0, -torch.inf]]])
    found = distribution(logits, torch.tensor([[2]]))
    assert found["surprisal"].item() == np.inf
    assert found["entropy"].item() == pytest.approx(np.log(2))


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_norms_of_half_precision_are_summed_in_single(dtype: torch.dtype) -> None:
    """The squares of such a vector sum to 5.8e6, beyond the largest half."""
    values = torch.full((1, 2, 576), 100.0, dtype=dtype)
    need = Need(0, ("attn_out",), {})
    norms = Norms(("attn_out",)).reduce(need, {"attn_out": values}, None)["attn_out"]
    assert norms.dtype == torch.float32
    np.testing.assert_allclose(norms, 2400.0)


@dataclass(frozen=True, eq=False)
class Balance:
    """A reducer of several sites at once: the cosine of what a block adds with what entered."""

    layers = None

    def needs(self, setting: Setting) -> list[Need]:
        layers = [layer for _, layer in places(setting.layout, ("attn_added",), None)]
        sites = ("resid_in", "attn_added", "attention")
        keeps = {"cosine": Kept({"token": 0}), "sink": Kept({"head": 4})}
        return [Need(layer, sites, keeps) for layer in layers]

    def reduce(self, need: Need, values: dict, batch: Batch) -> dict:
        entered, added = values["resid_in"], values["attn_added"]
        cosine = torch.nn.functional.cosine_similarity(entered, added, dim=-1)
        lengths = torch.tensor(batch.lengths)
        inside = torch.arange(entered.shape[1]) < lengths[:, None]
        first = values["attention"][..., 0].where(inside[..., None], 0.0)
        return {"cosine": cosine, "sink": first.sum(1) / lengths[:, None]}

    def result(self, store: Store, setting: Setting) -> tuple[np.ndarray, np.ndarray]:
        return store.array("cosine", None), store.array("sink", None)


def test_a_reducer_may_take_several_sites_of_a_layer_and_keep_a_number_a_head(tiny: Model) -> None:
    balance = Balance()
    cosine, sink = record(tiny, RAGGED, [balance])[balance]
    cap = capture(tiny, RAGGED, ["resid_in", "attn_added", "attention"])
    x, y = cap.array("resid_in").astype(float), cap.array("attn_added").astype(float)
    expected = (x * y).sum(-1) / np.sqrt((x**2).sum(-1) * (y**2).sum(-1))
    np.testing.assert_allclose(cosine, expected, rtol=1e-4)
    np.testing.assert_allclose(sink, np.nanmean(cap.array("attention")[..., 0], axis=-1), rtol=1e-4)


def test_no_prompts_are_refused(tiny: Model) -> None:
    with pytest.raises(CaptureError, match="no prompts"):
        record(tiny, [], [NextToken()])
