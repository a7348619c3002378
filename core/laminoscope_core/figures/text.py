"""Text in figures: as it is where the font can, else visibly substituted, and measured.

Figures are set in DejaVu, which matplotlib brings along, so that they look the same everywhere.
matplotlib shapes and orders right-to-left text itself.  What the font has no glyph for, such as
most ideographs and emoji, would come out as empty boxes; `figure_text` writes it as ⟨U+4E2D⟩.
"""

import re
import unicodedata
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from laminoscope_core.text import visible_text

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

__all__ = ["FAMILY", "LINE", "MONO_FAMILY", "figure_text", "font_file", "shortened", "text_width"]

FAMILY = "DejaVu Sans"
MONO_FAMILY = "DejaVu Sans Mono"

LINE = 1.25
"""Height of a line of text in font sizes."""

_FILES = {
    (FAMILY, False): "DejaVuSans.ttf",
    (FAMILY, True): "DejaVuSans-Bold.ttf",
    (MONO_FAMILY, False): "DejaVuSansMono.ttf",
    (MONO_FAMILY, True): "DejaVuSansMono-Bold.ttf",
}
_UNIT = re.compile(r"⟨U\+[0-9A-F]+⟩|.", re.DOTALL)
_ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))
_SUBPIXELS = 64  # FreeType's fixed-point numbers
_MEASURED_AT = 100.0
_MEASURING = Lock()


def figure_text(
    text: str, limit: int | None = 40, *, spaces: bool = False, family: str = FAMILY
) -> str:
    """Return text that a figure shows right, or visibly substituted.

    Parameters
    ----------
    text : str
        A word, a token, a category: anything.
    limit : int or None
        Longest result before it is shortened with an ellipsis.
    spaces : bool
        Show spaces as a middle dot, as for tokens.
    family : str
        `FAMILY` or `MONO_FAMILY`: which font must have the characters.

    Returns
    -------
    str
        As of `laminoscope_core.text.visible_text`; besides, characters that the font lacks are
        shown as ⟨U+1F600⟩.  Every character of it may stand in an XML document.

    Examples
    --------
    >>> figure_text("naïve"), figure_text("中\\x00"), figure_text("x" * 50, limit=5)
    ('naïve', '⟨U+4E2D⟩⟨U+0000⟩', 'xxxx…')
    """
    known = characters_of(family)
    start = text if limit is None else text[: limit + 1]
    named = "".join(c if _is_shown(c, known) else f"⟨U+{ord(c):04X}⟩" for c in start)
    shown = visible_text(named, spaces=spaces)
    return shown if limit is None else shortened(shown, limit)


def shortened(shown: str, limit: int) -> str:
    """Return text of `figure_text` that is no longer than a limit, with an ellipsis if cut.

    Names in ⟨⟩ and characters with their marks are left out whole, and what was isolated stays so.
    """
    if len(shown.translate(_ISOLATES)) <= limit:
        return shown
    kept, length = "", 0
    for unit in _units(shown):
        size = len(unit.translate(_ISOLATES))
        if length + size >= limit:
            break
        kept, length = kept + unit, length + size
    return f"{kept}…" + "\u2069" * (kept.count("\u2068") - kept.count("\u2069"))


def text_width(text: str, size: float, family: str = FAMILY, *, bold: bool = False) -> float:
    """Return the width in inches of one line of text at a size in points, before any drawing."""
    return _width(text, family, bold) * size / _MEASURED_AT / 72


@cache
def font_file(family: str = FAMILY, *, bold: bool = False) -> str:
    """Return the path of a font that matplotlib brings along.

    Raises
    ------
    KeyError
        It is none of those that figures are set in.
    """
    import matplotlib

    return f"{matplotlib.get_data_path()}/fonts/ttf/{_FILES[family, bold]}"


@cache
def characters_of(family: str) -> frozenset[int]:
    """Return the code points that both weights of a family have."""
    regular, bold = (set(_font(family, weight).get_charmap()) for weight in (False, True))
    return frozenset(regular & bold)


def _is_shown(character: str, known: frozenset[int]) -> bool:
    """Return whether the font has a character, or `visible_text` shows it by name anyway."""
    if character == "\r":  # shown as ␍, which the font lacks
        return False
    return ord(character) in known or unicodedata.category(character)[0] == "C"


def _units(text: str) -> list[str]:
    """Return what must not be cut apart: names in ⟨⟩, and characters with their marks."""
    units: list[str] = []
    for unit in _UNIT.findall(text):
        if units and unicodedata.category(unit[0])[0] == "M":
            units[-1] += unit
        else:
            units.append(unit)
    return units


def _font(family: str, bold: bool) -> "FT2Font":
    from matplotlib.ft2font import FT2Font

    return FT2Font(font_file(family, bold=bold))


@cache
def _measuring_font(family: str, bold: bool) -> "FT2Font":
    font = _font(family, bold)
    font.set_size(_MEASURED_AT, 72)
    return font


@cache
def _width(text: str, family: str, bold: bool) -> float:
    with _MEASURING:
        font = _measuring_font(family, bold)
        font.set_text(text, 0.0)
        return float(font.get_width_height()[0]) / _SUBPIXELS
