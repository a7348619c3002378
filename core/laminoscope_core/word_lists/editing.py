"""Rows of category and word, edited: each function returns new rows and changes none."""

from collections.abc import Collection, Sequence
from typing import Literal

__all__ = [
    "Row",
    "Rows",
    "added",
    "changed_rows",
    "in_category",
    "moved",
    "renamed",
    "sorted_rows",
    "without",
]

Row = tuple[str, str]
"""Category and word."""
Rows = tuple[Row, ...]


def added(rows: Sequence[Row], new: Sequence[Row]) -> Rows:
    """Return rows with others after them, without words that are there already.

    Examples
    --------
    >>> added([("space", "sun")], [("space", "moon"), ("star", "sun")])
    (('space', 'sun'), ('space', 'moon'))
    """
    known = {word for _, word in rows}
    return (*rows, *(row for row in new if row[1] not in known))


def without(rows: Sequence[Row], chosen: Collection[int]) -> Rows:
    """Return rows but those of some numbers."""
    gone = set(chosen)
    return tuple(row for at, row in enumerate(rows) if at not in gone)


def sorted_rows(
    rows: Sequence[Row], by: Literal["category", "word"], *, descending: bool = False
) -> Rows:
    """Return rows in alphabetical order; those that are alike in it keep theirs.

    Examples
    --------
    >>> sorted_rows([("b", "Sun"), ("a", "pear"), ("b", "moon")], "word")
    (('b', 'moon'), ('a', 'pear'), ('b', 'Sun'))
    """
    column = 0 if by == "category" else 1
    return tuple(sorted(rows, key=lambda row: row[column].casefold(), reverse=descending))


def moved(rows: Sequence[Row], chosen: Collection[int], before: int) -> tuple[Rows, int]:
    """Put some rows, in their order, before another one, among whose words they come to stand.

    They keep their category if a row beside them there has it; else they take that of the row
    above, or of the row below where there is none above.

    Parameters
    ----------
    rows : sequence of Row
    chosen : collection of int
        Numbers of those that move.
    before : int
        The row that they are to stand before; the number of rows for the end.

    Returns
    -------
    rows : tuple of Row
    first : int
        Where the first of the moved ones stands now.

    Examples
    --------
    >>> moved([("space", "sun"), ("fruit", "pear"), ("fruit", "lime")], [0], 3)
    ((('fruit', 'pear'), ('fruit', 'lime'), ('fruit', 'sun')), 2)
    """
    moving = [rows[at] for at in sorted(set(chosen))]
    above = [row for at, row in enumerate(rows) if at < before and at not in chosen]
    below = [row for at, row in enumerate(rows) if at >= before and at not in chosen]
    beside = [row[0] for row in (*above[-1:], *below[:1])]
    if beside:
        moving = [row if row[0] in beside else (beside[0], row[1]) for row in moving]
    return (*above, *moving, *below), len(above)


def in_category(rows: Sequence[Row], chosen: Collection[int], category: str) -> Rows:
    """Return rows with some of them in another category, where they stand."""
    return tuple(
        (category, word) if at in chosen else (name, word) for at, (name, word) in enumerate(rows)
    )


def renamed(rows: Sequence[Row], old: str, new: str) -> Rows:
    """Return rows with all words of a category in one of another name."""
    return tuple((new if name == old else name, word) for name, word in rows)


def changed_rows(before: Sequence[Row], after: Sequence[Row]) -> range:
    """Return the rows from the first to the last that is not as it was before.

    Examples
    --------
    >>> changed_rows([("a", "x"), ("a", "z")], [("a", "x"), ("a", "y"), ("a", "z")])
    range(1, 2)
    """
    most = min(len(before), len(after))
    start = next((at for at in range(most) if before[at] != after[at]), most)
    end = (at for at in range(most - start) if before[-1 - at] != after[-1 - at])
    return range(start, len(after) - next(end, most - start))
