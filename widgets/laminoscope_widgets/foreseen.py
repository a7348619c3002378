"""How long something will take, said beside the button that begins it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from laminoscope_widgets.number_boxes import WholeBox

__all__ = ["Foreseen"]


class Foreseen(QLabel):
    """Says what is foreseen; not seen while there is nothing to say.

    Parameters
    ----------
    foresee : callable
        Returns what is to be said.
    boxes : WholeBox
        Whose numbers make it more or less.
    """

    def __init__(self, foresee: Callable[[], str], *boxes: WholeBox) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName("muted")
        self._foresee = foresee
        for box in boxes:
            box.valueChanged.connect(self.say)
        self.hide()

    def say(self, *_: object) -> None:
        """Say what is foreseen now."""
        text = self._foresee()
        self.setText(text)
        self.setVisible(bool(text))
