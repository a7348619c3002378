"""One list of tokens for several vocabularies, so that distributions can stand side by side."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Alignment", "align"]

_N_REMEMBERED = 4
_Key = tuple[tuple[int, int], ...]
_remembered: "OrderedDict[_Key, tuple[Alignment, tuple[tuple[str, ...], ...]]]" = OrderedDict()


@dataclass(frozen=True, eq=False)
class Alignment:
    """Where the tokens of each vocabulary stand in one common list.

    Attributes
    ----------
    texts : tuple of str
        The common list; a token without a text (padding) is ``""``.
    places : tuple of ndarray of int64, (vocabulary,) each
        For each column, the row of every token id.
    by_text : bool
        Whether tokens were matched by their texts; else by their ids, in one vocabulary.
    """

    texts: tuple[str, ...]
    places: tuple[NDArray[np.int64], ...]
    by_text: bool

    def probabilities(self, column: int, p: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return probabilities by row, (n_rows,), from those by token id, (vocabulary,).

        Tokens of one text are added up; NaN where the vocabulary has no such token.
        """
        sums = np.full(len(self.texts), np.nan)
        sums[self.places[column]] = 0.0
        np.add.at(sums, self.places[column], p)
        return sums

    def ranks(self, column: int, best_first: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return ranks by row, (n_rows,), from ids best first: 0 removed, −1 no such token.

        Of several tokens with one text the best counts.
        """
        found = np.full(len(self.texts), -1, dtype=np.int64)
        found[self.places[column]] = 0
        backwards = self.places[column][best_first[::-1]]  # so that the best is written last
        found[backwards] = np.arange(best_first.size, 0, -1)
        return found


def align(vocabularies: Sequence[tuple[tuple[str, ...], int]]) -> Alignment:
    """Return one list for several vocabularies; the last few are remembered.

    Parameters
    ----------
    vocabularies : sequence of (tuple of str, int)
        The exact texts of the tokens, as from `vocabulary.exact_texts`, and the number of
        logits, which may be larger.

    Examples
    --------
    >>> both = align([(("a", "b"), 3), (("b", "c"), 2)])
    >>> both.texts, [place.tolist() for place in both.places]
    (('a', 'b', '', 'c'), [[0, 1, 2], [1, 3]])
    """
    key = tuple((id(texts), size) for texts, size in vocabularies)
    if key not in _remembered:
        # the texts are kept with their ids, so that these stay theirs
        kept = tuple(texts for texts, _ in vocabularies)
        _remembered[key] = _aligned(vocabularies), kept
        while len(_remembered) > _N_REMEMBERED:
            _remembered.popitem(last=False)
    _remembered.move_to_end(key)
    return _remembered[key][0]


def _aligned(vocabularies: Sequence[tuple[tuple[str, ...], int]]) -> Alignment:
    first, size = vocabularies[0]
    if all(texts == first and n == size for texts, n in vocabularies[1:]):
        everything = (*first[:size], *[""] * (size - len(first)))
        return Alignment(everything, (np.arange(size),) * len(vocabularies), by_text=False)
    rows: dict[object, int] = {}
    names: list[str] = []
    places = []
    for number, (texts, n_logits) in enumerate(vocabularies):
        place = np.empty(n_logits, dtype=np.int64)
        for token in range(n_logits):
            text = texts[token] if token < len(texts) else ""
            # a logit without a text is like no token of another vocabulary
            row = rows.setdefault(text or (number, token), len(names))
            if row == len(names):
                names.append(text)
            place[token] = row
        places.append(place)
    return Alignment(tuple(names), tuple(places), by_text=True)
