"""What a chain did: its stages, the state it ends in, and the ways that chance may take it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.sampling.candidates import Branch, Candidates, Draw, Outcome
from laminoscope_core.sampling.seeds import SamplerState

__all__ = ["ChainState", "Possibility", "Stage", "Stages", "Step"]


@dataclass(frozen=True, eq=False)
class Stage:
    """What one sampler of a chain received and what it left.

    Attributes
    ----------
    name : str
        The sampler.
    received, kept : Candidates
        Before and after.
    removed_mass : float
        Probability, as received, of what was removed; 0 to 1.
    reason : str
        Why, with numbers.
    cut_probability : float or None
        The probability, as received, at which the line was drawn, if the rule has one.
    branches : tuple of Branch
        XTC: both possibilities with their weights; else empty.
    draw : Draw or None
        The token that a choosing sampler drew, if there was a seed.
    """

    name: str
    received: Candidates
    kept: Candidates
    removed_mass: float
    reason: str
    cut_probability: float | None
    branches: tuple[Branch, ...]
    draw: Draw | None

    @classmethod
    def of(cls, name: str, received: Candidates, outcome: Outcome) -> "Stage":
        """Return the stage of a sampler that turned ``received`` into ``outcome``."""
        return cls(
            name,
            received,
            outcome.kept,
            _removed_mass(received, outcome.kept),
            outcome.reason,
            outcome.cut_probability,
            outcome.branches,
            outcome.draw,
        )

    def taking(self, branch: Branch) -> "Stage":
        """Return the stage as it is if chance takes this branch."""
        return replace(
            self,
            kept=branch.kept,
            removed_mass=_removed_mass(self.received, branch.kept),
            reason=branch.reason,
        )

    @property
    def ids(self) -> NDArray[np.int64]:
        """Survivors, best first, ties by id, (n,)."""
        return self.kept.ids

    @property
    def logits(self) -> NDArray[np.float64]:
        """Their logits, (n,)."""
        return self.kept.logits

    @property
    def probabilities(self) -> NDArray[np.float64]:
        """Their probabilities, (n,), summing to 1."""
        return self.kept.probabilities

    @property
    def entropy(self) -> float:
        """Entropy of the survivors in nats."""
        return self.kept.entropy


class Stages(list[Stage]):
    """The stages of a chain, one per sampler, switched off or not.

    Attributes
    ----------
    raw : Candidates
        What the model gave, before any sampler.
    """

    def __init__(self, raw: Candidates, stages: Iterable[Stage] = ()) -> None:
        super().__init__(stages)
        self.raw = raw

    def united(self) -> "Stages":
        """Return the stages of a file as a chain has them: equal candidates are one object.

        So a sampler that did nothing left what it received.
        """
        received, stages = self.raw, []
        for stage in self:
            kept = _one_of(stage.kept, received)
            branches = tuple(
                replace(each, kept=_one_of(each.kept, kept, received)) for each in stage.branches
            )
            stages.append(replace(stage, received=received, kept=kept, branches=branches))
            received = kept
        return Stages(self.raw, stages)

    @property
    def final(self) -> Candidates:
        """What the chain leaves; the raw candidates if it is empty."""
        return self[-1].kept if self else self.raw

    @property
    def labels(self) -> tuple[str, ...]:
        """The samplers' names; a sampler that stands twice is numbered: ``top_k 2``."""
        seen: Counter[str] = Counter()
        labels = []
        for stage in self:
            seen[stage.name] += 1
            number = seen[stage.name]
            labels.append(stage.name if number == 1 else f"{stage.name} {number}")
        return tuple(labels)

    @property
    def top(self) -> float:
        """The largest probability before, between and after the samplers."""
        return max(float(c.probabilities[0]) for c in (self.raw, *(each.kept for each in self)))

    @property
    def chosen(self) -> Draw | None:
        """The token that a choosing sampler drew, if there is one and there was a seed."""
        return next((stage.draw for stage in self if stage.draw), None)


@dataclass(frozen=True)
class ChainState:
    """Where a generation stands: words of the final draw so far, and each sampler's state."""

    words: int
    samplers: tuple[SamplerState, ...]


@dataclass(frozen=True, eq=False)
class Step:
    """One token's turn: all stages, the draw, and the state for the next token."""

    stages: Stages
    draw: Draw
    state: ChainState


@dataclass(frozen=True, eq=False)
class Possibility:
    """One way that chance may take a chain (XTC acting or not), with its weight."""

    weight: float
    stages: Stages


def _removed_mass(received: Candidates, kept: Candidates) -> float:
    if len(kept) == len(received):
        return 0.0
    gone = np.ones(received.vocabulary, dtype=bool)
    gone[kept.ids] = False
    return float(min(1.0, received.probabilities[gone[received.ids]].sum()))


def _one_of(candidates: Candidates, *others: Candidates) -> Candidates:
    """Return the first of the others that equals some candidates, or these themselves."""
    return next((other for other in others if other.equals(candidates)), candidates)
