"""Distributions: similarities of pairs within a category against pairs across categories."""

from typing import TYPE_CHECKING

import numpy as np

from laminoscope_core.analysis import separability, similarity
from laminoscope_core.analysis.word_pairs import WordPairs, word_pairs
from laminoscope_core.analysis.word_views import common_edges
from laminoscope_widgets.panel import Panel, Workspace
from laminoscope_widgets.plots.histogram import RidgePlot
from laminoscope_widgets.plots.style import Canvas
from laminoscope_widgets.theme import Theme

if TYPE_CHECKING:
    from laminoscope_core.figures import Spec

__all__ = ["DistributionsPanel"]

_SITES = ("q", "k", "v")


class DistributionsPanel(Panel):
    """One row each for Q, K and V, with Cohen's d."""

    id = "distributions"
    title = "Within and across"
    requires = ("similarity", "separability")
    help_topic = "distributions"
    follows = ("layer",)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.canvas = Canvas()
        self.canvas.ci.layout.setSpacing(0)
        self.rows = {site: RidgePlot(self.theme) for site in _SITES}
        for number, (site, plot) in enumerate(self.rows.items()):
            self.canvas.addItem(plot, number, 0)
            if site != "q":
                plot.setXLink(self.rows["q"])
            if site != "v":
                plot.hideAxis("bottom")
        self.rows["v"].setLabel("bottom", "similarity (filled: within, line: across)")
        self.set_body(self.canvas)
        self._pairs: WordPairs | None = None
        self.apply_theme(self.theme)

    def result_changed(self, analysis: str) -> None:
        """Take new matrices."""
        if analysis == "similarity":
            self.results.pop("separability", None)
            self._pairs = word_pairs(self.results[analysis].categories)

    def update_view(self) -> None:
        """Draw the selected layer, all sites over the same bins."""
        result: similarity.Result = self.results["similarity"]
        assert self._pairs is not None
        layer = min(self.selection.layer, len(result.layers) - 1)
        vectors = {s: self._pairs.vectors(result.matrices[s][layer]) for s in _SITES}
        edges = common_edges(np.concatenate(list(vectors.values())))
        effect: separability.Result | None = self.results.get("separability")
        for column, (site, plot) in enumerate(self.rows.items()):
            label = site.upper()
            if effect is not None:
                d, reason = effect.cohens_d[layer, column], effect.reasons[layer, column]
                label += f"  d undefined: {reason}" if np.isnan(d) else f"  d = {d:.2f}"
            values, within = vectors[site], self._pairs.within
            plot.set_values(values[within], values[~within], edges, self.theme.sites[site], label)
        self.rows["q"].setXRange(edges[0], edges[-1], padding=0.02)
        within = int(self._pairs.within.sum())
        across = len(self._pairs.within) - within
        self.set_note(f"n = {within}, {across}")

    def figure(self) -> "Spec | None":
        """Return the distributions of the selected layer."""
        from laminoscope_core.figures import Spec, distributions

        if not {"similarity", "separability"} <= self.results.keys():
            return None
        layer = min(self.selection.layer, len(self.results["similarity"].layers) - 1)
        return Spec("distributions", distributions.View(layer))

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().apply_theme(theme)
        self.canvas.apply_theme(theme)
        for plot in self.rows.values():
            plot.apply_theme(theme)
