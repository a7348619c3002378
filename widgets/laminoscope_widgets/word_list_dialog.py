"""What was understood of a word list, shown before it replaces anything."""

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTableView, QWidget

from laminoscope_core.tables import Table
from laminoscope_core.word_lists import WordList
from laminoscope_widgets.arranging import down
from laminoscope_widgets.data_view import DataModel
from laminoscope_widgets.explained import explained
from laminoscope_widgets.named import named
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import shown_text, tr, tr_n

__all__ = ["WordListDialog", "understood"]


class WordListDialog(QDialog):
    """Shows a list that was read and asks what to do with it.

    Signals: ``replace_wanted()``, ``add_wanted()``; closing it does neither.

    Parameters
    ----------
    found : WordList
        What was read.
    name : str
        Where from.
    n_words : int
        How many words there are now.
    parent : QWidget
        The window.
    """

    replace_wanted = Signal()
    add_wanted = Signal()

    def __init__(self, found: WordList, name: str, n_words: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Open a word list"))
        explained(self, "words")
        self.resize(460, 420)
        says = f"{safe_text(name)}: {safe_text(understood(found), limit=None)}"
        self.says = plain_label(says, wraps=True)
        warnings = "\n".join(safe_text(shown_text(w), limit=None) for w in found.warnings)
        self.warnings = plain_label(warnings, "error", wraps=True)
        self.warnings.setVisible(bool(found.warnings))
        self.table = QTableView()
        self.table.setModel(
            DataModel(Table({tr("Category"): found.categories, tr("Word"): found.words}))
        )
        named(self.table, tr("The words as they were read"), tr("Category and word, one a row."))
        self.table.horizontalHeader().setStretchLastSection(True)
        buttons = QDialogButtonBox()
        roles = QDialogButtonBox.ButtonRole
        self.replace_button = buttons.addButton(
            tr_n("Replace the {n} word", "Replace the {n} words", n_words), roles.ApplyRole
        )
        self.add_button = buttons.addButton(tr("Add to them"), roles.ApplyRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setDefault(True)
        parts = (self.says, self.warnings, self.table, buttons)
        self.setLayout(down(*parts, margins=(16, 14, 16, 14)))
        self.replace_button.clicked.connect(self.replace_wanted)
        self.add_button.clicked.connect(self.add_wanted)
        for done in (self.replace_wanted, self.add_wanted):
            done.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)


def understood(found: WordList) -> str:
    """Return how a list was read, how long it is and which categories it has.

    Examples
    --------
    >>> understood(WordList(("sun", "pear"), ("space", "fruit"), "one word a line"))
    'one word a line. 2 words: 1 of space, 1 of fruit.'
    """
    counts = Counter(found.categories)
    named = [
        tr("{n} of {category}", n=n, category=category) for category, n in list(counts.items())[:12]
    ]
    if len(counts) > len(named):
        named.append(
            tr_n("and {n} other category", "and {n} other categories", len(counts) - len(named))
        )
    words = tr_n("{n} word", "{n} words", len(found.words))
    return f"{shown_text(found.dialect)}. {words}: {', '.join(named)}."
