"""Watched tokens after every prompt, and the selected candidate's way through the chain."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
)

from laminoscope_core.analysis.continuation import Result
from laminoscope_core.plots.prompts import place_after, probability, stage_title, token_label
from laminoscope_core.plots.registry import PLOTS, Spec
from laminoscope_core.plots.watch import WatchRow, watch_table, way_through
from laminoscope_widgets.arranging import across, boxed, down, keep_widths, set_widths, tabular
from laminoscope_widgets.candidate_table import fixed_font, monospaced
from laminoscope_widgets.named import named
from laminoscope_widgets.panel import Workspace, plain_label
from laminoscope_widgets.plot_panel import ViewPanel
from laminoscope_widgets.plots.style import small_font
from laminoscope_widgets.proportion import in_proportion
from laminoscope_widgets.reading import read_or_ask
from laminoscope_widgets.steps import Step
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["WatchPanel"]

_ROW, _TALL_ROW = 21, 35
_TOKEN = 78
_WIDEST = "8.8e-88"
"""A probability that takes as much room as any."""


class WatchPanel(ViewPanel):
    """Ranks and probabilities that follow every prompt and every change of the chain."""

    plot = PLOTS["watch"]
    one_state = True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.line = named(QLineEdit(placeholderText=tr("Token")), tr("Token to watch"))
        monospaced(self.line)
        self.line.setToolTip(tr("Most words begin with a space: type it too."))
        self.line.returnPressed.connect(self.add)
        watch = QPushButton(tr("Watch"))
        watch.clicked.connect(self.add)
        self.message = plain_label("", "muted", wraps=True)
        self.message.hide()
        self.table = _table(
            tr("Watched tokens"),
            tr("Rank and probability of each watched token after every prompt."),
            _TALL_ROW,
        )
        self.table.cellClicked.connect(self._clicked)
        self.drop_button = QPushButton(tr("Remove"))
        self.drop_button.setToolTip(tr("Stop watching the selected token."))
        self.drop_button.clicked.connect(self.remove)
        self.chosen = plain_label("", "panelTitle", wraps=True)
        self.way = _table(
            tr("Way through the chain"),
            tr("Rank and probability of the chosen token after each sampler."),
            _ROW,
        )
        self.way.setColumnCount(3)
        self.way.setHorizontalHeaderLabels([tr("After"), tr("Rank"), "p"])
        header = self.way.horizontalHeader()
        for section in (1, 2):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
        keep_widths(header, {1: 58, 2: 64})
        self.way.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        body = down(
            across((self.line, 1), watch),
            self.message,
            self.table,
            self.drop_button,
            self.chosen,
            (self.way, 1),
            margins=(10, 6, 10, 8),
        )
        self.set_body(boxed(body))
        self._ids: list[int] = []

    def add(self) -> None:
        """Watch what was typed."""
        text = self.line.text()
        if text and text not in self.selection.watched:
            self.selection.watched = (*self.selection.watched, text)
            self.changed.emit(Step(tr("Watch {token}", token=token_label(text, limit=20))))
        self.line.clear()

    def remove(self) -> None:
        """Stop watching the selected token."""
        row, watched = self.table.currentRow(), self.selection.watched
        if 0 <= row < len(watched):
            self.selection.watched = watched[:row] + watched[row + 1 :]
            self.changed.emit(
                Step(tr("Watch {token} no longer", token=token_label(watched[row], limit=20)))
            )

    def undo_state(self) -> dict[str, Any]:
        """Return the choices of the panel and the watched tokens, which all panels share."""
        return {**super().undo_state(), "watched": self.selection.watched}

    def take_undo_state(self, state: dict[str, Any]) -> None:
        """Take back what `undo_state` gave."""
        super().take_undo_state(state)
        self.selection.watched = state["watched"]

    def update_view(self) -> None:
        """Fill both tables."""
        result: Result = self.results["continuation"]
        self._fill_watched(result)
        self._fill_way(result)

    def _fill_watched(self, result: Result) -> None:
        watched = self.selection.watched
        rows = watch_table(result, read_or_ask(self, result.tokens.tokenizers, watched))
        self._ids = [row.token for row in rows]
        self._say_what_is_split([row for row in rows if row.n_tokens != 1])
        self.table.setColumnCount(1 + len(result.places))
        prompts = [safe_text(after.place.prompt.text.strip()) for after in result.places]
        self.table.setHorizontalHeaderLabels([tr("Token"), *prompts])
        for column, after in enumerate(result.places, start=1):
            tip = safe_text(result.tokens.text_before(after.place), limit=200, rich=True)
            heading = self.table.horizontalHeaderItem(column)
            assert heading is not None
            heading.setToolTip(tip)
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            self._fill_row(number, row)
        self._fit(len(rows), len(result.places))

    def _fit(self, n_rows: int, n_prompts: int) -> None:
        """Give every number its room; where all have none, the table scrolls sideways."""
        sections, table = self.table.horizontalHeader(), self.table
        sections.setMinimumSectionSize(QFontMetrics(small_font()).horizontalAdvance(_WIDEST) + 7)
        sections.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        sections.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        token = min(in_proportion(_TOKEN), table.sizeHintForColumn(0)) if n_prompts > 2 else 0
        set_widths(sections, {0: 0} if token else {0: _TOKEN})
        sections.resizeSection(0, max(sections.sectionSize(0), token))
        room = table.width() - 2 * table.frameWidth()
        scrolls = sections.sectionSize(0) + n_prompts * sections.minimumSectionSize() > room
        bar = table.horizontalScrollBar().sizeHint().height() if scrolls else 0
        rows = in_proportion(_TALL_ROW) * min(max(n_rows, 1), 8)
        table.setFixedHeight(in_proportion(30) + rows + bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.schedule_update()

    def _fill_row(self, number: int, row: WatchRow) -> None:
        name = safe_text(row.text, spaces=True, limit=20)
        _set(self.table, number, 0, name, mono=True)
        for column, (before, now) in enumerate(zip(row.raw, row.final, strict=True), start=1):
            gone = now.rank == 0
            left = tr("{probability} after the chain", probability=probability(now.probability))
            _set(
                self.table,
                number,
                column,
                f"{before.rank}\n{probability(before.probability)}" if row.n_tokens else "–",
                tip=tr("removed by the chain") if gone else left,
                faint=gone,
            )

    def _say_what_is_split(self, rows: list[WatchRow]) -> None:
        said = []
        for row in rows:
            name = safe_text(row.text, spaces=True, limit=20)
            said.append(
                tr(
                    "{name} is {n_tokens} tokens; the first is watched.",
                    name=name,
                    n_tokens=row.n_tokens,
                )
                if row.n_tokens
                else tr("{name} is no token.", name=name)
            )
        self.message.setText(" ".join(said))
        self.message.setVisible(bool(said))

    def _fill_way(self, result: Result) -> None:
        token = self.selection.candidate
        after = place_after(result, self.selection.prompt)
        if token is None or token >= after.stages.raw.vocabulary:
            self.chosen.setText(tr("Click a candidate to see its way through the chain."))
            self.way.setRowCount(0)
            return
        name = token_label(result.tokens.text_of(token), limit=24)
        self.chosen.setText(tr("{name} through the chain", name=name))
        way = way_through(after.stages, token)
        self.way.setRowCount(len(way))
        for number, (label, stand) in enumerate(way):
            gone = stand.rank == 0
            _set(self.way, number, 0, shown_text(stage_title(label)), faint=gone)
            _set(self.way, number, 1, tr("removed") if gone else str(stand.rank), faint=gone)
            _set(self.way, number, 2, "" if gone else probability(stand.probability), faint=gone)

    def figure(self) -> Spec | None:
        """Return the watched tokens and the way of the selected candidate, if there are any."""
        chosen = self.selection
        return super().figure() if chosen.watched or chosen.candidate is not None else None

    def _clicked(self, row: int, _column: int) -> None:
        if self._ids[row] >= 0:
            self.selection.candidate = self._ids[row]


def _table(name: str, description: str, height: int) -> QTableWidget:
    table = named(tabular(QTableWidget(), height), name, description)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
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
