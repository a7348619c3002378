"""Unity: RSA within categories against RSA across categories, one point a layer."""

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF

from laminoscope_core.analysis import rsa
from laminoscope_widgets.legend import Legend
from laminoscope_widgets.panel import Panel, ReadOut, Workspace
from laminoscope_widgets.plots.colours import PAIR_LABELS, SYMBOLS, depth_colours
from laminoscope_widgets.plots.scatter import ScatterPlot
from laminoscope_widgets.plots.style import Canvas, set_title
from laminoscope_widgets.theme import Theme

if TYPE_CHECKING:
    from laminoscope_core.figures import Spec

__all__ = ["UnityPanel"]


class UnityPanel(Panel):
    """Points on the line agree as much within as across; colour runs from first to last layer."""

    id = "unity"
    title = "Unity"
    requires = ("rsa",)
    help_topic = "unity"
    follows = ("layer", "hovered_layer")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.canvas = Canvas()
        self.plot = ScatterPlot(self.theme)
        self.plot.setLabel("bottom", "RSA within")
        self.plot.setLabel("left", "RSA across")
        self.canvas.addItem(self.plot)
        self.set_body(self.canvas)
        self.read_out = ReadOut(self.canvas)
        self.legend = Legend()
        self.controls.addWidget(self.legend)
        self._points = pg.ScatterPlotItem(size=7, pen=None)
        self.plot.addItem(self._points)
        self._rings = pg.ScatterPlotItem(size=13, brush=None)
        self._rings.setZValue(30)
        self.plot.addItem(self._rings)
        self._stale = True
        self.canvas.scene().sigMouseMoved.connect(self._moved)
        self.canvas.scene().sigMouseClicked.connect(self._clicked)
        self.apply_theme(self.theme)

    def result_changed(self, analysis: str) -> None:
        """Draw anew at the next update."""
        self._stale = True

    def update_view(self) -> None:
        """Draw all layers and ring those of the selected one."""
        result: rsa.Result = self.results["rsa"]
        within, across = (result.r[..., result.subsets.index(s)] for s in ("within", "across"))
        n_layers, n_pairs = within.shape
        if self._stale:
            self._stale = False
            colours = depth_colours(n_layers, self.theme)
            known = np.isfinite(within) & np.isfinite(across)
            layer, pair = np.nonzero(known)
            self._points.setData(
                x=within[known],
                y=across[known],
                brush=[pg.mkBrush(colours[number]) for number in layer],
                symbol=[SYMBOLS[result.site_pairs[number]] for number in pair],
            )
            columns = [np.where(known, values, np.nan).ravel() for values in (within, across)]
            self.plot.set_points(
                *columns, np.zeros(n_layers * n_pairs, int), [pg.mkColor(0, 0, 0, 0)]
            )
            self.plot.fit()
            ends = [("● layer 0", colours[0].name()), (f"● {n_layers - 1}", colours[-1].name())]
            set_title(self.plot, "", ends)
        layer = min(self.selection.layer, n_layers - 1)
        shown = np.isfinite(within[layer]) & np.isfinite(across[layer])
        self._rings.setData(
            x=within[layer][shown],
            y=across[layer][shown],
            symbol=[SYMBOLS[name] for name, ok in zip(result.site_pairs, shown, strict=True) if ok],
        )

    def figure(self) -> "Spec | None":
        """Return the points, with those of the selected layer ringed."""
        from laminoscope_core.figures import Spec, unity

        if "rsa" not in self.results:
            return None
        return Spec(
            "unity", unity.View(min(self.selection.layer, len(self.results["rsa"].layers) - 1))
        )

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().apply_theme(theme)
        self.canvas.apply_theme(theme)
        self.plot.apply_theme(theme)
        self._rings.setPen(pg.mkPen(theme.accent, width=2))
        entries = [(label, theme.muted, SYMBOLS[name]) for name, label in PAIR_LABELS.items()]
        self.legend.set_entries(entries, theme.muted)
        self._stale = True

    def _point_at(self, position: QPointF) -> tuple[int, int] | None:
        if "rsa" not in self.results:
            return None
        index = self.plot.nearest(position)
        return None if index is None else divmod(index, len(self.results["rsa"].site_pairs))

    def _moved(self, position: QPointF) -> None:
        point = self._point_at(position)
        self.selection.hovered_layer = point[0] if point else None
        if point is None:
            self.read_out.hide()
            return
        result: rsa.Result = self.results["rsa"]
        layer, pair = point
        within, across = (
            result.r[layer, pair, result.subsets.index(s)] for s in ("within", "across")
        )
        label = PAIR_LABELS[result.site_pairs[pair]]
        text = f"layer {layer}  {label}  within {within:.2f}, across {across:.2f}"
        self.read_out.show_at(self.canvas.mapFromScene(position), text)

    def _clicked(self, event: object) -> None:
        point = self._point_at(event.scenePos())
        if point is not None:
            self.selection.layer = point[0]

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)
        self.read_out.hide()
        self.selection.hovered_layer = None
