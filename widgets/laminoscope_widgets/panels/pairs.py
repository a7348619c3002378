"""Pairs of words as points: how alike they are at one site against how alike at another."""

from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.theme import PAIR_LABELS
from laminoscope_widgets.controls import choice
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["PairsPanel"]


class PairsPanel(PlotPanel):
    """All pairs at the selected layer, for a choice of two sites."""

    plot = PLOTS["pairs"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        tip = tr("The two sites that are plotted against each other.")
        choice(self, "sites", PAIR_LABELS, tip)
