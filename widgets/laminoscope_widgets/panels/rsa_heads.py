"""RSA of heads: which heads hold a layer's geometry of words, and which hold the same."""

from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.rsa_heads import VALUES
from laminoscope_core.theme import site_label
from laminoscope_widgets.controls import carriers, choice, offer_sites
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import mark, tr

__all__ = ["RsaHeadsPanel"]


class RsaHeadsPanel(PlotPanel):
    """A map of layers × heads beside one of the heads of a layer; click selects a head."""

    plot = PLOTS["rsa-heads"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        site = self.choices.heads_of
        tip = tr("The site whose heads are compared.")
        self.sites = choice(self, "heads_of", {site: site_label(site)}, tip, characters=4)
        choice(self, "value", VALUES, tr("What the map of layers and heads shows."))
        carriers(self, "rsa-heads", mark("mean over carriers"))

    def result_changed(self, analysis: str) -> None:
        """Offer the sites that have heads."""
        offer_sites(self.sites, self.results[analysis].sites, self.choices.heads_of)
