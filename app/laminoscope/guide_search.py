"""What is found in the pages of the guide for words or for a question in plain language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from laminoscope.guide_pages import CONTENTS, HEADING, LINK, Page

__all__ = ["Found", "any_word", "found"]

_EVERY_WORD = {CONTENTS, "columns"}
"""Pages that have nearly every word: they count for little."""

_WORD = re.compile(r"\w+")
_IN_TITLE, _IN_HEADING, _DEFINED, _TOGETHER, _MOST_COUNTED = 40, 12, 25, 15, 8
_AROUND = 45
_MOST_WORDS = 12

_PASSED_OVER = frozenset(
    (
        "a", "aber", "als", "am", "an", "and", "are", "as", "at", "auf", "aus", "be", "bedeutet",
        "bei", "bekomme", "bekommt", "bin", "by", "can", "could", "da", "das", "dass", "dem",
        "den", "der", "des", "die", "diese", "dieser", "dieses", "do", "does", "du", "ein",
        "eine", "einem", "einen", "einer", "eines", "er", "es", "for", "from", "für", "get",
        "gibt", "haben", "has", "hat", "have", "heißt", "how", "i", "ich", "ihr", "im", "in",
        "is", "ist", "it", "its", "kann", "kannst", "können", "mache", "macht", "make", "man",
        "me", "mean", "means", "mein", "meine", "mich", "mir", "mit", "muss", "my", "nach",
        "oder", "of", "on", "one", "or", "see", "sein", "should", "sich", "sie", "sind", "so",
        "that", "the", "their", "them", "then", "there", "this", "to", "um", "und", "uns", "use",
        "used", "vom", "von", "wann", "war", "warum", "was", "welche", "welcher", "welches",
        "wenn", "wer", "werden", "what", "when", "where", "which", "who", "why", "wie", "will",
        "wird", "with", "wo", "work", "works", "would", "wozu", "you", "your", "zu", "zum", "zur",
        "über",
    )
)  # fmt: skip
"""Words of questions in English and German that say nothing of what is asked about."""

_ENDINGS = (
    "ungen", "ings", "ing", "ies", "ung", "ern", "ed", "en", "em", "er", "es", "ly", "e", "n", "s",
    "t",
)  # fmt: skip
"""Of English and German words, the longest first."""
_SHORTEST_STEM = 4


@dataclass(frozen=True)
class Found:
    """A page that has what was looked for.

    Attributes
    ----------
    page : Page
    excerpt : str
        The words around the first place.
    place : str
        What stands there, as it is written.
    """

    page: Page
    excerpt: str
    place: str


def found(pages: Iterable[Page], wanted: str) -> list[Found]:
    """Return the pages that hold the words that are wanted, the best first.

    A word counts where one of the page begins with it, but for its ending; a single letter only as
    it stands.  Words that only make a question of it are passed over; half of the others are enough
    then, and pages that have more of them come first.  A page whose title has a word comes before
    one that defines it or whose headings have it, and that before one that only mentions it; it
    helps where the words stand together.

    Parameters
    ----------
    pages : iterable of Page
    wanted : str
        Words in any case and order; those after the first dozen are passed over.
    """
    words = _words(wanted)
    told = _beginnings(words)
    asked = len(told) < len(set(words))
    begins = [re.compile(beginning, re.IGNORECASE) for beginning in told]
    together = re.compile(r"\W+".join(rf"\b{re.escape(word)}\w*" for word in words), re.IGNORECASE)
    ranked = []
    for page in pages:
        hits = [hit for begin in begins if (hit := begin.search(page.text))]
        least = (len(begins) + 1) // 2 if asked else len(begins)
        if not hits or len(hits) < least:
            continue
        phrase = together.search(page.text)
        score = sum(_weight(begin, page) for begin in begins) + _TOGETHER * (phrase is not None)
        score *= len(hits) / len(begins) / (4 if page.topic in _EVERY_WORD else 1)
        at = phrase or hits[0]
        ranked.append((score, Found(page, _excerpt(page.text, at), at[0])))
    return [each for _, each in sorted(ranked, key=lambda scored: -scored[0])]


def _weight(begin: re.Pattern[str], page: Page) -> float:
    """Return how much a page is about a word."""
    lines = page.text.splitlines()
    headings = "\n".join(line for line in lines if HEADING.match(line))
    defined = any(line.startswith("**") and begin.match(line, 2) for line in lines)
    return (
        _IN_TITLE * bool(begin.search(page.title))
        + _IN_HEADING * bool(begin.search(headings))
        + _DEFINED * defined
        + min(len(begin.findall(page.text)), _MOST_COUNTED)
    )


def any_word(wanted: str) -> str:
    """Return a regular expression of any of the words for which pages are found; "" if none is."""
    return "|".join(rf"{beginning}\w*" for beginning in _beginnings(_words(wanted)))


def _words(wanted: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(wanted)][:_MOST_WORDS]


def _beginnings(words: list[str]) -> list[str]:
    """Return how each word begins, without those of a question, unless there are no others."""
    told = dict.fromkeys(word for word in words if word not in _PASSED_OVER)
    if len(words) == len("".join(words)) == 1:  # more is to be typed
        return [rf"\b{re.escape(words[0])}"]
    return list(dict.fromkeys(_beginning(word) for word in told or words))


def _beginning(word: str) -> str:
    """Return a regular expression of how forms of a word begin.

    Examples
    --------
    >>> _beginning("exporting"), _beginning("figures"), _beginning("p"), _beginning("text")
    ('\\\\bexport', '\\\\bfigur', '\\\\bp\\\\b', '\\\\btext')
    """
    if len(word) == 1:
        return rf"\b{re.escape(word)}\b"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word.removesuffix(ending)
            break
    return rf"\b{re.escape(word)}"


def _excerpt(text: str, at: re.Match[str]) -> str:
    """Return the words around a place, without what Markdown adds to them."""
    before, after = text[: at.start()][-_AROUND:], text[at.end() :][:_AROUND]
    before = f"…{before.partition(' ')[2]}" if at.start() > _AROUND else before
    after = f"{after.rpartition(' ')[0]}…" if len(after) == _AROUND else after
    plain = LINK.sub(r"\1", f"{before}{at[0]}{after}")
    return re.sub(r"\s+", " ", re.sub(r"[*`#|]", "", plain)).strip()
