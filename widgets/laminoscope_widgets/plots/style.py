"""The look that all plots share: axes, grid, titles, the layer line, the canvas."""

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QResizeEvent
from PySide6.QtWidgets import QApplication, QGraphicsItem

from laminoscope_widgets.bare_plot import BarePlot
from laminoscope_widgets.proportion import in_proportion
from laminoscope_widgets.theme import Theme

__all__ = ["CACHED", "Canvas", "small_font", "style_plot"]

CACHED = QGraphicsItem.CacheMode.DeviceCoordinateCache
"""For axes, titles, scales: text is the dearest thing to paint, so that it is kept as pixels."""


def small_font() -> QFont:
    """Return the font of ticks and labels: the application's, a size down."""
    font = QFont(QApplication.font())
    font.setPixelSize(in_proportion(11))
    return font


class Canvas(pg.GraphicsLayoutWidget):
    """A place for plots: no frame, quiet margins, background of the theme."""

    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ci.layout.setContentsMargins(4, 2, 8, 2)
        self.ci.layout.setSpacing(6)
        self.setMinimumSize(120, 90)
        self.scene().sigMouseClicked.connect(self._clicked)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            event.accept()  # it comes with the press; a right drag zooms, a right click is below
        else:
            event.ignore()

    def _clicked(self, event: Any) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            where = event.screenPos().toPoint()
            other = QContextMenuEvent.Reason.Other
            asking = QContextMenuEvent(other, self.parentWidget().mapFromGlobal(where), where)
            QApplication.sendEvent(self.parentWidget(), asking)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


def style_plot(plot: BarePlot, theme: Theme) -> None:
    """Give a plot the theme's axis, tick, label and title colours and a faint grid."""
    line, text = pg.mkPen(theme.border), pg.mkPen(theme.muted)
    for name in ("left", "bottom", "right", "top"):
        axis = plot.axis(name)
        axis.setPen(line)
        axis.setTextPen(text)
        axis.setTickFont(small_font())
        if axis.autoSIPrefix:  # turning it off twice would scale a labelled axis for good
            axis.enableAutoSIPrefix(False)
        axis.setCacheMode(CACHED)
        axis.setStyle(tickLength=-3, tickTextOffset=4)
        axis.label.setFont(small_font())
        axis.labelStyle = {"color": theme.muted}
        if axis.labelText:
            axis.setLabel(axis.labelText, color=theme.muted)
    plot.title_label.opts["color"] = theme.text
    plot.title_label.opts["size"] = f"{in_proportion(12)}px"
    plot.title_label.setText(plot.title_label.text)
    plot.title_label.setCacheMode(CACHED)
