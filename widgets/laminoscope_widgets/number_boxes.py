"""Boxes for numbers: what is shown is what is read, with a point, in every locale.

Qt's own boxes read and write numbers as the user's locale does, and take a separator that they do
not expect for one of thousands: they read "0,5" as 5, and under a comma locale "0.5" too.  Every
number of the window is typed into one of these boxes or an `IntegerBox` instead.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QLocale, QPoint
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox, QToolTip

from laminoscope_widgets.translation import tr

__all__ = ["NumberBox", "WholeBox", "tell_refusals", "unread"]

_WHOLE = re.compile(r"[-+]?[0-9]*")
_NUMBER = re.compile(r"[-+]?[0-9]*\.?[0-9]*")
_COMMA = re.compile(r"([-+]?[0-9]*),([0-9]*)")
_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2},[0-9]{3}")
_LIKE_A_NUMBER = re.compile(r"[-+0-9.,'’_\s]*")
_DECIMALS = 30
"""Enough for every parameter to come back to the bit."""
_TOLD_FOR = 4000
"""Milliseconds that a refusal is shown."""


class WholeBox(QSpinBox):
    """A spin box for whole numbers: ASCII digits and a sign, whatever the locale."""

    def __init__(self, **properties: Any) -> None:
        super().__init__(**properties)
        self.setLocale(QLocale.c())
        tell_refusals(self, tr("Only a whole number is read here."), self._reads)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        if self._reads(text):
            return super().validate(text, position)
        return unread(_bare(self, text)), text, position

    def fixup(self, text: str) -> str:
        return text  # Qt would take its separators out

    def _reads(self, text: str) -> bool:
        return _WHOLE.fullmatch(_bare(self, text)) is not None


class NumberBox(QDoubleSpinBox):
    """A spin box for numbers with a point; trailing zeros are left out.

    A typed comma becomes a point where it cannot be one of thousands.  What can be read in two
    ways, as "1,000" or "1.234,5", stays as it was typed and is not taken.  Unless ``decimals``
    are given, a value that is set is kept to the bit.
    """

    def __init__(self, **properties: Any) -> None:
        super().__init__(**{"decimals": _DECIMALS, **properties})
        self.setLocale(QLocale.c())
        tell_refusals(self, tr("A number is written with a point, as 1234.5."), self._reads)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        bare = _bare(self, text)
        if (comma := _COMMA.fullmatch(bare)) and not _THOUSANDS.fullmatch(bare):
            at = text.index(bare, len(self.prefix())) + len(comma[1])
            text = f"{text[:at]}.{text[at + 1 :]}"
        if self._reads(text):
            return super().validate(text, position)
        return unread(bare), text, position

    def fixup(self, text: str) -> str:
        return text  # Qt would take its separators out

    def valueFromText(self, text: str) -> float:
        try:
            return float(_bare(self, text))
        except ValueError:  # a sign or a point alone
            return self.value()

    def textFromValue(self, value: float) -> str:
        text = f"{Decimal(repr(value + 0.0)):.{self.decimals()}f}"  # no minus before a zero
        return text.rstrip("0").rstrip(".") if "." in text else text

    def stepBy(self, steps: int) -> None:
        self.interpretText()
        # in decimals, where 0.1 + 0.2 is 0.3
        there = Decimal(repr(self.value())) + steps * Decimal(repr(self.singleStep()))
        self.setValue(float(there))
        self.selectAll()

    def _reads(self, text: str) -> bool:
        return _NUMBER.fullmatch(_bare(self, text)) is not None


def unread(text: str) -> QValidator.State:
    """Return how a box takes text that it cannot read.

    What looks like a number stays until the end of the edit, when the last one that was read comes
    back: were only its separator refused, "1,5" would become 15.
    """
    state = QValidator.State
    return state.Intermediate if _LIKE_A_NUMBER.fullmatch(text) else state.Invalid


def tell_refusals(box: QAbstractSpinBox, why: str, reads: Callable[[str], bool]) -> None:
    """Say beside a box, for a while, why what was typed or pasted is not taken."""

    def tell() -> None:
        below = box.mapToGlobal(QPoint(0, box.height()))
        QToolTip.showText(below, why, box, box.rect(), _TOLD_FOR)

    line = box.lineEdit()
    line.inputRejected.connect(tell)
    line.textEdited.connect(lambda text: None if reads(text) else tell())


def _bare(box: QSpinBox | QDoubleSpinBox, text: str) -> str:
    return text.removeprefix(box.prefix()).removesuffix(box.suffix()).strip()
