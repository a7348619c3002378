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
        self._drawn: dict[str, _DrawnCurve] = {}
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
        """Show curves by name; all must have the same number of layers."""
        for name in [name for name in self._drawn if name not in curves]:
            self._drawn.pop(name).remove_from(self)
        for name, curve in curves.items():
            if name not in self._drawn:
                self._drawn[name] = _DrawnCurve(self)
            self._drawn[name].show(curve, self._background)
        self._n_layers = max((len(curve.values) for curve in curves.values()), default=0)
        if self._n_layers:
            self._line.setBounds((0, self._n_layers - 1))
            self.setXRange(0, self._n_layers - 1, padding=0.04)
            self.vb.setLimits(xMin=-1.5, xMax=self._n_layers + 0.5)
        if y_range is not None:
            self.setYRange(*y_range, padding=0.04)

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


class _DrawnCurve:
    """The plot items of one curve, kept and refilled, since making them costs a frame."""

    def __init__(self, plot: pg.PlotItem) -> None:
        self._low = pg.PlotCurveItem(pen=None)
        self._high = pg.PlotCurveItem(pen=None)
        self._band = pg.FillBetweenItem(self._low, self._high)
        self._band.setZValue(-10)
        self.line = pg.PlotCurveItem(connect="finite", antialias=True)
        self.markers = pg.ScatterPlotItem()
        for item in (self._band, self.line, self.markers):
            plot.addItem(item)

    def show(self, curve: Curve, background: str) -> None:
        layers = np.arange(len(curve.values))
        self._show_band(layers, curve)
        self.line.setData(layers, curve.values, pen=pg.mkPen(curve.colour, width=1.6))
        solid = np.ones(len(layers), bool) if curve.solid is None else curve.solid
        filled, hollow = pg.mkBrush(curve.colour), pg.mkBrush(background)
        known = np.isfinite(curve.values)
        self.markers.setData(
            x=layers[known],
            y=curve.values[known],
            symbol=curve.symbol,
            size=5.5 if len(layers) <= _MANY_LAYERS else 4.5,
            pen=pg.mkPen(curve.colour, width=1),
            brush=[filled if full else hollow for full in solid[known]],
        )

    def _show_band(self, layers: np.ndarray, curve: Curve) -> None:
        low, high = curve.low, curve.high
        self._band.setVisible(low is not None and high is not None)
        if low is not None and high is not None:
            known = np.isfinite(low) & np.isfinite(high)
            self._low.setData(layers[known], low[known])
            self._high.setData(layers[known], high[known])
            self._band.setBrush(with_alpha(curve.colour, 0.2))

    def remove_from(self, plot: pg.PlotItem) -> None:
        for item in (self._band, self.line, self.markers):
            plot.removeItem(item)
