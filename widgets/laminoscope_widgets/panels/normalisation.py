"""Normalisation: what each layer's norm does to a token's vector."""

from laminoscope_core.plots.normalisation import NORMS
from laminoscope_core.plots.registry import PLOTS
from laminoscope_widgets.controls import choice
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["NormalisationPanel"]


class NormalisationPanel(PlotPanel):
    """Lengths, and the share of the largest dimensions, before and after the norm."""

    plot = PLOTS["normalisation"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        choice(self, "norm", NORMS, tr("Which norm of each layer is shown."), characters=10)
