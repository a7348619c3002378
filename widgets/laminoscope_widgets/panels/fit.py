"""Fit: what the regression of the selected layer predicts, what it leaves, and its rows."""

from laminoscope_core.plots.fit import CHECKS
from laminoscope_core.plots.registry import PLOTS
from laminoscope_widgets.controls import choice
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["FitPanel"]


class FitPanel(PlotPanel):
    """Points are tokens; click one to select it."""

    plot = PLOTS["fit"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        choice(
            self,
            "check",
            CHECKS,
            tr("Checks of the regression, and the rows it was computed from."),
            characters=20,
        )
