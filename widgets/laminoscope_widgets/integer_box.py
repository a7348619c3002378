"""A box for whole numbers of any size: seeds may be negative, or larger than 64 bits."""

import re

from PySide6.QtCore import Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QAbstractSpinBox

from laminoscope_widgets.number_boxes import tell_refusals, unread
from laminoscope_widgets.translation import tr

__all__ = ["IntegerBox"]

_WHOLE = re.compile(r"-?[0-9]{1,300}")


class IntegerBox(QAbstractSpinBox):
    """Like a spin box, without limits.

    Signals: ``valueChanged(value)`` with any int.
    """

    valueChanged = Signal(object)

    def __init__(self, value: int = 0) -> None:
        super().__init__()
        self._value = value
        self.lineEdit().setText(str(value))
        self.lineEdit().textEdited.connect(self._edited)
        self.editingFinished.connect(self._show)
        tell_refusals(self, tr("Only a whole number is read here."), self._reads)

    def value(self) -> int:
        """Return the number."""
        return self._value

    def setValue(self, value: int) -> None:
        """Set the number."""
        changed = value != self._value
        self._value = value
        self._show()
        if changed:
            self.valueChanged.emit(value)

    def stepBy(self, steps: int) -> None:
        self.setValue(self._value + steps)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        flags = QAbstractSpinBox.StepEnabledFlag
        return flags.StepUpEnabled | flags.StepDownEnabled

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        if _WHOLE.fullmatch(text.strip()):
            return QValidator.State.Acceptable, text, position
        return unread(text) if len(text) <= 301 else QValidator.State.Invalid, text, position

    def _reads(self, text: str) -> bool:
        return text in ("", "-") or _WHOLE.fullmatch(text.strip()) is not None

    def _edited(self, text: str) -> None:
        if not _WHOLE.fullmatch(text.strip()):
            return
        value = int(text)
        if value != self._value:
            self._value = value
            self.valueChanged.emit(value)

    def _show(self) -> None:
        self.lineEdit().setText(str(self._value))
