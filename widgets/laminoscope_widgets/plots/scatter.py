"""Points, or their density when there are too many to draw one by one."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from laminoscope_widgets.plots.colours import colour_map
from laminoscope_widgets.plots.style import style_plot
from laminoscope_widgets.theme import Theme

__all__ = ["MOST_POINTS", "ScatterPlot"]

MOST_POINTS = 10_000
"""Above this, drawing points takes longer than a frame and a density image is drawn."""

_BINS = 160


class ScatterPlot(pg.PlotItem):
    """A cloud of points in groups, each of one colour, with a line of unity."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._unity = pg.InfiniteLine(pos=(0, 0), angle=45)
        self._unity.setZValue(-20)
        self.addItem(self._unity, ignoreBounds=True)
        self._density = pg.ImageItem(axisOrder="row-major")
        self.addItem(self._density)
        self._points = pg.ScatterPlotItem(pxMode=True, size=5, pen=None)
        self.addItem(self._points)
        self._selected = pg.ScatterPlotItem(size=12, brush=None, symbol="o")
        self._selected.setZValue(30)
        self.addItem(self._selected)
        self._hovered = pg.ScatterPlotItem(size=10, brush=None, symbol="o")
        self._hovered.setZValue(29)
        self.addItem(self._hovered)
        self._x = self._y = np.empty(0)
        self.showGrid(x=True, y=True, alpha=0.12)
        self.apply_theme(theme)

    def set_points(
        self, x: np.ndarray, y: np.ndarray, groups: np.ndarray, colours: Sequence[QColor]
    ) -> None:
        """Show points ``(n,)``; ``groups`` indexes ``colours`` for each of them."""
        self._x, self._y = np.asarray(x, float), np.asarray(y, float)
        known = np.isfinite(self._x) & np.isfinite(self._y)
        many = int(known.sum()) > MOST_POINTS
        self._density.setVisible(many)
        self._points.setVisible(not many)
        if many:
            counts, x_edges, y_edges = np.histogram2d(self._x[known], self._y[known], _BINS)
            self._density.setColorMap(colour_map("viridis"))
            shown = np.where(counts > 0, np.log1p(counts), np.nan).T
            self._density.setImage(shown, levels=(0.0, float(np.log1p(counts.max()))))
            self._density.setRect(
                x_edges[0], y_edges[0], x_edges[-1] - x_edges[0], y_edges[-1] - y_edges[0]
            )
        else:
            brushes = np.array([pg.mkBrush(colour) for colour in colours], dtype=object)
            # one brush for all is far cheaper than one per point
            brush = brushes[0] if len(brushes) == 1 else brushes[groups[known]]
            self._points.setData(x=self._x[known], y=self._y[known], brush=brush)
        self.mark(None, None)

    def show_reference(self, line: Literal["unity", "zero"]) -> None:
        """Draw the line of unity, or the line y = 0."""
        self._unity.setAngle(45 if line == "unity" else 0)

    def fit(self) -> None:
        """Zoom to the points."""
        known = np.isfinite(self._x) & np.isfinite(self._y)
        if known.any():
            x, y = self._x[known], self._y[known]
            self.setRange(xRange=(x.min(), x.max()), yRange=(y.min(), y.max()), padding=0.06)

    def nearest(self, scene_position: QPointF, pixels: float = 8.0) -> int | None:
        """Return the index of the point nearest to a scene position, within some pixels."""
        if not self._x.size or not self.vb.sceneBoundingRect().contains(scene_position):
            return None
        here = self.vb.mapSceneToView(scene_position)
        width, height = self.vb.viewPixelSize()
        with np.errstate(invalid="ignore"):
            distance = np.hypot((self._x - here.x()) / width, (self._y - here.y()) / height)
        if np.isnan(distance).all():
            return None
        index = int(np.nanargmin(distance))
        return index if distance[index] <= pixels else None

    def mark(self, selected: int | None, hovered: int | None) -> None:
        """Ring the selected and the hovered point."""
        for item, index in ((self._selected, selected), (self._hovered, hovered)):
            if index is None or index >= self._x.size:
                item.setData([], [])
            else:
                item.setData([self._x[index]], [self._y[index]])

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        style_plot(self, theme)
        self._unity.setPen(pg.mkPen(theme.grid, width=1, style=pg.QtCore.Qt.PenStyle.DashLine))
        self._selected.setPen(pg.mkPen(theme.accent, width=2))
        self._hovered.setPen(pg.mkPen(theme.text, width=1.5))
