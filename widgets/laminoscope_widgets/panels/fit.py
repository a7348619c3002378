"""Fit: what the regression of the selected layer predicts, what it leaves, and its rows."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QComboBox, QHeaderView, QStackedWidget, QTableView

from laminoscope_core.analysis import adjustments
from laminoscope_core.analysis.regression import Result
from laminoscope_core.analysis.token_views import CHECKS, residual_edges
from laminoscope_widgets.panel import Panel, ReadOut, Workspace, plain_label
from laminoscope_widgets.plots.colours import with_alpha
from laminoscope_widgets.plots.histogram import RidgePlot
from laminoscope_widgets.plots.scatter import ScatterPlot
from laminoscope_widgets.plots.style import Canvas
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.token_table import NumberTable

if TYPE_CHECKING:
    from laminoscope_core.figures import Spec

__all__ = ["FitPanel"]


class FitPanel(Panel):
    """Points are tokens; click one to select it."""

    id = "fit"
    title = "Fit"
    requires = ("regression", "adjustments")
    help_topic = "fit"
    follows = ("layer", "tokens", "hovered_token")
    state_attrs = ("view",)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.canvas = Canvas()
        self.plot = ScatterPlot(self.theme)
        self.plot.showGrid(x=False, y=False)
        self.canvas.addItem(self.plot)
        self.bars = Canvas()
        self.histogram = RidgePlot(self.theme)
        self.histogram.setLabel("bottom", "residual")
        self.bars.addItem(self.histogram)
        self.table = NumberTable()
        self.design = QTableView()
        self.design.setModel(self.table)
        self.design.setShowGrid(False)
        self.design.verticalHeader().hide()
        self.design.verticalHeader().setDefaultSectionSize(19)
        self.design.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.design.horizontalHeader().setDefaultSectionSize(62)
        self.pages = QStackedWidget()
        self.reason = plain_label("", "emptyState")
        self.reason.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.reason.setWordWrap(True)
        for page in (self.canvas, self.bars, self.design, self.reason):
            self.pages.addWidget(page)
        self.set_body(self.pages)
        self.read_out = ReadOut(self.canvas)
        self.chooser = QComboBox()
        for name, label in CHECKS.items():
            self.chooser.addItem(label, name)
        self.chooser.setToolTip("Checks of the regression, and the rows it was computed from.")
        self.chooser.currentIndexChanged.connect(lambda _: self._redraw())
        self.controls.addWidget(self.chooser)
        self._drawn: tuple[object, ...] = ()
        self.canvas.scene().sigMouseMoved.connect(self._moved)
        self.canvas.scene().sigMouseClicked.connect(self._clicked)
        self._redraw()
        self.apply_theme(self.theme)

    @property
    def view(self) -> str:
        """Which of the checks is shown."""
        return str(self.chooser.currentData())

    @view.setter
    def view(self, value: str) -> None:
        self.chooser.setCurrentIndex(max(self.chooser.findData(value), 0))

    def result_changed(self, analysis: str) -> None:
        """Wait for the regression of new norms."""
        if analysis == "adjustments":
            self.results.pop("regression", None)

    def update_view(self) -> None:
        """Draw the selected layer and ring the selected token."""
        result: Result = self.results["regression"]
        layer = min(self.selection.layer, len(result.layers) - 1)
        if (drawn := (id(result), layer, self.view, self.theme.name)) != self._drawn:
            self._drawn = drawn
            self._draw(result, layer)
        self.plot.mark(*(self._row(result, token) for token in self._tokens()))

    def figure(self) -> "Spec | None":
        """Return the check of the selected layer."""
        from laminoscope_core.figures import Spec
        from laminoscope_core.figures.fit import View

        if not set(self.requires) <= self.results.keys():
            return None
        token = self.selection.token
        ringed = () if token is None else (token,)
        return Spec(self.id, View(self.selection.layer, self.view, ringed))

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().apply_theme(theme)
        for canvas in (self.canvas, self.bars):
            canvas.apply_theme(theme)
        self.plot.apply_theme(theme)
        self.histogram.apply_theme(theme)

    def _draw(self, result: Result, layer: int) -> None:
        if reason := result.reasons[layer]:
            self.reason.setText(safe_text(f"Undefined in layer {layer}: {reason}.", limit=None))
            self.pages.setCurrentWidget(self.reason)
            self.set_note("")
            self.plot.set_points(np.empty(0), np.empty(0), np.empty(0, int), ["black"])
            return
        residuals = result.residuals[layer]
        self.pages.setCurrentIndex({"histogram": 1, "design": 2}.get(self.view, 0))
        self.set_note(f"layer {layer} · R² {result.r2[layer]:.2f}")
        if self.view == "design":
            source: adjustments.Result = self.results["adjustments"]
            labels = [source.shown[row] for row in result.rows]
            columns = np.column_stack([result.observed[layer], result.design[layer]])
            self.table.set_rows(labels, ("y", *result.terms), columns)
        elif self.view == "histogram":
            edges = residual_edges(residuals)
            colour = self.theme.categories[0]
            self.histogram.set_values(residuals, np.empty(0), edges, colour, f"n = {result.n}")
        else:
            x = result.rows.astype(float) if self.view == "order" else result.predicted[layer]
            y = result.observed[layer] if self.view == "predicted" else residuals
            colours = [with_alpha(self.theme.categories[0], 0.65)]
            self.plot.set_points(x, y, np.zeros(len(x), int), colours)
            self.plot.fit()

    def _tokens(self) -> tuple[int | None, int | None]:
        return self.selection.token, self.selection.hovered_token

    def _row(self, result: Result, token: int | None) -> int | None:
        if token is None or not result.n or not result.rows[0] <= token <= result.rows[-1]:
            return None
        return int(token - result.rows[0])

    def _redraw(self) -> None:
        predicts = self.view == "predicted"
        self.plot.show_reference("unity" if predicts else "zero")
        self.plot.setLabel("bottom", "token" if self.view == "order" else "predicted")
        self.plot.setLabel("left", "observed" if predicts else "residual")
        self._drawn = ()
        self.schedule_update()

    def _token_at(self, position: QPointF) -> int | None:
        if "regression" not in self.results:
            return None
        index = self.plot.nearest(position)
        return None if index is None else int(self.results["regression"].rows[index])

    def _moved(self, position: QPointF) -> None:
        token = self._token_at(position)
        self.selection.hovered_token = token
        if token is None:
            self.read_out.hide()
            return
        result: Result = self.results["regression"]
        source: adjustments.Result = self.results["adjustments"]
        at = min(self.selection.layer, len(result.layers) - 1), self._row(result, token)
        shown = safe_text(source.shown[token], spaces=True, limit=24)
        text = f"{token}  {shown}  observed {result.observed[at]:.2f}, predicted"
        text += f" {result.predicted[at]:.2f}"
        self.read_out.show_at(self.canvas.mapFromScene(position), text)

    def _clicked(self, event: object) -> None:
        token = self._token_at(event.scenePos())
        if token is not None:
            self.selection.token, self.selection.tokens = token, (token,)

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)
        self.read_out.hide()
        self.selection.hovered_token = None
