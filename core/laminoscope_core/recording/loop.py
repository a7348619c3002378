"""Batch after batch through the model, halved where memory runs out."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from laminoscope_core.errors import Offer, OutOfMemory
from laminoscope_core.job import Job
from laminoscope_core.models.memory import let_go, out_of_memory
from laminoscope_core.recording.passes import Passes, Place, Sink, TokenRows
from laminoscope_core.recording.prefix import shared_prefix
from laminoscope_core.recording.store import Store

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PreTrainedModel

__all__ = ["no_memory", "run_batches"]


def run_batches(
    passes: Passes,
    rows: TokenRows,
    batches: Sequence[Sequence[int]],
    stores: Sequence[Store],
    job: Job,
    may_split: bool,
) -> None:
    """Run the model over every batch and store what is kept of it.

    Parameters
    ----------
    passes : Passes
    rows : sequence of tuple of int
        Token ids by prompt.
    batches : sequence of sequence of int
        Indices of prompts.
    stores : sequence of Store
        One for each task; filled.
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
    keeps = {
        (index, name, need.layer): kept
        for index, task in enumerate(passes.tasks)
        for need in task.needs
        for name, kept in need.keeps.items()
    }

    def put(prompts: Sequence[int], place: Place, values: "Tensor") -> None:
        index, name, layer = place
        lengths = [len(rows[prompt]) for prompt in prompts]
        stores[index].put(name, layer, keeps[place], prompts, lengths, values)

    prefix = shared_prefix(passes, rows, lambda *_: job.check())
    run = passes.run if prefix is None else prefix.run
    waiting = [list(batch) for batch in reversed(batches)]
    n_done = 0
    while waiting:
        batch = waiting.pop()
        n_batches = n_done + 1 + len(waiting)
        part = job.part(n_done / n_batches, (n_done + 1) / n_batches)
        text = f" of batch {n_done + 1}/{n_batches}" if n_batches > 1 else ""

        def on_step(fraction: float, step: str, part: Job = part, text: str = text) -> None:
            part.report(fraction, step + text)

        try:
            with _fetched_last(partial(put, batch)) as sink:
                run([rows[index] for index in batch], batch, sink, on_step)
                job.check()
        except (RuntimeError, MemoryError) as error:
            if not out_of_memory(error):
                raise
            reason = str(error)
        else:
            n_done += 1
            continue
        # Out of the except clause, where the error would keep the pass's tensors alive.
        let_go()
        if len(batch) == 1 or not may_split:
            raise no_memory(reason, passes.setting.model.hf, len(batch))
        half = len(batch) // 2
        waiting += [batch[half:], batch[:half]]


@contextmanager
def _fetched_last(put: Sink) -> Iterator[Sink]:
    """Store what is in main memory at once, and what is not when the pass is over.

    Fetching from a GPU waits for everything that it has been told to do.
    """
    on_device: list[tuple[Place, Tensor]] = []

    def sink(place: Place, values: "Tensor") -> None:
        if values.device.type == "cpu":
            put(place, values)
        else:
            on_device.append((place, values.clone()))

    try:
        yield sink
        while on_device:
            put(*on_device.pop())
    finally:
        on_device.clear()


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
