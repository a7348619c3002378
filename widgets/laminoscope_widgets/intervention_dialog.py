"""The editor of an intervention: where it is, and what it does."""

import re
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QWidget,
)

from laminoscope_core.inside_section import Intervention
from laminoscope_core.section import reasons
from laminoscope_widgets.alter_menu import ACTIONS
from laminoscope_widgets.arranging import down
from laminoscope_widgets.explained import explained
from laminoscope_widgets.named import named
from laminoscope_widgets.number_boxes import NumberBox, WholeBox
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import mark, shown_text, tr

__all__ = ["InterventionDialog"]

_SITES = {
    "attn_head": mark("attention heads"),
    "attention": mark("attention"),
    "mlp": mark("MLP"),
    "neuron": mark("neurons"),
    "resid": mark("stream"),
}
_INNER = ("attn_head", "neuron")
_NOT_INNER = ("skip", "steer")
"""Actions of a whole attention, MLP or stream only."""
_WHOLE = re.compile(r"[\s,]*(?:[0-9]{1,9}(?:[\s,]+|$))*")
_MOST_LAYERS = 10_000
"""Offered while no model says how many it has."""
_FARTHEST = 1e6


class InterventionDialog(QDialog):
    """Asks where a model is altered and how.

    Signals: ``made(intervention)`` when what stands there is one and is accepted.

    Parameters
    ----------
    intervention : Intervention
        What stands there first.
    n_layers : int
        Of the model; 0 if that is not known.
    parent : QWidget
    """

    made = Signal(object)

    def __init__(self, intervention: Intervention, n_layers: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Intervention"))
        explained(self, "altering")
        self.setMinimumWidth(420)
        self.site = _choice(_SITES, intervention.site, tr("Where"))
        self.layer = named(
            WholeBox(minimum=0, maximum=max((n_layers or _MOST_LAYERS) - 1, intervention.layer)),
            tr("Layer"),
        )
        self.layer.setValue(intervention.layer)
        parts = intervention.heads or intervention.neurons
        self.parts = _line(" ".join(map(str, parts)), tr("Numbers"), tr("as 0 3 5"))
        self.action = _choice(ACTIONS, intervention.action, tr("What is done"))
        factor = 1.0 if intervention.factor is None else intervention.factor
        self.factor = _number(factor, tr("Factor"))
        first, second = (*intervention.along, "", "")[:2]
        self.along = _line(first, tr("Along"), tr("a token, with the space before it"))
        self.less = _line(second, tr("Less"), tr("a second text: along the difference of both"))
        self.strength = _number(intervention.strength, tr("Strength"))
        tokens = " ".join(map(str, intervention.tokens or ()))
        self.tokens = _line(tokens, tr("Tokens"), tr("all; or as 0 3 5"))
        self.error = plain_label("", "error", wraps=True)
        self.form = QFormLayout()
        for text, widget in (
            (tr("Where"), self.site),
            (tr("Layer"), self.layer),
            (tr("Numbers"), self.parts),
            (tr("What is done"), self.action),
            (tr("Factor"), self.factor),
            (tr("Along"), self.along),
            (tr("Less"), self.less),
            (tr("Strength"), self.strength),
            (tr("Tokens"), self.tokens),
        ):
            self.form.addRow(plain_label(text), widget)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(tr("Alter"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.setLayout(down(self.form, self.error, buttons, margins=(14, 12, 14, 12), spacing=8))
        for box in (self.site, self.action):
            box.currentIndexChanged.connect(self._offer)
        self._offer()

    def intervention(self) -> Intervention:
        """Return what stands there.

        Raises
        ------
        pydantic.ValidationError, ValueError
            It is no intervention.
        """
        site, action = self.site.currentData(), self.action.currentData()
        parts = _numbers(self.parts.text())
        along, less = self.along.text(), self.less.text()
        return Intervention.model_validate(
            {
                "site": site,
                "layer": self.layer.value(),
                "action": action,
                "heads": parts if site == "attn_head" else (),
                "neurons": parts if site == "neuron" else (),
                "tokens": _numbers(self.tokens.text()) or None,
                "factor": self.factor.value() if action == "scale" else None,
                "along": (along, *filter(None, (less,))) if action == "steer" else (),
                "strength": self.strength.value() if action == "steer" else 1.0,
            }
        )

    def accept(self) -> None:
        """Tell what stands there, or say why it is no intervention."""
        try:
            found = self.intervention()
        except ValidationError as error:
            self._refuse("; ".join(map(shown_text, reasons(error))))
        except ValueError as error:
            self._refuse(str(error))
        else:
            self.made.emit(found)
            super().accept()

    def _refuse(self, why: str) -> None:
        self.error.setText(safe_text(why, limit=400))

    def _offer(self, _: int = 0) -> None:
        """Show the fields that belong to what is chosen."""
        inner = self.site.currentData() in _INNER
        if inner and self.action.currentData() in _NOT_INNER:
            self.action.setCurrentIndex(self.action.findData("scale"))
        for at in range(self.action.count()):
            there = not (inner and self.action.itemData(at) in _NOT_INNER)
            self.action.model().item(at).setEnabled(there)  # type: ignore[attr-defined]
        steers = self.action.currentData() == "steer"
        for widget, shown in (
            (self.parts, inner),
            (self.factor, self.action.currentData() == "scale"),
            (self.along, steers),
            (self.less, steers),
            (self.strength, steers),
        ):
            self.form.setRowVisible(widget, shown)
        self.error.clear()
        self.adjustSize()


def _choice(entries: dict[str, str], chosen: str, name: str) -> QComboBox:
    box = named(QComboBox(), name)
    for value, text in entries.items():
        box.addItem(tr(text), value)
    box.setCurrentIndex(box.findData(chosen))
    return box


def _line(text: str, name: str, placeholder: str) -> QLineEdit:
    line = named(QLineEdit(text), name, placeholder)
    line.setPlaceholderText(placeholder)
    return line


def _number(value: float, name: str) -> NumberBox:
    box = named(NumberBox(minimum=-_FARTHEST, maximum=_FARTHEST, singleStep=0.5), name)
    box.setValue(value)
    return box


def _numbers(text: str) -> tuple[Any, ...]:
    if not _WHOLE.fullmatch(text):
        raise ValueError(tr("Numbers stand there as 0 3 5, not as {text}.", text=safe_text(text)))
    return tuple(int(digits) for digits in re.findall("[0-9]+", text))
