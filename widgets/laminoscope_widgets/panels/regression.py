"""Regression: what the tokens before predict, layer by layer, and what is to predict."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from laminoscope_core.analysis.regression import MOST_LAGS, Covariance, Params, Result
from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.regression import CURVES, terms_of
from laminoscope_widgets.arranging import across, opens
from laminoscope_widgets.controls import choice, offer
from laminoscope_widgets.named import tool_button
from laminoscope_widgets.number_boxes import WholeBox
from laminoscope_widgets.panel import Workspace, plain_label
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.steps import undone_by_window
from laminoscope_widgets.translation import mark, tr

__all__ = ["RegressionPanel"]

_PREDICTORS = (mark("surprisal"), mark("entropy"), mark("position"))


class RegressionPanel(PlotPanel):
    """Curves over layers; below the title, the lags and other predictors to compute with."""

    plot = PLOTS["regression"]
    key_below = True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        tip = tr("Which coefficients are drawn, or how much is explained.")
        self.chooser = choice(self, "shown", CURVES, tip)

    def make_body(self) -> QWidget:
        """Return the predictors in a row above the canvas."""
        self.lags = WholeBox(minimum=1, maximum=MOST_LAGS, value=2)
        self.lags.setToolTip(tr("How many tokens before predict."))
        self.drop = WholeBox(minimum=0, maximum=999, value=1)
        self.drop.setToolTip(tr("Leading tokens left out; the first is an outlier in most models."))
        for box, name in ((self.lags, tr("Lags")), (self.drop, tr("Leading tokens left out"))):
            box.setAccessibleName(name)
            box.setKeyboardTracking(False)
            undone_by_window(box)
            box.valueChanged.connect(lambda _: self._ask())
        self.others = tool_button(
            tr("also"), tr("Other predictors beside the lags."), tr("Other predictors")
        )
        self.others.setToolTip(tr("Other predictors beside the lags, and standard errors."))
        self.others.setAccessibleName(tr("Other predictors, and standard errors"))
        menu = QMenu(self)
        self._others = {name: menu.addAction(tr(name)) for name in _PREDICTORS}
        menu.addSeparator()
        self._robust = menu.addAction(tr("HC3 standard errors"))
        self._robust.setToolTip(tr("Do not assume that all residuals are equally spread."))
        for action in (*self._others.values(), self._robust):
            action.setCheckable(True)
            action.toggled.connect(lambda _: self._ask())
        self._filling = False
        lags, out = plain_label(tr("Lags"), "muted"), plain_label(tr("Leave out"), "muted")
        asked = across(lags, self.lags, out, self.drop, opens(self.others, menu), 1, spacing=4)
        body = super().make_body()
        self.column.insertLayout(0, asked)
        return body

    @property
    def view(self) -> Any:
        """What is shown now; the lags where a regression has not what was chosen."""
        view, result = super().view, self.results.get("regression")
        lacking = isinstance(result, Result) and not _has(result, view.shown)
        return replace(view, shown="lags") if lacking else view

    def result_changed(self, analysis: str) -> None:
        """Show the parameters that the result was computed with."""
        self._filling = True
        result: Any = self.results[analysis]
        if analysis == "regression":
            self.lags.setValue(result.params.lags)
            for name, action in self._others.items():
                action.setChecked(name in result.params.predictors)
            self._robust.setChecked(result.params.covariance == "HC3")
            offer(self.chooser, lambda shown: _has(result, shown))
            self.chooser.setCurrentIndex(self.chooser.findData(self.view.shown))
        else:
            self.drop.setValue(result.params.drop)
        self._filling = False

    def _ask(self) -> None:
        if self._filling or "adjustments" not in self.results:
            return
        before = self.asked.get("adjustments", self.results["adjustments"].params)
        if before.drop != self.drop.value():
            self.params_wanted.emit("adjustments", replace(before, drop=self.drop.value()))
        else:
            chosen = tuple(name for name, action in self._others.items() if action.isChecked())
            covariance: Covariance = "HC3" if self._robust.isChecked() else "classical"
            self.params_wanted.emit("regression", Params(self.lags.value(), chosen, covariance))


def _has(result: Result, shown: str) -> bool:
    """Return whether a regression has what a view may show: not every predictor was asked for."""
    return shown == "r2" or bool(terms_of(result, shown))
