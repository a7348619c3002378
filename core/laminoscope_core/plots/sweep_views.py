"""What the plots of a sweep share: which list and carrier sentence they show."""

from collections.abc import Iterable

from laminoscope_core.analysis.rsa import MEAN
from laminoscope_core.analysis.swept import Swept
from laminoscope_core.text import how_many, visible_text

__all__ = ["chosen", "place_text"]

Key = tuple[str, str, str]


def chosen(keys: Iterable[Key], asked: Key) -> Key:
    """Return the list, sentence and site that are asked for, or else the first that are there.

    Of several sentences that is the mean.

    Examples
    --------
    >>> keys = [("birds", "a {word}", "q"), ("birds", "mean", "q")]
    >>> chosen(keys, ("", "", "")), chosen(keys, ("birds", "a {word}", "v"))
    (('birds', 'mean', 'q'), ('birds', 'a {word}', 'q'))
    """
    left = list(keys)
    if not left:
        return asked
    for place, wanted in enumerate(asked):
        there = [key[place] for key in left]
        fallback = MEAN if place == 1 and MEAN in there else there[0]
        value = wanted if wanted in there else fallback
        left = [key for key in left if key[place] == value]
    return left[0]


def place_text(swept: Swept, words: str, sentence: str) -> str:
    """Return list and sentence as a note says them."""
    parts = []
    if words in swept.words:
        parts.append(f"{visible_text(words, limit=30)}, {how_many(swept.words[words], 'word')}")
    if sentence == MEAN:
        parts.append(f"mean over {how_many(len(swept.carriers) - 1, 'carrier sentence')}")
    elif sentence:
        parts.append(f"in “{visible_text(sentence, limit=40)}”")
    return " · ".join(parts)
