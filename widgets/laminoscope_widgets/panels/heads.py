"""Heads: numbers of all attention heads."""

from laminoscope_core.plots.heads import METRICS, OVER
from laminoscope_core.plots.registry import PLOTS
from laminoscope_widgets.controls import choice, offer
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["HeadsPanel"]


class HeadsPanel(PlotPanel):
    """A map of layers × heads, or one number against another; click selects a head."""

    plot = PLOTS["heads"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        choice(self, "metric", METRICS, tr("What heads are compared by."), characters=8)
        choice(
            self,
            "against",
            {"": "map", **METRICS},
            tr("A second number, for a scatter."),
            characters=5,
        )
        self.over = choice(self, "over", OVER, tr("What the numbers are means over."), characters=6)
        self.over.hide()

    def result_changed(self, analysis: str) -> None:
        """Offer what the heads were read over."""
        if analysis != "atlas":
            return
        atlas = self.results[analysis]
        there = {"text", *(name for name in ("texts", "random") if getattr(atlas, name))}
        self.over.setVisible(len(there) > 1)
        offer(self.over, there.__contains__)
        if self.choices.over not in there:
            self.set_view(over="text")
