"""Laminar curves: how correlation, RSA and separability run through the layers."""

from typing import Any

from laminoscope_core.plots.laminar import POSITIONS
from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.words import CORRELATIONS
from laminoscope_core.theme import site_label
from laminoscope_widgets.controls import carriers, choice, parameters, refill, switch
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["LaminarPanel"]

_FEW = 4
"""Entries up to which all curves can be told from each other."""


class LaminarPanel(PlotPanel):
    """Five small multiples over layers, with a choice of correlation and token."""

    plot = PLOTS["laminar"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        switch(self, "fisher_z", "z", tr("Fisher z"), tr("Show Fisher z = atanh(r) instead of r."))
        choice(
            self, "position", POSITIONS, tr("Token at which Q, K and V are correlated directly.")
        )
        correlations: dict[tuple[tuple[str, Any], ...], str] = {
            (("correlation", name), ("block_corrected", False)): text
            for name, text in CORRELATIONS.items()
        }
        block: tuple[tuple[str, Any], ...] = (
            ("correlation", "pearson"),
            ("block_corrected", True),
        )
        tip = tr("How two lists of pair similarities are correlated.")
        corrected = {block: f"{CORRELATIONS['pearson']}, block-corrected"}
        self.correlation = parameters(self, "rsa", {**correlations, **corrected}, tip)
        carriers(self, "rsa", tr("mean over carriers"))
        self.only = choice(
            self, "only", {"": tr("all sites")}, tr("Pairs with one site alone, or all.")
        )
        self.only.hide()

    def result_changed(self, analysis: str) -> None:
        """Offer each site where there are more than three."""
        if analysis == "separability":
            entries = {"": tr("all sites")} | {
                site: site_label(site) for site in self.results[analysis].sites
            }
            if [self.only.itemData(at) for at in range(self.only.count())] != [*entries]:
                refill(self.only, entries)
                self.only.setCurrentIndex(max(self.only.findData(self.choices.only), 0))
            self.only.setVisible(len(entries) > _FEW)
