"""Words and model: what to capture."""

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

from laminoscope_core.experiment import WordsSection
from laminoscope_widgets.number_boxes import WholeBox
from laminoscope_widgets.panel import InputPanel, Workspace, plain_label
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.word_table import WordTable, parse_words

__all__ = ["WordsPanel"]

_LONGEST_LIST = 10 * 2**20


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
        self.view = QTableView()
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
        layout.addWidget(self.count)

        row = QHBoxLayout()
        row.setSpacing(6)
        for text, tip, slot in (
            ("Add", "Add a word below the selected one.", self.add_row),
            ("Remove", "Remove the selected words.", self.remove_rows),
            (
                "Paste",
                "Replace the list by words on the clipboard: CSV, or one a line.",
                self.paste,
            ),
            (
                "Open…",
                "Replace the list by a CSV file with the columns category and word.",
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
        self.carrier.textEdited.connect(self._changed)
        self.pooling.currentIndexChanged.connect(self._changed)
        self.context.valueChanged.connect(self._changed)
        self.view.selectionModel().currentRowChanged.connect(self._row_chosen)
        QShortcut(QKeySequence.StandardKey.Paste, self.view, self.paste)
        QShortcut(QKeySequence.StandardKey.Delete, self.view, self.remove_rows)
        self._filling = False

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
        """Replace the list by what is on the clipboard."""
        self.take_text(QGuiApplication.clipboard().text(), "the clipboard")

    def open(self) -> None:
        """Ask for a CSV file and take its words."""
        name, _ = QFileDialog.getOpenFileName(
            self, "Open a word list", "", "Word lists (*.csv *.tsv *.txt)"
        )
        if name:
            self.open_csv(Path(name))

    def open_csv(self, path: Path) -> None:
        """Take the words of a CSV file; what is wrong with it is told through ``refused``."""
        try:
            if path.stat().st_size > _LONGEST_LIST:
                raise ValueError("It is larger than 10 MB.")
            self.take_text(path.read_text(encoding="utf-8-sig"), path.name)
        except UnicodeDecodeError:
            self.refused.emit(f"{safe_text(path.name)} is not UTF-8 text.")
        except (OSError, ValueError) as error:
            self.refused.emit(f"{safe_text(path.name)} cannot be read as a word list: {error}")

    def take_text(self, text: str, name: str) -> None:
        """Replace the list by CSV text, if it holds any words."""
        try:
            self.table.set_words(parse_words(text))
        except ValueError as error:
            self.refused.emit(f"{safe_text(name)} cannot be read as a word list. {error}")

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
        if not self._filling:
            self.edited.emit()

    def _count(self) -> None:
        categories = self.table.categories()
        n = sum(len(words) for words in categories.values())
        self.count.setText(f"{n} words in {len(categories)} categories")
