"""The line in which a cell of the words' table is typed."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from laminoscope_widgets.named import named
from laminoscope_widgets.translation import tr
from laminoscope_widgets.word_table import CATEGORY, Index, WordTable

__all__ = ["RETURNS", "TABS", "WordEditor"]

RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class WordEditor(QStyledItemDelegate):
    """Edits a cell; the table is told of every letter.

    Signals: ``ended(key, was_new, was_added)`` after Enter or Tab, whether the row had just been
    begun, and whether it has a word now.
    """

    ended = Signal(int, bool, bool)

    def __init__(self, table: WordTable, parent: QObject) -> None:
        super().__init__(parent)
        self._table = table
        self._row = -1
        self._line: QLineEdit | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        what = tr("Category") if index.column() == CATEGORY else tr("Word")
        line = named(
            QLineEdit(parent), what, tr("Enter goes on to the next row, Tab leaves the table.")
        )
        self._row, self._line = index.row(), line
        line.textEdited.connect(lambda text: self._table.type(index, text))
        return line

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self._line = None
        super().destroyEditor(editor, index)

    def take(self) -> None:
        """Enter what is being typed, if anything is."""
        if self._line is not None:
            self.commitData.emit(self._line)
            self.closeEditor.emit(self._line, QAbstractItemDelegate.EndEditHint.NoHint)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() in (*RETURNS, *TABS):
                was_new = self._table.new_row == self._row
                n_rows = len(self._table.rows())
                self.take()
                was_added = was_new and len(self._table.rows()) > n_rows
                self.ended.emit(event.key(), was_new, was_added)
                return True
        return super().eventFilter(editor, event)
