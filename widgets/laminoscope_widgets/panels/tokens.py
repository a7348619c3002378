"""Tokens: the text itself, each token on a ground that stands for a number."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QComboBox

from laminoscope_core.analysis import adjustments
from laminoscope_core.analysis.token_views import QUANTITIES, colour_limits, token_values
from laminoscope_widgets.panel import Panel, ReadOut, Workspace, narrow
from laminoscope_widgets.plots.text_map import TextMap, tints
from laminoscope_widgets.plots.tint_bar import TintBar
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

if TYPE_CHECKING:
    from laminoscope_core.figures import Spec

__all__ = ["TokensPanel"]


class TokensPanel(Panel):
    """Click, shift-click, ctrl-click or drag to select tokens everywhere."""

    id = "tokens"
    title = "Tokens"
    requires = ("adjustments", "regression")
    help_topic = "tokens"
    follows = ("layer", "tokens", "hovered_token")
    state_attrs = ("quantity",)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.map = TextMap(self.theme)
        self.set_body(self.map)
        self.read_out = ReadOut(self.map.viewport())
        self.scale = TintBar()
        self.chooser = QComboBox()
        for name, label in QUANTITIES.items():
            self.chooser.addItem(label, name)
        self.chooser.setToolTip("What colours the tokens.")
        self.chooser.currentIndexChanged.connect(lambda _: self._redraw())
        narrow(self.chooser, 14)
        self.controls.addWidget(self.scale)
        self.controls.addWidget(self.chooser)
        self.map.chosen.connect(self._chosen)
        self.map.hovered.connect(self._pointed)
        self._drawn: tuple[object, ...] = ()

    @property
    def quantity(self) -> str:
        """What colours the tokens."""
        return str(self.chooser.currentData())

    @quantity.setter
    def quantity(self, value: str) -> None:
        self.chooser.setCurrentIndex(max(self.chooser.findData(value), 0))

    def result_changed(self, analysis: str) -> None:
        """Lay out a new text."""
        self._drawn = ()
        if analysis != "adjustments":
            return
        self.results.pop("regression", None)
        result: adjustments.Result = self.results[analysis]
        self.map.set_tokens(result.shown, result.special)

    def update_view(self) -> None:
        """Colour the text for the selected layer and outline the selected tokens."""
        result: adjustments.Result = self.results["adjustments"]
        layer = min(self.selection.layer, len(result.layers) - 1)
        by_layer = self.quantity in ("layer", "residual")
        drawn = (id(result), self.quantity, layer if by_layer else None, self.theme.name)
        if drawn != self._drawn:
            self._drawn = drawn
            values = token_values(result, self.results.get("regression"), self.quantity, layer)
            limits = colour_limits(values[result.params.drop :], 1)
            self.map.set_values(values, limits)
            self.scale.set_scale(tints(self.theme), limits, self.theme.muted)
            self.set_note(self._note_of(result, layer))
        self.map.mark(self.selection.tokens, self.selection.hovered_token)

    def figure(self) -> "Spec | None":
        """Return the text as it is coloured now."""
        from laminoscope_core.figures import Spec, tokens

        if not set(self.requires) <= self.results.keys():
            return None
        view = tokens.View(self.selection.layer, self.quantity, self.selection.tokens)
        return Spec(self.id, view)

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().apply_theme(theme)
        self.map.apply_theme(theme)

    def _note_of(self, result: adjustments.Result, layer: int) -> str:
        n = len(result.tokens)
        counted = f"{n} token{'' if n == 1 else 's'}"
        if self.quantity in ("layer", "residual"):
            fit = self.results.get("regression")
            reason = result.reasons[layer]
            if self.quantity == "residual" and fit is not None:
                reason = fit.reasons[layer]
            return reason or f"{result.params.site} · layer {layer} · {counted}"
        return (
            f"{result.params.site} · {counted}" if self.quantity == "mean" else f"nats · {counted}"
        )

    def _redraw(self) -> None:
        self._drawn = ()
        self.schedule_update()

    def _chosen(self, tokens: tuple[int, ...], current: int) -> None:
        self.selection.tokens = tokens
        self.selection.token = current if current >= 0 else None

    def _pointed(self, token: int, position: QPoint) -> None:
        result: adjustments.Result | None = self.results.get("adjustments")
        if token < 0 or result is None:
            self.selection.hovered_token = None
            self.read_out.hide()
            return
        self.selection.hovered_token = token
        layer = min(self.selection.layer, len(result.layers) - 1)
        text = f"{token}  {safe_text(result.shown[token], spaces=True, limit=24)}"
        text += (
            f"  id {result.token_ids[token]}  log norm {_number(result.log_norms[layer, token])}"
        )
        text += f"  surprisal {_number(result.surprisal[token])}"
        self.read_out.show_at(position, text)


def _number(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.2f}"
