"""The tokens that end a text, as chips that can be removed, and a line to add one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QToolButton, QWidget

from laminoscope_widgets.arranging import across, down
from laminoscope_widgets.candidate_table import monospaced
from laminoscope_widgets.named import tool_button
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import tr

__all__ = ["StopTokens"]

_PER_ROW = 2


class StopTokens(QWidget):
    """Shows stop tokens and lets them be changed.

    Signals: ``add_wanted(entry)`` with an id (int) or a text (str); ``remove_wanted(id)``;
    ``reset_wanted()``.
    """

    add_wanted = Signal(object)
    remove_wanted = Signal(int)
    reset_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._chips: list[QToolButton] = []
        self.line = monospaced(QLineEdit(placeholderText=tr("token")), 11)
        self.line.setToolTip(
            tr(
                "A token that ends the text, by its exact text or its id. Enter adds it."
                ' In quotation marks digits are a text: "7".'
            )
        )
        self.line.setAccessibleName(tr("Add a stop token"))
        self.line.returnPressed.connect(self._add)
        self.reset = tool_button(
            "↺",
            tr("Stop at the tokens that the model declares, and at no others."),
            tr("Stop at the tokens that the model declares"),
            flat=True,
        )
        self.reset.clicked.connect(self.reset_wanted)
        self._grid = QGridLayout()
        self._grid.setSpacing(3)
        self._none = plain_label(tr("none: only the length ends a text"), "muted", wraps=True)
        head = across(plain_label(tr("stop at")), (self.line, 1), self.reset, spacing=4)
        self.setLayout(down(head, self._grid, self._none, spacing=3))

    @property
    def chips(self) -> tuple[QToolButton, ...]:
        """The chips, one per token."""
        return tuple(self._chips)

    def set_tokens(
        self, tokens: Sequence[int], text_of: Callable[[int], str], *, own: bool
    ) -> None:
        """Show stop tokens; ``own`` says that they are those that the model declares."""
        for chip in self._chips:
            self._grid.removeWidget(chip)
            chip.deleteLater()
        self._chips = []
        for number, token in enumerate(tokens):
            text = safe_text(text_of(token), spaces=True, limit=14) or tr("id {id}", id=token)
            full = safe_text(text_of(token), spaces=True, limit=200, rich=True)
            tip = tr("{token} (id {id}): click to go on after it.", token=full, id=token)
            name = tr("Remove stop token {token}", token=text)
            chip = monospaced(tool_button(f"{text}  ×".replace("&", "&&"), tip, name), 11)
            chip.clicked.connect(lambda _=False, gone=token: self.remove_wanted.emit(gone))
            self._grid.addWidget(chip, number // _PER_ROW, number % _PER_ROW)
            self._chips.append(chip)
        self._none.setVisible(not tokens)
        self.reset.setEnabled(not own)

    def _add(self) -> None:
        text = self.line.text()
        if not text:
            return
        digits = text.strip()
        if digits.isascii() and digits.isdigit():
            self.add_wanted.emit(int(digits))
        elif len(text) > 2 and text[0] == text[-1] == '"':
            self.add_wanted.emit(text[1:-1])
        else:
            self.add_wanted.emit(text.replace("\\n", "\n"))
