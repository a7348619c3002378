"""Rows of cells from delimited text, strictly: what is not quoted as tables are is an error.

`csv` takes almost anything: a quotation mark in the middle of a cell, one behind a blank, text
after a closing one.  Here each of these is either understood or named with its line.
"""

import re
from dataclasses import dataclass
from functools import cache

__all__ = ["CellError", "Row", "parsed_rows"]

_MOST_COLUMNS = 1000
_END = re.compile(r"\r\n|\r|\n|\Z")


class CellError(ValueError):
    """A cell is not quoted as tables are.

    Parameters
    ----------
    line : int
        Where it begins, from 1.
    reason : str
        What is wrong.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class Row:
    """A row that is not empty.

    Attributes
    ----------
    line : int
        Where it begins, from 1.
    cells : tuple of str
        At least one.
    """

    line: int
    cells: tuple[str, ...]


def parsed_rows(
    text: str, delimiter: str, *, exact: bool = False, first_line: int = 1
) -> list[Row]:
    """Return the rows of a text; empty ones are left out.

    Parameters
    ----------
    text : str
        Lines may end in any of the three ways.
    delimiter : str
        One character.
    exact : bool
        Keep blanks around cells; else they are taken off, around quotation marks too.
    first_line : int
        What the first line is called.

    Raises
    ------
    CellError
        A quotation mark that is not closed, stands inside a cell, or is followed by text; too
        many columns.

    Examples
    --------
    >>> [row.cells for row in parsed_rows('a, "b, c"\\n\\nd;e,\\n', ",")]
    [('a', 'b, c'), ('d;e', '')]
    """
    quoted, plain = _patterns(delimiter, exact)
    rows, cells, position, line, begins = [], [], 0, first_line, first_line
    while True:
        if found := quoted.match(text, position):
            cells.append(found[1].replace('""', '"'))
            line += len(re.findall(r"\r\n|\r|\n", found[1]))
        else:
            found = plain.match(text, position)
            assert found is not None
            cells.append(found[0] if exact else found[0].strip())
        position = found.end()
        if text.startswith(delimiter, position):
            if len(cells) == _MOST_COLUMNS:
                raise CellError(line, f"it has more than {_MOST_COLUMNS} columns")
            position += 1
            continue
        end = _END.match(text, position)
        if end is None:
            raise CellError(line, _what_is_wrong(text, position))
        if any(cells):
            rows.append(Row(begins, tuple(cells)))
        if end.end() == len(text):
            return rows
        cells, position, line = [], end.end(), line + 1
        begins = line


@cache
def _patterns(delimiter: str, exact: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    sign = re.escape(delimiter)
    blank = "" if exact else "[ \u00a0]*+" if delimiter == "\t" else "[ \t\u00a0]*+"
    quoted = re.compile(rf'{blank}"((?:[^"]|"")*+)"{blank}(?={sign}|[\r\n]|\Z)')
    # programs that divide by tabs quote a cell only for a tab, a line end or a mark at its start
    inside = "" if delimiter == "\t" else '"'
    plain = re.compile(rf'(?!{blank}")[^{sign}{inside}\r\n]*+|')
    return quoted, plain


def _what_is_wrong(text: str, position: int) -> str:
    rest = text[position:].lstrip(" \t\u00a0")
    if rest.startswith('"') and rest.count('"') == 1:
        return "a quotation mark is not closed"
    return "a quotation mark stands inside a cell; such a cell is quoted, and the mark doubled"
