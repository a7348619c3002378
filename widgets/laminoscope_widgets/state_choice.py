"""A small button of a title bar: which state of an altered model a panel shows."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from laminoscope_core.plots.registry import STATES, State
from laminoscope_widgets.arranging import opens
from laminoscope_widgets.named import named
from laminoscope_widgets.translation import mark, tr

__all__ = ["SIGNS", "TIPS", "StateChoice"]

SIGNS: Mapping[State, str] = {"after": "≠", "before": "=", "change": "Δ"}
"""What stands for each of `STATES` in a title."""
TIPS: Mapping[State, str] = {
    "after": mark("As the altered model gives it."),
    "before": mark("As the model gives it that is not altered."),
    "change": mark("What the altered model gives, less what the model as it is gives."),
}
_ENTRIES: Mapping[State, str] = {
    "after": mark("The altered model"),
    "before": mark("The model as it is"),
    "change": mark("The difference"),
}


class StateChoice(QToolButton):
    """Lets one choose among `STATES`; hidden until there is an altered model.

    Parameters
    ----------
    title : str
        Of the panel, for the accessible name.

    Signals: ``chosen(state, text)`` when a person has chosen.
    """

    chosen = Signal(str, str)

    def __init__(self, title: str) -> None:
        super().__init__()
        tip = tr("What is shown of the model: as it was altered, as it is, or the difference.")
        named(self, tr("State of the model: {title}", title=title), tip)
        self.setToolTip(tip)
        menu = QMenu(self)
        group = QActionGroup(self)
        self.entries = {}
        for state in STATES:
            entry = menu.addAction(f"{SIGNS[state]}  {tr(_ENTRIES[state])}")
            entry.setCheckable(True)
            entry.triggered.connect(lambda _=False, state=state: self._choose(state))
            group.addAction(entry)
            self.entries[state] = entry
        opens(self, menu)
        self.show_state("after")
        self.hide()

    def show_state(self, state: State) -> None:
        """Say which state is shown."""
        self.setText(SIGNS[state])
        self.entries[state].setChecked(True)

    def offer_change(self, there: bool) -> None:
        """Let the difference be chosen where there is one."""
        self.entries["change"].setEnabled(there)

    def _choose(self, state: State) -> None:
        self.chosen.emit(state, tr(_ENTRIES[state]))
