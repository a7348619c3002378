"""Words from tables that Laminoscope wrote, to the character, and from JSON."""

import json
from collections.abc import Sequence
from typing import Any

from laminoscope_core.tables import plain_text
from laminoscope_core.word_lists.delimited import CellError, parsed_rows
from laminoscope_core.word_lists.others import CATEGORY_NAMES, WORD_NAMES
from laminoscope_core.word_lists.word_list import (
    UNNAMED,
    Refused,
    WordList,
    repeated,
    shown,
    word_list,
)

__all__ = ["from_json", "our_table"]

_PAIRS = (("first_word", "first_category"), ("second_word", "second_category"))


def our_table(text: str, line: int) -> WordList:
    """Read a table that Laminoscope wrote: words, or pairs of words."""
    header = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in header else ","
    try:
        rows = parsed_rows(text, delimiter, exact=True, first_line=line)
    except CellError as error:
        raise Refused(error.reason.capitalize() + ".", error.line) from None
    names = [plain_text(cell) for cell in rows[0].cells] if rows else []
    for row in rows:
        if len(row.cells) != len(names):
            raise Refused(
                f"It has {len(row.cells)} columns, the first line {len(names)}.", row.line
            )
    columns = {
        name: [plain_text(row.cells[at]) for row in rows[1:]] for at, name in enumerate(names)
    }
    return _from_columns(columns)


def _from_columns(columns: dict[str, list[str]]) -> WordList:
    found: dict[str, str] = {}
    for word_column, category_column in (("word", "category"), *_PAIRS):
        if word_column in columns:
            words = columns[word_column]
            categories = columns.get(category_column, [UNNAMED] * len(words))
            for word, category in zip(words, categories, strict=True):
                found.setdefault(word, category)
    if not found:
        raise Refused("It is a table of Laminoscope that holds no words.")
    return word_list(tuple(found), tuple(found.values()), "a table that Laminoscope wrote")


def from_json(text: str) -> WordList | None:
    """Read JSON; None if it is none."""
    try:
        content = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None
    if isinstance(content, dict) and isinstance(content.get("columns"), list):
        columns = {}
        for column in content["columns"]:
            if isinstance(column, dict) and isinstance(column.get("values"), list):
                columns[str(column.get("name"))] = [str(value) for value in column["values"]]
        return _from_columns(columns)
    if isinstance(content, dict) and (table := _two_columns(content)) is not None:
        pairs = table
        dialect = "JSON, a column of words and one of categories"
    elif isinstance(content, dict):
        pairs = [(name, word) for name, words in content.items() for word in _list(words)]
        dialect = "JSON, the words of each category"
    elif all(isinstance(entry, dict) for entry in content):
        pairs = [_of_entry(entry) for entry in content]
        dialect = "JSON, a word and its category in each entry"
        if all(name is None for name, _ in pairs):
            pairs = [(UNNAMED, word) for _, word in pairs]
            dialect = "JSON, a word in each entry, and no category"
    else:
        pairs = [(UNNAMED, word) for word in content]
        dialect = "JSON, a list of words"
    if not all(isinstance(text, str) for pair in pairs for text in pair):
        raise Refused(
            "It is JSON, but not of words.",
            hint='Give it as {"category": ["word", …]}, as a list of words, or as a table.',
        )
    if (places := repeated([word for _, word in pairs])) is not None:
        raise Refused(f"The word “{shown(pairs[places[1]][1])}” stands in it twice.")
    return word_list(tuple(word for _, word in pairs), tuple(name for name, _ in pairs), dialect)


def _two_columns(content: dict[str, Any]) -> list[tuple[Any, Any]] | None:
    """Return category and word of each row, if two of the names are those of such columns."""
    words, categories = _named(content, WORD_NAMES), _named(content, CATEGORY_NAMES)
    if not words or not categories:
        return None
    if len(words) > 1 or len(categories) > 1 or len(_list(words[0])) != len(_list(categories[0])):
        raise Refused(
            "It is JSON that names columns of words and of categories, but not one of each and of "
            "one length.",
            hint='Give it as {"category": ["space", …], "word": ["comet", …]}.',
        )
    return list(zip(_list(categories[0]), _list(words[0]), strict=True))


def _of_entry(entry: dict[str, Any]) -> tuple[Any, Any]:
    """Return category and word; None for what is not there, or there twice."""
    words, categories = _named(entry, WORD_NAMES), _named(entry, CATEGORY_NAMES)
    if len(categories) > 1:
        raise Refused("An entry names two categories.", hint="Leave one of them out.")
    return (categories or [None])[0], words[0] if len(words) == 1 else None


def _named(content: dict[str, Any], names: Sequence[str]) -> list[Any]:
    return [value for name, value in content.items() if name.strip().casefold() in names]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON, which says nothing twice: the first would be lost."""
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused(f"“{shown(twice)}” stands in it twice.")
    return content


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [None]
