"""One forward pass over a batch of prompts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from laminoscope_core.errors import CaptureError
from laminoscope_core.recording.hooks import Key, hooked, rows_of
from laminoscope_core.recording.layout import Layout, Source
from laminoscope_core.recording.probe import forward_arguments, input_device

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PreTrainedModel

__all__ = ["Passes", "TokenRows"]

TokenRows = Sequence[tuple[int, ...]]


@dataclass(frozen=True, eq=False)
class Passes:
    """What every pass of one capture has in common.

    Attributes
    ----------
    hf : transformers.PreTrainedModel
    layout : Layout
    sources : mapping of (site, layer) to Source
        What to keep.
    logits : bool
        Keep the logits as well; otherwise the pass ends as soon as it has everything.
    n_columns : int
        Tokens of the longest prompt, the width of attention rows.
    """

    hf: "PreTrainedModel"
    layout: Layout
    sources: Mapping[Key, Source]
    logits: bool
    n_columns: int

    def run(
        self,
        rows: TokenRows,
        ranges: npt.NDArray[np.int64] | None,
        on_block: Callable[[int], None],
        past: Any = None,
        n_past: int = 0,
    ) -> "dict[Key, Tensor]":
        """Run the model over token rows, padded on the right.

        Parameters
        ----------
        rows : sequence of tuple of int
            Tokens after the ones in the cache.
        ranges : int array of shape (batch, n_rows, 2) or None
            Token ranges inside `rows` to keep.
        on_block : callable
            Called with the index of each block before it runs; may raise.
        past : transformers.Cache, optional
            Keys and values of tokens before these, filled on.
        n_past : int
            How many those are.

        Returns
        -------
        dict of (site, layer) to tensor of shape (batch, n_rows, …)
        """
        import torch

        longest = max(map(len, rows))
        ids = torch.zeros((len(rows), longest), dtype=torch.long)
        mask = torch.zeros((len(rows), n_past + longest), dtype=torch.long)
        mask[:, :n_past] = 1
        for index, row in enumerate(rows):
            ids[index, : len(row)] = torch.tensor(row)
            mask[index, n_past : n_past + len(row)] = 1
        spans = None if ranges is None else torch.from_numpy(ranges)
        device = input_device(self.hf)
        arguments: dict[str, Any] = {"attention_mask": mask.to(device)}
        if past is not None:
            arguments |= {"past_key_values": past, "use_cache": True}
        output: Any = None
        with hooked(
            self.sources,
            tuple(block.module for block in self.layout.blocks),
            shape=(len(rows), longest),
            spans=spans,
            on_block=on_block,
            stop=not self.logits,
        ) as kept:
            output = self.hf(ids.to(device), **forward_arguments(self.hf, **arguments))
        if self.logits:
            # Nothing else holds the logits, so that all of them need no copy.
            whole = output.logits.detach()
            kept["logits", None] = whole if spans is None else rows_of(whole, spans)
        for (site, layer), values in kept.items():
            if site == "attention":
                kept[site, layer] = _attended(values, mask.bool(), self.n_columns)
        return kept


def _attended(weights: "Tensor", inside: "Tensor", n_columns: int) -> "Tensor":
    """Widen (batch, rows, heads, tokens) to all prompts' longest; NaN where no token is."""
    batch, n_rows, n_heads, n_tokens = weights.shape
    if n_tokens != inside.shape[1]:
        raise CaptureError("attention cannot be captured: it attends to more than the tokens.")
    wide = weights.new_full((batch, n_rows, n_heads, n_columns), float("nan"))
    wide[..., :n_tokens] = weights.where(
        inside[:, None, None].to(weights.device), wide[..., :n_tokens]
    )
    return wide
