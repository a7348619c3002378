"""JSON from a file that cannot be trusted: bounded in depth, strict in everything else."""

import json
import re
from typing import Any

from laminoscope_core.errors import SessionError
from laminoscope_core.strict_json import without_repetition
from laminoscope_core.text_files import what_is_wrong

__all__ = ["MAX_ITEMS", "dump_json", "load_json", "most_items"]

MAX_DEPTH = 100
MAX_ITEMS = 3_000_000
"""Values of all texts of a session; Python keeps up to some hundred bytes for each."""

# the closing quote is optional, so that a text without one is passed over once, not again and again
_BRACKETS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|([\[{])|([\]}])', re.DOTALL)


def load_json(content: bytes, where: str) -> Any:
    """Parse JSON.

    Raises
    ------
    SessionError
        Not JSON in UTF-8, too deep, of too many values, a key that stands twice, or a number that
        is none (NaN).

    Examples
    --------
    >>> load_json(b'{"a": [1, 2.5]}', "it")
    {'a': [1, 2.5]}
    >>> load_json(b'{"a": 1, "a": 2}', "it")
    Traceback (most recent call last):
        ...
    laminoscope_core.errors.SessionError: it is not valid: 'a' stands in it twice.
    """
    if most_items(content) > MAX_ITEMS:
        raise SessionError(f"{where} has more values than a session can have.")
    if _depth(content) > MAX_DEPTH:
        raise SessionError(f"{where} is nested too deeply.")
    try:
        return json.loads(content, object_pairs_hook=without_repetition, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise SessionError(f"{where} is not valid: {what_is_wrong(error)}.") from None


def dump_json(value: Any, where: str) -> bytes:
    """Return JSON that `load_json` reads back to an equal value.

    Raises
    ------
    SessionError
        It holds something that JSON has no form for.
    """
    try:
        text = json.dumps(value, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        raise SessionError(f"{where} cannot be saved: {what_is_wrong(error)}.") from None
    content = text.encode("ascii")
    if most_items(content) > MAX_ITEMS:
        raise SessionError(f"{where} cannot be saved: it has more values than a session can have.")
    return content


def most_items(content: bytes) -> int:
    """Return at most how many values JSON holds, counted before any is made.

    Examples
    --------
    >>> most_items(b'{"a": [1, 2.5], "b": []}')
    5
    """
    return sum(content.count(mark) for mark in (b"{", b"[", b","))


def _depth(content: bytes) -> int:
    depth = deepest = 0
    for found in _BRACKETS.finditer(content):
        if found[1]:
            depth += 1
            deepest = max(deepest, depth)
        elif found[2]:
            depth -= 1
    return deepest


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is not a number")
