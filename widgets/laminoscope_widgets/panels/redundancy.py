"""Redundancy: which heads do the same."""

from laminoscope_core.plots.redundancy import AMONG, MEASURES
from laminoscope_core.plots.registry import PLOTS
from laminoscope_widgets.controls import choice
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["RedundancyPanel"]


class RedundancyPanel(PlotPanel):
    """A map of how alike heads are; click selects one."""

    plot = PLOTS["redundancy"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        choice(self, "measure", MEASURES, tr("By what heads are alike."), characters=8)
        choice(self, "among", AMONG, tr("Which heads are compared."), characters=8)
