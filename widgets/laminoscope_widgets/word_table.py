"""The words of the form as a table: category, word, and its tokens or what is wrong with it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from laminoscope_core.word_lists import editing
from laminoscope_core.word_lists.editing import Row, Rows
from laminoscope_core.word_lists.faults import Fault, faults
from laminoscope_core.word_lists.word_list import UNNAMED
from laminoscope_widgets.category_names import CategoryNames
from laminoscope_widgets.plots.colours import with_alpha
from laminoscope_widgets.steps import Step
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.translation import mark, shown_text, tr, tr_n

__all__ = ["CATEGORY", "TOKENS", "WORD", "WordTable"]

Index = QModelIndex | QPersistentModelIndex
By = Literal["category", "word"]
_COLUMNS = (mark("Category"), mark("Word"), mark("Tokens"))
CATEGORY, WORD, TOKENS = range(3)
_CUT = 10
"""Letters that a narrow column shows; longer texts are told by a tooltip."""
_BY: dict[int, By] = {CATEGORY: "category", WORD: "word"}


class WordTable(QAbstractTableModel):
    """Rows that are edited, with the tokens of the last capture and their faults beside them.

    Signals: ``edited(step)`` when rows have changed; ``placed(first, count)`` after it, where the
    rows now stand that a person has moved or added; ``faults_changed()``, also while typing.
    """

    edited = Signal(object)
    placed = Signal(int, int)
    faults_changed = Signal()

    def __init__(self, theme: Theme, known: CategoryNames | None = None) -> None:
        super().__init__()
        self._known = known or CategoryNames()
        self._rows: list[Row] = []
        self.new_row: int | None = None
        self._typed: tuple[int, Row] | None = None
        self._unsorted: Rows | None = None
        self.sorted_by: tuple[int, Qt.SortOrder] | None = None
        self._pieces: dict[str, tuple[str, ...]] = {}
        self._faults: dict[int, Fault] = {}
        self._marked: frozenset[str] = frozenset()
        self._theme = theme
        self._colours: dict[str, QColor] = {}

    def rows(self) -> Rows:
        """Return ``(category, word)`` of all rows but one that has just been begun."""
        return tuple(row for at, row in enumerate(self._rows) if at != self.new_row)

    def words(self) -> list[Row]:
        """Return ``(category, word)`` rows, empty ones left out."""
        return [(category, word) for category, word in self._rows if word.strip()]

    def categories(self) -> dict[str, tuple[str, ...]]:
        """Return the words of each category, in order of first appearance."""
        grouped: dict[str, list[str]] = {}
        for category, word in self.words():
            grouped.setdefault(category if category.strip() else UNNAMED, []).append(word)
        return {category: tuple(words) for category, words in grouped.items()}

    def faults(self) -> dict[int, Fault]:
        """Return what is wrong with rows, by their number, with what is being typed."""
        return dict(self._faults)

    def row_of(self, word: str) -> int | None:
        """Return the row of a word."""
        return next((i for i, row in enumerate(self._rows) if row[1] == word), None)

    # ---- editing

    def set_words(self, rows: Sequence[Row], step: str = "") -> None:
        """Replace all rows."""
        self._replace(rows, step or tr("Change words"))

    def _replace(
        self,
        rows: Sequence[Row],
        step: str,
        sorted_by: tuple[int, Qt.SortOrder] | None = None,
        unsorted: Rows | None = None,
    ) -> None:
        self.beginResetModel()
        self._rows, self.new_row, self._typed = list(rows), None, None
        self.sorted_by, self._unsorted = sorted_by, unsorted
        self._recolour()
        self.endResetModel()
        self.faults_changed.emit()
        self.edited.emit(Step(step))

    def add_words(self, rows: Sequence[Row], step: Callable[[int], str] | None = None) -> int:
        """Add rows after the others, without words that are there already; return how many.

        ``step`` gives the name of the step by the number of words.
        """
        before = self.rows()
        after = editing.added(before, rows)
        n_new = len(after) - len(before)
        if n_new:
            self.set_words(after, (step or _added)(n_new))
            self.placed.emit(len(before), n_new)
        return n_new

    def remove(self, rows: Collection[int]) -> None:
        """Remove rows by number."""
        if rows:
            after = editing.without(self._rows, rows)
            self.set_words(after, tr_n("Remove {n} word", "Remove {n} words", len(set(rows))))

    def move(self, rows: Collection[int], before: int) -> None:
        """Put rows before another one, whose category they take if it is none of their own."""
        after, first = editing.moved(self._rows, rows, before)
        if rows and after != self.rows():
            self.set_words(after, tr_n("Move {n} word", "Move {n} words", len(rows)))
            self.placed.emit(first, len(rows))

    def move_to_category(self, rows: Collection[int], category: str) -> None:
        """Put words into another category, where they stand."""
        after = editing.in_category(self._rows, rows, category)
        if after != self.rows():
            name = safe_text(category, limit=30)
            one, many = mark("Move {n} word to {name}"), mark("Move {n} words to {name}")
            self.set_words(after, tr_n(one, many, len(rows), name=name))

    def rename_category(self, old: str, new: str) -> None:
        """Give a category another name; if there is one of that name, its words join it."""
        if old != new:
            name = safe_text(old, limit=30)
            self.set_words(
                editing.renamed(self._rows, old, new), tr("Rename category {name}", name=name)
            )

    def sort_on(self, column: int) -> None:
        """Sort by category or word; again, descending; again, back as it was before."""
        if column not in _BY:
            return
        before = self.rows() if self._unsorted is None else self._unsorted
        if self.sorted_by == (column, Qt.SortOrder.DescendingOrder):
            self.sort_back()
            return
        down = self.sorted_by == (column, Qt.SortOrder.AscendingOrder)
        after = editing.sorted_rows(before, _BY[column], descending=down)
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self._replace(
            after,
            tr("Sort by category" if column == CATEGORY else "Sort by word"),
            (column, order),
            before,
        )

    def sort_back(self) -> None:
        """Give rows that were sorted the order from before."""
        if self._unsorted is not None:
            self.set_words(self._unsorted, tr("Sort back"))

    def begin_row(self, after: int) -> int:
        """Begin an empty row below another, of its category; return its number.

        It counts once there is a word in it; `end_row` takes it away if there is none.
        """
        self.end_row()
        there = 0 <= after < len(self._rows)
        category = self._rows[after][0] if there else UNNAMED
        row = after + 1 if there else len(self._rows)
        self.beginInsertRows(QModelIndex(), row, row)
        self._rows.insert(row, (category, ""))
        self.new_row = row
        self.endInsertRows()
        self._find_faults()
        return row

    def end_row(self) -> None:
        """Take away the row that was begun, if no word has been typed into it."""
        row, self.new_row = self.new_row, None
        if row is not None:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
            self._find_faults()

    def type(self, index: Index, text: str | None) -> None:
        """Look for faults in what is being typed into a cell; None when that has ended."""
        if text is None:
            self._typed = None
        else:
            category, word = self._rows[index.row()]
            row = (text, word) if index.column() == CATEGORY else (category, text)
            self._typed = index.row(), row
        self._find_faults()

    # ---- what is shown beside

    def set_pieces(self, pieces: Mapping[str, tuple[str, ...]]) -> None:
        """Take how each word was split; shown in the third column."""
        self._pieces = dict(pieces)
        self._find_faults()

    def mark(self, words: Collection[str]) -> bool:
        """Lay the colour of what is selected faintly under words; return whether others had it."""
        before, self._marked = self._marked, frozenset(words)
        if self._marked == before:
            return False
        self._show_from(CATEGORY)
        return True

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's category colours."""
        self._theme = theme
        self._recolour()
        self._show_from(CATEGORY)

    def _recolour(self) -> None:
        self._known.see(category for category, word in self._rows if word.strip())
        self._colours = {
            name: QColor(self._theme.colour(f"category {number}"))
            for number, name in enumerate(self._known.names)
        }
        self._faults = self._found()

    def _found(self) -> dict[int, Fault]:
        rows = self._rows.copy()
        if self._typed is not None:
            rows[self._typed[0]] = self._typed[1]
        found = faults(rows, self._pieces)
        if self.new_row is not None and not rows[self.new_row][1]:
            found.pop(self.new_row, None)
        return found

    def _find_faults(self) -> None:
        self._faults = self._found()
        self._show_from(TOKENS)  # a cell that is being typed into would begin again
        self.faults_changed.emit()

    def _show_from(self, column: int) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, column), self.index(len(self._rows) - 1, TOKENS))

    # ---- Qt's model

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(_COLUMNS[section])
        if role == Qt.ItemDataRole.ToolTipRole and section in _BY:
            return tr("Click to sort, again for the other way, again for the order before.")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled  # rows are dropped between others
        flags = flag.ItemIsSelectable | flag.ItemIsEnabled | flag.ItemIsDragEnabled
        return flags | flag.ItemIsEditable if index.column() < TOKENS else flags

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        roles = Qt.ItemDataRole
        if role in (roles.DisplayRole, roles.EditRole):
            return self._text(row, column, exact=role == roles.EditRole)
        fault = self._faults.get(row)
        if role == roles.DecorationRole and column == CATEGORY:
            return self._colours.get(self._rows[row][CATEGORY])
        if role == roles.ForegroundRole:
            return self._colour(row, column, fault)
        if role == roles.BackgroundRole and self._rows[row][WORD] in self._marked:
            return with_alpha(self._theme.accent, 0.15)
        if role in (roles.ToolTipRole, roles.AccessibleDescriptionRole):
            if fault is not None:
                return safe_text(shown_text(fault.says), limit=None, rich=role == roles.ToolTipRole)
            text = self._rows[row][column] if column < TOKENS else ""
            if role == roles.ToolTipRole and len(text) > _CUT:
                return safe_text(text, limit=None, rich=True)
            n_pieces = len(self._pieces.get(self._rows[row][1], ()))
            if column == TOKENS and n_pieces > 1:
                return tr("{n} tokens: similarities use the pooling chosen above.", n=n_pieces)
        return None

    def _text(self, row: int, column: int, *, exact: bool) -> str:
        if column < TOKENS:
            text = self._rows[row][column]
            return text if exact else safe_text(text)
        if row in self._faults and not exact:
            return safe_text(shown_text(self._faults[row].short))
        pieces = self._pieces.get(self._rows[row][1], ())
        return " ".join(safe_text(piece, spaces=True, limit=24) for piece in pieces)

    def _colour(self, row: int, column: int, fault: Fault | None) -> QColor | None:
        if column == TOKENS and fault is None:
            single = len(self._pieces.get(self._rows[row][WORD], ())) <= 1
            return QColor(self._theme.muted if single else self._theme.sites["q"])
        if fault is not None and (column == TOKENS or fault.stops):
            return QColor(self._theme.danger)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() > WORD:
            return False
        category, word = before = self._rows[index.row()]
        text = str(value).strip()
        after = (text, word) if index.column() == CATEGORY else (category, text)
        self._typed = None
        if after == before:
            self._find_faults()
            return True
        self._rows[index.row()] = after
        begun = index.row() == self.new_row
        if begun and after[1]:
            self.new_row = None
        self._unsorted, self.sorted_by = None, None
        self._recolour()
        self._show_from(CATEGORY)
        self.faults_changed.emit()
        change = mark("Change word") if index.column() == WORD else mark("Change category")
        self.edited.emit(Step(tr("Add word") if begun else tr(change)))
        return True


def _added(n: int) -> str:
    return tr_n("Add {n} word", "Add {n} words", n)
