"""One forward pass over a batch of prompts, whatever is kept of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from laminoscope_core.models.memory import heap_trimmer
from laminoscope_core.recording.hooks import Call, hooked
from laminoscope_core.recording.layout import Source, Tap
from laminoscope_core.recording.probe import forward_arguments, input_device
from laminoscope_core.recording.reducers.reducer import Batch, Need, Reducer, Setting
from laminoscope_core.recording.unembedding import Unembedding, unembedding_of

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["BLOCK_VALUES", "LOGITS", "OnStep", "Passes", "Place", "Sink", "Task", "TokenRows"]

TokenRows = Sequence[tuple[int, ...]]
Place = tuple[int, str, int | None]
"""Which task, the name of what it keeps, and the layer."""
Sink = Callable[[Place, "Tensor"], None]
OnStep = Callable[[float, str], None]

LOGITS = ("logits",)
BLOCK_VALUES = 2**24
"""Logits that exist at once where they are taken a few tokens at a time."""


@dataclass(frozen=True, eq=False)
class Task:
    """A reducer bound to a model: the layers that have a place, and the calls that it needs."""

    reducer: Reducer[Any]
    layers: tuple[int, ...]
    needs: tuple[Need, ...]


@dataclass(frozen=True, eq=False)
class Passes:
    """What every pass of one recording has in common.

    Attributes
    ----------
    setting : Setting
    tasks : tuple of Task
        A pass ends as soon as all have what they need.
    """

    setting: Setting
    tasks: tuple[Task, ...]

    @cached_property
    def of_logits(self) -> tuple[tuple[int, Need], ...]:
        """The needs of logits, each with the index of its task."""
        return tuple(
            (index, need)
            for index, task in enumerate(self.tasks)
            for need in task.needs
            if need.sites == LOGITS
        )

    @cached_property
    def unembedding(self) -> Unembedding | None:
        """How the logits are had a few tokens at a time; None if some task takes all of them."""
        if not self.of_logits or not all(need.by_block for _, need in self.of_logits):
            return None
        return unembedding_of(self.setting.model.hf)

    def run(
        self,
        rows: TokenRows,
        prompts: Sequence[int],
        sink: Sink,
        on_step: OnStep,
        past: Any = None,
        n_past: int = 0,
    ) -> None:
        """Run the model over token rows, padded on the right.

        Parameters
        ----------
        rows : sequence of tuple of int
            Tokens after the ones in the cache.
        prompts : sequence of int
            Which prompts those are of.
        sink : callable
            Gets every place and what is kept there, a tensor (batch, …); it may be the model's
            own and is not to be held.
        on_step : callable
            Called with how far the pass is and a text before each block of the model, and of the
            logits, is run; may raise.
        past : transformers.Cache, optional
            Keys and values of tokens before these, filled on.
        n_past : int
            How many those are.
        """
        import torch

        lengths = tuple(map(len, rows))
        ids = torch.zeros((len(rows), max(lengths)), dtype=torch.long)
        mask = torch.zeros((len(rows), n_past + max(lengths)), dtype=torch.long)
        mask[:, :n_past] = 1
        for index, row in enumerate(rows):
            ids[index, : len(row)] = torch.tensor(row)
            mask[index, n_past : n_past + len(row)] = 1
        hf = self.setting.model.hf
        device = input_device(hf)
        arguments: dict[str, Any] = {"attention_mask": mask.to(device)}
        if past is not None:
            arguments |= {"past_key_values": past, "use_cache": True}
        batch = Batch(self.setting, tuple(prompts), lengths, ids)
        calls = [
            self._call(index, need, batch, sink)
            for index, task in enumerate(self.tasks)
            for need in task.needs
            if need.sites != LOGITS
        ]
        hidden: list[Tensor] = []
        if self.unembedding is not None:
            last = {"hidden": Source((Tap(self.unembedding.decoder),))}
            calls.append(Call(None, last, lambda values: hidden.append(values["hidden"])))
        blocks = tuple(block.module for block in self.setting.layout.blocks)
        n_last = max(len(blocks) // 4, 1) if self.unembedding is not None else 0
        share = len(blocks) / (len(blocks) + n_last)
        give_back = heap_trimmer()

        def go_on(fraction: float, text: str) -> None:
            give_back()
            on_step(fraction, text)

        output: Any = None
        with hooked(
            calls,
            blocks,
            shape=(len(rows), max(lengths)),
            on_block=lambda layer: go_on(share * layer / len(blocks), f"layer {layer}"),
            stop=self.unembedding is not None or not self.of_logits,
        ):
            output = hf(ids.to(device), **forward_arguments(hf, **arguments))
        if self.of_logits:
            whole = hidden[0] if output is None else output.logits.detach()
            text = "next-token scores"
            self._logits(whole, batch, sink, lambda done: go_on(share + done * (1 - share), text))

    def _logits(
        self, whole: "Tensor", batch: Batch, sink: Sink, on_block: Callable[[float], None]
    ) -> None:
        """Hand over the logits, or those that the last hidden states stand for."""
        import torch

        for index, need in self.of_logits:
            if not need.by_block:
                self._take(index, need, batch, sink, {"logits": whole})
        n_prompts, n_tokens = batch.token_ids.shape
        step = max(1, BLOCK_VALUES // (n_prompts * self.setting.model.info.vocab_size))
        by_block = any(need.by_block for _, need in self.of_logits)
        pieces: dict[Place, list[Tensor]] = {}
        for start in range(0, n_tokens if by_block else 0, step):
            on_block(start / n_tokens)
            here = replace(batch, first=start)
            self._block(whole[:, start : start + step], here, partial(_append, pieces))
        for place, many in pieces.items():
            sink(place, torch.cat(many, dim=1))

    def _block(self, part: "Tensor", batch: Batch, sink: Sink) -> None:
        """Hand over a part of the logits, which is gone when this returns."""
        if self.unembedding is not None:
            part = self.unembedding.logits(self.setting.model.hf, part)
        for index, need in self.of_logits:
            if need.by_block:
                self._take(index, need, batch, sink, {"logits": part})

    def _call(self, index: int, need: Need, batch: Batch, sink: Sink) -> Call:
        sources = {
            site: Source((Tap(self.setting.layout.embedding),))
            if need.layer is None
            else self.setting.layout.source(site, need.layer)
            for site in need.sites
        }
        return Call(need.layer, sources, partial(self._take, index, need, batch, sink))

    def _take(
        self, index: int, need: Need, batch: Batch, sink: Sink, values: "Mapping[str, Tensor]"
    ) -> None:
        reduced = self.tasks[index].reducer.reduce(need, values, batch)
        for name, tensor in reduced.items():
            sink((index, name, need.layer), tensor)


def _append(pieces: "dict[Place, list[Tensor]]", place: Place, tensor: "Tensor") -> None:
    pieces.setdefault(place, []).append(tensor)
