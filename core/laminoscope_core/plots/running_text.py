"""Running text: tokens in reading order, each on a ground whose colour is a number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from laminoscope_core.plots.shown import Floats, Scale
from laminoscope_core.tables import Table

__all__ = ["RunningText", "line_up"]


@dataclass(frozen=True, eq=False, kw_only=True)
class RunningText:
    """All of a text that is shown.

    Attributes
    ----------
    tokens : tuple of str
        Their exact texts, made safe by whoever draws them.
    values : float64 array (n,)
        Numbers that the scale turns into grounds; none at NaN.
    scale : Scale
        Of the map ``"ground"``, on which text can be read.
    ends : (str, str)
        What the ends of the scale are.
    rows : callable
        Every number that is drawn, as a table that is made when it is asked for.
    says : callable
        What the token of an index is, in words; empty where there is nothing to say.
    special, muted, selected : frozenset of int
        Tokens that are signs to the model, in a frame; that are secondary; that are selected.
    stands_for : mapping of str to sequence (n,)
        By field of the selection: which value each token stands for.
    title : str
        What stands above it in a figure.
    note : str
        What stands beside the panel's title.
    """

    tokens: tuple[str, ...]
    values: Floats
    scale: Scale
    ends: tuple[str, str]
    rows: Callable[[], Table]
    says: Callable[[int], str]
    special: frozenset[int] = frozenset()
    muted: frozenset[int] = frozenset()
    selected: frozenset[int] = frozenset()
    stands_for: Mapping[str, Sequence[Any] | NDArray[Any]] = field(default_factory=dict)
    title: str = ""
    note: str = ""

    @property
    def table(self) -> Table:
        """Every number that is drawn."""
        return self.rows()

    @property
    def labels(self) -> dict[str, str]:
        """The texts that say what the numbers are."""
        return {"title": self.title, "note": self.note, "scale": self.scale.label}

    @property
    def limits(self) -> dict[str, tuple[float, float]]:
        """What the colour scale shows."""
        return {"scale": (self.scale.low, self.scale.high)}


def line_up(
    tokens: Sequence[str], widths: Sequence[float], room: float
) -> tuple[list[float], list[int]]:
    """Return where each token begins, and in which line, if lines have some room.

    Tokens of one word stay together where a line can hold them; a line feed ends its line.

    Parameters
    ----------
    tokens : sequence of str
        Exact texts; a word begins with white space.
    widths : sequence of float
        Of each token as it is shown, at most ``room``.
    room : float
        Of a line, in the same unit.

    Examples
    --------
    >>> line_up(("Old", " har", "bour", "\\n", " lights"), (3, 4, 4, 1, 7), 10)
    ([0.0, 0.0, 4.0, 8.0, 0.0], [0, 1, 1, 1, 2])
    """
    lefts: list[float] = []
    lines: list[int] = []
    at, line = 0.0, 0
    word_ends = _word_ends(tokens)
    for number, token in enumerate(tokens):
        width = float(widths[number])
        keeps = width
        if number == 0 or token[:1].isspace():
            word = sum(widths[number : word_ends[number]])
            keeps = word if word <= room else width
        if at > 0 and at + keeps > room + 1e-6:
            at, line = 0.0, line + 1
        lefts.append(at)
        lines.append(line)
        at += width
        if token.endswith("\n"):
            at, line = 0.0, line + 1
    return lefts, lines


def _word_ends(tokens: Sequence[str]) -> list[int]:
    """Return for each token where the word that it is part of ends."""
    ends: list[int] = []
    end = len(tokens)
    for number in range(len(tokens) - 1, -1, -1):
        ends.append(end)
        if tokens[number][:1].isspace():
            end = number
    return ends[::-1]
