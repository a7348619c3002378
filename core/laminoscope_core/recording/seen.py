"""What the probe saw of one block."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from laminoscope_core.recording.attention import KernelCall
from laminoscope_core.recording.layout import Source, Tap

if TYPE_CHECKING:
    from torch import Tensor, nn

__all__ = ["N_TOKENS", "Seen", "first_tensor"]

N_TOKENS = 7  # what the probe reads; no other size of a model is likely to be the same


def first_tensor(value: Any) -> Any:
    """Return a tensor, or the first one in a tuple; None if there is none."""
    import torch

    if isinstance(value, torch.Tensor):
        return value
    if isinstance(value, (tuple, list)) and value and isinstance(value[0], torch.Tensor):
        return value[0]
    return None


@dataclass(eq=False)
class Seen:
    """What the probe saw of one block.

    Attributes
    ----------
    module : torch.nn.Module
        The block.
    attention : str
        Name inside the block of the module that holds the projections; "" if there is none.
    style : str
        How the projections are named: "separate", "fused", "latent", "unknown" for an attention
        that was found by its kernel, or "".
    refusal : str
        Why nothing can be said of its attention; "" if something can.
    projection : str
        Name of the output projection; "" if there is none.
    mlps : list of tuple of str
        Names of the modules whose output, or the sum of whose outputs, may be the MLP's.
    inputs, outputs : dict of str to tensor
        First tensor into and out of the modules of the block that ran, by name.
    seconds : dict of str to tensor
        Second output of the modules that have one.
    calls : list of KernelCall
        Kernel calls made by this block.
    """

    module: "nn.Module"
    attention: str = ""
    style: str = ""
    refusal: str = ""
    projection: str = ""
    mlps: list[tuple[str, ...]] = field(default_factory=list)
    inputs: "dict[str, Tensor]" = field(default_factory=dict)
    outputs: "dict[str, Tensor]" = field(default_factory=dict)
    seconds: "dict[str, Tensor]" = field(default_factory=dict)
    calls: list[KernelCall] = field(default_factory=list)

    @property
    def kernel_caller(self) -> "nn.Module":
        """The module of the block that holds the projections."""
        return self.module.get_submodule(self.attention)

    def part(self, name: str) -> "nn.Module":
        """Return a part of its attention."""
        return self.kernel_caller.get_submodule(name)

    def inside(self, name: str) -> str:
        """Return the name inside the block of a part of its attention."""
        return f"{self.attention}.{name}" if self.attention else name

    def value(self, tap: Tap) -> "Tensor":
        """Return what a tap gives in the probe, of shape (1, tokens, …)."""
        if tap.side in ("query", "key"):
            call = next(call for call in self.calls if call.module is tap.module)
            tensor = call.query if tap.side == "query" else call.key
        elif tap.side == "weights":
            tensor = next(call for call in self.calls if call.module is tap.module).weights()
        else:
            name = next(n for n, module in self.module.named_modules() if module is tap.module)
            tensors = {"output": self.outputs, "second": self.seconds, "input": self.inputs}
            tensor = tensors[tap.side][name]
        if tensor.ndim == 2:
            tensor = tensor.reshape(1, N_TOKENS, -1)
        return tensor if tap.view is None else tap.view(tensor)

    def whole(self, source: Source) -> "Tensor":
        """Return what a source gives in the probe, of shape (1, tokens, …)."""
        values = [self.value(tap) for tap in source.taps]
        return values[0] if source.combine is None else source.combine(values)

    def shape(self, source: Source) -> tuple[int, ...]:
        """Return the shape of what a source gives for one token."""
        return tuple(self.whole(source).shape[2:])
