"""Numbers as a table that can be read and copied."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QFontDatabase, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QDialog, QTableView, QVBoxLayout, QWidget

from laminoscope_core.tables import Table, guarded_text
from laminoscope_widgets.explained import explained
from laminoscope_widgets.named import named
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import shown_text, tr, tr_n

__all__ = ["DataModel", "DataView", "copied_table"]

_Index = QModelIndex | QPersistentModelIndex


class DataModel(QAbstractTableModel):
    """A table's columns; cells are made into text when they are seen.

    Parameters
    ----------
    table : Table
        The numbers.
    meanings : mapping of str to str
        What columns hold, by name: shown when one points at their heads.
    """

    def __init__(self, table: Table, meanings: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._names = list(table.columns)
        self._meanings = meanings or {}
        self._columns = list(table.columns.values())
        self._n_rows = len(table)

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._n_rows

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._names)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return _shown(self._columns[index.column()][index.row()])
        if role == Qt.ItemDataRole.EditRole:
            value = self._columns[index.column()][index.row()]
            return None if _is_text(value) else str(value)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            value = self._columns[index.column()][index.row()]
            side = Qt.AlignmentFlag.AlignLeft if _is_text(value) else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        horizontal = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.ToolTipRole and horizontal:
            return safe_text(shown_text(self._meanings.get(self._names[section], "")), limit=None)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if horizontal:
            return safe_text(self._names[section])
        return section + 1


class DataView(QDialog):
    """A window with a table; Ctrl+C copies the selected cells, or all.

    Parameters
    ----------
    title : str
        Whose numbers they are.
    table : Table
        The numbers.
    parent : QWidget
        The window.
    meanings : mapping of str to str
        What columns hold, by name.
    """

    def __init__(
        self,
        title: str,
        table: Table,
        parent: QWidget,
        meanings: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Data of {title}", title=title))
        explained(self, "columns")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 520)
        self.table = QTableView()
        self.model = DataModel(table, meanings)
        self.table.setModel(self.model)
        self.table.setWordWrap(False)
        self.table.setAlternatingRowColors(True)
        self.table.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().setDefaultSectionSize(22)
        named(
            self.table,
            tr("Data of {title}", title=title),
            tr("The numbers of the plot; Ctrl+C copies them. Column heads say what they hold."),
        )
        column = QVBoxLayout(self)
        column.addWidget(plain_label(tr_n("{n} line", "{n} lines", len(table)), "muted"))
        column.addWidget(self.table)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self, self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(copied_table(self.table) or "")


def copied_table(widget: QWidget | None) -> str | None:
    """Return the selected cells of a table as tab-separated text, all if none is selected.

    Formulas are defused, as in files.  None if the widget is no table.
    """
    if not isinstance(widget, QAbstractItemView) or widget.model() is None:
        return None
    model = widget.model()
    if isinstance(model, QAbstractListModel):
        return None
    chosen = widget.selectionModel().selectedIndexes()
    if len(chosen) > 1:
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
    else:
        rows, columns = list(range(model.rowCount())), list(range(model.columnCount()))
    horizontal = Qt.Orientation.Horizontal
    lines = [[model.headerData(column, horizontal) for column in columns]]
    lines += [[_value(model.index(row, column)) for column in columns] for row in rows]
    return "".join("\t".join(map(_cell, line)) + "\n" for line in lines)


def _value(index: _Index) -> object:
    exact = index.data(Qt.ItemDataRole.EditRole)
    return index.data() if exact is None else exact


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    for character in "\t\r\n":
        text = text.replace(character, " ")
    try:
        float(text)
    except ValueError:
        return guarded_text(text)
    return text  # a minus sign makes no formula of a number


def _is_text(value: object) -> bool:
    return isinstance(value, (str, np.str_))


def _shown(value: object) -> str:
    if _is_text(value):
        return safe_text(str(value), limit=200)
    if isinstance(value, (float, np.floating)):
        return "" if np.isnan(value) else f"{value:.7g}"
    return str(value)
