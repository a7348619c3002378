"""Colours and limits of a map, chosen at the map: what its colour bar and its menu offer."""

from functools import partial
from typing import Any

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QMenu, QWidget

from laminoscope_core.plots.colouring import Coloured
from laminoscope_core.plots.similarity import LIMITS
from laminoscope_core.theme import SEQUENTIAL_MAPS
from laminoscope_widgets.colour_map_box import map_icon
from laminoscope_widgets.named import named
from laminoscope_widgets.number_boxes import NumberBox
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.translation import mark, shown_text, tr

__all__ = ["LimitsDialog", "colours_menu"]

_LIMITED = {
    "layer": mark("Limits of this layer"),
    "all": mark("Limits the same for all layers"),
}
"""Names of the steps by which limits are chosen."""


def colours_menu(panel: PlotPanel, parent: QWidget) -> QMenu | None:
    """Return the choices of a panel's map; None if it shows no map whose colours can be chosen."""
    view = panel.choices
    if not isinstance(view, Coloured) or panel.shown is None or panel.shown.scale is None:
        return None
    menu = QMenu(tr("Colours"), parent)
    menu.addSection(tr("Colours"))
    maps = QActionGroup(menu)
    usual = panel.theme.sequential
    _add(
        menu, maps, tr("As everywhere ({usual})", usual=_short(usual)), chosen=not view.colours
    ).triggered.connect(partial(_choose, panel, tr("Colours as everywhere"), colours=""))
    for name in SEQUENTIAL_MAPS:
        action = _add(menu, maps, _short(name), chosen=view.colours == name)
        action.setIcon(map_icon(name))
        action.triggered.connect(
            partial(_choose, panel, tr("Colours {name}", name=_short(name)), colours=name)
        )
    menu.addSection(tr("Limits"))
    _add_limits(menu, panel, view)
    return menu


def _add_limits(menu: QMenu, panel: PlotPanel, view: Coloured) -> None:
    group = QActionGroup(menu)
    follows = view.between is None
    if hasattr(view, "limits"):
        for name, text in LIMITS.items():
            action = _add(menu, group, shown_text(text), chosen=follows and view.limits == name)
            step = tr(_LIMITED[name])
            action.triggered.connect(partial(_choose, panel, step, limits=name, between=None))
    else:
        action = _add(menu, group, tr("Of what is shown"), chosen=follows)
        step = tr("Limits of what is shown")
        action.triggered.connect(partial(_choose, panel, step, between=None))
    fix = _add(menu, group, tr("Fixed…"), chosen=not follows)
    fix.triggered.connect(lambda: LimitsDialog(panel).open())


def _add(menu: QMenu, group: QActionGroup, text: str, *, chosen: bool) -> QAction:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(chosen)
    group.addAction(action)
    return action


def _choose(panel: PlotPanel, step: str, _checked: bool = False, **changes: Any) -> None:
    panel.choose(step, **changes)


def _short(name: str) -> str:
    return name.rpartition(":")[2]


class LimitsDialog(QDialog):
    """Asks for the numbers of a map's first and last colour; at first, those that are shown."""

    def __init__(self, panel: PlotPanel) -> None:
        super().__init__(panel.window())
        self.setWindowTitle(tr("Limits of the colours"))
        self._panel = panel
        scale = panel.shown.scale if panel.shown is not None else None
        assert scale is not None
        span = {"minimum": -1e12, "maximum": 1e12, "singleStep": 0.1}
        self.low = NumberBox(**span, value=float(f"{scale.low:.4g}"))
        self.high = NumberBox(**span, value=float(f"{scale.high:.4g}"))
        form = QFormLayout(self)
        form.setContentsMargins(16, 14, 16, 14)
        for text, box, tip in (
            (tr("First colour"), self.low, tr("The number that has the first colour.")),
            (tr("Last colour"), self.high, tr("The number that has the last colour.")),
        ):
            box.setToolTip(tip)
            form.addRow(text, named(box, text))
            box.valueChanged.connect(self._check)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form.addRow(self.buttons)
        self.finished.connect(self.deleteLater)

    def _check(self) -> None:
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(self.low.value() < self.high.value())

    def accept(self) -> None:
        """Let the map have the two numbers."""
        between = self.low.value(), self.high.value()
        self._panel.choose(tr("Fix limits of colours"), between=between)
        super().accept()
