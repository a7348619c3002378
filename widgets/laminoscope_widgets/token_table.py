"""The table of tokens: index, id and exact text."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from laminoscope_widgets.candidate_table import fixed_font
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import tr

__all__ = ["TokenTable"]

Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TokenTable(QAbstractTableModel):
    """One row per token."""

    def __init__(self) -> None:
        super().__init__()
        self._ids: tuple[int, ...] = ()
        self._shown: tuple[str, ...] = ()

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
            return ("#", tr("Id"), tr("Token"))[section]
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
            return fixed_font()
        return None
