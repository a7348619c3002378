"""Weights of linear layers, and normalisations with what they divide by held fixed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from laminoscope_core.models.offload import at_hand

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn

__all__ = ["Norm", "norm_of", "plain_norm", "weight_of", "wide"]


def wide(device: "torch.device") -> "torch.dtype":
    """Return the widest numbers that a device computes with: float64, or float32 on MPS."""
    import torch

    return torch.float32 if device.type == "mps" else torch.float64


def weight_of(module: "nn.Module") -> "Tensor | None":
    """Return the weights (n_out, n_in) of a linear layer; None if it is none.

    Those that are kept on disk are read.

    Examples
    --------
    >>> from torch import nn
    >>> weight_of(nn.Linear(3, 2)).shape
    torch.Size([2, 3])
    >>> weight_of(nn.LayerNorm(3)) is None
    True
    """
    from torch import nn
    from transformers.pytorch_utils import Conv1D

    if not isinstance(module, (nn.Linear, Conv1D)):
        return None
    found = at_hand(module, "weight")
    return found.T if isinstance(module, Conv1D) and found is not None else found


@dataclass(frozen=True, eq=False)
class Norm:
    """A normalisation ``y = (x − mean) · gain / σ + bias``, the mean only if it is ``centred``.

    With σ of each token held fixed it is linear: what it makes of a sum is the sum of what it
    makes of the parts.

    Attributes
    ----------
    gain, bias : tensor (d_model)
    centred : bool
    """

    gain: "Tensor"
    bias: "Tensor"
    centred: bool

    def shares(self, x: "Tensor", y: "Tensor") -> "Tensor":
        """Return 1/σ (…), as it was when ``x`` (…, d_model) became ``y``."""
        scaled = self._scaled(x)
        return (scaled * (y - self.bias)).sum(-1) / (scaled**2).sum(-1)

    def directions(self, wanted: "Tensor") -> "Tensor":
        """Return what x is to be multiplied with for the product of y and ``wanted``, times σ.

        Parameters
        ----------
        wanted : tensor (…, d_model)
        """
        scaled = wanted * self.gain
        return scaled - scaled.mean(-1, keepdim=True) if self.centred else scaled

    def _scaled(self, x: "Tensor") -> "Tensor":
        return (x - x.mean(-1, keepdim=True) if self.centred else x) * self.gain

    def explains(self, x: "Tensor", y: "Tensor", tolerance: float) -> bool:
        """Whether it makes ``y`` (…, d_model) of ``x``, within a share of the largest value."""
        found = self._scaled(x) * self.shares(x, y)[..., None] + self.bias
        return bool((found - y).abs().max() <= tolerance * y.abs().max())


def plain_norm(like: "Tensor") -> Norm:
    """Return the norm that only multiplies each token by a number."""
    import torch

    width = like.shape[-1]
    gain = torch.ones(width, dtype=like.dtype, device=like.device)
    return Norm(gain, torch.zeros_like(gain), centred=False)


def norm_of(module: "nn.Module", x: "Tensor", y: "Tensor", tolerance: float) -> Norm | None:
    """Return a normalisation as it was seen to work; None if it is no such thing.

    Its weight may be the gain or, as in Gemma, the gain less one.

    Parameters
    ----------
    module : torch.nn.Module
    x, y : tensor (…, d_model)
        What entered it and what left it, as wide numbers.
    tolerance : float
        Share of the largest value by which it may differ.
    """
    plain = plain_norm(x)
    weight, bias = at_hand(module, "weight"), at_hand(module, "bias")
    gains = [plain.gain]
    if weight is not None and weight.shape == plain.gain.shape:
        gain = weight.to(plain.gain)
        gains = [gain, gain + 1]
    offset = plain.bias
    if bias is not None and bias.shape == plain.gain.shape:
        offset = bias.to(plain.gain)
    for gain in gains:
        for centred in (False, True):
            norm = Norm(gain, offset, centred)
            if norm.explains(x, y, tolerance):
                return norm
    return None
