"""Fonts inside SVG files, so that text which stays text looks the same in every viewer.

Only the characters that a figure shows are kept of a font, which makes it a few kilobytes.
"""

import base64
import io
import re
from functools import lru_cache
from xml.etree import ElementTree

from laminoscope_core.figures.text import FAMILY, MONO_FAMILY, font_file

__all__ = ["used_characters", "with_fonts"]

_SVG = "{http://www.w3.org/2000/svg}"
_FAMILIES = (MONO_FAMILY, FAMILY)
_BOLD = re.compile(r"(?:font|font-weight):[^;]*\b(?:bold|700)\b")


def with_fonts(svg: bytes) -> bytes:
    """Return an SVG of matplotlib's with the fonts of its texts in its style sheet.

    Spaces are kept as they are, since two in a row are part of a token.
    """
    rules = []
    for (family, bold), characters in sorted(used_characters(svg).items()):
        font = base64.b64encode(_subset(family, bold, characters)).decode("ascii")
        rules.append(
            f"@font-face{{font-family:'{family}';font-weight:{700 if bold else 400};"
            f"src:url(data:font/woff;base64,{font}) format('woff')}}"
        )
    svg = svg.replace(b"<svg ", b'<svg xml:space="preserve" ', 1)
    return svg.replace(b"</style>", "".join(rules).encode("ascii") + b"</style>", 1)


def used_characters(svg: bytes) -> dict[tuple[str, bool], str]:
    """Return the characters that an SVG writes, ascending, by family and whether they are bold."""
    found: dict[tuple[str, bool], set[str]] = {}
    for element in ElementTree.fromstring(svg).iter(f"{_SVG}text"):
        for part in element.iter():
            style = part.get("style") or element.get("style") or ""
            family = next((name for name in _FAMILIES if name in style), FAMILY)
            used = found.setdefault((family, bool(_BOLD.search(style))), set())
            used.update(part.text or "", part.tail or "")
    return {face: "".join(sorted(used)) for face, used in found.items()}


@lru_cache(maxsize=32)
def _subset(family: str, bold: bool, characters: str) -> bytes:
    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff"
    options.recalc_timestamp = False
    options.name_IDs = [0, 1, 2, 13, 14]  # the licence stays in the font
    options.drop_tables += ["FFTM"]
    content = io.BytesIO()
    with subset.load_font(font_file(family, bold=bold), options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=characters)
        subsetter.subset(font)
        subset.save_font(font, content, options)
    return content.getvalue()
