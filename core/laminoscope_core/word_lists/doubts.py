"""Signs that a text is not the list of words that it would be read as.

What is hardly ever meant is refused with a way to have it all the same; what may be meant is said.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

from laminoscope_core.word_lists.cells import plain_number
from laminoscope_core.word_lists.word_list import Refused, shown

__all__ = [
    "MOST_CHARACTERS",
    "doubts",
    "refuse_broken_json",
    "refuse_other_files",
    "refuse_quoted",
    "refuse_undivided",
]

MOST_CHARACTERS = 200
"""Of a word: more are a text."""

_FILES = {
    "PK\x03\x04": "a spreadsheet or an archive",
    "\xd0\xcf\x11\xe0": "an old spreadsheet or document",
    "%PDF-": "a PDF",
    "{\\rtf": "a formatted text",
    "PAR1": "a table in Parquet",
    "\x1f\x8b": "a compressed file",
}
_MARKUP = re.compile(r"\s*<([!?]|(html|head|meta|body|table|svg)[\s>])", re.IGNORECASE)
_LIKE_JSON = re.compile(r"""\s*(\[\s*['"\[{]|\{\s*['"\[{])""")
# Signs that divide columns for people, of those that can be named by sep=.
_DIVIDERS = ",;\t|，；、،؛:：=→"
_ALIGNED = re.compile(r"\S[ \u00a0]{2,}\S")
_BULLET = re.compile(r"([-*•–·▪]|\d{1,4}[.)])[ \t]+\S")
_REMARK = re.compile(r"(#|//|--)\s")
_DATE = re.compile(r"\d{1,2}[-/ ][A-Z][a-zé]{2,3}\.?|[A-Z][a-zé]{2,3}[-/ ]\d{2}")
_FORMULA = re.compile(r"=\$?[A-Z]{1,3}\$?\d+|=[A-Z][A-Z.]*\(.*\)")
_HEADING = re.compile(r"\[.*[^\W\d_].*\]|.*\w:")
_SEVERAL = re.compile(r".*[^\W\d_]\s?[,;|、，]\s?[^\W\d_].*")
_QUOTED = re.compile("'.+'")
_MISSING = ("NA", "<NA>", "NaN", "NULL", "null", "None")
_JOINING = "\u200c\u200d\ufe0f"  # of Persian and of emoji, where they are meant


def refuse_other_files(text: str) -> None:
    """Refuse what is known to be another kind of file by its beginning.

    Raises
    ------
    Refused
        It is one.
    """
    kind = next((kind for beginning, kind in _FILES.items() if text.startswith(beginning)), "")
    if _MARKUP.match(text):
        kind = "a web page or XML"
    if kind:
        raise Refused(f"It is {kind}, not a list.", hint="Save the list as “CSV UTF-8”.")


def refuse_broken_json(text: str) -> None:
    """Refuse what is no JSON, and begins as only JSON does.

    Raises
    ------
    Refused
        It does.
    """
    if _LIKE_JSON.match(text):
        raise Refused(
            "It begins like JSON, and is none.",
            hint="A list in JSON has double quotation marks, and no comma at its end.",
        )


def refuse_undivided(lines: Sequence[tuple[int, str]]) -> None:
    """Refuse lines that would be one word each, where all of them look like several cells.

    Parameters
    ----------
    lines : sequence of (int, str)
        Number and text of each, none of them the name of the column.

    Raises
    ------
    Refused
        All of at least two lines hold the same sign of division, or begin with a bullet.
    """
    if len(lines) < 2:
        return
    first, texts = lines[0][0], [text for _, text in lines]
    named = "If these are words, name them: put “word” in a first line."
    for sign in _DIVIDERS:
        if all(sign in text for text in texts):
            raise Refused(
                f"Every line holds “{shown(sign)}”, which does not divide columns here.",
                first,
                f"If it does, put sep={shown(sign)} in a first line. {named}",
            )
    if all(map(_ALIGNED.search, texts)):
        raise Refused(
            "Every line holds several blanks in a row, as columns of one width do.",
            first,
            f"Divide columns by commas. {named}",
        )
    if all(map(_BULLET.match, texts)):
        raise Refused("Every line begins with a bullet or a number.", first, f"Remove it. {named}")
    refuse_quoted(texts, first)


def refuse_quoted(cells: Sequence[str], line: int) -> None:
    """Refuse cells that all stand in single quotation marks, which may hide what divides them.

    Raises
    ------
    Refused
        There are at least two, and they do.
    """
    if len(cells) > 1 and all(len(cell) > 2 and cell[0] == cell[-1] == "'" for cell in cells):
        raise Refused(
            "Every cell stands in single quotation marks.",
            line,
            "Save the list with double ones, or with none.",
        )


def doubts(words: Sequence[str], categories: Sequence[str], *, unnamed: bool) -> list[str]:
    """Return what makes one doubt that words are meant as they were read, as sentences.

    Parameters
    ----------
    words, categories : sequence of str
        As they were read.
    unnamed : bool
        Whether they are two columns without a line that names them.
    """
    found = []
    if unnamed and len(words) > 2:
        counts = [categories.count(category) for category in (categories[0], *set(categories[1:]))]
        if counts[0] == 1 and max(counts[1:]) > 1:
            first = f"“{shown(categories[0])}, {shown(words[0])}”"
            found.append(f"The first line, {first}, was read as a word: does it name the columns?")
    for what, odd in (
        ("begins like a remark", list(filter(_REMARK.match, words))),
        ("begins like a line of a list", list(filter(_BULLET.match, words))),
        ("looks like a date that a spreadsheet has made", list(filter(_DATE.fullmatch, words))),
        ("may stand for a missing value", [t for t in (*words, *categories) if t in _MISSING]),
        (
            "holds characters that cannot be seen",
            list(filter(_unseen, (*words, *dict.fromkeys(categories)))),
        ),
        ("looks like a formula", list(filter(_FORMULA.fullmatch, words))),
        ("looks like a heading of the words below it", list(filter(_HEADING.fullmatch, words))),
        ("looks like UTF-8 that was read in another encoding", list(filter(_misread, words))),
        ("is a number, unlike other words", _rare(list(filter(plain_number, words)), words)),
        ("looks like several words in one cell", list(filter(_SEVERAL.fullmatch, words))),
        ("stands in single quotation marks", list(filter(_QUOTED.fullmatch, words))),
    ):
        if odd:
            more = f" (and {len(odd) - 1} more)" if len(odd) > 1 else ""
            found.append(f"“{shown(odd[0])}” {what}{more}.")
    if len(words) > 1 and len(set(categories)) == 1 and all(" " in word for word in words):
        found.append("Every word holds a blank: if blanks divide columns, say sep= and a blank.")
    if (twice := _alike(words, lambda word: unicodedata.normalize("NFC", word))) is not None:
        found.append(f"“{shown(twice[1])}” stands in it twice, written with other characters.")
    if (twice := _alike(categories, _looks)) is not None:
        first, other = map(shown, twice)
        found.append(f"“{first}” and “{other}” are two categories, which look alike.")
    return found


def _alike(texts: Sequence[str], key: Callable[[str], str]) -> tuple[str, str] | None:
    """Return the first two texts that differ and have the same key."""
    alike: dict[str, str] = {}
    for text in texts:
        other = alike.setdefault(key(text), text)
        if other != text:
            return other, text
    return None


def _looks(category: str) -> str:
    seen = "".join(filter(lambda c: unicodedata.category(c) != "Cf", category))
    return " ".join(unicodedata.normalize("NFKC", seen).casefold().split())


def _misread(word: str) -> bool:
    """Return whether a word's characters are the bytes of others in UTF-8."""
    try:
        return word.encode("cp1252").decode() != word
    except UnicodeError:
        return False


def _rare(some: list[str], words: Sequence[str]) -> list[str]:
    return some if len(some) < len(words) / 2 else []


def _unseen(word: str) -> bool:
    return any(unicodedata.category(c) == "Cf" and c not in _JOINING for c in word)
