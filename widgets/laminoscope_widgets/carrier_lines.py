"""Carrier sentences: one line, and more below it where words are set into several."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from laminoscope_core.words_section import MOST_CARRIERS, WordsSection
from laminoscope_widgets.named import named, tool_button
from laminoscope_widgets.steps import Step, undone_by_window
from laminoscope_widgets.translation import tr

__all__ = ["CarrierLines"]

_FIRST = WordsSection.model_fields["carrier"].default
_OFFERED = ("I wrote {word}", "We spoke of {word}", "{word}")
_MOST_SHOWN = 4
"""Lines beyond which they scroll."""


class CarrierLines(QScrollArea):
    """One or more lines of text, of which some are seen at once.

    ``edited(step)`` is emitted when a person has changed, added or removed one.

    Attributes
    ----------
    first : QLineEdit
        The line that is always there.
    """

    edited = Signal(object)

    def __init__(self) -> None:
        self._edits: list[QLineEdit] = []
        super().__init__(widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        self.setWidget(body)
        self._lines = QVBoxLayout(body)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self.add_button = tool_button(
            "+",
            tr("Add a sentence: curves are means over all, and how well they agree is shown."),
            tr("Add a carrier sentence"),
            flat=True,
        )
        self.add_button.clicked.connect(self._add_by_hand)
        self.first = self._add(_FIRST, self.add_button)
        self._limit()

    def texts(self) -> tuple[str, ...]:
        """Return the sentences as they stand, from above."""
        return tuple(edit.text() for edit in self._edits)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show other sentences; nothing is emitted.

        Lines that are as they were keep their cursor.
        """
        for edit, text in zip(self._edits, texts, strict=False):
            if edit.text() != text:
                edit.setText(text)
                edit.setCursorPosition(0)
        for text in texts[len(self._edits) :]:
            self._add_more(text)
        for edit in self._edits[max(len(texts), 1) :]:
            self._take_out(edit)
        self._limit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._edits:
            self._limit()

    def _add(self, text: str, button: QToolButton) -> QLineEdit:
        edit = undone_by_window(QLineEdit(text))
        tip = tr("The sentence that every word is set into, at {word}.")
        edit.setToolTip(tip)
        edit.setCursorPosition(0)
        number = len(self._edits) + 1
        named(edit, tr("Carrier sentence {n}", n=number) if self._edits else tr("Carrier"), tip)
        edit.textEdited.connect(
            lambda _: self.edited.emit(Step(tr("Change carrier"), f"carrier {id(edit)}"))
        )
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(edit, 1)
        layout.addWidget(button)
        self._lines.addWidget(row)
        self._edits.append(edit)
        return edit

    def _add_more(self, text: str) -> QLineEdit:
        button = tool_button(
            "−", tr("Remove this sentence."), tr("Remove the carrier sentence"), flat=True
        )
        edit = self._add(text, button)
        button.clicked.connect(lambda: self._remove_by_hand(edit))
        return edit

    def _take_out(self, edit: QLineEdit) -> None:
        self._edits.remove(edit)
        if (row := edit.parentWidget()) is not None:
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()

    def _add_by_hand(self) -> None:
        there = self.texts()
        edit = self._add_more(next((text for text in _OFFERED if text not in there), ""))
        self._limit()
        self.edited.emit(Step(tr("Add carrier")))
        edit.setFocus()
        edit.selectAll()

    def _remove_by_hand(self, edit: QLineEdit) -> None:
        self._take_out(edit)
        self._limit()
        self._edits[-1].setFocus()
        self.edited.emit(Step(tr("Remove carrier")))

    def _limit(self) -> None:
        self.add_button.setEnabled(len(self._edits) < MOST_CARRIERS)
        rows = min(len(self._edits), _MOST_SHOWN)
        tall = self.first.sizeHint().height() + self._lines.spacing()
        self.setFixedHeight(rows * tall - self._lines.spacing())
