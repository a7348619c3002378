"""Lines of the tables that a sweep writes, read strictly: what is wrong with a file is said."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TypeVar

from laminoscope_core.ordinary import open_ordinary
from laminoscope_core.text import how_many, visible_text

__all__ = ["Damaged", "correlation", "count", "layer_of", "parsed_lines"]

T = TypeVar("T")
_MOST_DIGITS = 10
_SLACK = 1e-9
"""By how much rounding may take a correlation beyond 1."""


class Damaged(Exception):
    """A file is not what a sweep writes; says in words why."""


def parsed_lines(
    folder: Path, name: str, columns: Sequence[str], parse: Callable[[Mapping[str, str]], T]
) -> Iterator[T]:
    """Yield what is made of each line of a table; nothing of a table that is not there.

    Parameters
    ----------
    folder : Path
    name : str
        Of the table, inside the folder.
    columns : sequence of str
        That the table must have.
    parse : callable
        Given the cells of a line by column; raises `Damaged` if they are not what they should be.

    Raises
    ------
    Damaged
        The table cannot be read; names it and the line.
    """
    path = folder / name
    if not path.exists():
        return
    try:
        with TextIOWrapper(open_ordinary(path), encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            try:
                header = next(reader, [])
                if lacking := [column for column in columns if column not in header]:
                    raise Damaged(f"it has no column {lacking[0]}")
                yield from _parsed(reader, header, parse)
            except csv.Error:
                raise Damaged(f"line {reader.line_num} is not CSV") from None
    except UnicodeDecodeError:
        raise Damaged(f"{name} cannot be read: it is not UTF-8 text") from None
    except OSError as error:
        raise Damaged(f"{name} cannot be read: {error.strerror}") from None
    except Damaged as error:
        raise Damaged(f"{name} cannot be read: {error}") from None


def _parsed(
    reader: Any, header: Sequence[str], parse: Callable[[Mapping[str, str]], T]
) -> Iterator[T]:
    for cells in reader:
        try:
            if len(cells) != len(header):
                raise Damaged(f"it has {how_many(len(cells), 'cell')} under {len(header)} columns")
            found = parse(dict(zip(header, cells, strict=True)))
        except Damaged as error:
            raise Damaged(f"line {reader.line_num}: {error}") from None
        yield found


def correlation(cell: str) -> float:
    """Return the score that a cell holds, NaN of an empty one.

    Raises
    ------
    Damaged
        It is no number from −1 to 1.

    Examples
    --------
    >>> correlation("0.5"), correlation("")
    (0.5, nan)
    """
    if not cell:
        return float("nan")
    try:
        value = float(cell)
    except ValueError:
        value = float("nan")
    if abs(value) <= 1 + _SLACK:
        return value
    raise Damaged(f"{visible_text(cell, limit=40)} is no correlation")


def count(cell: str) -> int:
    """Return the whole number that a cell holds.

    Raises
    ------
    Damaged
        It is none, or below zero.
    """
    if cell.isascii() and cell.isdigit() and len(cell) < _MOST_DIGITS:
        return int(cell)
    raise Damaged(f"{visible_text(cell, limit=40) or 'nothing'} is no number of things")


def layer_of(cell: str, n: int) -> int:
    """Return the layer that a cell holds, of a model with so many.

    Raises
    ------
    Damaged
        It is none of them.
    """
    if cell.isascii() and cell.isdigit() and len(cell) < _MOST_DIGITS and int(cell) < n:
        return int(cell)
    raise Damaged(f"{visible_text(cell, limit=40) or 'nothing'} is none of {n} layers")
