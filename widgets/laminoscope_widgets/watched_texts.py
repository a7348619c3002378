"""Texts of tokens that are followed, as chips that can be removed, and a line to add one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from laminoscope_widgets.arranging import across, down
from laminoscope_widgets.candidate_table import fixed_font
from laminoscope_widgets.named import named, tool_button
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.steps import undone_by_window
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import tr

__all__ = ["WatchedTexts"]

_PER_ROW = 2


class WatchedTexts(QWidget):
    """Shows texts and lets them be changed.

    Signals: ``add_wanted(text)`` and ``remove_wanted(text)``, which change nothing themselves.
    """

    add_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._chips: list[QToolButton] = []
        self.line = undone_by_window(QLineEdit(placeholderText=tr("token")))
        named(self.line, tr("Follow a token"))
        self.line.setFont(fixed_font(11))
        self.line.setToolTip(
            tr("A token to follow, by its exact text, with the space before it. Enter adds it.")
        )
        self.line.returnPressed.connect(self._add)
        self._grid = QGridLayout()
        self._grid.setSpacing(3)
        self._none = plain_label(tr("none: the likeliest token is shown"), "muted", wraps=True)
        head = across(plain_label(tr("follow")), (self.line, 1), spacing=4)
        self.setLayout(down(head, self._grid, self._none, spacing=3))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def chips(self) -> tuple[QToolButton, ...]:
        """The chips, one per text."""
        return tuple(self._chips)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show texts, exact to the space."""
        for chip in self._chips:
            self._grid.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for number, text in enumerate(texts):
            shown = safe_text(text, spaces=True, limit=14)
            chip = tool_button(
                f"{shown}  ×".replace("&", "&&"),
                tr("Follow it no longer."),
                tr("Remove the token {text}", text=shown),
            )
            chip.setFont(fixed_font(11))
            chip.clicked.connect(lambda _=False, gone=text: self.remove_wanted.emit(gone))
            self._grid.addWidget(chip, number // _PER_ROW, number % _PER_ROW)
            self._chips.append(chip)
        self._none.setVisible(not texts)

    def _add(self) -> None:
        if text := self.line.text():
            self.add_wanted.emit(text)
