"""Curves against relative depth: layers of models of different size side by side."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg

from laminoscope_core.analysis.token_views import relative_depth
from laminoscope_widgets.plots.style import style_plot
from laminoscope_widgets.theme import Theme

__all__ = ["DepthPlot"]


class DepthPlot(pg.PlotItem):
    """Curves from the first layer (0) to the last (1)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._curves: list[pg.PlotDataItem] = []
        self._place = pg.InfiniteLine(angle=90)
        self.addItem(self._place, ignoreBounds=True)
        self.showGrid(x=False, y=True, alpha=0.18)
        self.setLabel("bottom", "relative depth")
        self.apply_theme(theme)

    def set_curves(self, curves: Sequence[tuple[np.ndarray, str, str]]) -> None:
        """Show ``(values by layer, colour, marker)``."""
        for curve in self._curves:
            self.removeItem(curve)
        self._curves = []
        for values, colour, symbol in curves:
            curve = pg.PlotDataItem(
                relative_depth(len(values)),
                values,
                connect="finite",
                pen=pg.mkPen(colour, width=1.6),
                symbol=symbol,
                symbolSize=5,
                symbolPen=None,
                symbolBrush=pg.mkBrush(colour),
            )
            self.addItem(curve)
            self._curves.append(curve)
        known = [values[np.isfinite(values)] for values, _, _ in curves]
        known = np.concatenate(known) if known else np.empty(0)
        if known.size:
            self.setRange(xRange=(0, 1), yRange=(known.min(), known.max()), padding=0.05)

    def set_place(self, depth: float) -> None:
        """Move the line of the selected layer."""
        self._place.setValue(depth)

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        style_plot(self, theme)
        self._place.setPen(pg.mkPen(theme.accent, width=1.5))
