"""What the plots of the blocks' insides share."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from laminoscope_core.plots.shown import Axis, Frame, Shown, Spans
from laminoscope_core.tables import Table
from laminoscope_core.text import visible_text

__all__ = [
    "chosen_state",
    "chosen_token",
    "nothing_to_show",
    "target_number",
    "target_text",
    "token_spans",
]


def nothing_to_show(name: str, reason: str) -> Shown:
    """Return a plot without anything, which says why."""
    bare = Axis(0, 1, ticks=())
    frame = Frame(bare, bare, {}, inside=f"Nothing to show: {reason}.", grid=False)
    return Shown({name: frame}, lambda: Table({"value": [np.nan], "reason": [reason]}))


def chosen_state(states: Sequence[str], state: str) -> int:
    """Return the number of a state; that of the unaltered model where it is not there."""
    return list(states).index(state) if state in states else 0


def chosen_token(shown: Sequence[str], tokens: Sequence[int]) -> int:
    """Return the last of the selected tokens; the text's last one if it has no such token."""
    return tokens[-1] if tokens and tokens[-1] < len(shown) else len(shown) - 1


def target_text(watched: Sequence[str], number: int) -> str:
    """Return a followed token, visibly; past the last one, the first less the second.

    Examples
    --------
    >>> target_text((" a", " b"), 0), target_text((" a", " b"), 2)
    ('·a', '·a − ·b')
    """
    shown = [visible_text(text, spaces=True, limit=24) for text in watched]
    return shown[number] if number < len(shown) else f"{shown[0]} − {shown[1]}"


def target_number(result: Any, text: str) -> int:
    """Return the number of a watched token of a result; −1 if it is not watched."""
    texts = result.watched.texts
    return texts.index(text) if text in texts else -1


def token_spans(tokens: Sequence[int], n_tokens: int, colour: str) -> Spans:
    """Return the mark of the selected tokens along an axis of so many."""
    at = np.array([token for token in tokens if token < n_tokens], dtype=np.float64)
    return Spans(low=at - 0.5, high=at + 0.5, colour=colour, selection=True)
