"""Word map: the words of one site in two dimensions."""

from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.rsa_map import METHODS
from laminoscope_widgets.controls import carriers, parameters, sites, switch
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import mark, tr

__all__ = ["RsaMapPanel"]


class RsaMapPanel(PlotPanel):
    """A point a word, with a choice of site and of how words are laid out."""

    plot = PLOTS["rsa-map"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        switch(self, "names", "Aa", tr("Names"), tr("Name the words, as far as there is room."))
        sites(self, "rsa-map")
        methods = {(("method", method),): text for method, text in METHODS.items()}
        tip = tr("How words are laid out. Non-metric scaling of many words takes minutes.")
        self.method = parameters(self, "rsa-map", methods, tip)
        carriers(self, "rsa-map", mark("mean over carriers"))
