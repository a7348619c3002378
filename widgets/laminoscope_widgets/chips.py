"""Short texts as buttons that take themselves away."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QWidget

from laminoscope_widgets.candidate_table import monospaced
from laminoscope_widgets.named import tool_button

__all__ = ["Chips"]


class Chips(QWidget):
    """Shows texts, and says which of them was clicked; it takes none away itself.

    Signals: ``clicked(index)``.

    Parameters
    ----------
    per_row : int
    mono : int, optional
        Pixels of monospaced letters beside text of 12 pixels; the application's text by default.
    """

    clicked = Signal(int)

    def __init__(self, per_row: int, mono: int | None = None) -> None:
        super().__init__()
        self._per_row, self._mono = per_row, mono
        self.chips: tuple[QToolButton, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(3)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_texts(self, texts: Sequence[str], tip: str, names: Sequence[str]) -> None:
        """Show texts that are safe to show.

        Parameters
        ----------
        texts : sequence of str
        tip : str
            What a click does.
        names : sequence of str
            The accessible name of each.
        """
        for chip in self.chips:
            self._grid.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        chips = []
        for number, (text, name) in enumerate(zip(texts, names, strict=True)):
            chip = tool_button(f"{text}  ×".replace("&", "&&"), tip, name)
            if self._mono is not None:
                monospaced(chip, self._mono)
            chip.clicked.connect(lambda _=False, at=number: self.clicked.emit(at))
            self._grid.addWidget(chip, number // self._per_row, number % self._per_row)
            chips.append(chip)
        self.chips = tuple(chips)
        self.setVisible(bool(chips))
