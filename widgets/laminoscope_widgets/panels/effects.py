"""Effects: what interventions do to the followed tokens."""

from laminoscope_core.plots.effects import METRICS
from laminoscope_core.plots.registry import PLOTS
from laminoscope_widgets.controls import choice, refill
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import tr

__all__ = ["EffectsPanel"]


class EffectsPanel(PlotPanel):
    """A bar per intervention, beside those of random other heads."""

    plot = PLOTS["effects"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._altered = False
        choice(self, "metric", METRICS, tr("Of what the change is shown."), characters=7)
        self.targets = choice(self, "target", {"": "–"}, tr("Of which followed token."))
        self.targets.setMinimumContentsLength(6)

    def result_changed(self, analysis: str) -> None:
        """Offer the tokens that are followed; come to the front with the first effects."""
        altered = self.results[analysis].reading is not None
        if altered and not self._altered:
            self.front_wanted.emit()
        self._altered = altered
        texts = self.results[analysis].watched.texts
        shown = [f"“{safe_text(text, spaces=True, limit=20)}”" for text in texts]
        rest = dict(zip(texts[1:], shown[1:], strict=True))
        refill(self.targets, {"": shown[0] if shown else "–", **rest})
        if self.choices.target not in rest:
            self.set_view(target="")
