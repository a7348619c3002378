"""Small bars of a sampler's before and after, and the strip on which a random number lands."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from laminoscope_core.plots.chain import bars_of, stretches
from laminoscope_core.sampling.candidates import Branch, Candidates, Draw
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_core.sampling.stages import Stage, Stages
from laminoscope_widgets.plots.colours import with_alpha
from laminoscope_widgets.plots.style import small_font
from laminoscope_widgets.proportion import at_each_text_size
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

__all__ = ["SeedStrip", "StageBars"]

_GUTTER = 42
_FADED = 0.45


class _Strip(QWidget):
    """A low strip on a card, painted in a theme's colours."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        at_each_text_size(self, lambda: self.setFont(small_font()))
        self.setFixedHeight(46)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        self.update()


class StageBars(_Strip):
    """The best candidates that a sampler received: grey before it, coloured after it.

    Heights are square roots of probabilities, so that small ones can be seen; the dashed line is
    the probability at which the sampler cut.  A sampler that acts by chance has a row for each of
    its two ways: at the left its weight as a bar, the way that is not taken fainter.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._stage: Stage | None = None
        self._top = 1.0

    def set_stage(self, stage: Stage, top: float) -> None:
        """Show a stage; ``top`` is the probability that fills the height."""
        self._stage, self._top = stage, max(top, 1e-12)
        self.update()

    def clear(self) -> None:
        """Show no stage."""
        self._stage = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._stage is None:
            return
        painter = QPainter(self)
        whole = QRectF(0, 0, self.width(), self.height())
        if not self._stage.branches:
            self._paint_bars(painter, whole, self._stage.kept, 1.0)
            return
        height = (whole.height() - 4) / 2
        for number, branch in enumerate(self._stage.branches):
            taken = branch.kept is self._stage.kept
            row = QRectF(0, number * (height + 4), whole.width(), height)
            gutter = QRectF(row.x(), row.y(), _GUTTER - 5, height)
            self._paint_weight(painter, gutter, branch, taken=taken)
            bars = row.adjusted(_GUTTER, 0, 0, 0)
            self._paint_bars(painter, bars, branch.kept, 1.0 if taken else _FADED)

    def _paint_bars(
        self, painter: QPainter, area: QRectF, kept: Candidates, opacity: float
    ) -> None:
        stage, theme = self._stage, self._theme
        assert stage is not None
        ids, before = bars_of(stage)
        bottom, tallest = area.bottom() - 2, area.height() - 4
        step = area.width() / before.size
        gap = 1 if step >= 4 else 0
        for p, colour, inset in (
            (before, with_alpha(theme.grid, 0.4), gap),
            (kept.by_token()[ids], with_alpha(theme.sites["v"], opacity), min(step / 4, 1.5)),
        ):
            for number, size in enumerate(np.sqrt(np.minimum(p / self._top, 1.0)) * tallest):
                if size > 0:
                    size = max(float(size), 1.0)
                    x = area.x() + number * step + inset / 2
                    painter.fillRect(QRectF(x, bottom - size, step - inset, size), colour)
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.drawLine(QPointF(area.x(), bottom + 0.5), QPointF(area.right(), bottom + 0.5))
        cut = stage.cut_probability
        if cut is not None and 0 < cut <= self._top:
            y = bottom - math.sqrt(cut / self._top) * tallest
            painter.setPen(QPen(QColor(theme.accent), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(area.x(), y), QPointF(area.right(), y))

    def _paint_weight(
        self, painter: QPainter, area: QRectF, branch: Branch, *, taken: bool
    ) -> None:
        theme = self._theme
        painter.fillRect(area, with_alpha(theme.grid, 0.15))
        shade = with_alpha(theme.accent, 0.55 if taken else 0.25)
        painter.fillRect(
            QRectF(area.x(), area.y(), area.width() * branch.weight, area.height()), shade
        )
        painter.setPen(QColor(theme.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, f"{100 * branch.weight:.0f} %")


class SeedStrip(_Strip):
    """Probabilities laid end to end from 0 to 1, best first, and where u landed among them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._draw: Draw | None = None
        self._edges = np.zeros(1)
        self._texts: list[str] = []

    def set_draw(self, stages: Stages, draw: Draw, tokens: NextTokens) -> None:
        """Show the final candidates and the draw."""
        ids, self._edges = stretches(stages)
        self._draw, self._texts = draw, [tokens.text_of(token) for token in ids]
        self.update()

    def clear(self) -> None:
        """Show no draw."""
        self._draw = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._draw is None:
            return
        painter = QPainter(self)
        theme, draw = self._theme, self._draw
        width, top, height = self.width() - 2, 12.0, self.height() - 14.0
        painter.fillRect(QRectF(0, top, width, height), with_alpha(theme.grid, 0.15))
        for number, text in enumerate(self._texts):
            x = self._edges[number] * width
            size = self._edges[number + 1] * width - x
            if size < 0.4:
                break
            chosen = number + 1 == draw.rank
            shade = 0.5 if number % 2 == 0 else 0.28
            colour = QColor(theme.accent) if chosen else with_alpha(theme.sites["v"], shade)
            painter.fillRect(QRectF(x, top, size, height), colour)
            if size < 10:
                continue
            label = safe_text(text, spaces=True, limit=14)
            if painter.fontMetrics().horizontalAdvance(label) + 4 < size:
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
