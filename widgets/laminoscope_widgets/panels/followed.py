"""Followed tokens: when each of them appears, layer by layer."""

from laminoscope_core.plots.followed import QUANTITIES
from laminoscope_core.plots.registry import PLOTS
from laminoscope_widgets.controls import choice
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["FollowedPanel"]


class FollowedPanel(PlotPanel):
    """Curves over layers, read after the selected token."""

    plot = PLOTS["followed"]
    key_below = True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        choice(self, "quantity", QUANTITIES, tr("What the curves show."))
