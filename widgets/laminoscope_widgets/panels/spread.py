"""Spread: the distribution of the log-norms in every layer, and how normal it is in one."""

from typing import TYPE_CHECKING

import numpy as np

from laminoscope_core.analysis.adjustments import Result
from laminoscope_core.analysis.token_views import normal_plot
from laminoscope_widgets.panel import Panel, Workspace
from laminoscope_widgets.plots.density_lines import DensityLines
from laminoscope_widgets.plots.scatter import ScatterPlot
from laminoscope_widgets.plots.style import Canvas
from laminoscope_widgets.theme import Theme

if TYPE_CHECKING:
    from laminoscope_core.figures import Spec

__all__ = ["SpreadPanel"]


class SpreadPanel(Panel):
    """Histograms as outlines coloured by depth; a Q–Q plot of the selected layer."""

    id = "spread"
    title = "Distributions"
    requires = ("adjustments",)
    help_topic = "spread"
    follows = ("layer",)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.canvas = Canvas()
        self.lines = DensityLines(self.theme)
        self.lines.setLabel("bottom", "log norm, by layer")
        self.normal = ScatterPlot(self.theme)
        self.normal.setLabel("bottom", "normal score")
        self.normal.setLabel("left", "z of log norm")
        self.canvas.addItem(self.lines, 0, 0)
        self.canvas.addItem(self.normal, 0, 1)
        self.set_body(self.canvas)
        self._drawn: tuple[object, ...] = ()
        self._layer: tuple[object, ...] = ()
        self.apply_theme(self.theme)

    def update_view(self) -> None:
        """Draw the outlines if they have changed, and the selected layer."""
        result: Result = self.results["adjustments"]
        if (drawn := (id(result), self.theme.name)) != self._drawn:
            self._drawn, self._layer = drawn, ()
            self.lines.set_histograms(result.histograms, self.theme)
            self._fit_normal(result)
        layer = min(self.selection.layer, len(result.layers) - 1)
        if (shown := (layer,)) == self._layer:
            return
        self._layer = shown
        self.lines.set_layer(layer)
        values = result.kept[layer]
        if np.isnan(result.skew[layer]):
            self.normal.set_points(*_nothing(), ["black"])
            few = "all values are alike" if values.size else "no token is left"
            self.set_note(result.reasons[layer] or f"layer {layer}: {few}")
            return
        scores, z = normal_plot(result, layer)
        self.normal.set_points(scores, z, np.zeros(len(z), int), [self.theme.accent])
        self.set_note(
            f"layer {layer}: skew {result.skew[layer]:.2f}, "
            f"excess kurtosis {result.kurtosis[layer]:.2f} (normal: 0, 0)"
        )

    def _fit_normal(self, result: Result) -> None:
        """Give all layers the same limits: they can be compared, and no axis is drawn anew."""
        known = result.kept[np.isfinite(result.skew)]
        if not known.size:
            return
        z = np.abs(known - known.mean(axis=1, keepdims=True)) / known.std(axis=1, keepdims=True)
        x, y = float(result.normal_scores[-1]), float(z.max())
        self.normal.setRange(xRange=(-x, x), yRange=(-y, y), padding=0.06)

    def figure(self) -> "Spec | None":
        """Return the distributions, the selected layer in front."""
        from laminoscope_core.figures import Spec
        from laminoscope_core.figures.spread import View

        if not set(self.requires) <= self.results.keys():
            return None
        return Spec(self.id, View(self.selection.layer))

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().apply_theme(theme)
        self.canvas.apply_theme(theme)
        self.lines.apply_theme(theme)
        self.normal.apply_theme(theme)


def _nothing() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return np.empty(0), np.empty(0), np.empty(0, int)
