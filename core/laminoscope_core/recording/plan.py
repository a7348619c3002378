"""How a recording's prompts are batched, and how much memory it is expected to take."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from inspect import signature
from typing import Any

from laminoscope_core.errors import CaptureError
from laminoscope_core.job import Job
from laminoscope_core.models.configuration import rotation_changes_beyond
from laminoscope_core.models.memory import gigabytes
from laminoscope_core.models.model import Model
from laminoscope_core.models.offload import held_bytes
from laminoscope_core.recording import room
from laminoscope_core.recording.hooks import alone
from laminoscope_core.recording.prompts import Prompt, encode
from laminoscope_core.recording.reducers.reducer import Reducer
from laminoscope_core.recording.sizes import Sizes, cache_bytes, running_bytes, sizes_of

__all__ = [
    "Forecast",
    "Plan",
    "Together",
    "forecast",
    "forecast_reading",
    "plan_of",
    "rows_together",
]

# More tokens in a pass gain nothing and delay a cancellation.
MOST_TOKENS = 4096
# A pass may take this share of the memory that is free, and no more than so much: larger batches
# gain no speed, and what is kept of a batch is in memory twice while it is stored.
SHARE = 0.5
MOST_BYTES = 512 * 2**20
# A process with torch and transformers but without a model.
SMALL_PROCESS = 200e6


@dataclass(frozen=True)
class Forecast:
    """What a recording is expected to take, in bytes.

    Attributes
    ----------
    weights : int
        The model's parameters that stay in memory, tied ones once.
    kept : int
        The arrays that are returned.
    batch : int
        The largest batch while it runs: its activations, and on a GPU what is kept of it.
    peak : int
        Highest memory of the process (CPU) or of the model's device during the run.
    budget : int
        What is free on the model's device now.
    n_batches : int
    mapped : int
        How much of `kept` goes to mapped files because it would take too much memory.
    advice : str
        Empty if it fits; else what is too large and what would fit.
    """

    weights: int
    kept: int
    batch: int
    peak: int
    budget: int
    n_batches: int
    mapped: int = 0
    advice: str = ""

    @property
    def activations(self) -> int:
        """What the run adds in memory to the model."""
        return self.batch + self.kept - self.mapped

    @property
    def fits(self) -> bool:
        """Whether the run would start."""
        return not self.advice


@dataclass(frozen=True)
class Plan:
    """How a recording is run.

    Attributes
    ----------
    batches : tuple of tuple of int
        Indices of prompts, those of like length together.
    on_disk : tuple of bool
        Whether the arrays of each task go to mapped files.
    """

    batches: tuple[tuple[int, ...], ...]
    on_disk: tuple[bool, ...]


@dataclass(frozen=True)
class Together:
    """Rows that run in one pass, and the bytes that it takes."""

    n_rows: int
    n_bytes: int


def forecast(
    model: Model,
    prompts: Sequence[Prompt],
    reducers: Sequence[Reducer[Any]],
    *,
    batch_size: int | None = None,
    memory: int | None = None,
) -> Forecast:
    """Forecast the memory of a recording without running it.

    Parameters
    ----------
    model, prompts, reducers, batch_size, memory
        As for `laminoscope_core.recording.record.record`.
    """
    with alone(Job()):
        sizes = sizes_of(model, [encode(model, prompt) for prompt in prompts], reducers)
        lengths = sizes.lengths
        short = room.shortage(sizes, batch_size, memory)
        if short is None:
            plan = plan_of(sizes, batch_size, memory)
        else:
            plan = Plan(tuple((index,) for index in range(len(lengths))), (False,) * len(reducers))
        batch = max(sizes.batch(len(b), max(lengths[i] for i in b)) for b in plan.batches)
    kept = sizes.kept()
    found = _forecast(
        model,
        kept=sum(kept),
        mapped=sum(n for n, on_disk in zip(kept, plan.on_disk, strict=True) if on_disk),
        batch=batch,
        with_logits=bool(sizes.passes.of_logits),
    )
    advice = "" if short is None else str(short)
    return replace(found, n_batches=len(plan.batches), advice=advice)


def forecast_reading(model: Model, lengths: Sequence[int]) -> Forecast:
    """Forecast the memory of reading prompts one by one for the token that comes next.

    Parameters
    ----------
    model : Model
    lengths : sequence of int
        Tokens of each prompt.
    """
    longest, vocab = max(lengths), model.info.vocab_size
    keeps_one = "logits_to_keep" in signature(model.hf.forward).parameters

    def taken(length: int) -> int:
        rows = 1 if keeps_one else length
        return running_bytes(model, 1, length) + cache_bytes(model, length) + 4 * rows * vocab

    # Of every prompt the scores, probabilities and order of all tokens stay.
    found = _forecast(model, kept=24 * vocab * len(lengths), batch=taken(longest), with_logits=True)
    advice = ""
    if found.batch > found.budget:
        most = room.most(longest, lambda length: taken(length) <= found.budget)
        advice = (
            f"A prompt of {longest:,} tokens would take {gigabytes(found.batch)}; "
            f"{model.info.device} has {gigabytes(found.budget)} free. "
            f"What would fit: {most:,} tokens."
        )
    return replace(found, n_batches=len(lengths), advice=advice)


def _forecast(
    model: Model, *, kept: int, batch: int, with_logits: bool, mapped: int = 0
) -> Forecast:
    weights = held_bytes(model.hf)
    if model.info.device.startswith("cpu"):
        peak = _resident(model, weights, with_logits) + batch + kept - mapped
    else:
        peak = weights + batch
    return Forecast(weights, kept, batch, peak, room.free_on_device(model), 1, mapped)


def plan_of(sizes: Sizes, batch_size: int | None = None, memory: int | None = None) -> Plan:
    """Divide the prompts into batches of similar length that fit into memory.

    Parameters
    ----------
    sizes : Sizes
    batch_size, memory
        As for `laminoscope_core.capture`.

    Raises
    ------
    OutOfMemory
        It cannot be had with the memory and the disk there are; says what would fit.
    CaptureError
        The batch size is not positive.
    """
    if batch_size is not None and batch_size < 1:
        raise CaptureError(f"The batch size is {batch_size}.", "It must be at least 1.")
    short = room.shortage(sizes, batch_size, memory)
    if short is not None:
        raise short
    lengths = sizes.lengths
    share = min(SHARE * room.free_on_device(sizes.model), MOST_BYTES)
    change = rotation_changes_beyond(sizes.model.hf) or max(lengths)
    batches: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda index: lengths[index]):
        size = len(batches[-1]) + 1 if batches else 0
        if batches and lengths[batches[-1][0]] <= change < lengths[index]:
            fits = False
        elif batch_size is not None:
            fits = 0 < size <= batch_size
        else:
            enough = size * lengths[index] <= MOST_TOKENS
            fits = size > 0 and enough and sizes.batch(size, lengths[index]) <= share
        if fits:
            batches[-1].append(index)
        else:
            batches.append([index])
    # What is small stays in memory; what does not fit beside it is mapped.
    kept, taken = sizes.kept(), 0
    on_disk = [False] * len(kept)
    for index in sorted(range(len(kept)), key=kept.__getitem__):
        taken += kept[index]
        on_disk[index] = taken > room.budget(memory)
    return Plan(tuple(map(tuple, batches)), tuple(on_disk))


def rows_together(model: Model, n_tokens: int) -> Together:
    """Return how many rows of a text run together when only the last logits are kept; at least one.

    Parameters
    ----------
    model : Model
    n_tokens : int
        Of each row.
    """
    share = min(SHARE * room.free_on_device(model), MOST_BYTES)
    n_logits = 1 if "logits_to_keep" in signature(model.hf.forward).parameters else n_tokens

    def taken(size: int) -> int:
        logits = 4 * size * n_logits * model.info.vocab_size
        return running_bytes(model, size, n_tokens) + logits

    most = max(room.most(max(MOST_TOKENS // n_tokens, 1), lambda size: taken(size) <= share), 1)
    return Together(most, taken(most))


def _resident(model: Model, weights: int, with_logits: bool) -> int:
    """Return the memory of this process once the model has run, without what a run adds."""
    import psutil

    resident = int(psutil.Process().memory_info().rss)
    if resident < weights + SMALL_PROCESS:
        # Weights mapped from a file become resident as the model runs; of the embedding only
        # single rows are read, unless it is the unembedding too.
        resident += weights
        if not with_logits:
            embedding = model.hf.get_input_embeddings().weight
            resident -= embedding.numel() * embedding.element_size()
    return resident
