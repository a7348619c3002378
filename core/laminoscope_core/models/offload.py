"""Where the weights of a model go that no one place holds: GPUs, main memory, and disk."""

import contextlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from laminoscope_core.errors import ModelError
from laminoscope_core.models.building import class_of, configuration_of
from laminoscope_core.models.devices import available_devices
from laminoscope_core.models.foreign import foreign_errors
from laminoscope_core.models.memory import gigabytes
from laminoscope_core.models.temporary import remove_stale, temporary_folder
from laminoscope_core.paths import cache_folder

if TYPE_CHECKING:
    from torch import Tensor, nn

__all__ = [
    "OFFLOAD",
    "Spread",
    "at_hand",
    "brought_bytes",
    "disk_folder",
    "held_bytes",
    "most_brought",
    "spread",
]

OFFLOAD = "offload"
"""The name of the device that is all of a machine's."""
_SHARE = 0.75
"""Of the memory that is free, what weights may take; the rest is for passes and results."""


@dataclass(frozen=True)
class Spread:
    """Which part of a model goes where.

    Attributes
    ----------
    places : dict
        From names of modules or parameters to a device, or ``"disk"``.
    on_disk : int
        Bytes of weights that do not fit into memory.
    """

    places: dict[str, Any]
    on_disk: int


def spread(
    config: Mapping[str, Any], title: str, dtype: str, memory: Mapping[Any, int] | None = None
) -> Spread:
    """Give every part of a model a place: blocks in their order, as far as each place has room.

    What is not of a block (embeddings, final norm, unembedding) is always in memory, since it is
    used at every turn.

    Parameters
    ----------
    config : mapping
        What the model's ``config.json`` says.
    title : str
        What messages call the model.
    dtype : str
        The precision of the weights.
    memory : mapping from device to int, optional
        Bytes that weights may take there, the fastest place first; by default three quarters of
        what is free on each GPU and in main memory.

    Raises
    ------
    ModelError
        Not even the parts outside the blocks fit.
    """
    import torch

    with foreign_errors(f"{title} cannot be opened", "Fetch the model again."):
        chosen, made = class_of(configuration_of(config, title))
        with torch.device("meta"):
            hf = chosen._from_config(made, dtype=getattr(torch, dtype))
        hf.tie_weights()
    free = dict(_memory() if memory is None else memory)
    main = next(iter(free))
    blocks = _blocks(hf)
    places: dict[str, Any] = dict.fromkeys(_outside(hf, blocks), main)
    inside = {parameter for block in blocks for parameter in block.parameters()}
    outside = sum(_size(p) for p in hf.parameters() if p not in inside)
    if outside > free[main]:
        raise ModelError(
            f"The embeddings of {title} in {dtype} take {gigabytes(outside)}, and "
            f"{gigabytes(free[main])} of memory may be used.",
            "Close other programs, choose bfloat16, or choose a smaller model.",
        )
    free[main] -= outside
    # one block at a time is brought from the disk
    free[main] -= max((_weights(block) for block in blocks), default=0)
    on_disk, rest = 0, list(free)
    for name, block in _named_blocks(hf, blocks):
        size = _weights(block)
        while rest and free[rest[0]] < size:
            del rest[0]
        if rest:
            free[rest[0]] -= size
            places[name] = rest[0]
        else:
            on_disk += size
            places[name] = "disk"
    return Spread(places, on_disk)


@contextlib.contextmanager
def disk_folder(title: str, n_bytes: int) -> Iterator[Path]:
    """Give a folder for weights that stay on disk, which is gone afterwards.

    Raises
    ------
    ModelError
        The disk of the cache has no room for them.
    """
    parent = cache_folder("offload")
    parent.mkdir(parents=True, exist_ok=True)
    remove_stale(parent)
    free = shutil.disk_usage(parent).free
    if n_bytes > free:
        raise ModelError(
            f"{gigabytes(n_bytes)} of the weights of {title} do not fit into memory, and the disk "
            f"of the cache has {gigabytes(free)} free.",
            "Free some disk, choose bfloat16, or choose a smaller model.",
        )
    with temporary_folder(parent) as folder:
        yield folder


def at_hand(module: "nn.Module", name: str) -> "Tensor | None":
    """Return a module's own parameter, brought to its device if it is kept elsewhere.

    None if the module has none of that name, or has it nowhere.
    """
    import torch

    found = getattr(module, name, None)
    if not isinstance(found, torch.Tensor):
        return None
    if found.is_meta:
        from accelerate.utils import align_module_device

        with align_module_device(module):
            found = getattr(module, name)
    return None if found.is_meta else found.detach()


def held_bytes(hf: "nn.Module") -> int:
    """Return the size of the parameters that stay in memory, on whatever device."""
    return sum(_size(parameter) for parameter in hf.parameters() if not parameter.is_meta)


def brought_bytes(hf: "nn.Module") -> int:
    """Return the size of the parameters that are brought from disk or main memory in each pass."""
    return sum(_size(parameter) for parameter in hf.parameters() if parameter.is_meta)


def most_brought(hf: "nn.Module") -> int:
    """Return how much of them is in memory at a time: what the largest layer has of its own."""
    own = (
        sum(_size(each) for each in module.parameters(recurse=False) if each.is_meta)
        for module in hf.modules()
    )
    return max(own, default=0)


def _memory() -> dict[Any, int]:
    return {
        device.name: int(_SHARE * device.free_bytes)
        for device in available_devices()
        if device.name != "mps"
    }


def _blocks(hf: "nn.Module") -> "list[nn.Module]":
    """Return the modules of the longest list in a model: its blocks."""
    from torch import nn

    lists = [list(module) for module in hf.modules() if isinstance(module, nn.ModuleList)]
    return max(lists, key=len, default=[])


def _named_blocks(hf: "nn.Module", blocks: "list[nn.Module]") -> "Iterator[tuple[str, nn.Module]]":
    wanted = set(blocks)
    return ((name, module) for name, module in hf.named_modules() if module in wanted)


def _outside(hf: "nn.Module", blocks: "list[nn.Module]", prefix: str = "") -> Iterator[str]:
    """Yield the names of the largest parts that hold no block."""
    wanted = set(blocks)
    for name, child in hf.named_children():
        if child in wanted:
            continue
        if wanted.isdisjoint(child.modules()):
            yield prefix + name
        else:
            yield from _outside(child, blocks, f"{prefix}{name}.")
    for name, _ in (*hf.named_parameters(recurse=False), *hf.named_buffers(recurse=False)):
        yield prefix + name


def _weights(module: "nn.Module") -> int:
    return sum(_size(parameter) for parameter in module.parameters())


def _size(parameter: "Tensor") -> int:
    return parameter.numel() * parameter.element_size()
