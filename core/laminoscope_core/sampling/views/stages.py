"""The chain as a row of cards: what each sampler received and left, and where the draw landed."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.sampling.candidates import Branch, Candidates, Draw
from laminoscope_core.sampling.samplers import SAMPLERS
from laminoscope_core.sampling.stages import Stage, Stages, stage_labels

__all__ = ["BranchView", "ChainView", "DrawView", "StageView", "chain_view"]

Floats = NDArray[np.float64]

_FEWEST, _MOST = 16, 48
_STRETCHES = 400


@dataclass(frozen=True, eq=False)
class BranchView:
    """One of the two things that XTC may do.

    Attributes
    ----------
    weight : float
        Its probability.
    taken : bool
        Whether the seed's number takes it.
    n_left : int
        Candidates left.
    after : ndarray of float64, (n_bars,)
        Probabilities that it leaves to the tokens of the bars.
    reason : str
    """

    weight: float
    taken: bool
    n_left: int
    after: Floats
    reason: str


@dataclass(frozen=True, eq=False)
class StageView:
    """One sampler's card.

    Attributes
    ----------
    name, label, title : str
        The sampler; its name as tables have it, numbered where it stands twice; for people.
    ids : ndarray of int64, (n_bars,)
        The best tokens that the sampler received.
    before, after : ndarray of float64, (n_bars,)
        Their probabilities as received and as left; 0 for removed ones.
    cut_probability : float or None
        The probability, as received, at which the line was drawn.
    n_received, n_left : int
    removed_mass : float
        Probability, as received, of what was removed.
    entropy, perplexity : float
        Of what is left; nats.
    reason : str
        Why, with numbers.
    branches : tuple of BranchView
        XTC: what it does when it acts, and when it does not; else empty.
    changes : bool
        Whether it did anything.
    """

    name: str
    label: str
    title: str
    ids: NDArray[np.int64]
    before: Floats
    after: Floats
    cut_probability: float | None
    n_received: int
    n_left: int
    removed_mass: float
    entropy: float
    perplexity: float
    reason: str
    branches: tuple[BranchView, ...]
    changes: bool


@dataclass(frozen=True, eq=False)
class DrawView:
    """The candidates that are left, laid end to end, and the number that the seed gives.

    Attributes
    ----------
    ids : ndarray of int64, (n,)
        Best first; at most 400.
    edges : ndarray of float64, (n + 1,)
        Running sum of their probabilities, from 0.
    texts : tuple of str, (n,)
        Exact token texts.
    draw : Draw
        The token that is chosen.
    text_of_draw : str
        Its exact text.
    chooser : str
        Title of the sampler that takes over the final choice; empty if none does.
    """

    ids: NDArray[np.int64]
    edges: Floats
    texts: tuple[str, ...]
    draw: Draw
    text_of_draw: str
    chooser: str


@dataclass(frozen=True, eq=False)
class ChainView:
    """All cards of a chain after one prompt.

    Attributes
    ----------
    stages : tuple of StageView
    top : float
        The largest probability in any of them, for bars of one scale.
    n_candidates, n_left : int
        Before and after the whole chain.
    entropies : (float, float)
        Before and after, in nats.
    draw : DrawView
    """

    stages: tuple[StageView, ...]
    top: float
    n_candidates: int
    n_left: int
    entropies: tuple[float, float]
    draw: DrawView


def chain_view(stages: Stages, draw: Draw, text_of: Callable[[int], str]) -> ChainView:
    """Return what the cards of a chain show.

    Parameters
    ----------
    stages : Stages
        As `Chain.step` returns them.
    draw : Draw
        The token that the seed chooses.
    text_of : callable
        The exact text of a token id, as `NextTokens.text_of`.
    """
    labels = stage_labels(stages)
    shown = tuple(_stage_view(stage, label) for stage, label in zip(stages, labels, strict=True))
    raw, final = stages.raw, stages.final
    highest = max(float(c.probabilities[0]) for c in (raw, *(stage.kept for stage in stages)))
    edges = np.concatenate(([0.0], np.cumsum(final.probabilities[:_STRETCHES])))
    ids = final.ids[:_STRETCHES]
    chooser = next((stage.name for stage in stages if stage.draw is not None), "")
    return ChainView(
        stages=shown,
        top=highest,
        n_candidates=len(raw),
        n_left=len(final),
        entropies=(raw.entropy, final.entropy),
        draw=DrawView(
            ids=ids,
            edges=edges,
            texts=tuple(text_of(int(token)) for token in ids),
            draw=draw,
            text_of_draw=text_of(draw.token),
            chooser=SAMPLERS[chooser].title if chooser else "",
        ),
    )


def _stage_view(stage: Stage, label: str) -> StageView:
    received, kept = stage.received, stage.kept
    widest = max([len(kept), *(len(branch.kept) for branch in stage.branches)])
    n_bars = min(max(widest + 6, _FEWEST), _MOST, len(received))
    ids = received.ids[:n_bars]
    return StageView(
        name=stage.name,
        label=label,
        title=SAMPLERS[stage.name].title,
        ids=ids,
        before=received.probabilities[:n_bars],
        after=_probabilities_of(kept, ids),
        cut_probability=stage.cut_probability,
        n_received=len(received),
        n_left=len(kept),
        removed_mass=stage.removed_mass,
        entropy=kept.entropy,
        perplexity=kept.perplexity,
        reason=stage.reason.removeprefix(f"{stage.name}: "),
        branches=tuple(_branch_view(branch, kept, ids) for branch in stage.branches),
        changes=kept is not received,
    )


def _branch_view(branch: Branch, kept: Candidates, ids: NDArray[np.int64]) -> BranchView:
    return BranchView(
        weight=branch.weight,
        taken=branch.kept is kept,
        n_left=len(branch.kept),
        after=_probabilities_of(branch.kept, ids),
        reason=branch.reason.removeprefix("xtc: "),
    )


def _probabilities_of(candidates: Candidates, ids: NDArray[np.int64]) -> Floats:
    dense = np.zeros(candidates.vocabulary)
    dense[candidates.ids] = candidates.probabilities
    found: Floats = dense[ids]
    return found
