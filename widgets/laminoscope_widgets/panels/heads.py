"""Heads: numbers of all attention heads."""

from laminoscope_core.plots.heads import METRICS
from laminoscope_core.plots.registry import PLOTS
from laminoscope_widgets.controls import choice, state_switch
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["HeadsPanel"]


class HeadsPanel(PlotPanel):
    """A map of layers × heads, or one number against another; click selects a head."""

    plot = PLOTS["heads"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        choice(self, "metric", METRICS, tr("What heads are compared by."), characters=8)
        choice(
            self,
            "against",
            {"": "map", **METRICS},
            tr("A second number, for a scatter."),
            characters=5,
        )
        self.states = state_switch(self, "heads")
