"""Undo and redo: one list of steps for everything that a person changes.

Whoever holds something that a person changes gives it as a value and takes it back (`_Owner`):
panels, the parameters of analyses, the model.  A step remembers the values before and after, so
that a new panel needs no code for it.  Selection, zoom and layer are no steps.
"""

from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from laminoscope.controller import Controller
from laminoscope.forms import Forms
from laminoscope.window.panels import Panels
from laminoscope_core.experiment import ModelSection, RsaSection
from laminoscope_core.text import visible_text
from laminoscope_widgets.panel import Panel
from laminoscope_widgets.steps import Step
from laminoscope_widgets.translation import mark, tr

__all__ = ["Undo"]

_MOST = 200
"""Steps that are kept."""
_PAUSE, _LONGEST = 1.5, 15.0
"""Seconds without typing after which the next key begins a step, and of typing in one step."""
_MODEL, _RSA, _PARAMETERS = "the model", "what is compared", "parameters"
_OF_PANELS = ("continuation", "comparison", "chains")
"""Analyses whose parameters are the state of a panel."""


_CALLED = {
    "measure": mark("measure"),
    "head": mark("head"),
    "correlation": mark("correlation"),
    "block_corrected": mark("correlation"),
    "n_permutations": mark("permutations"),
    "n_resamples": mark("resamples"),
    "site": mark("site"),
    "drop": mark("leading tokens left out"),
    "lags": mark("lags"),
    "predictors": mark("predictors"),
    "covariance": mark("covariance"),
}
"""Parameters as people know them."""


class _Owner(Protocol):
    def undo_state(self) -> Any: ...

    def take_undo_state(self, state: Any) -> None: ...


class Undo(QObject):
    """The steps of a window.

    Signals: ``changed()`` when a step was made, undone or redone, or all were forgotten;
    ``said(text)`` which step is undone or redone; ``model_wanted(section)`` when one goes to
    another model; ``rsa_wanted(section)`` when one compares other representations of the words.

    Parameters
    ----------
    panels : Panels
    forms : Forms
    controller : Controller
    asked : dict of str to Params
        What the window's panels share of parameters; kept here.
    parent : QObject
    """

    changed = Signal()
    said = Signal(str)
    model_wanted = Signal(object)
    rsa_wanted = Signal(object)

    def __init__(
        self,
        panels: Panels,
        forms: Forms,
        controller: Controller,
        asked: dict[str, Any],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(_MOST)
        self.stack.indexChanged.connect(self.changed)
        self._forms = forms
        self._parameters = _Parameters(controller, asked)
        self._model = _Model(forms, self.model_wanted.emit)
        self._owners: dict[str, _Owner] = {
            _MODEL: self._model,
            _RSA: _Rsa(forms, self.rsa_wanted.emit),
            _PARAMETERS: self._parameters,
        }
        self._known: dict[str, Any] = {}
        self._taking = False
        panels.each(self._follow)
        controller.result_ready.connect(self._parameters_arrived)
        controller.busy_changed.connect(self._parameters_settled)
        self.forget()

    def _follow(self, panel: Panel) -> None:
        self._owners[panel.id] = panel
        panel.changed.connect(partial(self._step, panel.id))
        panel.result_taken.connect(partial(self._note, panel.id))
        panel.params_wanted.connect(self._params_wanted)
        self._note(panel.id)

    def forget(self) -> None:
        """Begin anew: what is shown now was opened, not changed."""
        self.stack.clear()
        self._parameters.settle()
        for name in self._owners:
            self._note(name)
        self.changed.emit()

    def undo(self) -> None:
        """Take back the last step."""
        self._say(tr("Undone"), self.stack.index() - 1)
        self.stack.undo()

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._say(tr("Done again"), self.stack.index())
        self.stack.redo()

    def _say(self, what: str, number: int) -> None:
        """Say which step it is, and of which panel: that may be on another page."""
        step = self.stack.command(number)
        if isinstance(step, _Change):
            owner = self._owners[step.owner]
            if isinstance(owner, Panel):
                what = tr("{done} in {panel}", done=what, panel=owner.shown_title)
            self.said.emit(f"{what}: {step.text()}.")

    def model_settled(self) -> None:
        """Notice that another model has been opened, or that the one before came back."""
        before, after = self._known[_MODEL], self._forms.model
        self._step(_MODEL, Step(_model_step(before, after)))

    def rsa_chosen(self, step: str) -> None:
        """Notice that other representations of the words are to be compared."""
        self._step(_RSA, Step(step))

    def take(self, name: str, state: Any) -> None:
        """Give an owner back what it had."""
        self._taking = True
        try:
            self._owners[name].take_undo_state(state)
        finally:
            self._taking = False
        self._note(name)

    def _step(self, name: str, step: Step) -> None:
        """Add a step, if an owner has changed and a person has done that."""
        before, after = self._known[name], self._owners[name].undo_state()
        self._known[name] = after
        if not (self._taking or self._forms.filling) and before != after:
            self.stack.push(_Change(self, name, before, after, step))

    def _note(self, name: str, *_: object) -> None:
        self._known[name] = self._owners[name].undo_state()

    def _params_wanted(self, analysis: str, params: Any) -> None:
        if analysis not in _OF_PANELS:
            before = self._known[_PARAMETERS].get(analysis)
            self._parameters.asked[analysis] = params
            self._step(_PARAMETERS, Step(_params_step(before, params)))

    def _parameters_arrived(self, analysis: str, result: object) -> None:
        asked = self._parameters.asked
        if getattr(result, "params", None) == asked.get(analysis):
            asked.pop(analysis, None)
        self._note(_PARAMETERS)

    def _parameters_settled(self, busy: bool) -> None:
        if not busy:
            self._parameters.settle()
            self._note(_PARAMETERS)


class _Change(QUndoCommand):
    """One owner's state before and after."""

    def __init__(self, undo: Undo, owner: str, before: Any, after: Any, step: Step) -> None:
        super().__init__(visible_text(step.name, spaces=False, limit=60))
        self._undo = undo
        self.owner = owner
        self._before, self._after = before, after
        self._field = step.field
        self._begun = self._ended = monotonic()
        self._done = True

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        assert isinstance(other, _Change)
        goes_on = (
            self._field
            and (self.owner, self._field) == (other.owner, other._field)
            and other._begun - self._ended < _PAUSE
            and other._begun - self._begun < _LONGEST
        )
        if not goes_on:
            return False
        self._after, self._ended = other._after, other._ended
        other._let_go()
        if self._after == self._before:
            self.setObsolete(True)
            self._let_go()
        return True

    def _let_go(self) -> None:
        """Know the window no more: Qt deletes the step, and its Python half would live for ever."""
        del self._undo, self._before, self._after

    def undo(self) -> None:
        self._undo.take(self.owner, self._before)

    def redo(self) -> None:
        if self._done:  # by whoever made the step
            self._done = False
        else:
            self._undo.take(self.owner, self._after)


class _Parameters:
    """Parameters of analyses: those that were asked for last, else those of the next run."""

    def __init__(self, controller: Controller, asked: dict[str, Any]) -> None:
        self._controller = controller
        self.asked = asked

    def undo_state(self) -> dict[str, Any]:
        known = {**self._controller.params, **self.asked}
        return {name: params for name, params in known.items() if name not in _OF_PANELS}

    def take_undo_state(self, state: dict[str, Any]) -> None:
        now = self.undo_state()
        for analysis, params in state.items():
            if params != now.get(analysis):
                self.asked[analysis] = params
                self._controller.params[analysis] = params  # also without results to renew
                self._controller.recompute(analysis, params)

    def settle(self) -> None:
        """Ask for nothing that is not there: all jobs have ended."""
        self.asked.clear()


class _Model:
    """The model of the next run."""

    def __init__(self, forms: Forms, choose: Callable[[ModelSection], object]) -> None:
        self._forms = forms
        self._choose = choose

    def undo_state(self) -> ModelSection:
        return self._forms.model

    def take_undo_state(self, state: ModelSection) -> None:
        if state != self._forms.model:
            self._choose(state)


class _Rsa:
    """Which representations of the words are compared."""

    def __init__(self, forms: Forms, choose: Callable[[RsaSection], object]) -> None:
        self._forms = forms
        self._choose = choose

    def undo_state(self) -> RsaSection:
        return self._forms.rsa

    def take_undo_state(self, state: RsaSection) -> None:
        if state != self._forms.rsa:
            self._choose(state)


def _params_step(before: Any, after: Any) -> str:
    """Return what a change of parameters is called: the names of what is another now."""
    changed = dict.fromkeys(
        tr(_CALLED.get(name) or name.replace("_", " "))
        for name, value in vars(after).items()
        if before is None or getattr(before, name) != value
    )
    return tr("Change {what}", what=tr(" and ").join(changed))


def _model_step(before: ModelSection, after: ModelSection) -> str:
    if before.source != after.source:
        return tr("Open {model}", model=after.source)
    if before.device != after.device:
        return tr("Run on {device}", device=after.device)
    return tr("Compute in {precision}", precision=after.dtype)
