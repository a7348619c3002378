"""Histograms of all layers as outlines coloured by depth, the selected one in front."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg

from laminoscope_widgets.plots.colours import depth_colours, with_alpha
from laminoscope_widgets.plots.style import style_plot
from laminoscope_widgets.theme import Theme

__all__ = ["DensityLines"]

_TALLEST = 3.0
"""Height of the plot in peaks of the median layer."""


class DensityLines(pg.PlotItem):
    """One outline per layer over bins of its own."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._lines: list[pg.PlotCurveItem] = []
        self._colours = depth_colours(1, theme)
        self._layer = -1
        self._accent = theme.accent
        self.hideAxis("left")
        self.vb.setMouseEnabled(x=True, y=True)
        self.apply_theme(theme)

    def set_histograms(
        self, histograms: Sequence[tuple[np.ndarray, np.ndarray]], theme: Theme
    ) -> None:
        """Show ``(edges, density)`` of every layer; empty ones are left out."""
        for line in self._lines:
            self.removeItem(line)
        self._lines = []
        self._colours = depth_colours(len(histograms), theme)
        self._layer = -1
        for edges, density in histograms:
            line = pg.PlotCurveItem()
            if edges.size:
                line.setData(edges, density, stepMode="center")
            self.addItem(line)
            self._lines.append(line)
        for layer in range(len(self._lines)):
            self._paint(layer, chosen=False)
        known = [(edges, density) for edges, density in histograms if edges.size]
        if known:
            peaks = np.array([density.max() for _, density in known])
            # one layer of nearly equal values must not flatten all others
            top = float(min(peaks.max(), _TALLEST * np.median(peaks)))
            left = min(float(edges[0]) for edges, _ in known)
            right = max(float(edges[-1]) for edges, _ in known)
            self.setRange(xRange=(left, right), yRange=(0, top * 1.05), padding=0.01)

    def set_layer(self, layer: int) -> None:
        """Bring one layer to the front."""
        for index, chosen in ((self._layer, False), (layer, True)):
            if 0 <= index < len(self._lines):
                self._paint(index, chosen=chosen)
        self._layer = layer

    def _paint(self, layer: int, *, chosen: bool) -> None:
        line = self._lines[layer]
        colour = self._accent if chosen else with_alpha(self._colours[layer], 0.7)
        line.setPen(pg.mkPen(colour, width=2 if chosen else 1))
        line.setZValue(10 if chosen else 0)

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours; lines keep theirs until they are set again."""
        style_plot(self, theme)
        self._accent = theme.accent
