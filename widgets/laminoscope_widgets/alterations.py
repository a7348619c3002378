"""Interventions as chips, and a menu that alters what is selected."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from laminoscope_core.inside_section import Intervention
from laminoscope_core.selection import Selection
from laminoscope_widgets.arranging import across, down, opens
from laminoscope_widgets.chips import Chips
from laminoscope_widgets.named import tool_button
from laminoscope_widgets.translation import mark, tr

__all__ = ["Alterations", "in_words"]

_ACTIONS = {
    "zero": mark("zero"),
    "mean": mark("mean"),
    "patch": mark("put in from the second text"),
    "skip": mark("skip the residual"),
    "scale": mark("scale"),
    "steer": mark("steer"),
}
_OFFERED = {
    "attn_head": ("zero", "mean", "patch"),
    "attention": ("zero", "mean", "skip"),
    "mlp": ("zero", "mean", "skip"),
    "resid": ("patch",),
}
"""By site: what the menu offers; the rest is written in a file."""


class Alterations(QWidget):
    """Shows interventions and lets them be changed.

    Signals: ``add_wanted(intervention)`` and ``remove_wanted(index)``, which change nothing
    themselves.

    Parameters
    ----------
    selection : Selection
        Whose layer, head and tokens the menu alters.
    has_second_text : callable
        Whether there is one to put in from.
    """

    add_wanted = Signal(object)
    remove_wanted = Signal(int)

    def __init__(self, selection: Selection, has_second_text: Callable[[], bool]) -> None:
        super().__init__()
        self._selection, self._has_second_text = selection, has_second_text
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill)
        tip = tr("Alter the selected layer, head or token; what is shown is computed both ways.")
        button = opens(tool_button(tr("Alter"), tip), self.menu)
        self.chips = Chips(1)
        self.chips.clicked.connect(self.remove_wanted)
        self.setLayout(down(across(button, 1), self.chips, spacing=3))

    def set_interventions(self, interventions: Sequence[Intervention]) -> None:
        """Show interventions by their numbers."""
        texts = [f"{at}  {in_words(each)}" for at, each in enumerate(interventions)]
        names = [tr("Remove the intervention {text}", text=text) for text in texts]
        self.chips.set_texts(texts, tr("Alter it no longer."), names)

    def _fill(self) -> None:
        self.menu.clear()
        for intervention in self._offered():
            action = self.menu.addAction(in_words(intervention))
            action.setEnabled(intervention.action != "patch" or self._has_second_text())
            action.triggered.connect(
                lambda _=False, chosen=intervention: self.add_wanted.emit(chosen)
            )

    def _offered(self) -> Iterator[Intervention]:
        layer, head, tokens = self._selection.layer, self._selection.head, self._selection.tokens
        for site, actions in _OFFERED.items():
            if site == "attn_head" and head is None:
                continue
            for action in actions:
                yield Intervention.model_validate(
                    {
                        "site": site,
                        "layer": layer,
                        "action": action,
                        "heads": (head,) if site == "attn_head" else (),
                        "tokens": tokens or None if action == "patch" else None,
                    }
                )


def in_words(intervention: Intervention) -> str:
    """Return what an intervention alters, and how."""
    site, layer = intervention.site, intervention.layer
    heads = " ".join(map(str, intervention.heads or intervention.neurons))
    where = {
        "attn_head": tr("layer {layer} head {which}", layer=layer, which=heads),
        "attention": tr("layer {layer} attention", layer=layer),
        "mlp": tr("layer {layer} MLP", layer=layer),
        "neuron": tr("layer {layer} neuron {which}", layer=layer, which=heads),
        "resid": tr("layer {layer} stream", layer=layer),
    }[site]
    action = tr(_ACTIONS[intervention.action])
    if intervention.factor is not None:
        action = f"{action} {intervention.factor:g}"
    tokens = intervention.tokens
    at = "" if tokens is None else tr(" at token {which}", which=" ".join(map(str, tokens)))
    return f"{where}{at}: {action}"
