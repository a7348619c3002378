"""Predictors: how well what is known of the words says which are alike."""

from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.rsa_predictors import QUANTITIES
from laminoscope_core.theme import site_label
from laminoscope_widgets.controls import carriers, choice, refill
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import mark, tr

__all__ = ["RsaPredictorsPanel"]

_ALL = mark("all sites")


class RsaPredictorsPanel(PlotPanel):
    """Curves over layers, a frame a site."""

    plot = PLOTS["rsa-predictors"]
    key_below = True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        choice(self, "quantity", QUANTITIES, tr("What the curves show."), characters=6)
        self.only = choice(self, "only", {"": tr(_ALL)}, tr("Sites that are shown."), characters=6)
        carriers(self, "rsa-predictors", mark("mean over carriers"))

    def result_changed(self, analysis: str) -> None:
        """Offer the sites that were compared."""
        if analysis != "rsa-predictors":
            return
        there = ["", *self.results[analysis].sites]
        if [self.only.itemData(at) for at in range(self.only.count())] != there:
            refill(self.only, {site: site_label(site) if site else tr(_ALL) for site in there})
            self.only.setCurrentIndex(max(self.only.findData(self.choices.only), 0))
