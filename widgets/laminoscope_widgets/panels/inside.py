"""Inside: the text that the blocks read, the tokens that are followed, and a second text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.experiment import InsideSection
from laminoscope_core.inside_section import Atlas, Induction, Intervention
from laminoscope_core.section import reasons
from laminoscope_core.selection import Selection
from laminoscope_core.text_files import read_text, texts_in, texts_of
from laminoscope_widgets.alter_menu import in_words
from laminoscope_widgets.alterations import Alterations
from laminoscope_widgets.arranging import across, boxed, down
from laminoscope_widgets.further_texts import FurtherTexts
from laminoscope_widgets.named import named
from laminoscope_widgets.panel import InputPanel, Workspace, plain_label
from laminoscope_widgets.steps import Step
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.text_field import TextField
from laminoscope_widgets.translation import mark, shown_text, tr, tr_n
from laminoscope_widgets.watched_texts import WatchedTexts

__all__ = ["InsidePanel"]

_LONGEST_FILE = 2**20
_LINES, _LINES_AGAINST = 6, 3
"""How tall the fields are while their texts are short."""
_SHOWN = frozenset({"content", "watch", "against", "interventions", "atlas", "induction"})
"""Fields of the section that the form shows."""


@dataclass(frozen=True)
class _Draft:
    """A section as it is being written; the text may be empty yet.

    ``typed`` is the beginning of one more token; ``rest`` is what the form does not show.
    """

    content: str = "The white hare sat upon the"
    watch: tuple[str, ...] = (" snow", " grass")
    against: str = ""
    typed: str = ""
    interventions: tuple[Intervention, ...] = ()
    atlas: Atlas | None = None
    induction: Induction | None = None
    rest: tuple[tuple[str, Any], ...] = ()


class InsidePanel(InputPanel):
    """A text, the tokens that are followed through it, and a text to hold it against."""

    id = "inside"
    title = mark("Text")
    requires = ("inside",)
    help_topic = "inside"
    section_name = "inside"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._draft = _Draft()
        self.content = named(
            TextField(_LINES),
            tr("Text"),
            tr("The text that the blocks read; type, paste or drop it."),
        )
        self.content.setPlaceholderText(tr("Type, paste or drop a text."))
        self.watched = WatchedTexts()
        self.against = named(
            TextField(_LINES_AGAINST),
            tr("Second text"),
            tr("A text of as many tokens, whose streams are put into the first one's blocks."),
        )
        self.against.setPlaceholderText(tr("None. One of as many tokens can be held against it."))
        self.alterations = Alterations(
            self.selection, self._n_heads, lambda: bool(self._draft.against)
        )
        self.further = FurtherTexts()
        self.capture_button = QPushButton(tr("Capture"))
        self.capture_button.setObjectName("primary")
        self.capture_button.clicked.connect(self.capture_wanted)
        body = down(
            self.content,
            self.watched,
            plain_label(tr("Against"), "muted"),
            self.against,
            across(self.alterations.button, self.further.button, 1),
            self.alterations,
            self.further,
            self.capture_button,
            1,
            margins=(10, 6, 10, 10),
        )
        self.set_body(boxed(body))
        self._stack.setCurrentIndex(1)
        self.content.edited.connect(lambda how: self._edited(how, "content", self.content.text()))
        self.against.edited.connect(lambda how: self._edited(how, "against", self.against.text()))
        self.content.dropped.connect(self.open_file)
        self.watched.line.textEdited.connect(self._token_edited)
        self.watched.add_wanted.connect(self.follow)
        self.watched.remove_wanted.connect(self.follow_no_longer)
        self.alterations.add_wanted.connect(self.alter)
        self.alterations.remove_wanted.connect(self.alter_no_longer)
        self.alterations.edit_wanted.connect(self.edit_intervention)
        self.further.files_wanted.connect(self.add_texts)
        self.further.random_wanted.connect(self.add_random)
        self.further.remove_wanted.connect(self.remove_further)
        self._show()

    def section(self) -> InsideSection:
        """Return the form as a section; raises pydantic's ValidationError if it is none."""
        draft = self._draft
        shown = {name: getattr(draft, name) for name in _SHOWN}
        return InsideSection(**shown, **dict(draft.rest))

    @property
    def interventions(self) -> tuple[Intervention, ...]:
        """What alters the model, whether or not the form is a section yet."""
        return self._draft.interventions

    @property
    def against_text(self) -> str:
        """The second text."""
        return self._draft.against

    def set_interventions(self, interventions: tuple[Intervention, ...]) -> None:
        """Show what alters the model, without reporting a change."""
        self._draft = replace(self._draft, interventions=interventions)
        self._show()

    def set_section(self, section: InsideSection) -> None:
        """Fill the form, without reporting a change."""
        others = sorted(section.model_fields_set - _SHOWN)
        rest = [(name, getattr(section, name)) for name in others]
        shown = {name: getattr(section, name) for name in _SHOWN}
        self._draft = _Draft(**shown, rest=tuple(rest))
        self._show()

    def clear(self) -> None:
        """Take out texts and tokens."""
        self._draft = _Draft("", ())
        self._show()

    def undo_state(self) -> _Draft:
        """Return the form as it stands; the text may be empty yet."""
        return self._draft

    def take_undo_state(self, state: _Draft) -> None:
        """Show another state, and report that as a change."""
        self._change(state, Step(tr("Change text")))

    def follow(self, text: str) -> None:
        """Follow a token, given by its text."""
        left = tuple(each for each in self._draft.watch if each != text)
        shown = safe_text(text, spaces=True, limit=20)
        added = replace(self._draft, watch=(*left, text), typed="")
        self._change(added, Step(tr("Follow {text}", text=shown)))

    def follow_no_longer(self, text: str) -> None:
        """Follow a token no longer."""
        shown = safe_text(text, spaces=True, limit=20)
        left = tuple(each for each in self._draft.watch if each != text)
        step = Step(tr("Follow {text} no longer", text=shown))
        self._change(replace(self._draft, watch=left), step)

    def alter(self, intervention: Intervention) -> None:
        """Make one more intervention."""
        altered = replace(self._draft, interventions=(*self._draft.interventions, intervention))
        self._change(altered, Step(tr("Alter {what}", what=in_words(intervention))))

    def alter_no_longer(self, index: int) -> None:
        """Take an intervention back."""
        left = list(self._draft.interventions)
        gone = in_words(left.pop(index))
        step = Step(tr("Alter {what} no longer", what=gone))
        self._change(replace(self._draft, interventions=tuple(left)), step)

    def alter_no_more(self) -> None:
        """Take all interventions back."""
        self._change(replace(self._draft, interventions=()), Step(tr("Clear all interventions")))

    def edit_intervention(
        self, index: int, then: Callable[[Intervention], object] | None = None
    ) -> None:
        """Ask what an intervention is to be; of a new one if the index is −1."""
        from laminoscope_widgets.intervention_dialog import InterventionDialog

        inside = self.results.get("inside")
        now = self._draft.interventions
        first = _first(self.selection) if index < 0 else now[index]
        dialog = InterventionDialog(first, 0 if inside is None else inside.model.n_layers, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.made.connect(then or partial(self._edited_to, index))
        dialog.open()

    def _edited_to(self, index: int, intervention: Intervention) -> None:
        if index < 0:
            self.alter(intervention)
            return
        changed = list(self._draft.interventions)
        changed[index] = intervention
        step = Step(tr("Alter {what}", what=in_words(intervention)))
        self._change(replace(self._draft, interventions=tuple(changed)), step)

    def _n_heads(self) -> int:
        inside = self.results.get("inside")
        return 0 if inside is None else inside.model.n_heads

    def add_texts(self, paths: Sequence[Path]) -> None:
        """Read the heads over the texts of some files, or of one folder, too.

        They are read outside the window's thread; what is wrong is told through ``refused``.
        """
        self.question_wanted.emit(partial(_further_texts, tuple(paths)), self._add_texts)

    def add_random(self) -> None:
        """Read the heads over random tokens that are read twice, too."""
        step = Step(tr("Read the heads over random tokens"))
        self._change(replace(self._draft, induction=Induction()), step)

    def remove_further(self, name: str) -> None:
        """Read the heads over the further texts, or the random tokens, no longer."""
        changes: dict[str, Any] = {name: None}
        step = Step(tr("Read the heads over the text only"))
        self._change(replace(self._draft, **changes), step)

    def _add_texts(self, found: list[str] | str) -> None:
        """Take texts that have been read, or say why they could not be."""
        if isinstance(found, str):
            self.refused.emit(safe_text(found, limit=None))
            return
        before = self._draft.atlas
        known = () if before is None else before.texts
        new = tuple(text for text in dict.fromkeys(found) if text not in known)
        length = Atlas.model_fields["length"].default if before is None else before.length
        try:
            atlas = Atlas(texts=(*known, *new), length=length)
        except ValidationError as error:
            reason = shown_text(reasons(error)[0])
            self.refused.emit(tr("The texts were not added: {reason}.", reason=reason))
            return
        step = Step(tr_n("Add {n} text for the heads", "Add {n} texts for the heads", len(new)))
        self._change(replace(self._draft, atlas=atlas), step)

    def take_typed(self) -> None:
        """Follow the token that is still being typed."""
        if self._draft.typed:
            self.follow(self._draft.typed)

    def open_file(self, path: Path) -> None:
        """Take the content of a file; what is wrong with it is told through ``refused``."""
        try:
            content = read_text(path, _LONGEST_FILE).replace("\r\n", "\n").replace("\r", "\n")
            InsideSection(content=content)
        except LaminoscopeError as error:
            self.refused.emit(safe_text(str(error), limit=None))
        except ValidationError as error:
            reason = shown_text(reasons(error)[0])
            name = safe_text(path.name)
            self.refused.emit(
                tr("{name} cannot be read as a text: {reason}.", name=name, reason=reason)
            )
        else:
            step = Step(tr("Open {name}", name=safe_text(path.name, limit=40)))
            self._change(replace(self._draft, content=content), step)

    def set_edited(self, edited: bool) -> None:
        """Say on the button whether there are changes to capture."""
        self.capture_button.setText(tr("Capture the changes") if edited else tr("Capture"))

    def update_view(self) -> None:
        """Leave the form as it is."""

    def _change(self, draft: _Draft, step: Step) -> None:
        self._draft = draft
        self._show()
        self.changed.emit(step)

    def _edited(self, how: str, field: str, text: str) -> None:
        changes: dict[str, Any] = {field: text}
        self._draft = replace(self._draft, **changes)
        typed = how == "Type"
        self.changed.emit(
            Step(tr("Type text") if typed else tr("Paste text"), field=field if typed else "")
        )

    def _token_edited(self, text: str) -> None:
        self._draft = replace(self._draft, typed=text)
        self.changed.emit(Step(tr("Change the token to follow"), field="token"))

    def _show(self) -> None:
        self.content.change_text(self._draft.content)
        self.against.change_text(self._draft.against)
        self.watched.set_texts(self._draft.watch)
        self.alterations.set_interventions(self._draft.interventions)
        self.further.set_asked(self._draft.atlas, self._draft.induction)
        if self.watched.line.text() != self._draft.typed:
            self.watched.line.setText(self._draft.typed)


def _first(selection: Selection) -> Intervention:
    """Return what a new intervention is at first: of the selected head, or of the stream."""
    where = {"site": "resid", "layer": selection.layer, "action": "scale", "factor": 1.0}
    if selection.head is not None:
        where |= {"site": "attn_head", "heads": (selection.head,)}
    return Intervention.model_validate(where)


def _further_texts(paths: tuple[Path, ...]) -> list[str] | str:
    """Return the texts of files or of a folder, or why they cannot be read."""
    try:
        return texts_in(paths[0]) if paths[0].is_dir() else texts_of(paths)
    except LaminoscopeError as error:
        return str(error)
