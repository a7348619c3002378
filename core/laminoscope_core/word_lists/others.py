"""Words from tables of other programs: columns and their sign are decided by strict rules."""

from collections.abc import Sequence
from typing import Any

from laminoscope_core.text import half_character, how_many
from laminoscope_core.word_lists.cells import cleaned, plain_number, spreadsheet_error
from laminoscope_core.word_lists.delimited import CellError, Row, parsed_rows
from laminoscope_core.word_lists.doubts import (
    MOST_CHARACTERS,
    doubts,
    refuse_quoted,
    refuse_undivided,
)
from laminoscope_core.word_lists.word_list import (
    UNNAMED,
    Refused,
    WordList,
    repeated,
    shown,
    word_list,
)

__all__ = ["CATEGORY_NAMES", "DELIMITERS", "WORD_NAMES", "foreign_table"]

WORD_NAMES = ("word", "words", "item", "items", "stimulus", "stimuli")
CATEGORY_NAMES = ("category", "categories", "condition", "conditions", "group", "class", "type")
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}

_LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
_HINT = "Name the columns in a first line: category and word."


def foreign_table(text: str, delimiters: Sequence[str], line: int) -> WordList:
    """Return the words of a table, or of one word a line.

    Parameters
    ----------
    text : str
        Without marks of its encoding.
    delimiters : sequence of str
        The signs that may divide its columns.
    line : int
        The number of its first line.

    Raises
    ------
    Refused
        It can be read in no way, or in more than one.
    """
    readings = {sign: _reading(text, sign, line) for sign in delimiters}
    rows_by = {sign: rows for sign, rows in readings.items() if isinstance(rows, list)}
    if not all(rows_by.values()):  # but for signs that divide columns it is empty
        raise Refused("There are no words in it.")
    named = {
        sign: header
        for sign, rows in rows_by.items()
        if rows and len(rows[0].cells) > 1 and (header := _header(rows)) is not None
    }
    if len(named) > 1:
        raise _ambiguous(named)
    if named:
        ((sign, (word_at, category_at)),) = named.items()
        rows = rows_by[sign]
        names = rows[0].cells
        said = f"word from “{shown(cleaned(names[word_at], {}))}”"
        if category_at is not None:
            said = f"category from “{shown(cleaned(names[category_at], {}))}”, {said}"
        for row in rows[1:]:
            if row.cells == names:
                raise Refused("It names the columns once more.", row.line, "Remove it.")
        how = f"columns divided by {_sign_name(sign)}, named in the first line: {said}"
        return _from_rows(rows[1:], word_at, category_at, len(names), how)
    if _is_one_column(rows_by, delimiters):
        rows = next(iter(rows_by.values()))
        is_named = cleaned(rows[0].cells[0], {}).casefold() in WORD_NAMES
        if not is_named:
            refuse_undivided([(row.line, row.cells[0]) for row in rows])
        how = "one word a line" + (", after a line that names them" if is_named else "")
        return _from_rows(rows[1:] if is_named else rows, 0, None, 1, how)
    alike = {sign: width for sign, rows in rows_by.items() if (width := _width(rows)) > 1}
    if len(alike) > 1:
        raise _ambiguous(alike)
    if not alike:
        raise _uneven(readings, text)
    ((sign, width),) = alike.items()
    rows = rows_by[sign]
    _check_unnamed(rows, width)
    refuse_quoted([cell for row in rows for cell in row.cells], rows[0].line)
    how = f"two columns divided by {_sign_name(sign)}, without a line that names them: "
    return _from_rows(rows, 1, 0, 2, how + "category, then word", unnamed=True)


def _reading(text: str, sign: str, line: int) -> "list[Row] | CellError":
    try:
        rows = parsed_rows(text, sign, first_line=line)
    except CellError as error:
        return error
    used = max((len(_without_empty_end(row.cells)) for row in rows), default=0)
    return [Row(row.line, row.cells[: max(used, 1)]) for row in rows if used]


def _header(rows: Sequence[Row]) -> tuple[int, int | None] | None:
    """Return the columns of words and of categories that the first row names, if it names any."""
    names = [cleaned(cell, {}).casefold() for cell in rows[0].cells]
    words = [at for at, name in enumerate(names) if name in WORD_NAMES]
    categories = [at for at, name in enumerate(names) if name in CATEGORY_NAMES]
    if not words and not categories:
        return None
    line = rows[0].line
    for kind, found, known in (
        ("words", words, WORD_NAMES),
        ("categories", categories, CATEGORY_NAMES),
    ):
        if len(found) > 1:
            both = " and ".join(f"“{names[at]}”" for at in found)
            raise Refused(f"The first line names {both}: which is that of {kind}?", line, _HINT)
        if not found and kind == "words":
            raise Refused(
                f"The first line names “{names[categories[0]]}”, but no column of words "
                f"({', '.join(known)}).",
                line,
                _HINT,
            )
    if categories:
        return words[0], categories[0]
    others = [at for at in range(len(names)) if at != words[0]]
    if len(names) == 2 and not all(_number_at(row, others[0]) for row in rows[1:]):
        raise Refused(
            f"It could name the columns, with “{shown(rows[0].cells[others[0]])}” for one of "
            "categories, or be a row.",
            line,
            _HINT,
        )
    return words[0], None


def _number_at(row: Row, at: int) -> bool:
    return len(row.cells) <= at or not row.cells[at] or plain_number(row.cells[at])


def _is_one_column(rows_by: dict[str, list[Row]], delimiters: Sequence[str]) -> bool:
    return len(rows_by) == len(delimiters) and all(
        len(row.cells) == 1 for rows in rows_by.values() for row in rows
    )


def _width(rows: Sequence[Row]) -> int:
    """Return how many columns all rows have; 0 if they differ."""
    widths = {len(row.cells) for row in rows}
    return widths.pop() if len(widths) == 1 else 0


def _check_unnamed(rows: Sequence[Row], width: int) -> None:
    line = rows[0].line
    if width > 2:
        raise Refused(
            f"It has {width} columns, and nothing says which holds the words.", line, _HINT
        )
    firsts = [row.cells[0] for row in rows]
    if all(plain_number(row.cells[1]) for row in rows):
        raise Refused("The second column holds numbers, not words.", line, _HINT)
    if len(rows) > 1 and len(set(firsts)) == len(rows) and all(map(plain_number, firsts)):
        raise Refused("The first column holds numbers, not categories.", line, _HINT)


def _from_rows(
    rows: Sequence[Row],
    word_at: int,
    category_at: int | None,
    width: int,
    dialect: str,
    *,
    unnamed: bool = False,
) -> WordList:
    notes: dict[str, int] = {}
    words, categories = [], []
    for row in rows:
        if len(_without_empty_end(row.cells)) > width:
            raise Refused(f"It has {len(row.cells)} columns where there are {width}.", row.line)
        cells = [cleaned(cell, notes) for cell in row.cells]
        word = cells[word_at] if word_at < len(cells) else ""
        category = UNNAMED
        if category_at is not None:
            category = cells[category_at] if category_at < len(cells) else ""
        for text in (word, category):
            _check_text(text, row.line)
        if not word:
            raise Refused("It has no word.", row.line)
        if len(word) > MOST_CHARACTERS:
            raise Refused(
                f"It has {len(word):,} characters, and a word {MOST_CHARACTERS} at most.", row.line
            )
        words.append(word)
        categories.append(category)
    if not words:
        raise Refused("There are no words in it.")
    if "" in categories:
        if any(categories):
            raise Refused("It has no category.", rows[categories.index("")].line)
        categories = [UNNAMED] * len(words)
    if (places := repeated(words)) is not None:
        first, second = (rows[at].line for at in places)
        reversed_columns = category_at is not None and len(set(categories)) > len(set(words))
        raise Refused(
            f"The word “{shown(words[places[1]])}” stands in line {first} already.",
            second,
            f"Are the columns the other way round? {_HINT}" if reversed_columns else "",
        )
    warnings = [f"{text} ({how_many(count, 'cell')})." for text, count in notes.items()]
    warnings += doubts(words, categories, unnamed=unnamed)
    if category_at is not None and len(words) > 2 and len(set(categories)) == len(words):
        warnings.append("Every word has a category of its own.")
    if category_at is None and width > 1:
        warnings.append("No column is one of categories: all words are in one.")
    return word_list(tuple(words), tuple(categories), dialect, tuple(warnings))


def _check_text(text: str, line: int) -> None:
    if spreadsheet_error(text):
        raise Refused(f"The cell “{text}” is an error of a spreadsheet.", line)
    bad = next((sign for sign in text if sign < " " or "\x7f" <= sign < "\xa0"), None)
    bad = bad or next((sign for sign in text if sign in _LINE_ENDS), None)
    if bad is not None:
        name = "a line end" if bad in _LINE_ENDS else {"\t": "a tab"}.get(bad, f"U+{ord(bad):04X}")
        raise Refused(f"The cell “{shown(text)}” holds {name}.", line)
    if half := half_character(text):
        raise Refused(f"The cell “{shown(text)}” {half}.", line)


def _without_empty_end(cells: Sequence[str]) -> Sequence[str]:
    n = len(cells)
    while n and not cells[n - 1]:
        n -= 1
    return cells[:n]


def _ambiguous(signs: dict[str, Any]) -> Refused:
    both = " and ".join(_sign_name(sign) for sign in signs)
    return Refused(f"Both {both} divide its lines into columns.", hint=_HINT)


def _uneven(readings: "dict[str, list[Row] | CellError]", text: str) -> Refused:
    """Say where the sign that occurs most does not divide the lines alike."""
    sign = max(readings, key=text.count)
    rows = readings[sign]
    if isinstance(rows, CellError):
        return Refused(f"{rows.reason[:1].upper()}{rows.reason[1:]}.", rows.line)
    usual = len(rows[0].cells)
    row = next(row for row in rows if len(row.cells) != usual)
    return Refused(
        f"{_sign_name(sign).capitalize()} divide it into {len(row.cells)} columns, the first line "
        f"into {usual}.",
        row.line,
        "Put a cell that holds such a sign in quotation marks.",
    )


def _sign_name(sign: str) -> str:
    return DELIMITERS.get(sign, f"“{shown(sign)}”")
