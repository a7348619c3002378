"""Which torch is installed, whether it uses a GPU, why not, and the one line that changes that."""

import ctypes
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from laminoscope_core.models.imports import import_torch, install_again, is_packaged

__all__ = ["Facts", "Found", "another_torch", "find", "look"]

_NVIDIA, _AMD = "0x10de", "0x1002"
_DISPLAY = "0x03"  # the class of PCI devices that draw, or compute like those
_NO_DEVICE = 100  # CUDA's number for it


@dataclass(frozen=True)
class Facts:
    """What decides whether a GPU is used.

    Attributes
    ----------
    system : str
        As `sys.platform`.
    version : str
        Of torch.
    cuda, rocm : str
        Of what torch was built for, as ``"12.8"``; empty if it was not.
    mps : bool
        Whether torch was built for Apple's GPUs.
    devices : tuple of str
        GPUs that torch uses, by their names.
    nvidia, amd : bool
        Whether there is a GPU of theirs in this machine, or its driver.
    driver : str
        The newest CUDA that NVIDIA's driver knows; empty without a driver.
    hidden : str
        The variable of the environment that hides GPUs, if one does.
    may_use_amd : bool
        Whether AMD's driver is there and this user may open it.
    """

    system: str
    version: str
    cuda: str = ""
    rocm: str = ""
    mps: bool = False
    devices: tuple[str, ...] = ()
    nvidia: bool = False
    amd: bool = False
    driver: str = ""
    hidden: str = ""
    may_use_amd: bool = False


@dataclass(frozen=True)
class Found:
    """What is said of torch and of GPUs.

    Attributes
    ----------
    build : str
        Which torch this is.
    gpu : str
        Whether a GPU is used, or why none is.
    change : str
        What would change that: a command, or what to do; empty if nothing would.
    """

    build: str
    gpu: str
    change: str = ""


def find(facts: Facts) -> Found:
    """Say what facts mean.

    Examples
    --------
    >>> find(Facts("linux", "2.13.0+cu126", cuda="12.6", nvidia=True, driver="11.4")).gpu
    'none used: NVIDIA\\'s driver knows CUDA 11.4, and this torch is for CUDA 12.6'
    """
    if facts.cuda:
        kind = f"for NVIDIA GPUs (CUDA {facts.cuda})"
    elif facts.rocm:
        kind = f"for AMD GPUs (ROCm {facts.rocm})"
    else:
        kind = "for Apple GPUs (MPS)" if facts.mps else "for CPUs only"
    gpu, change = _gpu(facts)
    return Found(f"{facts.version}, {kind}", gpu, change)


def _gpu(facts: Facts) -> tuple[str, str]:
    if facts.devices:
        return f"used: {', '.join(facts.devices)}", ""
    if facts.system == "darwin":
        why = "this Mac has none that torch can use" if facts.mps else "this torch is for CPUs only"
        return f"none used: {why}", "" if facts.mps else another_torch()
    if facts.hidden and (facts.cuda or facts.rocm):
        why = f"the variable {facts.hidden} of the environment hides them"
        return f"none used: {why}", f"unset {facts.hidden}"
    if facts.cuda and facts.nvidia:
        return _nvidia(facts)
    if facts.rocm and facts.amd:
        if not facts.may_use_amd:
            change = "sudo usermod -a -G render,video $USER, and log in again"
            return "none used: AMD's driver is not there, or not for this user", change
        return "none used: this torch does not know this AMD GPU", another_torch()
    if facts.nvidia or (facts.amd and facts.system == "linux"):
        maker = "NVIDIA" if facts.nvidia else "AMD"
        return f"none used: there is one of {maker}, and this torch is not for it", another_torch()
    return "none used: there is none that torch can use", ""


def _nvidia(facts: Facts) -> tuple[str, str]:
    if not facts.driver:
        change = "install NVIDIA's driver, and start the computer again"
        return "none used: NVIDIA's driver is not installed, or not loaded", change
    if int(facts.driver.partition(".")[0]) < int(facts.cuda.partition(".")[0]):
        known = f"NVIDIA's driver knows CUDA {facts.driver}"
        why = f"{known}, and this torch is for CUDA {facts.cuda}"
        return f"none used: {why}", another_torch()
    change = "start the computer again, as after an update of the driver"
    return "none used: NVIDIA's driver is there, and does not answer torch", change


def another_torch() -> str:
    """Return the command that installs the torch that suits this machine."""
    if is_packaged():
        return "uvx --torch-backend=auto laminoscope, as the torch of the package is for CPUs"
    return install_again("torch", "--torch-backend=auto")


def look() -> Facts:
    """Return the facts of this machine.

    Raises
    ------
    ModelError
        torch cannot be loaded.
    """
    import_torch()
    import torch

    on_gpus = torch.cuda.is_available()
    devices = [torch.cuda.get_device_name(at) for at in range(torch.cuda.device_count() * on_gpus)]
    mps = torch.backends.mps
    vendors = _vendors(Path("/sys/bus/pci/devices"))
    driver = _driver()
    return Facts(
        system=sys.platform,
        version=torch.__version__,
        cuda=torch.version.cuda or "",
        rocm=torch.version.hip or "",
        mps=mps.is_built(),
        devices=(*devices, *(["Apple GPU"] if mps.is_available() else [])),
        nvidia=_NVIDIA in vendors or bool(driver) or Path("/proc/driver/nvidia/gpus").is_dir(),
        amd=_AMD in vendors,
        driver=driver,
        hidden=_hiding(os.environ),
        may_use_amd=os.access("/dev/kfd", os.R_OK | os.W_OK),
    )


def _hiding(environment: Mapping[str, str]) -> str:
    """Return the variable by which GPUs are hidden; empty if none does."""
    for name in ("CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES"):
        if environment.get(name, "0").strip() in ("", "-1"):
            return name
    return ""


def _vendors(devices: Path) -> set[str]:
    """Return the makers of what draws, as Linux lists them."""
    found = set()
    for device in devices.glob("*"):
        try:
            if (device / "class").read_text().startswith(_DISPLAY):
                found.add((device / "vendor").read_text().strip())
        except OSError:  # it has been taken out
            continue
    return found


def _driver() -> str:
    """Return the newest CUDA that NVIDIA's driver knows; empty if there is none that works."""
    name = "nvcuda.dll" if os.name == "nt" else "libcuda.so.1"
    try:
        library = ctypes.CDLL(name)
    except OSError:
        return ""
    number = ctypes.c_int()
    if library.cuInit(0) == _NO_DEVICE or library.cuDriverGetVersion(ctypes.byref(number)):
        return ""
    return f"{number.value // 1000}.{number.value % 1000 // 10}" if number.value else ""
