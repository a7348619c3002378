"""Laminar curves: how correlation, RSA and separability run through the layers."""

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtWidgets import QComboBox

from laminoscope_core.analysis import direct, rsa, separability
from laminoscope_core.analysis.statistics import fisher_z
from laminoscope_core.analysis.word_views import CORRELATIONS, score_limits
from laminoscope_widgets.legend import Legend
from laminoscope_widgets.named import named, tool_button
from laminoscope_widgets.panel import Panel, ReadOut, Workspace, narrow
from laminoscope_widgets.plots.colours import PAIR_LABELS, SYMBOLS
from laminoscope_widgets.plots.curves import Curve, LayerPlot
from laminoscope_widgets.plots.style import Canvas, set_title
from laminoscope_widgets.theme import Theme

if TYPE_CHECKING:
    from laminoscope_core.figures import Spec

__all__ = ["LaminarPanel"]

_SITES = ("q", "k", "v")
_GLYPHS = {"q": "■", "k": "●", "v": "▲"}


class LaminarPanel(Panel):
    """Five small multiples over layers, one layer line through all of them."""

    id = "laminar"
    title = "Laminar curves"
    requires = ("rsa", "separability", "direct", "rsa-chance", "separability-chance")
    help_topic = "laminar"
    follows = ("layer", "hovered_layer")
    state_attrs = ("position", "shows_z")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.canvas = named(Canvas(), self.title, "One curve a pair of sites, over the layers.")
        self.plots = {
            name: LayerPlot("", self.theme) for name in ("direct", "all", "within", "across", "d")
        }
        for column, (name, plot) in enumerate(self.plots.items()):
            self.canvas.addItem(plot, 0, column)
            plot.setLabel("bottom", "layer")
            plot.layer_dragged.connect(self._dragged)
            if name != "direct":
                plot.setXLink(self.plots["direct"])
            if name in ("within", "across"):
                plot.setYLink(self.plots["all"])
        self.set_body(self.canvas)
        self.read_out = ReadOut(self.canvas)
        self.legend = Legend()
        self.correlation = named(QComboBox(), "Correlation")
        for key, label in CORRELATIONS.items():
            self.correlation.addItem(label, (key, False))
        self.correlation.addItem("Pearson r, block-corrected", ("pearson", True))
        self.correlation.setToolTip("How two lists of pair similarities are correlated.")
        self.correlation.activated.connect(self._correlation_chosen)
        self.where = named(QComboBox(), "Token of the direct correlation")
        self.where.addItem("at the word", "target")
        self.where.addItem("at the context", "context")
        self.where.setToolTip("Token at which Q, K and V are correlated directly.")
        for box in (self.where, self.correlation):
            narrow(box, 10)
        self.where.currentIndexChanged.connect(lambda _: self._redraw())
        tip = "Show Fisher z = atanh(r) instead of r."
        self.fisher = tool_button("z", tip, "Fisher z", checkable=True)
        self.fisher.toggled.connect(lambda _: self._redraw())
        self.controls.addWidget(self.legend)
        self.controls.addWidget(self.fisher)
        self.controls.addWidget(self.where)
        self.controls.addWidget(self.correlation)
        self._stale = set(_PARTS)
        self.canvas.scene().sigMouseMoved.connect(self._moved)
        self.canvas.scene().sigMouseClicked.connect(self._clicked)
        self.apply_theme(self.theme)

    @property
    def position(self) -> str:
        """Token position of the direct correlation: ``"target"`` or ``"context"``."""
        return str(self.where.currentData())

    @position.setter
    def position(self, value: str) -> None:
        self.where.setCurrentIndex(max(self.where.findData(value), 0))

    @property
    def shows_z(self) -> bool:
        """Whether RSA scores are shown as Fisher z."""
        return self.fisher.isChecked()

    @shows_z.setter
    def shows_z(self, value: bool) -> None:
        self.fisher.setChecked(value)

    def result_changed(self, analysis: str) -> None:
        """Draw the curves anew at the next update."""
        if analysis == "rsa":
            self.results.pop("rsa-chance", None)
            params = self.results[analysis].params
            wanted = (params.correlation, params.block_corrected)
            for index in range(self.correlation.count()):
                if tuple(self.correlation.itemData(index)) == wanted:
                    self.correlation.setCurrentIndex(index)
        if analysis == "separability":
            self.results.pop("separability-chance", None)
        self._stale.add(analysis.removesuffix("-chance"))

    def update_view(self) -> None:
        """Draw what has changed and move the layer line."""
        for part in sorted(self._stale & self.results.keys()):
            _PARTS[part](self)
            self._stale.discard(part)
        for plot in self.plots.values():
            plot.set_layer(self.selection.layer)

    def figure(self) -> "Spec | None":
        """Return the curves as they are chosen, with the selected layer marked."""
        from laminoscope_core.figures import Spec, laminar

        if not {"rsa", "separability", "direct"} <= self.results.keys():
            return None
        layer = min(self.selection.layer, len(self.results["rsa"].layers) - 1)
        return Spec("laminar", laminar.View(layer, self.position, self.shows_z))

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().apply_theme(theme)
        self.canvas.apply_theme(theme)
        for plot in self.plots.values():
            plot.apply_theme(theme)
        entries = [(PAIR_LABELS[p], theme.pairs[p], SYMBOLS[p]) for p in PAIR_LABELS]
        self.legend.set_entries(entries, theme.muted)
        self._redraw()

    def _redraw(self) -> None:
        self._stale = set(_PARTS)
        self.schedule_update()

    def _draw_scores(self) -> None:
        scores: rsa.Result = self.results["rsa"]
        chance = self.results.get("rsa-chance")
        shown = fisher_z if self.shows_z else np.asarray
        values = shown(scores.r)
        limits = score_limits(values)
        curves: dict[str, dict[str, Curve]] = {}
        for subset in ("all", "within", "across"):
            column = scores.subsets.index(subset)
            curves[subset] = {}
            for row, pair in enumerate(scores.site_pairs):
                at = (slice(None), row, column)
                curves[subset][pair] = Curve(
                    np.where(np.isfinite(values[at]), values[at], np.nan),
                    self.theme.pairs[pair],
                    SYMBOLS[pair],
                    low=None if chance is None else shown(chance.low[at]),
                    high=None if chance is None else shown(chance.high[at]),
                    solid=None if chance is None else chance.q[at] < 0.05,
                )
            count = int(scores.n_pairs[column])
            name = "Fisher z" if self.shows_z else "RSA"
            set_title(self.plots[subset], f"{name}, {subset} · n = {count}")
        for subset in curves:
            self.plots[subset].set_curves(curves[subset], limits)
        tested = "filled q < .05, band 95 %" if chance is not None else ""
        self.set_note(tested)

    def _draw_direct(self) -> None:
        result: direct.Result = self.results["direct"]
        position = result.positions.index(self.position)
        curves = {
            pair: Curve(result.r[:, row, position], self.theme.pairs[pair], SYMBOLS[pair])
            for row, pair in enumerate(result.site_pairs)
        }
        self.plots["direct"].set_curves(curves, (-1.0, 1.0) if self._wide(result) else (-0.5, 1.0))
        note = result.note(result.positions[position])
        n = result.n_words
        set_title(self.plots["direct"], "Direct r · " + (note or f"{n} words"))

    def _wide(self, result: direct.Result) -> bool:
        return bool(np.nanmin(result.r, initial=0.0) < -0.5)

    def _draw_separability(self) -> None:
        result: separability.Result = self.results["separability"]
        chance = self.results.get("separability-chance")
        curves = {
            site: Curve(
                result.cohens_d[:, column],
                self.theme.sites[site],
                SYMBOLS[site],
                solid=None if chance is None else chance.q[:, column] < 0.05,
            )
            for column, site in enumerate(result.sites)
        }
        values = result.cohens_d[np.isfinite(result.cohens_d)]
        low, high = (min(0.0, values.min()), max(0.0, values.max())) if values.size else (0.0, 1.0)
        self.plots["d"].set_curves(curves, (low, high if high > low else low + 1.0))
        keys = [(f"{_GLYPHS[site]} {site.upper()}", self.theme.sites[site]) for site in _SITES]
        set_title(self.plots["d"], "Cohen's d", keys)

    def _correlation_chosen(self) -> None:
        correlation, corrected = self.correlation.currentData()
        self.params_wanted.emit("rsa", rsa.Params(correlation, corrected))

    def _dragged(self, layer: int) -> None:
        self.selection.layer = layer

    def _plot_at(self, position: QPointF) -> tuple[str, int] | None:
        for name, plot in self.plots.items():
            if plot.vb.sceneBoundingRect().contains(position):
                layer = plot.layer_at(plot.vb.mapSceneToView(position).x())
                return None if layer is None else (name, layer)
        return None

    def _moved(self, position: QPointF) -> None:
        found = self._plot_at(position) if "rsa" in self.results else None
        self.selection.hovered_layer = found[1] if found else None
        if found is None:
            self.read_out.hide()
        else:
            self.read_out.show_at(self.canvas.mapFromScene(position), self._values(*found))

    def _values(self, name: str, layer: int) -> str:
        lines = [f"layer {layer}"]
        if name == "d" and "separability" in self.results:
            result = self.results["separability"]
            for column, site in enumerate(result.sites):
                reason = str(result.reasons[layer, column])
                lines.append(f"{site.upper()}  {_number(result.cohens_d[layer, column], reason)}")
        elif name == "direct" and "direct" in self.results:
            result = self.results["direct"]
            position = result.positions.index(self.position)
            for row, pair in enumerate(result.site_pairs):
                reason = str(result.reasons[layer, row, position])
                lines.append(
                    f"{PAIR_LABELS[pair]}  {_number(result.r[layer, row, position], reason)}"
                )
        else:
            result = self.results["rsa"]
            chance = self.results.get("rsa-chance")
            column = result.subsets.index(name)
            for row, pair in enumerate(result.site_pairs):
                at = (layer, row, column)
                value = fisher_z(result.r)[at] if self.shows_z else result.r[at]
                text = f"{PAIR_LABELS[pair]}  {_number(value, str(result.reasons[at]))}"
                if chance is not None and np.isfinite(chance.p[at]):
                    text += f"   p {chance.p[at]:.3f}, q {chance.q[at]:.3f}"
                lines.append(text)
        return "\n".join(lines)

    def _clicked(self, event: Any) -> None:
        found = self._plot_at(event.scenePos()) if self.results else None
        if found is not None:
            self.selection.layer = found[1]

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.read_out.hide()
        self.selection.hovered_layer = None


def _number(value: float, reason: str) -> str:
    if np.isnan(value):
        return f"undefined: {reason}"
    return f"{value:.3f}" if np.isfinite(value) else ("∞" if value > 0 else "−∞")


_PARTS = {
    "direct": LaminarPanel._draw_direct,
    "rsa": LaminarPanel._draw_scores,
    "separability": LaminarPanel._draw_separability,
}
