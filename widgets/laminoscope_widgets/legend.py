"""A one-line legend of marker shapes in their colours."""

from collections.abc import Sequence

import pyqtgraph as pg
from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laminoscope_widgets.plots.style import small_font

__all__ = ["Legend"]


class Legend(QWidget):
    """Draws ``(label, colour, symbol)`` entries in a row."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[tuple[str, str, str], ...] = ()
        self._text = "#000000"
        self.setFont(small_font())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_entries(self, entries: Sequence[tuple[str, str, str]], text_colour: str) -> None:
        """Show entries; the colour of their text comes last."""
        self._entries = tuple(entries)
        self._text = text_colour
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = sum(metrics.horizontalAdvance(label) + 26 for label, _, _ in self._entries)
        return QSize(width, metrics.height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, middle, x = self.fontMetrics(), self.height() / 2, 2.0
        for label, colour, symbol in self._entries:
            painter.save()
            painter.translate(QPointF(x + 6, middle))
            drawSymbol(painter, symbol, 8, pg.mkPen(None), pg.mkBrush(colour))
            painter.restore()
            painter.setPen(pg.mkPen(self._text))
            width = metrics.horizontalAdvance(label)
            painter.drawText(
                int(x + 15), 0, width + 2, self.height(), Qt.AlignmentFlag.AlignVCenter, label
            )
            x += width + 26
