"""Text on its way to a terminal: what it cannot show is escaped, and nothing of it acts.

Generated text and names of folders may hold control characters: an escape sequence can rename a
terminal's window, colour it for good, or write over what stands there.
"""

import contextlib
import os
import sys
import unicodedata
from typing import TextIO

__all__ = ["Progress", "escaped", "is_plain", "open_streams", "say", "tell"]


def open_streams() -> None:
    """Make sure that there are streams to write to, and that none refuses a character.

    A stream that was closed (``2>&-``) is opened on nothing: the next file that is opened would
    take its number, and what libraries write to it would go into that file.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            stream = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
            setattr(sys, name, stream)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def escaped(text: str) -> str:
    """Return text whose control characters are written out, line feeds and tabs excepted.

    Examples
    --------
    >>> print(escaped("a\\x1b[31mb\\rc\\u202ed"))
    a\\x1b[31mb\\rc\\u202ed
    """
    return "".join(_shown(character) for character in text)


def say(text: str, *, end: str = "\n", controls: bool = False) -> None:
    """Write to stderr; that it cannot be written stops nothing.

    Parameters
    ----------
    text : str
    end : str
        What follows.
    controls : bool
        Whether ``text`` holds control characters of our own.
    """
    with contextlib.suppress(OSError, ValueError):
        print(text if controls else escaped(text), end=end, file=sys.stderr, flush=True)


def tell(text: str, *, end: str = "\n") -> None:
    """Write to stdout: to a terminal without control characters, to anything else as it is."""
    print(escaped(text) if sys.stdout.isatty() else text, end=end, flush=True)


def is_plain(stream: TextIO) -> bool:
    """Return whether a stream takes every character as it is."""
    return (stream.encoding or "").lower().replace("-", "").startswith("utf")


def _shown(character: str) -> str:
    acts = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    if not acts or character in "\n\t\u200c\u200d":
        return character
    return character.encode("unicode_escape").decode()


class Progress:
    """Writes progress to stderr: on one line of a terminal, else a line per tenth."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._last = -1

    def __call__(self, fraction: float, text: str) -> None:
        """Show a fraction and what is being done."""
        text = escaped(text.replace("\n", " "))
        if self._terminal:
            say(f"\r\x1b[K{fraction:4.0%}  {text[:70]}", end="", controls=True)
        elif (tenth := int(fraction * 10)) > self._last:
            self._last = tenth
            say(f"{fraction:4.0%}  {text}")
