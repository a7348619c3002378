"""How often chains loop: a dot per chain with its interval, from 0 to 100 %."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from laminoscope_core.sampling.loops import LoopReport, LoopReports
from laminoscope_widgets.plots.style import small_font
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

__all__ = ["LoopRates"]

_ROW, _AXIS = 19, 16
_NAMES, _NUMBERS = 92, 116


class LoopRates(QWidget):
    """One line per chain: name, rate with its Wilson 95 % interval, loops of seeds.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._measured = LoopReports(())
        self.setFont(small_font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip("Share of the seeds that end in a loop, with Wilson's 95 % interval.")

    def set_reports(self, measured: LoopReports) -> None:
        """Show measurements."""
        self._measured = measured
        self.setFixedHeight(_ROW * len(measured.reports) + _AXIS)
        said = (
            f"{safe_text(report.name, limit=40)} {report.n_loops} of {len(report.runs)}"
            for report in measured.reports
        )
        self.setAccessibleName(f"Loop rates: {', '.join(said)}")
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(_NAMES, 0, self.width() - _NAMES - _NUMBERS, self.height() - _AXIS)
        for percent in (0, 25, 50, 75, 100):
            x = area.x() + area.width() * percent / 100
            painter.setPen(QPen(QColor(self._theme.border), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, area.bottom()))
            painter.setPen(QColor(self._theme.muted))
            place = QRectF(x - 20, area.bottom() + 1, 40, _AXIS - 1)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{percent} %")
        for number, report in enumerate(self._measured.reports):
            self._paint_row(painter, area, number * _ROW, report)

    def _paint_row(self, painter: QPainter, area: QRectF, top: float, report: LoopReport) -> None:
        theme, middle = self._theme, top + _ROW / 2
        painter.setPen(QColor(theme.text))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        name = safe_text(report.name, limit=60)
        name = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _NAMES - 6)
        painter.drawText(QRectF(0, top, _NAMES - 6, _ROW), left, name)
        low, high = 100 * report.low, 100 * report.high
        share = f"{report.n_loops} of {len(report.runs)} ({low:.0f}–{high:.0f} %)"
        painter.drawText(QRectF(area.right() + 8, top, _NUMBERS - 8, _ROW), left, share)
        colour = QColor(theme.sites["v"])
        painter.setPen(QPen(colour, 2))
        low, rate, high = (
            area.x() + area.width() * value for value in (report.low, report.rate, report.high)
        )
        painter.drawLine(QPointF(low, middle), QPointF(high, middle))
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(rate, middle), 4, 4)
