"""Prompts: the texts to be continued, and how the model reads them."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QPlainTextEdit, QPushButton

from laminoscope_core.analysis.continuation import Result
from laminoscope_core.experiment import PromptSection
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_core.sampling.places import numbers_among
from laminoscope_widgets.arranging import across, boxed, down
from laminoscope_widgets.candidate_table import monospaced
from laminoscope_widgets.named import named
from laminoscope_widgets.panel import InputPanel, Workspace, plain_label
from laminoscope_widgets.steps import Step, undone_by_window
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.text_field import TextField
from laminoscope_widgets.translation import mark, tr, tr_n

__all__ = ["PromptsPanel"]

_SAMPLES = ("White hare upon", "Brown hare upon")


@dataclass(frozen=True)
class _Draft:
    """A prompt as it is being written; it may be empty yet."""

    text: str = ""
    chat: bool = False
    system: str = ""


class PromptsPanel(InputPanel):
    """A list of prompts, an editor for the selected one, and what the model is given."""

    id = "prompts"
    title = mark("Prompts")
    requires = ("continuation",)
    help_topic = "prompts"
    follows = ("prompt",)
    section_name = "prompts"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._prompts = [_Draft(text) for text in _SAMPLES]
        self._read: list[_Draft] = []
        self.list = named(
            QListWidget(), tr("Prompts"), tr("The prompts; the chosen one is edited below.")
        )
        self.list.setMaximumHeight(84)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = across()
        for text, tip, slot in (
            (tr("Add"), tr("Add a copy of this prompt, to compare with."), self.add),
            (tr("Remove"), tr("Remove this prompt."), self.remove),
        ):
            button = QPushButton(text)
            button.setToolTip(tip)
            button.clicked.connect(slot)
            buttons.addWidget(button)
        self.editor = named(TextField(), tr("Prompt"))
        self.editor.setToolTip(tr("What to continue. Ctrl+Enter reads it."))
        self.chat = QCheckBox(tr("Chat template"))
        self.chat.setToolTip(
            tr("Put the text as the user's message into the model's chat template.")
        )
        self.system = named(QLineEdit(placeholderText=tr("System message")), tr("System message"))
        self.system.setToolTip(
            tr("What the chat template puts before the text as the system's message.")
        )
        self.run_button = QPushButton(tr("Read the prompts"))
        self.run_button.setObjectName("primary")
        self.run_button.clicked.connect(self.capture_wanted)
        self.rendered_title = plain_label(tr("As the model reads it"), "muted", wraps=True)
        self.rendered = named(
            QPlainTextEdit(readOnly=True),
            tr("As the model reads it"),
            tr("The prompt with everything that the template adds."),
        )
        monospaced(self.rendered)
        body = down(
            self.list,
            buttons,
            (self.editor, 1),
            self.chat,
            self.system,
            self.run_button,
            self.rendered_title,
            (self.rendered, 1),
            margins=(10, 6, 10, 10),
        )
        self.set_body(boxed(body))
        self._stack.setCurrentIndex(1)
        self._filling = False
        self.list.currentRowChanged.connect(self._row_chosen)
        self.editor.edited.connect(self._text_edited)
        self.chat.toggled.connect(self._chat_toggled)
        undone_by_window(self.system).textEdited.connect(self._system_edited)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.capture_wanted)
        self._fill(0)

    def section(self) -> tuple[PromptSection, ...]:
        """Return the prompts; raises pydantic's ValidationError if one is empty."""
        return tuple(PromptSection(**asdict(prompt)) for prompt in self._prompts)

    def set_section(self, section: tuple[PromptSection, ...]) -> None:
        """Fill the form, without reporting a change."""
        self._prompts = [_draft(prompt) for prompt in section]
        self._fill(0)

    def clear(self) -> None:
        """Leave one empty prompt."""
        self._prompts = [_Draft()]
        self._fill(0)
        self.rendered.clear()
        self.rendered_title.setText(tr("As the model reads it"))

    def undo_state(self) -> tuple[_Draft, ...]:
        """Return the prompts, which may be empty yet."""
        return tuple(self._prompts)

    def take_undo_state(self, state: tuple[_Draft, ...]) -> None:
        """Show prompts, the first that differs for editing, and report that as a change."""
        pairs = enumerate(zip(self._prompts, state, strict=False))
        row = next((at for at, (old, new) in pairs if old != new), len(state) - 1)
        self._prompts = list(state)
        self._fill(row)
        self.changed.emit(Step(tr("Change prompts")))

    def add(self) -> None:
        """Add a copy of the selected prompt."""
        row = self.list.currentRow()
        self._prompts.insert(row + 1, self._prompts[row])
        self._fill(row + 1)
        self.editor.setFocus()
        self.changed.emit(Step(tr("Add prompt")))

    def remove(self) -> None:
        """Remove the selected prompt; the last one is emptied instead."""
        row = self.list.currentRow()
        if len(self._prompts) > 1:
            del self._prompts[row]
        else:
            self._prompts[0] = _Draft()
        self._fill(min(row, len(self._prompts) - 1))
        self.changed.emit(Step(tr("Remove prompt")))

    def result_changed(self, analysis: str) -> None:
        """Notice which prompts have been read."""
        self._note_read()

    def forget(self, names: set[str]) -> None:
        """Forget what was read."""
        super().forget(names)
        self._note_read()

    def _note_read(self) -> None:
        result: Result | None = self.results.get("continuation")
        places = () if result is None else result.tokens.places
        self._read = [_draft(place.prompt) for place in places]
        self._point()

    @property
    def _numbers(self) -> tuple[int | None, ...]:
        """The numbers by which the prompts of the list were read; None for one that was not."""
        return numbers_among(self._prompts, self._read)

    def _point(self) -> None:
        """Select what was read of the prompt that is edited, or tell that nothing was."""
        numbers = self._numbers if self._read else tuple(range(len(self._prompts)))
        for row, number in enumerate(numbers):
            unread = number is None
            item = self.list.item(row)
            font = item.font()
            font.setItalic(unread)
            item.setFont(font)
            item.setToolTip(tr("This prompt has not been read yet.") if unread else "")
        number = numbers[self.list.currentRow()]
        if number is not None:
            self.selection.prompt = number
        self.selection.prompt_is_read = number is not None
        self.schedule_update()

    def update_view(self) -> None:
        """Show the selected prompt, and what the model was given for it."""
        number = self.selection.prompt
        if self.selection.prompt_is_read and number != self._numbers[self.list.currentRow()]:
            if number in self._numbers:
                self._fill(self._numbers.index(number))
            else:
                self._point()
        if not self.selection.prompt_is_read:
            self.rendered.clear()
            self.rendered_title.setText(tr("This prompt has not been read yet."))
            return
        tokens: NextTokens = self.results["continuation"].tokens
        place = tokens.places[self.selection.prompt]
        lines = (safe_text(line, limit=None) for line in place.rendered.text.split("\n"))
        self.rendered.setPlainText("\n".join(lines))
        n_tokens = len(place.rendered.token_ids)
        self.rendered_title.setText(
            tr_n("As the model reads it: {n} token", "As the model reads it: {n} tokens", n_tokens)
        )

    def set_edited(self, edited: bool) -> None:
        """Say on the button whether there are changes to read."""
        self.run_button.setText(tr("Read the changes" if edited else "Read the prompts"))

    def _fill(self, row: int) -> None:
        self._filling = True
        self.list.clear()
        self.list.addItems([_title(prompt) for prompt in self._prompts])
        self.list.setCurrentRow(row)
        self._show(row)
        self._filling = False
        self._point()

    def _show(self, row: int) -> None:
        prompt = self._prompts[row]
        self.editor.change_text(prompt.text)
        self.chat.setChecked(prompt.chat)
        if prompt.system != self.system.text():  # else the cursor stays
            self.system.setText(prompt.system)
        self.system.setVisible(prompt.chat)

    def _row_chosen(self, row: int) -> None:
        if self._filling or row < 0:
            return
        self._filling = True
        self._show(row)
        self._filling = False
        self._point()

    def _text_edited(self, how: str) -> None:
        field = "text" if how == "Type" else ""
        step = tr("Type prompt" if how == "Type" else "Paste prompt")
        self._edited(Step(step, field), text=self.editor.text())

    def _system_edited(self, text: str) -> None:
        self._edited(Step(tr("Type system message"), "system"), system=text)

    def _chat_toggled(self, on: bool) -> None:
        if not self._filling:
            step = tr("Switch chat template on" if on else "Switch chat template off")
            self._edited(Step(step), chat=on)

    def _edited(self, step: Step, **changes: Any) -> None:
        row = self.list.currentRow()
        prompt = self._prompts[row] = replace(self._prompts[row], **changes)
        self.system.setVisible(prompt.chat)
        self.list.item(row).setText(_title(prompt))
        self._point()
        self.changed.emit(replace(step, field=step.field and f"{step.field} {row}"))


def _draft(prompt: PromptSection) -> _Draft:
    return _Draft(prompt.text, prompt.chat, prompt.system)


def _title(prompt: _Draft) -> str:
    text = safe_text(prompt.text, limit=60)
    if not text:
        return tr("(empty)")
    return tr("chat: {text}", text=text) if prompt.chat else text
