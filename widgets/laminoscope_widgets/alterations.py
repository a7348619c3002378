"""Interventions as chips that are edited and taken away, and a menu that adds one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from laminoscope_core.inside_section import Intervention
from laminoscope_core.selection import Selection
from laminoscope_widgets.alter_menu import AlterMenu, in_words
from laminoscope_widgets.arranging import across, boxed, down, opens
from laminoscope_widgets.named import tool_button
from laminoscope_widgets.translation import tr

__all__ = ["Alterations"]


class Alterations(QWidget):
    """Shows interventions and lets them be changed.

    Signals, which change nothing themselves: ``add_wanted(intervention)``, ``edit_wanted(index)``,
    with −1 for a new one, and ``remove_wanted(index)``.

    Parameters
    ----------
    selection : Selection
        Whose layer, head and tokens the menu alters.
    n_heads : callable
        How many query heads a layer has; 0 if that is not known.
    has_second_text : callable
        Whether there is one to put in from.
    """

    add_wanted = Signal(object)
    edit_wanted = Signal(int)
    remove_wanted = Signal(int)

    def __init__(
        self,
        selection: Selection,
        n_heads: Callable[[], int],
        has_second_text: Callable[[], bool],
    ) -> None:
        super().__init__()
        self.menu = AlterMenu(selection, n_heads, has_second_text, self)
        self.menu.chosen.connect(self.add_wanted)
        self.menu.wanted_other.connect(lambda: self.edit_wanted.emit(-1))
        tip = tr("Alter the selected layer, head or token; what is shown is computed both ways.")
        self.button = opens(tool_button(tr("Alter"), tip), self.menu)
        self.chips: tuple[tuple[QToolButton, QToolButton], ...] = ()
        self._rows: list[QWidget] = []
        self._column = down(spacing=3)
        self.setLayout(self._column)

    def set_interventions(self, interventions: Sequence[Intervention]) -> None:
        """Show interventions by their numbers."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        chips = [self._chip(at, each) for at, each in enumerate(interventions)]
        self._rows = [boxed(across((edit, 1), remove, spacing=0)) for edit, remove in chips]
        for row in self._rows:
            self._column.addWidget(row)
        self.chips = tuple(chips)

    def _chip(self, at: int, intervention: Intervention) -> tuple[QToolButton, QToolButton]:
        text = f"{at}  {in_words(intervention)}"
        whole = f"{at}  {in_words(intervention, whole=True)}"
        edit = tool_button(
            text.replace("&", "&&"),
            f"{whole}\n{tr('Change it: kind, factor, direction or tokens.')}",
            tr("Change the intervention {text}", text=text),
        )
        edit.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        edit.clicked.connect(lambda _=False: self.edit_wanted.emit(at))
        remove = tool_button(
            "×", tr("Alter it no longer."), tr("Remove the intervention {text}", text=text)
        )
        remove.clicked.connect(lambda _=False: self.remove_wanted.emit(at))
        return edit, remove
