"""Pairs of words as points: how alike they are at one site against how alike at another."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox

from laminoscope_core.analysis import rsa, similarity
from laminoscope_core.analysis.word_pairs import WordPairs, word_pairs
from laminoscope_core.analysis.word_views import category_numbers, score_text
from laminoscope_widgets.panel import Panel, ReadOut, Workspace
from laminoscope_widgets.plots.colours import PAIR_LABELS, category_colours, with_alpha
from laminoscope_widgets.plots.scatter import ScatterPlot
from laminoscope_widgets.plots.style import Canvas
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

if TYPE_CHECKING:
    from laminoscope_core.figures import Spec

__all__ = ["PairsPanel"]


class PairsPanel(Panel):
    """A scatter of all pairs at the selected layer, within pairs in their category's colour."""

    id = "pairs"
    title = "Pairs"
    requires = ("similarity", "rsa")
    help_topic = "pairs"
    follows = ("layer", "pair", "hovered_pair")
    state_attrs = ("sites",)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.canvas = Canvas()
        self.plot = ScatterPlot(self.theme)
        self.canvas.addItem(self.plot)
        self.set_body(self.canvas)
        self.read_out = ReadOut(self.canvas)
        self.chooser = QComboBox()
        for name, label in PAIR_LABELS.items():
            self.chooser.addItem(label, name)
        self.chooser.setToolTip("The two sites that are plotted against each other.")
        self.chooser.currentIndexChanged.connect(lambda _: self._forget_drawing())
        self.controls.addWidget(self.chooser)
        self._pairs: WordPairs | None = None
        self._groups = np.empty(0, int)
        self._index: dict[tuple[int, int], int] = {}
        self._drawn: tuple[object, ...] = ()
        self.canvas.scene().sigMouseMoved.connect(self._moved)
        self.canvas.scene().sigMouseClicked.connect(self._clicked)
        self.apply_theme(self.theme)

    @property
    def sites(self) -> str:
        """The pair of sites shown, as ``"q-k"``."""
        return str(self.chooser.currentData())

    @sites.setter
    def sites(self, value: str) -> None:
        self.chooser.setCurrentIndex(max(self.chooser.findData(value), 0))

    def result_changed(self, analysis: str) -> None:
        """Take new matrices: the pairs and their groups."""
        if analysis == "similarity":
            result: similarity.Result = self.results[analysis]
            self.results.pop("rsa", None)
            self._pairs = pairs = word_pairs(result.categories)
            number = category_numbers(result.categories)
            self._groups = np.where(pairs.within, number[pairs.first] + 1, 0)
            both = zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
            self._index = {pair: position for position, pair in enumerate(both)}
        self._drawn = ()

    def update_view(self) -> None:
        """Draw the selected layer and ring the selected and the hovered pair."""
        result: similarity.Result = self.results["similarity"]
        assert self._pairs is not None
        layer = min(self.selection.layer, len(result.layers) - 1)
        if (drawn := (layer, self.sites, self.theme.name)) != self._drawn:
            self._drawn = drawn
            first, second = self.sites.split("-")
            x = self._pairs.vectors(result.matrices[first][layer])
            y = self._pairs.vectors(result.matrices[second][layer])
            named = category_colours(result.categories, self.theme).values()
            colours = [with_alpha(self.theme.grid, 0.45), *(QColor(colour) for colour in named)]
            self.plot.set_points(x, y, self._groups, colours)
            self.plot.fit()
            self.plot.setLabel("bottom", f"similarity at {first.upper()}")
            self.plot.setLabel("left", f"at {second.upper()}")
            self._write_note(layer)
        self.plot.mark(
            self._index.get(self.selection.pair) if self.selection.pair else None,
            self._index.get(self.selection.hovered_pair) if self.selection.hovered_pair else None,
        )

    def figure(self) -> "Spec | None":
        """Return the pairs of the selected layer, with the selected pair ringed."""
        from laminoscope_core.figures import Spec, pairs

        if not {"similarity", "rsa"} <= self.results.keys():
            return None
        layer = min(self.selection.layer, len(self.results["similarity"].layers) - 1)
        return Spec("pairs", pairs.View(layer, self.sites, self._selected_pair()))

    def _selected_pair(self) -> tuple[int, int] | None:
        pair = self.selection.pair
        return pair if pair in self._index else None

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().apply_theme(theme)
        self.canvas.apply_theme(theme)
        self.plot.apply_theme(theme)

    def _write_note(self, layer: int) -> None:
        scores: rsa.Result | None = self.results.get("rsa")
        if scores is None:
            self.set_note("")
            return
        self.set_note(score_text(scores, layer, self.sites))

    def _forget_drawing(self) -> None:
        self._drawn = ()
        self.schedule_update()

    def _pair_at(self, position: QPointF) -> tuple[int, int] | None:
        if self._pairs is None or "similarity" not in self.results:
            return None
        index = self.plot.nearest(position)
        if index is None:
            return None
        return int(self._pairs.first[index]), int(self._pairs.second[index])

    def _moved(self, position: QPointF) -> None:
        pair = self._pair_at(position)
        self.selection.hovered_pair = pair
        if pair is None:
            self.read_out.hide()
            return
        result: similarity.Result = self.results["similarity"]
        layer = min(self.selection.layer, len(result.layers) - 1)
        names = " – ".join(safe_text(result.words[index], limit=24) for index in pair)
        values = ", ".join(
            f"{site.upper()} {result.matrices[site][layer][pair]:.2f}"
            for site in self.sites.split("-")
        )
        self.read_out.show_at(self.canvas.mapFromScene(position), f"{names}  {values}")

    def _clicked(self, event: object) -> None:
        pair = self._pair_at(event.scenePos())
        if pair is not None:
            self.selection.pair = pair

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)
        self.read_out.hide()
        self.selection.hovered_pair = None
