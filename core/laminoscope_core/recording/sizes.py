"""How many bytes a recording takes while it runs and when it is done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any

from laminoscope_core.errors import CaptureError
from laminoscope_core.job import Job
from laminoscope_core.models.configuration import decoder_config
from laminoscope_core.models.model import Model
from laminoscope_core.models.offload import most_brought
from laminoscope_core.recording.passes import BLOCK_VALUES, Passes, Task
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.prompts import EncodedPrompt
from laminoscope_core.recording.reducers.reducer import Need, Reducer, Setting
from laminoscope_core.recording.sites import checked_layers

__all__ = ["Sizes", "cache_bytes", "running_bytes", "sizes_of"]


@dataclass(frozen=True, eq=False)
class Sizes:
    """What a recording is asked for, in numbers.

    Attributes
    ----------
    passes : Passes
    lengths : tuple of int
        Tokens of each prompt.
    """

    passes: Passes
    lengths: tuple[int, ...]

    @property
    def model(self) -> Model:
        """What is run."""
        return self.passes.setting.model

    @property
    def needs(self) -> list[Need]:
        """The needs of all tasks."""
        return [need for task in self.passes.tasks for need in task.needs]

    @property
    def layers(self) -> tuple[int, ...]:
        """The layers that some task has a place for, ascending."""
        return tuple(sorted({layer for task in self.passes.tasks for layer in task.layers}))

    def of_layers(self, layers: Sequence[int]) -> "Sizes":
        """Return what it would be for these layers only."""
        tasks = tuple(
            Task(
                task.reducer,
                tuple(layer for layer in task.layers if layer in layers),
                tuple(need for need in task.needs if need.layer in (None, *layers)),
            )
            for task in self.passes.tasks
        )
        return replace(self, passes=replace(self.passes, tasks=tasks))

    def kept(self) -> tuple[int, ...]:
        """Return the size of the arrays of each task that are returned."""
        return tuple(map(self._kept, self.passes.tasks))

    def _kept(self, task: Task) -> int:
        # Every layer has its place in an array of each shape that a name comes in.
        arrays = {
            (name, tuple(kept.axes.values()), need.layer is None): kept
            for need in task.needs
            for name, kept in need.keeps.items()
        }
        values = sum(
            kept.nbytes(max(self.lengths)) * (1 if single else len(task.layers))
            for (_, _, single), kept in arrays.items()
        )
        return len(self.lengths) * values

    def batch(self, size: int, length: int) -> int:
        """Return what a batch takes while it runs, beside the arrays that are returned.

        Parameters
        ----------
        size, length : int
            Prompts that run together, and tokens of the longest.
        """
        model, each = self.model, _bytes_each(self.model)
        values = size * length * max(map(self._held, self.layers), default=0)
        if self.passes.unembedding is not None:
            values += min(BLOCK_VALUES, size * length * model.info.vocab_size)
        elif self.passes.of_logits:
            values += size * length * model.info.vocab_size
        taken = each * values
        if not model.info.device.startswith("cpu"):
            # What is kept of a batch is fetched when it is over.
            kept = [kept for need in self.needs for kept in need.keeps.values()]
            taken += size * sum(each * one.nbytes(length) // 4 for one in kept)
        with_weights = any("attention" in need.sites for need in self.needs)
        return taken + running_bytes(model, size, length, with_weights)

    def _held(self, layer: int) -> int:
        """Return how many values of a token wait for others of their layer."""
        block, held = self.passes.setting.layout.blocks[layer], 0
        for need in self.needs:
            if need.layer == layer:
                n_parts = {site: len(block.sources[site].taps) for site in need.sites}
                if sum(n_parts.values()) > 1:
                    held += sum(n * prod(block.shapes[site]) for site, n in n_parts.items())
        return held


def sizes_of(
    model: Model,
    prompts: Sequence[EncodedPrompt],
    reducers: Sequence[Reducer[Any]],
    job: Job | None = None,
) -> Sizes:
    """Return the sizes of a recording, once the model is known to have what is asked for.

    Raises
    ------
    CaptureError
        There are no prompts, or the model does not have something that is asked for.
    """
    if not prompts:
        raise CaptureError("There are no prompts.", "Give at least one.")
    layout = layout_of(model.hf, job)
    setting = Setting(model, layout, tuple(prompts))
    tasks = tuple(
        Task(
            reducer,
            checked_layers(reducer.layers, len(layout.blocks)),
            tuple(reducer.needs(setting)),
        )
        for reducer in reducers
    )
    return Sizes(Passes(setting, tasks), tuple(len(p.token_ids) for p in prompts))


def running_bytes(model: Model, size: int, length: int, with_weights: bool = False) -> int:
    """Return what a forward pass takes beside the model, without logits and what is kept.

    Parameters
    ----------
    model : Model
    size, length : int
        Prompts that run together, and tokens of the longest.
    with_weights : bool
        Whether the attention weights are computed; some kernels always do.
    """
    info, config = model.info, decoder_config(model.hf)
    inner = getattr(config, "intermediate_size", None)
    inner = inner if isinstance(inner, int) else 4 * info.d_model
    # The stream and its copies, the projections, the MLP's inner activations; plain attention
    # makes a few matrices of all tokens by all tokens.
    values = size * length * (8 * info.d_model + 3 * inner)
    if with_weights or info.attention_kernel == "eager":
        values += 4 * size * max(info.n_heads, 1) * length * length
    return values * _bytes_each(model) + most_brought(model.hf)


def cache_bytes(model: Model, n_tokens: int) -> int:
    """Return what the keys and values of a text take while it is continued."""
    info = model.info
    return 2 * info.n_layers * info.n_kv_heads * info.d_head * n_tokens * _bytes_each(model)


def _bytes_each(model: Model) -> int:
    return 4 if model.info.dtype == "float32" else 2
