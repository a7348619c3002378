"""The loop laboratory: the echo of a repeated text, and how often chains fall into loops."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from laminoscope_core.analysis.continuation import Result
from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.run.requests import EchoRequest, LoopRequest
from laminoscope_core.sampling.loops import (
    LoopReport,
    LoopReports,
    LoopRun,
    text_loop,
)
from laminoscope_core.sampling.named import THIS_CHAIN, known_chains
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_core.sampling.places import Place
from laminoscope_core.text import joined_text
from laminoscope_widgets.arranging import across, boxed, down, keep_widths, opens, scrolled, tabular
from laminoscope_widgets.candidate_table import fixed_font, monospaced
from laminoscope_widgets.chain_names import chain_name
from laminoscope_widgets.foreseen import Foreseen
from laminoscope_widgets.named import named, tool_button
from laminoscope_widgets.number_boxes import WholeBox
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.steps import Step
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import tr, tr_n

__all__ = ["LoopsPanel"]


class LoopsPanel(PlotPanel):
    """What repeats in the text so far, and two measurements in the background."""

    plot = PLOTS["loops"]
    one_state = True
    state_attrs = ("chosen",)
    also_follows = ("prompt",)

    task_wanted = Signal(str, object)

    def make_body(self) -> QWidget:
        """Return the questions, what was measured as a plot, and the list of loops."""
        self.text_says = plain_label("", wraps=True)
        self.canvas.setMinimumHeight(190)
        self.canvas.hide()
        self.loops_text = plain_label(
            tr("Continues the text under many seeds."), "muted", wraps=True
        )
        self.table = _table()
        self.table.setMinimumHeight(84)
        self.table.hide()
        body = down(
            self.text_says,
            self._make_echo_row(),
            self._make_loops_row(),
            (self.canvas, 2),
            self.loops_text,
            (self.table, 3),
            margins=(8, 6, 8, 6),
            spacing=4,
        )
        return scrolled(boxed(body))

    def _make_echo_row(self) -> QHBoxLayout:
        self.unit = monospaced(QLineEdit("The\\n\\n"))
        self.unit.setToolTip(tr("The text to repeat; \\n is a line feed."))
        named(self.unit, tr("Text to repeat"))
        self.unit.returnPressed.connect(self.measure_echo)
        self.repeats = WholeBox(minimum=1, maximum=64, value=8, prefix="× ")
        self.repeats.setToolTip(tr("Up to so many copies."))
        named(self.repeats, tr("Copies, at most"))
        self.hold("unit", self.unit, tr("text to repeat"))
        self.hold("repeats", self.repeats, tr("number of copies"))
        self.echo_takes = Foreseen(self._foresee_echo, self.repeats)
        self.unit.textChanged.connect(self.echo_takes.say)
        measure = _button(tr("Measure"), self.measure_echo)
        return _row(tr("Echo of"), self.unit, self.repeats, self.echo_takes, measure)

    def _make_loops_row(self) -> QVBoxLayout:
        self.start = QComboBox()
        self.start.addItems([tr("the prompt"), tr("the text so far")])
        self.start.setToolTip(tr("What is continued, as the model reads it."))
        named(self.start, tr("What is continued"))
        self.chains = tool_button(
            tr("this chain"),
            tr("The chains to measure, one after the other."),
            tr("Chains to measure"),
        )
        self._chosen = frozenset({THIS_CHAIN})
        self._menu = QMenu(self.chains)
        self._menu.aboutToShow.connect(self._fill_chains)
        opens(self.chains, self._menu)
        self.seeds = WholeBox(minimum=1, maximum=1000, value=16, suffix=tr(" seeds"))
        self.length = WholeBox(minimum=9, maximum=2000, value=96, suffix=tr(" tokens"))
        named(self.seeds, tr("Seeds"))
        self.seeds.setToolTip(tr("How many seeds each chain is run with."))
        named(self.length, tr("Tokens per seed"))
        self.length.setToolTip(tr("How many tokens are written with each seed, at most."))
        self.hold("start", self.start, tr("what is continued"))
        self.hold("seeds", self.seeds, tr("number of seeds"))
        self.hold("length", self.length, tr("tokens per seed"))
        self.loops_take = Foreseen(self._foresee_loops, self.seeds, self.length)
        button = _button(tr("Measure"), self.measure_loops)
        return down(
            _row(tr("Loops after"), self.start, plain_label(tr("with")), self.chains),
            _row(tr("under"), self.seeds, self.length, self.loops_take, button),
            spacing=3,
        )

    def _foresee_echo(self) -> str:
        return self.foresee("echo", len(self.unit.text()) * self.repeats.value() ** 2)

    def _foresee_loops(self) -> str:
        n_chains = max(len(self._chosen), 1)
        return self.foresee("loops", n_chains * self.seeds.value() * self.length.value())

    def measure_echo(self) -> None:
        """Ask for the echo curve of the text."""
        unit = self.unit.text().replace("\\n", "\n")
        if unit:
            self.task_wanted.emit("echo", EchoRequest(unit, self.repeats.value()))

    def measure_loops(self) -> None:
        """Ask for the loop rates of the chosen chains."""
        result: Result | None = self.results.get("continuation")
        if result is None or self.is_unread:  # it is being computed anew, or is to be
            return
        place = self._place(result)
        known = self._known_chains(result)
        chosen = tuple((name, known[name]) for name in known if name in self._chosen)
        request = LoopRequest(
            prompt=place.history if self.start.currentIndex() else place.rendered.token_ids,
            chains=chosen or ((THIS_CHAIN, known[THIS_CHAIN]),),
            n_seeds=self.seeds.value(),
            n_tokens=self.length.value(),
            stop=result.stop,
        )
        self.loops_text.setText(tr("Continuing under every seed …"))
        self.task_wanted.emit("loops", request)

    def choose_chain(self, name: str, chosen: bool) -> None:
        """Measure a chain, or leave it out."""
        self.chosen = sorted(self._chosen | {name} if chosen else self._chosen - {name})
        step = tr("Measure {chain}" if chosen else "Leave out {chain}", chain=chain_name(name, 30))
        self.changed.emit(Step(step))

    @property
    def chosen(self) -> list[str]:
        """Names of the chains to measure."""
        return sorted(self._chosen)

    @chosen.setter
    def chosen(self, names: list[str]) -> None:
        self._chosen = frozenset(names)
        one = chain_name(names[0], 30) if len(names) == 1 else tr("{n} chains", n=len(names))
        self.chains.setText(one.replace("&", "&&"))
        self.loops_take.say()

    def update_view(self) -> None:
        """Show what has been measured."""
        result: Result = self.results["continuation"]
        self._show_text(self._place(result), result.tokens)
        self.canvas.setVisible(self.plot.fits(self.results))
        for takes in (self.echo_takes, self.loops_take):
            takes.say()
        super().update_view()
        if "loops" in self.results:
            self._show_loops(self.results["loops"])

    def _place(self, result: Result) -> Place:
        return result.places[min(self.selection.prompt, len(result.places) - 1)].place

    def _known_chains(self, result: Result) -> dict[str, tuple[Mapping[str, Any], ...]]:
        return {THIS_CHAIN: tuple(result.chain.to_list()), **known_chains()}

    def _fill_chains(self) -> None:
        self._menu.clear()
        if "continuation" not in self.results:  # it is being computed anew
            return
        for name in self._known_chains(self.results["continuation"]):
            action = self._menu.addAction(chain_name(name, 60).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name in self._chosen)
            action.toggled.connect(lambda on, chosen=name: self.choose_chain(chosen, on))

    def _show_text(self, place: Place, tokens: NextTokens) -> None:
        found = text_loop(place.generated)
        if not found.n_tokens:
            self.text_says.setText(tr("Nothing has been generated after this prompt yet."))
            return
        distinct = tr("Distinct 1-, 2-, 3-grams {shares}.", shares=_shares(found.distinct))
        if found.loop is None:
            said = tr_n(
                "The {n} generated token does not end in a loop.",
                "The {n} generated tokens do not end in a loop.",
                found.n_tokens,
            )
        else:
            unit = joined_text(tokens.text_of(token) for token in found.loop.tokens)
            said = tr(
                "The text loops: “{unit}”, period {period}, {n_repeats:.1f} times from"
                " generated token {onset} on.",
                unit=safe_text(unit, spaces=True, limit=60),
                period=found.loop.period,
                n_repeats=found.n_repeats,
                onset=found.loop.onset,
            )
        self.text_says.setText(f"{said} {distinct}")

    def _show_loops(self, measured: LoopReports) -> None:
        said = (f"{chain_name(r.name, 40)} {_shares(r.distinct)}" for r in measured.reports)
        self.loops_text.setText(tr("Distinct 1-, 2-, 3-grams: {shares}", shares="; ".join(said)))
        rows = [(report, run) for report in measured.reports for run in report.runs if run.loop]
        self.table.setVisible(bool(rows))
        self.table.setRowCount(len(rows))
        for row, (report, run) in enumerate(rows):
            self._fill_row(row, report, run)

    def _fill_row(self, row: int, report: LoopReport, run: LoopRun) -> None:
        assert run.loop is not None
        numbers = (run.seed, run.loop.onset, run.loop.period)
        self.table.setItem(row, 0, QTableWidgetItem(chain_name(report.name, 40)))
        for column, number in enumerate(numbers, start=1):
            item = QTableWidgetItem(str(number))
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, column, item)
        item = QTableWidgetItem(safe_text(run.text, spaces=True, limit=120))
        item.setFont(fixed_font())
        self.table.setItem(row, 4, item)


def _shares(values: Sequence[float]) -> str:
    return " / ".join("–" if np.isnan(value) else f"{value:.2f}" for value in values)


def _button(text: str, slot: object) -> QPushButton:
    button = QPushButton(text)
    button.clicked.connect(slot)
    return button


def _table() -> QTableWidget:
    table = tabular(QTableWidget(0, 5), 20)
    named(table, tr("Loops"), tr("The loops found, one a row, with chain and seed."))
    table.setHorizontalHeaderLabels(
        [tr("Chain"), tr("Seed"), tr("Begins at"), tr("Period"), tr("What repeats")]
    )
    keep_widths(table.horizontalHeader(), dict(enumerate((76, 42, 66, 52))))
    table.horizontalHeader().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    return table


def _row(label: str, widest: QWidget, *others: QWidget) -> QHBoxLayout:
    return across(plain_label(label), (widest, 1), *others, spacing=5)
