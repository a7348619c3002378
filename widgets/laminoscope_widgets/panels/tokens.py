"""Tokens: the text itself, each token on a ground that stands for a number."""

from PySide6.QtCore import QPoint

from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.running_text import RunningText
from laminoscope_core.plots.tokens import QUANTITIES
from laminoscope_widgets.controls import choice
from laminoscope_widgets.panel import ReadOut, Workspace
from laminoscope_widgets.plot_panel import ViewPanel
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.text_view import TextView
from laminoscope_widgets.tint_bar import TintBar

__all__ = ["TokensPanel"]


class TokensPanel(ViewPanel):
    """Click, shift-click, ctrl-click or drag to select tokens everywhere."""

    plot = PLOTS["tokens"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.text = TextView(self.theme)
        self.set_body(self.text)
        self.read_out = ReadOut(self.text.viewport())
        self.scale = TintBar()
        self.controls.addWidget(self.scale)
        choice(self, "quantity", QUANTITIES, "What colours the tokens.", characters=14)
        self.text.chosen.connect(self._chosen)
        self.text.hovered.connect(self._hovered)
        self.selection.events.hovered_token.connect(self._point)

    def paint(self, shown: RunningText) -> None:
        """Paint the text and its scale."""
        self.text.paint(shown, self.theme)
        self.scale.set_scale(shown.scale, shown.ends, self.theme)

    def _chosen(self, places: tuple[int, ...], current: int) -> None:
        tokens = self.shown.stands_for["token"]
        self.selection.tokens = tuple(int(tokens[place]) for place in places)
        self.selection.token = int(tokens[current]) if current >= 0 else None

    def _hovered(self, place: int, position: QPoint) -> None:
        if place < 0 or self.shown is None:
            self.selection.hovered_token = None
            self.read_out.hide()
            return
        self.selection.hovered_token = int(self.shown.stands_for["token"][place])
        self.read_out.show_at(position, safe_text(self.shown.says(place), limit=None))

    def _point(self, token: int | None) -> None:
        if self.shown is not None and self.isVisible():
            self.text.point_at(-1 if token is None else token)
