"""The sampler chain: a row of cards, each with what its sampler did, and the final draw."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QMenu

from laminoscope_core.analysis.continuation import Params, Result
from laminoscope_core.atomic import write_atomically
from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.experiment import SamplingSection
from laminoscope_core.plots.chain import View, counted
from laminoscope_core.plots.prompts import place_after
from laminoscope_core.plots.registry import Spec
from laminoscope_core.run.requests import GenerationRequest
from laminoscope_core.sampling import SAMPLERS, Chain, SamplingError
from laminoscope_core.sampling.files import read_chain
from laminoscope_core.sampling.guidance import second_prompts
from laminoscope_core.sampling.library import ChainLibrary
from laminoscope_core.sampling.links import Link
from laminoscope_core.sampling.vocabulary import stop_ids
from laminoscope_widgets.arranging import AsTall, across, boxed, down, opens
from laminoscope_widgets.chain_menu import ChainMenu
from laminoscope_widgets.chain_state import ChainState, chain_step
from laminoscope_widgets.draw_card import DrawCard
from laminoscope_widgets.named import tool_button
from laminoscope_widgets.panel import InputPanel, Panel, Workspace
from laminoscope_widgets.sampler_card import SamplerCard
from laminoscope_widgets.steps import undone_by_window
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.translation import mark, shown_text, tr

__all__ = ["ChainPanel"]


class ChainPanel(InputPanel):
    """Cards that are switched, dragged, duplicated, removed and set; no model is run for it."""

    id = "chain"
    title = mark("Sampler chain")
    requires = ("continuation",)
    help_topic = "chain"
    follows = ("prompt",)
    shows_all = True
    section_name = "sampling"

    task_wanted = Signal(str, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.cards: list[SamplerCard] = []
        self._stop: tuple[int | str, ...] | None = None
        self._compared: tuple[dict[str, Any] | str, ...] = ()
        self._asked: tuple[object, object] | None = None
        self._tried: Result | None = None
        self._make_controls()
        self._row = across(1, margins=(8, 6, 8, 4), spacing=5)
        self._cards_row = boxed(self._row)
        self.cards_area = AsTall(self._cards_row)
        self.draw_card = DrawCard(self.theme)
        self.seed, self.stop_tokens = self.draw_card.seed, self.draw_card.stop_tokens
        undone_by_window(self.seed).valueChanged.connect(self._changed)
        self.stop_tokens.add_wanted.connect(self.add_stop)
        self.stop_tokens.remove_wanted.connect(self.remove_stop)
        self.stop_tokens.reset_wanted.connect(lambda: self._set_stop(None))
        drawn = down(self.draw_card, margins=(0, 6, 0, 0))
        self.set_body(boxed(across((self.cards_area, 1), drawn, margins=(0, 0, 8, 6), spacing=0)))
        self._stack.setCurrentIndex(1)
        self._filling = False
        self._before = ChainState()
        self.set_section(SamplingSection())

    def _make_controls(self) -> None:
        self.chains = tool_button(
            tr("Chains"), tr("Begin with a known chain; save this one, or open another.")
        )
        self.menu = ChainMenu(self.chains)
        self.menu.chosen.connect(lambda items: self.set_items(list(items)))
        self.menu.save_wanted.connect(self.save_as)
        self.menu.import_wanted.connect(self.open)
        self.menu.export_wanted.connect(self.export)
        self.menu.refused.connect(self.refused)
        add = tool_button(tr("Add sampler"), tr("Add a sampler at the end of the chain."))
        menu = QMenu(add)
        menu.setToolTipsVisible(True)
        for sampler in SAMPLERS.values():
            action = menu.addAction(shown_text(sampler.title))
            action.setToolTip(shown_text(sampler.help))
            action.triggered.connect(lambda _=False, name=sampler.name: self.add(name))
        self.controls.addWidget(opens(self.chains, self.menu))
        self.controls.addWidget(opens(add, menu))

    # ---- the form

    def items(self) -> list[dict[str, Any]]:
        """Return the chain as `Chain.from_list` takes it."""
        return [card.item() for card in self.cards]

    def set_altered(self, *, altered: bool) -> None:
        """Notice whose candidates come: the cards show what becomes of them."""
        Panel.set_altered(self, altered=altered)

    def section(self) -> SamplingSection:
        """Return the form as a section of an experiment."""
        return SamplingSection(
            seed=self.seed.value(),
            chain=tuple(self.items()),
            chains=self._compared,
            stop=self._stop,
        )

    def set_section(self, section: SamplingSection) -> None:
        """Fill the form, without reporting an edit."""
        chain = section.chain
        try:
            known = Chain.preset(chain) if isinstance(chain, str) else Chain.from_list(chain)
        except SamplingError as error:
            self.refused.emit(str(error))
            return
        self._compared = section.chains
        self.take_undo_state(ChainState(tuple(known.to_list()), section.seed, section.stop))

    def undo_state(self) -> ChainState:
        """Return samplers, seed and stop tokens."""
        return ChainState(tuple(self.items()), self.seed.value(), self._stop)

    def take_undo_state(self, state: ChainState) -> None:
        """Take back what `undo_state` gave, and report that as a change."""
        self._filling = True
        self.seed.setValue(state.seed)
        self._stop = state.stop
        self._filling = False
        self.set_items(list(state.items))

    def clear(self) -> None:
        """Go back to the chain that an experiment has at first."""
        self.set_section(SamplingSection())

    def set_items(self, items: list[dict[str, Any]]) -> None:
        """Show other samplers; cards of the same ones stay."""
        if [card.name for card in self.cards] == [item["sampler"] for item in items]:
            for card, item in zip(self.cards, items, strict=True):
                card.set_item(item)
            self._changed()
            return
        for card in self.cards:
            self._row.removeWidget(card)
            card.hide()
            card.blockSignals(True)  # its menu may still be open
            card.deleteLater()
        self.cards = []
        for item in items:
            self._insert(len(self.cards), item)
        self._changed()

    def add(self, name: str) -> None:
        """Append a sampler with its default values."""
        self._insert(len(self.cards), {"sampler": name})
        self.cards[-1].set_folded(False)
        self._changed()
        self._reveal(self.cards[-1])

    def move_card(self, card: SamplerCard, position: int) -> None:
        """Put a card at another place of the row; `changed` is told when it is dropped."""
        self.cards.remove(card)
        self.cards.insert(position, card)
        self._row.removeWidget(card)
        self._row.insertWidget(position, card)

    def open(self) -> None:
        """Ask for a file and take its chain."""
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Open a chain"), "", tr("Chains (*.json *.toml *.gguf)")
        )
        if not name:
            return
        try:
            self.set_items(read_chain(Path(name)).to_list())
        except LaminoscopeError as error:
            self.refused.emit(str(error))

    def export(self) -> None:
        """Ask for a name and write the chain as JSON."""
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Export chain"), "chain.json", tr("Chains (*.json)")
        )
        if not name:
            return
        try:
            write_atomically(Path(name), Chain.from_list(self.items()).to_json().encode())
        except OSError as error:
            self.refused.emit(
                tr(
                    "{name} cannot be saved: {strerror}.",
                    name=safe_text(Path(name).name),
                    strerror=error.strerror,
                )
            )

    def save_as(self, name: str) -> None:
        """Save the chain under a name, for this and later sessions."""
        try:
            put_aside = ChainLibrary().save(name, self.items())
        except LaminoscopeError as error:
            self.refused.emit(str(error))
        except OSError as error:
            self.refused.emit(tr("The chain cannot be saved: {strerror}.", strerror=error.strerror))
        else:
            if put_aside is not None:
                self.refused.emit(
                    tr(
                        "The saved chains could not be read. A new file was begun;"
                        " the damaged one is kept as {name} beside it.",
                        name=safe_text(put_aside.name),
                    )
                )

    # ---- stop tokens

    def add_stop(self, entry: int | str) -> None:
        """Stop at one more token, given by its id or its text."""
        result: Result | None = self.results.get("continuation")
        if result is None:
            return
        tokenizer = result.tokens.chain.tokenizer
        vocabulary = result.places[0].stages.raw.vocabulary

        def find() -> frozenset[int] | SamplingError:  # a stranger's tokenizer may take seconds
            try:
                return stop_ids([entry], tokenizer, vocabulary)
            except SamplingError as error:
                return error

        if isinstance(entry, int):
            self._add_found(find())
        else:
            self.question_wanted.emit(find, self._add_found)

    def _add_found(self, found: frozenset[int] | SamplingError) -> None:
        result: Result | None = self.results.get("continuation")
        if isinstance(found, SamplingError):
            self.refused.emit(str(found))
        elif result is not None:
            self.stop_tokens.line.clear()
            self._set_stop(tuple(sorted(result.stop | found)))

    def remove_stop(self, token: int) -> None:
        """Stop at a token no longer."""
        result: Result | None = self.results.get("continuation")
        if result is not None:
            self._set_stop(tuple(sorted(result.stop - {token})))

    def _set_stop(self, stop: tuple[int | str, ...] | None) -> None:
        self._stop = stop
        self._changed()

    def _insert(self, position: int, item: dict[str, Any]) -> None:
        card = SamplerCard(item, self.theme)
        card.changed.connect(self._changed)
        card.dragged.connect(lambda where, moved=card: self._dragged(moved, where))
        card.dropped.connect(self._changed)
        card.move_wanted.connect(lambda places, moved=card: self._move_by(moved, places))
        card.duplicate_wanted.connect(lambda copied=card: self._duplicate(copied))
        card.remove_wanted.connect(lambda gone=card: self._remove(gone))
        card.set_folded(Link.from_item(card.item()).is_off)
        self.cards.insert(position, card)
        self._row.insertWidget(position, card)

    def _move_by(self, card: SamplerCard, places: int) -> None:
        position = self.cards.index(card) + places
        if 0 <= position < len(self.cards):
            self.move_card(card, position)
            self._changed()

    def _dragged(self, card: SamplerCard, where: QPoint) -> None:
        x = self._cards_row.mapFromGlobal(where).x()
        others = [other for other in self.cards if other is not card]
        position = sum(other.geometry().center().x() < x for other in others)
        if self.cards.index(card) != position:
            self.move_card(card, position)

    def _duplicate(self, card: SamplerCard) -> None:
        position = self.cards.index(card) + 1
        self._insert(position, card.item())
        self.cards[position].set_folded(False)
        self._changed()
        self._reveal(self.cards[position])

    def _reveal(self, card: SamplerCard) -> None:
        """Scroll to a card that has just been put into the row."""
        card.show()
        self._row.activate()
        row, shown = self._cards_row, self.cards_area.viewport().size()
        row.resize(row.minimumSizeHint().expandedTo(shown))
        self.cards_area.ensureWidgetVisible(card)

    def _remove(self, card: SamplerCard) -> None:
        self.cards.remove(card)
        self._row.removeWidget(card)
        card.blockSignals(True)  # its menu may still be open
        card.deleteLater()
        self._changed()

    def _changed(self, *_: object) -> None:
        if self._filling:
            return
        try:
            items = tuple(self.items())
        except json.JSONDecodeError:  # breakers being typed; their line says so
            return
        self.params_wanted.emit("continuation", Params(items, self.seed.value(), self._stop))
        before, self._before = self._before, self.undo_state()
        self.changed.emit(chain_step(before, self._before))

    def settle(self) -> None:
        """Ask, once, for what the cards say where the result is of another chain."""
        result: Result | None = self.results.get("continuation")
        if result is None or result is self._tried:
            return
        with suppress(SamplingError, json.JSONDecodeError):
            if Chain.from_list(self.items()).to_list() != result.chain.to_list():
                self._tried = result
                wanted = Params(tuple(self.items()), self.seed.value(), self._stop)
                self.params_wanted.emit("continuation", wanted)

    # ---- what it did

    def update_view(self) -> None:
        """Show what every sampler did after the selected prompt."""
        result: Result = self.results["continuation"]
        self.menu.recommended = result.tokens.recommended
        own = result.stop == result.tokens.declared_stop
        self.stop_tokens.set_tokens(sorted(result.stop), result.tokens.text_of, own=own)
        if not self.selection.prompt_is_read:
            self._show_nothing()
            return
        after = place_after(result, self.selection.prompt)
        if [stage.name for stage in after.stages] != [card.name for card in self.cards]:
            return  # an older chain's; the new one's is on its way
        for card, stage in zip(self.cards, after.stages, strict=True):
            card.set_stage(stage, after.stages.top)
        self.draw_card.set_draw(after.stages, after.draw, result.tokens)
        self.set_note(shown_text(counted(after.stages)))
        self._read_second_prompts(result)

    def _show_nothing(self) -> None:
        """Show the samplers alone: the prompt has not been read as it stands."""
        for card in self.cards:
            card.clear_stage()
        self.draw_card.clear_draw()
        self.set_note(tr("This prompt has not been read yet."))

    def _read_second_prompts(self, result: Result) -> None:
        """Have second prompts read after which nothing is known, once for each text."""
        prompt = min(self.selection.prompt, len(result.places) - 1)
        place, tokens = result.places[prompt].place, result.tokens
        missing = set(second_prompts(result.chain)) - tokens.guides_at(prompt).keys()
        if missing and self._asked != (result.chain, place.identity):
            self._asked = result.chain, place.identity
            request = GenerationRequest(tokens, prompt, place.node, result.params, n_tokens=0)
            self.task_wanted.emit("generation", request)

    def figure(self) -> Spec | None:
        """Return what the samplers do after the selected prompt."""
        fits = "continuation" in self.results and self.selection.prompt_is_read
        return Spec(self.id, View(self.selection.prompt), self.altered) if fits else None

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().apply_theme(theme)
        self.draw_card.apply_theme(theme)
        for card in self.cards:
            card.apply_theme(theme)
