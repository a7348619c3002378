"""Tokens: the text itself, each token on a ground that stands for a number."""

from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.tokens import QUANTITIES
from laminoscope_widgets.controls import choice
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.text_panel import TokenTextPanel
from laminoscope_widgets.translation import tr

__all__ = ["TokensPanel"]


class TokensPanel(TokenTextPanel):
    """Click, shift-click, ctrl-click or drag to select tokens everywhere."""

    plot = PLOTS["tokens"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        choice(self, "quantity", QUANTITIES, tr("What colours the tokens."), characters=19)
