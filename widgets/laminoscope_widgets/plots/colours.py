"""Colour maps and the meaning of colours and marker shapes."""

from functools import cache

import pyqtgraph as pg
from PySide6.QtGui import QColor

from laminoscope_core.theme import DEPTH, DIVERGING, SEQUENTIAL

__all__ = [
    "DEPTH",
    "DIVERGING",
    "SEQUENTIAL",
    "colour_map",
    "with_alpha",
]


@cache
def colour_map(name: str) -> pg.ColorMap:
    """Return a map of the `cmap` catalogue as pyqtgraph wants it."""
    from cmap import Colormap

    return Colormap(name).to_pyqtgraph()


def with_alpha(colour: str | QColor, alpha: float) -> QColor:
    """Return a colour at an opacity of 0 to 1."""
    result = QColor(colour)
    result.setAlphaF(alpha)
    return result
