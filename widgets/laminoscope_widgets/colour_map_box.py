"""A choice of colour maps, each with its colours."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QComboBox

from laminoscope_widgets.plots.colours import colour_map

__all__ = ["map_box", "map_icon"]

_WIDTH, _HEIGHT = 64, 12


def map_box(names: Sequence[str], chosen: str) -> QComboBox:
    """Return a box with maps of the ``cmap`` catalogue, one of which is chosen.

    Each is called by the last part of its name.
    """
    box = QComboBox()
    box.setIconSize(QSize(_WIDTH, _HEIGHT))
    for name in names:
        box.addItem(map_icon(name), name.rpartition(":")[2], name)
    box.setCurrentIndex(names.index(chosen))
    return box


def map_icon(name: str) -> QIcon:
    """Return the colours of a map, from the first to the last."""
    colours = np.ascontiguousarray(colour_map(name).map(np.linspace(0, 1, _WIDTH)), dtype=np.uint8)
    row = QImage(colours.data, _WIDTH, 1, QImage.Format.Format_RGBA8888)
    return QIcon(QPixmap.fromImage(row.scaled(_WIDTH, _HEIGHT)))
