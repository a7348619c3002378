"""A words × words map with words or categories along its axes, whichever there is room for."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from laminoscope_widgets.plots.colours import SEQUENTIAL, colour_map
from laminoscope_widgets.plots.style import set_title, small_font, style_plot
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

__all__ = ["WordAxis", "WordMap"]

_ROW = 11.0
"""Height in pixels that a word label needs."""


class WordAxis(pg.AxisItem):
    """Names words where each has room, else the categories, centred on their blocks."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, maxTickLength=0)
        self._words: tuple[str, ...] = ()
        self._blocks: tuple[tuple[str, int, int], ...] = ()
        self._word_extent = 0.0
        self._category_extent = 16.0
        self.setStyle(showValues=True)

    def set_words(self, words: Sequence[str], categories: Sequence[str]) -> None:
        """Take the labels, in order."""
        self._words = tuple(safe_text(word, limit=18) for word in words)
        blocks = []
        start = 0
        for name, group in groupby(categories):
            stop = start + len(list(group))
            blocks.append((safe_text(name, limit=24), start, stop))
            start = stop
        self._blocks = tuple(blocks)
        self._resize()

    def shows_words(self) -> bool:
        """Return whether each word has room for a label."""
        view = self.linkedView()
        if view is None or not self._words:
            return False
        (x0, x1), (y0, y1) = view.viewRange()
        span = (y1 - y0) if self.orientation == "left" else (x1 - x0)
        pixels = view.height() if self.orientation == "left" else view.width()
        return bool(span > 0 and pixels / span >= _ROW)

    def linkToView(self, view: pg.ViewBox) -> None:
        super().linkToView(view)
        view.sigResized.connect(lambda _: self._resize())

    def linkedViewChanged(self, view, newRange=None) -> None:
        super().linkedViewChanged(view, newRange)
        self._resize()

    def _resize(self) -> None:
        from PySide6.QtGui import QFontMetricsF

        extent = self._category_extent
        if self.shows_words():
            metrics = QFontMetricsF(small_font())
            extent = max(metrics.horizontalAdvance(word) for word in self._words) + 6
        if extent != self._word_extent:
            self._word_extent = extent
            self.setWidth(extent) if self.orientation == "left" else self.setHeight(extent)

    def generateDrawSpecs(self, p: QPainter):
        bounds = self.mapRectFromParent(self.geometry())
        if self.orientation == "left":
            ends = QPointF(bounds.right(), bounds.top()), QPointF(bounds.right(), bounds.bottom())
        else:
            ends = QPointF(bounds.left(), bounds.top()), QPointF(bounds.right(), bounds.top())
        return (pg.mkPen(None), *ends), [], []

    def drawPicture(self, p, axisSpec, tickSpecs, textSpecs) -> None:
        view = self.linkedView()
        if view is None or not self._words:
            return
        p.setFont(small_font())
        p.setPen(self.textPen())
        bounds = self.mapRectFromParent(self.geometry())
        p.setClipRect(bounds.toAlignedRect())
        vertical = self.orientation == "left"
        low, high = view.viewRange()[1 if vertical else 0]
        length = bounds.height() if vertical else bounds.width()
        scale = length / (high - low)
        if self.shows_words():
            labels = [(word, i, i + 1) for i, word in enumerate(self._words)]
        else:
            labels = list(self._blocks)
        for text, start, stop in labels:
            start, stop = max(start, low), min(stop, high)
            room = (stop - start) * scale
            if room < 8:
                continue
            centre = ((start + stop) / 2 - low) * scale
            turned = vertical != self.shows_words()
            p.save()
            if vertical:
                p.translate(bounds.left() + bounds.width() / 2, bounds.top() + centre)
            else:
                p.translate(bounds.left() + centre, bounds.top() + bounds.height() / 2)
            if turned:
                p.rotate(-90)
            across = (
                (bounds.width() if vertical else bounds.height()) if self.shows_words() else room
            )
            along = 14.0
            flags = Qt.AlignmentFlag.AlignVCenter
            if not self.shows_words():
                flags |= Qt.AlignmentFlag.AlignHCenter
                text = p.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room))
                rect = QRectF(-across / 2, -along / 2, across, along)
            else:
                flags |= Qt.AlignmentFlag.AlignRight
                rect = QRectF(-across / 2, -along / 2, across - 4, along)
            p.drawText(rect, int(flags), text)
            p.restore()


class WordMap(pg.PlotItem):
    """A square matrix over words: image, category lines, and the marked pair.

    Parameters
    ----------
    title : str
        Shown above the map.
    """

    def __init__(self, title: str) -> None:
        super().__init__(axisItems={"left": WordAxis("left"), "bottom": WordAxis("bottom")})
        set_title(self, title)
        self.image = pg.ImageItem(axisOrder="row-major")
        self.image.setColorMap(colour_map(SEQUENTIAL))
        self.addItem(self.image)
        self.invertY(True)
        self.setAspectLocked(True)
        self._lines = pg.PlotDataItem(connect="finite", pen=None)
        self.addItem(self._lines)
        self._hovered = pg.PlotDataItem(connect="finite")
        self._selected = pg.PlotDataItem(connect="finite")
        self.addItem(self._hovered)
        self.addItem(self._selected)
        self._n_words = 0

    @property
    def n_words(self) -> int:
        """Rows of the map."""
        return self._n_words

    def set_words(self, words: Sequence[str], categories: Sequence[str]) -> None:
        """Take the words along both axes and draw lines between categories."""
        self._n_words = n = len(words)
        for name in ("left", "bottom"):
            self.getAxis(name).set_words(words, categories)
        edges = [i for i in range(1, n) if categories[i] != categories[i - 1]]
        x, y = [], []
        for edge in edges:
            x += [edge, edge, np.nan, 0, n, np.nan]
            y += [0, n, np.nan, edge, edge, np.nan]
        self._lines.setData(x, y)
        self.vb.setLimits(minXRange=2, minYRange=2, maxXRange=3 * n + 2, maxYRange=3 * n + 2)
        self.fit()

    def fit(self) -> None:
        """Show the whole map."""
        whole = (0, self._n_words)
        self.setRange(xRange=whole, yRange=whole, padding=0)

    def fit_unless_zoomed(self) -> None:
        """Show the whole map again after a change of size, if the whole map was shown."""
        (x0, x1), (y0, y1) = self.vb.viewRange()
        n = self._n_words
        if min(x0, y0) <= 0 and max(x1, y1) >= n and min(x1 - x0, y1 - y0) != n:
            self.fit()

    def set_matrix(self, matrix: np.ndarray, levels: tuple[float, float]) -> None:
        """Show a matrix ``(n_words, n_words)`` between two colour limits."""
        self.image.setImage(matrix, autoLevels=False, levels=levels)

    def pair_at(self, scene_position: QPointF) -> tuple[int, int] | None:
        """Return the pair ``(smaller, larger)`` under a scene position, if it is over one."""
        if not self.vb.sceneBoundingRect().contains(scene_position):
            return None
        point = self.vb.mapSceneToView(scene_position)
        row, column = int(np.floor(point.y())), int(np.floor(point.x()))
        if not (0 <= row < self._n_words and 0 <= column < self._n_words) or row == column:
            return None
        return min(row, column), max(row, column)

    def mark(self, selected: tuple[int, int] | None, hovered: tuple[int, int] | None) -> None:
        """Outline the cells of the selected and of the hovered pair."""
        for item, pair in ((self._selected, selected), (self._hovered, hovered)):
            if pair is None or max(pair) >= self._n_words:
                item.setData([], [])
            else:
                item.setData(*_cells(pair))

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        style_plot(self, theme)
        self._lines.setPen(pg.mkPen("#ffffff", width=1))
        self._selected.setPen(pg.mkPen("#00e5ff", width=2))
        self._hovered.setPen(pg.mkPen("#ffffff", width=1.5))


def _cells(pair: tuple[int, int]) -> tuple[list[float], list[float]]:
    x: list[float] = []
    y: list[float] = []
    for row, column in (pair, pair[::-1]):
        x += [column, column + 1, column + 1, column, column, np.nan]
        y += [row, row, row + 1, row + 1, row, np.nan]
    return x, y
