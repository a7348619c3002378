"""Contrast: how much more two sites agree within categories than across them."""

from laminoscope_core.plots.registry import PLOTS
from laminoscope_widgets.controls import carriers
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import mark

__all__ = ["RsaContrastPanel"]


class RsaContrastPanel(PlotPanel):
    """Curves over layers with their bands."""

    plot = PLOTS["rsa-contrast"]
    key_below = True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        carriers(self, "rsa", mark("mean over carriers"))
