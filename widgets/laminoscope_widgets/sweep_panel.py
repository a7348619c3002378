"""What the plots of a sweep share: which of its lists, sentences and sites are shown."""

from collections.abc import Iterable
from typing import ClassVar

from laminoscope_core.analysis.swept import Swept
from laminoscope_core.plots.sweep_views import chosen
from laminoscope_core.theme import site_label
from laminoscope_widgets.controls import choice, refill
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import tr

__all__ = ["SweepPanel"]


class SweepPanel(PlotPanel):
    """A plot of a sweep, with a choice of word list, sentence, and site or sites.

    Attributes
    ----------
    place_field : str
        The field of the view that names the site or sites.
    """

    place_field: ClassVar[str] = "place"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        none = {"": ""}
        self.lists = choice(self, "words", none, tr("Word list. The words that are scored."))
        self.sentences = choice(self, "sentence", none, tr("Carrier sentence. Or their mean."))
        self.places = choice(self, self.place_field, none, self.place_says())

    def place_says(self) -> str:
        """Return name and description of the choice of a site."""
        return tr("Site. Whose geometries are compared.")

    def place_label(self, place: str) -> str:
        """Return the name of a site, or of sites, for people."""
        return site_label(place)

    def keys_of(self, swept: Swept) -> Iterable[tuple[str, str, str]]:
        """Return the lists, sentences and sites that there are numbers of."""
        raise NotImplementedError

    def result_changed(self, analysis: str) -> None:
        """Offer the lists, sentences and sites that the sweep has."""
        keys = list(self.keys_of(self.results[analysis]))
        for at, box in enumerate((self.lists, self.sentences, self.places)):
            label = self.place_label if at == 2 else safe_text
            refill(box, {key[at]: label(key[at]) for key in keys})
        asked = self.choices.words, self.choices.sentence, getattr(self.choices, self.place_field)
        words, sentence, place = chosen(keys, asked)
        self.set_view(words=words, sentence=sentence, swept=None, **{self.place_field: place})
        self.view_changed.emit(self.choices)  # the boxes have other entries, even if it is the same
