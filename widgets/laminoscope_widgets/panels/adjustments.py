"""Adjustments: how strongly each layer acts on each token, as a tokens × layers map."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QComboBox

from laminoscope_core.analysis.adjustments import Result
from laminoscope_core.analysis.token_views import (
    MEASURES,
    ORDERS,
    SITES,
    colour_limits,
    measured,
    token_order,
)
from laminoscope_widgets.panel import Panel, ReadOut, Workspace, narrow
from laminoscope_widgets.plots.colours import SEQUENTIAL, colour_map
from laminoscope_widgets.plots.style import Canvas, small_font
from laminoscope_widgets.plots.token_map import TokenMap
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

if TYPE_CHECKING:
    from laminoscope_core.figures import Spec

__all__ = ["AdjustmentsPanel"]


class AdjustmentsPanel(Panel):
    """Hover reads a cell, click selects its token and layer, double click shows all."""

    id = "adjustments"
    title = "Adjustments"
    requires = ("adjustments",)
    help_topic = "adjustments"
    follows = ("layer", "tokens", "hovered_token")
    state_attrs = ("order", "measure")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.canvas = Canvas()
        self.plot = TokenMap(self.theme)
        self.canvas.addItem(self.plot, 0, 0)
        self.bar = pg.ColorBarItem(
            width=12, interactive=False, colorMap=colour_map(SEQUENTIAL), colorMapMenu=False
        )
        self.bar.setImageItem(self.plot.image)
        self.canvas.addItem(self.bar, 0, 1)
        self.set_body(self.canvas)
        self.read_out = ReadOut(self.canvas)
        self.site = _box(SITES, "Whose lengths: what a block's attention or MLP gives to a token.")
        self.site.activated.connect(lambda _: self._ask())
        self.sorting = _box(ORDERS, "In which order the tokens stand.")
        self.scale = _box(MEASURES, "The length's logarithm, or how far it lies from its layer's.")
        for box in (self.sorting, self.scale):
            box.currentIndexChanged.connect(lambda _: self._redraw())
        for box in (self.site, self.sorting, self.scale):
            self.controls.addWidget(box)
        self._drawn: tuple[object, ...] = ()
        self.plot.layer_dragged.connect(lambda layer: setattr(self.selection, "layer", layer))
        self.canvas.scene().sigMouseMoved.connect(self._moved)
        self.canvas.scene().sigMouseClicked.connect(self._clicked)
        self.apply_theme(self.theme)

    @property
    def order(self) -> str:
        """In which order the tokens stand."""
        return str(self.sorting.currentData())

    @order.setter
    def order(self, value: str) -> None:
        self.sorting.setCurrentIndex(max(self.sorting.findData(value), 0))

    @property
    def measure(self) -> str:
        """``"plain"`` log-norms, or ``"z"`` within each layer."""
        return str(self.scale.currentData())

    @measure.setter
    def measure(self, value: str) -> None:
        self.scale.setCurrentIndex(max(self.scale.findData(value), 0))

    def result_changed(self, analysis: str) -> None:
        """Take new norms."""
        result: Result = self.results[analysis]
        self.site.setCurrentIndex(self.site.findData(result.params.site))
        model = self.site.model()
        for row in range(self.site.count()):
            model.item(row).setEnabled(self.site.itemData(row) in result.sites)
        self._drawn = ()

    def update_view(self) -> None:
        """Draw the map if it has changed; move the line and the marks."""
        result: Result = self.results["adjustments"]
        layer = min(self.selection.layer, len(result.layers) - 1)
        drawn = (id(result), self.order, self.measure, layer if self.order == "layer" else None)
        if drawn != self._drawn:
            self._drawn = drawn
            values = measured(result, self.measure)
            levels = colour_limits(values[:, result.params.drop :], 0.5)
            self.plot.set_values(
                values, result.shown, token_order(result, self.order, layer), levels
            )
            self.bar.setLevels(levels)
            label = "token" if self.order == "reading" else f"token, {ORDERS[self.order]}"
            self.plot.setLabel("bottom", label)
            reasons = [reason for reason in result.reasons if reason]
            n_layers, n_tokens = values.shape
            self.set_note(reasons[0] if reasons else f"{n_tokens} tokens × {n_layers} layers")
        self.plot.set_layer(layer)
        self.plot.mark(self.selection.tokens, self.selection.hovered_token)

    def figure(self) -> "Spec | None":
        """Return the map in its order and scale."""
        from laminoscope_core.figures import Spec, adjustments

        if not set(self.requires) <= self.results.keys():
            return None
        selection = self.selection
        view = adjustments.View(selection.layer, selection.tokens, self.order, self.measure)
        return Spec(self.id, view)

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().apply_theme(theme)
        self.canvas.apply_theme(theme)
        self.plot.apply_theme(theme)
        self.bar.axis.setPen(pg.mkPen(theme.border))
        self.bar.axis.setTextPen(pg.mkPen(theme.muted))
        self.bar.axis.setTickFont(small_font())

    def _ask(self) -> None:
        params = self.results["adjustments"].params
        self.params_wanted.emit("adjustments", replace(params, site=self.site.currentData()))

    def _redraw(self) -> None:
        self._drawn = ()
        self.schedule_update()

    def _moved(self, position: QPointF) -> None:
        cell = self.plot.cell_at(position) if self.results else None
        self.selection.hovered_token = cell[1] if cell else None
        if cell is None:
            self.read_out.hide()
            return
        result: Result = self.results["adjustments"]
        layer, token = cell
        shown = safe_text(result.shown[token], spaces=True, limit=24)
        norm = result.norms[cell]
        text = f"{token}  {shown}  layer {layer}  "
        text += (
            "undefined"
            if math.isnan(norm)
            else f"norm {norm:.3g}, log {result.log_norms[cell]:.2f}"
        )
        self.read_out.show_at(self.canvas.mapFromScene(position), text)

    def _clicked(self, event: object) -> None:
        if event.double():
            self.plot.reset()
            return
        cell = self.plot.cell_at(event.scenePos()) if self.results else None
        if cell is None:
            return
        layer, token = cell
        first = self.selection.token
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and first is not None:
            low, high = sorted((first, token))
            self.selection.tokens = tuple(range(low, high + 1))
        else:
            self.selection.token = token
            self.selection.tokens = (token,)
        self.selection.layer = layer

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)
        self.read_out.hide()
        self.selection.hovered_token = None


def _box(entries: Mapping[str, str], tip: str) -> QComboBox:
    box = QComboBox()
    for name, label in entries.items():
        box.addItem(label, name)
    box.setToolTip(tip)
    narrow(box, 12)
    return box
