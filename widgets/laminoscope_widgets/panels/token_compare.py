"""Compare: this text and model against another one that was kept, by relative depth."""

import math
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from laminoscope_core.analysis.token_views import COMPARED, TextRun
from laminoscope_widgets.legend import Legend
from laminoscope_widgets.panel import Panel, Workspace, narrow
from laminoscope_widgets.plots.depth import DepthPlot
from laminoscope_widgets.plots.style import Canvas
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

if TYPE_CHECKING:
    from laminoscope_core.figures import Spec

__all__ = ["TokenComparePanel"]


class TokenComparePanel(Panel):
    """Keep what is shown, then capture another text or open another model."""

    id = "token-compare"
    title = "Compare"
    requires = ("regression", "adjustments")
    help_topic = "token-compare"
    follows = ("layer",)
    state_attrs = ("quantity",)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._kept: TextRun | None = None
        self.canvas = Canvas()
        self.plot = DepthPlot(self.theme)
        self.canvas.addItem(self.plot)
        self.legends = [Legend(), Legend()]
        for legend in self.legends:
            legend.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.keep_button = QPushButton("Keep for comparison")
        self.keep_button.setToolTip("Keep these curves; then capture another text or model.")
        self.keep_button.clicked.connect(self.keep)
        self.chooser = QComboBox()
        for name, (label, _) in COMPARED.items():
            self.chooser.addItem(label, name)
        self.chooser.currentIndexChanged.connect(lambda _: self._redraw())
        narrow(self.chooser, 10)
        self.controls.addWidget(self.chooser)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(6, 2, 6, 2)
        column.setSpacing(2)
        column.addWidget(self.keep_button)
        column.addWidget(self.canvas, 1)
        for legend in self.legends:
            column.addWidget(legend)
        self.set_body(body)
        self._drawn = False
        self.apply_theme(self.theme)

    @property
    def quantity(self) -> str:
        """What is compared."""
        return str(self.chooser.currentData())

    @quantity.setter
    def quantity(self, value: str) -> None:
        self.chooser.setCurrentIndex(max(self.chooser.findData(value), 0))

    def keep(self) -> None:
        """Keep what is shown as the other side of the comparison, or let go of it."""
        if self._kept is not None:
            self._kept = None
        elif {"regression", "adjustments"} <= self.results.keys():
            self._kept = TextRun(self.results["adjustments"], self.results["regression"])
        self._redraw()

    def result_changed(self, analysis: str) -> None:
        """Wait for the regression of new norms."""
        self._drawn = False
        if analysis == "adjustments":
            self.results.pop("regression", None)

    def update_view(self) -> None:
        """Draw both runs by relative depth."""
        run = TextRun(self.results["adjustments"], self.results["regression"])
        if not self._drawn:
            self._drawn = True
            kept = self._kept
            label, values = COMPARED[self.quantity]
            colours = self.theme.categories
            curves = [(values(run), colours[0], "o")]
            entries = [(safe_text(run.label(), limit=40), colours[0], "o")]
            if kept is not None:
                curves.append((values(kept), colours[1], "s"))
                entries.append((safe_text(kept.label(), limit=40), colours[1], "s"))
            self.plot.set_curves(curves)
            self.plot.setLabel("left", label)
            for number, legend in enumerate(self.legends):
                legend.set_entries(entries[number : number + 1], self.theme.muted)
                legend.setVisible(number < len(entries))
            self.keep_button.setText("Let go" if kept else "Keep for comparison")
            self.set_note("")
        n_layers = len(run.norms.layers)
        self.plot.set_place(min(self.selection.layer, n_layers - 1) / max(n_layers - 1, 1))

    def figure(self) -> "Spec | None":
        """Return both curves; what was kept goes into the view, for no result holds it."""
        from laminoscope_core.figures import Spec
        from laminoscope_core.figures.token_compare import View

        if not set(self.requires) <= self.results.keys():
            return None
        label, kept = "", ()
        if self._kept is not None:
            values = COMPARED[self.quantity][1](self._kept)
            label = self._kept.label()
            kept = tuple(None if math.isnan(value) else float(value) for value in values)
        return Spec(self.id, View(self.selection.layer, self.quantity, label, kept))

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().apply_theme(theme)
        self.canvas.apply_theme(theme)
        self.plot.apply_theme(theme)
        self._redraw()

    def _redraw(self) -> None:
        self._drawn = False
        self.schedule_update()
