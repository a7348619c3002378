"""What there is room for in memory and on disk, and what would fit where something does not."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace

from laminoscope_core.errors import Offer, OutOfMemory
from laminoscope_core.models.memory import free_memory, gigabytes
from laminoscope_core.models.model import Model
from laminoscope_core.recording.sizes import Sizes

__all__ = ["budget", "free_on_device", "most", "shortage"]


def shortage(
    sizes: Sizes, batch_size: int | None = None, memory: int | None = None
) -> OutOfMemory | None:
    """Say why a capture does not fit and what would; None if it fits."""
    free = free_on_device(sizes.model)
    longest = max(sizes.lengths)
    together = 1 if batch_size is None else min(batch_size, len(sizes.lengths))
    if sizes.batch(1, longest) > free:
        return _too_long(sizes, free)
    if sizes.batch(together, longest) > free:
        size = most(together, lambda size: sizes.batch(size, longest) <= free)
        return OutOfMemory(
            f"A batch of {together} prompts would take "
            f"{gigabytes(sizes.batch(together, longest))}; {sizes.model.info.device} has "
            f"{gigabytes(free)} free.",
            f"A batch of {size} would fit.",
            (Offer("batch_size", size),),
        )
    room = max(budget(memory), shutil.disk_usage(tempfile.gettempdir()).free)
    if sum(sizes.kept()) > room:
        return _too_much(sizes, room)
    return None


def free_on_device(model: Model) -> int:
    """Return the bytes that are free on the model's device."""
    import torch

    if model.info.device.startswith("cuda"):
        return int(torch.cuda.mem_get_info(torch.device(model.info.device))[0])
    return free_memory()


def _too_long(sizes: Sizes, free: int) -> OutOfMemory:
    longest, device = max(sizes.lengths), sizes.model.info.device
    offers = []
    n_tokens = most(longest, lambda length: sizes.batch(1, length) <= free)
    if n_tokens:
        offers.append(Offer("n_tokens", n_tokens))
    offers += _fewer_layers(sizes, lambda fewer: fewer.batch(1, longest) <= free)
    if not device.startswith("cpu") and sizes.batch(1, longest) <= free_memory():
        offers.append(Offer("device", "cpu"))
    return OutOfMemory(
        f"A prompt of {longest:,} tokens would take {gigabytes(sizes.batch(1, longest))}; "
        f"{device} has {gigabytes(free)} free.",
        _in_words(offers) or "Capture fewer sites.",
        offers,
    )


def _too_much(sizes: Sizes, room: int) -> OutOfMemory:
    lengths = sizes.lengths
    offers = []
    n_prompts = most(
        len(lengths), lambda count: sum(replace(sizes, lengths=lengths[:count]).kept()) <= room
    )
    if n_prompts:
        offers.append(Offer("n_prompts", n_prompts))
    offers += _fewer_layers(sizes, lambda fewer: sum(fewer.kept()) <= room)
    return OutOfMemory(
        f"What is captured of {len(lengths):,} prompts takes {gigabytes(sum(sizes.kept()))}; "
        f"memory and disk have room for {gigabytes(room)}.",
        _in_words(offers) or "Capture fewer sites.",
        offers,
    )


def _fewer_layers(sizes: Sizes, fits: Callable[[Sizes], bool]) -> list[Offer]:
    def first(count: int) -> bool:
        return fits(sizes.of_layers(sizes.layers[:count]))

    count = most(len(sizes.layers), first)
    return [Offer("n_layers", count)] if 0 < count < len(sizes.layers) else []


def _in_words(offers: Sequence[Offer]) -> str:
    texts = {
        "n_tokens": "{:,} tokens",
        "n_prompts": "{:,} of the prompts",
        "n_layers": "{:,} of the layers",
        "device": "the device {}",
    }
    fitting = [texts[offer.what].format(offer.value) for offer in offers]
    return f"What would fit: {', or '.join(fitting)}." if fitting else ""


def most(highest: int, fits: Callable[[int], bool]) -> int:
    """Return the largest number up to `highest` that fits, 0 if none does."""
    low, high = 0, highest
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def budget(memory: int | None) -> int:
    """Return the bytes that captured arrays may take in memory; half of what is free if None."""
    return free_memory() // 2 if memory is None else memory
