"""The candidates of the next token as a table: one row per token of the vocabulary."""

from typing import Any, TypeVar

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from laminoscope_core.plots.candidates import CandidateRows
from laminoscope_core.plots.prompts import probability, stage_title, token_label
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_widgets.proportion import at_each_text_size, in_proportion
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.translation import mark, shown_text, tr

__all__ = ["BAR", "BEFORE", "BarDelegate", "CandidateTable", "fixed_font", "monospaced"]

Index = QModelIndex | QPersistentModelIndex
_Widget = TypeVar("_Widget", bound=QWidget)
_COLUMNS = (
    mark("Rank"),
    mark("Token"),
    mark("Id"),
    mark("Logit"),
    mark("Model p"),
    mark("Chain p"),
    mark("Before p"),
    "",
)
_TIPS = (
    mark("Place among the model's candidates"),
    mark("Exactly as the tokenizer has it: · is a space"),
    mark("Number in the vocabulary"),
    mark("The model's score before softmax"),
    mark("Probability from the model alone"),
    mark("Probability after the sampler chain"),
    mark("Probability from the model as it is"),
    mark("Grey: model, coloured: chain"),
)
BEFORE = 6
"""The column of the model as it is, where the others are of the altered one."""
BAR = Qt.ItemDataRole.UserRole
"""Role of a pair of fractions (0 to 1) that `BarDelegate` draws."""


def fixed_font(pixels: int = 12) -> QFont:
    """Return the system's monospaced face for token text, so large beside text of 12 pixels."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(in_proportion(pixels))
    return font


def monospaced(widget: _Widget, pixels: int = 12) -> _Widget:
    """Return a widget whose text has that face, whatever size text gets."""
    at_each_text_size(widget, lambda: widget.setFont(fixed_font(pixels)))
    return widget


class CandidateTable(QAbstractTableModel):
    """Candidates by the model's rank; cells are made when they are looked at."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._font = fixed_font()
        self._rows: CandidateRows | None = None
        self._tokens: NextTokens | None = None

    def set_rows(self, rows: CandidateRows, tokens: NextTokens) -> None:
        """Show the candidates after one prompt."""
        same_size = self._rows is not None and len(rows) == len(self._rows)
        if not same_size:
            self.beginResetModel()
        self._rows, self._tokens, self._font = rows, tokens, fixed_font()
        if same_size:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(_COLUMNS) - 1))
        else:
            self.endResetModel()

    @property
    def rows(self) -> CandidateRows | None:
        """What is shown."""
        return self._rows

    def token_at(self, row: int) -> int:
        """Return the vocabulary id in a row."""
        assert self._rows is not None
        return int(self._rows.ids[row])

    def row_of(self, token: int) -> int | None:
        """Return the row of a vocabulary id."""
        if self._rows is None:
            return None
        found = np.flatnonzero(self._rows.ids == token)
        return int(found[0]) if found.size else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name
        return 0 if parent.isValid() or self._rows is None else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return tr(_COLUMNS[section])
            if role == Qt.ItemDataRole.ToolTipRole:
                return tr(_TIPS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        assert self._rows is not None
        rows, row, column = self._rows, index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == BAR:
            return rows.raw[row] / rows.largest, rows.final[row] / rows.largest
        if role == Qt.ItemDataRole.TextAlignmentRole and column != 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and column == 1:
            return self._font
        if role == Qt.ItemDataRole.ForegroundRole and rows.removed_by[row] >= 0:
            return QColor(self.theme.muted)
        if role == Qt.ItemDataRole.ToolTipRole and rows.removed_by[row] >= 0:
            by = shown_text(stage_title(rows.labels[rows.removed_by[row]]))
            return tr("removed by {sampler}", sampler=by)
        return None

    def _text(self, row: int, column: int) -> str | None:
        assert self._rows is not None
        assert self._tokens is not None
        rows = self._rows
        if column == 1:
            return token_label(self._tokens.text_of(int(rows.ids[row])), limit=40)
        gone = rows.removed_by[row] >= 0
        return {
            0: str(row + 1),
            2: str(int(rows.ids[row])),
            3: f"{rows.logits[row]:.2f}",
            4: probability(float(rows.raw[row])),
            5: "–" if gone else probability(float(rows.final[row])),
            BEFORE: "" if rows.unaltered is None else probability(float(rows.unaltered[row])),
        }.get(column)


class BarDelegate(QStyledItemDelegate):
    """Draws two bars over each other: what was, and what is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        fractions = index.data(BAR)
        if fractions is None:
            return
        before, after = fractions
        area = QRectF(option.rect).adjusted(4, 3, -6, -3)
        grey, colour = QColor(self.theme.grid), QColor(self.theme.sites["v"])
        grey.setAlphaF(0.35)
        painter.fillRect(QRectF(area.x(), area.y(), area.width() * before, area.height()), grey)
        thin = area.adjusted(0, 3, 0, -3)
        painter.fillRect(QRectF(thin.x(), thin.y(), thin.width() * after, thin.height()), colour)
