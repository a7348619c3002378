"""All models of a sweep: one of their scores along relative depth."""

from laminoscope_core.plots.registry import OF_SWEEPS
from laminoscope_core.plots.sweep_curves import SUBSETS
from laminoscope_core.plots.sweep_views import chosen
from laminoscope_core.theme import pair_label
from laminoscope_widgets.controls import choice, refill
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import tr

__all__ = ["SweepCurvesPanel"]


class SweepCurvesPanel(PlotPanel):
    """A curve for each model, and their median; a click marks the model."""

    plot = OF_SWEEPS["sweep-curves"]
    key_below = True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        none = {"": ""}
        self.lists = choice(self, "words", none, tr("Word list. The words that are scored."))
        self.sentences = choice(self, "sentence", none, tr("Carrier sentence. Or their mean."))
        self.sites = choice(self, "sites", none, tr("Sites. Whose geometries are compared."))
        choice(self, "subset", SUBSETS, tr("Pairs. Of which words a score is."))

    def result_changed(self, analysis: str) -> None:
        """Offer the lists, sentences and sites that the sweep has."""
        keys = [key[:3] for key in self.results[analysis].curves]
        for at, box in enumerate((self.lists, self.sentences, self.sites)):
            label = pair_label if at == 2 else safe_text
            refill(box, {key[at]: label(key[at]) for key in keys})
        asked = self.choices.words, self.choices.sentence, self.choices.sites
        words, sentence, sites = chosen(keys, asked)
        self.set_view(words=words, sentence=sentence, sites=sites, swept=None)
        self.view_changed.emit(self.choices)  # the boxes have other entries, even if it is the same
