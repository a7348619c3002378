"""The page of a sweep: its cells as a table, all models over depth, and models with models."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from laminoscope_widgets.explained import explained
from laminoscope_widgets.named import named, tool_button
from laminoscope_widgets.panel import Panel, Workspace, plain_label
from laminoscope_widgets.panels.sweep_curves import SweepCurvesPanel
from laminoscope_widgets.panels.sweep_means import SweepMeansPanel
from laminoscope_widgets.panels.sweep_models import SweepModelsPanel
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import mark, shown_text, tr, tr_n

if TYPE_CHECKING:
    from laminoscope_core.sweep.reading import SweepFolder
    from laminoscope_core.sweep.row import Row

__all__ = ["SweepPage"]

_STATES: Mapping[str, str] = {
    "done": mark("done"),
    "failed": mark("failed"),
    "missing": mark("not run"),
    "damaged": mark("damaged"),
}
_HEADS = (mark("Model"), mark("State"), mark("Layers"), mark("Words"), mark("Message"))
_OPENS = mark("The models of the sweep; a click, or Enter, opens the results of one.")


class SweepPage(QWidget):
    """A page for a stack of pages.

    ``session_wanted(path)`` when the results of a cell are to be shown, ``again_wanted()`` when
    the folder is to be read once more, ``resume_wanted()`` when the sweep is to go on.

    Attributes
    ----------
    panels : tuple of PlotPanel
        The plots: all models, one with the others, models with models.
    table : QTableWidget
        A row for each model.
    """

    session_wanted = Signal(Path)
    again_wanted = Signal()
    resume_wanted = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("page:sweep")
        explained(self, "sweep")
        self.folder: SweepFolder | None = None
        self.panels = (
            SweepCurvesPanel(workspace),
            SweepMeansPanel(workspace),
            SweepModelsPanel(workspace),
        )
        self._title = plain_label("", "panelTitle")
        self._note = plain_label("", "panelNote")
        self.table = named(QTableWidget(0, len(_HEADS)), tr("Models"), tr(_OPENS))
        self.again = tool_button(tr("Read again"), tr("Read what the folder holds by now."))
        self.resume = tool_button(
            tr("Go on…"),
            tr("Run the models that are missing, damaged or failed; the others are kept."),
        )
        self._prepare_table()
        self._lay_out()
        self.again.clicked.connect(self.again_wanted)
        self.resume.clicked.connect(self.resume_wanted)
        self.table.itemClicked.connect(lambda item: self._open(item.row()))
        self.table.itemActivated.connect(lambda item: self._open(item.row()))
        self.table.currentCellChanged.connect(lambda row, *_: self._mark(row))
        for panel in self.panels:
            panel.view_changed.connect(lambda view: self._follow(view.swept))
            panel.fill_wanted.connect(lambda panel=panel: self._fill(panel))

    def _prepare_table(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels([tr(head) for head in _HEADS])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        head = table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(10, 6, 10, 4)
        bar.setSpacing(8)
        bar.addWidget(self._title)
        bar.addWidget(self._note, 1)
        bar.addWidget(self.again)
        bar.addWidget(self.resume)
        self._cells = QWidget()
        column = QVBoxLayout(self._cells)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        plots = QSplitter(Qt.Orientation.Horizontal)
        for panel in self.panels:
            plots.addWidget(panel)
        plots.setSizes([480, 440, 460])
        rows = QSplitter(Qt.Orientation.Vertical)
        rows.addWidget(self._cells)
        rows.addWidget(plots)
        rows.setSizes([280, 520])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(rows)

    def show_folder(self, folder: "SweepFolder") -> None:
        """Show what was read of a sweep."""
        self.folder = folder
        n_done = sum(row.state == "done" for row in folder.rows)
        self._title.setText(safe_text(folder.path.name))
        self._title.setToolTip(safe_text(str(folder.path), limit=None))
        n = len(folder.rows)
        note = tr_n("{done} of {n} model done", "{done} of {n} models done", n, done=n_done)
        self._note.setText(note)
        self.resume.setEnabled(n_done < n or bool(folder.faults or folder.scores.note))
        self.table.setRowCount(0)
        self.table.setRowCount(len(folder.rows))
        for at, row in enumerate(folder.rows):
            for column, text in enumerate(_texts(row)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(at, column, item)
        for panel in self.panels:
            panel.set_result("sweep", folder.scores)

    def _open(self, at: int) -> None:
        """Ask for the results of a cell, if it is there; of several lists, ask which."""
        row = self._row(at)
        sessions = {} if row is None else dict(row.sessions or {})
        if len(sessions) == 1:
            self.session_wanted.emit(next(iter(sessions.values())))
        elif sessions:
            menu = QMenu(self)
            menu.aboutToHide.connect(menu.deleteLater)
            for name, path in sessions.items():
                title = safe_text(name) if name else tr("Texts")
                act = menu.addAction(title.replace("&", "&&"))
                act.triggered.connect(lambda _=False, path=path: self.session_wanted.emit(path))
            menu.popup(QCursor.pos())

    def _row(self, at: int) -> "Row | None":
        rows = () if self.folder is None else self.folder.rows
        return rows[at] if 0 <= at < len(rows) else None

    def _mark(self, at: int) -> None:
        """Mark the model of a row in the plots."""
        row = self._row(at)
        if row is None or self.folder is None:
            return
        models = self.folder.scores.models
        swept = models.index(row.model) if row.model in models else None
        for panel in self.panels:
            panel.set_view(swept=swept)

    def _follow(self, swept: int | None) -> None:
        """Go to the row of a model that was marked in a plot."""
        if swept is None or self.folder is None:
            return
        model = self.folder.scores.models[swept]
        at = [row.model for row in self.folder.rows].index(model)
        if self.table.currentRow() != at:
            self.table.setCurrentCell(at, 0)

    def _fill(self, panel: Panel) -> None:
        """Let a plot take the whole page, or give it back."""
        filled = self._cells.isVisible()
        self._cells.setVisible(not filled)
        for each in self.panels:
            each.setVisible(not filled or each is panel)
            each.show_filled(filled=filled and each is panel)


def _texts(row: "Row") -> tuple[str, ...]:
    """Return what the columns of a row say."""
    words = ", ".join(f"{safe_text(name)} {n}" for name, n in (row.words or {}).items())
    layers = str(row.n_layers) if row.n_layers else ""
    message = safe_text(shown_text(row.message), limit=None)
    return safe_text(row.model), tr(_STATES[row.state]), layers, words, message
