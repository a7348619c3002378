"""One model of a sweep with all others: its mean score along relative depth, with its interval."""

from laminoscope_core.plots.registry import OF_SWEEPS
from laminoscope_core.plots.sweep_views import chosen
from laminoscope_core.theme import site_label
from laminoscope_widgets.controls import choice, refill
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import tr

__all__ = ["SweepMeansPanel"]


class SweepMeansPanel(PlotPanel):
    """The model that is marked, or the first; a click marks another."""

    plot = OF_SWEEPS["sweep-means"]
    key_below = True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        none = {"": ""}
        self.lists = choice(self, "words", none, tr("Word list. The words that are scored."))
        self.sentences = choice(self, "sentence", none, tr("Carrier sentence. Or their mean."))
        self.places = choice(self, "place", none, tr("Site. Whose geometries are compared."))

    def result_changed(self, analysis: str) -> None:
        """Offer the lists, sentences and sites that the sweep has."""
        keys = list(self.results[analysis].means)
        for at, box in enumerate((self.lists, self.sentences, self.places)):
            label = site_label if at == 2 else safe_text
            refill(box, {key[at]: label(key[at]) for key in keys})
        asked = self.choices.words, self.choices.sentence, self.choices.place
        words, sentence, place = chosen(keys, asked)
        self.set_view(words=words, sentence=sentence, place=place, swept=None)
        self.view_changed.emit(self.choices)  # the boxes have other entries, even if it is the same
