"""Details: the numbers of what is selected, and what a panel's help says."""

from typing import Any

import numpy as np

from laminoscope_core.analysis.word_pairs import SUBSETS
from laminoscope_core.plots.belonging import rsa_chance_of, separability_chance_of
from laminoscope_core.plots.pairs import agreeing_least
from laminoscope_core.plots.words import (
    chance_text,
    in_carrier,
    pair_names,
    pair_place,
    pair_values,
    the_carrier,
    two_places,
)
from laminoscope_core.theme import pair_label, short_pair_label, site_label
from laminoscope_widgets.details_panel import SelectionPanel
from laminoscope_widgets.number_table import NumberTable
from laminoscope_widgets.panel import Workspace, plain_label
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["DetailsPanel"]


class DetailsPanel(SelectionPanel):
    """A short table for the layer, one for the pair, and a help text."""

    id = "details"
    requires = ("similarity", "rsa", "separability", "direct", "rsa-chance", "separability-chance")
    help_topic = "details"
    follows = ("layer", "pair", "carrier")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.scores = NumberTable(
            tr("RSA scores of the layer"),
            tr("The correlation of each pair of sites over all, within and across categories."),
            ["", *map(shown_text, SUBSETS)],
            even=True,
        )
        self.effects = NumberTable(
            tr("Separability of the layer"),
            tr("How far each site keeps the categories apart: d, g and p."),
            ["", "d", "g", "p"],
            even=True,
        )
        self.least = plain_label("", "muted", wraps=True)
        self.arrange(
            plain_label(tr("RSA score"), "muted"),
            self.scores,
            plain_label(tr("Separability of categories"), "muted"),
            self.effects,
            self.least,
            topic="start",
        )

    def update_view(self) -> None:
        """Fill the tables for the selected layer and pair."""
        n_layers = len(self.results["similarity"].layers)
        layer = min(self.selection.layer, n_layers - 1)
        self.layer_title.setText(
            tr("Layer {layer} of 0–{n_layers}", layer=layer, n_layers=n_layers - 1)
        )
        self._fill_scores(layer)
        self._fill_effects(layer)
        self._fill_least(layer)
        self._fill_pair(layer)

    def _fill_scores(self, layer: int) -> None:
        result = self._in_carrier("rsa")
        chance = rsa_chance_of(self.results, self.selection.carrier)
        if result is None:
            return
        self.scores.set_row_count(len(result.site_pairs))
        for row, pair in enumerate(result.site_pairs):
            texts, tips = [short_pair_label(pair)], [shown_text(pair_label(pair))]
            for subset in SUBSETS:
                at = (layer, row, result.subsets.index(subset))
                star, tip = "", str(result.reasons[at])
                if chance is not None and not tip:
                    star = "*" if chance.q[at] < 0.05 else ""
                    tip = chance_text(chance, at)
                texts.append(_number(result.r[at]) + star)
                tips.append(shown_text(tip))
            self.scores.fill(row, texts, tips)

    def _fill_effects(self, layer: int) -> None:
        result = self._in_carrier("separability")
        chance = separability_chance_of(self.results, self.selection.carrier)
        if result is None:
            return
        self.effects.set_row_count(len(result.sites))
        for row, site in enumerate(result.sites):
            tip = str(result.reasons[layer, row])
            if chance is not None and not tip:
                tip = chance_text(chance, (layer, row))
            d, g = (_number(values[layer, row]) for values in (result.cohens_d, result.hedges_g))
            p = np.nan if chance is None else chance.p[layer, row]
            shown = f"{p:.3f}" if np.isfinite(p) else ""
            tip = shown_text(tip)
            name = shown_text(site_label(site))
            self.effects.fill(row, [name, d, g, shown], [name, tip, tip])

    def _fill_least(self, layer: int) -> None:
        """Name the pairs on which the first two sites agree least."""
        result = in_carrier(self.results["similarity"], self.selection.carrier)
        sites = "-".join(result.sites[:2])
        pairs = agreeing_least(result, layer, sites) if len(result.sites) > 1 else ()
        names = [safe_text(pair_names(result, pair), limit=None) for pair in pairs]
        said = tr("{sites} agree least on:", sites=shown_text(pair_label(sites)))
        self.least.setText("\n".join([said, *names]) if names else "")
        self.least.setVisible(bool(names))

    def _in_carrier(self, name: str) -> Any:
        """Return scores in the selected carrier sentence, or their mean; None if there are none."""
        result = self.results.get(name)
        return None if result is None else the_carrier(result, self.selection.carrier)

    def _fill_pair(self, layer: int) -> None:
        pair = self.selection.pair
        result = in_carrier(self.results["similarity"], self.selection.carrier)
        if pair is None or max(pair) >= len(result.words):
            self.selected_title.setText(tr("No pair selected"))
            self.selected_values.setText(tr("Click a cell of a map, or a point."))
            return
        self.selected_title.setText(safe_text(pair_names(result, pair), limit=None))
        values, where = pair_values(result, layer, pair), pair_place(result, pair)
        said = (safe_text(shown_text(text), limit=None) for text in (values, where))
        self.selected_values.setText("\n".join(said))


def _number(value: float) -> str:
    return "–" if np.isnan(value) else two_places(value)
