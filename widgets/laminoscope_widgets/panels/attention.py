"""Attention: what the heads of the selected layer take from which token."""

from PySide6.QtCore import QTimer, Signal

from laminoscope_core.plots.attention import NAMES
from laminoscope_core.plots.registry import PLOTS
from laminoscope_widgets.controls import choice
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["AttentionPanel"]

_SETTLED = 150
"""Milliseconds that a layer stays selected before it is looked at."""


class AttentionPanel(PlotPanel):
    """Hover reads a pair of tokens; click selects the head, or the token that takes.

    ``layer_wanted(layer)`` is emitted when another layer than the one that is kept is to be shown.
    """

    plot = PLOTS["attention"]

    layer_wanted = Signal(int)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        choice(self, "kind", NAMES, tr("What the cells show."), characters=8)
        self._asked: int | None = None
        self._later = QTimer(self, singleShot=True, interval=_SETTLED)
        self._later.timeout.connect(self._want_layer)

    def update_view(self) -> None:
        """Show what is kept, and ask for the selected layer if that is another one."""
        super().update_view()
        if self.view.layer != self.results["attention"].layer:
            self._later.start()

    def result_changed(self, analysis: str) -> None:
        """Let any layer be asked for again."""
        self._asked = None

    def _want_layer(self) -> None:
        """Ask for the selected layer, once; what fails is not tried again by itself."""
        kept = self.results.get("attention")
        if kept is None or not self.isVisible() or self.view.layer == kept.layer:
            return
        if self.view.layer != self._asked:
            self._asked = self.view.layer
            self.layer_wanted.emit(self._asked)
