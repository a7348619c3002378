"""The sampler chain: an ordered list of samplers and what each does to the candidates."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laminoscope_core.sampling.candidates import Candidates, Outcome
from laminoscope_core.sampling.choosing import Turn
from laminoscope_core.sampling.dry import Breakers, breakers_from_ids, breakers_from_texts
from laminoscope_core.sampling.guiding import Guides
from laminoscope_core.sampling.links import Link
from laminoscope_core.sampling.parameters import SamplingError
from laminoscope_core.sampling.presets import PRESETS
from laminoscope_core.sampling.samplers import SAMPLERS, Needs
from laminoscope_core.sampling.seeds import SamplerState
from laminoscope_core.sampling.selecting import draw
from laminoscope_core.sampling.stages import ChainState, Possibility, Stage, Stages, Step
from laminoscope_core.strict_json import without_repetition
from laminoscope_core.text_files import what_is_wrong

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["Chain"]

_MOST_SAMPLERS = 200
_NO_GUIDES: Guides = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Chain:
    """An ordered list of samplers; make one with `from_list`, `preset` or `from_json`.

    Attributes
    ----------
    links : tuple of Link
        The samplers in order.
    tokenizer : transformers.PreTrainedTokenizerBase or None
        Spells DRY breakers that are texts.

    Examples
    --------
    >>> chain = Chain.from_list([{"sampler": "top_k", "k": 2}, {"sampler": "temperature"}])
    >>> stages = chain.apply([0.0, 1.0, 3.0, 2.0])
    >>> stages[0].ids, stages[0].probabilities.round(3), round(stages[0].removed_mass, 3)
    (array([2, 3]), array([0.731, 0.269]), 0.119)
    """

    links: tuple[Link, ...]
    tokenizer: "PreTrainedTokenizerBase | None" = None

    @classmethod
    def from_list(
        cls,
        items: Sequence[Mapping[str, Any]],
        tokenizer: "PreTrainedTokenizerBase | None" = None,
    ) -> "Chain":
        """Build a chain from ``[{"sampler": name, parameter: value, …}, …]``.

        Parameters that are absent take their defaults; ``"enabled": False`` switches a
        sampler off without removing it.

        Raises
        ------
        SamplingError
            An unknown sampler or parameter, or a value out of range.
        """
        if isinstance(items, (str, bytes, Mapping)) or not isinstance(items, Iterable):
            raise SamplingError(f"A chain must be a list of samplers, not {items!r}.")
        links = tuple(Link.from_item(item) for item in islice(items, _MOST_SAMPLERS + 1))
        if len(links) > _MOST_SAMPLERS:
            raise SamplingError(f"A chain has at most {_MOST_SAMPLERS} samplers.")
        return cls(links, tokenizer)

    @classmethod
    def preset(cls, name: str, tokenizer: "PreTrainedTokenizerBase | None" = None) -> "Chain":
        """Return a named chain of `presets.PRESETS`.

        Raises
        ------
        SamplingError
            There is no preset of that name.
        """
        if name not in PRESETS:
            raise SamplingError(
                f"There is no chain called {name!r}.", f"Known are {', '.join(PRESETS)}."
            )
        return cls.from_list(PRESETS[name], tokenizer)

    @classmethod
    def from_json(cls, text: str, tokenizer: "PreTrainedTokenizerBase | None" = None) -> "Chain":
        """Read what `to_json` wrote.

        Raises
        ------
        SamplingError
            Not JSON, or not a valid chain.
        """
        try:
            content = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=without_repetition)
            return cls.from_list(content, tokenizer)
        except RecursionError:
            raise SamplingError(
                "The chain is nested too deeply.", "Correct it and try again."
            ) from None
        except ValueError as error:  # not JSON, or a number with thousands of digits
            raise SamplingError(
                f"The chain is not valid JSON: {what_is_wrong(error)}.", "Correct it and try again."
            ) from None

    def to_list(self) -> list[dict[str, Any]]:
        """Return the chain as `from_list` takes it, every parameter written out."""
        return [link.to_item() for link in self.links]

    def to_json(self) -> str:
        """Return the chain as JSON text."""
        return json.dumps(self.to_list(), ensure_ascii=False, indent=2)

    def with_tokenizer(self, tokenizer: "PreTrainedTokenizerBase | None") -> "Chain":
        """Return the same chain for another tokenizer."""
        return replace(self, tokenizer=tokenizer)

    @property
    def chooser(self) -> str | None:
        """Name of the sampler that takes over the final choice, or None."""
        return next((link.name for link in self.links if link.chooses), None)

    def start(self) -> ChainState:
        """Return the state before the first token."""
        return ChainState(0, tuple(SamplerState() for _ in self.links))

    def apply(
        self,
        logits: ArrayLike | Candidates,
        history: Sequence[int] = (),
        seed: int | None = None,
        state: ChainState | None = None,
        guides: Guides = _NO_GUIDES,
    ) -> Stages:
        """Apply every sampler in order.

        Parameters
        ----------
        logits : array_like, (vocabulary,), or Candidates
            The model's scores; candidates made once spare the sort when only the chain changes.
        history : sequence of int
            The tokens so far, prompt included, for penalties and DRY.
        seed : int, optional
            Any integer.  Without it nothing is drawn: XTC does what is likelier, and
            mirostat and adaptive_p only show what they would draw from.
        state : ChainState, optional
            Where the generation stands; the start if absent.
        guides : mapping of str to ndarray, optional
            By second prompt: the logits that guidance moves away from.

        Raises
        ------
        SamplingError
            NaN or all-masked logits, a history that is not token ids, or DRY breakers as
            texts without a tokenizer.
        """
        return self._run(logits, history, seed, state, guides)[0]

    def step(
        self,
        logits: ArrayLike | Candidates,
        history: Sequence[int],
        seed: int,
        state: ChainState | None = None,
        guides: Guides = _NO_GUIDES,
    ) -> Step:
        """Apply the chain, draw a token, and return the state for the next one."""
        stages, after = self._run(logits, history, seed, state, guides)
        chosen = stages.chosen
        if chosen is None:
            chosen = draw(stages.final, seed, after.words)
            after = replace(after, words=after.words + 2)
        return Step(stages, chosen, after)

    def possibilities(
        self,
        logits: ArrayLike | Candidates,
        history: Sequence[int] = (),
        state: ChainState | None = None,
        guides: Guides = _NO_GUIDES,
    ) -> tuple[Possibility, ...]:
        """Return every way that XTC may take the chain, with weights that sum to 1.

        Several XTCs in a chain are not independent: each has a generator of its own but with
        the same seed, so all see the same u and a likelier one acts whenever another does.
        """
        raw = _candidates(logits)
        tokens = _checked_history(history)
        memories = (state or self.start()).samplers
        open_paths = [(0.0, 1.0, Stages(raw))]  # for u from … to …
        for position, link in enumerate(self.links):
            paths = []
            for start, stop, stages in open_paths:
                turn = Turn(None, memories[position])
                stage, _ = self._stage(link, position, stages, tokens, turn, guides)
                if not stage.branches:
                    paths.append((start, stop, Stages(raw, [*stages, stage])))
                    continue
                acts, rests = stage.branches
                edge = min(max(acts.weight, start), stop)
                for branch, low, high in ((acts, start, edge), (rests, edge, stop)):
                    if high > low:
                        paths.append((low, high, Stages(raw, [*stages, stage.taking(branch)])))
            open_paths = paths
        return tuple(Possibility(stop - start, stages) for start, stop, stages in open_paths)

    def distribution(
        self,
        logits: ArrayLike | Candidates,
        history: Sequence[int] = (),
        state: ChainState | None = None,
        guides: Guides = _NO_GUIDES,
    ) -> NDArray[np.float64]:
        """Return the probability of drawing each token over all seeds, (vocabulary,)."""
        raw = _candidates(logits)
        total = np.zeros(raw.vocabulary)
        for possibility in self.possibilities(raw, history, state, guides):
            final = possibility.stages.final
            total[final.ids] += possibility.weight * final.probabilities
        return total

    def _run(
        self,
        logits: ArrayLike | Candidates,
        history: Sequence[int],
        seed: int | None,
        state: ChainState | None,
        guides: Guides,
    ) -> tuple[Stages, ChainState]:
        stages = Stages(_candidates(logits))
        tokens = _checked_history(history)
        before = state or self.start()
        after = []
        for position, (link, memory) in enumerate(zip(self.links, before.samplers, strict=True)):
            turn = Turn(seed, memory)
            stage, next_memory = self._stage(link, position, stages, tokens, turn, guides)
            stages.append(stage)
            after.append(next_memory or memory)
        return stages, ChainState(before.words, tuple(after))

    def _stage(
        self,
        link: Link,
        position: int,
        stages: Stages,
        history: Sequence[int],
        turn: Turn,
        guides: Guides,
    ) -> tuple[Stage, SamplerState | None]:
        received = stages.final
        chooser = next((earlier.name for earlier in self.links[:position] if earlier.chooses), None)
        if not link.enabled:
            outcome = Outcome(received, f"{link.name}: switched off")
        elif chooser is not None:
            outcome = Outcome(received, f"{link.name}: not reached, {chooser} has chosen")
        else:
            outcome = self._outcome(link, received, history, turn, guides)
        return Stage.of(link.name, received, outcome), outcome.state

    def _outcome(
        self,
        link: Link,
        received: Candidates,
        history: Sequence[int],
        turn: Turn,
        guides: Guides,
    ) -> Outcome:
        sampler = SAMPLERS[link.name]
        parameters = dict(link.parameters)
        if "breakers" in parameters:
            off = parameters["multiplier"] == 0
            parameters["breakers"] = Breakers({}) if off else self._breakers(parameters["breakers"])
        if sampler.needs is Needs.HISTORY:
            return sampler.function(received, history, **parameters)
        if sampler.needs is Needs.TURN:
            return sampler.function(received, turn, **parameters)
        if sampler.needs is Needs.GUIDES:
            return sampler.function(received, guides, **parameters)
        return sampler.function(received, **parameters)

    def _breakers(self, given: Sequence[Any]) -> Breakers:
        if given and isinstance(given[0], str):
            return breakers_from_texts(given, self.tokenizer)
        return breakers_from_ids(given)


def _candidates(logits: ArrayLike | Candidates) -> Candidates:
    return logits if isinstance(logits, Candidates) else Candidates.from_logits(logits)


def _checked_history(history: Sequence[int]) -> list[int]:
    if len(history) == 0:
        return []
    try:
        tokens = np.asarray(history)
    except ValueError:  # ragged
        tokens = np.empty((0, 0))
    if tokens.ndim != 1 or tokens.dtype.kind not in "iu" or tokens.min() < 0:
        raise SamplingError("The history must be a list of token ids, whole numbers from 0.")
    return list(tokens.tolist())
