"""Results as tables and arrays, and tables as the text of a CSV or TSV file.

Such a file is UTF-8 with `\\n` line ends and RFC 4180 quoting.  A number is written with the
fewest digits that bring it back to the bit, float32 as float32; NaN is an empty cell.

A spreadsheet takes a text cell that begins with ``= + - @``, a tab or a carriage return for a
formula, and words such as ``-ing`` begin like that.  Such a cell gets a leading apostrophe.
So does one that has apostrophes before such a character, which makes the way back unambiguous:
`plain_text` removes exactly one apostrophe where, and only where, one was added.

>>> guarded_text("-ing"), plain_text("'-ing"), guarded_text("'tis")
("'-ing", '-ing', "'tis")
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Arrays", "Table", "csv_line", "guarded_text", "plain_text"]

# the wide signs are formulas to a spreadsheet set to Japanese or Chinese
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_GUARDED_FORMULA = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
_NEEDS_QUOTES = re.compile(r'[,"\t\r\n]')


def guarded_text(text: str) -> str:
    """Return text that no spreadsheet evaluates; `plain_text` is its inverse."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain_text(cell: str) -> str:
    """Return the text that `guarded_text` was given."""
    return cell[1:] if _GUARDED_FORMULA.match(cell) else cell


def csv_line(cells: Sequence[str], separator: str = ",") -> str:
    """Return a line of a file from what its cells hold, guarded where they need it already.

    Examples
    --------
    >>> print(csv_line(["1", "a,b", "so"]), end="")
    1,"a,b",so
    """
    return separator.join(map(_quoted, cells)) + "\n"


@dataclass(frozen=True, eq=False)
class Table:
    """Named columns of equal length.

    Parameters
    ----------
    columns : mapping of str to sequence
        One-dimensional arrays or sequences of str, int, bool or float, in the order of the file.
    labels : mapping of str to str
        In words and with units: what a column holds, or an axis of its plot.

    Raises
    ------
    ValueError
        The columns differ in length.

    Examples
    --------
    >>> table = Table({"word": ["sun", "-ing"], "r": np.array([0.5, np.nan])})
    >>> print(table.to_csv(), end="")
    word,r
    sun,0.5
    '-ing,
    """

    columns: Mapping[str, Sequence[Any] | NDArray[Any]]
    labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lengths = {name: len(column) for name, column in self.columns.items()}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"the columns of a table differ in length: {lengths}")

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def to_csv(self) -> str:
        """Return the table as CSV text with a header line."""
        return self._text(",")

    def to_tsv(self) -> str:
        """Return the table as tab-separated text, as a spreadsheet takes it from the clipboard."""
        return self._text("\t")

    def to_bytes(self) -> bytes:
        """Return the content of the CSV file."""
        return self.to_csv().encode("utf-8", "backslashreplace")

    def _text(self, separator: str) -> str:
        columns = [[_cell(value) for value in column] for column in self.columns.values()]
        lines = [[_cell(name) for name in self.columns], *zip(*columns, strict=True)]
        return "".join(csv_line(line, separator) for line in lines)


@dataclass(frozen=True, eq=False)
class Arrays:
    """Named arrays for an NPZ file that numpy reads with ``allow_pickle=False``.

    Raises
    ------
    ValueError
        An array holds Python objects, which only pickle could store.

    Examples
    --------
    >>> content = Arrays({"q": np.eye(2, dtype=np.float32), "words": np.array(["sun", "moon"])})
    >>> with np.load(io.BytesIO(content.to_bytes()), allow_pickle=False) as file:
    ...     file["words"].tolist()
    ['sun', 'moon']
    """

    arrays: Mapping[str, NDArray[Any]]

    def __post_init__(self) -> None:
        for name, array in self.arrays.items():
            if array.dtype.hasobject:
                raise ValueError(f"array {name!r} holds Python objects")

    def to_bytes(self) -> bytes:
        """Return the content of the NPZ file, the same bytes for the same arrays."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for name, array in self.arrays.items():
                entry = zipfile.ZipInfo(f"{name}.npy")  # always of 1980, unlike a name alone
                with archive.open(entry, "w", force_zip64=True) as member:
                    np.lib.format.write_array(member, np.asanyarray(array), allow_pickle=False)
        return content.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return guarded_text(value)
    if isinstance(value, (float, np.floating)):
        return "" if np.isnan(value) else str(value).removesuffix(".0")
    return str(value)


def _quoted(cell: str) -> str:
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if _NEEDS_QUOTES.search(cell) else cell
