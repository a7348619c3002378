"""Heads: numbers of all attention heads."""

from laminoscope_core.plots.heads import METRICS
from laminoscope_core.plots.inside import STATES
from laminoscope_core.plots.registry import PLOTS
from laminoscope_widgets.controls import choice
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["HeadsPanel"]


class HeadsPanel(PlotPanel):
    """A map of layers × heads, or one number against another; click selects a head."""

    plot = PLOTS["heads"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        choice(self, "metric", METRICS, tr("What heads are compared by."))
        choice(self, "against", {"": "map", **METRICS}, tr("A second number, for a scatter."))
        self.states = choice(self, "state", STATES, tr("The model as it is, or altered."))
        self.states.hide()

    def result_changed(self, analysis: str) -> None:
        """Offer the altered model where there is one."""
        self.states.setVisible(len(self.results[analysis].states) > 1)
