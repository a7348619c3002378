"""Where the maps of words × words stand in a figure, and what of their labels has room."""

from collections.abc import Sequence
from dataclasses import dataclass

from laminoscope_core.figures.parts import fitted, line_height
from laminoscope_core.figures.style import Style
from laminoscope_core.figures.text import figure_text, text_width

__all__ = ["Block", "MapLayout", "map_layout"]

LEAST_SIZE = 5 / 7
"""Words are named if they can be this part of the font size: 5 points of 7."""

_LONGEST_WORD = 18
_LONGEST_CATEGORY = 24
_NAME_DEPTH = 0.45  # of a map's side, at most, for the names of categories written upright


@dataclass(frozen=True)
class Block:
    """A run of words of one category: its name as there is room for it, and where it is."""

    text: str
    start: int
    stop: int


@dataclass(frozen=True)
class MapLayout:
    """Maps side by side; all lengths in inches.

    Attributes
    ----------
    words : tuple of str
        Safe texts.
    word_size : float
        Points; 0 where the words have no room.
    blocks : tuple of Block
        The categories.
    upright : bool
        Whether their names are written upwards.
    left : float
        Room left of the first map.
    side, each : float
        Of a map and of one of its cells.
    above, below : float
        Room for the names over and under the maps.
    """

    words: tuple[str, ...]
    word_size: float
    blocks: tuple[Block, ...]
    upright: bool
    left: float
    side: float
    each: float
    above: float
    below: float


def map_layout(
    words: Sequence[str],
    blocks: Sequence[tuple[str, int, int]],
    n_maps: int,
    room: float,
    style: Style,
) -> MapLayout:
    """Divide ``room`` inches among ``n_maps`` square maps, a gap of one font size between them.

    Words stand left and below if a cell is as high as `LEAST_SIZE` of the font size; else only
    the categories are named, along the maps if each name is shorter than its block.
    """
    small, gap = style.font_size - 1, style.font_size / 72
    shown = tuple(figure_text(word, _LONGEST_WORD) for word in words)
    widest = max(text_width(word, 100.0) for word in shown) / 100
    room -= (n_maps - 1) * gap
    size = small
    for _ in range(8):  # the labels take room from the maps, and the maps give size to the labels
        left = widest * size + gap * 0.5
        side = (room - left) / n_maps
        size = min(size, 0.84 * 72 * side / len(words))
    if size < LEAST_SIZE * style.font_size or left > side:
        size, left, side = 0.0, 0.0, room / n_maps
    each = side / len(words)
    names = [(figure_text(name, _LONGEST_CATEGORY), a, b) for name, a, b in blocks]
    line = line_height(small)
    upright = any(text_width(text, small) > (b - a) * each - gap * 0.2 for text, a, b in names)
    named = tuple(
        Block(_block_name(text, (b - a) * each, side, upright, small, line), a, b)
        for text, a, b in names
    )
    above = line
    if upright:
        above = max(text_width(block.text, small) for block in named) + gap * 0.3
    below = widest * size + gap * 0.5 if size else 0.0
    return MapLayout(shown, size, named, upright, left, side, each, above, below)


def _block_name(
    text: str, length: float, side: float, upright: bool, size: float, line: float
) -> str:
    if not upright:
        return text
    return fitted(text, side * _NAME_DEPTH, size) if length >= 0.85 * line else ""
