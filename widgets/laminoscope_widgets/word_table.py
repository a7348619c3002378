"""The editable table of words: category, word, and how the tokenizer splits it."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from laminoscope_widgets.plots.colours import category_colours
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

__all__ = ["WordTable"]

Index = QModelIndex | QPersistentModelIndex
_COLUMNS = ("Category", "Word", "Tokens")


class WordTable(QAbstractTableModel):
    """Rows of category and word, with the pieces of the last capture beside them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._rows: list[tuple[str, str]] = []
        self._pieces: dict[str, tuple[str, ...]] = {}
        self._theme = theme
        self._colours: dict[str, QColor] = {}

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Return ``(category, word)`` of all rows."""
        return tuple(self._rows)

    def words(self) -> list[tuple[str, str]]:
        """Return ``(category, word)`` rows, empty ones left out."""
        return [(category, word) for category, word in self._rows if word.strip()]

    def categories(self) -> dict[str, tuple[str, ...]]:
        """Return the words of each category, in order of first appearance."""
        grouped: dict[str, list[str]] = {}
        for category, word in self.words():
            grouped.setdefault(category if category.strip() else "words", []).append(word)
        return {category: tuple(words) for category, words in grouped.items()}

    def set_words(self, rows: Sequence[tuple[str, str]]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self._recolour()
        self.endResetModel()

    def add_words(self, rows: Sequence[tuple[str, str]]) -> int:
        """Add rows after the others, without words that are there already; return how many."""
        known = {word for _, word in self.words()}
        new = [row for row in rows if row[1] not in known]
        if new:
            last = len(self._rows) + len(new) - 1
            self.beginInsertRows(QModelIndex(), len(self._rows), last)
            self._rows += new
            self._recolour()
            self.endInsertRows()
        return len(new)

    def set_pieces(self, pieces: Mapping[str, tuple[str, ...]]) -> None:
        """Take how each word was split; shown in the third column."""
        self._pieces = dict(pieces)
        self._all_changed()

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's category colours."""
        self._theme = theme
        self._recolour()
        self._all_changed()

    def insert_after(self, row: int) -> int:
        """Add an empty row of the same category below ``row``; return its number."""
        category = self._rows[row][0] if 0 <= row < len(self._rows) else "words"
        position = row + 1 if 0 <= row < len(self._rows) else len(self._rows)
        self.beginInsertRows(QModelIndex(), position, position)
        self._rows.insert(position, (category, ""))
        self.endInsertRows()
        return position

    def remove(self, rows: Sequence[int]) -> None:
        """Remove rows by number."""
        for row in sorted(set(rows), reverse=True):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        self._recolour()
        self._all_changed()

    def row_of(self, word: str) -> int | None:
        """Return the row of a word."""
        return next((i for i, row in enumerate(self._rows) if row[1] == word), None)

    def _recolour(self) -> None:
        self._colours = category_colours(tuple(category for category, _ in self._rows), self._theme)

    def _all_changed(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 2))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _COLUMNS[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() < 2 else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        category, word = self._rows[index.row()]
        column = index.column()
        pieces = self._pieces.get(word, ())
        if role == Qt.ItemDataRole.EditRole and column < 2:
            return (category, word)[column]
        if role == Qt.ItemDataRole.DisplayRole:
            if column == 2:
                return " ".join(safe_text(piece, spaces=True, limit=24) for piece in pieces)
            return safe_text((category, word)[column])
        if role == Qt.ItemDataRole.ForegroundRole:
            if column == 0:
                return self._colours.get(category)
            if column == 2:
                single = len(pieces) <= 1
                return QColor(self._theme.muted if single else self._theme.sites["q"])
        if role == Qt.ItemDataRole.ToolTipRole and column == 2 and len(pieces) > 1:
            return f"{len(pieces)} tokens: similarities use the pooling chosen above."
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() > 1:
            return False
        category, word = self._rows[index.row()]
        text = str(value).strip()
        self._rows[index.row()] = (text, word) if index.column() == 0 else (category, text)
        self._recolour()
        self._all_changed()
        return True
