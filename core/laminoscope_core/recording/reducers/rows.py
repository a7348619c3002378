"""Rows: a few token ranges of each prompt, each as one vector.  What words need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from laminoscope_core.errors import CaptureError
from laminoscope_core.recording.prompts import EncodedPrompt
from laminoscope_core.recording.reducers.reducer import Batch, Kept, Need, Setting
from laminoscope_core.recording.reducers.whole import Whole

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Rows", "rows_of"]


@dataclass(frozen=True, eq=False)
class Rows(Whole):
    """Keeps the mean of the activations over token ranges.

    Attributes
    ----------
    sites, layers
        As those of `Whole`.
    spans : int array of shape (n_prompts, n_rows, 2)
        Ranges ``[start, stop)`` of the tokens of each prompt.
    """

    spans: npt.NDArray[np.int64] = field(kw_only=True)

    def needs(self, setting: Setting) -> list[Need]:
        """Return a need for each site of each layer; raise if a span is not in its prompt."""
        _check(self.spans, setting.prompts)
        found = []
        for need in super().needs(setting):
            ((site, whole),) = need.keeps.items()
            rest = {name: size for name, size in whole.axes.items() if name != "token"}
            kept = Kept({"row": self.spans.shape[1], **rest})
            found.append(Need(need.layer, need.sites, {site: kept}))
        return found

    def reduce(
        self, need: Need, values: "Mapping[str, Tensor]", batch: Batch
    ) -> "Mapping[str, Tensor]":
        """Return the rows of each site, as `rows_of` does."""
        import torch

        spans = torch.from_numpy(self.spans[list(batch.prompts)])
        return {site: rows_of(tensor, spans) for site, tensor in values.items()}


def _check(spans: npt.NDArray[np.int64], prompts: Sequence[EncodedPrompt]) -> None:
    if spans.ndim != 3 or spans.shape[0] != len(prompts) or spans.shape[2] != 2:
        raise CaptureError(
            f"The spans have the shape {spans.shape}.",
            f"It must be ({len(prompts)}, n_rows, 2): a token range for every row of every prompt.",
        )
    if spans.dtype.kind not in "iu" or spans.shape[1] == 0:
        raise CaptureError("The spans must be whole numbers, at least one range per prompt.")
    for prompt, rows in zip(prompts, spans, strict=True):
        n_tokens = len(prompt.token_ids)
        bad = (rows[:, 0] < 0) | (rows[:, 1] > n_tokens) | (rows[:, 0] >= rows[:, 1])
        if bad.any():
            start, stop = rows[bad][0]
            raise CaptureError(
                f"The span {start} to {stop} is not inside a prompt of {n_tokens} tokens.",
                "A span runs from its first token to one past its last.",
            )


def rows_of(values: "Tensor", spans: "Tensor") -> "Tensor":
    """Return a copy of the rows to keep, on the same device.

    Parameters
    ----------
    values : tensor of shape (batch, n_tokens, …)
    spans : integer tensor of shape (batch, n_rows, 2)
        Ranges ``[start, stop)``.

    Returns
    -------
    tensor of shape (batch, n_rows, …)
        The mean over each range, in float32; where every range is one token, those tokens' rows,
        bit for bit.

    Examples
    --------
    >>> import torch
    >>> values = torch.tensor([[[1.0], [2.0], [4.0]]])
    >>> rows_of(values, torch.tensor([[[0, 1], [1, 3]]])).flatten().tolist()
    [1.0, 3.0]
    """
    import torch

    starts, lengths = spans[..., 0], spans[..., 1] - spans[..., 0]
    widest = int(lengths.max())
    batch = torch.arange(len(values))[:, None]
    if widest == 1:
        return values.detach()[batch.to(values.device), starts.to(values.device)]
    offsets = torch.arange(widest)
    inside = offsets < lengths[..., None]
    tokens = (starts[..., None] + offsets).where(inside, starts[..., None])
    picked = values.detach()[batch[..., None].to(values.device), tokens.to(values.device)].float()
    tail = (1,) * (values.ndim - 2)
    inside = inside.to(values.device).reshape(*inside.shape, *tail)
    total = picked.where(inside, 0.0).sum(dim=2)
    return total / lengths.to(values.device).reshape(*lengths.shape, *tail)
