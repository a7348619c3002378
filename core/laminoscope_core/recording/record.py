"""One forward pass a batch, with all reducers at its hooks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from laminoscope_core.errors import CaptureError
from laminoscope_core.job import Job
from laminoscope_core.models.memory import let_go, out_of_memory
from laminoscope_core.models.model import Model
from laminoscope_core.recording.hooks import alone
from laminoscope_core.recording.loop import no_memory, run_batches
from laminoscope_core.recording.plan import plan_of
from laminoscope_core.recording.prompts import EncodedPrompt, Prompt, encode
from laminoscope_core.recording.reducers.reducer import Reducer
from laminoscope_core.recording.sizes import sizes_of
from laminoscope_core.recording.store import Store

__all__ = ["Recorded", "record"]

R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class Recorded:
    """What the reducers of a recording kept: ``recorded[reducer]`` is that reducer's result.

    Attributes
    ----------
    prompts : tuple of EncodedPrompt
        What the model read.
    """

    prompts: tuple[EncodedPrompt, ...]
    _results: Mapping[Reducer[Any], Any]

    def __getitem__(self, reducer: Reducer[R]) -> R:
        result: R = self._results[reducer]
        return result


def record(
    model: Model,
    prompts: Sequence[Prompt],
    reducers: Sequence[Reducer[Any]],
    *,
    job: Job | None = None,
    batch_size: int | None = None,
    memory: int | None = None,
) -> Recorded:
    """Run the model over the prompts once and keep what the reducers make of it.

    It runs and raises as `laminoscope_core.capture` does, which takes the other arguments too.

    Parameters
    ----------
    reducers : sequence of Reducer
        See `laminoscope_core.recording.reducers`.

    Examples
    --------
    >>> import torch
    >>> from transformers import GPT2Config, GPT2LMHeadModel
    >>> from laminoscope_core import wrap_model
    >>> from laminoscope_core.recording.reducers.next_token import NextToken
    >>> from laminoscope_core.recording.reducers.norms import Norms
    >>> config = GPT2Config(vocab_size=50, n_positions=16, n_embd=8, n_layer=2, n_head=2)
    >>> norms, expected = Norms(("attn_out",)), NextToken()
    >>> found = record(wrap_model(GPT2LMHeadModel(config)), [[3, 1, 4], [1, 5]], [norms, expected])
    >>> found[norms]["attn_out"].shape
    (2, 2, 3)
    >>> found[expected].surprisal.shape
    (2, 3)
    """
    job = job or Job()
    if isinstance(prompts, str):
        raise CaptureError("The prompts must be a list of texts, not one text.")
    encoded = tuple(encode(model, prompt) for prompt in prompts)
    if model.hf.training:
        raise CaptureError(
            "The model is in training mode, where dropout changes its activations.",
            "Call eval() of the model first.",
        )
    try:
        return _recorded(model, encoded, tuple(reducers), job, batch_size, memory)
    except (RuntimeError, MemoryError) as error:
        if not out_of_memory(error):
            raise
        reason = str(error)
    # Out of the except clause, where the error would keep the pass's tensors alive.
    let_go()
    raise no_memory(reason, model.hf, len(encoded))


def _recorded(
    model: Model,
    encoded: tuple[EncodedPrompt, ...],
    reducers: tuple[Reducer[Any], ...],
    job: Job,
    batch_size: int | None,
    memory: int | None,
) -> Recorded:
    import torch

    if model.reads_whole:
        batch_size = 1
    with alone(job), torch.no_grad():
        sizes = sizes_of(model, encoded, reducers, job)
        plan = plan_of(sizes, batch_size, memory)
        passes = sizes.passes
        rows = [prompt.token_ids for prompt in encoded]
        stores: list[Store] = []
        try:
            for task, on_disk in zip(passes.tasks, plan.on_disk, strict=True):
                stores.append(Store(len(rows), max(sizes.lengths), task.layers, on_disk))
            with model.within():
                run_batches(passes, rows, plan.batches, stores, job, batch_size is None)
            for store in stores:
                store.seal()
        except BaseException:
            for store in stores:
                store.close()
            raise
    results = {
        reducer: reducer.result(store, passes.setting)
        for reducer, store in zip(reducers, stores, strict=True)
    }
    return Recorded(encoded, results)
