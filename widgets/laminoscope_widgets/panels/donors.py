"""Donors: the text, coloured by what the selected token takes from each one before it."""

from laminoscope_core.plots.donors import KINDS
from laminoscope_core.plots.registry import PLOTS
from laminoscope_widgets.controls import choice
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.text_panel import TokenTextPanel
from laminoscope_widgets.translation import tr

__all__ = ["DonorsPanel"]


class DonorsPanel(TokenTextPanel):
    """Click selects the token that takes."""

    plot = PLOTS["donors"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        choice(self, "kind", KINDS, tr("What colours the donors."), characters=8)
