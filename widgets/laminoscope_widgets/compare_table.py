"""Compared columns as a table: watched tokens first, then the largest differences."""

import math
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from laminoscope_core.analysis.comparison import Result, Standing
from laminoscope_core.plots.prompts import probability, token_label
from laminoscope_core.sampling.columns import letter
from laminoscope_widgets.candidate_table import BAR, fixed_font
from laminoscope_widgets.plots.colours import with_alpha
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.translation import tr

__all__ = ["CompareTable", "DifferenceBars"]

Index = QModelIndex | QPersistentModelIndex
_BAR_SHARE = 0.45


class CompareTable(QAbstractTableModel):
    """A token, and per column its rank, its probability and the change from the reference.

    The reference, column A, has no change of its own.

    Attributes
    ----------
    stacked : bool
        Whether rank and probability stand below one another.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._result: Result | None = None
        self.n_watched = 0
        self.stacked = False
        self._texts: tuple[str, ...] = ()
        self._standings: list[tuple[Standing, ...]] = []
        self._font = fixed_font()
        self._parts: list[tuple[int, str]] = []
        self._largest = 1.0

    def set_result(self, result: Result, watched: tuple[str, ...]) -> None:
        """Show a comparison."""
        self.beginResetModel()
        self._result, self.n_watched, self._font = result, len(watched), fixed_font()
        self._texts = (*watched, *result.texts)
        self._standings = [result.standing(text) for text in watched]
        self._standings += [result.listed(row) for row in range(len(result.texts))]
        self._make_parts()
        change = np.abs(result.difference)
        self._largest = max(float(np.nanmax(change)), 1e-300) if np.isfinite(change).any() else 1.0
        self.endResetModel()

    def stack(self, stacked: bool) -> None:
        """Let rank and probability stand below one another, or side by side."""
        if stacked != self.stacked:
            self.beginResetModel()
            self.stacked = stacked
            self._make_parts()
            self.endResetModel()

    def _make_parts(self) -> None:
        both = ["rank and p"] if self.stacked else ["rank", "p"]
        n_columns = 0 if self._result is None else len(self._result.columns)
        self._parts = [
            (column, what)
            for column in range(n_columns)
            for what in (*both, *(["change"] if column else []))
        ]

    def part(self, section: int) -> tuple[int, str]:
        """Return which compared column a section (from 1) belongs to, and what it shows."""
        return self._parts[section - 1]

    def text_at(self, row: int) -> str:
        """Return the exact text of a row."""
        return self._texts[row]

    def token_at(self, row: int) -> int | None:
        """Return the open model's token in a row; None where there is no one such token."""
        assert self._result is not None
        if row >= self.n_watched and self._result.ids.size:
            return self._standings[row][0].token
        text, tokens = self.text_at(row), self._result.tokens
        if row >= self.n_watched:
            return tokens.texts.index(text) if tokens.texts.count(text) == 1 else None
        token, n_tokens = tokens.first_token(text)
        return token if n_tokens == 1 else None

    def row_of(self, token: int) -> int | None:
        """Return the listed row of an open model's token, if there is any."""
        if self._result is None:
            return None
        ids, text = self._result.ids, self._result.tokens.text_of(token)
        is_it = ids == token if ids.size else [text == listed for listed in self._result.texts]
        found = np.flatnonzero(is_it)
        return self.n_watched + int(found[0]) if found.size else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name
        return 0 if parent.isValid() else len(self._texts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name
        return 0 if parent.isValid() else 1 + len(self._parts)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section > len(self._parts):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if section == 0:
                return tr("Token")
            column, what = self.part(section)
            name = letter(column)
            return {
                "rank": tr("{name} rank", name=name),
                "p": f"{name} p",
                "rank and p": name,
                "change": f"{name} − A",
            }[what]
        if role == Qt.ItemDataRole.ToolTipRole and section:
            column, what = self.part(section)
            name = letter(column)
            return {
                "rank": tr("Place among the candidates of column {name}; 1 is the best", name=name),
                "p": tr("Probability in column {name}", name=name),
                "rank and p": tr(
                    "Place among the candidates of column {name}, and probability", name=name
                ),
                "change": tr("Probability in column {name} minus that in column A", name=name),
            }[what]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, section = index.row(), index.column()
        if role == Qt.ItemDataRole.BackgroundRole and row < self.n_watched:
            return with_alpha(self.theme.accent, 0.1)
        if section == 0:
            return self._name(row, role)
        column, what = self.part(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(row, column, what)
        if role == Qt.ItemDataRole.ForegroundRole and self._standings[row][column].rank <= 0:
            return QColor(self.theme.muted)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._why_empty(row, column)
        if role == BAR and what == "change":
            change = self._change(row, column)
            return None if math.isnan(change) else max(-1.0, min(1.0, change / self._largest))
        return None

    def _name(self, row: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return token_label(self.text_at(row), limit=30)
        if role == Qt.ItemDataRole.FontRole:
            return self._font
        if role == Qt.ItemDataRole.ToolTipRole and row < self.n_watched:
            return tr("Watched: change the list under Watched tokens.")
        return None

    def _cell(self, row: int, column: int, what: str) -> str:
        stand = self._standings[row][column]
        if what == "rank":
            return {0: tr("out"), -1: "–"}.get(stand.rank, str(stand.rank))
        if what == "p":
            return probability(stand.probability)
        if what == "rank and p":
            return "\n".join(self._cell(row, column, each) for each in ("rank", "p"))
        change = self._change(row, column)
        sign = "+" if change > 0 else "−" if change < 0 else ""
        return sign + probability(abs(change))

    def _change(self, row: int, column: int) -> float:
        standings = self._standings[row]
        return standings[column].probability - standings[0].probability

    def _why_empty(self, row: int, column: int) -> str | None:
        assert self._result is not None
        name, stand = letter(column), self._standings[row][column]
        if self._result.columns[column].reason:
            return tr("Column {name} is empty.", name=name)
        if stand.rank == 0:
            return tr("Removed by the chain of column {name}.", name=name)
        if stand.rank == -1:
            return tr("The model of column {name} has no such token.", name=name)
        if stand.n_tokens > 1:
            return tr(
                "{n_tokens} tokens in column {name}; the first is shown.",
                n_tokens=stand.n_tokens,
                name=name,
            )
        return None


class DifferenceBars(QStyledItemDelegate):
    """A change as a number and a bar: to the right of the middle for more, to the left for less.

    Parameters
    ----------
    theme : Theme
        May be replaced.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        change = index.data(BAR)
        text_area = QRectF(option.rect).adjusted(0, 0, -option.rect.width() * _BAR_SHARE, 0)
        narrow = QStyleOptionViewItem(option)
        self.initStyleOption(narrow, index)
        text, narrow.text = narrow.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, narrow, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        roles = QPalette.ColorRole
        colour = narrow.palette.color(roles.HighlightedText if chosen else roles.Text)
        painter.save()
        painter.setPen(colour)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(text_area, right, text)
        bars = QRectF(text_area.right() + 5, text_area.y() + 4, 0, text_area.height() - 8)
        bars.setRight(option.rect.right() - 4)
        middle = bars.center().x()
        line = QRectF(middle, option.rect.y(), 1, option.rect.height())
        painter.fillRect(line, QColor(self.theme.border))
        if change is not None:
            size = abs(change) * bars.width() / 2
            x = middle if change > 0 else middle - size
            sites = self.theme.sites
            painter.fillRect(
                QRectF(x, bars.y(), size, bars.height()),
                colour if chosen else QColor(sites["v"] if change > 0 else sites["q"]),
            )
        painter.restore()
