"""Colour maps and the meaning of colours and marker shapes."""

from functools import cache

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from laminoscope_core.theme import DEPTH, DIVERGING, PAIR_LABELS, SEQUENTIAL, Theme

__all__ = [
    "DEPTH",
    "DIVERGING",
    "PAIR_LABELS",
    "SEQUENTIAL",
    "SYMBOLS",
    "category_colours",
    "colour_map",
    "depth_colours",
    "with_alpha",
]

SYMBOLS = {"q": "s", "k": "o", "v": "t1", "q-k": "s", "q-v": "o", "k-v": "t1"}
"""A marker shape (of pyqtgraph) beside each colour, for those who cannot tell the colours."""


@cache
def colour_map(name: str) -> pg.ColorMap:
    """Return a map of the `cmap` catalogue as pyqtgraph wants it."""
    from cmap import Colormap

    return Colormap(name).to_pyqtgraph()


def depth_colours(n_layers: int, theme: Theme) -> list[QColor]:
    """Return one colour per layer, first to last, legible on the theme's background."""
    low, high = (0.0, 0.88) if theme.name == "light" else (0.18, 1.0)
    stops = np.linspace(low, high, max(n_layers, 1))
    return [QColor(*rgba) for rgba in colour_map(DEPTH).map(stops, mode=pg.ColorMap.BYTE)]


def category_colours(categories: tuple[str, ...], theme: Theme) -> dict[str, QColor]:
    """Return the colour of each distinct category, in order of first appearance."""
    distinct = dict.fromkeys(categories)
    return {
        name: QColor(theme.categories[position % len(theme.categories)])
        for position, name in enumerate(distinct)
    }


def with_alpha(colour: str | QColor, alpha: float) -> QColor:
    """Return a colour at an opacity of 0 to 1."""
    result = QColor(colour)
    result.setAlphaF(alpha)
    return result
