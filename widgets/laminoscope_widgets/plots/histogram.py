"""Distributions drawn as outlines: one row per site, within against across."""

import numpy as np
import pyqtgraph as pg

from laminoscope_core.plots.histograms import histogram_density
from laminoscope_widgets.plots.colours import with_alpha
from laminoscope_widgets.plots.style import small_font, style_plot
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

__all__ = ["RidgePlot"]


class RidgePlot(pg.PlotItem):
    """Two distributions on one row: filled for within, an outline for across."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._within = pg.PlotCurveItem([0, 1], [0], stepMode="center", fillLevel=0)
        self._across = pg.PlotCurveItem([0, 1], [0], stepMode="center")
        self._means = [pg.InfiniteLine(angle=90) for _ in range(2)]
        for item in (self._within, self._across, *self._means):
            self.addItem(item)
        self._label = pg.TextItem(anchor=(0, 0))
        self._label.setFont(small_font())
        self._label.setParentItem(self.vb)
        self._label.setPos(6, 2)
        self.hideAxis("left")
        self.vb.setMouseEnabled(x=True, y=False)
        self._colour = self._text = self._muted = theme.text
        self.apply_theme(theme)

    def set_values(
        self, within: np.ndarray, across: np.ndarray, edges: np.ndarray, colour: str, label: str
    ) -> None:
        """Show two samples over common bin ``edges``."""
        self._colour = colour
        within, across = within[np.isfinite(within)], across[np.isfinite(across)]
        densities = histogram_density(within, edges), histogram_density(across, edges)
        self._within.setData(edges, densities[0])
        self._across.setData(edges, densities[1])
        for line, values in zip(self._means, (within, across), strict=True):
            line.setVisible(values.size > 0)
            if values.size:
                line.setValue(float(values.mean()))
        self._label.setPlainText(safe_text(label, limit=None))
        top = max(float(densities[0].max()), float(densities[1].max()), 1e-9)
        self.setYRange(0, top * 1.15, padding=0)
        self._paint()

    def _paint(self) -> None:
        self._within.setPen(pg.mkPen(self._colour, width=1.2))
        self._within.setBrush(with_alpha(self._colour, 0.45))
        self._across.setPen(pg.mkPen(self._muted, width=1.5))
        self._means[0].setPen(pg.mkPen(self._colour, width=1.5))
        self._means[1].setPen(
            pg.mkPen(self._muted, width=1.5, style=pg.QtCore.Qt.PenStyle.DashLine)
        )
        self._label.setColor(self._text)

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        style_plot(self, theme)
        self._muted, self._text = theme.muted, theme.text
        self._paint()
