"""Compare: this text and model against another one that was kept, by relative depth."""

from PySide6.QtWidgets import QPushButton, QWidget

from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.token_compare import COMPARED, kept_of
from laminoscope_widgets.controls import choice
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["TokenComparePanel"]


class TokenComparePanel(PlotPanel):
    """Keep what is shown, then capture another text or open another model."""

    plot = PLOTS["token-compare"]
    one_state = True
    key_below = True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        quantities = {name: label for name, (label, _) in COMPARED.items()}
        choice(self, "quantity", quantities, tr("What is compared."))
        self.view_changed.connect(self._say_what_the_button_does)

    def make_body(self) -> QWidget:
        """Return a button above the canvas."""
        self.keep_button = QPushButton(tr("Keep for comparison"))
        self.keep_button.setToolTip(tr("Keep these curves; then capture another text or model."))
        self.keep_button.clicked.connect(self.keep)
        body = super().make_body()
        self.column.insertWidget(0, self.keep_button)
        return body

    def keep(self) -> None:
        """Keep what is shown as the other side of the comparison, or let go of it."""
        if self.choices.kept:
            self.choose(tr("Let go of what was kept"), kept_label="", kept=())
        elif self.plot.fits(self.results):
            self.choose(tr("Keep for comparison"), **kept_of(self.results))

    def _say_what_the_button_does(self, view: object) -> None:
        self.keep_button.setText(tr("Let go") if self.choices.kept else tr("Keep for comparison"))
