"""Texts of tokens that are followed, as chips that can be removed, and a line to add one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from laminoscope_widgets.arranging import across, down
from laminoscope_widgets.candidate_table import monospaced
from laminoscope_widgets.chips import Chips
from laminoscope_widgets.named import named
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.steps import undone_by_window
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import tr

__all__ = ["WatchedTexts"]


class WatchedTexts(QWidget):
    """Shows texts and lets them be changed.

    Signals: ``add_wanted(text)`` and ``remove_wanted(text)``, which change nothing themselves.
    """

    add_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._texts: tuple[str, ...] = ()
        self.line = undone_by_window(QLineEdit(placeholderText=tr("token")))
        named(self.line, tr("Follow a token"))
        monospaced(self.line, 11)
        self.line.setToolTip(
            tr("A token to follow, by its exact text, with the space before it. Enter adds it.")
        )
        self.line.returnPressed.connect(self._add)
        self.chips = Chips(2, mono=11)
        self.chips.clicked.connect(lambda at: self.remove_wanted.emit(self._texts[at]))
        self._none = plain_label(tr("none: the likeliest token is shown"), "muted", wraps=True)
        head = across(plain_label(tr("follow")), (self.line, 1), spacing=4)
        self.setLayout(down(head, self.chips, self._none, spacing=3))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show texts, exact to the space."""
        self._texts = tuple(texts)
        shown = [safe_text(text, spaces=True, limit=14) for text in texts]
        names = [tr("Remove the token {text}", text=text) for text in shown]
        self.chips.set_texts(shown, tr("Follow it no longer."), names)
        self._none.setVisible(not texts)

    def _add(self) -> None:
        if text := self.line.text():
            self.add_wanted.emit(text)
