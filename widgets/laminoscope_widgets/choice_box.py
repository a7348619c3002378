"""A combo box that is as wide as what is chosen, and narrower where there is no room for that."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox

__all__ = ["ChoiceBox"]

_BESIDE = 24
"""Pixels beside the longest entry of the list."""


class ChoiceBox(QComboBox):
    """A choice; its list is as wide as the longest entry.

    Parameters
    ----------
    characters : int
        How many it shows at least.
    """

    def __init__(self, characters: int) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(characters)
        self.currentTextChanged.connect(lambda _: self.updateGeometry())

    def sizeHint(self) -> QSize:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        text = self.fontMetrics().size(Qt.TextFlag.TextSingleLine, self.currentText())
        kind = QStyle.ContentsType.CT_ComboBox
        wanted = self.style().sizeFromContents(kind, option, text, self)
        return QSize(wanted.width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().boundedTo(self.sizeHint())

    def showPopup(self) -> None:
        texts = [self.itemText(row) for row in range(self.count())]
        longest = max(map(self.fontMetrics().horizontalAdvance, texts), default=0)
        self.view().setMinimumWidth(longest + _BESIDE)
        super().showPopup()
