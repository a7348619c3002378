"""The loop laboratory: the echo of a repeated text, and how often a chain falls into a loop."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from laminoscope_core.analysis.continuation import Result
from laminoscope_core.sampling.loops import EchoCurve, LoopReport
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_core.sampling.requests import EchoRequest, LoopRequest
from laminoscope_widgets.candidate_table import fixed_font, probability_text
from laminoscope_widgets.panel import Panel, Workspace, plain_label
from laminoscope_widgets.plots.style import Canvas, style_plot
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

__all__ = ["LoopsPanel"]


class LoopsPanel(Panel):
    """Two measurements in the background, each with a button of its own."""

    id = "loops"
    title = "Loop laboratory"
    requires = ("continuation", "echo", "loops")
    help_topic = "loops"
    follows = ("prompt",)

    task_wanted = Signal(str, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(4)
        column.addLayout(self._make_echo_row())
        self.canvas = Canvas()
        self.plot = self.canvas.addPlot()
        self.plot.setLabel("bottom", "copies read")
        self.plot.setLabel("left", "p of another")
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.showGrid(x=False, y=True, alpha=0.18)
        self.plot.getAxis("bottom").setTickSpacing(levels=[(1, 0)])
        self.curve = self.plot.plot([], [])
        column.addWidget(self.canvas, 3)
        self.echo_text = plain_label(
            "Reads a text again and again: does the model join in?", "muted"
        )
        self.echo_text.setWordWrap(True)
        column.addWidget(self.echo_text)
        column.addLayout(self._make_loops_row())
        self.loops_text = plain_label("Continues the selected prompt with the chain.", "muted")
        self.loops_text.setWordWrap(True)
        column.addWidget(self.loops_text)
        self.table = QTableWidget(0, 4)
        self.table.setHorizontalHeaderLabels(["Seed", "Begins at", "Period", "What repeats"])
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(20)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        for number, width in enumerate((46, 66, 54)):
            self.table.setColumnWidth(number, width)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setShowGrid(False)
        column.addWidget(self.table, 3)
        self.table.hide()
        self.set_body(body)
        self.apply_theme(self.theme)

    def _make_echo_row(self) -> QHBoxLayout:
        self.unit = QLineEdit("The\\n\\n")
        self.unit.setFont(fixed_font())
        self.unit.setToolTip("The text to repeat; \\n is a line feed.")
        self.repeats = QSpinBox(minimum=1, maximum=64, value=8, prefix="× ")
        self.repeats.setToolTip("Up to so many copies.")
        return _row("Echo of", self.unit, self.repeats, self._button(self.measure_echo))

    def _make_loops_row(self) -> QHBoxLayout:
        self.seeds = QSpinBox(minimum=1, maximum=1000, value=16, suffix=" seeds")
        self.length = QSpinBox(minimum=9, maximum=2000, value=96, suffix=" tokens")
        return _row("Loops in", self.seeds, self.length, self._button(self.measure_loops))

    def _button(self, slot: object) -> QPushButton:
        button = QPushButton("Measure")
        button.clicked.connect(slot)
        return button

    def measure_echo(self) -> None:
        """Ask for the echo curve of the text."""
        unit = self.unit.text().replace("\\n", "\n")
        if unit:
            self.task_wanted.emit("echo", EchoRequest(unit, self.repeats.value()))

    def measure_loops(self) -> None:
        """Ask for the loop rate of the chain after the selected prompt."""
        result: Result = self.results["continuation"]
        place = result.places[min(self.selection.prompt, len(result.places) - 1)].place
        request = LoopRequest(
            place.rendered.token_ids,
            tuple(result.chain.to_list()),
            self.seeds.value(),
            self.length.value(),
        )
        self.loops_text.setText("Continuing under every seed …")
        self.task_wanted.emit("loops", request)

    def update_view(self) -> None:
        """Show what has been measured."""
        tokens: NextTokens = self.results["continuation"].tokens
        if "echo" in self.results:
            self._show_echo(self.results["echo"], tokens)
        if "loops" in self.results:
            self._show_loops(self.results["loops"])

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().apply_theme(theme)
        self.canvas.apply_theme(theme)
        style_plot(self.plot, theme)
        self.curve.setPen(pg.mkPen(theme.sites["v"], width=1.8))
        self.curve.setSymbol("o")
        self.curve.setSymbolSize(6)
        self.curve.setSymbolBrush(theme.sites["v"])
        self.curve.setSymbolPen(None)

    def _show_echo(self, curve: EchoCurve, tokens: NextTokens) -> None:
        known = np.isfinite(curve.probability)
        self.curve.setData(curve.repeats[known], curve.probability[known])
        self.plot.setXRange(1, max(int(curve.repeats[-1]), 2), padding=0.05)
        highest = float(np.nanmax(curve.probability)) if known.any() else 1.0
        self.plot.setYRange(0, highest, padding=0.12)
        self.plot.getAxis("bottom").setTickSpacing(levels=[(max(1, curve.repeats.size // 8), 0)])
        if not known.any():
            self.echo_text.setText("The tokenizer merges the copies: there is no first token.")
            return
        first, last = np.flatnonzero(known)[[0, -1]]
        name = safe_text(tokens.text_of(int(curve.tokens[last])), spaces=True, limit=20)
        said = (
            f"{probability_text(float(curve.probability[at]))} (rank {curve.rank[at]})"
            f" after {curve.repeats[at]}"
            for at in dict.fromkeys((int(first), int(last)))
        )
        self.echo_text.setText(f"{name}: {', '.join(said)}")

    def _show_loops(self, report: LoopReport) -> None:
        n_loops = sum(run.loop is not None for run in report.runs)
        distinct = " / ".join(f"{value:.2f}" for value in report.distinct)
        self.loops_text.setText(
            f"{n_loops} of {len(report.runs)} seeds end in a loop:"
            f" {100 * report.rate:.0f} % (95 % interval {100 * report.low:.0f} to"
            f" {100 * report.high:.0f} %). Distinct 1-, 2-, 3-grams {distinct}."
        )
        looping = [run for run in report.runs if run.loop is not None]
        self.table.setVisible(bool(looping))
        self.table.setRowCount(len(looping))
        for row, run in enumerate(looping):
            cells = (str(run.seed), str(run.loop.onset), str(run.loop.period))
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, item)
            item = QTableWidgetItem(safe_text(run.text, spaces=True, limit=120))
            item.setFont(fixed_font())
            self.table.setItem(row, 3, item)


def _row(label: str, *widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(plain_label(label))
    for number, widget in enumerate(widgets):
        row.addWidget(widget, 1 if number == 0 else 0)
    return row
