"""Cells of spreadsheets as they were meant: without the marks that such programs leave."""

import re
from collections.abc import MutableMapping

from laminoscope_core.tables import plain_text

__all__ = ["cleaned", "plain_number", "spreadsheet_error"]

# Of any script: a point, a comma or an apostrophe within, or first; ten to a power; per cent.
_NUMBER = re.compile(r"[-+−－＋]?(\d+([.,٫٬’'\s]\d+)*|[.,٫]\d+)([eE][-+−]?\d+)?\s?[%٪％]?")
_ERROR = re.compile(
    r"#(N/A|NV|N/D|Н/Д|I/T|YOK|[^\W\d_][\w/]*[!?]|¿[^\W\d_]\w*\?|GETTING_DATA)|"
    r"(ERR|FEHLER|ERREUR|ERRORE|ERRO|ОШИБКА):\d{3}"
)
_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
_HARD_SPACES = re.compile("[\u00a0\u2007\u202f]")
_NOTHING = "\u200b\u2060\ufeff"  # characters without width that no word begins or ends with
_CURLY = {"“": "”", "„": "“”", "«": "»", "»": "«", "”": "”"}


def cleaned(cell: str, notes: MutableMapping[str, int]) -> str:
    """Return a cell's text, and count in ``notes`` what was changed beside blanks at its ends.

    Examples
    --------
    >>> notes = {}
    >>> [cleaned(cell, notes) for cell in ("“sun”", "New\\u00a0York", "'-ing", "’tis", " x ")]
    ['sun', 'New York', '-ing', '’tis', 'x']
    >>> list(notes)
    ['Curly quotation marks were taken off', 'Non-breaking spaces were made plain ones', \
'The apostrophe before a sign of formulas was taken off']
    """
    text = cell.strip().strip(_NOTHING).strip()
    if len(text) > 1 and text[-1] in _CURLY.get(text[0], ""):
        _note(notes, "Curly quotation marks were taken off")
        text = text[1:-1].strip()
    if found := _TEXT_FORMULA.fullmatch(text):
        _note(notes, "A formula that is nothing but a text was taken for the text")
        text = found[1].replace('""', '"')
    if _HARD_SPACES.search(text):
        _note(notes, "Non-breaking spaces were made plain ones")
        text = _HARD_SPACES.sub(" ", text)
    plain = plain_text(text)
    if plain != text:
        _note(notes, "The apostrophe before a sign of formulas was taken off")
    return plain


def plain_number(cell: str) -> bool:
    """Return whether a cell is a number, with a point or a comma.

    Examples
    --------
    >>> [plain_number(cell) for cell in ("3,5", "1.000,00", "12 %", ".5", "1E-05", "٣٫٥", "3D", "")]
    [True, True, True, True, True, True, False, False]
    """
    return _NUMBER.fullmatch(cell) is not None


def spreadsheet_error(cell: str) -> bool:
    """Return whether a cell is what a spreadsheet, in whatever language, writes for an error.

    Examples
    --------
    >>> [spreadsheet_error(cell) for cell in ("#NAME?", "#WERT!", "#n/a", "Err:502", "#wow!")]
    [True, True, True, True, False]
    """
    shouted = cell.upper()
    return (cell == shouted or cell[:1] != "#" or "/" in cell) and bool(_ERROR.fullmatch(shouted))


def _note(notes: MutableMapping[str, int], text: str) -> None:
    notes[text] = notes.get(text, 0) + 1
