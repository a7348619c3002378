"""Controls of a panel's title bar, bound to fields of its view or of an analysis's parameters."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QToolButton

from laminoscope_core.theme import site_label
from laminoscope_widgets.choice_box import ChoiceBox
from laminoscope_widgets.named import tool_button
from laminoscope_widgets.plot_panel import ViewPanel
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import shown_text, tr

__all__ = [
    "carriers",
    "choice",
    "offer",
    "offer_sites",
    "parameters",
    "refill",
    "sites",
    "switch",
]

_CHARACTERS = 10
"""Of what is chosen, those that a title bar shows at least."""


def choice(
    panel: ViewPanel,
    field: str,
    entries: Mapping[Any, str],
    tip: str,
    *,
    characters: int = _CHARACTERS,
) -> QComboBox:
    """Add a choice among the values of a field of the panel's view.

    Parameters
    ----------
    panel : ViewPanel
    field : str
        Of its ``View``.
    entries : mapping of value to str
        What each value is called.
    tip : str
        What is chosen, in a sentence; also the accessible description.
    characters : int
        How many it shows at least; it is as wide as what is chosen where there is room.
    """
    box = _box(entries, tip, characters)

    def follow(view: Any) -> None:
        box.setCurrentIndex(box.findData(getattr(view, field)))

    follow(panel.choices)
    box.activated.connect(
        lambda _: panel.choose(
            tr("Choose {choice}", choice=box.currentText()), **{field: box.currentData()}
        )
    )
    panel.view_changed.connect(follow)
    panel.controls.addWidget(box)
    return box


def switch(panel: ViewPanel, field: str, text: str, name: str, tip: str) -> QToolButton:
    """Add a button that turns a field of the panel's view on and off."""
    button = tool_button(text, tip, name, checkable=True)
    button.setChecked(getattr(panel.choices, field))
    button.clicked.connect(
        lambda on: panel.choose(
            tr("Switch {name} on" if on else "Switch {name} off", name=name), **{field: on}
        )
    )
    panel.view_changed.connect(lambda view: button.setChecked(getattr(view, field)))
    panel.controls.addWidget(button)
    return button


def carriers(panel: ViewPanel, analysis: str, none: str = "") -> QComboBox:
    """Add a choice of one of several carrier sentences, which all panels follow.

    It is there while there are several.

    Parameters
    ----------
    panel : ViewPanel
        Whose plot follows ``carrier``.
    analysis : str
        Whose results tell the sentences.
    none : str
        What no choice is called; the first sentence if it has no name of its own.
    """
    none = tr(none) if none else ""
    box = _box({None: none}, tr("Carrier sentence. One of several, or their mean."), 12)
    box.hide()

    def fill(name: str, result: Any) -> None:
        if name != analysis:
            return
        several = getattr(result, "of_carriers", None) or result.by_carrier
        box.setVisible(len(several) > 1)
        if len(several) < 2:
            return
        sentences = [safe_text(one.carrier) for one in several]
        entries: dict[int | None, str] = {None: none} if none else {}
        entries |= dict(enumerate(sentences))
        if [box.itemText(at) for at in range(box.count())] != list(entries.values()):
            box.clear()
            for value, text in entries.items():
                box.addItem(text, value)
        follow()

    def follow(*_: object) -> None:
        chosen = panel.selection.carrier
        at = box.findData(0 if chosen is None and not none else chosen)
        box.setCurrentIndex(max(at, 0))

    box.activated.connect(lambda _: setattr(panel.selection, "carrier", box.currentData()))
    panel.pointed.connect(follow)
    panel.result_taken.connect(fill)
    panel.controls.addWidget(box)
    return box


def sites(panel: ViewPanel, analysis: str) -> QComboBox:
    """Add a choice of one of the sites of a result, which all panels follow.

    Parameters
    ----------
    panel : ViewPanel
        Whose plot follows ``site``, and shows the first of the result's where that is none of them.
    analysis : str
        Whose results tell the sites.
    """
    box = _box({"q": site_label("q")}, tr("Site. Where the vectors of words are read."), 6)

    def fill(name: str, result: Any) -> None:
        if name == analysis:
            offer_sites(box, result.sites, panel.selection.site)

    def follow(*_: object) -> None:
        box.setCurrentIndex(max(box.findData(panel.selection.site), 0))

    box.activated.connect(lambda _: setattr(panel.selection, "site", box.currentData()))
    panel.pointed.connect(follow)
    panel.result_taken.connect(fill)
    panel.controls.addWidget(box)
    return box


def parameters(
    panel: ViewPanel,
    analysis: str,
    entries: Mapping[Any, str],
    tip: str,
    *,
    characters: int = _CHARACTERS,
) -> QComboBox:
    """Add a choice of an analysis's parameters, which computes it anew once there is a result.

    Parameters
    ----------
    panel : ViewPanel
    analysis : str
        Its id; among what the panel requires.
    entries : mapping of ((field, value), …) to str
        Which parameters each entry stands for, the others staying as they are.
    tip, characters
        As of `choice`.
    """
    box = _box(entries, tip, characters)
    box.setEnabled(False)

    def ask(_: int) -> None:
        result = panel.results.get(analysis)
        if result is not None:
            before = panel.asked.get(analysis, result.params)
            params = replace(before, **dict(box.currentData()))
            panel.params_wanted.emit(analysis, params)

    def follow(name: str, result: Any) -> None:
        if name != analysis:
            return
        box.setEnabled(True)
        for index in range(box.count()):
            wanted = box.itemData(index)
            if all(getattr(result.params, field) == value for field, value in wanted):
                box.setCurrentIndex(index)
                return

    box.activated.connect(ask)
    panel.result_taken.connect(follow)
    panel.controls.addWidget(box)
    return box


def offer(box: QComboBox, is_there: Callable[[Any], bool]) -> None:
    """Let only those entries of a choice be chosen whose value is there."""
    model = box.model()
    assert isinstance(model, QStandardItemModel)  # as Qt makes it for a box
    for row in range(box.count()):
        model.item(row).setEnabled(is_there(box.itemData(row)))


def offer_sites(box: QComboBox, sites: Sequence[str], chosen: str) -> None:
    """Offer the sites that were compared; what is chosen stays so, or else is the first of them."""
    if [box.itemData(at) for at in range(box.count())] != [*sites]:
        refill(box, {site: site_label(site) for site in sites})
    box.setCurrentIndex(max(box.findData(chosen), 0))


def refill(box: QComboBox, entries: Mapping[Any, str]) -> None:
    """Offer other entries; the one that is chosen stays so, if it is among them."""
    chosen = box.currentText()
    box.clear()
    for value, text in entries.items():
        box.addItem(shown_text(text), value)
    box.setCurrentIndex(max(box.findText(chosen), 0))


def _box(entries: Mapping[Any, str], tip: str, characters: int = _CHARACTERS) -> QComboBox:
    box = ChoiceBox(min(characters, max(len(shown_text(text)) for text in entries.values())))
    refill(box, entries)
    box.setToolTip(tip)
    box.setAccessibleName(tip.partition(".")[0])
    return box
