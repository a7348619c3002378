"""Batch after batch through the model, halved where memory runs out."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from laminoscope_core.errors import Offer, OutOfMemory
from laminoscope_core.job import Job
from laminoscope_core.models.memory import let_go, out_of_memory
from laminoscope_core.recording.hooks import Key
from laminoscope_core.recording.passes import Passes, TokenRows
from laminoscope_core.recording.prefix import shared_prefix
from laminoscope_core.recording.store import Store

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PreTrainedModel

__all__ = ["no_memory", "run_batches"]


def run_batches(
    passes: Passes,
    rows: TokenRows,
    ranges: npt.NDArray[np.int64] | None,
    batches: Sequence[Sequence[int]],
    store: Store,
    job: Job,
    may_split: bool,
) -> None:
    """Run the model over every batch and store what is kept of it.

    Parameters
    ----------
    passes : Passes
    rows : sequence of tuple of int
        Token ids by prompt.
    ranges : int array of shape (n_prompts, n_rows, 2) or None
        Rows to keep; every token if None.
    batches : sequence of sequence of int
        Indices of prompts.
    store : Store
        Filled.
    job : Job
        Told of every layer and batch; can be cancelled at every layer.
    may_split : bool
        Whether a batch for which there is not enough memory is halved.

    Raises
    ------
    OutOfMemory
        There is not enough memory for a batch.
    Cancelled
        The job was cancelled.
    """
    n_blocks = len(passes.layout.blocks)
    prefix = shared_prefix(passes, rows, ranges, lambda _layer: job.check())
    waiting = [list(batch) for batch in reversed(batches)]
    n_done = 0
    while waiting:
        batch = waiting.pop()
        n_batches = n_done + 1 + len(waiting)
        part = job.part(n_done / n_batches, (n_done + 1) / n_batches)
        text = f" of batch {n_done + 1}/{n_batches}" if n_batches > 1 else ""

        def on_block(layer: int, part: Job = part, text: str = text) -> None:
            part.report(layer / n_blocks, f"layer {layer}{text}")

        chosen_rows = [rows[index] for index in batch]
        chosen = None if ranges is None else ranges[batch]
        kept: dict[Key, Tensor] = {}
        try:
            if prefix is None:
                kept = passes.run(chosen_rows, chosen, on_block)
            else:
                kept = prefix.run(chosen_rows, batch, on_block)
            job.check()
            inside = _inside(chosen_rows, chosen)
            for key in list(kept):
                store.put(key, batch, kept.pop(key), inside)
        except (RuntimeError, MemoryError) as error:
            if not out_of_memory(error):
                raise
            reason = str(error)
        else:
            n_done += 1
            continue
        # Out of the except clause, where the error would keep the pass's tensors alive.
        kept = {}
        let_go()
        if len(batch) == 1 or not may_split:
            raise no_memory(reason, passes.hf, len(batch))
        half = len(batch) // 2
        waiting += [batch[half:], batch[:half]]


def _inside(rows: TokenRows, ranges: npt.NDArray[np.int64] | None) -> npt.NDArray[np.bool_]:
    if ranges is not None:
        return np.ones(ranges.shape[:2], dtype=np.bool_)
    lengths = np.array([len(row) for row in rows])
    inside: npt.NDArray[np.bool_] = np.arange(lengths.max()) < lengths[:, None]
    return inside


def no_memory(reason: str, hf: "PreTrainedModel", size: int) -> OutOfMemory:
    """Return the error for memory that ran out although the forecast had fitted.

    Parameters
    ----------
    reason : str
        What the library said.
    hf : transformers.PreTrainedModel
    size : int
        Prompts of the batch.
    """
    offers = [Offer("batch_size", size // 2)] if size > 1 else []
    if hf.device.type != "cpu":
        offers.append(Offer("device", "cpu"))
    asked = re.search(r"tried to allocate [\d.]+ \w+", reason, re.IGNORECASE)
    detail = f" (it {asked[0].lower()})" if asked else ""
    smaller = "a smaller batch size, fewer sites or layers, or a shorter text"
    return OutOfMemory(
        f"There is not enough memory for a batch of {size}{detail}.",
        f"Choose {smaller}." if hf.device.type == "cpu" else f"Choose {smaller}, or the CPU.",
        offers,
    )
