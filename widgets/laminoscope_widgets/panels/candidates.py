"""Candidates: the whole vocabulary, best first, with both probabilities."""

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableView

from laminoscope_core.analysis.continuation import Result
from laminoscope_core.plots.candidates import candidate_rows, unaltered_candidates
from laminoscope_core.plots.prompts import place_after, prompt_end
from laminoscope_core.plots.registry import PLOTS
from laminoscope_widgets.arranging import keep_widths, tabular
from laminoscope_widgets.candidate_table import BEFORE, BarDelegate, CandidateTable
from laminoscope_widgets.named import named
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import ViewPanel
from laminoscope_widgets.proportion import at_each_text_size, in_proportion
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["CandidatesPanel"]


_ID = 2
"""The column of token ids."""


class CandidatesPanel(ViewPanel):
    """A table as long as the vocabulary; removed candidates are grey."""

    plot = PLOTS["candidates"]
    one_state = True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.find_line = named(QLineEdit(placeholderText=tr("Find a token")), tr("Find a token"))
        at_each_text_size(self.find_line, lambda: self.find_line.setFixedWidth(in_proportion(120)))
        self.find_line.setToolTip(
            tr("Goes to the best candidate that contains this; Enter for the next.")
        )
        self.controls.addWidget(self.find_line)
        self.table = CandidateTable(self.theme)
        self.bars = BarDelegate(self.theme)
        self.list = named(
            tabular(QTableView(), 21),
            tr("Candidates"),
            tr("All tokens that may come next, best first, before and after the chain."),
        )
        self.list.setModel(self.table)
        self.list.setItemDelegateForColumn(BEFORE + 1, self.bars)
        self.list.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.list.setFrameShape(QTableView.Shape.NoFrame)
        self.list.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        header = self.list.horizontalHeader()
        keep_widths(header, dict(enumerate((44, 104, 48, 48, 58, 58, 58))))
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(24)
        self.list.setColumnHidden(BEFORE, True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.set_body(self.list)
        self.list.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.find_line.textEdited.connect(lambda: self._find(0))
        self.find_line.returnPressed.connect(lambda: self._find(self.list.currentIndex().row() + 1))
        self._following = False

    def update_view(self) -> None:
        """Show the candidates after the selected prompt."""
        result: Result = self.results["continuation"]
        after = place_after(result, self.selection.prompt)
        self._following = True
        unaltered = unaltered_candidates(self.results, self.selection.prompt)
        self.table.set_rows(candidate_rows(after.stages, unaltered), result.tokens)
        self.list.setColumnHidden(BEFORE, unaltered is None)
        self.list.setColumnHidden(_ID, unaltered is not None)  # whose room the other needs
        self._show_selected()
        self._following = False
        end = shown_text(prompt_end(result.tokens.text_before(after.place)))
        self.set_note(
            tr("after {end} · {final:,} left by the chain", end=end, final=len(after.stages.final))
        )

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.table.theme = self.bars.theme = theme
        super().apply_theme(theme)

    def _show_selected(self) -> None:
        chosen = self.selection.candidate
        row = None if chosen is None else self.table.row_of(chosen)
        if row is None:
            self.list.clearSelection()
            self.list.scrollToTop()
        elif row != self.list.currentIndex().row() or not self.list.selectionModel().hasSelection():
            flags = QItemSelectionModel.SelectionFlag
            index = self.table.index(row, 0)
            self.list.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.list.scrollTo(index)

    def _row_chosen(self) -> None:
        row = self.list.currentIndex().row()
        if not self._following and row >= 0:
            self.selection.candidate = self.table.token_at(row)

    def _find(self, start: int) -> None:
        """Select the first row from ``start`` whose token contains what was typed, or of all."""
        wanted = self.find_line.text()
        result: Result | None = self.results.get("continuation")
        if not wanted or result is None:
            return
        rows = self.table.rows
        row = None if rows is None else rows.find(wanted, result.tokens.texts, start)
        if row is not None:
            self.selection.candidate = self.table.token_at(row)
