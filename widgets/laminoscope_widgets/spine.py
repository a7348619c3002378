"""A card seen from its edge: the title from bottom to top, a click opens it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from laminoscope_widgets.proportion import at_each_text_size, in_proportion
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.translation import tr

__all__ = ["Spine", "spine_width"]


def spine_width() -> int:
    """Return the pixels of an edge that a line of text has room on."""
    return max(24, in_proportion(18))


class Spine(QAbstractButton):
    """Stands for a card that is folded; a dot tells that its sampler does something.

    Parameters
    ----------
    title : str
    theme : Theme
    """

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._active = False
        self.setText(title)
        at_each_text_size(self, lambda: self.setFixedWidth(spine_width()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_active(False)

    def set_active(self, active: bool) -> None:
        """Say whether the sampler changes anything."""
        self._active = active
        state = tr("folded" if active else "off or without effect here")
        self.setToolTip(
            tr("{sampler}: {state}. Click to see and set it.", sampler=self.text(), state=state)
        )
        self.setAccessibleName(tr("{sampler}, {state}: unfold", sampler=self.text(), state=state))
        self.update()

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        if self.underMouse() or self.hasFocus():
            painter.setPen(QColor(theme.accent))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(QColor(theme.text if self._active else theme.muted))
        painter.save()
        painter.translate(0, self.height())
        painter.rotate(-90)
        place = QRectF(22, 0, self.height() - 30, self.width())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, left, self.text())
        painter.restore()
        middle = QPointF(self.width() / 2, self.height() - 13)
        painter.setBrush(QColor(theme.accent) if self._active else Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(theme.accent if self._active else theme.muted))
        painter.drawEllipse(middle, 3.5, 3.5)
