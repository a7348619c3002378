"""Compare: two distributions side by side, of prompts or of chain and model."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from laminoscope_core.analysis.continuation import PlaceResult, Result
from laminoscope_core.sampling.compare import Differences, differences
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_widgets.candidate_table import BAR, fixed_font, probability_text
from laminoscope_widgets.panel import Panel, Workspace, plain_label
from laminoscope_widgets.plots.colours import with_alpha
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

__all__ = ["ComparePanel"]

Index = QModelIndex | QPersistentModelIndex
_N_LISTED = 200


class ComparePanel(Panel):
    """Probabilities of the same tokens at two places, and the distance between the two."""

    id = "compare"
    title = "Compare"
    requires = ("continuation",)
    help_topic = "compare"
    follows = ("prompt", "candidate")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.first, self.second = QComboBox(), QComboBox()
        self.first.setToolTip("A prompt; of the model alone, or after the sampler chain.")
        self.second.setToolTip("What to compare it with.")
        for box in (self.first, self.second):
            box.activated.connect(self.schedule_update)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            self.controls.addWidget(box)
        self.table = _DifferenceTable(self.theme)
        self.bars = _DifferenceBars(self.theme)
        self.view = QTableView()
        self.view.setModel(self.table)
        self.view.setItemDelegateForColumn(4, self.bars)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(21)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setShowGrid(False)
        self.view.setFrameShape(QTableView.Shape.NoFrame)
        header = self.view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((96, 62, 62, 66)):
            self.view.setColumnWidth(column, width)
        header.setStretchLastSection(True)
        self.view.clicked.connect(self._clicked)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        self.distance = plain_label("", "muted")
        self.distance.setIndent(8)
        column.addWidget(self.distance)
        column.addWidget(self.view, 1)
        self.set_body(body)

    def result_changed(self, analysis: str) -> None:
        """Offer the prompts there are."""
        count = len(self.results[analysis].places)
        sides = [(number, after) for after in ("model", "chain") for number in range(count)]
        for position, box in enumerate((self.first, self.second)):
            if box.count() == len(sides):
                continue
            box.clear()
            for number, after in sides:
                box.addItem(f"prompt {number + 1}, {after}", (number, after))
            box.setCurrentIndex(position)

    def update_view(self) -> None:
        """List the differences of the two chosen prompts."""
        result: Result = self.results["continuation"]
        chosen = (self.first.currentData(), self.second.currentData())
        first, second = (_distribution(result.places[n], after) for n, after in chosen)
        found = differences(first, second, _N_LISTED)
        self.table.set_differences(found, result.tokens)
        self.distance.setText(
            f"Jensen–Shannon distance {found.distance:.3f} (0 equal, 0.833 disjoint)"
        )

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.bars.theme = theme
        super().apply_theme(theme)

    def _clicked(self, index: QModelIndex) -> None:
        self.selection.candidate = self.table.token_at(index.row())


class _DifferenceTable(QAbstractTableModel):
    """Token, probability after each prompt, difference, and a bar from the middle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._found: Differences | None = None
        self._tokens: NextTokens | None = None
        self._font = fixed_font()

    def set_differences(self, found: Differences, tokens: NextTokens) -> None:
        """Show differences of two distributions."""
        self.beginResetModel()
        self._found, self._tokens = found, tokens
        self.endResetModel()

    def token_at(self, row: int) -> int:
        """Return the vocabulary id in a row."""
        assert self._found is not None
        return int(self._found.ids[row])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name
        return 0 if parent.isValid() or self._found is None else int(self._found.ids.size)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name
        return 0 if parent.isValid() else 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return ("Token", "p left", "p right", "Change", "")[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        assert self._found is not None
        assert self._tokens is not None
        found, row, column = self._found, index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            if column == 0:
                text = self._tokens.text_of(int(found.ids[row]))
                return safe_text(text, spaces=True, limit=30)
            change = float(found.difference[row])
            sign = "+" if change > 0 else "−" if change < 0 else ""
            return {
                1: probability_text(float(found.first[row])),
                2: probability_text(float(found.second[row])),
                3: f"{sign}{probability_text(abs(change))}",
            }.get(column)
        if role == BAR:
            return float(found.difference[row] / max(np.abs(found.difference).max(), 1e-300))
        if role == Qt.ItemDataRole.FontRole and column == 0:
            return self._font
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class _DifferenceBars(QStyledItemDelegate):
    """Bars to the right of the middle for more, to the left for less."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        change = index.data(BAR)
        area = QRectF(option.rect).adjusted(4, 5, -6, -5)
        middle = area.center().x()
        painter.fillRect(
            QRectF(middle, area.y() - 3, 1, area.height() + 6), QColor(self.theme.border)
        )
        if change is None:
            return
        size = abs(change) * area.width() / 2
        colour = self.theme.sites["v"] if change > 0 else self.theme.sites["q"]
        x = middle if change > 0 else middle - size
        painter.fillRect(QRectF(x, area.y(), size, area.height()), with_alpha(colour, 0.85))


def _distribution(after: PlaceResult, which: str) -> np.ndarray:
    candidates = after.stages.raw if which == "model" else after.stages.final
    p = np.zeros(candidates.vocabulary)
    p[candidates.ids] = candidates.probabilities
    return p
