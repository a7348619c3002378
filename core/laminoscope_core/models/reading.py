"""Read a stranger's small file: an ordinary one, no larger than it may be, nested no deeper."""

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from laminoscope_core.errors import ModelError
from laminoscope_core.ordinary import NotOrdinary, open_ordinary
from laminoscope_core.text_files import what_is_wrong

__all__ = ["MAX_JSON", "open_regular", "present", "read_bounded", "read_json"]

MAX_JSON = 16 << 20
_DEEPEST = 64


@contextlib.contextmanager
def open_regular(file: Path) -> Iterator[BinaryIO]:
    """Open a file for reading that is an ordinary one, or a link to one.

    Raises
    ------
    ModelError
        It is a pipe, a device, a folder or a socket, or it cannot be read.
    """
    try:
        opened = open_ordinary(file)
    except NotOrdinary as error:
        raise ModelError(f"{file} is not an ordinary file.", "Fetch the model again.") from error
    except OSError as error:
        raise ModelError(
            f"{file} cannot be read: {error.strerror}.", "Fetch the model again."
        ) from error
    with opened:
        yield opened


def present(file: Path) -> bool:
    """Return whether a folder has a file of that name.

    A link that leads nowhere counts, as what a hub's cache has lost: without it the model would
    be another, so that reading it is an error.
    """
    return os.path.lexists(file)


def read_bounded(file: Path, limit: int = MAX_JSON) -> bytes:
    """Return the content of an ordinary file of at most ``limit`` bytes.

    Raises
    ------
    ModelError
        It is not an ordinary file, is larger, or cannot be read.
    """
    with open_regular(file) as opened:
        try:
            content = opened.read(limit + 1)
        except OSError as error:
            raise ModelError(
                f"{file} cannot be read: {error.strerror}.", "Fetch the model again."
            ) from error
    if len(content) > limit:
        raise ModelError(
            f"{file} is larger than {limit / 1e6:,.0f} MB, more than such a file ever is.",
            "Fetch the model again.",
        )
    return content


def read_json(file: Path, limit: int = MAX_JSON) -> dict[str, Any]:
    """Return the JSON object in a file.

    Raises
    ------
    ModelError
        As `read_bounded`; it is not valid JSON, not an object, or nested more than 64 deep.
    """
    content = read_bounded(file, limit)
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ModelError(
            f"{file} is not valid JSON: {what_is_wrong(error)}.", "Fetch the model again."
        ) from error
    if not isinstance(value, dict):
        raise ModelError(f"{file} is not a JSON object.", "Fetch the model again.")
    if _deeper_than(value, _DEEPEST):
        raise ModelError(
            f"{file} is not a usable configuration: it is nested more than {_DEEPEST} deep.",
            "Fetch the model again.",
        )
    return value


def _deeper_than(value: Any, levels: int) -> bool:
    nested = [value]
    for _ in range(levels):
        inner = [
            item
            for one in nested
            for item in (one.values() if isinstance(one, dict) else one)
            if isinstance(item, (dict, list))
        ]
        if not inner:
            return False
        nested = inner
    return True
