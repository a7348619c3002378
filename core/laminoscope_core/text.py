"""Token text made visible: one line, every character accounted for, nothing that acts.

Tokens are hostile text: fragments of bytes, control characters, right-to-left marks, markup.
`visible_text` turns any string into one printable line in which invisible characters are shown
by name; it is the common ground of screen, figures and messages.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

__all__ = [
    "Verbatim",
    "half_character",
    "how_many",
    "joined_text",
    "named_bytes",
    "sound_text",
    "token_bytes",
    "visible_text",
]

_NAMED = {"\n": "⏎", "\t": "⇥", "\r": "␍"}
_MAX_MARKS = 3
_BYTE = re.compile(r"<0x([0-9A-Fa-f]{2})>")
_NAME_OF_BYTE = re.compile("⟨0x([0-9A-F]{2})⟩")
_NAMES_OF_BYTES = re.compile(f"(?:{_NAME_OF_BYTE.pattern})+")
_HALF = re.compile("[\ud800-\udfff]")
_TURNED = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]"  # Hebrew, Arabic and their kin
_ISOLATED = re.compile(f"\u2068({_TURNED}(?:[^\u2068\u2069]*{_TURNED})?)\u2069")
_JOINERS = "\u200d\ufe0e\ufe0f"
_PLAIN = re.compile("[ -~¡-¬®-ʯα-ω‐-‧←-⇿∀-⋿■-◿]*")
"""Latin, Greek, dashes, quotation marks, arrows, signs of sums, shapes: all shown as they are."""


class Verbatim(str):
    """A text of the user's or of a model that stands alone where others are core's own words.

    It is shown as it is in every language, whatever words it may consist of.
    """

    __slots__ = ()


def visible_text(text: str, *, spaces: bool = True, limit: int | None = None) -> str:
    """Return ``text`` as one line without invisible or acting characters.

    Parameters
    ----------
    text : str
        Anything, lone surrogates included.
    spaces : bool
        Show spaces as a middle dot, as for tokens; False for words and sentences.
    limit : int, optional
        Shorten to so many characters, with an ellipsis.

    Returns
    -------
    str
        Newline, tab and carriage return as ⏎ ⇥ ␍; other control, format, private, surrogate and
        unassigned characters as ⟨U+200B⟩; a leading combining mark on a dotted circle; no more
        than three marks in a row; right-to-left runs isolated, so that they cannot reorder
        what stands beside them; runs that have been isolated stay as they are, so that text made
        visible twice is the same.  It may still contain ``<`` and ``&``: escape it for HTML.

    Examples
    --------
    >>> visible_text(" the\\n")
    '·the⏎'
    >>> visible_text("a\\u200bb\\x07")
    'a⟨U+200B⟩b⟨U+0007⟩'
    >>> visible_text("a cosy room", spaces=False, limit=7)
    'a cosy…'
    >>> once = visible_text("א ב: 1, a", spaces=False)
    >>> once == "\u2068א ב\u2069: 1, a" == visible_text(once, spaces=False)
    True
    """
    text = _ISOLATED.sub(r"\1", text)  # to be isolated again
    if limit is not None and len(text) > limit:
        text = text[: limit - 1] + "…"
    if _PLAIN.fullmatch(text):  # as most texts are; the rest takes ten times as long
        return text.replace(" ", "·") if spaces else text
    shown: list[str] = []
    marks = 0
    first = last = -1  # of a run from right to left: where it begins, and its last such character
    for position, character in enumerate(text):
        category = unicodedata.category(character)
        if category in ("Mn", "Mc", "Me") and character not in _JOINERS:
            marks += 1
            if position == 0:
                shown.append("◌")
            shown.append(character if marks <= _MAX_MARKS else f"⟨U+{ord(character):04X}⟩")
            continue
        marks = 0
        if character in _NAMED:
            shown.append(_NAMED[character])
        elif character == " ":
            shown.append("·" if spaces else " ")
        elif character in _JOINERS and position > 0 and _joins(text[position - 1]):
            shown.append(character)
        elif category[0] == "C" or category in ("Zl", "Zp") or character in _JOINERS:
            shown.append(f"⟨U+{ord(character):04X}⟩")
        else:
            direction = unicodedata.bidirectional(character)
            if direction in ("R", "AL", "AN"):
                first, last = len(shown) if first < 0 else first, len(shown)
            elif direction == "L" and first >= 0:
                _isolate(shown, first, last)
                first = -1
            shown.append(character)
    if first >= 0:
        _isolate(shown, first, last)
    return "".join(shown)


def _isolate(shown: list[str], first: int, last: int) -> None:
    """Keep a run of characters from reordering what stands beside it."""
    shown[first] = f"\u2068{shown[first]}"
    shown[last] = f"{shown[last]}\u2069"


def _joins(previous: str) -> bool:
    return unicodedata.category(previous) in ("So", "Sk") or previous in _JOINERS


def how_many(n: int, one: str, many: str = "") -> str:
    """Return a number of things with their name, which for many is that of one with an s.

    Examples
    --------
    >>> how_many(1, "word"), how_many(2, "word"), how_many(0, "category", "categories")
    ('1 word', '2 words', '0 categories')
    """
    return f"{n:,} {one if n == 1 else many or f'{one}s'}"


def half_character(text: str) -> str:
    """Return what is wrong with a text that holds half a character; else "".

    Such texts come out of JSON, of file names and of cut clipboards; no tokenizer reads them.

    Examples
    --------
    >>> half_character("a\\ud83d"), half_character("a😀")
    ('holds half a character (U+D83D) at 1', '')
    """
    found = _HALF.search(text)
    return f"holds half a character (U+{ord(found[0]):04X}) at {found.start()}" if found else ""


def sound_text(text: str) -> str:
    """Return text that UTF-8 can hold: halves of characters, which it cannot, are written out.

    Examples
    --------
    >>> print(sound_text("a\\ud83d"))
    a\\ud83d
    """
    return text.encode("utf-8", "backslashreplace").decode()


def token_bytes(name: str) -> bytes:
    """Return the bytes that a tokenizer's name of a token stands for; none if it is not such.

    Tokenizers name bytes as ``<0xF0>``, or write each as one printable character: those that
    are printable in Latin-1 as themselves, the others from U+0100 on in their order.

    Examples
    --------
    >>> token_bytes("<0xE2>"), token_bytes("Ġa")
    (b'\\xe2', b' a')
    """
    if found := _BYTE.fullmatch(name):
        return bytes([int(found[1], 16)])
    table = _byte_table()
    return bytes(table[character] for character in name) if set(name) <= table.keys() else b""


def named_bytes(values: bytes) -> str:
    """Return bytes as text, those that are no whole character by name.

    Examples
    --------
    >>> named_bytes(b"a\\xe2\\x80")
    'a⟨0xE2⟩⟨0x80⟩'
    """
    text = values.decode("utf-8", "surrogateescape")
    return "".join(
        f"⟨0x{ord(character) - 0xDC00:02X}⟩" if "\udc80" <= character <= "\udcff" else character
        for character in text
    )


def joined_text(pieces: Iterable[str]) -> str:
    """Return texts of tokens as one, bytes that have names put together to characters again.

    Examples
    --------
    >>> joined_text(["it", "⟨0xE2⟩⟨0x80⟩", "⟨0x99⟩", "s"]), joined_text(["⟨0xE2⟩"])
    ('it’s', '⟨0xE2⟩')
    """
    return _NAMES_OF_BYTES.sub(
        lambda found: named_bytes(bytes.fromhex("".join(_NAME_OF_BYTE.findall(found[0])))),
        "".join(pieces),
    )


@cache
def _byte_table() -> dict[str, int]:
    plain = {*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    others = [value for value in range(256) if value not in plain]
    table = {chr(value): value for value in plain}
    return table | {chr(0x100 + position): value for position, value in enumerate(others)}
