"""Tokens: the text itself, each token on a ground that stands for a number."""

from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.tokens import QUANTITIES
from laminoscope_widgets.controls import choice
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.text_panel import TextPlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["TokensPanel"]


class TokensPanel(TextPlotPanel):
    """Click, shift-click, ctrl-click or drag to select tokens everywhere."""

    plot = PLOTS["tokens"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.set_body(self.text)
        choice(self, "quantity", QUANTITIES, tr("What colours the tokens."), characters=19)
        self.text.chosen.connect(self._chosen)
        self.text.hovered.connect(self._hover)
        self.selection.events.hovered_token.connect(self._point)

    def _chosen(self, tokens: tuple[int, ...], current: int) -> None:
        self.selection.tokens = tokens
        self.selection.token = current if current >= 0 else None

    def _hover(self, token: int, _position: object) -> None:
        self.selection.hovered_token = token if token >= 0 else None

    def _point(self, token: int | None) -> None:
        if self.shown is not None and self.isVisible():
            self.text.point_at(-1 if token is None else token)
