"""Ledger: what each part of the blocks adds to a logit."""

from laminoscope_core.plots.inside import target_text
from laminoscope_core.plots.ledger import OPENED
from laminoscope_core.plots.registry import PLOTS
from laminoscope_widgets.controls import choice, refill
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["LedgerPanel"]


class LedgerPanel(PlotPanel):
    """Bars of the largest parts, curves over layers or a map of heads, of one followed token."""

    plot = PLOTS["ledger"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        choice(self, "opened", OPENED, tr("How the ledger is opened."), characters=8)
        self.targets = choice(self, "target", {"": "–"}, tr("Whose logit is made up of the parts."))
        self.targets.setMinimumContentsLength(6)

    def result_changed(self, analysis: str) -> None:
        """Offer the tokens that are followed, and their difference, which is shown at first."""
        result = self.results[analysis]
        targets, watched = result.targets, result.watched.texts
        shown = [f"“{target_text(watched, number)}”" for number in range(len(targets))]
        last = shown[-1] if shown else "–"
        refill(self.targets, {"": last, **dict(zip(targets[:-1], shown[:-1], strict=True))})
        if self.choices.target not in targets[:-1]:
            self.set_view(target="")
