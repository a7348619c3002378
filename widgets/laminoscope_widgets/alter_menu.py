"""The menu that alters what is selected, and what interventions are called."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from laminoscope_core.inside_section import Intervention
from laminoscope_core.selection import Selection
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import mark, tr, tr_n

__all__ = ["ACTIONS", "AlterMenu", "in_words", "silent"]

ACTIONS = {
    "zero": mark("zero"),
    "mean": mark("mean"),
    "patch": mark("put in from the second text"),
    "skip": mark("skip the residual"),
    "scale": mark("scale"),
    "steer": mark("steer"),
}
"""What an action is called."""
_MOST_NAMED, _NAMED = 5, 3
"""Of heads, neurons or tokens: as many are all named; of more so many."""
_OFFERED = {
    "attn_head": ("zero", "mean", "patch"),
    "attention": ("zero", "mean", "skip"),
    "mlp": ("zero", "mean", "skip"),
    "resid": ("patch",),
}
"""By site: what the menu offers at once; the editor has the rest."""


class AlterMenu(QMenu):
    """Offers to alter the selected layer, head or tokens.

    Signals: ``chosen(intervention)``; ``wanted_other()`` if it is to be written by hand.

    Parameters
    ----------
    selection : Selection
    n_heads : callable
        How many query heads a layer has; 0 if that is not known.
    has_second_text : callable
        Whether there is one to put in from.
    parent : QWidget
    """

    chosen = Signal(object)
    wanted_other = Signal()

    def __init__(
        self,
        selection: Selection,
        n_heads: Callable[[], int],
        has_second_text: Callable[[], bool],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._selection, self._n_heads, self._has_second_text = selection, n_heads, has_second_text
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        layer, head = self._selection.layer, self._selection.head
        if head is None and (n_heads := self._n_heads()):
            heads = self.addMenu(tr("Silence a head of layer {layer}", layer=layer))
            for number in range(n_heads):
                self._add(heads, silent(layer, number), tr("head {head}", head=number))
        for intervention in self._offered(layer, head):
            self._add(self, intervention, in_words(intervention))
        self.addSeparator()
        self.addAction(tr("Another way…")).triggered.connect(self.wanted_other)

    def _add(self, menu: QMenu, intervention: Intervention, text: str) -> None:
        action = menu.addAction(text)
        action.setEnabled(intervention.action != "patch" or self._has_second_text())
        action.triggered.connect(lambda _=False, chosen=intervention: self.chosen.emit(chosen))

    def _offered(self, layer: int, head: int | None) -> Iterator[Intervention]:
        for site, actions in _OFFERED.items():
            if site == "attn_head" and head is None:
                continue
            for action in actions:
                tokens = self._selection.tokens or None if action == "patch" else None
                heads = (head,) if site == "attn_head" else ()
                yield _made(site, layer, action, heads=heads, tokens=tokens)


def silent(layer: int, head: int) -> Intervention:
    """Return what sets all that a head gives to zero."""
    return _made("attn_head", layer, "zero", heads=(head,))


def in_words(intervention: Intervention, *, whole: bool = False) -> str:
    """Return what an intervention alters, and how; safe to show.

    Parameters
    ----------
    intervention : Intervention
    whole : bool
        Whether all heads, neurons and tokens are named, be they ever so many.

    Examples
    --------
    >>> many = Intervention(site="neuron", layer=2, neurons=tuple(range(44)), action="zero")
    >>> in_words(many)
    'layer 2 neuron 0 1 2 and 41 more: zero'
    """
    site, layer = intervention.site, intervention.layer
    named = _listed if whole else _first_few
    which = named(intervention.heads or intervention.neurons)
    where = {
        "attn_head": tr("layer {layer} head {which}", layer=layer, which=which),
        "attention": tr("layer {layer} attention", layer=layer),
        "mlp": tr("layer {layer} MLP", layer=layer),
        "neuron": tr("layer {layer} neuron {which}", layer=layer, which=which),
        "resid": tr("layer {layer} stream", layer=layer),
    }[site]
    action = tr(ACTIONS[intervention.action])
    if intervention.factor is not None:
        action = f"{action} {intervention.factor:g}"
    if intervention.action == "steer":
        along = [safe_text(text, spaces=True, limit=16) for text in intervention.along]
        action = f"{action} {intervention.strength:g} × {' − '.join(along)}"
    tokens = intervention.tokens
    at = "" if tokens is None else tr(" at token {which}", which=named(tokens))
    return f"{where}{at}: {action}"


def _listed(numbers: Sequence[int]) -> str:
    return " ".join(map(str, numbers))


def _first_few(numbers: Sequence[int]) -> str:
    if len(numbers) <= _MOST_NAMED:
        return _listed(numbers)
    more = len(numbers) - _NAMED
    return tr_n("{few} and {n} more", "{few} and {n} more", more, few=_listed(numbers[:_NAMED]))


def _made(site: str, layer: int, action: str, **more: Any) -> Intervention:
    return Intervention.model_validate({"site": site, "layer": layer, "action": action, **more})
