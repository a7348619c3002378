"""Adjustments: how strongly each layer acts on each token, as a layers × tokens map."""

from laminoscope_core.plots.adjustments import MEASURES, ORDERS
from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.text import SITES
from laminoscope_widgets.controls import choice, offer, parameters
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["AdjustmentsPanel"]


class AdjustmentsPanel(PlotPanel):
    """Hover reads a cell, click selects its token and layer, double click shows all."""

    plot = PLOTS["adjustments"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.site = parameters(
            self,
            "adjustments",
            {(("site", name),): text for name, text in SITES.items()},
            tr("Whose lengths: what a block's attention or MLP gives to a token."),
            characters=14,
        )
        choice(self, "order", ORDERS, tr("In which order the tokens stand."))
        choice(
            self,
            "measure",
            MEASURES,
            tr("The length's logarithm, or how far it lies from its layer's."),
        )

    def result_changed(self, analysis: str) -> None:
        """Offer the sites that were captured."""
        captured = self.results[analysis].sites
        offer(self.site, lambda data: data[0][1] in captured)
