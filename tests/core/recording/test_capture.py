"""What `capture` promises, on the two classic decoder styles."""

import threading

import numpy as np
import pytest
import torch

from laminoscope_core import Cancelled, Job, capture
from laminoscope_core.errors import CaptureError
from laminoscope_core.models.model import Model
from laminoscope_core.recording.probe import layout_of

STREAMS = ["resid_in", "resid_out", "attn_out", "mlp_out"]
RAGGED = [[5, 17, 3, 88, 41], [9, 2], [60, 61, 62, 63, 64, 65, 66]]


def hooks_of(model: Model) -> int:
    return sum(
        len(module._forward_hooks) + len(module._forward_pre_hooks) for module in model.hf.modules()
    )


@torch.no_grad()
def plain_logits(model: Model, ids: list[list[int]]) -> np.ndarray:
    return model.hf(torch.tensor(ids), use_cache=False).logits.numpy()


def test_projections_of_gpt2_are_thirds_of_the_normed_stream_times_the_weights(gpt2: Model) -> None:
    cap = capture(gpt2, [RAGGED[0]], ["resid_in", "q", "k", "v"])
    for layer, block in enumerate(gpt2.hf.transformer.h):
        stream = cap.array("resid_in", layer)[0].astype(np.float64)
        centred = stream - stream.mean(-1, keepdims=True)
        normed = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5)
        qkv = normed @ block.attn.c_attn.weight.detach().numpy().astype(np.float64)
        for index, site in enumerate("qkv"):
            expected = qkv[:, 24 * index : 24 * (index + 1)].reshape(5, 4, 6)
            np.testing.assert_allclose(cap.array(site, layer)[0], expected, atol=2e-5)


def test_projections_of_llama_are_products_with_their_own_weights(llama: Model) -> None:
    cap = capture(llama, [RAGGED[0]], ["resid_in", "q", "k", "v"])
    for layer, block in enumerate(llama.hf.model.layers):
        stream = cap.array("resid_in", layer)[0].astype(np.float64)
        normed = stream / np.sqrt((stream**2).mean(-1, keepdims=True) + 1e-6)
        for site, heads in (("q", 4), ("k", 2), ("v", 2)):
            weight = getattr(block.self_attn, f"{site}_proj").weight.detach().numpy()
            expected = (normed @ weight.T.astype(np.float64)).reshape(5, heads, 8)
            np.testing.assert_allclose(cap.array(site, layer)[0], expected, atol=2e-5)


def test_streams_add_up(tiny: Model) -> None:
    cap = capture(tiny, [RAGGED[0]], STREAMS)
    total = cap.array("resid_in") + cap.array("attn_out") + cap.array("mlp_out")
    np.testing.assert_allclose(total, cap.array("resid_out"), atol=1e-5)
    np.testing.assert_array_equal(cap.array("resid_in")[1:], cap.array("resid_out")[:-1])


def test_logits_with_hooks_are_the_plain_logits_bit_for_bit(tiny: Model) -> None:
    cap = capture(tiny, [RAGGED[0]], ["logits", "q", "k", "v", "embedding", *STREAMS])
    np.testing.assert_array_equal(cap.logits, plain_logits(tiny, [RAGGED[0]]))


def test_a_padded_row_equals_the_same_row_alone(tiny: Model) -> None:
    sites = ["q", "k", "v", "logits", *STREAMS]
    together = capture(tiny, RAGGED, sites)
    for index, ids in enumerate(RAGGED):
        alone = capture(tiny, [ids], sites)
        for site in sites:
            rows = together.array(site).take(index, axis=-4 if site in "qkv" else -3)
            single = alone.array(site).take(0, axis=-4 if site in "qkv" else -3)
            token_axis = -3 if site in "qkv" else -2
            rows, padding = np.split(rows, [len(ids)], axis=token_axis)
            np.testing.assert_allclose(rows, single, rtol=1e-4, atol=1e-5)
            assert np.isnan(padding).all()


def test_batches_only_divide_the_work(tiny: Model) -> None:
    whole = capture(tiny, RAGGED, ["v", "logits"])
    single = capture(tiny, RAGGED, ["v", "logits"], batch_size=1)
    np.testing.assert_allclose(whole.array("v"), single.array("v"), rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(whole.logits, single.logits, rtol=1e-4, atol=1e-5)


def test_a_span_of_one_token_is_its_row_and_a_longer_one_the_mean(tiny: Model) -> None:
    spans = [[[4, 5], [1, 4]], [[1, 2], [0, 2]], [[0, 1], [2, 7]]]
    plain = capture(tiny, RAGGED, ["q", "resid_out", "logits"])
    kept = capture(tiny, RAGGED, ["q", "resid_out", "logits"], spans=spans)
    assert kept.array("q").shape == (3, 3, 2, 4, plain.array("q").shape[-1])
    for site in ("q", "resid_out", "logits"):
        for prompt, rows in enumerate(spans):
            for row, (start, stop) in enumerate(rows):
                if site == "logits":
                    expected = plain.array(site)[prompt, start:stop].mean(0)
                    found = kept.array(site)[prompt, row]
                else:
                    expected = plain.array(site)[:, prompt, start:stop].mean(1)
                    found = kept.array(site)[:, prompt, row]
                if stop - start == 1:
                    np.testing.assert_array_equal(found, expected)
                else:
                    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


def test_only_the_layers_asked_for_are_kept_and_run(tiny: Model) -> None:
    layout_of(tiny.hf)
    ran = []
    blocks = next(m for m in tiny.hf.modules() if isinstance(m, torch.nn.ModuleList))
    handles = [
        block.register_forward_hook(lambda *_, layer=layer: ran.append(layer))
        for layer, block in enumerate(blocks)
    ]
    cap = capture(tiny, [RAGGED[0]], ["q"], layers=[1])
    for handle in handles:
        handle.remove()
    assert cap.layers == (1,)
    assert cap.array("q").shape[0] == 1
    assert ran == [0], "layer 1 stops at its projection and layer 2 never starts"


def test_the_unembedding_runs_only_for_logits(tiny: Model) -> None:
    ran = []
    handle = tiny.hf.get_output_embeddings().register_forward_hook(lambda *_: ran.append(1))
    capture(tiny, [RAGGED[0]], ["resid_out"])
    assert not ran
    capture(tiny, [RAGGED[0]], ["resid_out", "logits"])
    handle.remove()
    assert ran == [1]


def test_cancel_takes_effect_at_the_next_layer_and_leaves_no_hook(tiny: Model) -> None:
    texts: list[str] = []

    def on_report(fraction: float, text: str) -> None:
        texts.append(text)
        if text == "layer 1":
            job.cancel()

    job = Job(on_report)
    with pytest.raises(Cancelled):
        capture(tiny, [RAGGED[0]], ["q", "logits"], job=job)
    assert texts == ["layer 0", "layer 1"]
    assert hooks_of(tiny) == 0
    np.testing.assert_array_equal(
        capture(tiny, [RAGGED[0]], ["logits"]).logits, plain_logits(tiny, [RAGGED[0]])
    )


def test_a_cancel_during_the_last_layer_still_counts(tiny: Model) -> None:
    def on_report(_fraction: float, text: str) -> None:
        if text == "layer 2":
            job.cancel()

    job = Job(on_report)
    with pytest.raises(Cancelled):
        capture(tiny, [RAGGED[0]], ["q"], job=job)


def test_captures_in_two_threads_do_not_meet(tiny: Model) -> None:
    """Another thread's capture and plain passes of the same model leave no trace in a capture."""
    sites = ["q", "q_used", "attention", "resid_out", "logits"]
    expected = [capture(tiny, [ids], sites) for ids in RAGGED]
    stop = threading.Event()

    def disturb() -> None:
        while not stop.is_set():
            plain_logits(tiny, [[1, 2, 3]])
            capture(tiny, [[4, 5]], ["k", "attention"])

    thread = threading.Thread(target=disturb)
    thread.start()
    try:
        for _ in range(10):
            for ids, alone in zip(RAGGED, expected, strict=True):
                found = capture(tiny, [ids], sites)
                for site in sites:
                    np.testing.assert_array_equal(found.array(site), alone.array(site))
    finally:
        stop.set()
        thread.join()
    assert hooks_of(tiny) == 0


def test_progress_runs_by_batch_and_layer(gpt2: Model) -> None:
    reports: list[tuple[float, str]] = []
    capture(gpt2, RAGGED, ["logits"], job=Job(lambda *r: reports.append(r)), batch_size=2)
    assert [text for _, text in reports] == [
        f"layer {layer} of batch {batch}/2" for batch in (1, 2) for layer in range(3)
    ]
    fractions = [fraction for fraction, _ in reports]
    assert fractions == sorted(fractions)
    assert 0 <= fractions[0] < fractions[-1] < 1


def test_an_error_in_the_model_leaves_no_hook(tiny: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(tiny.hf.get_output_embeddings(), "forward", broken)
    with pytest.raises(RuntimeError, match="broken"):
        capture(tiny, [RAGGED[0]], ["q", "logits"])
    assert hooks_of(tiny) == 0


def test_no_cache_is_kept(tiny: Model) -> None:
    caches = []
    blocks = next(m for m in tiny.hf.modules() if isinstance(m, torch.nn.ModuleList))
    handle = blocks[0].register_forward_pre_hook(
        lambda _module, args, kwargs: caches.append((args, kwargs)), with_kwargs=True
    )
    capture(tiny, [RAGGED[0]], ["q"])
    handle.remove()
    (args, kwargs) = caches[0]
    assert kwargs.get("past_key_values") is None
    assert not any("Cache" in type(arg).__name__ for arg in args)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([[1, 2]], ["query"]), "no site 'query'"),
        (([[1, 2]], ["q"], [3]), "no layer 3.*0 to 2"),
        (([[1, 2]], ["q"], [-1]), "no layer -1.*0 to 2"),
        (([[1, 2], []], ["q"]), "prompt is empty"),
        (([[1, 97]], ["q"]), "no token 97.*0 to 96"),
        (([[-1]], ["q"]), "no token -1.*0 to 96"),
        (([[1] * 33], ["q"]), "33 tokens.*context window 32"),
        (([], ["q"]), "no prompts"),
        (("text", ["q"]), "list of texts"),
        ((["text"], ["q"]), "no tokenizer"),
        (([[1.5]], ["q"]), "list of token ids"),
    ],
)
def test_what_does_not_exist_is_named(tiny: Model, arguments: tuple, message: str) -> None:
    with pytest.raises(CaptureError, match=message):
        capture(tiny, *arguments)


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ([[[0, 1]], [[0, 1]]], r"shape \(2, 1, 2\).*\(1, n_rows, 2\)"),
        ([[[1, 3]]], "span 1 to 3 is not inside a prompt of 2 tokens"),
        ([[[1, 1]]], "span 1 to 1"),
        ([[[0.0, 1.0]]], "whole numbers"),
    ],
)
def test_spans_are_checked(tiny: Model, spans: list, message: str) -> None:
    with pytest.raises(CaptureError, match=message):
        capture(tiny, [[1, 2]], ["q"], spans=spans)


def test_what_was_not_captured_is_not_there(tiny: Model) -> None:
    cap = capture(tiny, [[1, 2]], ["q", "embedding"], layers=[0, 2])
    assert cap.array("embedding").shape == (1, 2, 24)
    with pytest.raises(CaptureError, match="'k' was not captured"):
        cap.array("k")
    with pytest.raises(CaptureError, match="Layer 1 was not captured"):
        cap.array("q", layer=1)
    with pytest.raises(CaptureError, match="embedding has no layers"):
        cap.array("embedding", layer=0)


def test_a_model_in_training_mode_is_refused(tiny: Model) -> None:
    tiny.hf.train()
    with pytest.raises(CaptureError, match="training mode"):
        capture(tiny, [[1]], ["q"])
