"""Ways of splitting projections into heads, and the proof that a way is the right one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from laminoscope_core.recording.seen import Seen

if TYPE_CHECKING:
    from torch import Tensor

__all__ = [
    "close",
    "concatenated",
    "equal",
    "first_half",
    "gated",
    "grouped",
    "heads",
    "proven",
    "same_lengths",
    "sharded",
    "upright",
]


def upright(x: "Tensor") -> "Tensor":
    """Put tokens before heads: (batch, heads, tokens, width) to (batch, tokens, heads, width)."""
    return x.transpose(1, 2)


def heads(width: int) -> "Callable[[Tensor], Tensor]":
    """View a projection in heads of one width."""
    return lambda x: x.reshape(*x.shape[:-1], -1, width)


def gated(width: int) -> "Callable[[Tensor], Tensor]":
    """View queries that share their projection with a gate, head by head."""
    return lambda x: x.reshape(*x.shape[:-1], -1, 2 * width)[..., :width]


def first_half(width: int) -> "Callable[[Tensor], Tensor]":
    """View queries that share their projection with a gate, one half after the other."""
    return lambda x: x.chunk(2, dim=-1)[0].reshape(*x.shape[:-1], -1, width)


def concatenated(n_heads: int, n_shared: int, width: int) -> "list[Callable[[Tensor], Tensor]]":
    """All queries, then all keys, then all values."""

    def part(start: int, count: int) -> "Callable[[Tensor], Tensor]":
        return lambda x: heads(width)(x)[..., start : start + count, :]

    return [
        part(0, n_heads),
        part(n_heads, n_shared),
        part(n_heads + n_shared, n_shared),
    ]


def grouped(n_heads: int, n_shared: int, width: int) -> "list[Callable[[Tensor], Tensor]]":
    """For each key head its queries, its key and its value."""
    if n_heads % n_shared:
        return []
    each = n_heads // n_shared

    def groups(x: "Tensor") -> "Tensor":
        return x.reshape(*x.shape[:-1], n_shared, each + 2, width)

    return [
        lambda x: groups(x)[..., :each, :].flatten(-3, -2),
        lambda x: groups(x)[..., each, :],
        lambda x: groups(x)[..., each + 1, :],
    ]


def sharded(n_heads: int, n_shared: int, width: int) -> "list[Callable[[Tensor], Tensor]]":
    """CodeGen's: four shards, each with its heads' queries, values and keys."""
    if n_heads != n_shared or n_heads % 4:
        return []

    def part(index: int) -> "Callable[[Tensor], Tensor]":
        return lambda x: x.reshape(*x.shape[:-1], 4, 3, n_heads // 4, width)[
            ..., index, :, :
        ].flatten(-3, -2)

    return [part(0), part(2), part(1)]


def proven(found: "Tensor", used: "Tensor", seen: Seen) -> bool:
    """Whether a split agrees with the kernel, or with the input of a norm on the way to it."""
    if equal(found, used) or _turned(found, used):
        return True
    prefix = f"{seen.attention}." if seen.attention else ""
    return any(
        name.startswith(prefix)
        and "norm" in name
        and tensor.numel() == found.numel()
        and any(
            bool((tensor.reshape(shape) == view).all())
            for view, shape in (
                (found, found.shape),
                (found.transpose(1, 2), found.transpose(1, 2).shape),
            )
        )
        for name, tensor in seen.inputs.items()
    )


def same_lengths(found: "Tensor", used: "Tensor") -> bool:
    """Whether the kernel's vectors are as long as these, head by head."""
    n_heads, n_found = used.shape[1], found.shape[2]
    if n_heads % n_found or found.shape[-1] != used.shape[-1]:
        return False
    repeated = found.repeat_interleave(n_heads // n_found, dim=2).transpose(1, 2)
    return close(repeated.norm(dim=-1), used.norm(dim=-1))


def equal(found: "Tensor", used: "Tensor") -> bool:
    """Whether the kernel is given exactly these vectors, shared heads repeated."""
    n_heads, n_found = used.shape[1], found.shape[2]
    if n_heads % n_found:
        return False
    repeated = found.repeat_interleave(n_heads // n_found, dim=2).transpose(1, 2)
    return repeated.shape == used.shape and bool((repeated == used).all())


def _turned(found: "Tensor", used: "Tensor") -> bool:
    """Whether the kernel's vectors are these, rotated: as long, and the same at position 0."""
    if not same_lengths(found, used):
        return False
    repeated = found.repeat_interleave(used.shape[1] // found.shape[2], dim=2).transpose(1, 2)
    return close(repeated[:, :, 0], used[:, :, 0])


def close(a: "Tensor", b: "Tensor") -> bool:
    """Whether two tensors agree within rounding of their largest value."""
    import torch

    tolerance = 1e-4 if a.dtype == torch.float32 else 2e-2
    largest = float(b.abs().max())
    return bool((a - b).abs().max() <= tolerance * largest)
