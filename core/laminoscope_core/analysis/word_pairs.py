"""Pairs of words, and which of them a score is taken over.

A similarity matrix of n words is symmetric with a trivial diagonal, so that it holds
n(n−1)/2 facts: one for each unordered pair.  Everything that compares matrices works on those
pairs as a vector.  Pairs of one category say how tight that category is and what it looks like
from inside; pairs of different categories say how the categories lie to each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["SUBSETS", "Subset", "WordPairs", "word_pairs"]

Subset = Literal["all", "within", "across"]
SUBSETS: tuple[Subset, ...] = ("all", "within", "across")


@dataclass(frozen=True, eq=False)
class WordPairs:
    """The pairs (i, j), i < j, of n words in row order of the upper triangle.

    Attributes
    ----------
    n_words : int
        Number of words.
    first, second : integer arrays (n_pairs,)
        The words of each pair.
    within : bool array (n_pairs,)
        Whether both words have the same category.
    block : integer array (n_pairs,)
        Number of the unordered pair of categories that the pair belongs to.
    """

    n_words: int
    first: NDArray[np.intp]
    second: NDArray[np.intp]
    within: NDArray[np.bool_]
    block: NDArray[np.intp]

    def positions(self, subset: Subset) -> NDArray[np.intp]:
        """Return the positions (n_subset,) of a subset in the vector of all pairs."""
        return np.flatnonzero(self._member(subset))

    def of(self, subset: Subset) -> "WordPairs":
        """Return only the pairs of a subset."""
        return self.at(self.positions(subset))

    def at(self, positions: NDArray[np.intp]) -> "WordPairs":
        """Return only some pairs, in the order of their positions."""
        at = positions
        return WordPairs(
            self.n_words, self.first[at], self.second[at], self.within[at], self.block[at]
        )

    def mask(self, subset: Subset) -> NDArray[np.bool_]:
        """Return a subset as a matrix (n_words, n_words), true above the diagonal only."""
        mask = np.zeros((self.n_words, self.n_words), dtype=np.bool_)
        mask[self.first, self.second] = self._member(subset)
        return mask

    def with_word(self, word: int | None) -> NDArray[np.intp]:
        """Return the positions (n_words − 1,) of a word's pairs in the vector of all pairs.

        Examples
        --------
        >>> word_pairs(["a"] * 4).with_word(2).tolist()
        [1, 3, 5]
        """
        if word is None or not 0 <= word < self.n_words:
            return np.empty(0, dtype=np.intp)
        others = np.delete(np.arange(self.n_words), word)
        return self._position(np.minimum(others, word), np.maximum(others, word))

    def with_both(self, first: int, second: int) -> NDArray[np.intp]:
        """Return the position (1,) of a pair in the vector of all pairs; none of no pair (0,)."""
        if not 0 <= first < second < self.n_words:
            return np.empty(0, dtype=np.intp)
        return self._position(np.array([first]), np.array([second]))

    def _position(self, first: NDArray[np.intp], second: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return where pairs are in row order of the upper triangle."""
        return np.asarray(first * (2 * self.n_words - first - 1) // 2 + second - first - 1)

    def vectors(self, matrices: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return the pairs (…, n_pairs) of matrices (…, n_words, n_words)."""
        return np.asarray(matrices[..., self.first, self.second], dtype=np.float64)

    def _member(self, subset: Subset) -> NDArray[np.bool_]:
        if subset == "all":
            return np.ones_like(self.within)
        return self.within if subset == "within" else ~self.within


def word_pairs(categories: Sequence[str]) -> WordPairs:
    """Return all pairs of words whose categories are given, in the order of the words.

    Examples
    --------
    >>> pairs = word_pairs(["space"] * 10 + ["furniture"] * 13 + ["fruit"] * 11)
    >>> [len(pairs.positions(subset)) for subset in SUBSETS]
    [561, 178, 383]
    """
    names, category = np.unique(np.asarray(categories, dtype=np.str_), return_inverse=True)
    first, second = np.triu_indices(len(category), k=1)
    low = np.minimum(category[first], category[second])
    high = np.maximum(category[first], category[second])
    return WordPairs(len(category), first, second, low == high, low * len(names) + high)
