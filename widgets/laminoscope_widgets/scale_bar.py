"""The colour scale of a plot on the screen: a bar as tall as the frames beside it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPolygonF

from laminoscope_core.plots.shown import Scale, tick_texts
from laminoscope_widgets.marks.shades import shade_map
from laminoscope_widgets.plot_axes import label_lines
from laminoscope_widgets.plots.style import CACHED, small_font
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.translation import shown_text

__all__ = ["ScaleBar"]

_BAR, _TICK, _GAP, _TIP = 10, 4, 4, 6
"""Pixels: width of the bar, length of a tick, before the label, height of the tip."""
_STOPS = 128
_EACH = 28.0  # pixels between ticks, at least


class ScaleBar(pg.GraphicsWidget):
    """Draws a scale right of some frames.

    Parameters
    ----------
    beside : callable
        Gives the area of the frames in the scene.
    """

    def __init__(self, beside: Callable[[], QRectF]) -> None:
        super().__init__()
        self._beside = beside
        self._area = QRectF()
        self._scale = Scale("sequential", 0.0, 1.0, "")
        self._label = ""
        self._lines: tuple[str, ...] = ()
        self._reaches_beyond = False
        self._pixels = QImage()
        self._muted = QColor()
        self._ends = QColor(), QColor()
        self.setCacheMode(CACHED)

    def follow(self) -> None:
        """Stand beside the frames again, if they have moved."""
        if self._beside() != self._area:
            self._fit_label()
            self.update()

    def show_scale(self, scale: Scale, theme: Theme) -> None:
        """Show a scale in a theme's colours."""
        label = safe_text(shown_text(scale.label), limit=None)
        if label != self._label:
            self._label, self._lines = label, ()
        self._scale = scale
        self._muted = QColor(theme.muted)
        ends = (scale.high, scale.low)
        stops = (np.geomspace if scale.log else np.linspace)(*ends, _STOPS)
        colours = np.ascontiguousarray(shade_map(scale, theme)(stops), dtype=np.uint8)
        self._pixels = QImage(colours.data, 1, _STOPS, 4, QImage.Format.Format_RGBA8888).copy()
        self._ends = QColor(*colours[-1].tolist()), QColor(*colours[0].tolist())
        self._fit_label()
        self.update()

    def _fit_label(self) -> None:
        """Have room for the numbers, and for as many lines as the label needs."""
        metrics = QFontMetricsF(small_font())
        texts = (text for _, text in self._ticks(400.0))
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0.0)
        room = self._beside().height()
        before = () if self._reaches_beyond else self._lines
        self._lines = label_lines(metrics, (self._label,), room, before)
        cut = self._lines[-1].endswith("…")
        self._reaches_beyond = cut and metrics.horizontalAdvance(self._label) <= self._height()
        if self._reaches_beyond:
            self._lines = (self._label,)
        label = len(self._lines) * metrics.height() + _GAP if self._label else 0.0
        width = _BAR + _TICK + 2 + widest + label
        self.setMinimumWidth(width)
        self.setMaximumWidth(width)

    def _height(self) -> float:
        """All pixels upright, with those beside the frames' axes."""
        return float(self.size().height())

    def _ticks(self, height: float) -> list[tuple[float, str]]:
        """Return where along the bar (0 to 1) there are ticks, and what they say."""
        scale = self._scale
        if scale.log:
            return [
                (float(np.log(value / scale.low) / np.log(scale.high / scale.low)), f"{value:g}")
                for value in scale.decades
            ]
        values = _round_numbers(scale.low, scale.high, height / _EACH, whole=scale.whole)
        span = scale.high - scale.low
        return [
            ((value - scale.low) / span, text)
            for value, text in zip(values, tick_texts(values), strict=True)
        ]

    def paint(self, painter: QPainter, *_: Any) -> None:
        self._area = self._beside()
        area = self.mapRectFromScene(self._area)
        top = area.top() + (_TIP if self._scale.over else 0)
        bottom = area.bottom() - (_TIP if self._scale.under else 0)
        bar = QRectF(0, top, _BAR, bottom - top)
        if bar.height() < 1:
            return
        painter.drawImage(bar, self._pixels)
        for beyond, colour, base, tip in (
            (self._scale.over, self._ends[1], top, area.top()),
            (self._scale.under, self._ends[0], bottom, area.bottom()),
        ):
            if beyond:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setBrush(colour)
                painter.setPen(Qt.PenStyle.NoPen)
                corners = ((0, base), (_BAR, base), (_BAR / 2, tip))
                painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        painter.setFont(small_font())
        painter.setPen(self._muted)
        height = painter.fontMetrics().height()
        upright = Qt.AlignmentFlag.AlignVCenter
        for share, text in self._ticks(bar.height()):
            y = bar.bottom() - share * bar.height()
            painter.drawLine(QPointF(_BAR, y), QPointF(_BAR + _TICK, y))
            up = min(max(y - height / 2, 0.0), self.size().height() - height)
            room = QRectF(_BAR + _TICK + 2, up, self.size().width(), height)
            painter.drawText(room, upright, text)
        depth = height * len(self._lines)
        middle, length = bar.center().y(), area.height()
        if self._reaches_beyond:
            middle, length = self._height() / 2, self._height()
        painter.translate(self.size().width() - depth / 2, middle)
        painter.rotate(-90)
        room = QRectF(-length / 2, -depth / 2, length, depth)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, "\n".join(self._lines))


def _round_numbers(low: float, high: float, most: float, *, whole: bool) -> list[float]:
    """Return multiples of 1, 2 or 5 times a power of ten between two limits, few enough."""
    least = (high - low) / max(most, 1.0)
    power = 10.0 ** np.floor(np.log10(least))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= least * (1 - 1e-9))
    step = max(step, 1.0) if whole else step
    numbers = np.arange(np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9) + 1)
    return [float(number) for number in numbers * step]
