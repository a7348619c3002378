"""The head of a compared column: what it shows, and a menu to change it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QInputDialog, QMenu, QPushButton, QSizePolicy

from laminoscope_core.analysis.comparison import ComparedColumn
from laminoscope_core.models.catalog import catalog
from laminoscope_core.sampling import PRESETS
from laminoscope_core.sampling.columns import CURRENT_CHAIN, MODEL_ALONE, Column, letter
from laminoscope_core.sampling.library import SavedChain
from laminoscope_widgets.chain_names import chain_name
from laminoscope_widgets.proportion import at_each_text_size, in_proportion
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import mark, shown_text, tr, tr_n

__all__ = ["ColumnButton", "Offer", "chain_title"]

_CHATS = ((None, mark("As the prompt has it")), (False, mark("Off")), (True, mark("On")))


def chain_title(chain: str) -> str:
    """Return what a column's chain is called."""
    named = {MODEL_ALONE: tr("model alone"), CURRENT_CHAIN: tr("after the chain")}
    return named.get(chain, tr("after {chain}", chain=chain_name(chain)))


@dataclass(frozen=True)
class Offer:
    """What a column may be set to.

    Attributes
    ----------
    prompts : tuple of str
        Texts of the prompts.
    model : str
        Title of the open model.
    saved : tuple of SavedChain
        Chains that the user has saved.
    removable : bool
        Whether there are more than two columns.
    """

    prompts: tuple[str, ...]
    model: str
    saved: tuple[SavedChain, ...] = ()
    removable: bool = False


class ColumnButton(QPushButton):
    """Three lines and a menu.

    Signals: ``column_chosen(column)``; ``reference_wanted()``; ``remove_wanted()``;
    ``retry_wanted()``.
    """

    column_chosen = Signal(object)
    reference_wanted = Signal()
    remove_wanted = Signal()
    retry_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = Column()
        self._offer = Offer((), "")
        self._number = 0
        self._can_retry = False
        self._lines: tuple[str, ...] = ()
        self._short = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        at_each_text_size(self, self._fit)
        self.setStyleSheet(
            "QPushButton { text-align: left; padding: 3px 0px; }"
            "QPushButton::menu-indicator { image: none; }"
        )
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)

    def _fit(self) -> None:
        """Have room for three lines."""
        self.setMinimumWidth(in_proportion(110))
        self.setFixedHeight(3 * self.fontMetrics().lineSpacing() + 10)
        self._show_lines()

    def set_column(
        self,
        number: int,
        compared: ComparedColumn,
        offer: Offer,
        *,
        by_chance: bool = False,
        n_written: int = 0,
    ) -> None:
        """Show a column.

        Parameters
        ----------
        number : int
            0 for the reference.
        compared : ComparedColumn
        offer : Offer
            What its menu has.
        by_chance : bool
            Whether its chain does not always do the same.
        n_written : int
            Tokens that were written after the prompt, before the compared one.
        """
        self._column, self._offer, self._number = compared.column, offer, number
        self._can_retry = bool(compared.reason)
        known = compared.column.prompt < len(offer.prompts)
        text = offer.prompts[compared.column.prompt] if known else tr("(nothing)")
        text = safe_text(text.strip(), limit=None)
        if n_written:
            text = f"{text} + {tr_n('{n} token', '{n} tokens', n_written)}"
        parts = [chain_title(compared.column.chain)]
        if compared.model:
            parts.insert(0, compared.model)
        if by_chance:
            parts.append(tr("over all seeds"))
        if compared.chat:
            parts.append(tr("chat template"))
        how = safe_text(" · ".join(parts), limit=None)
        self._short = ""
        if compared.reason:
            said = shown_text(compared.reason)
        elif number == 0:
            said = tr("the reference")
        elif compared.why_no_distance:
            said = tr("no distance")
        else:
            said = tr("distance {distance:.3f} from A", distance=compared.distance)
            self._short = tr("{distance:.3f} from A", distance=compared.distance)
        said = safe_text(said, limit=None)
        self._lines = (f"{letter(number)}  {text}", how, said)
        tip = (compared.prompt, how, f"{said} {shown_text(compared.why_no_distance)}")
        self.setToolTip("<br>".join(safe_text(line, limit=600, rich=True) for line in tip))
        self.setAccessibleName(
            tr(
                "Column {number}: {text}, {how}, {said}",
                number=letter(number),
                text=text,
                how=how,
                said=said,
            )
        )
        self._show_lines()

    @property
    def lines(self) -> tuple[str, ...]:
        """What is said of the column: text, how it was read, distance or reason."""
        return self._lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_lines()

    def _show_lines(self) -> None:
        room = self.width() - 24
        metrics, right = self.fontMetrics(), Qt.TextElideMode.ElideRight
        lines = list(self._lines)
        if self._short and metrics.horizontalAdvance(lines[-1]) > room:
            lines[-1] = self._short
        shown = [metrics.elidedText(line, right, room) for line in lines]
        self.setText("\n".join(f"\u2002{line}" for line in shown).replace("&", "&&"))

    def _fill(self) -> None:
        menu = self._menu
        menu.clear()
        for child in menu.findChildren(QMenu):
            child.deleteLater()
        self._add_prompts(menu.addMenu(tr("Prompt")))
        self._add_chains(menu.addMenu(tr("Chain")))
        chats = menu.addMenu(tr("Chat template"))
        for chat, title in _CHATS:
            self._add(chats, tr(title), replace(self._column, chat=chat), chat == self._column.chat)
        self._add_models(menu.addMenu(tr("Model")))
        menu.addSeparator()
        if self._can_retry:
            menu.addAction(tr("Read it again")).triggered.connect(self.retry_wanted)
        if self._number:
            menu.addAction(tr("Make it column A")).triggered.connect(self.reference_wanted)
        remove = menu.addAction(tr("Remove column"))
        remove.setEnabled(self._offer.removable)
        remove.triggered.connect(self.remove_wanted)

    def _add(self, menu: QMenu, title: str, column: Column, checked: bool, tip: str = "") -> None:
        action = menu.addAction(safe_text(title, limit=60).replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(checked)
        action.setToolTip(tip)
        action.triggered.connect(lambda: self.column_chosen.emit(column))

    def _add_prompts(self, menu: QMenu) -> None:
        for number, text in enumerate(self._offer.prompts):
            column = replace(self._column, prompt=number)
            self._add(menu, f"{number + 1}  {text}", column, number == self._column.prompt)

    def _add_chains(self, menu: QMenu) -> None:
        def add(name: str, samplers: Sequence[dict[str, Any]] = (), title: str = "") -> None:
            column = replace(self._column, chain=name, samplers=tuple(samplers))
            self._add(menu, title or name, column, name == self._column.chain)

        add(MODEL_ALONE, title=tr("None: the model alone"))
        add(CURRENT_CHAIN, title=tr("The chain of the cards"))
        menu.addSeparator()
        for name in PRESETS:
            if PRESETS[name]:
                add(name, title=chain_name(name))
        for saved in self._offer.saved:
            if not saved.problem:
                add(saved.name, saved.items)

    def _add_models(self, menu: QMenu) -> None:
        own = replace(self._column, model="")
        self._add(menu, tr("{model} (open)", model=self._offer.model), own, not self._column.model)
        for entry in catalog().values():
            column = replace(self._column, model=entry.name)
            tip = tr(
                "{about} It is opened in the background, beside the open model.",
                about=tr(entry.about),
            )
            self._add(menu, entry.title, column, entry.name == self._column.model, tip)
        menu.addSeparator()
        menu.addAction(tr("Another…")).triggered.connect(self._ask_model)

    def _ask_model(self) -> None:
        name, accepted = QInputDialog.getText(
            self,
            tr("Compare with another model"),
            tr("Catalog name, Hugging Face id (owner/name), folder or .gguf file:"),
            text=self._column.model,
        )
        if accepted and name.strip():
            self.column_chosen.emit(replace(self._column, model=name.strip()))
