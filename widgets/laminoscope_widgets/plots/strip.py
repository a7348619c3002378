"""One jittered strip of values per layer, coloured by depth; a density image when too many."""

import numpy as np
import pyqtgraph as pg

from laminoscope_core.analysis.token_views import MOST_POINTS, strip
from laminoscope_widgets.plots.colours import DEPTH, colour_map, depth_colours, with_alpha
from laminoscope_widgets.plots.curves import Curve, LayerPlot
from laminoscope_widgets.theme import Theme

__all__ = ["StripPlot"]


class StripPlot(LayerPlot):
    """Values of every token at every layer, the median as a curve."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", theme)
        self.setTitle(None)
        self._points = pg.ScatterPlotItem(pxMode=True, size=4, pen=None)
        self._density = pg.ImageItem(axisOrder="row-major")
        self._chosen = pg.ScatterPlotItem(pxMode=True, size=6, brush=None)
        for item, z in ((self._density, -30), (self._points, -20), (self._chosen, 20)):
            item.setZValue(z)
            self.addItem(item)
        self._jitter = np.empty(0)
        self._values = np.empty((0, 0))
        self.setLabel("bottom", "layer")

    def set_values(self, values: np.ndarray, theme: Theme) -> None:
        """Show values ``(n_layers, n_tokens)``; NaN are left out."""
        shown = strip(values)
        self._values, self._jitter = values, shown.jitter
        n_layers = len(values)
        known = np.isfinite(values)
        many = bool(shown.edges.size)
        self._points.setVisible(not many)
        self._density.setVisible(many)
        if not known.any():
            self._points.setData([], [])
            self._density.setVisible(False)
            self.set_curves({}, None)
            return
        low, high = shown.limits
        if many:
            self._density.setColorMap(colour_map(DEPTH))
            density = np.where(shown.counts > 0, np.log1p(shown.counts), np.nan)
            self._density.setImage(density, levels=(0.0, float(np.log1p(shown.counts.max()))))
            self._density.setRect(-0.5, low, n_layers, high - low)
        else:
            layer, token = np.nonzero(known)
            colours = [with_alpha(colour, 0.75) for colour in depth_colours(n_layers, theme)]
            brushes = np.array([pg.mkBrush(colour) for colour in colours], dtype=object)
            self._points.setData(
                x=layer + shown.jitter[token], y=values[known], brush=brushes[layer]
            )
        self.set_curves({"median": Curve(shown.medians, theme.text, "o")}, shown.limits)

    def mark(self, tokens: np.ndarray, theme: Theme) -> None:
        """Ring tokens (indices of the second axis) in all layers."""
        tokens = tokens[(tokens >= 0) & (tokens < self._values.shape[1])]
        n_layers = self._values.shape[0]
        if tokens.size * n_layers > MOST_POINTS // 4:
            tokens = tokens[:0]
        x = np.arange(n_layers)[:, None] + self._jitter[tokens]
        y = self._values[:, tokens]
        known = np.isfinite(y)
        self._chosen.setData(x=x[known], y=y[known], pen=pg.mkPen(theme.accent, width=1.5))
