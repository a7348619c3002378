"""The key of a plot in its panel's title bar: a sign and a word for each entry."""

from collections.abc import Sequence

import pyqtgraph as pg
from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laminoscope_core.plots.shown import Entry
from laminoscope_core.theme import Theme
from laminoscope_widgets.plot_marks import SYMBOLS
from laminoscope_widgets.plots.colours import with_alpha
from laminoscope_widgets.plots.style import small_font
from laminoscope_widgets.text import safe_text

__all__ = ["Key"]

_SIGN, _GAP = 18, 10
"""Pixels of a sign, and after a word."""
_SHARE = 0.62  # of the title bar; title, note and controls have the rest


class Key(QWidget):
    """Draws entries in a row if they take no more than a share of the bar; a tooltip tells them."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[tuple[Entry, str], ...] = ()
        self._theme: Theme | None = None
        self.setFont(small_font())
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Key")

    def set_entries(self, entries: Sequence[Entry], theme: Theme) -> None:
        """Show entries in a theme's colours; what explains only the selection is left out."""
        shown = tuple((e, safe_text(e.text, limit=40)) for e in entries if not e.selection)
        if (shown, theme) == (self._entries, self._theme):
            return
        self._entries, self._theme = shown, theme
        words = "\n".join(text for _, text in shown)
        self.setToolTip(safe_text(words.replace("\n", ", "), limit=None, rich=True))
        self.setAccessibleDescription(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = sum(metrics.horizontalAdvance(text) + _SIGN + _GAP for _, text in self._entries)
        bar = self.parentWidget()
        fits = bar is None or width <= _SHARE * bar.width()
        return QSize(width if fits else 0, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0.0
        for entry, text in self._entries:
            width = self.fontMetrics().horizontalAdvance(text)
            if x + _SIGN + width > self.width() + 1:
                break
            self._draw_sign(painter, entry, x)
            painter.setPen(QColor(self._theme.muted))
            area = QRectF(x + _SIGN, 0, width + 2, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)
            x += _SIGN + width + _GAP

    def _draw_sign(self, painter: QPainter, entry: Entry, left: float) -> None:
        assert self._theme is not None
        colour = QColor(self._theme.colour(entry.colour))
        middle, pen = self.height() / 2, pg.mkPen(colour, width=1.6)
        painter.setPen(pen)
        if entry.sign in ("band", "outline"):
            filled = entry.sign == "band"
            painter.setPen(pg.mkPen(None) if filled else pen)
            painter.setBrush(with_alpha(colour, 0.35) if filled else pg.mkBrush(None))
            painter.drawRect(QRectF(left + 2, middle - 4, 12, 8))
        elif entry.sign == "upright":
            painter.drawLine(QPointF(left + 8, 2), QPointF(left + 8, self.height() - 2))
        elif entry.sign in ("line", "dashed"):
            if entry.sign == "dashed":
                pen.setStyle(Qt.PenStyle.DashLine)
                painter.setPen(pen)
            painter.drawLine(QPointF(left + 1, middle), QPointF(left + 15, middle))
        if entry.marker:
            painter.save()
            painter.translate(QPointF(left + 8, middle))
            brush = pg.mkBrush(None) if entry.sign == "hollow" else pg.mkBrush(colour)
            drawSymbol(painter, SYMBOLS[entry.marker], 8, pg.mkPen(colour), brush)
            painter.restore()
