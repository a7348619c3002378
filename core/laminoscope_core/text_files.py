"""Text files as other programs write them: with or without a mark of their encoding, bounded."""

import codecs
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from laminoscope_core.errors import ExperimentError
from laminoscope_core.ordinary import NotOrdinary, open_ordinary

__all__ = [
    "decoded",
    "read_bytes",
    "read_text",
    "texts_in",
    "texts_of",
    "toml_content",
    "what_is_wrong",
]

_LARGEST_TEXT = 2**22
_MOST_FILES = 1000
_KEPT = 2048
"""Characters of each text of a folder."""
# UTF-32's mark begins with that of UTF-16
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def read_text(path: str | Path, most_bytes: int) -> str:
    """Return a file's text; see `decoded` and `read_bytes` for what is refused."""
    return decoded(read_bytes(path, most_bytes), str(path))


def toml_content(text: str, name: str) -> dict[str, Any]:
    """Return what a text says as TOML, all of which can be shown in messages.

    Parameters
    ----------
    text : str
    name : str
        What it is called where it is refused.

    Raises
    ------
    ExperimentError
        It is not TOML, is nested too deeply, or has a number of thousands of digits.
    """
    correct = "Correct it and try again."
    try:
        content = tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise ExperimentError(f"{name} is not valid: it is nested too deeply.", correct) from None
    except ValueError as error:  # not TOML, or a number with thousands of digits
        raise ExperimentError(
            f"{name} is not valid TOML: {what_is_wrong(error)}.", correct
        ) from None
    try:
        repr(content)
    except ValueError:  # written in sixteens, it is read and can never be shown
        reason = "a number in it has thousands of digits"
        raise ExperimentError(f"{name} is not valid: {reason}.", correct) from None
    except RecursionError:
        raise ExperimentError(f"{name} is not valid: it is nested too deeply.", correct) from None
    return content


def read_bytes(path: str | Path, most_bytes: int) -> bytes:
    """Return a file's content, of a regular file and not more than so many bytes.

    Raises
    ------
    ExperimentError
        It is not there, not a file, too large, or cannot be read.
    """
    path = Path(path)
    try:
        with open_ordinary(path) as file:
            content = file.read(most_bytes + 1)
    except NotOrdinary:
        raise ExperimentError(f"{path} is not a file.", "Choose another file.") from None
    except OSError as error:
        raise ExperimentError(
            f"{path} cannot be read: {error.strerror}.",
            "Check that the file is there and may be read.",
        ) from None
    except ValueError:  # a name with a NUL
        raise ExperimentError(f"There is no file {str(path)!r}.", "Check its name.") from None
    if len(content) > most_bytes:
        raise ExperimentError(
            f"{path} is larger than {most_bytes / 1e6:.0f} MB.",
            "Make it shorter, or choose another file.",
        )
    return content


def decoded(content: bytes, name: str) -> str:
    """Return text from UTF-8, or from what a byte order mark says, without the mark.

    Raises
    ------
    ExperimentError
        It is neither; the line is named.

    Examples
    --------
    >>> decoded("é".encode("utf-16"), "it"), decoded(b"\\xef\\xbb\\xbfa", "it")
    ('é', 'a')
    """
    mark = next((mark for mark in _MARKS if content.startswith(mark)), b"")
    try:
        return content[len(mark) :].decode(_MARKS.get(mark, "utf-8"))
    except UnicodeDecodeError as error:
        at = len(mark) + error.start
        line = content.count(b"\n", 0, at) + 1
        raise ExperimentError(
            f"{name} is not UTF-8 text: byte 0x{content[at]:02X} in line {line}.",
            "Save it as UTF-8; spreadsheets call it “CSV UTF-8”.",
        ) from None


def texts_in(folder: str | Path) -> list[str]:
    """Return the texts of a folder's ``.txt`` files, in the order of their names, as `texts_of`.

    Raises
    ------
    ExperimentError
        It is no folder, there are none or too many, or one cannot be read.
    """
    folder = Path(folder)
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".txt")
    except (OSError, ValueError):
        raise ExperimentError(
            f"{folder} is not a folder that can be read.", "Name a folder of .txt files."
        ) from None
    if not files:
        raise ExperimentError(f"{folder} has no .txt file.", "Name a folder of .txt files.")
    return texts_of(files)


def texts_of(files: Sequence[str | Path]) -> list[str]:
    """Return the beginnings of the texts of some files, at most 1,000.

    Of each the first 2,048 characters are kept, and line feeds end its lines; files without text
    are passed over.

    Raises
    ------
    ExperimentError
        There are too many, none has a text, or one cannot be read.
    """
    if len(files) > _MOST_FILES:
        raise ExperimentError(
            f"There are {len(files):,} files; {_MOST_FILES:,} are the most that are read at once.",
            "Take fewer.",
        )
    contents = (read_text(path, _LARGEST_TEXT) for path in files)
    texts = [text.replace("\r\n", "\n").replace("\r", "\n")[:_KEPT] for text in contents]
    found = [text for text in texts if text]
    if not found:
        raise ExperimentError("The files have no text in them.", "Choose files with text.")
    return found


def what_is_wrong(error: Exception) -> str:
    """Return what a reader of JSON or TOML says of a text, in words where Python means itself.

    Examples
    --------
    >>> import json
    >>> try:
    ...     json.loads("9" * 5000)
    ... except ValueError as error:
    ...     what_is_wrong(error)
    'a number in it has thousands of digits'
    """
    if "set_int_max_str_digits" in str(error):
        return "a number in it has thousands of digits"
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
