"""Cuts: which chains would have forbidden which tokens of the text."""

from PySide6.QtCore import Signal

from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.run.requests import CutsRequest
from laminoscope_widgets.named import tool_button
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["CutsPanel"]


class CutsPanel(PlotPanel):
    """Tokens of the text × chains, read when it is asked for."""

    plot = PLOTS["cuts"]
    controls_need = ("chains", "continuation")

    task_wanted = Signal(str, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        button = tool_button(
            tr("Read the text"),
            tr("Read prompt and text once, and apply the chains of the chain map at every token."),
        )
        button.clicked.connect(self.read)
        self.controls.addWidget(button)

    def read(self) -> None:
        """Ask for the cuts of the text after the selected prompt."""
        chains, applied = self.results.get("chains"), self.results.get("continuation")
        if chains is None or applied is None or self.is_unread:  # they are to be made anew
            return
        prompt = min(self.selection.prompt, len(applied.places) - 1)
        text = applied.places[prompt].place.history
        self.task_wanted.emit("cuts", CutsRequest(prompt, text, chains.chains, applied.tokens))
