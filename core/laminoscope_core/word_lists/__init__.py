"""Word lists from files and the clipboard: read by strict rules, or refused with line and reason.

A list is one word a line; or two columns, category and word; or a table whose first line names
them.  Which sign divides the columns is not guessed: it is the one that makes the first line name a
column of words, or else the only one that divides every line alike.  What was understood is said in
words, so that it can be shown before it replaces anything.

Tables that Laminoscope writes are read back to the same words, to the character.
"""

import re

from laminoscope_core.errors import ExperimentError
from laminoscope_core.text import visible_text
from laminoscope_core.text_files import decoded
from laminoscope_core.word_lists.doubts import refuse_broken_json, refuse_other_files
from laminoscope_core.word_lists.others import CATEGORY_NAMES, DELIMITERS, WORD_NAMES, foreign_table
from laminoscope_core.word_lists.ours import from_json, our_table
from laminoscope_core.word_lists.word_list import LARGEST, MOST_WORDS, Refused, WordList, too_many

__all__ = ["CATEGORY_NAMES", "LARGEST", "MOST_WORDS", "WORD_NAMES", "WordList", "read_word_list"]

_OURS = "# laminoscope: "
_OUR_NAMES = re.compile(r"index(,|\t)category\1word\1n_tokens\1pieces(?:\1|\r?\n)")
_SEPARATOR = re.compile(r'"?sep=(.)"?(?:\r\n|\r|\n)', re.IGNORECASE)
_BAD_SEPARATOR = re.compile(r'"?sep=[^\r\n]{0,5}"?[\r\n]', re.IGNORECASE)


def read_word_list(content: bytes | str, name: str = "The list") -> WordList:
    """Read CSV, TSV, JSON or plain lines.

    Parameters
    ----------
    content : bytes or str
        Bytes are UTF-8, or what a byte order mark says.
    name : str
        What the list is called in messages.

    Raises
    ------
    ExperimentError
        It is not a list of words, or more than one; line and reason are named.

    Examples
    --------
    >>> found = read_word_list("word;condition;freq\\ncomet;space;3,5\\n")
    >>> found.rows, found.dialect
    ([('space', 'comet')], 'columns divided by semicolons, named in the first line: category from \
“condition”, word from “word”')
    """
    shown = visible_text(name, spaces=False, limit=80)
    try:
        if len(content) > LARGEST:
            raise Refused(f"It is larger than {LARGEST / 2**20:.0f} MB.")
        if isinstance(content, bytes):
            refuse_other_files(content[:8].decode("latin-1"))
        text = decoded(content, shown) if isinstance(content, bytes) else content
        return _read(text.removeprefix("\ufeff"))
    except Refused as refused:
        where = "" if refused.line is None else f" Line {refused.line}:"
        raise ExperimentError(
            f"{shown} cannot be read as a word list.{where} {refused.reason}", refused.hint
        ) from None


def _read(text: str) -> WordList:
    n_lines = text.count("\n") + text.count("\r") - text.count("\r\n") + 1
    if text.lstrip()[:1] in ("{", "[") and (found := from_json(text)) is not None:
        return found
    if n_lines > MOST_WORDS + 100:
        raise too_many(n_lines)
    if text.startswith(_OURS):
        return our_table(text[text.find("\n") + 1 :], 2)
    if _OUR_NAMES.match(text):
        return our_table(text, 1)
    refuse_other_files(text)
    refuse_broken_json(text)
    if "\0" in text:
        raise Refused("It is not text.", hint="Save the list as “CSV UTF-8”.")
    delimiters, line = tuple(DELIMITERS), 1
    if said := _SEPARATOR.match(text):
        delimiters, text, line = (said[1],), text[said.end() :], 2
    elif _BAD_SEPARATOR.match(text):
        raise Refused("The line sep= must name one sign, as sep=; does.", 1)
    return foreign_table(text, delimiters, line)
