"""A box for whole numbers of any size: seeds may be negative, or larger than 64 bits."""

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator, QValidator
from PySide6.QtWidgets import QAbstractSpinBox

__all__ = ["IntegerBox"]

_PATTERN = QRegularExpression(r"-?\d{1,300}")


class IntegerBox(QAbstractSpinBox):
    """Like a spin box, without limits.

    Signals: ``valueChanged(value)`` with any int.
    """

    valueChanged = Signal(object)

    def __init__(self, value: int = 0) -> None:
        super().__init__()
        self._value = value
        self._validator = QRegularExpressionValidator(_PATTERN, self)
        self.lineEdit().setText(str(value))
        self.lineEdit().textEdited.connect(self._edited)
        self.editingFinished.connect(self._show)

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
        return self._validator.validate(text, position)

    def _edited(self, text: str) -> None:
        try:
            value = int(text)
        except ValueError:  # empty, or a minus alone
            return
        if value != self._value:
            self._value = value
            self.valueChanged.emit(value)

    def _show(self) -> None:
        self.lineEdit().setText(str(self._value))
