"""Laminar curves: how correlation, RSA and separability run through the layers."""

from typing import Any

from laminoscope_core.plots.laminar import POSITIONS
from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.words import CORRELATIONS
from laminoscope_widgets.controls import carriers, choice, parameters, switch
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["LaminarPanel"]


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
