"""Similarity: one words × words map each for Q, K and V at the selected layer."""

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QComboBox, QGraphicsWidget

from laminoscope_core.analysis.similarity import Params, Result
from laminoscope_core.analysis.word_views import MEASURES, colour_limits, layer_limits
from laminoscope_widgets.panel import Panel, ReadOut, Workspace, narrow
from laminoscope_widgets.plots.colours import SEQUENTIAL, colour_map
from laminoscope_widgets.plots.heatmap import WordMap
from laminoscope_widgets.plots.style import Canvas, small_font
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

if TYPE_CHECKING:
    from laminoscope_core.figures import Spec

__all__ = ["SimilarityPanel", "pair_text"]


class SimilarityPanel(Panel):
    """Three linked maps with shared colour limits; hover reads a pair, click selects it."""

    id = "similarity"
    title = "Similarity"
    requires = ("similarity", "words")
    help_topic = "similarity"
    follows = ("layer", "pair", "word", "hovered_pair")
    state_attrs = ("limits",)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.canvas = Canvas()
        self.maps = {site: WordMap(site.upper()) for site in ("q", "k", "v")}
        for column, word_map in enumerate(self.maps.values()):
            self.canvas.addItem(word_map, 0, column)
        self.bar = pg.ColorBarItem(
            width=12,
            interactive=False,
            colorMap=colour_map(SEQUENTIAL),
            colorMapMenu=False,
        )
        self.bar.setImageItem([word_map.image for word_map in self.maps.values()])
        self.canvas.addItem(self.bar, 0, 3)
        for word_map in self.maps.values():
            word_map.vb.sigRangeChanged.connect(self._follow_range)
        self._following = False
        rest = QGraphicsWidget()
        rest.setPreferredHeight(0)
        self.canvas.addItem(rest, 1, 0)
        self.canvas.ci.layout.setRowStretchFactor(0, 1000)
        self.canvas.resized.connect(self._keep_square)
        self.set_body(self.canvas)
        self.read_out = ReadOut(self.canvas)
        self.measure = QComboBox()
        for name, label in MEASURES.items():
            self.measure.addItem(label, name)
        self.measure.setToolTip("How the vectors of two words are compared.")
        self.measure.activated.connect(lambda _: self._ask())
        self.head = QComboBox()
        self.head.addItem("all heads", None)
        self.head.setToolTip("All heads side by side, or one query head with the K and V it reads.")
        self.head.activated.connect(lambda _: self._ask())
        self.scale = QComboBox()
        self.scale.addItem("layer limits", "layer")
        self.scale.addItem("same limits", "all")
        self.scale.setToolTip("Colour limits: of this layer, or the same for all layers.")
        self.scale.currentIndexChanged.connect(lambda _: self.schedule_update())
        for box in (self.measure, self.head, self.scale):
            narrow(box, 10)
        self.controls.addWidget(self.measure)
        self.controls.addWidget(self.head)
        self.controls.addWidget(self.scale)
        self._limits = np.empty((0, 2))
        self._drawn: tuple[object, ...] = ()
        self.canvas.scene().sigMouseMoved.connect(self._moved)
        self.canvas.scene().sigMouseClicked.connect(self._clicked)
        self.apply_theme(self.theme)

    @property
    def limits(self) -> str:
        """Whose colour limits are used: ``"layer"`` or ``"all"``."""
        return str(self.scale.currentData())

    @limits.setter
    def limits(self, value: str) -> None:
        self.scale.setCurrentIndex(max(self.scale.findData(value), 0))

    def result_changed(self, analysis: str) -> None:
        """Take new matrices: labels, and the colour limits of every layer."""
        if analysis == "words":
            self._fill_heads(self.results[analysis].target["q"].shape[2])
            return
        result: Result = self.results[analysis]
        for word_map in self.maps.values():
            word_map.set_words(result.words, result.categories)
        self._limits = layer_limits(result)
        self.measure.setCurrentIndex(self.measure.findData(result.params.measure))
        self.head.setCurrentIndex(0 if result.params.head is None else result.params.head + 1)
        self._drawn = ()

    def update_view(self) -> None:
        """Draw the selected layer and mark the selected and the hovered pair."""
        result: Result = self.results["similarity"]
        layer = min(self.selection.layer, len(result.layers) - 1)
        if (drawn := (id(result), layer, self.limits, self.theme.name)) != self._drawn:
            self._drawn = drawn
            levels = colour_limits(self._limits, layer if self.limits == "layer" else None)
            for site, word_map in self.maps.items():
                word_map.set_matrix(result.matrices[site][layer], levels)
            self.bar.setLevels(levels)
            reasons = [result.reasons[site][layer] for site in self.maps]
            label = MEASURES[result.params.measure]
            self.set_note(
                next((reason for reason in reasons if reason), "")
                or f"{label} · layer {layer} · {len(result.words)} words · {self._heads(result)}"
            )
        for word_map in self.maps.values():
            word_map.fit_unless_zoomed()
            word_map.mark(self.selection.pair, self.selection.hovered_pair)

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().apply_theme(theme)
        self.canvas.apply_theme(theme)
        for word_map in self.maps.values():
            word_map.apply_theme(theme)
        self.bar.axis.setPen(pg.mkPen(theme.border))
        self.bar.axis.setTextPen(pg.mkPen(theme.muted))
        self.bar.axis.setTickFont(small_font())

    def figure(self) -> "Spec | None":
        """Return the maps of the selected layer, with the selected pair marked."""
        from laminoscope_core.figures import Spec, similarity

        if "similarity" not in self.results:
            return None
        result: Result = self.results["similarity"]
        layer = min(self.selection.layer, len(result.layers) - 1)
        pair = self.selection.pair
        if pair is not None and max(pair) >= len(result.words):
            pair = None
        return Spec("similarity", similarity.View(layer, self.limits, pair))

    def _keep_square(self) -> None:
        """Keep the axes beside the maps, however tall the panel is."""
        beside = self.bar.width() + 40
        width = (self.canvas.width() - beside) / len(self.maps)
        around = 40 + self.maps["q"].getAxis("bottom").height()
        left = self.maps["q"].getAxis("left").width()
        self.canvas.ci.layout.setRowMaximumHeight(0, max(width - left + around, 100))
        self._updates.add(self)

    def _ask(self) -> None:
        params = Params(self.measure.currentData(), self.head.currentData())
        self.params_wanted.emit("similarity", params)

    def _fill_heads(self, n_heads: int) -> None:
        if self.head.count() == n_heads + 1:
            return
        self.head.clear()
        self.head.addItem("all heads", None)
        for number in range(n_heads):
            self.head.addItem(f"head {number}", number)

    def _heads(self, result: Result) -> str:
        return "all heads" if result.params.head is None else f"head {result.params.head}"

    def _follow_range(self, source: pg.ViewBox) -> None:
        if self._following:
            return
        self._following = True
        x_range, y_range = source.viewRange()
        for word_map in self.maps.values():
            if word_map.vb is not source:
                word_map.setRange(xRange=x_range, yRange=y_range, padding=0)
        self._following = False

    def _map_at(self, position: QPointF) -> tuple[str, tuple[int, int]] | None:
        for site, word_map in self.maps.items():
            pair = word_map.pair_at(position)
            if pair is not None:
                return site, pair
        return None

    def _moved(self, position: QPointF) -> None:
        found = self._map_at(position) if self.results else None
        self.selection.hovered_pair = found[1] if found else None
        if found is None:
            self.read_out.hide()
            return
        site, pair = found
        result: Result = self.results["similarity"]
        layer = min(self.selection.layer, len(result.layers) - 1)
        value = float(result.matrices[site][layer][pair])
        text = f"{site.upper()}  {pair_text(result, pair, value)}"
        self.read_out.show_at(self.canvas.mapFromScene(position), text)

    def _clicked(self, event: object) -> None:
        found = self._map_at(event.scenePos()) if self.results else None
        if found is not None:
            self.selection.site = found[0]
            self.selection.pair = found[1]

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)
        self.read_out.hide()
        self.selection.hovered_pair = None


def pair_text(result: Result, pair: tuple[int, int], value: float) -> str:
    """Return ``galaxy – comet 0.83, within space`` for a pair and its similarity."""
    first, second = (safe_text(result.words[index], limit=24) for index in pair)
    left, right = (safe_text(result.categories[index], limit=24) for index in pair)
    number = "undefined" if np.isnan(value) else f"{value:.2f}"
    where = f"within {left}" if left == right else f"across {left} and {right}"
    return f"{first} – {second} {number}, {where}"
