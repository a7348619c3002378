"""The key of a plot: a sign and a word for each entry, in a title bar or below the plot."""

from collections.abc import Sequence
from itertools import accumulate

import pyqtgraph as pg
from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laminoscope_core.plots.shown import Entry
from laminoscope_core.theme import Theme
from laminoscope_widgets.marks.points import SYMBOLS
from laminoscope_widgets.plots.colours import with_alpha
from laminoscope_widgets.plots.style import small_font
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.title_bar import TitleBar
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["Key"]

_SIGN, _GAP = 18, 10
"""Pixels of a sign, and after a word."""
_UNBOUND = 10_000
_MORE = "…"
"""Stands for the entries that have no room; the tooltip tells all."""


class Key(QWidget):
    """Draws entries in a row as the title bar has room, or in as many rows as they need.

    Parameters
    ----------
    wraps : bool
        Whether it may take several rows; one in a title bar shows what has room, and says that
        there is more.
    """

    def __init__(self, *, wraps: bool = False) -> None:
        super().__init__()
        self._entries: tuple[tuple[Entry, str], ...] = ()
        self._theme: Theme | None = None
        self._given: tuple[object, ...] = ()
        self._wraps = wraps
        self.setFont(small_font())
        across = QSizePolicy.Policy.Ignored if wraps else QSizePolicy.Policy.Maximum
        policy = QSizePolicy(across, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        self.setAccessibleName(tr("Key"))

    def set_entries(self, entries: Sequence[Entry], theme: Theme) -> None:
        """Show entries in a theme's colours; what explains only the selection is left out."""
        font, lasting = small_font(), [entry for entry in entries if not entry.selection]
        given = (lasting, theme, font.pixelSize())
        if given == self._given:
            return
        self._given, self._theme = given, theme
        self.setFont(font)
        self._entries = tuple((e, safe_text(shown_text(e.text), limit=40)) for e in lasting)
        words = "\n".join(text for _, text in self._entries)
        self.setToolTip(safe_text(words.replace("\n", ", "), limit=None, rich=True))
        self.setAccessibleDescription(words)
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wraps and self.height() != self.heightForWidth(self.width()):
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        if self._wraps:
            return QSize(0, self.heightForWidth(self.width()))
        room = self._room()
        n_shown = self._n_shown(room)
        taken = sum(self._width_of(text) for _, text in self._entries[:n_shown])
        if n_shown < len(self._entries):
            taken = min(taken + self._more_width(), max(room, 0))
        return QSize(taken, self._line())

    def _n_shown(self, room: float) -> int:
        """Return how many entries a row of some pixels shows: all, or what leaves room for more."""
        widths = [self._width_of(text) for _, text in self._entries]
        if sum(widths) - _GAP <= room:
            return len(widths)
        ends = accumulate(widths)
        return sum(end <= room - self._more_width() for end in ends)

    def _more_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(_MORE) + 2

    def _room(self) -> int:
        """Return the pixels that all else in the bar leaves."""
        bar = self.parentWidget()
        if not isinstance(bar, TitleBar):
            return _UNBOUND
        others = bar.beside(self)
        return bar.width() - sum(w.sizeHint().width() + _GAP for w in others if not w.isHidden())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return self._line() * (places[-1][1] + 1) if places else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, right, line = self.fontMetrics(), Qt.TextElideMode.ElideRight, self._line()
        places = self._places(self.width() if self._wraps else _UNBOUND)
        n_shown = len(places) if self._wraps else self._n_shown(self.width())
        if n_shown < len(places):
            painter.setPen(QColor(self._theme.muted))
            area = QRectF(places[n_shown][0], 0, self._more_width(), line)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, _MORE)
        for (entry, text), (x, row) in zip(self._entries[:n_shown], places, strict=False):
            room = self.width() - x - _SIGN
            painter.save()
            painter.translate(0, row * line)
            self._draw_sign(painter, entry, x)
            painter.setPen(QColor(self._theme.muted))
            area = QRectF(x + _SIGN, 0, room, line)
            shown = metrics.elidedText(text, right, int(room) + 1)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
            painter.restore()

    def _line(self) -> int:
        return self.fontMetrics().height() + 2

    def _width_of(self, text: str) -> int:
        return _SIGN + self.fontMetrics().horizontalAdvance(text) + _GAP

    def _places(self, width: float) -> list[tuple[float, int]]:
        """Return where each entry begins, and in which row, if rows have some pixels."""
        places: list[tuple[float, int]] = []
        x, row = 0.0, 0
        for _, text in self._entries:
            if x and x + self._width_of(text) - _GAP > width - 2:
                x, row = 0.0, row + 1
            places.append((x, row))
            x += self._width_of(text)
        return places

    def _draw_sign(self, painter: QPainter, entry: Entry, left: float) -> None:
        assert self._theme is not None
        colour = QColor(self._theme.colour(entry.colour))
        middle, pen = self._line() / 2, pg.mkPen(colour, width=1.6)
        painter.setPen(pen)
        if entry.sign in ("band", "outline"):
            filled = entry.sign == "band"
            painter.setPen(pg.mkPen(None) if filled else pen)
            painter.setBrush(with_alpha(colour, 0.35) if filled else pg.mkBrush(None))
            painter.drawRect(QRectF(left + 2, middle - 4, 12, 8))
        elif entry.sign == "upright":
            painter.drawLine(QPointF(left + 8, 2), QPointF(left + 8, self._line() - 2))
        elif entry.sign in ("line", "dashed"):
            if entry.sign == "dashed":
                pen.setStyle(Qt.PenStyle.DashLine)
                painter.setPen(pen)
            painter.drawLine(QPointF(left + 1, middle), QPointF(left + 15, middle))
        if entry.marker:
            painter.save()
            painter.translate(QPointF(left + 8, middle))
            open_sign = entry.sign in ("hollow", "dotted")
            brush = pg.mkBrush(None) if open_sign else pg.mkBrush(colour)
            drawSymbol(painter, SYMBOLS[entry.marker], 8, pg.mkPen(colour), brush)
            painter.restore()
            if entry.sign == "dotted":
                painter.setPen(pg.mkPen(None))
                painter.setBrush(colour)
                painter.drawEllipse(QPointF(left + 8, middle), 1.5, 1.5)
