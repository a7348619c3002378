"""A list of words as it was understood, and why one was not."""

from collections.abc import Sequence
from dataclasses import dataclass

from laminoscope_core.text import half_character, visible_text

__all__ = [
    "LARGEST",
    "MOST_WORDS",
    "UNNAMED",
    "Refused",
    "WordList",
    "repeated",
    "shown",
    "too_many",
    "word_list",
]

MOST_WORDS = 20_000
"""More than the similarities of all pairs can be held for."""
LARGEST = 4 * 2**20
"""Bytes or characters of a list."""
UNNAMED = "words"
"""The category of words that have none."""


@dataclass(frozen=True)
class WordList:
    """Words as they were understood.

    Attributes
    ----------
    words, categories : tuple of str
        The words, none repeated, and the category of each.
    dialect : str
        How the list was read, as a sentence without its full stop.
    warnings : tuple of str
        What was changed or is remarkable, as sentences.
    """

    words: tuple[str, ...]
    categories: tuple[str, ...]
    dialect: str
    warnings: tuple[str, ...] = ()

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Category and word of each row."""
        return list(zip(self.categories, self.words, strict=True))


class Refused(Exception):
    """What is read is not a list of words.

    Parameters
    ----------
    reason : str
        A sentence.
    line : int, optional
        Where.
    hint : str
        What to do; may be empty.
    """

    def __init__(self, reason: str, line: int | None = None, hint: str = "") -> None:
        super().__init__(reason)
        self.reason, self.line, self.hint = reason, line, hint


def word_list(
    words: tuple[str, ...],
    categories: tuple[str, ...],
    dialect: str,
    warnings: tuple[str, ...] = (),
) -> WordList:
    """Return a list after what holds for every list.

    Raises
    ------
    Refused
        There are no words, too many, or one that is empty or holds half a character.
    """
    if not words:
        raise Refused("There are no words in it.")
    if len(words) > MOST_WORDS:
        raise too_many(len(words))
    for text in (*words, *categories):
        if not text.strip():
            raise Refused("A word or a category in it is empty.")
        if half := half_character(text):
            raise Refused(f"“{shown(text)}” {half}.")
    damaged = sum("\ufffd" in word for word in words)
    if damaged:
        warnings = (*warnings, f"{damaged} words hold �: was the file saved in another encoding?")
    return WordList(words, categories, dialect, warnings)


def repeated(words: Sequence[str]) -> tuple[int, int] | None:
    """Return where the first word that stands twice does."""
    places: dict[str, int] = {}
    for at, word in enumerate(words):
        if places.setdefault(word, at) != at:
            return places[word], at
    return None


def too_many(n: int) -> Refused:
    """Return why a list of so many lines is refused."""
    return Refused(f"It has {n} lines; {MOST_WORDS} words are the most that can be compared.")


def shown(text: str) -> str:
    """Return text as messages show it."""
    return visible_text(text, spaces=False, limit=40)
