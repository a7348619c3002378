"""Small bars of a sampler's before and after, and the strip on which a random number lands."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from laminoscope_core.sampling import Candidates, Draw, Stage
from laminoscope_widgets.plots.colours import with_alpha
from laminoscope_widgets.plots.style import small_font
from laminoscope_widgets.theme import Theme

__all__ = ["SeedStrip", "StageBars"]

_FEWEST, _MOST = 16, 48


class StageBars(QWidget):
    """The best candidates that a sampler received: grey before it, coloured after it.

    Heights are square roots of probabilities, so that small ones can be seen; the dashed line is
    the probability at which the sampler cut.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._before = self._after = np.empty(0)
        self._cut: float | None = None
        self._top = 1.0
        self.setFixedHeight(50)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def heights(self) -> tuple[np.ndarray, np.ndarray]:
        """Probabilities that are drawn: before and after, both (n,)."""
        return self._before, self._after

    def set_stage(self, stage: Stage, top: float) -> None:
        """Show a stage; ``top`` is the probability that fills the height."""
        received, kept = stage.received, stage.kept
        count = min(max(len(kept) + 6, _FEWEST), _MOST, len(received))
        after = np.zeros(received.vocabulary)
        after[kept.ids] = kept.probabilities
        self._before = received.probabilities[:count]
        self._after = after[received.ids[:count]]
        self._cut, self._top = stage.cut_probability, max(top, 1e-12)
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        width, height = self.width(), self.height() - 2
        theme = self._theme
        if self._before.size:
            step = width / self._before.size
            gap = 1 if step >= 4 else 0
            for pairs, colour in (
                (self._before, with_alpha(theme.grid, 0.4)),
                (self._after, QColor(theme.sites["v"])),
            ):
                tall = np.sqrt(np.minimum(pairs / self._top, 1.0)) * (height - 2)
                inset = gap if pairs is self._before else min(step / 4, 1.5)
                for number, size in enumerate(tall):
                    if size > 0:
                        size = max(float(size), 1.0)
                        x = number * step + inset / 2
                        painter.fillRect(QRectF(x, height - size, step - inset, size), colour)
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.drawLine(QPointF(0, height + 0.5), QPointF(width, height + 0.5))
        if self._cut is not None and 0 < self._cut <= self._top:
            y = height - math.sqrt(self._cut / self._top) * (height - 2)
            painter.setPen(QPen(QColor(theme.accent), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(0, y), QPointF(width, y))


class SeedStrip(QWidget):
    """Probabilities laid end to end from 0 to 1, best first, and where u landed among them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._edges = np.zeros(1)
        self._labels: tuple[str, ...] = ()
        self._draw: Draw | None = None
        self.setFont(small_font())
        self.setFixedHeight(46)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_draw(self, final: Candidates, draw: Draw, labels: tuple[str, ...]) -> None:
        """Show the final candidates, the draw, and the safe texts of the first tokens."""
        self._edges = np.concatenate(([0.0], np.cumsum(final.probabilities[:400])))
        self._labels, self._draw = labels, draw
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._draw is None:
            return
        painter = QPainter(self)
        theme, draw = self._theme, self._draw
        width, top, height = self.width() - 2, 12.0, self.height() - 14.0
        painter.fillRect(QRectF(0, top, width, height), with_alpha(theme.grid, 0.15))
        for number in range(self._edges.size - 1):
            x = self._edges[number] * width
            size = self._edges[number + 1] * width - x
            if size < 0.4:
                break
            chosen = number + 1 == draw.rank
            shade = 0.5 if number % 2 == 0 else 0.28
            colour = QColor(theme.accent) if chosen else with_alpha(theme.sites["v"], shade)
            painter.fillRect(QRectF(x, top, size, height), colour)
            label = self._labels[number] if number < len(self._labels) else ""
            if label and painter.fontMetrics().horizontalAdvance(label) + 4 < size:
                painter.setPen(QColor(theme.on_accent if chosen else theme.text))
                area = QRectF(x, top, size, height)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, label)
        if not math.isnan(draw.u):
            x = draw.u * width
            painter.setPen(QPen(QColor(theme.text), 1.4))
            painter.drawLine(QPointF(x, top - 3), QPointF(x, top + height))
            painter.setBrush(QColor(theme.text))
            painter.drawPolygon(
                QPolygonF([QPointF(x - 4, 3), QPointF(x + 4, 3), QPointF(x, top - 1)])
            )
