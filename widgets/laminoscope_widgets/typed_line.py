"""A line for a parameter that is typed: it keeps the last value that can be used."""

import json
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from laminoscope_core.sampling import Parameter, SamplingError
from laminoscope_core.sampling.expressions import ExpressionError
from laminoscope_widgets.steps import undone_by_window
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["TypedLine"]


class TypedLine(QLineEdit):
    """Holds a text, or a list as JSON; what cannot be used is marked, and said.

    Signals: ``accepted()`` when another value that can be used has been typed;
    ``refused(message)`` when what stands there cannot be used, empty once it can.

    Parameters
    ----------
    sampler : str
        Whose parameter it is.
    parameter : Parameter
        Of the kind ``"breakers"`` or ``"text"``.
    value : object
    """

    accepted = Signal()
    refused = Signal(str)

    def __init__(self, sampler: str, parameter: Parameter, value: Any) -> None:
        super().__init__()
        self._sampler, self._parameter = sampler, parameter
        self._value: Any = None
        self._says = shown_text(parameter.help)
        undone_by_window(self)
        self.setPlaceholderText(shown_text(parameter.title))
        self.set_value(value)
        self.setToolTip(self._says)
        self.editingFinished.connect(self._edited)

    def value(self) -> Any:
        """Return the last value that can be used."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show a value; nothing is reported."""
        value = list(value) if self._is_list else value
        if value != self._value:
            self._value = value
            self.setText(json.dumps(value, ensure_ascii=False) if self._is_list else value)
            self._mark("")

    @property
    def _is_list(self) -> bool:
        return self._parameter.kind == "breakers"

    def _edited(self) -> None:
        try:
            typed = json.loads(self.text()) if self._is_list else self.text()
            self._parameter.checked(self._sampler, typed)
        except ExpressionError as error:
            self._mark(shown_text(str(error)))
            self.setSelection(min(error.position, max(len(self.text()) - 1, 0)), 1)
        except (SamplingError, ValueError, TypeError, RecursionError) as error:
            said = shown_text(str(error))
            wanted = tr('Write a list such as ["\\n", ":"]. {error}', error=said)
            self._mark(wanted if self._is_list else said)
        else:
            self._mark("")
            if typed != self._value:
                self._value = typed
                self.accepted.emit()

    def _mark(self, problem: str) -> None:
        self.setObjectName("error" if problem else "")
        self.setToolTip(safe_text(problem, limit=300, rich=True) if problem else self._says)
        self.style().polish(self)
        self.refused.emit(problem)
