"""Where a model runs and at which precision."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from laminoscope_core.errors import ModelError
from laminoscope_core.models.imports import import_torch
from laminoscope_core.models.memory import free_memory

if TYPE_CHECKING:
    import torch

__all__ = ["DTYPES", "Device", "available_devices", "choose_device", "choose_dtype", "free_on"]

DTYPES = ("float32", "bfloat16", "float16")
# Families whose activations exceed 65,504, the largest float16.
_OVERFLOWING_FAMILIES = ("gemma", "t5gemma", "recurrent_gemma", "vaultgemma")


@dataclass(frozen=True)
class Device:
    """A place where a model can run.

    Attributes
    ----------
    name : str
        As `open_model` takes it: ``"cpu"``, ``"cuda:0"``, ``"mps"``.
    title : str
        For people, as ``"NVIDIA H200"``.
    free_bytes : int
        Memory free now.
    """

    name: str
    title: str
    free_bytes: int


def available_devices() -> tuple[Device, ...]:
    """Return the devices of this machine, the one that ``"auto"`` takes first.

    Raises
    ------
    ModelError
        torch cannot be loaded.
    """
    import_torch()
    import torch

    devices = [
        Device(
            f"cuda:{index}", torch.cuda.get_device_name(index), torch.cuda.mem_get_info(index)[0]
        )
        for index in range(torch.cuda.device_count() if torch.cuda.is_available() else 0)
    ]
    if torch.backends.mps.is_available():
        devices.append(Device("mps", "Apple GPU", free_memory()))
    return (*devices, Device("cpu", "CPU", free_memory()))


def choose_device(device: str) -> "torch.device":
    """Return the device that a name means; ``"auto"`` is CUDA, else MPS, else CPU.

    Raises
    ------
    ModelError
        Not a device name, or not on this machine; those that are get named.  Or torch cannot be
        loaded.

    Examples
    --------
    >>> choose_device("cpu")
    device(type='cpu')
    """
    names = [found.name for found in available_devices()]
    import torch

    wanted = device.strip().lower()
    if wanted == "auto":
        return torch.device(names[0])
    if wanted == "cuda" and "cuda:0" in names:
        wanted = "cuda:0"
    if wanted == "cpu:0":
        wanted = "cpu"
    if wanted not in names:
        raise ModelError(
            f"The device {device!r} is not available here.",
            f"Choose auto, offload or one of: {', '.join(names)}.",
        )
    return torch.device(wanted)


def choose_dtype(dtype: str, device: "torch.device", checkpoint: str, model_type: str) -> str:
    """Return the precision at which to load a model.

    ``"auto"`` is float32 on a CPU.  On a GPU it is the checkpoint's own, but never float16 for a
    family that overflows it, and never bfloat16 on a device that lacks it.

    Parameters
    ----------
    checkpoint : str
        The precision in which the weights are stored, as ``"bfloat16"``.
    model_type : str
        transformers' name of the family.

    Raises
    ------
    ModelError
        Not a precision that models are loaded in.

    Examples
    --------
    >>> import torch
    >>> choose_dtype("auto", torch.device("cpu"), "bfloat16", "qwen3")
    'float32'
    """
    wanted = dtype.strip().lower().removeprefix("torch.")
    if wanted != "auto":
        if wanted not in DTYPES:
            raise ModelError(
                f"{dtype!r} is not a precision that models are opened in.",
                f"Choose auto or one of: {', '.join(DTYPES)}.",
            )
        return wanted
    if device.type == "cpu" or checkpoint not in DTYPES:
        return "float32"
    if checkpoint == "float16" and model_type.startswith(_OVERFLOWING_FAMILIES):
        checkpoint = "bfloat16"
    if checkpoint == "bfloat16" and not _has_bfloat16(device):
        return "float32"
    return checkpoint


def _has_bfloat16(device: "torch.device") -> bool:
    import torch

    if device.type == "cuda":
        return torch.cuda.get_device_capability(device)[0] >= 8
    try:
        torch.zeros(1, dtype=torch.bfloat16, device=device)
    except (RuntimeError, TypeError):
        return False
    return True


def free_on(device: "torch.device") -> int:
    """Return the bytes of memory free on a device."""
    import torch

    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    return free_memory()
