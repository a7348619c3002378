"""What a capture keeps, where it keeps it, and what happens when there is not enough memory."""

import gc
import hashlib
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import families
import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

from laminoscope_core import Capture, capture, wrap_model
from laminoscope_core.errors import CaptureError, Offer, OutOfMemory
from laminoscope_core.models.model import Model
from laminoscope_core.recording import plan, room
from laminoscope_core.recording.passes import Passes
from laminoscope_core.recording.plan import forecast, plan_of
from laminoscope_core.recording.prompts import encode
from laminoscope_core.recording.reducers.whole import Whole
from laminoscope_core.recording.sizes import Sizes, sizes_of

RAGGED = [[5, 17, 3, 88, 41], [9, 2], [60, 61, 62, 63, 64, 65, 66]]
SITES = ["q", "k", "v", "resid_out", "attention", "logits", "embedding"]


def folder_of(cap: Capture) -> Path:
    folder = cap._store.folder
    assert folder is not None
    return folder


def test_past_the_budget_the_arrays_are_mapped_from_safetensors_files(tiny: Model) -> None:
    inside = capture(tiny, RAGGED, SITES)
    mapped = capture(tiny, RAGGED, SITES, memory=0)
    folder = folder_of(mapped)
    for site in SITES:
        np.testing.assert_array_equal(mapped.array(site), inside.array(site))
        (path,) = folder.glob(f"{site}-*.safetensors")
        stored = load_file(path)[site]
        np.testing.assert_array_equal(
            stored.swapaxes(-3, -2) if site == "attention" else stored, inside.array(site)
        )
    sums = json.loads((folder / "sha256.json").read_text(encoding="utf-8"))
    assert len(sums) == len(SITES)
    for name, expected in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected


def test_a_flipped_byte_in_a_file_is_seen_before_a_number_is_shown(tiny: Model) -> None:
    mapped = capture(tiny, RAGGED, ["q", "resid_out"], memory=0)
    (path,) = folder_of(mapped).glob("q-*.safetensors")
    content = bytearray(path.read_bytes())
    content[-5] ^= 1
    path.write_bytes(content)
    with pytest.raises(CaptureError, match=r"q-0.safetensors with the captured q has changed"):
        mapped.array("q", 1)
    mapped.array("resid_out")


def test_a_file_is_checked_once(tiny: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    mapped = capture(tiny, RAGGED, ["q"], memory=0)
    digests = []
    original = hashlib.file_digest

    def counted(*arguments: Any) -> Any:
        digests.append(1)
        return original(*arguments)

    monkeypatch.setattr(hashlib, "file_digest", counted)
    for layer in (None, 0, 1, 2):
        mapped.array("q", layer)
    assert len(digests) == 1


@pytest.mark.parametrize("memory", [None, 0])
def test_what_was_captured_cannot_be_overwritten(tiny: Model, memory: int | None) -> None:
    cap = capture(tiny, RAGGED, ["q"], memory=memory)
    for array in (cap.array("q"), cap.array("q", 1)):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_the_files_go_with_the_capture(tiny: Model) -> None:
    mapped = capture(tiny, RAGGED, ["q"], memory=0)
    folder = folder_of(mapped)
    assert folder.is_dir()
    del mapped
    gc.collect()
    assert not folder.exists()


def test_a_failed_capture_leaves_no_files(
    tiny: Model, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(tiny.hf.get_output_embeddings(), "forward", broken)
    with pytest.raises(RuntimeError, match="broken"):
        capture(tiny, RAGGED, ["q", "logits"], memory=0)
    assert list(tmp_path.iterdir()) == []


def free(n_bytes: float) -> Callable[..., int]:
    return lambda *_: int(n_bytes)


def sizes_for(model: Model, lengths: list[int], sites: list[str]) -> Sizes:
    prompts = [encode(model, [1] * length) for length in lengths]
    return sizes_of(model, prompts, [Whole(tuple(sites))])


def test_a_full_disk_is_said_before_it_is_filled(
    tiny: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three layers of 24 numbers for 5 rows of 7 tokens take 10,080 bytes."""
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=5000))
    prompts = [[1] * 7] * 5
    with pytest.raises(OutOfMemory, match=r"5 prompts takes .* 2 of the prompts, or 1 of the la"):
        capture(tiny, prompts, ["resid_out"], memory=0)
    expected = forecast(tiny, prompts, [Whole(("resid_out",))], memory=0)
    assert not expected.fits
    assert "2 of the prompts" in expected.advice
    capture(tiny, prompts[:2], ["resid_out"], memory=0)
    capture(tiny, prompts, ["resid_out"], layers=[0], memory=0)


def test_kept_bytes_are_those_of_the_arrays(tiny: Model) -> None:
    cap = capture(tiny, RAGGED, SITES)
    expected = sum(cap.array(site).nbytes for site in SITES)
    assert forecast(tiny, RAGGED, [Whole(tuple(SITES))]).kept == expected


@pytest.mark.parametrize("name", ["deepseek_v3", "jamba", "gemma4_text", "opt", "falcon"])
def test_kept_bytes_are_right_where_heads_are_not_alike(name: str) -> None:
    """Keys wider than values, layers without attention, layers of two widths, shared keys."""
    model = wrap_model(families.build(name))
    sites = ["embedding", "q", "k", "v", "q_used", "attention", "attn_out", "logits"]
    cap = capture(model, RAGGED, sites)
    expected = sum(
        array.nbytes for shapes in cap._store._arrays.values() for array in shapes.values()
    )
    assert forecast(model, RAGGED, [Whole(tuple(sites))]).kept == expected


def test_batches_hold_prompts_of_like_length_within_the_free_memory(
    tiny: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    ragged = sizes_for(tiny, [5, 2, 7, 2, 5], ["q"])
    assert plan_of(ragged).batches == ((1, 3, 0, 4, 2),)
    assert plan_of(ragged, batch_size=2).batches == ((1, 3), (0, 4), (2,))
    alike = sizes_for(tiny, [7] * 5, ["q"])
    monkeypatch.setattr(room, "free_on_device", free(alike.batch(2, 7) / plan.SHARE))
    assert max(map(len, plan_of(alike).batches)) == 2


def test_a_prompt_that_cannot_fit_is_refused_with_what_would(
    tiny: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a GPU, where what is kept of a batch stays until it is over."""
    model = replace(tiny, info=replace(tiny.info, device="cuda:0"))
    sizes = sizes_for(model, [32, 3], ["q", "k", "v", "resid_out"])
    monkeypatch.setattr(room, "free_on_device", free(sizes.batch(1, 25)))
    with pytest.raises(OutOfMemory, match=r"prompt of 32 .* 25 tokens") as refused:
        plan_of(sizes)
    assert Offer("n_tokens", 25) in refused.value.offers
    (layers,) = (offer.value for offer in refused.value.offers if offer.what == "n_layers")
    fewer = sizes.of_layers(sizes.layers[:layers])
    assert fewer.batch(1, 32) <= sizes.batch(1, 25), "what is offered would be refused"
    plan_of(replace(sizes, lengths=(25, 3)))


def test_a_batch_size_that_cannot_fit_is_refused_with_one_that_does(
    tiny: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = sizes_for(tiny, [7] * 9, ["q"])
    monkeypatch.setattr(room, "free_on_device", free(sizes.batch(4, 7)))
    with pytest.raises(OutOfMemory, match="batch of 8 prompts would take") as refused:
        plan_of(sizes, batch_size=8)
    assert refused.value.offers == (Offer("batch_size", 4),)
    plan_of(sizes, batch_size=4)


def test_a_batch_too_large_for_the_memory_is_halved(
    tiny: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = capture(tiny, RAGGED, ["q"])
    sizes = []
    original = Passes.run

    def scarce(self: Passes, rows: list, *args: object, **kwargs: object) -> object:
        sizes.append(len(rows))
        if len(rows) > 1:
            raise torch.OutOfMemoryError("out of memory")
        return original(self, rows, *args, **kwargs)

    monkeypatch.setattr(Passes, "run", scarce)
    found = capture(tiny, RAGGED, ["q"])
    assert sizes == [3, 1, 2, 1, 1]
    np.testing.assert_allclose(found.array("q"), whole.array("q"), rtol=1e-4, atol=1e-5)


def test_out_of_memory_says_what_to_do_and_the_next_run_works(
    tiny: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scarce(*_: object, **__: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20 GiB\nmore")

    with monkeypatch.context() as patch:
        patch.setattr(tiny.hf.get_output_embeddings(), "forward", scarce)
        with pytest.raises(
            OutOfMemory, match=r"batch of 1 \(it tried to allocate 20 gib\).*smaller batch"
        ):
            capture(tiny, [RAGGED[0]], ["logits"])
    assert capture(tiny, [RAGGED[0]], ["logits"]).logits.shape == (1, 5, 97)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit on the address space")
def test_memory_that_really_runs_out_is_given_back_and_the_next_run_works(
    run_beside: Callable[..., dict[str, Any]],
) -> None:
    """200 prompts' logits take 960 MB, the process may take 400 more; smaller batches fit."""
    found = run_beside("memory_run.py")
    assert found["offers"] == [["batch_size", 100]]
    assert found["left"] < 50e6
    assert max(found["differences"]) < 1e-5
    assert found["hooks"] == 0
