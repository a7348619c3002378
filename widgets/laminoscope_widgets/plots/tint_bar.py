"""A small legend for grounds of colour: lowest number, the colours, highest number."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laminoscope_widgets.plots.style import small_font

__all__ = ["TintBar"]

_BAR = 72


class TintBar(QWidget):
    """Draws ``low ▒▒▒▒ high`` in a row."""

    def __init__(self) -> None:
        super().__init__()
        self._tints: Sequence[QColor] = ()
        self._ends = ("", "")
        self._text = QColor("black")
        self.setFont(small_font())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_scale(
        self, tints: Sequence[QColor], limits: tuple[float, float], text_colour: str
    ) -> None:
        """Show colours from low to high between two numbers."""
        ends = f"{limits[0]:.1f}", f"{limits[1]:.1f}"
        self._tints, self._text = tints, QColor(text_colour)
        if ends != self._ends:
            self._ends = ends
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = sum(metrics.horizontalAdvance(end) for end in self._ends)
        return QSize(width + _BAR + 14, metrics.height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._text)
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance(self._ends[0]) + 6
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), self._ends[0])
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(self.rect(), flags, self._ends[1])
        step = _BAR / max(len(self._tints), 1)
        for number, colour in enumerate(self._tints):
            painter.fillRect(QRectF(left + number * step, 3, step + 1, self.height() - 6), colour)
