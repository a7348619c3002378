"""Strips: the log-norms of all tokens, layer by layer."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF

from laminoscope_core.analysis.adjustments import Result
from laminoscope_widgets.panel import Panel, ReadOut, Workspace
from laminoscope_widgets.plots.strip import StripPlot
from laminoscope_widgets.plots.style import Canvas
from laminoscope_widgets.theme import Theme

if TYPE_CHECKING:
    from laminoscope_core.figures import Spec

__all__ = ["StripPanel"]


class StripPanel(Panel):
    """Jittered points coloured by depth, the median as a curve, the selected tokens ringed."""

    id = "strip"
    title = "Layers"
    requires = ("adjustments",)
    help_topic = "strip"
    follows = ("layer", "tokens")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.canvas = Canvas()
        self.plot = StripPlot(self.theme)
        self.plot.setLabel("left", "log norm")
        self.canvas.addItem(self.plot)
        self.set_body(self.canvas)
        self.read_out = ReadOut(self.canvas)
        self._drawn: tuple[object, ...] = ()
        self._marked: tuple[object, ...] = ()
        self.plot.layer_dragged.connect(lambda layer: setattr(self.selection, "layer", layer))
        self.canvas.scene().sigMouseMoved.connect(self._moved)
        self.canvas.scene().sigMouseClicked.connect(self._clicked)
        self.apply_theme(self.theme)

    def update_view(self) -> None:
        """Draw the strips if they have changed; move the line, ring the tokens."""
        result: Result = self.results["adjustments"]
        if (drawn := (id(result), self.theme.name)) != self._drawn:
            self._drawn, self._marked = drawn, ()
            self.plot.set_values(result.kept, self.theme)
            drop = result.params.drop
            out = f" · without the first {drop if drop > 1 else ''}".rstrip() if drop else ""
            reasons = [reason for reason in result.reasons if reason]
            self.set_note(reasons[0] if reasons else f"n = {result.n} tokens{out}")
        self.plot.set_layer(min(self.selection.layer, len(result.layers) - 1))
        if (marked := self.selection.tokens) != self._marked:
            self._marked = marked
            self.plot.mark(np.array(marked, int) - result.params.drop, self.theme)

    def figure(self) -> "Spec | None":
        """Return the strips with the selected layer and tokens."""
        from laminoscope_core.figures import Spec
        from laminoscope_core.figures.strip import View

        if not set(self.requires) <= self.results.keys():
            return None
        return Spec(self.id, View(self.selection.layer, self.selection.tokens))

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().apply_theme(theme)
        self.canvas.apply_theme(theme)
        self.plot.apply_theme(theme)

    def _layer_at(self, position: QPointF) -> int | None:
        if not self.results or not self.plot.vb.sceneBoundingRect().contains(position):
            return None
        return self.plot.layer_at(self.plot.vb.mapSceneToView(position).x())

    def _moved(self, position: QPointF) -> None:
        layer = self._layer_at(position)
        if layer is None:
            self.read_out.hide()
            return
        values = self.results["adjustments"].kept[layer]
        values = values[np.isfinite(values)]
        if values.size:
            low, middle, high = np.percentile(values, (25, 50, 75))
            text = f"layer {layer}  median {middle:.2f}, quartiles {low:.2f} to {high:.2f}"
        else:
            text = f"layer {layer}  {self.results['adjustments'].reasons[layer] or 'no tokens'}"
        self.read_out.show_at(self.canvas.mapFromScene(position), text)

    def _clicked(self, event: object) -> None:
        layer = self._layer_at(event.scenePos())
        if layer is not None:
            self.selection.layer = layer

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)
        self.read_out.hide()
