"""Curves over layers: one small multiple with markers, bands and the layer line."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from psygnal import Signal

from laminoscope_widgets.plots.colours import with_alpha
from laminoscope_widgets.plots.style import layer_line, set_title, style_plot
from laminoscope_widgets.theme import Theme

__all__ = ["Curve", "LayerPlot"]

_MANY_LAYERS = 24
"""Above this, markers are drawn smaller."""


@dataclass(frozen=True)
class Curve:
    """One quantity over layers.

    Attributes
    ----------
    values : ndarray
        ``(n_layers,)``; NaN leaves a gap.
    colour, symbol : str
        Line colour and pyqtgraph marker.
    low, high : ndarray or None
        ``(n_layers,)`` limits of an uncertainty band.
    solid : ndarray or None
        ``(n_layers,)`` bool; markers of True layers are filled.  None fills all.
    """

    values: np.ndarray
    colour: str
    symbol: str
    low: np.ndarray | None = None
    high: np.ndarray | None = None
    solid: np.ndarray | None = None


class LayerPlot(pg.PlotItem):
    """Curves against layer, with a line that marks the selected layer and can be dragged.

    ``layer_dragged`` is emitted with the layer while the line moves, ``layer_clicked`` when the
    plot is clicked.
    """

    layer_dragged = Signal(int)

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__()
        set_title(self, title)
        self._n_layers = 0
        self._layer = 0
        self._items: list[pg.GraphicsObject] = []
        self._zero = pg.InfiniteLine(pos=0, angle=0)
        self.addItem(self._zero, ignoreBounds=True)
        self._line = layer_line(theme)
        self._line.sigDragged.connect(self._dragged)
        self._line.sigPositionChangeFinished.connect(lambda: self.set_layer(self._layer))
        self.addItem(self._line, ignoreBounds=True)
        self.showGrid(x=False, y=True, alpha=0.18)
        self.vb.setMouseEnabled(x=True, y=True)
        self.apply_theme(theme)

    @property
    def line(self) -> pg.InfiniteLine:
        """The layer line."""
        return self._line

    def set_curves(self, curves: Mapping[str, Curve], y_range: tuple[float, float] | None) -> None:
        """Replace the curves; all must have the same number of layers."""
        for item in self._items:
            self.removeItem(item)
        self._items = []
        for curve in curves.values():
            layers = np.arange(len(curve.values))
            if curve.low is not None and curve.high is not None:
                self._add_band(layers, curve)
            self._add_curve(layers, curve)
        self._n_layers = max((len(curve.values) for curve in curves.values()), default=0)
        if self._n_layers:
            self._line.setBounds((0, self._n_layers - 1))
            self.setXRange(0, self._n_layers - 1, padding=0.04)
            self.vb.setLimits(xMin=-1.5, xMax=self._n_layers + 0.5)
        if y_range is not None:
            self.setYRange(*y_range, padding=0.04)

    def _add_band(self, layers: np.ndarray, curve: Curve) -> None:
        known = np.isfinite(curve.low) & np.isfinite(curve.high)
        low = pg.PlotDataItem(layers[known], curve.low[known], pen=None)
        high = pg.PlotDataItem(layers[known], curve.high[known], pen=None)
        band = pg.FillBetweenItem(low, high, brush=with_alpha(curve.colour, 0.16))
        band.setZValue(-10)
        self._add(band)

    def _add_curve(self, layers: np.ndarray, curve: Curve) -> None:
        size = 5.5 if len(layers) <= _MANY_LAYERS else 4.0
        self._add(
            pg.PlotDataItem(
                layers, curve.values, pen=pg.mkPen(curve.colour, width=1.6), connect="finite"
            )
        )
        solid = np.ones(len(layers), bool) if curve.solid is None else curve.solid
        brushes = [
            pg.mkBrush(curve.colour) if filled else pg.mkBrush(self._background) for filled in solid
        ]
        known = np.isfinite(curve.values)
        self._add(
            pg.ScatterPlotItem(
                x=layers[known],
                y=curve.values[known],
                symbol=curve.symbol,
                size=size,
                pen=pg.mkPen(curve.colour, width=1),
                brush=[brush for brush, shown in zip(brushes, known, strict=True) if shown],
            )
        )

    def _add(self, item: pg.GraphicsObject) -> None:
        self.addItem(item)
        self._items.append(item)

    def set_layer(self, layer: int) -> None:
        """Move the layer line, without telling anyone."""
        self._layer = layer
        if not self._line.moving:
            self._line.setValue(layer)

    def layer_at(self, x: float) -> int | None:
        """Return the layer nearest to a plot coordinate, None outside the curves."""
        if not self._n_layers or not -0.5 <= x <= self._n_layers - 0.5:
            return None
        return int(np.clip(round(x), 0, self._n_layers - 1))

    def _dragged(self) -> None:
        layer = int(np.clip(round(self._line.value()), 0, max(self._n_layers - 1, 0)))
        if layer != self._layer:
            self._layer = layer
            self.layer_dragged.emit(layer)

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours; curves keep theirs until they are set again."""
        style_plot(self, theme)
        self._background = theme.surface
        self._zero.setPen(pg.mkPen(theme.grid, width=1, style=pg.QtCore.Qt.PenStyle.DotLine))
        self._line.setPen(pg.mkPen(theme.accent, width=1.5))
        self._line.setHoverPen(pg.mkPen(theme.accent, width=3))
