"""Rotation: what a token's distance does to how compatible it is."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider

from laminoscope_core.plots.by_distance import n_distances
from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.rotation import FARTHEST, OPENED
from laminoscope_widgets.controls import choice
from laminoscope_widgets.named import named
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import tr

__all__ = ["RotationPanel"]


class RotationPanel(PlotPanel):
    """Compatibility by distance and pair; a slider moves a token away."""

    plot = PLOTS["rotation"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.slider = named(
            QSlider(Qt.Orientation.Horizontal),
            tr("Distance"),
            tr("How many tokens a key stands before its query; the arrow keys move it."),
        )
        self.slider.setRange(0, FARTHEST - 1)
        self.slider.setToolTip(tr("Move a token away."))
        self.slider.setMinimumWidth(90)
        self.slider.valueChanged.connect(lambda distance: self.move_to("distance", distance))
        self.controls.addWidget(self.slider)
        choice(self, "opened", OPENED, tr("What is shown of the rotation."), characters=8)
        self.view_changed.connect(self._follow)
        self._follow(self.choices)

    def result_changed(self, analysis: str) -> None:
        """Let the slider go as far as distances were looked at."""
        most = n_distances(self.results[analysis]) - 1
        self.set_view(distance=min(self.choices.distance, most))
        self.slider.setMaximum(most)

    def _follow(self, view: Any) -> None:
        self.slider.setVisible(view.opened != "reach")
        self.slider.setValue(view.distance)
