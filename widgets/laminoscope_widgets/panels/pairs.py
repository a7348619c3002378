"""Pairs of words as points: how alike they are at one site against how alike at another."""

from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.theme import pair_label
from laminoscope_widgets.controls import choice, refill, switch
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
        first = self.choices.sites
        self.sites = choice(self, "sites", {first: pair_label(first)}, tip)
        switch(self, "named", "Aa", tr("Names"), tr("Name the pairs that agree least."))

    def result_changed(self, analysis: str) -> None:
        """Offer the pairs of sites that were compared."""
        if analysis == "rsa":
            pairs = self.results[analysis].site_pairs
            if [self.sites.itemData(at) for at in range(self.sites.count())] != [*pairs]:
                refill(self.sites, {pair: pair_label(pair) for pair in pairs})
                self.sites.setCurrentIndex(max(self.sites.findData(self.choices.sites), 0))
