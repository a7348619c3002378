"""Hooks stay right where weights are elsewhere: on disk, on a GPU."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM, PreTrainedModel

from laminoscope_core import Cancelled, Job, capture, wrap_model
from laminoscope_core.models.model import Model
from laminoscope_core.recording.verify import verify

RAGGED = [[5, 17, 3, 88, 41], [9, 2], [60, 61, 62, 63, 64, 65, 66]]
SITES = ["embedding", "q", "k", "v", "q_used", "attention", "attn_out", "mlp_out", "resid_out"]
ACCELERATORS = [
    pytest.param(
        name,
        marks=[
            pytest.mark.gpu,
            pytest.mark.skipif(not available, reason=f"there is no {name} device"),
        ],
    )
    for name, available in (
        ("cuda", torch.cuda.is_available()),
        ("mps", torch.backends.mps.is_available()),
    )
]


def meta_weights(hf: torch.nn.Module) -> int:
    return sum(parameter.is_meta for parameter in hf.parameters())


def by_hand(hf: PreTrainedModel) -> dict[str, Any]:
    """Name the places of all parts, the last two blocks on disk."""
    blocks = "transformer.h" if hf.config.model_type == "gpt2" else "model.layers"
    base = blocks.partition(".")[0]
    places = {f"{base}.{name}": "cpu" for name, _ in getattr(hf, base).named_children()}
    del places[blocks]
    places |= {f"{blocks}.0": "cpu", f"{blocks}.1": "disk", f"{blocks}.2": "disk"}
    return {"device_map": places | {"lm_head": "cpu"}}


def automatic(_hf: PreTrainedModel) -> dict[str, Any]:
    """Let accelerate find the places in a memory that is too small."""
    return {"device_map": "auto", "max_memory": {"cpu": 60_000}}


@pytest.fixture(params=[by_hand, automatic])
def offloaded(request: pytest.FixtureRequest, tiny: Model, tmp_path: Path) -> Model:
    """The same model with some of its blocks on disk, through accelerate."""
    tiny.hf.save_pretrained(tmp_path / "model")
    hf = AutoModelForCausalLM.from_pretrained(
        tmp_path / "model", offload_folder=tmp_path / "offload", **request.param(tiny.hf)
    )
    return wrap_model(hf)


def test_weights_on_disk_give_the_same_activations(tiny: Model, offloaded: Model) -> None:
    on_disk = meta_weights(offloaded.hf)
    assert on_disk > 0, "nothing was offloaded"
    for spans in (None, [[[4, 5]], [[1, 2]], [[6, 7]]]):
        expected = capture(tiny, RAGGED, SITES, spans=spans)
        found = capture(offloaded, RAGGED, SITES, spans=spans)
        for site in SITES:
            np.testing.assert_array_equal(found.array(site), expected.array(site))
        assert meta_weights(offloaded.hf) == on_disk, "a pass left weights in memory"
    assert verify(offloaded).verified


def test_a_pass_cut_short_leaves_no_weights_in_memory(offloaded: Model) -> None:
    on_disk = meta_weights(offloaded.hf)
    capture(offloaded, RAGGED, ["q"], layers=[1])
    assert meta_weights(offloaded.hf) == on_disk

    def on_report(_fraction: float, text: str) -> None:
        if text == "layer 1":
            job.cancel()

    job = Job(on_report)
    with pytest.raises(Cancelled):
        capture(offloaded, RAGGED, ["q", "logits"], job=job)
    assert meta_weights(offloaded.hf) == on_disk
    capture(offloaded, RAGGED, ["q", "logits"])


@pytest.mark.parametrize("device", ACCELERATORS)
def test_an_accelerator_gives_what_the_cpu_gives(tiny: Model, device: str) -> None:
    sites = [*SITES, "logits"]
    expected = capture(tiny, RAGGED, sites)
    moved = wrap_model(tiny.hf.to(device))
    found = capture(moved, RAGGED, sites)
    for site in sites:
        np.testing.assert_allclose(found.array(site), expected.array(site), rtol=1e-3, atol=1e-4)
    assert verify(moved).verified


@pytest.mark.parametrize("device", ACCELERATORS)
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_precision_is_verified(tiny: Model, device: str, dtype: torch.dtype) -> None:
    assert verify(wrap_model(tiny.hf.to(device, dtype))).summary == "capture verified"


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no cuda device")
def test_running_out_of_gpu_memory_leaves_it_as_it_was(tiny: Model) -> None:
    from laminoscope_core.errors import Offer, OutOfMemory

    model = wrap_model(tiny.hf.to("cuda"))
    capture(model, RAGGED, ["q"])
    total = torch.cuda.get_device_properties(0).total_memory
    before = torch.cuda.memory_allocated()
    torch.cuda.set_per_process_memory_fraction(min(1.0, (before + 2**20) / total))
    try:
        with pytest.raises(OutOfMemory, match="not enough memory") as refused:
            capture(model, [[1] * 32] * 20_000, ["q", "k", "v", "logits"], batch_size=20_000)
        assert refused.value.offers == (Offer("batch_size", 10_000), Offer("device", "cpu"))
        assert torch.cuda.memory_allocated() <= before + 2**16
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)
    capture(model, RAGGED, ["q"])
