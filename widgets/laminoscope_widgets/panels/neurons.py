"""Neurons: the largest activations of a token in a layer."""

from laminoscope_core.plots.neurons import OPENED
from laminoscope_core.plots.registry import PLOTS
from laminoscope_widgets.controls import choice
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["NeuronsPanel"]


class NeuronsPanel(PlotPanel):
    """Bars of the largest neurons with what they write, or how many are active by layer."""

    plot = PLOTS["neurons"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        choice(self, "opened", OPENED, tr("What is shown of the neurons."), characters=8)
