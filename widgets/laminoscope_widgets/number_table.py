"""A short table of numbers, as wide as its panel and as high as its rows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from laminoscope_widgets.named import named
from laminoscope_widgets.proportion import at_each_text_size, in_proportion
from laminoscope_widgets.text import safe_text

__all__ = ["NumberTable"]

_ROW = 20
_HEADER = 22


class NumberTable(QTableWidget):
    """Names at the left, numbers at the right; nothing to scroll or edit, but to copy.

    Parameters
    ----------
    name, description : str
        What it is, and what it shows, for a screen reader.
    header : sequence of str
        Titles of the columns.
    even : bool
        Whether all columns of numbers are equally wide, rather than as wide as their texts.  Where
        long names leave no room for that, names are shortened, and numbers never.
    """

    def __init__(
        self, name: str, description: str, header: Sequence[str], *, even: bool = False
    ) -> None:
        super().__init__(0, len(header))
        named(self, name, description)
        self.setHorizontalHeaderLabels(list(header))
        self.verticalHeader().hide()
        self._even = even
        across = self.horizontalHeader()
        self._share()
        # so that three words have room, which are nine letters long in German
        across.setStyleSheet("QHeaderView::section { padding: 3px 1px; }")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setShowGrid(False)
        self.setStyleSheet("QTableWidget::item { padding: 0 3px 0 1px; }")  # none at the frame
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

        at_each_text_size(self, self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Give each column its part of the width."""
        modes, across = QHeaderView.ResizeMode, self.horizontalHeader()
        last = self.columnCount() - 1
        needed = [self.sizeHintForColumn(column) + 8 for column in range(last + 1)]
        short = self._even and needed[0] + last * max(needed[1:]) > self.viewport().width()
        across.setSectionResizeMode(
            modes.Stretch if self._even and not short else modes.ResizeToContents
        )
        across.setSectionResizeMode(0, modes.Stretch if short else modes.ResizeToContents)
        if not short:
            across.setSectionResizeMode(last, modes.Stretch)

    def _fit(self) -> None:
        """Let rows and columns have the size that their text asks for."""
        self.verticalHeader().setDefaultSectionSize(in_proportion(_ROW))
        self.horizontalHeader().setMinimumSectionSize(in_proportion(34))
        self.horizontalHeader().setFixedHeight(in_proportion(_HEADER))
        self.setFixedHeight(in_proportion(_HEADER) + in_proportion(_ROW) * self.rowCount() + 4)

    def set_row_count(self, rows: int) -> None:
        """Show so many rows, and be just as high."""
        if rows != self.rowCount():
            self.setRowCount(rows)
            self._fit()

    def fill(self, row: int, texts: Sequence[str], tips: Sequence[str] = ()) -> None:
        """Show the texts of a row, with a tooltip for each that has one."""
        for column, text in enumerate(texts):
            item = self.item(row, column)
            if item is None:
                item = QTableWidgetItem()
                side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, column, item)
            if column == 0 and item.text() != text:
                QTimer.singleShot(0, self, self._share)
            item.setText(text)
            tip = tips[column] if column < len(tips) else ""
            item.setToolTip(safe_text(tip, limit=300, rich=True))
