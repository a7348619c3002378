"""Regression: what the tokens before predict, layer by layer."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from laminoscope_core.analysis.regression import MOST_LAGS, PREDICTORS, Params, Result
from laminoscope_core.analysis.token_views import term_label, terms_shown
from laminoscope_widgets.legend import Legend
from laminoscope_widgets.number_boxes import WholeBox
from laminoscope_widgets.panel import Panel, ReadOut, Workspace, plain_label
from laminoscope_widgets.plots.curves import Curve, LayerPlot
from laminoscope_widgets.plots.style import Canvas
from laminoscope_widgets.theme import Theme

if TYPE_CHECKING:
    from laminoscope_core.figures import Spec

__all__ = ["RegressionPanel"]

_SYMBOLS = ("o", "s", "t1", "d", "star")


class RegressionPanel(Panel):
    """Coefficients over layers: filled where q < .05, dotted where only p < .05."""

    id = "regression"
    title = "Regression"
    requires = ("regression", "adjustments")
    help_topic = "regression"
    follows = ("layer",)
    state_attrs = ("shown",)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.canvas = Canvas()
        self.plot = LayerPlot("", self.theme)
        self.plot.setTitle(None)
        self.plot.setLabel("bottom", "layer")
        self._dots = pg.ScatterPlotItem(size=3, pen=None)
        self._dots.setZValue(10)
        self.plot.addItem(self._dots)
        self.canvas.addItem(self.plot)
        self.read_out = ReadOut(self.canvas)
        self.legend = Legend()
        self.chooser = QComboBox()
        self.chooser.setToolTip("Which coefficients are drawn, or how much is explained.")
        self.chooser.activated.connect(lambda _: self._redraw())
        self.controls.addWidget(self.chooser)
        self.lags = WholeBox(minimum=1, maximum=MOST_LAGS, value=2)
        self.lags.setToolTip("How many tokens before predict.")
        self.drop = WholeBox(minimum=0, maximum=999, value=1)
        self.drop.setToolTip("Leading tokens left out; the first is an outlier in most models.")
        for box in (self.lags, self.drop):
            box.setKeyboardTracking(False)
            box.valueChanged.connect(lambda _: self._ask())
        self.others = QToolButton(text="also")
        self.others.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.others.setToolTip("Other predictors beside the lags.")
        self._others: dict[str, QAction] = {}
        menu = QMenu(self)
        for name in PREDICTORS:
            action = menu.addAction(name)
            action.setCheckable(True)
            action.toggled.connect(lambda _: self._ask())
            self._others[name] = action
        self.others.setMenu(menu)
        self._filling = False
        self._wanted = "lags"
        self._drawn: tuple[object, ...] = ()
        self.set_body(self._body())
        self.plot.layer_dragged.connect(lambda layer: setattr(self.selection, "layer", layer))
        self.canvas.scene().sigMouseMoved.connect(self._moved)
        self.canvas.scene().sigMouseClicked.connect(self._clicked)
        self.apply_theme(self.theme)

    def _body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 6, 0)
        row.setSpacing(4)
        row.addWidget(plain_label("Lags", "muted"))
        row.addWidget(self.lags)
        row.addWidget(plain_label("Leave out", "muted"))
        row.addWidget(self.drop)
        row.addWidget(self.others)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.canvas, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.legend)
        row.addStretch(1)
        column.addLayout(row)
        return body

    @property
    def shown(self) -> str:
        """What is drawn: ``"lags"``, ``"r2"`` or a predictor."""
        return str(self.chooser.currentData() or self._wanted)

    @shown.setter
    def shown(self, value: str) -> None:
        self._wanted = value
        if (index := self.chooser.findData(value)) >= 0:
            self.chooser.setCurrentIndex(index)
            self._redraw()

    def result_changed(self, analysis: str) -> None:
        """Show the parameters that the result was computed with."""
        self._filling = True
        result = self.results[analysis]
        if analysis == "adjustments":
            self.drop.setValue(result.params.drop)
        else:
            self.lags.setValue(result.params.lags)
            for name, action in self._others.items():
                action.setChecked(name in result.params.predictors)
            self._fill_chooser(result)
        self._filling = False
        self._drawn = ()

    def update_view(self) -> None:
        """Draw the curves if they have changed; move the line."""
        result: Result = self.results["regression"]
        if not self._drawn:
            self._drawn = (id(result),)
            self._draw(result)
        self.plot.set_layer(min(self.selection.layer, len(result.layers) - 1))

    def figure(self) -> "Spec | None":
        """Return the curves that are chosen."""
        from laminoscope_core.figures import Spec
        from laminoscope_core.figures.regression import View

        if not set(self.requires) <= self.results.keys():
            return None
        return Spec(self.id, View(self.selection.layer, self.shown))

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().apply_theme(theme)
        self.canvas.apply_theme(theme)
        self.plot.apply_theme(theme)
        self._redraw()

    def _fill_chooser(self, result: Result) -> None:
        before = self.shown
        self.chooser.clear()
        self.chooser.addItem("β of lags", "lags")
        for name in result.params.predictors:
            self.chooser.addItem(f"β of {name}", name)
        self.chooser.addItem("R²", "r2")
        self.chooser.setCurrentIndex(max(self.chooser.findData(before), 0))

    def _draw(self, result: Result) -> None:
        curves: dict[str, Curve] = {}
        dots: list[tuple[np.ndarray, np.ndarray, str]] = []
        if self.shown == "r2":
            for name, values, colour in (
                ("R²", result.r2, self.theme.categories[0]),
                ("adjusted R²", result.adj_r2, self.theme.categories[1]),
            ):
                curves[name] = Curve(values, colour, _SYMBOLS[len(curves)])
        else:
            for number, term in enumerate(terms_shown(result, self.shown)):
                column, colour = result.terms.index(term), self.theme.categories[number]
                significant = np.nan_to_num(result.q[:, column], nan=1) < 0.05
                nearly = (np.nan_to_num(result.p[:, column], nan=1) < 0.05) & ~significant
                curves[term] = Curve(
                    result.coef[:, column],
                    colour,
                    _SYMBOLS[number],
                    result.low[:, column],
                    result.high[:, column],
                    significant,
                )
                dots.append((np.flatnonzero(nearly), result.coef[nearly, column], colour))
        self._dots.clear()
        for x, y, colour in dots:
            self._dots.addPoints(x=x, y=y, brush=pg.mkBrush(colour))
        self.plot.set_curves(curves, _range(curves))
        self.plot.setLabel("left", "R²" if self.shown == "r2" else "β")
        entries = [(term_label(name), curve.colour, curve.symbol) for name, curve in curves.items()]
        self.legend.set_entries(entries, self.theme.muted)
        reasons = [reason for reason in result.reasons if reason]
        self.set_note(f"undefined: {reasons[0]}" if reasons else f"n = {result.n}")

    def _ask(self) -> None:
        if self._filling or "adjustments" not in self.results:
            return
        chosen = tuple(name for name, action in self._others.items() if action.isChecked())
        params = Params(self.lags.value(), chosen)
        before = self.results["adjustments"].params
        if before.drop != self.drop.value():
            self.params_wanted.emit("adjustments", replace(before, drop=self.drop.value()))
        else:
            self.params_wanted.emit("regression", params)

    def _redraw(self) -> None:
        self._drawn = ()
        self.schedule_update()

    def _layer_at(self, position: QPointF) -> int | None:
        if not self.results or not self.plot.vb.sceneBoundingRect().contains(position):
            return None
        return self.plot.layer_at(self.plot.vb.mapSceneToView(position).x())

    def _moved(self, position: QPointF) -> None:
        layer = self._layer_at(position)
        result: Result | None = self.results.get("regression")
        if layer is None or result is None:
            self.read_out.hide()
            return
        lines = [f"layer {layer}"]
        if result.reasons[layer]:
            lines.append(f"undefined: {result.reasons[layer]}")
        elif self.shown == "r2":
            lines.append(f"R² {result.r2[layer]:.3f}, adjusted {result.adj_r2[layer]:.3f}")
        else:
            for term in terms_shown(result, self.shown):
                at = (layer, result.terms.index(term))
                chance = f"p {result.p[at]:.3f}, q {result.q[at]:.3f}"
                lines.append(f"{term_label(term)}  {result.coef[at]:.3f}   {chance}")
        self.read_out.show_at(self.canvas.mapFromScene(position), "\n".join(lines))

    def _clicked(self, event: object) -> None:
        layer = self._layer_at(event.scenePos())
        if layer is not None:
            self.selection.layer = layer

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)
        self.read_out.hide()


def _range(curves: dict[str, Curve]) -> tuple[float, float] | None:
    lines = [
        line
        for curve in curves.values()
        for line in (curve.values, curve.low, curve.high)
        if line is not None
    ]
    known = np.concatenate(lines) if lines else np.empty(0)
    known = known[np.isfinite(known)]
    return (float(known.min()), float(known.max())) if known.size else None
