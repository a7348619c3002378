"""Similarity: a words × words map for each site at the selected layer."""

from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.similarity import ORDERS
from laminoscope_core.plots.words import MEASURES, head_text
from laminoscope_core.theme import site_label
from laminoscope_widgets.controls import carriers, choice, parameters, refill
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["SimilarityPanel"]


class SimilarityPanel(PlotPanel):
    """Linked maps, with a choice of measure and heads."""

    plot = PLOTS["similarity"]
    controls_need = ("words",)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        measures = {(("measure", measure),): text for measure, text in MEASURES.items()}
        tip = tr("How the vectors of two words are compared.")
        self.measure = parameters(self, "similarity", measures, tip)
        tip = tr("All heads side by side, or one query head with the K and V it reads.")
        self.head = parameters(self, "similarity", _heads(0), tip)
        tip = tr(
            "In which order words stand. In a dendrogram, those that are alike are neighbours."
        )
        self.order = choice(self, "order", ORDERS, tip, characters=8)
        carriers(self, "similarity")

    def result_changed(self, analysis: str) -> None:
        """Offer as many heads as the model has, and the dendrograms that there are."""
        if analysis == "dendrogram":
            clusters = {
                site: f"dendrogram {site_label(site)}" for site in self.results[analysis].sites
            }
            if (
                self.order.count() != len(ORDERS) + len(clusters)
                or self.order.itemData(2) not in clusters
            ):
                refill(self.order, {**ORDERS, **clusters})
                self.order.setCurrentIndex(max(self.order.findData(self.choices.order), 0))
        if analysis == "words":
            n_heads = self.results[analysis].target["q"].shape[2]
            if self.head.count() != n_heads + 1:
                refill(self.head, _heads(n_heads))


def _heads(n_heads: int) -> dict[tuple[tuple[str, int | None], ...], str]:
    return {(("head", head),): head_text(head) for head in (None, *range(n_heads))}
