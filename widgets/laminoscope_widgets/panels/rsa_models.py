"""Words across models: how far other models agree with the open one on which words are alike."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton

from laminoscope_core.analysis.across_models import EMBEDDING
from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.rsa_models import KINDS
from laminoscope_core.plots.words import CORRELATIONS
from laminoscope_core.theme import site_label
from laminoscope_widgets.controls import carriers, choice, parameters, refill
from laminoscope_widgets.models_menu import ModelsMenu
from laminoscope_widgets.named import tool_button
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import mark, tr

__all__ = ["RsaModelsPanel"]


class RsaModelsPanel(PlotPanel):
    """Maps, pairs, words, layers and models, with a choice of the models that are compared.

    ``models_wanted(sources)`` is emitted when others are to be compared, ``models_asked()`` before
    the menu is shown that is to be filled.
    """

    plot = PLOTS["rsa-models"]
    key_below = True

    models_wanted = Signal(object)
    models_asked = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.menu = ModelsMenu(self)
        self.menu.aboutToShow.connect(self.models_asked)
        self.menu.chosen.connect(self.models_wanted)
        tip = tr("Choose the models that read the same words.")
        self.models_button = tool_button(tr("Models…"), tip)
        self.models_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.models_button.setMenu(self.menu)
        self.controls.addWidget(self.models_button)
        choice(self, "kind", KINDS, tr("What is shown of the two models."))
        self.place = choice(
            self, "place", {EMBEDDING: site_label(EMBEDDING)}, tr("Where the words are compared.")
        )
        tip = tr("The model that the open one is compared with.")
        self.other = choice(self, "other", {"": "–"}, tip)
        correlations: dict[tuple[tuple[str, Any], ...], str] = {
            (("correlation", name),): CORRELATIONS[name] for name in ("pearson", "spearman")
        }
        tip = tr("How two lists of pair similarities are correlated.")
        parameters(self, "rsa-models", correlations, tip)
        carriers(self, "rsa-models", mark("mean over carriers"))
        self.set_empty(tr("Other models can read the same words, to be compared with this one."))
        self.set_start(tr("Choose models…"), self.menu)

    def set_altered(self, *, altered: bool) -> None:
        """Stay with the model as it is: others are not altered, and compared with that."""

    def result_changed(self, analysis: str) -> None:
        """Offer the sites and the models that were compared; come to the front with the first."""
        if analysis != "rsa-models":
            return
        result = self.results[analysis]
        places = {site: site_label(site) for site in result.sites}
        if [self.place.itemData(at) for at in range(self.place.count())] != [*places]:
            refill(self.place, places)
            self.place.setCurrentIndex(max(self.place.findData(self.choices.place), 0))
        own, *others = result.models
        titles = {model.source: safe_text(model.title, limit=30) for model in others}
        entries = {"": next(iter(titles.values()), "–"), **dict([*titles.items()][1:])}
        if others:
            entries[own.source] = tr("{model} itself", model=safe_text(own.title, limit=30))
        if [self.other.itemData(at) for at in range(self.other.count())] != [*entries]:
            refill(self.other, entries)
            self.other.setCurrentIndex(max(self.other.findData(self.choices.other), 0))
        if self.choices.other not in entries:
            self.set_view(other="")
