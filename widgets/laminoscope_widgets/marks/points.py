"""Points, each a copy of one of few pictures."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pyqtgraph as pg
from pyqtgraph.graphicsItems.ScatterPlotItem import renderSymbol
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPixmap

from laminoscope_core.plots.shown import Points
from laminoscope_widgets.bare_plot import BarePlot
from laminoscope_widgets.marks.mark import PaintedMark
from laminoscope_widgets.plots.colours import with_alpha
from laminoscope_widgets.theme import Theme

__all__ = ["SYMBOLS", "DrawnPoints"]

SYMBOLS = {"circle": "o", "square": "s", "triangle": "t1", "diamond": "d", "star": "star"}
"""pyqtgraph's names of marker shapes."""
_SIZE = 6.5  # pixels of an ordinary point
_MOST_SMALL = 24  # points of a mark beyond which they are drawn smaller
_SMALLER = 0.75
_FARTHEST = 1e6  # pixels from the frame at which a point is out of sight, and still a number to Qt


class DrawnPoints(PaintedMark):
    """Points, each a copy of one of few pictures."""

    def __init__(self, plot: BarePlot) -> None:
        super().__init__(plot)
        self._copies = PrimitiveArray(QPainter.PixmapFragment, 10)

    def fill(self, mark: Points, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        low, high = self._room
        y = np.clip(mark.y, low, high) if np.isinf(mark.y).any() else mark.y
        known = np.isfinite(mark.x) & np.isfinite(y)
        filled = np.broadcast_to(np.asarray(mark.filled), known.shape)[known]
        size = _SIZE * mark.size
        pen: tuple[QColor, float] | None = None
        if mark.shade is not None:
            different, which = np.unique(shades(mark.shade[known]), axis=0, return_inverse=True)
            brushes = [with_alpha(QColor(*colour), mark.alpha) for colour in different.tolist()]
            which = which.ravel()
        else:
            full = with_alpha(theme.colour(mark.colour), mark.alpha)
            hollow = QColor(Qt.GlobalColor.transparent) if mark.selection else theme.surface
            brushes, which = [full, QColor(hollow)], (~filled).astype(np.intp)
            if not filled.all() or mark.selection:
                pen = (QColor(theme.colour(mark.colour)), 2 if mark.selection else 1)
            if len(filled) > _MOST_SMALL and mark.size == 1:
                size *= _SMALLER
        self.x, self.y = np.asarray(mark.x[known], float), np.asarray(y[known], float)
        self.brushes, self.which = brushes, which
        self._style = (SYMBOLS[mark.marker], size, pen and (pen[0].rgba(), pen[1]))
        self._ratio = 0.0

    def paint(self, painter: QPainter, view: QRectF) -> None:
        if not len(self.x):
            return
        ratio = painter.device().devicePixelRatioF()
        if ratio != self._ratio:
            self._ratio = ratio
            self._draw_pictures(ratio)
        to = painter.transform()
        places = self._copies.ndarray()
        for column, values, scale, offset in (
            (0, self.x, to.m11(), to.dx()),
            (1, self.y, to.m22(), to.dy()),
        ):
            places[:, column] = np.clip(values * scale + offset, -_FARTHEST, _FARTHEST)
        painter.resetTransform()
        first, count = self._copies.drawargs()
        painter.drawPixmapFragments(first, count, self._pictures)
        painter.setTransform(to)

    def _draw_pictures(self, ratio: float) -> None:
        """Draw a point of each brush, beside each other, and say which is copied where."""
        colours = tuple(brush.rgba() for brush in self.brushes)
        self._pictures = _pictures(*self._style, colours, ratio)
        width = self._pictures.width() / len(colours)
        self._copies.resize(len(self.x))
        copies = self._copies.ndarray()
        copies[:, 2], copies[:, 3] = self.which * width, 0.0
        copies[:, 4], copies[:, 5] = width, self._pictures.height()
        copies[:, 6:10] = 1 / ratio, 1 / ratio, 0.0, 1.0  # scales, rotation, opacity


@lru_cache(maxsize=512)
def _pictures(
    symbol: str,
    size: float,
    edge: tuple[int, float] | None,
    colours: tuple[int, ...],
    ratio: float,
) -> QPixmap:
    """Return a point in each colour (as of `QColor.rgba`), beside each other."""
    pen = pg.mkPen(None) if edge is None else pg.mkPen(QColor.fromRgba(edge[0]), width=edge[1])
    each = [
        renderSymbol(symbol, size, pen, QBrush(QColor.fromRgba(colour)), dpr=ratio)
        for colour in colours
    ]
    width, height = each[0].width(), each[0].height()
    row = QImage(width * len(each), height, QImage.Format.Format_ARGB32_Premultiplied)
    row.fill(Qt.GlobalColor.transparent)
    painter = QPainter(row)
    for number, picture in enumerate(each):
        picture.setDevicePixelRatio(1.0)
        painter.drawImage(number * width, 0, picture)
    painter.end()
    return QPixmap.fromImage(row)
