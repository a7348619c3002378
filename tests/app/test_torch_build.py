"""What is said of torch and GPUs, by the facts of machines that are not here."""

import sys
from dataclasses import replace

import pytest

from laminoscope import torch_build
from laminoscope.torch_build import Facts, another_torch, find, look

CPU = Facts("linux", "2.13.0+cpu")
CUDA = Facts("linux", "2.13.0+cu126", cuda="12.6")
ROCM = Facts("linux", "2.13.0+rocm7.1", rocm="7.1")
MAC = Facts("darwin", "2.13.0", mps=True)
ANOTHER = "--torch-backend=auto"


@pytest.mark.parametrize(
    ("facts", "gpu", "change"),
    [
        (replace(CUDA, devices=("NVIDIA H100",)), "used: NVIDIA H100", ""),
        (replace(CPU, nvidia=True, driver="12.8"), "one of NVIDIA, and this torch", ANOTHER),
        (replace(CPU, amd=True), "one of AMD, and this torch", ANOTHER),
        (CPU, "none that torch can use", ""),
        (CUDA, "none that torch can use", ""),
        (replace(CUDA, nvidia=True), "driver is not installed", "install NVIDIA's driver"),
        (replace(CUDA, nvidia=True, driver="11.8"), "driver knows CUDA 11.8", ANOTHER),
        (replace(CUDA, nvidia=True, driver="12.2"), "does not answer", "start the computer"),
        (replace(CUDA, nvidia=True, driver="13.0"), "does not answer", "start the computer"),
        (replace(CUDA, hidden="CUDA_VISIBLE_DEVICES"), "hides them", "unset CUDA_VISIBLE_DEVICES"),
        (replace(CUDA, amd=True), "one of AMD, and this torch is not for it", ANOTHER),
        (replace(ROCM, amd=True), "not for this user", "usermod -a -G render,video"),
        (replace(ROCM, amd=True, may_use_amd=True), "does not know this AMD GPU", ANOTHER),
        (replace(MAC, devices=("Apple GPU",)), "used: Apple GPU", ""),
        (MAC, "this Mac has none", ""),
        (replace(MAC, mps=False), "this torch is for CPUs only", ANOTHER),
        (Facts("win32", "2.13.0+cpu", amd=True), "none that torch can use", ""),
    ],
)
def test_why_a_gpu_is_used_or_not_and_what_changes_that(facts, gpu, change):
    found = find(facts)
    assert gpu in found.gpu
    assert change in found.change
    assert bool(change) == bool(found.change)


@pytest.mark.parametrize(
    ("facts", "build"),
    [
        (CPU, "2.13.0+cpu, for CPUs only"),
        (CUDA, "2.13.0+cu126, for NVIDIA GPUs (CUDA 12.6)"),
        (ROCM, "2.13.0+rocm7.1, for AMD GPUs (ROCm 7.1)"),
        (MAC, "2.13.0, for Apple GPUs (MPS)"),
    ],
)
def test_the_build_is_named(facts, build):
    assert find(facts).build == build


def test_a_packaged_program_cannot_take_another_torch(monkeypatch):
    assert sys.prefix in another_torch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert another_torch().startswith("uvx --torch-backend=auto laminoscope")


def test_this_machine_is_looked_at():
    import torch

    facts = look()
    assert facts.version == torch.__version__
    assert bool(facts.devices) == (torch.cuda.is_available() or torch.backends.mps.is_available())


def test_cards_are_known_by_their_maker_and_what_they_are_for(tmp_path):
    for name, kind, vendor in [
        ("0000:01:00.0", "0x030200", "0x10de"),  # an accelerator of NVIDIA's
        ("0000:02:00.0", "0x020000", "0x1002"),  # AMD's, and a network card
    ]:
        (tmp_path / name).mkdir()
        (tmp_path / name / "class").write_text(f"{kind}\n")
        (tmp_path / name / "vendor").write_text(f"{vendor}\n")
    (tmp_path / "0000:03:00.0").mkdir()
    assert torch_build._vendors(tmp_path) == {"0x10de"}
    assert torch_build._vendors(tmp_path / "none") == set()


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({}, ""),
        ({"CUDA_VISIBLE_DEVICES": "0,1"}, ""),
        ({"CUDA_VISIBLE_DEVICES": ""}, "CUDA_VISIBLE_DEVICES"),
        ({"CUDA_VISIBLE_DEVICES": "-1"}, "CUDA_VISIBLE_DEVICES"),
        ({"HIP_VISIBLE_DEVICES": ""}, "HIP_VISIBLE_DEVICES"),
    ],
)
def test_what_hides_gpus_is_named(environment, name):
    assert torch_build._hiding(environment) == name
