"""A tokens × layers map: tokens along x with their text where there is room, layers upwards."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from psygnal import Signal
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from laminoscope_widgets.plots.colours import SEQUENTIAL, colour_map, with_alpha
from laminoscope_widgets.plots.style import small_font, style_plot
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

__all__ = ["TokenAxis", "TokenMap"]

_COLUMN = 12.0
"""Width in pixels that a turned token needs."""


class TokenAxis(pg.AxisItem):
    """Names tokens where each has room, else counts them."""

    def __init__(self) -> None:
        super().__init__("bottom", maxTickLength=-3)
        self._tokens: tuple[str, ...] = ()
        self._extent = 0.0

    def set_tokens(self, tokens: Sequence[str]) -> None:
        """Take the labels, left to right."""
        self._tokens = tuple(safe_text(token, spaces=True, limit=12) for token in tokens)
        self.picture = None
        self.update()
        self._resize()

    def shows_tokens(self) -> bool:
        """Return whether each token has room for a label."""
        view = self.linkedView()
        if view is None or not self._tokens:
            return False
        low, high = view.viewRange()[0]
        return bool(high > low and view.width() / (high - low) >= _COLUMN)

    def linkedViewChanged(self, view, newRange=None) -> None:
        super().linkedViewChanged(view, newRange)
        self._resize()

    def _resize(self) -> None:
        extent = 34.0
        if self.shows_tokens():
            metrics = QFontMetricsF(small_font())
            low, high = (int(edge) for edge in self.linkedView().viewRange()[0])
            shown = self._tokens[max(low, 0) : high + 1]
            extent = max((metrics.horizontalAdvance(token) for token in shown), default=20) + 24
        if extent != self._extent:
            self._extent = extent
            self.setHeight(extent)

    def tickValues(self, minVal, maxVal, size):
        if self.shows_tokens():
            return []
        return [
            (spacing, [value for value in values if value == int(value)])
            for spacing, values in super().tickValues(minVal, maxVal, size)
        ]

    def tickStrings(self, values, scale, spacing):
        return [str(int(value)) for value in values]

    def drawPicture(self, p, axisSpec, tickSpecs, textSpecs) -> None:
        super().drawPicture(p, axisSpec, tickSpecs, textSpecs)
        if not self.shows_tokens():
            return
        bounds = self.mapRectFromParent(self.geometry())
        low, high = self.linkedView().viewRange()[0]
        scale = bounds.width() / (high - low)
        p.setFont(small_font())
        p.setPen(self.textPen())
        length = bounds.height() - 18
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        for index in range(max(int(low), 0), min(int(high) + 1, len(self._tokens))):
            centre = bounds.left() + (index - low) * scale
            if not bounds.left() <= centre <= bounds.right():
                continue
            p.save()
            p.translate(centre, bounds.top() + 3)
            p.rotate(-90)
            p.drawText(QRectF(-length, -7, length, 14), flags, self._tokens[index])
            p.restore()


class TokenMap(pg.PlotItem):
    """An image of layers × tokens, with the selected layer and tokens marked.

    ``layer_dragged`` is emitted with the layer while the layer line is moved.
    """

    layer_dragged = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(axisItems={"bottom": TokenAxis()})
        self.image = pg.ImageItem(axisOrder="row-major")
        self.image.setColorMap(colour_map(SEQUENTIAL))
        self.addItem(self.image)
        self._columns = pg.BarGraphItem(x=[], height=[], width=1.0)
        self._hovered = pg.BarGraphItem(x=[], height=[], width=1.0)
        self.addItem(self._columns)
        self.addItem(self._hovered)
        self._line = pg.InfiniteLine(angle=0, movable=True)
        self._line.setCursor(Qt.CursorShape.SizeVerCursor)
        self._line.sigDragged.connect(self._dragged)
        self.addItem(self._line, ignoreBounds=True)
        self._shape = (0, 0)
        self._layer = 0
        self._place = np.empty(0, int)
        self._marked: tuple[object, ...] = ()
        self.setLabel("left", "layer")
        self.apply_theme(theme)

    @property
    def line(self) -> pg.InfiniteLine:
        """The line through the selected layer."""
        return self._line

    def set_values(
        self,
        values: np.ndarray,
        tokens: Sequence[str],
        order: np.ndarray,
        levels: tuple[float, float],
    ) -> None:
        """Show values ``(n_layers, n_tokens)``, the tokens in an order, between colour limits."""
        if values.shape != self._shape:
            n_layers, n_tokens = self._shape = values.shape
            self._line.setBounds((0, n_layers - 1))
            self.vb.setLimits(
                xMin=-0.05 * n_tokens - 1, xMax=1.05 * n_tokens + 1, yMin=-1, yMax=n_layers + 1
            )
            self.reset()
        self._place = np.argsort(order)
        self.image.setImage(values[:, order], autoLevels=False, levels=levels)
        self.image.setRect(-0.5, -0.5, values.shape[1], values.shape[0])
        self.getAxis("bottom").set_tokens([tokens[index] for index in order])
        self._marked = ()

    def reset(self) -> None:
        """Show all layers and tokens."""
        n_layers, n_tokens = self._shape
        self.setRange(xRange=(-0.5, n_tokens - 0.5), yRange=(-0.5, n_layers - 0.5), padding=0)

    def set_layer(self, layer: int) -> None:
        """Move the layer line, without telling anyone."""
        self._layer = layer
        if not self._line.moving:
            self._line.setValue(layer)

    def mark(self, tokens: Sequence[int], hovered: int | None) -> None:
        """Tint the columns of tokens, and of the one under the pointer."""
        if (marked := (tuple(tokens), hovered)) == self._marked:
            return
        self._marked = marked
        n_layers, n_tokens = self._shape
        chosen = [self._place[index] for index in tokens if index < n_tokens]
        self._columns.setOpts(x=chosen, y0=-0.5, height=[n_layers] * len(chosen))
        pointed = [self._place[hovered]] if hovered is not None and hovered < n_tokens else []
        self._hovered.setOpts(x=pointed, y0=-0.5, height=[n_layers] * len(pointed))

    def cell_at(self, scene_position: QPointF) -> tuple[int, int] | None:
        """Return layer and token under a scene position, None outside the map."""
        if not self.vb.sceneBoundingRect().contains(scene_position):
            return None
        point = self.vb.mapSceneToView(scene_position)
        layer, column = round(point.y()), round(point.x())
        if not (0 <= layer < self._shape[0] and 0 <= column < self._shape[1]):
            return None
        return layer, int(np.flatnonzero(self._place == column)[0])

    def _dragged(self) -> None:
        layer = int(np.clip(round(self._line.value()), 0, max(self._shape[0] - 1, 0)))
        if layer != self._layer:
            self._layer = layer
            self.layer_dragged.emit(layer)

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        style_plot(self, theme)
        self._line.setPen(pg.mkPen("#00e5ff", width=1.5))
        self._line.setHoverPen(pg.mkPen("#00e5ff", width=3))
        self._columns.setOpts(brush=with_alpha("#00e5ff", 0.18), pen=pg.mkPen("#00e5ff", width=1))
        self._hovered.setOpts(brush=with_alpha("#ffffff", 0.15), pen=pg.mkPen("#ffffff", width=1))
