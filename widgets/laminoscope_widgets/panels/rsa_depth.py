"""RSA of depth: which layers hold the same geometry of words, within a site or across two."""

from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.theme import site_label
from laminoscope_widgets.controls import carriers, choice, offer_sites
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import mark, tr

__all__ = ["RsaDepthPanel"]


class RsaDepthPanel(PlotPanel):
    """A map of layers × layers of two sites, with a row of it; click selects the layer."""

    plot = PLOTS["rsa-depth"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        first = {self.choices.first: site_label(self.choices.first)}
        second = {self.choices.second: site_label(self.choices.second)}
        tip = tr("The site whose layers are the rows.")
        self.first = choice(self, "first", first, tip, characters=4)
        tip = tr("The site whose layers are the columns.")
        self.second = choice(self, "second", second, tip, characters=4)
        carriers(self, "rsa-depth", mark("mean over carriers"))

    def result_changed(self, analysis: str) -> None:
        """Offer the sites that were compared."""
        sites = self.results[analysis].sites
        offer_sites(self.first, sites, self.choices.first)
        offer_sites(self.second, sites, self.choices.second)
