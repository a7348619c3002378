"""Watched tokens after every prompt, and the selected candidate's way through the chain."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from laminoscope_core.analysis.continuation import PlaceResult, Result, stage_labels
from laminoscope_core.sampling import Candidates
from laminoscope_core.sampling.compare import watched
from laminoscope_widgets.candidate_table import fixed_font, probability_text
from laminoscope_widgets.panel import Panel, Workspace, plain_label
from laminoscope_widgets.plots.style import small_font
from laminoscope_widgets.text import safe_text

__all__ = ["WatchPanel"]

_ROW = 21
_AT_FIRST = [" snow", " the", " ground"]


class WatchPanel(Panel):
    """Ranks and probabilities that follow every prompt and every change of the chain."""

    id = "watch"
    title = "Watched tokens"
    requires = ("continuation",)
    help_topic = "watch"
    follows = ("prompt", "candidate")
    state_attrs = ("texts",)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.texts: list[str] = list(_AT_FIRST)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(10, 6, 10, 8)
        column.setSpacing(6)
        row = QHBoxLayout()
        self.line = QLineEdit(placeholderText="Token")
        self.line.setFont(fixed_font())
        self.line.setToolTip("Most words begin with a space: type it too.")
        self.line.returnPressed.connect(self.add)
        row.addWidget(self.line, 1)
        watch = QPushButton("Watch")
        watch.clicked.connect(self.add)
        row.addWidget(watch)
        column.addLayout(row)
        self.message = plain_label("", "muted")
        self.message.setWordWrap(True)
        self.message.hide()
        column.addWidget(self.message)
        self.table = _table()
        self.table.cellClicked.connect(self._clicked)
        column.addWidget(self.table)
        self.drop_button = QPushButton("Remove")
        self.drop_button.setToolTip("Stop watching the selected token.")
        self.drop_button.clicked.connect(self.remove)
        column.addWidget(self.drop_button)
        self.chosen = plain_label("", "panelTitle")
        self.chosen.setWordWrap(True)
        column.addWidget(self.chosen)
        self.way = _table()
        self.way.setColumnCount(3)
        self.way.setHorizontalHeaderLabels(["After", "Rank", "p"])
        self.way.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        column.addWidget(self.way, 1)
        self.set_body(body)
        self._ids: list[int] = []

    def add(self) -> None:
        """Watch what was typed."""
        text = self.line.text()
        if text and text not in self.texts:
            self.texts.append(text)
        self.line.clear()
        self.schedule_update()

    def remove(self) -> None:
        """Stop watching the selected token."""
        row = self.table.currentRow()
        if 0 <= row < len(self.texts):
            del self.texts[row]
        self.schedule_update()

    def update_view(self) -> None:
        """Fill both tables."""
        result: Result = self.results["continuation"]
        self._fill_watched(result)
        self._fill_way(result)

    def _fill_watched(self, result: Result) -> None:
        first = [result.tokens.first_token(text) for text in self.texts]
        self._ids = [token for token, _ in first]
        split = [text for text, (_, n) in zip(self.texts, first, strict=True) if n > 1]
        names = ", ".join(safe_text(text, spaces=True, limit=20) for text in split)
        self.message.setText(f"Of {names} the first token is watched.")
        self.message.setVisible(bool(split))
        self.table.setColumnCount(1 + len(result.places))
        header = ["Token", *(f"Prompt {n + 1}" for n in range(len(result.places)))]
        self.table.setHorizontalHeaderLabels(header)
        sections = self.table.horizontalHeader()
        sections.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        sections.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setRowCount(len(self._ids))
        self.table.setFixedHeight(30 + _ROW * min(max(len(self._ids), 1), 10))
        for column, after in enumerate(result.places, start=1):
            raw = watched(after.stages.raw, self._ids)
            final = watched(after.stages.final, self._ids)
            for row, (before, now) in enumerate(zip(raw, final, strict=True)):
                name = safe_text(result.tokens.text_of(before.token), spaces=True, limit=20)
                _set(self.table, row, 0, name, mono=True)
                left = f"{probability_text(now.probability)} after the chain"
                if now.rank == 0:
                    left = "removed by the chain"
                _set(
                    self.table,
                    row,
                    column,
                    f"{before.rank} · {probability_text(before.probability)}",
                    tip=f"{safe_text(after.place.prompt.text, limit=60, rich=True)}<br>{left}",
                    faint=now.rank == 0,
                )

    def _fill_way(self, result: Result) -> None:
        token = self.selection.candidate
        after = result.places[min(self.selection.prompt, len(result.places) - 1)]
        if token is None or token >= after.stages.raw.vocabulary:
            self.chosen.setText("Click a candidate to see its way through the chain.")
            self.way.setRowCount(0)
            return
        name = safe_text(result.tokens.text_of(token), spaces=True, limit=24)
        self.chosen.setText(f"{name} through the chain")
        rows = _way(after, token)
        self.way.setRowCount(len(rows))
        for number, (label, rank, p) in enumerate(rows):
            _set(self.way, number, 0, label, faint=rank == 0)
            _set(self.way, number, 1, str(rank) if rank else "removed", faint=rank == 0)
            _set(self.way, number, 2, probability_text(p) if rank else "", faint=rank == 0)

    def _clicked(self, row: int, _column: int) -> None:
        self.selection.candidate = self._ids[row]


def _way(after: PlaceResult, token: int) -> list[tuple[str, int, float]]:
    """Label, rank (0 when removed) and probability after every stage that changed something."""
    rows = [("model", *_stand(after.stages.raw, token))]
    for label, stage in zip(stage_labels(after.stages), after.stages, strict=True):
        if stage.kept is stage.received:
            continue
        rank, p = _stand(stage.kept, token)
        rows.append((label, rank, p))
        if rank == 0:
            break
    return rows


def _stand(candidates: Candidates, token: int) -> tuple[int, float]:
    place = np.flatnonzero(candidates.ids == token)
    return (int(place[0]) + 1, float(candidates.probabilities[place[0]])) if place.size else (0, 0)


def _table() -> QTableWidget:
    table = QTableWidget()
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(_ROW)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setHighlightSections(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    return table


def _set(
    table: QTableWidget,
    row: int,
    column: int,
    text: str,
    *,
    tip: str = "",
    mono: bool = False,
    faint: bool = False,
) -> None:
    item = QTableWidgetItem(text)
    alignment = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
    item.setTextAlignment(alignment | Qt.AlignmentFlag.AlignVCenter)
    item.setToolTip(tip)
    item.setFont(fixed_font(11) if mono else small_font())
    if faint:
        item.setForeground(table.palette().placeholderText())
    table.setItem(row, column, item)
