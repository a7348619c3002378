"""Neighbours: the tokens that a vector is most like, looked up as things are selected."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from laminoscope_core.plots.neighbours import WAYS, wanted
from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.run.near import VECTORS, NearRequest
from laminoscope_widgets.arranging import across, boxed, down
from laminoscope_widgets.controls import choice
from laminoscope_widgets.named import named
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import tr

__all__ = ["NeighboursPanel"]


class NeighboursPanel(PlotPanel):
    """Bars of the nearest tokens; a line takes a sum of words.

    ``look_wanted(name, request)`` asks for what is to be shown and is not there.
    """

    plot = PLOTS["neighbours"]

    look_wanted = Signal(str, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._asked: NearRequest | None = None
        choice(self, "of", VECTORS, tr("Which vector is looked up."), characters=8)
        choice(self, "by", WAYS, tr("What it is compared with, and how."), characters=8)
        self.view_changed.connect(self._follow)
        self._follow(self.choices)

    def make_body(self) -> QWidget:
        """Return the plot and, below it, the line for a sum."""
        self.line = named(
            QLineEdit(placeholderText="king - man + woman"),
            tr("Sum of words"),
            tr("Words between signs that stand apart; Return looks the sum up."),
        )
        self.line.returnPressed.connect(self._take_words)
        self.hold("typed", self.line, tr("sum of words"))
        self.words = boxed(across((self.line, 1), margins=(8, 0, 8, 6)))
        return boxed(down((self.canvas, 1), self.words, spacing=0))

    def update_view(self) -> None:
        """Show what there is, and ask for what there is not."""
        super().update_view()
        request, near = wanted(self.results, self.view), self.results.get("near")
        there = near is not None and near.request == request
        if not there and request != self._asked and (request.of != "sum" or request.words):
            self._asked = request
            self.look_wanted.emit("near", request)

    def result_changed(self, analysis: str) -> None:
        """Ask anew in what was captured anew."""
        if analysis == "lens":
            self._asked = None

    def _take_words(self) -> None:
        words = self.line.text().strip()
        self.choose(tr("Look up {words}", words=safe_text(words, limit=30)), words=words)

    def _follow(self, view: Any) -> None:
        self.words.setVisible(view.of == "sum")
