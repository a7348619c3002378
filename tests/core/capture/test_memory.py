"""What a capture keeps, where it keeps it, and what happens when there is not enough memory."""

import gc
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

from laminoscope_core import capture
from laminoscope_core.capture import plan, run
from laminoscope_core.capture.passes import Passes
from laminoscope_core.capture.plan import batches_of, forecast, kept_bytes
from laminoscope_core.errors import CaptureError
from laminoscope_core.models.model import Model

RAGGED = [[5, 17, 3, 88, 41], [9, 2], [60, 61, 62, 63, 64, 65, 66]]
SITES = ["q", "k", "v", "resid_out", "attention", "logits", "embedding"]


def folder_of(cap: run.Capture) -> Path:
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


def test_a_full_disk_is_said_before_it_is_filled(
    tiny: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("U", (), {"free": 10})())
    with pytest.raises(CaptureError, match="more than the disk has free"):
        capture(tiny, RAGGED, ["q"], memory=0)


def test_kept_bytes_are_those_of_the_arrays(tiny: Model) -> None:
    cap = capture(tiny, RAGGED, SITES)
    expected = sum(cap.array(site).nbytes for site in SITES)
    assert kept_bytes(tiny, SITES, 3, 3, 7, 7) == expected
    assert forecast(tiny, RAGGED, SITES).kept == expected


def test_batches_hold_prompts_of_like_length_within_the_free_memory(
    tiny: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    lengths = [5, 2, 7, 2, 5]
    assert batches_of(tiny, lengths, ["q"], 3, None, None) == [[1, 3, 0, 4, 2]]
    assert batches_of(tiny, lengths, ["q"], 3, None, 2) == [[1, 3], [0, 4], [2]]
    two = plan._batch_bytes(tiny, 2, 7, ["q"], 3, None)
    monkeypatch.setattr(plan, "free_memory", lambda _model: two / plan.SHARE)
    assert max(map(len, batches_of(tiny, [7] * 5, ["q"], 3, None, None))) == 2
    monkeypatch.setattr(plan, "free_memory", lambda _model: two / 8)
    with pytest.raises(CaptureError, match="prompt of 7 tokens would take"):
        batches_of(tiny, [7] * 5, ["q"], 3, None, None)


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
            CaptureError, match=r"not enough memory for a batch of 1.*smaller batch"
        ):
            capture(tiny, [RAGGED[0]], ["logits"])
    assert capture(tiny, [RAGGED[0]], ["logits"]).logits.shape == (1, 5, 97)
