"""The candidates of the next token as a table: one row per token of the vocabulary."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from laminoscope_core.analysis.continuation import PlaceResult, stage_labels
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

__all__ = ["BAR", "BarDelegate", "CandidateTable", "fixed_font", "probability_text"]

Index = QModelIndex | QPersistentModelIndex
_COLUMNS = ("Rank", "Token", "Id", "Logit", "Model p", "Chain p", "")
_TIPS = (
    "Place among the model's candidates",
    "Exactly as the tokenizer has it: · is a space",
    "Number in the vocabulary",
    "The model's score before softmax",
    "Probability from the model alone",
    "Probability after the sampler chain",
    "Grey: model, coloured: chain",
)
BAR = Qt.ItemDataRole.UserRole
"""Role of a pair of fractions (0 to 1) that `BarDelegate` draws."""


def fixed_font(pixels: int = 12) -> QFont:
    """Return the system's monospaced face for token text."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(pixels)
    return font


def probability_text(p: float) -> str:
    """Return a probability with the digits it deserves.

    Examples
    --------
    >>> probability_text(0.62077), probability_text(0.0000123), probability_text(0.0)
    ('0.6208', '1.2e-05', '0')
    """
    if p == 0:
        return "0"
    return f"{p:.4f}" if p >= 0.0005 else f"{p:.1e}"


class CandidateTable(QAbstractTableModel):
    """Candidates by the model's rank; cells are made when they are looked at."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._font = fixed_font()
        self._ids = np.empty(0, dtype=np.int64)
        self._logits = self._raw = self._final = np.empty(0)
        self._fate = np.empty(0, dtype=np.int16)
        self._labels: tuple[str, ...] = ()
        self._tokens: NextTokens | None = None

    def set_result(self, after: PlaceResult, tokens: NextTokens) -> None:
        """Show the candidates after one prompt."""
        raw, final = after.stages.raw, after.stages.final
        same_size = len(raw) == self._ids.size
        if not same_size:
            self.beginResetModel()
        self._tokens = tokens
        self._ids, self._logits, self._raw = raw.ids, raw.logits, raw.probabilities
        self._final = np.zeros(raw.vocabulary)
        self._final[final.ids] = final.probabilities
        self._fate = _fates(after)
        self._labels = stage_labels(after.stages)
        self._largest = max(float(self._raw[0]), float(final.probabilities[0]))
        if same_size:
            self.dataChanged.emit(
                self.index(0, 0), self.index(self._ids.size - 1, len(_COLUMNS) - 1)
            )
        else:
            self.endResetModel()

    def token_at(self, row: int) -> int:
        """Return the vocabulary id in a row."""
        return int(self._ids[row])

    def row_of(self, token: int) -> int | None:
        """Return the row of a vocabulary id."""
        found = np.flatnonzero(self._ids == token)
        return int(found[0]) if found.size else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name
        return 0 if parent.isValid() else int(self._ids.size)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return _COLUMNS[section]
            if role == Qt.ItemDataRole.ToolTipRole:
                return _TIPS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        token = int(self._ids[row])
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, token, column)
        if role == BAR:
            return self._raw[row] / self._largest, self._final[token] / self._largest
        if role == Qt.ItemDataRole.TextAlignmentRole and column != 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and column == 1:
            return self._font
        if role == Qt.ItemDataRole.ForegroundRole and self._fate[token] >= 0:
            return QColor(self.theme.muted)
        if role == Qt.ItemDataRole.ToolTipRole and self._fate[token] >= 0:
            return f"removed by {self._labels[self._fate[token]]}"
        return None

    def _text(self, row: int, token: int, column: int) -> str | None:
        if column == 1 and self._tokens is not None:
            return safe_text(self._tokens.text_of(token), spaces=True, limit=40)
        gone = self._fate[token] >= 0
        return {
            0: str(row + 1),
            2: str(token),
            3: f"{self._logits[row]:.2f}",
            4: probability_text(float(self._raw[row])),
            5: "–" if gone else probability_text(float(self._final[token])),
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


def _fates(after: PlaceResult) -> np.ndarray:
    """Number of the stage that removed each token, −1 for survivors, (vocabulary,)."""
    fate = np.full(after.stages.raw.vocabulary, -1, dtype=np.int16)
    for number, stage in enumerate(after.stages):
        if len(stage.kept) < len(stage.received):
            there = np.zeros(fate.size, dtype=bool)
            there[stage.received.ids] = True
            there[stage.kept.ids] = False
            fate[there] = number
    return fate
