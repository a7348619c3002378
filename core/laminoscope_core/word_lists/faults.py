"""What is wrong with the words of a list, row by row, in words."""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from laminoscope_core.text import half_character, visible_text
from laminoscope_core.word_lists.editing import Row
from laminoscope_core.word_lists.word_list import UNNAMED, shown

__all__ = ["LONGEST_WORD", "Fault", "faults"]

_Key = TypeVar("_Key", bound=Hashable)

LONGEST_WORD = 100
"""Characters after which a word is probably none."""

_INVISIBLE = re.compile("⟨(U\\+[0-9A-F]+)⟩|[⏎⇥␍]")
"""As `visible_text` shows characters that cannot be seen."""
_NAMES = {"⏎": "a line end", "⇥": "a tab", "␍": "a line end"}


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row.

    Attributes
    ----------
    short : str
        In a few words, for the row itself.
    says : str
        In a sentence, with what follows from it.
    stops : bool
        Whether the words cannot be run before it is gone.
    """

    short: str
    says: str
    stops: bool = False


def faults(
    rows: Sequence[Row], pieces: Mapping[str, tuple[str, ...]] | None = None
) -> dict[int, Fault]:
    """Return by its number what is wrong with each row that is not as it should be.

    Parameters
    ----------
    rows : sequence of (str, str)
        Category and word.
    pieces : mapping of str to tuple of str, optional
        The tokens of words, where they are known.

    Examples
    --------
    >>> found = faults([("space", "sun"), ("", "sun"), ("space", "")])
    >>> {row: fault.short for row, fault in found.items()}
    {0: 'also row 2', 1: 'also row 1', 2: 'empty'}
    """
    places = _places(word for _, word in rows)
    split = pieces or {}
    alike = _places(split.get(word, ()) for _, word in rows)
    found: dict[int, Fault] = {}
    for at, (category, word) in enumerate(rows):
        if not word.strip():
            found[at] = Fault("empty", "There is no word in this row; it is left out.")
        elif len(places[word]) > 1:
            found[at] = _twice(word, _other(at, places[word]))
        elif half := half_character(word) or half_character(category):
            said = f"“{shown(word)}” {half}; no tokenizer can read it."
            found[at] = Fault("half a character", said, stops=True)
        elif not category.strip():
            said = f"“{shown(word)}” has no category; it counts as one of “{UNNAMED}”."
            found[at] = Fault("no category", said)
        elif name := _invisible(word) or _invisible(category):
            said = f"“{shown(word)}” holds {name}, which cannot be seen; the model reads it."
            found[at] = Fault(f"holds {name}", said)
        elif len(word) > LONGEST_WORD:
            said = f"“{shown(word)}” has {len(word)} characters; is it one word?"
            found[at] = Fault("too long", said)
        elif word in split and len(alike[split[word]]) > 1:
            other = _other(at, alike[split[word]])
            said = f"“{shown(word)}” has the tokens of “{shown(rows[other][1])}” in row {other + 1}"
            found[at] = Fault(f"copy of row {other + 1}", f"{said}: to the model they are one.")
    return found


def _places(values: Iterable[_Key]) -> dict[_Key, list[int]]:
    places: dict[_Key, list[int]] = {}
    for at, value in enumerate(values):
        places.setdefault(value, []).append(at)
    return places


def _other(at: int, places: Sequence[int]) -> int:
    """Return the first place that is another."""
    return places[0] if places[0] != at else places[1]


def _twice(word: str, other: int) -> Fault:
    said = f"“{shown(word)}” stands in row {other + 1} too; every word can stand only once."
    return Fault(f"also row {other + 1}", said, stops=True)


def _invisible(text: str) -> str:
    """Return what the first character that cannot be seen is called; "" if there is none."""
    if text.isprintable():
        return ""
    found = _INVISIBLE.search(visible_text(text, spaces=False))
    return "" if found is None else found[1] or _NAMES[found[0]]
