"""Short texts as buttons that take themselves away."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QWidget

from laminoscope_widgets.named import tool_button

__all__ = ["Chips"]


class Chips(QWidget):
    """Shows texts, and says which of them was clicked; it takes none away itself.

    Signals: ``clicked(index)``.

    Parameters
    ----------
    per_row : int
    font : QFont, optional
        The application's by default.
    """

    clicked = Signal(int)

    def __init__(self, per_row: int, font: QFont | None = None) -> None:
        super().__init__()
        self._per_row, self._font = per_row, font
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
            if self._font is not None:
                chip.setFont(self._font)
            chip.clicked.connect(lambda _=False, at=number: self.clicked.emit(at))
            self._grid.addWidget(chip, number // self._per_row, number % self._per_row)
            chips.append(chip)
        self.chips = tuple(chips)
        self.setVisible(bool(chips))
