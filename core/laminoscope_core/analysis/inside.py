"""What is captured inside the blocks while a model reads a text, as the analyses are given it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.models.model import ModelInfo
from laminoscope_core.recording.effects import Effects
from laminoscope_core.recording.lens import LensReading
from laminoscope_core.recording.patching import PatchMap
from laminoscope_core.recording.positions import PositionsReading
from laminoscope_core.recording.reducers.balance import BalanceReading
from laminoscope_core.recording.reducers.head_maps import HeadMapsReading
from laminoscope_core.recording.reducers.heads import HeadsReading
from laminoscope_core.recording.reducers.ledger import LedgerReading
from laminoscope_core.recording.reducers.likeness import LikenessReading
from laminoscope_core.recording.reducers.neurons import NeuronsReading
from laminoscope_core.recording.reducers.normalisation import NormalisationReading
from laminoscope_core.recording.reducers.turning import TurningReading

__all__ = [
    "STATES",
    "InsideActivations",
    "Labelled",
    "LayerMaps",
    "NeighboursReading",
    "Watched",
    "stacked",
]

STATES = ("before", "after")
"""The model as it is, and with all interventions."""

T = TypeVar("T")


@dataclass(frozen=True)
class Watched:
    """The tokens that are followed.

    Attributes
    ----------
    texts : tuple of str
        As they were asked for.
    ids : tuple of int
    """

    texts: tuple[str, ...]
    ids: tuple[int, ...]

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.ids)


@dataclass(frozen=True, eq=False)
class LayerMaps:
    """The layer that is looked at head by head.

    Attributes
    ----------
    layer : int
    heads : tuple of int
        Those that are written as a table.
    reading : HeadMapsReading or None
        With a leading axis of states; None if the weights cannot be watched.
    reason : str
        Why there is no reading; empty if there is one.
    """

    layer: int
    heads: tuple[int, ...]
    reading: HeadMapsReading | None
    reason: str


@dataclass(frozen=True, eq=False)
class NeighboursReading:
    """The nearest tokens of words and sums of words, a line for each way to look.

    Attributes
    ----------
    query : tuple of str
        As it was typed.
    control : tuple of str
        The seed and the random token that stands for the first word; empty for the sum itself.
    vocabulary : tuple of str
        ``embedding`` or ``unembedding``.
    measure : tuple of str
        ``dot`` or ``cosine``.
    inputs : tuple of tuple of int
        The tokens that went in.
    n : tuple of int
        How many tokens were compared with.
    ids : int64 array (n_lines, n_nearest)
        The nearest first.
    scores : float32 array (n_lines, n_nearest)
    """

    query: tuple[str, ...]
    control: tuple[str, ...]
    vocabulary: tuple[str, ...]
    measure: tuple[str, ...]
    inputs: tuple[tuple[int, ...], ...]
    n: tuple[int, ...]
    ids: NDArray[np.int64]
    scores: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class InsideActivations:
    """What the blocks do with a text, in the model as it is and, after that, as it was altered.

    Attributes
    ----------
    model : ModelInfo
        The model that was run.
    text, against : str
        What was read, and the second text; that may be empty.
    token_ids, against_ids : tuple of int
        Of both, special tokens included.
    repeated_ids : tuple of tuple of int
        The random sequences that were read for the induction scores.
    n_texts : int
        How many further texts the heads were read over.
    tokens : tuple of str
        The piece of text of each token of `text`.
    shown : tuple of str
        The same, but the bytes of tokens that share a character by name.
    watched : Watched
    states : tuple of str
        ``before``, and ``after`` if there are interventions: the first axis of all readings.
    token_names : mapping of str to str
        The text of every token that some reading names, by its id.
    missing : mapping of str to str
        By part that this model does not have: why.
    lens, ledger, heads, likeness, turning, balance, neurons, normalisation : reading or None
        With a leading axis of states.
    over_texts, over_random : HeadsReading or None
        The heads over all further texts, and over all random sequences.
    maps : LayerMaps or None
        Of the layer that was asked for.
    effects : Effects or None
    patch : PatchMap or None
    neighbours : NeighboursReading or None
    places : PositionsReading or None
        With a leading axis of states, too.
    """

    model: ModelInfo
    text: str
    against: str
    token_ids: tuple[int, ...]
    against_ids: tuple[int, ...]
    repeated_ids: tuple[tuple[int, ...], ...]
    n_texts: int
    tokens: tuple[str, ...]
    shown: tuple[str, ...]
    watched: Watched
    states: tuple[str, ...]
    token_names: Mapping[str, str]
    missing: Mapping[str, str]
    lens: LensReading | None
    ledger: LedgerReading | None
    heads: HeadsReading | None
    likeness: LikenessReading | None
    turning: TurningReading | None
    balance: BalanceReading | None
    neurons: NeuronsReading | None
    normalisation: NormalisationReading | None
    over_texts: HeadsReading | None
    over_random: HeadsReading | None
    maps: LayerMaps | None
    effects: Effects | None
    patch: PatchMap | None
    neighbours: NeighboursReading | None
    places: PositionsReading | None

    def labels(self, part: str) -> dict[str, Any]:
        """Return the fields of `Labelled`, for the result about a part of the blocks."""
        return {
            "layers": tuple(range(self.model.n_layers)),
            "states": self.states,
            "token_ids": self.token_ids,
            "reason": self.missing.get(part, ""),
        }

    @property
    def all_ids(self) -> tuple[tuple[int, ...], ...]:
        """The texts as the model received them: the text, the second, the random ones."""
        second = (self.against_ids,) if self.against_ids else ()
        return (self.token_ids, *second, *self.repeated_ids)


@dataclass(frozen=True, eq=False)
class Labelled:
    """What the results about the blocks that read a text have in common.

    Attributes
    ----------
    layers : tuple of int
    states : tuple of str
        ``before`` and, with interventions, ``after``.
    token_ids : tuple of int
        Of the text.
    reason : str
        Why there is no reading; empty if there is one.
    """

    layers: tuple[int, ...]
    states: tuple[str, ...]
    token_ids: tuple[int, ...]
    reason: str


def stacked(readings: Sequence[T]) -> T:
    """Return one reading whose arrays have a leading axis of states."""
    first: Any = readings[0]
    values = {
        field.name: [getattr(each, field.name) for each in readings] for field in fields(first)
    }
    arrays = {
        name: np.stack(many) for name, many in values.items() if isinstance(many[0], np.ndarray)
    }
    found: T = replace(first, **arrays)
    return found
