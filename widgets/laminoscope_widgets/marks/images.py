"""Maps of numbers."""

from collections.abc import Callable
from math import ceil
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from laminoscope_core.plots.shown import Image
from laminoscope_widgets.cell_texts import write_in_cells
from laminoscope_widgets.marks.mark import PaintedMark
from laminoscope_widgets.theme import Theme

__all__ = ["DrawnImage"]


class DrawnImage(PaintedMark):
    """A map of numbers; what is undefined has the colour of a border.

    Cells have their colours worked out when they are painted, and where a pixel of the screen
    holds several of them, only those of the one in its middle.

    Attributes
    ----------
    painted : ubyte array (n_rows, n_columns, 4)
        The colours that were painted last.
    """

    painted: np.ndarray

    def fill(self, mark: Image, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        self._values, self._shades, self._texts = np.asarray(mark.values), shades, mark.texts
        self._missing = (0, 0, 0, 0) if mark.bare else QColor(theme.border).getRgb()
        (x0, x1), (y0, y1) = mark.x, mark.y
        self._area = QRectF(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))
        self._drawn: tuple[int, int] = (0, 0)

    @property
    def pixels(self) -> np.ndarray:
        """The colours of all cells, bytes (n_rows, n_columns, 4)."""
        return self._coloured(self._values)

    def _coloured(self, values: np.ndarray) -> np.ndarray:
        pixels = self._shades(values.ravel()).reshape(*values.shape, 4)
        missing = ~np.isfinite(values)
        if missing.any():
            pixels[missing] = self._missing
        return pixels

    def paint(self, painter: QPainter, view: QRectF) -> None:
        seen = painter.deviceTransform().mapRect(self._area)
        rows, columns = self._values.shape
        if not self._texts:
            rows, columns = min(rows, ceil(seen.height())), min(columns, ceil(seen.width()))
        if min(rows, columns) < 1:
            return
        if (rows, columns) != self._drawn:
            every = np.ix_(*(map(_in_the_middle, self._values.shape, (rows, columns))))
            self.painted, self._drawn = self._coloured(self._values[every]), (rows, columns)
            size = columns, rows, 4 * columns
            self._image = QImage(self.painted.data, *size, QImage.Format.Format_RGBA8888)
        painter.drawImage(self._area, self._image)
        if self._texts:
            write_in_cells(painter, view, self._area, self.painted, self._texts)


def _in_the_middle(n: int, parts: int) -> np.ndarray:
    """Return which of n cells are in the middle of equal parts; all if those are as many."""
    return ((np.arange(parts) + 0.5) * (n / parts)).astype(np.intp)
