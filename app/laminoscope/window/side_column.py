"""The edge of a page, at which a column folds away and comes back."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QToolButton

from laminoscope_widgets.named import named
from laminoscope_widgets.proportion import at_each_text_size, in_proportion
from laminoscope_widgets.translation import tr

__all__ = ["FoldButton"]


class FoldButton(QToolButton):
    """A narrow button along a column: an arrow, and the column's name while it is folded.

    Parameters
    ----------
    title : str
        The column's name.
    left : bool
        Whether it stands at the left edge of the page.
    """

    def __init__(self, title: str, *, left: bool) -> None:
        super().__init__(autoRaise=True)
        self._title = title
        self._left = left
        self._folded = False
        at_each_text_size(self, lambda: self.setFixedWidth(_width()))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the View menu has it for the keyboard
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.show_folded(folded=False)

    def show_folded(self, *, folded: bool) -> None:
        """Say whether the column is folded away."""
        self._folded = folded
        tip = tr("Show {title}." if folded else "Fold {title} away.", title=self._title)
        named(self, tip.removesuffix("."), tip)
        self.setToolTip(tip)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_width(), 80)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        option.initFrom(self)
        if self.underMouse():
            painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelButtonTool, option)
        painter.setPen(self.palette().placeholderText().color())
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        arrow = "›" if self._folded == self._left else "‹"
        if not self._folded:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, arrow)
            return
        top = self.rect().adjusted(0, 8, 0, 0)
        painter.drawText(top, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter, arrow)
        painter.translate(self.width() / 2, self.height() / 2)
        painter.rotate(-90)
        area = self.rect().transposed().translated(-self.height() // 2, -self.width() // 2)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._title)


def _width() -> int:
    """Return the pixels of an edge that a line of text has room on."""
    return max(18, in_proportion(15))
