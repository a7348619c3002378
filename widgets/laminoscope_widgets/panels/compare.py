"""Compare: columns of prompts, models, templates and chains side by side."""

from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from laminoscope_core.analysis.comparison import Params, Result
from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.run.requests import ComparisonRequest
from laminoscope_core.sampling import Chain, SamplingError
from laminoscope_core.sampling.columns import CURRENT_CHAIN, Column, letter
from laminoscope_core.sampling.library import ChainLibrary, SavedChain
from laminoscope_core.sampling.links import Link
from laminoscope_widgets.arranging import across, boxed, down, tabular
from laminoscope_widgets.column_button import ColumnButton, Offer
from laminoscope_widgets.compare_table import CompareTable, DifferenceBars
from laminoscope_widgets.named import named, tool_button
from laminoscope_widgets.panel import Workspace, plain_label
from laminoscope_widgets.plot_panel import ViewPanel
from laminoscope_widgets.proportion import in_proportion
from laminoscope_widgets.reading import read_or_ask
from laminoscope_widgets.steps import Step
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.translation import tr

__all__ = ["ComparePanel"]

_WIDTHS = {"rank": 52, "p": 58, "change": 122}
_NARROW = {"rank": 52, "p": 54, "change": 64}
_STACKED = {"rank and p": 56, "change": 68}
_ROW, _TALL_ROW = 21, 35
_TOKEN, _BESIDE = 84, 32
"""Pixels of a token, at least, and of what is beside the columns."""


class ComparePanel(ViewPanel):
    """Two columns or more; the others are held against the first."""

    plot = PLOTS["compare"]
    one_state = True
    state_attrs = ("chosen",)

    task_wanted = Signal(str, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.buttons: list[ColumnButton] = []
        self._tried: object = None
        self._wanted: tuple[Column, ...] | None = None
        self.add_button = tool_button(
            tr("Add column"), tr("Add a copy of the last column, to change it.")
        )
        self.add_button.clicked.connect(self.add)
        self.controls.addWidget(self.add_button)
        self.table = CompareTable(self.theme)
        self.bars = DifferenceBars(self.theme)
        self.list = named(
            tabular(QTableView(), _ROW),
            tr("Compared tokens"),
            tr("Rank and probability of each token in every column."),
        )
        self.list.setModel(self.table)
        self.list.setFrameShape(QTableView.Shape.NoFrame)
        self.list.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.list.horizontalHeader().setMinimumSectionSize(24)
        self.list.clicked.connect(lambda index: self._select(index.row()))
        self.list.activated.connect(lambda index: self._select(index.row()))
        self._heads = across(spacing=5)
        self.matching = plain_label("", "muted", wraps=True)
        body = down(self._heads, self.matching, (self.list, 1), margins=(6, 5, 6, 0), spacing=4)
        self.set_body(boxed(body))

    # ---- columns

    @property
    def columns(self) -> tuple[Column, ...]:
        """What is compared now, or will be once it has been computed."""
        if self._wanted is not None:
            return self._wanted
        result: Result | None = self.results.get("comparison")
        return () if result is None else tuple(each.column for each in result.columns)

    @property
    def chosen(self) -> list[dict[str, Any]]:
        """The columns as plain data, for the session."""
        return [asdict(column) for column in self.columns]

    @chosen.setter
    def chosen(self, columns: list[dict[str, Any]]) -> None:
        self.compare(
            tuple(Column(**{**c, "samplers": tuple(c.get("samplers", ()))}) for c in columns)
        )

    def compare(self, columns: tuple[Column, ...]) -> None:
        """Ask for a comparison; other models are opened, and texts read, where that is needed."""
        result: Result | None = self.results.get("comparison")
        applied = self.results.get("continuation")
        if result is None or applied is None or not columns:
            return
        self._wanted = columns
        tokens = applied.tokens
        known = all(
            column.prompt >= len(tokens.places)
            or tokens.is_own(column)
            or tokens.reading(column) is not None
            for column in columns
        )
        if known:
            self.params_wanted.emit("comparison", Params(columns))
        else:
            self.task_wanted.emit("comparison", ComparisonRequest(tokens, columns))

    def undo_state(self) -> tuple[Column, ...]:
        """Return the columns that were asked for; none where they follow the prompts."""
        result: Result | None = self.results.get("comparison")
        asked = () if result is None else result.params.columns
        return asked if self._wanted is None else self._wanted

    def take_undo_state(self, state: tuple[Column, ...]) -> None:
        """Ask for columns again."""
        if state:
            self.compare(state)
        else:
            self.params_wanted.emit("comparison", Params())

    def add(self) -> None:
        """Add a copy of the last column."""
        if self.columns:
            self._choose((*self.columns, self.columns[-1]), tr("Add column"))

    def change(self, number: int, column: Column) -> None:
        """Set what a column shows."""
        columns = list(self.columns)
        columns[number] = column
        self._choose(tuple(columns), tr("Change column {number}", number=letter(number)))

    def remove(self, number: int) -> None:
        """Remove a column."""
        columns = self.columns[:number] + self.columns[number + 1 :]
        self._choose(columns, tr("Remove column {number}", number=letter(number)))

    def make_reference(self, number: int) -> None:
        """Put a column first."""
        columns = list(self.columns)
        self._choose(
            (columns.pop(number), *columns), tr("Make {number} column A", number=letter(number))
        )

    def _choose(self, columns: tuple[Column, ...], step: str) -> None:
        self.compare(columns)
        self.changed.emit(Step(step))

    def result_changed(self, analysis: str) -> None:
        """Notice that what was asked for is there."""
        if analysis == "comparison":
            self._wanted = None

    def retry(self, number: int) -> None:
        """Read again what could not be read."""
        if "continuation" not in self.results:  # it is being computed anew
            return
        tokens, column = self.results["continuation"].tokens, self.columns[number]
        failed = tokens.reading(column)
        kept = tuple(reading for reading in tokens.readings if reading is not failed)
        asked = ComparisonRequest(replace(tokens, readings=kept), self.columns)
        self.task_wanted.emit("comparison", asked)

    def settle(self) -> None:
        """Have done what jobs left undone; once.

        New prompts leave columns unread, and a job that is cancelled may leave a comparison of
        shorter texts.
        """
        self._wanted = None
        result: Result | None = self.results.get("comparison")
        applied = self.results.get("continuation")
        if result is None or applied is None or self._tried is applied.tokens:
            return
        if result.unread:
            self._tried = applied.tokens
            self.task_wanted.emit("comparison", ComparisonRequest(applied.tokens, self.columns))
        elif _histories(result) != _histories(applied):
            self._tried = applied.tokens
            if result.params.columns:
                self.compare(result.params.columns)
            else:
                self.params_wanted.emit("comparison", result.params)

    # ---- what is shown

    def update_view(self) -> None:
        """Show the heads of the columns, and the tokens."""
        result: Result = self.results["comparison"]
        applied = self.results.get("continuation")
        before = len(self.buttons)
        self._make_buttons(len(result.columns))
        texts = tuple(place.prompt.text for place in result.tokens.places)
        offer = Offer(texts, tr("This model"), _saved_chains(), len(result.columns) > 2)
        for number, (button, each) in enumerate(zip(self.buttons, result.columns, strict=True)):
            chance = applied is not None and _acts_by_chance(each.column, applied.chain)
            places = result.tokens.places
            known = each.column.prompt < len(places)
            n_written = len(places[each.column.prompt].generated) if known else 0
            button.set_column(number, each, offer, by_chance=chance, n_written=n_written)
        self.matching.setText(
            tr(
                "The models have different tokens: these are matched by their exact text,"
                " and there is no distance over them."
            )
        )
        self.matching.setVisible(result.by_text)
        self.set_note(tr("Jensen–Shannon distance: 0 equal, 0.833 disjoint"))
        watched = read_or_ask(self, result.tokenizers, self.selection.watched)
        self.table.set_result(result, watched)
        if before != len(self.buttons):
            self._size_sections()
        self._show_selected()

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.table.theme = self.bars.theme = theme
        super().apply_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size_sections()

    def _make_buttons(self, count: int) -> None:
        while len(self.buttons) > count:
            button = self.buttons.pop()
            self._heads.removeWidget(button)
            button.deleteLater()
        while len(self.buttons) < count:
            button, number = ColumnButton(), len(self.buttons)
            button.column_chosen.connect(partial(self._act_on, number, self.change))
            button.reference_wanted.connect(partial(self._act_on, number, self.make_reference))
            button.remove_wanted.connect(partial(self._act_on, number, self.remove))
            button.retry_wanted.connect(partial(self._act_on, number, self.retry))
            self.buttons.append(button)
            self._heads.addWidget(button, 1)

    def _act_on(self, number: int, act: Callable[..., None], *chosen: Column) -> None:
        """Do something to a column, unless it is about to go: its button stays until then."""
        if number < len(self.columns):
            act(number, *chosen)

    def _size_sections(self) -> None:
        """Give every number its room: side by side where there is some, else stacked."""
        header = self.list.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        token, stacked = in_proportion(_TOKEN), self.table.stacked
        room = self.width() - _BESIDE - token
        ways = (_WIDTHS, _NARROW, _STACKED) if len(self.buttons) <= 2 else (_NARROW, _STACKED)
        for least in ways:
            self.table.stack(least is _STACKED)
            sections = range(1, self.table.columnCount())
            parts = [self.table.part(section)[1] for section in sections]
            widths = [
                max(in_proportion(least[part]), header.sectionSizeHint(section))
                for part, section in zip(parts, sections, strict=True)
            ]
            if sum(widths) <= room:
                break
        for section, what in enumerate(parts, start=1):
            self.list.setColumnWidth(section, widths[section - 1])
            barred = what == "change" and least is _WIDTHS
            self.list.setItemDelegateForColumn(
                section, self.bars if barred else self.list.itemDelegate()
            )
        row = _TALL_ROW if self.table.stacked else _ROW
        self.list.verticalHeader().setDefaultSectionSize(in_proportion(row))
        if sum(widths) <= room:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        else:
            self.list.setColumnWidth(0, token)
        if stacked != self.table.stacked and "comparison" in self.results:
            self._show_selected()

    def _show_selected(self) -> None:
        chosen = self.selection.candidate
        row = None if chosen is None else self.table.row_of(chosen)
        if row is None:
            self.list.clearSelection()
        else:
            self.list.selectRow(row)

    def _select(self, row: int) -> None:
        token = self.table.token_at(row)
        if token is not None:
            self.selection.candidate = token


def _acts_by_chance(column: Column, current: Chain) -> bool:
    links = current.links if column.chain == CURRENT_CHAIN else ()
    links += tuple(Link.from_item(item) for item in column.samplers)
    return any(link.name == "xtc" and not link.is_off for link in links)


def _histories(result: Any) -> list[tuple[int, ...]]:
    return [place.history for place in result.tokens.places]


def _saved_chains() -> tuple[SavedChain, ...]:
    try:
        return ChainLibrary().chains()
    except SamplingError:
        return ()  # the chain's own menu says what is wrong
