"""Donors: the text, coloured by what the selected token takes from each one before it."""

from laminoscope_core.plots.donors import KINDS
from laminoscope_core.plots.registry import PLOTS
from laminoscope_widgets.controls import choice, state_switch
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.text_panel import TextPlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["DonorsPanel"]


class DonorsPanel(TextPlotPanel):
    """Click selects the token that takes."""

    plot = PLOTS["donors"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.set_body(self.text)
        choice(self, "kind", KINDS, tr("What colours the donors."), characters=8)
        self.states = state_switch(self, "attention")
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
