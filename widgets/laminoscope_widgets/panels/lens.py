"""Lens: what every layer would say, as a map of layers × tokens."""

from laminoscope_core.plots.lens import QUANTITIES
from laminoscope_core.plots.registry import PLOTS
from laminoscope_widgets.controls import choice, refill
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import tr

__all__ = ["LensPanel"]


class LensPanel(PlotPanel):
    """Hover reads a cell, click selects its token and layer."""

    plot = PLOTS["lens"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        choice(self, "quantity", QUANTITIES, tr("What the cells show."), characters=8)
        self.targets = choice(
            self,
            "target",
            {"": tr("likeliest token")},
            tr("Whose probability or rank is shown."),
            characters=8,
        )

    def result_changed(self, analysis: str) -> None:
        """Offer the tokens that are followed."""
        texts = self.results[analysis].watched.texts
        shown = {text: f"“{safe_text(text, spaces=True, limit=20)}”" for text in texts}
        refill(self.targets, {"": tr("likeliest token"), **shown})
        if self.choices.target not in texts:
            self.set_view(target="")
