"""The table of words on screen: typing with its faults beside it, keys, dragging, and a menu."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QInputDialog,
    QMenu,
    QTableView,
)

from laminoscope_widgets.named import named
from laminoscope_widgets.proportion import at_each_text_size, in_proportion
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import tr
from laminoscope_widgets.word_editor import RETURNS, TABS, WordEditor
from laminoscope_widgets.word_table import CATEGORY, TOKENS, WORD, WordTable

__all__ = ["WordView"]

_ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}

_NARROWEST, _WIDEST, _BESIDE, _HEIGHT = 62, 106, 14, 22
"""Pixels beside text of 12: of a column, beside its text, and of a row."""
_FOR_TOKENS = 64
"""Pixels that the other columns leave, as far as they can be narrower."""
_SWATCH = 8
"""Pixels of a category's colour beside its name."""


class WordView(QTableView):
    """Shows a `WordTable`.

    Signals: ``row_chosen(row)`` when a person goes to a row; ``paste_wanted(replace)``.

    Parameters
    ----------
    table : WordTable
    """

    row_chosen = Signal(int)
    paste_wanted = Signal(bool)

    def __init__(self, table: WordTable) -> None:
        super().__init__()
        self.table = table
        self._following = self._fitting = self._sized_by_hand = False
        named(
            self,
            tr("Words"),
            tr(
                "Category and word, one a row; type to change, Delete removes, Alt and arrows move."
            ),
        )
        self.setModel(table)
        self._editor = WordEditor(table, self)
        self.setItemDelegate(self._editor)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setShowGrid(False)
        self.setIconSize(QSize(_SWATCH, _SWATCH))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(TOKENS, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.sectionClicked.connect(table.sort_on)
        header.sectionResized.connect(self._resized)
        self._show_order()
        self._editor.closeEditor.connect(self._closed)
        self._editor.ended.connect(self._ended)
        table.placed.connect(self._placed)
        table.faults_changed.connect(self.viewport().update)
        self.selectionModel().currentRowChanged.connect(self._row_changed)
        at_each_text_size(self, self._take_text_size)

    def _take_text_size(self) -> None:
        self.verticalHeader().setDefaultSectionSize(in_proportion(_HEIGHT))
        self._fit_columns()

    # ---- rows

    def chosen_rows(self) -> list[int]:
        """Return the numbers of the selected rows."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def add_row(self) -> None:
        """Begin a row below the current one, and edit its word."""
        index = self.table.index(self.table.begin_row(self.currentIndex().row()), WORD)
        self.setCurrentIndex(index)
        self.edit(index)

    def remove_rows(self) -> None:
        """Remove the selected rows; the one that follows them is the next."""
        rows = self.chosen_rows()
        if rows:
            self.table.remove(rows)
            self.setCurrentIndex(self.table.index(min(rows[0], self.table.rowCount() - 1), WORD))

    def reset(self) -> None:
        """Show other rows at the place where these were shown."""
        bar = self.verticalScrollBar()
        place = bar.value()
        super().reset()
        self._show_order()
        self._fit_columns()
        self.executeDelayedItemsLayout()
        bar.setValue(place)

    def select_rows(self, rows: Sequence[int]) -> None:
        """Select rows without reporting that as a person's choice."""
        chosen, flags = QItemSelection(), QItemSelectionModel.SelectionFlag
        for row in rows:
            chosen.select(self.table.index(row, CATEGORY), self.table.index(row, TOKENS))
        self._following = True
        if rows:
            self.setCurrentIndex(self.table.index(rows[0], WORD))
            self.scrollTo(self.table.index(rows[-1], WORD))
        self.selectionModel().select(chosen, flags.ClearAndSelect)
        self._following = False

    def let_go(self) -> None:
        """Select nothing, without reporting that."""
        self._following = True
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()
        self._following = False

    def show_row(self, row: int | None) -> None:
        """Scroll to a row, if there is such a one."""
        if row is not None:
            self.scrollTo(self.table.index(row, WORD))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Make the first columns as wide as their texts, within bounds, until a person does."""
        if self._sized_by_hand:
            return
        self._fitting = True
        narrowest = in_proportion(_NARROWEST)
        wanted: dict[int, int] = {}
        for column in (CATEGORY, WORD):
            texts = {row[column] for row in self.table.rows()}
            longest = sorted(texts, key=len)[-20:]
            widths = (self.fontMetrics().horizontalAdvance(safe_text(text)) for text in longest)
            width = max(widths, default=0) + _BESIDE
            width = min(max(width, narrowest), in_proportion(_WIDEST))
            wanted[column] = width + (2 * _SWATCH if column == CATEGORY else 0)
        lacking = sum(wanted.values()) + in_proportion(_FOR_TOKENS) - self.viewport().width()
        for column in (CATEGORY, WORD):  # a long name is cut before the tokens are
            taken = min(max(lacking, 0), wanted[column] - narrowest)
            lacking -= taken
            self.setColumnWidth(column, wanted[column] - taken)
        self._fitting = False

    def _resized(self, column: int, _before: int, _now: int) -> None:
        self._sized_by_hand |= column < TOKENS and not self._fitting

    def _placed(self, first: int, count: int) -> None:
        self.select_rows(range(first, first + count))

    def _row_changed(self, now: QModelIndex) -> None:
        if not self._following:
            self.row_chosen.emit(now.row())

    def _show_order(self) -> None:
        column, order = self.table.sorted_by or (-1, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().setSortIndicator(column, order)

    # ---- typing

    def take_typed(self) -> None:
        """Enter what is being typed into a cell, if anything is."""
        self._editor.take()

    def _closed(self) -> None:
        self.table.type(self.currentIndex(), None)
        self.table.end_row()

    def _ended(self, key: int, was_new: bool, was_added: bool) -> None:
        if key in TABS:
            self.focusNextPrevChild(key == Qt.Key.Key_Tab)
        elif was_added:
            self.add_row()
        elif not was_new:
            self._go_down()

    def _go_down(self) -> None:
        index = self.currentIndex().siblingAtRow(self.currentIndex().row() + 1)
        if index.isValid():
            self.setCurrentIndex(index)

    def _move_by(self, places: int) -> None:
        """Move the selected rows one up or down, among others if they are of another category."""
        rows = self.chosen_rows()
        before = rows[0] - 1 if rows and places < 0 else rows[-1] + 2 if rows else -1
        if 0 <= before <= self.table.rowCount():
            self.table.move(rows, before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in RETURNS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._go_down()
        elif event.key() in _ARROWS and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self._move_by(_ARROWS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Insert:
            self.add_row()
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.remove_rows()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit(False)
        else:
            super().keyPressEvent(event)

    # ---- dragging

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is self:
            super().dragEnterEvent(event)
        else:
            event.ignore()  # files are for the window

    def dropEvent(self, event: QDropEvent) -> None:
        position = event.position().toPoint()
        index = self.indexAt(position)
        before = self.table.rowCount()
        if index.isValid():
            below = position.y() > self.visualRect(index).center().y()
            before = index.row() + int(below)
        self.table.move(self.chosen_rows(), before)
        event.accept()

    # ---- the menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())
        event.accept()

    def menu(self) -> QMenu:
        """Return what can be done with the selected rows."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rows, names = self.chosen_rows(), list(self.table.categories())
        menu.addAction(tr("Add word\tIns")).triggered.connect(self.add_row)
        remove = menu.addAction(tr("Remove\tDel"))
        remove.triggered.connect(self.remove_rows)
        menu.addSeparator()
        move = menu.addMenu(tr("Move to category"))
        for name in names:
            entry = move.addAction(_shown(name))
            entry.triggered.connect(partial(self._move_to, rows, name))
        move.addSeparator()
        move.addAction(tr("New category…")).triggered.connect(partial(self._ask_category, rows))
        for entry in (remove, move.menuAction()):
            entry.setEnabled(bool(rows))
        if rows:
            category = self.table.index(rows[0], CATEGORY).data(Qt.ItemDataRole.EditRole)
            rename = menu.addAction(tr("Rename category {category}…", category=_shown(category)))
            rename.triggered.connect(partial(self._ask_name, category))
        menu.addSeparator()
        sort = menu.addMenu(tr("Sort"))
        for title, column in ((tr("By category"), CATEGORY), (tr("By word"), WORD)):
            sort.addAction(title).triggered.connect(partial(self._sort, column))
        back = sort.addAction(tr("Back as it was"))
        back.setEnabled(self.table.sorted_by is not None)
        back.triggered.connect(self.table.sort_back)
        following = menu.addAction(tr("Next row to look at"))
        following.setEnabled(bool(self.table.faults()))
        following.triggered.connect(self._go_to_fault)
        menu.addSeparator()
        menu.addAction(tr("Paste words\tCtrl+V")).triggered.connect(partial(self._paste, False))
        menu.addAction(tr("Replace all by what is copied")).triggered.connect(
            partial(self._paste, True)
        )
        return menu

    def _go_to_fault(self) -> None:
        here = self.currentIndex().row()
        rows = sorted(self.table.faults(), key=lambda row: (row <= here, row))
        self.select_rows(rows[:1])

    def _move_to(self, rows: list[int], category: str, _: bool = False) -> None:
        self.table.move_to_category(rows, category)
        self.select_rows(rows)

    def _sort(self, column: int, _: bool = False) -> None:
        self.table.sort_on(column)

    def _paste(self, replace: bool, _: bool = False) -> None:
        self.paste_wanted.emit(replace)

    def _ask_category(self, rows: list[int], _: bool = False) -> None:
        name, accepted = QInputDialog.getText(self, tr("Move to a new category"), tr("Its name:"))
        if accepted and name.strip():
            self._move_to(rows, name.strip())

    def _ask_name(self, category: str, _: bool = False) -> None:
        name, accepted = QInputDialog.getText(
            self, tr("Rename category"), tr("New name, of all its words:"), text=category
        )
        if accepted and name.strip():
            self.table.rename_category(category, name.strip())


def _shown(name: str) -> str:
    return safe_text(name, limit=40).replace("&", "&&") or "(none)"
