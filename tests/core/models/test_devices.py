"""Where a model runs and at which precision."""

import copy

import pytest
import torch

from laminoscope_core import open_model
from laminoscope_core.errors import ModelError
from laminoscope_core.models import devices
from laminoscope_core.models.devices import available_devices, choose_device, choose_dtype

HAS_GPU = torch.cuda.is_available() or torch.backends.mps.is_available()
GPU = pytest.mark.skipif(not HAS_GPU, reason="this machine has no CUDA or MPS device")


def test_the_cpu_is_always_there_and_last():
    assert available_devices()[-1].name == "cpu"
    assert available_devices()[-1].free_bytes > 0


def test_auto_is_the_first_device():
    assert str(choose_device("auto")) == available_devices()[0].name


@pytest.mark.parametrize("name", ["cpu", "CPU", " cpu ", "cpu:0"])
def test_the_cpu_can_be_asked_for(name):
    assert choose_device(name) == torch.device("cpu")


@pytest.mark.parametrize("name", ["cuda:99", "gpu", "", "cuda:x", "meta"])
def test_a_device_that_is_not_here_is_named_with_those_that_are(name):
    with pytest.raises(ModelError, match=rf"'{name}' is not available.*one of: .*cpu"):
        choose_device(name)


def test_a_wrong_device_is_said_by_open_model(llama_folder, cache):
    with pytest.raises(ModelError, match="'cuda:99' is not available here"):
        open_model(llama_folder, device="cuda:99")


@pytest.mark.parametrize(
    ("asked", "place", "checkpoint", "family", "given"),
    [
        ("auto", "cpu", "bfloat16", "qwen3", "float32"),
        ("auto", "cpu", "float16", "llama", "float32"),
        ("auto", "cuda:0", "bfloat16", "qwen3", "bfloat16"),
        ("auto", "cuda:0", "float16", "llama", "float16"),
        ("auto", "cuda:0", "float16", "gemma2", "bfloat16"),
        ("auto", "cuda:0", "float64", "llama", "float32"),
        ("auto", "cuda:0", "", "llama", "float32"),
        ("float16", "cpu", "float32", "gemma2", "float16"),
        ("torch.bfloat16", "cuda:0", "float32", "llama", "bfloat16"),
    ],
)
def test_precision(monkeypatch, asked, place, checkpoint, family, given):
    monkeypatch.setattr(devices, "_has_bfloat16", lambda _: True)
    assert choose_dtype(asked, torch.device(place), checkpoint, family) == given


@pytest.mark.parametrize(("checkpoint", "family"), [("bfloat16", "qwen3"), ("float16", "gemma3")])
def test_without_bfloat16_it_is_float32(monkeypatch, checkpoint, family):
    monkeypatch.setattr(devices, "_has_bfloat16", lambda _: False)
    assert choose_dtype("auto", torch.device("cuda:0"), checkpoint, family) == "float32"


@pytest.mark.parametrize("name", ["int8", "float8", "", "half"])
def test_other_precisions_are_refused(name):
    with pytest.raises(ModelError, match="is not a precision"):
        choose_dtype(name, torch.device("cpu"), "float32", "llama")


@pytest.mark.gpu
@GPU
def test_a_gpu_computes_what_the_cpu_computes(llama_folder, cache):
    tokens = torch.arange(20)[None]
    on_cpu = open_model(llama_folder, device="cpu").hf(tokens).logits
    model = open_model(llama_folder, device="auto", dtype="float32")
    assert model.info.device == available_devices()[0].name
    on_gpu = model.hf(tokens.to(model.hf.device)).logits.cpu()
    torch.testing.assert_close(on_gpu, on_cpu, rtol=1e-3, atol=1e-3)


@pytest.mark.gpu
@GPU
def test_on_a_gpu_the_checkpoint_decides_the_precision(llama_folder, tiny_llama, cache):
    copy.deepcopy(tiny_llama).to(torch.bfloat16).save_pretrained(llama_folder)
    place = choose_device("auto")
    assert open_model(llama_folder).info.dtype == choose_dtype("auto", place, "bfloat16", "llama")
