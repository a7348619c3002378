"""The table of tokens: index, id and exact text."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontDatabase

from laminoscope_widgets.text import safe_text

__all__ = ["NumberTable", "TokenTable"]

Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TokenTable(QAbstractTableModel):
    """One row per token."""

    def __init__(self) -> None:
        super().__init__()
        self._ids: tuple[int, ...] = ()
        self._shown: tuple[str, ...] = ()
        self._font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)

    @property
    def token_ids(self) -> tuple[int, ...]:
        """The ids, in order."""
        return self._ids

    def set_tokens(self, token_ids: Sequence[int], shown: Sequence[str]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._ids, self._shown = tuple(token_ids), tuple(shown)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index | None = None) -> int:
        return 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return ("#", "Id", "Token")[section]
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        column, row = index.column(), index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                str(row),
                str(self._ids[row]),
                safe_text(self._shown[row], spaces=True, limit=60),
            )[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column < 2:
            return _RIGHT
        if role == Qt.ItemDataRole.FontRole and column == 2:
            return self._font
        return None


class NumberTable(QAbstractTableModel):
    """Named columns of numbers beside one of text, formatted as they are looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: Sequence[str] = ()
        self._names: Sequence[str] = ()
        self._rows: Any = ()

    def set_rows(self, labels: Sequence[str], names: Sequence[str], rows: Any) -> None:
        """Show an array ``(n_rows, n_columns)`` with a label per row and a name per column."""
        self.beginResetModel()
        self._labels, self._names, self._rows = labels, names, rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._labels)

    def columnCount(self, parent: Index | None = None) -> int:
        return 1 + len(self._names)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return "token" if section == 0 else self._names[section - 1]
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        column, row = index.column(), index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            if column == 0:
                return safe_text(self._labels[row], spaces=True, limit=40)
            return format(float(self._rows[row, column - 1]), ".3f")
        if role == Qt.ItemDataRole.TextAlignmentRole and column > 0:
            return _RIGHT
        return None
