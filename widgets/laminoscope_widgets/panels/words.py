"""Words and model: what to capture."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.experiment import WordsSection
from laminoscope_core.text_files import read_bytes
from laminoscope_core.word_lists import LARGEST, WordList, read_word_list
from laminoscope_widgets.named import named
from laminoscope_widgets.number_boxes import WholeBox
from laminoscope_widgets.panel import InputPanel, Workspace, plain_label
from laminoscope_widgets.steps import Step, undone_by_window
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.word_list_dialog import WordListDialog, understood
from laminoscope_widgets.word_table import WordTable

__all__ = ["WordsPanel"]


@dataclass(frozen=True)
class _State:
    """The form as it stands, faults included."""

    carrier: str
    pooling: str
    context: int
    rows: tuple[tuple[str, str], ...]


class WordsPanel(InputPanel):
    """The word experiment as a form: carrier sentence, pooling, and a table of words."""

    id = "words"
    title = "Words"
    requires = ("words",)
    help_topic = "words"
    follows = ("pair", "word")
    section_name = "words"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(10, 6, 10, 10)
        layout.setSpacing(8)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.carrier = QLineEdit("The next word is {word}")
        self.carrier.setToolTip("The sentence that every word is set into, at {word}.")
        self.pooling = QComboBox()
        self.pooling.addItem("last token", "last")
        self.pooling.addItem("mean of tokens", "mean")
        self.pooling.addItem("first token", "first")
        self.pooling.setToolTip("Which vector stands for a word of several tokens.")
        self.context = WholeBox(minimum=0, maximum=999, value=1)
        self.context.setToolTip(
            "Position of the context token at which Q, K and V are also correlated directly."
        )
        form.addRow("Carrier", self.carrier)
        form.addRow("Pooling", self.pooling)
        form.addRow("Context token", self.context)
        layout.addLayout(form)

        self.table = WordTable(self.theme)
        self.view = named(
            QTableView(),
            "Words",
            "Category and word, one a row; both can be edited.",
        )
        self.view.setModel(self.table)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(22)
        self.view.setShowGrid(False)
        header = self.view.horizontalHeader()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.view.setColumnWidth(0, 78)
        self.view.setColumnWidth(1, 78)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout.addWidget(self.view, 1)
        self.count = plain_label("", "muted")
        self.count.setWordWrap(True)
        layout.addWidget(self.count)

        row = QHBoxLayout()
        row.setSpacing(6)
        for text, tip, slot in (
            ("Add", "Add a word below the selected one.", self.add_row),
            ("Remove", "Remove the selected words.", self.remove_rows),
            (
                "Paste",
                "Add the words on the clipboard: CSV, cells of a spreadsheet, or one a line.",
                self.paste,
            ),
            (
                "Open…",
                "Read words from a file: CSV with the columns category and word, or one a line.",
                self.open,
            ),
        ):
            button = QPushButton(text)
            button.setToolTip(tip)
            button.setMinimumWidth(button.sizeHint().width())
            button.clicked.connect(slot)
            row.addWidget(button)
        layout.addLayout(row)
        self.capture_button = QPushButton("Capture")
        self.capture_button.setObjectName("primary")
        self.capture_button.clicked.connect(self.capture_wanted)
        layout.addWidget(self.capture_button)
        self.set_body(body)
        self._stack.setCurrentIndex(1)

        self.table.dataChanged.connect(self._changed)
        for signal in (self.table.modelReset, self.table.rowsInserted, self.table.rowsRemoved):
            signal.connect(self._changed)
        undone_by_window(self.carrier).textEdited.connect(
            lambda _: self._tell(Step("Change carrier", "carrier"))
        )
        self.pooling.currentIndexChanged.connect(lambda _: self._tell(Step("Change pooling")))
        undone_by_window(self.context).valueChanged.connect(
            lambda _: self._tell(Step("Change context token", "context"))
        )
        self.view.selectionModel().currentRowChanged.connect(self._row_chosen)
        QShortcut(QKeySequence.StandardKey.Paste, self.view, self.paste)
        QShortcut(QKeySequence.StandardKey.Delete, self.view, self.remove_rows)
        self._filling = False
        self._touched = False
        self.proposal: WordListDialog | None = None

    def section(self) -> WordsSection:
        """Return the form as a section; raises pydantic's ValidationError if it is none."""
        return WordsSection(
            carrier=self.carrier.text(),
            pooling=self.pooling.currentData(),
            context_index=self.context.value(),
            categories=self.table.categories(),
        )

    def set_section(self, section: WordsSection) -> None:
        """Fill the form, without reporting an edit."""
        self._filling = True
        self.carrier.setText(section.carrier)
        self.pooling.setCurrentIndex(self.pooling.findData(section.pooling))
        self.context.setValue(section.context_index)
        self.table.set_words(list(zip(section.word_categories, section.words, strict=True)))
        self._filling = False
        self._count()

    def clear(self) -> None:
        """Take out all words; carrier and pooling are again what they are at first."""
        first = {name: field.default for name, field in WordsSection.model_fields.items()}
        self._filling = True
        self.carrier.setText(first["carrier"])
        self.pooling.setCurrentIndex(self.pooling.findData(first["pooling"]))
        self.context.setValue(first["context_index"])
        self.table.set_words([])
        self._filling = False
        self._count()

    def undo_state(self) -> _State:
        """Return the form as it stands, whether or not that is a section."""
        pooling, context = self.pooling.currentData(), self.context.value()
        return _State(self.carrier.text(), pooling, context, self.table.rows())

    def take_undo_state(self, state: _State) -> None:
        """Fill the form with what `undo_state` gave, and report that as a change."""
        self._filling = True
        if state.carrier != self.carrier.text():  # else the cursor stays
            self.carrier.setText(state.carrier)
        self.pooling.setCurrentIndex(self.pooling.findData(state.pooling))
        self.context.setValue(state.context)
        if state.rows != self.table.rows():
            self.table.set_words(state.rows)
        self._filling = False
        self._count()
        self._tell(Step("Change words"))

    def add_row(self) -> None:
        """Add a word below the current one and edit it."""
        row = self.table.insert_after(self.view.currentIndex().row())
        index = self.table.index(row, 1)
        self.view.setCurrentIndex(index)
        self.view.edit(index)

    def remove_rows(self) -> None:
        """Remove the selected words."""
        self.table.remove([index.row() for index in self.view.selectionModel().selectedRows()])

    def paste(self) -> None:
        """Add what is on the clipboard."""
        self.take_text(QGuiApplication.clipboard().text(), "the clipboard")

    def open(self) -> None:
        """Ask for a CSV file and take its words."""
        name, _ = QFileDialog.getOpenFileName(
            self, "Open a word list", "", "Word lists (*.csv *.tsv *.txt *.json)"
        )
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Read the words of a file; what is wrong with it is told through ``refused``.

        Before they replace others, what was understood is shown; words of the sample at the
        start, which nobody has touched, are replaced at once.
        """
        try:
            found = read_word_list(read_bytes(path, LARGEST), path.name)
        except LaminoscopeError as error:
            self.refused.emit(safe_text(str(error), limit=None))
            return
        if not self.table.words() or (not self._touched and "words" not in self.results):
            self._replace(found)
            return
        self.proposal = WordListDialog(found, path.name, len(self.table.words()), self.window())
        self.proposal.replace_wanted.connect(lambda: self._replace(found))
        self.proposal.add_wanted.connect(lambda: self._add(found))
        self.proposal.finished.connect(lambda _: setattr(self, "proposal", None))
        self.proposal.open()

    def take_text(self, text: str, name: str) -> None:
        """Add words from text; what is wrong with it is told through ``refused``."""
        try:
            self._add(read_word_list(text, name))
        except LaminoscopeError as error:
            self.refused.emit(safe_text(str(error), limit=None))

    def _replace(self, found: WordList) -> None:
        self.table.set_words(found.rows)
        self._say_understood(found, len(found.words))

    def _add(self, found: WordList) -> None:
        self._say_understood(found, self.table.add_words(found.rows))

    def _say_understood(self, found: WordList, n_new: int) -> None:
        known = len(found.words) - n_new
        were = f" {known} of them were in the list." if known else ""
        self.count.setText(
            safe_text(f"{self.count.text()}. Read: {understood(found)}{were}", limit=None)
        )
        self.count.setToolTip(safe_text(" ".join(found.warnings), limit=None, rich=True))

    def result_changed(self, analysis: str) -> None:
        """Show how the words were split."""
        words = self.results[analysis]
        self._filling = True
        self.table.set_pieces(dict(zip(words.words, words.pieces, strict=True)))
        self._filling = False

    def update_view(self) -> None:
        """Follow the selected word, if it stands in the table."""
        chosen = self.selection.word
        if chosen is None:
            return
        words = self.results["words"].words
        row = self.table.row_of(words[chosen]) if chosen < len(words) else None
        if row is not None and row != self.view.currentIndex().row():
            flags = QItemSelectionModel.SelectionFlag
            self._filling = True
            self.view.selectionModel().setCurrentIndex(
                self.table.index(row, 1), flags.ClearAndSelect | flags.Rows
            )
            self._filling = False

    def set_edited(self, edited: bool) -> None:
        """Say on the button whether there are changes to capture."""
        self.capture_button.setText("Capture the changes" if edited else "Capture")

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's category colours."""
        super().apply_theme(theme)
        self._filling = True
        self.table.set_theme(theme)
        self._filling = False

    def _row_chosen(self) -> None:
        if self._filling or "words" not in self.results:
            return
        row = self.view.currentIndex().row()
        words = self.results["words"].words
        text = self.table.index(row, 1).data(Qt.ItemDataRole.EditRole) if row >= 0 else None
        self.selection.word = words.index(text) if text in words else None

    def _changed(self, *_: object) -> None:
        self._count()
        self._tell(Step("Change words"))

    def _tell(self, step: Step) -> None:
        if not self._filling:
            self._touched = True
            self.changed.emit(step)

    def _count(self) -> None:
        categories = self.table.categories()
        n = sum(len(words) for words in categories.values())
        self.count.setText(f"{n} words in {len(categories)} categories")
