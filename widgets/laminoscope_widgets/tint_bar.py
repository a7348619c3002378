"""The colour scale of a running text, in the title bar of its panel."""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laminoscope_core.plots.shown import Scale
from laminoscope_widgets.marks.shades import shade_map
from laminoscope_widgets.plots.style import small_font
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["TintBar", "tints"]

_BAR = 72
_N_TINTS = 48


def tints(scale: Scale, theme: Theme) -> list[QColor]:
    """Return the grounds of a scale from low to high, on which the theme's text can be read."""
    stops = np.linspace(scale.low, scale.high, _N_TINTS)
    return [QColor(*colour) for colour in shade_map(scale, theme)(stops).tolist()]


class TintBar(QWidget):
    """Draws ``low ▒▒▒▒ high`` in a row; what it stands for is in its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._tints: list[QColor] = []
        self._ends = ("", "")
        self._text = QColor("black")
        self.setFont(small_font())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Colours"))

    def set_scale(self, scale: Scale, ends: tuple[str, str], theme: Theme) -> None:
        """Show the colours of a scale between what its ends are."""
        self.setFont(small_font())
        self._tints, self._text = tints(scale, theme), QColor(theme.muted)
        label, ends = shown_text(scale.label), (shown_text(ends[0]), shown_text(ends[1]))
        self.setToolTip(safe_text(label, limit=None, rich=True))
        self.setAccessibleDescription(
            tr("{label}: {low} to {high}", label=label, low=ends[0], high=ends[1])
        )
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
