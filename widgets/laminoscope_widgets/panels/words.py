"""Words and model: what to capture."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.experiment import WordsSection
from laminoscope_core.text_files import read_bytes
from laminoscope_core.word_lists import LARGEST, WordList, read_word_list
from laminoscope_core.word_lists.editing import Rows, changed_rows
from laminoscope_widgets.carrier_lines import CarrierLines
from laminoscope_widgets.named import tool_button
from laminoscope_widgets.number_boxes import WholeBox
from laminoscope_widgets.panel import InputPanel, Workspace, plain_label
from laminoscope_widgets.proportion import at_each_text_size
from laminoscope_widgets.sites_button import SitesButton
from laminoscope_widgets.steps import Step, undone_by_window
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.translation import mark, shown_text, tr, tr_n
from laminoscope_widgets.word_list_dialog import WordListDialog, understood
from laminoscope_widgets.word_table import WORD, WordTable
from laminoscope_widgets.word_view import WordView

__all__ = ["WordsPanel"]


@dataclass(frozen=True)
class _State:
    """The form as it stands, faults included."""

    carriers: tuple[str, ...]
    pooling: str
    context: int
    rows: Rows


class WordsPanel(InputPanel):
    """The word experiment as a form: carrier sentences, sites, pooling, and a table of words.

    ``sites_wanted(sites)`` is emitted when the words are to be compared at others.
    """

    id = "words"
    title = mark("Words")
    requires = ("words",)
    help_topic = "words"
    follows = ("pair", "word")
    section_name = "words"
    state_attrs = ("category_order",)

    sites_wanted = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(10, 6, 10, 10)
        layout.setSpacing(8)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.carriers = CarrierLines()
        self.sites = SitesButton()
        self.sites.chosen.connect(self.sites_wanted)
        self.pooling = QComboBox()
        self.pooling.addItem(tr("last token"), "last")
        self.pooling.addItem(tr("mean of tokens"), "mean")
        self.pooling.addItem(tr("first token"), "first")
        self.pooling.setToolTip(tr("Which vector stands for a word of several tokens."))
        self.context = WholeBox(minimum=0, maximum=999, value=1)
        self.context.setToolTip(
            tr("Position of the context token at which Q, K and V are also correlated directly.")
        )
        form.addRow(tr("Carrier"), self.carriers)
        form.addRow(tr("Sites"), self.sites)
        form.addRow(tr("Pooling"), self.pooling)
        form.addRow(tr("Context token"), self.context)
        layout.addLayout(form)

        self.table = WordTable(self.theme, self.category_names)
        self.view = WordView(self.table)
        layout.addWidget(self.view, 1)
        self.count, self.fault = plain_label("", "muted"), plain_label("", "error")
        below = QHBoxLayout()
        for label in (self.count, self.fault):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            below.addWidget(label, 1)
        self.fault.hide()
        more = tool_button(
            "⋯", tr("Sort, move, rename or replace words."), tr("More for words"), flat=True
        )
        more.clicked.connect(
            lambda: self.view.menu().popup(more.mapToGlobal(more.rect().bottomLeft()))
        )
        below.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(below)

        row = QHBoxLayout()
        row.setSpacing(6)
        self._buttons: list[QPushButton] = []
        for text, tip, slot in (
            (
                tr("Add"),
                tr("Add words below the selected one; Enter adds the next."),
                self.view.add_row,
            ),
            (tr("Remove"), tr("Remove the selected words."), self.view.remove_rows),
            (
                tr("Paste"),
                tr("Add the words on the clipboard: CSV, cells of a spreadsheet, or one a line."),
                self.paste,
            ),
            (
                tr("Open…"),
                tr(
                    "Read words from a file: CSV with the columns category and word, or one a line."
                ),
                self.open,
            ),
        ):
            button = QPushButton(text)
            button.setToolTip(tip)
            button.setStyleSheet("QPushButton { padding: 4px 5px; }")  # four stand side by side
            button.clicked.connect(slot)
            row.addWidget(button)
            self._buttons.append(button)
        layout.addLayout(row)
        self.capture_button = QPushButton(tr("Capture"))
        self.capture_button.setObjectName("primary")
        self.capture_button.clicked.connect(self.capture_wanted)
        layout.addWidget(self.capture_button)
        self.set_body(body)
        at_each_text_size(self, self._fit)
        self._stack.setCurrentIndex(1)

        self.table.edited.connect(self._tell)
        self.table.faults_changed.connect(self._count)
        self.view.paste_wanted.connect(self._paste)
        self.view.row_chosen.connect(self._row_chosen)
        self.view.selectionModel().currentRowChanged.connect(self._say_fault)
        self.table.faults_changed.connect(self._say_fault)
        self.carriers.edited.connect(self._tell)
        self.pooling.currentIndexChanged.connect(lambda _: self._tell(Step(tr("Change pooling"))))
        undone_by_window(self.context).valueChanged.connect(
            lambda _: self._tell(Step(tr("Change context token"), "context"))
        )
        self._filling = False
        self._touched = False
        self._followed: int | None = None
        self.proposal: WordListDialog | None = None

    def _fit(self) -> None:
        """Have room for two lines of what is said, and for what stands on the buttons."""
        for label in (self.count, self.fault):
            label.setMinimumHeight(2 * label.fontMetrics().lineSpacing())
        for button in self._buttons:
            button.setMinimumWidth(0)
            button.setMinimumWidth(button.sizeHint().width())

    @property
    def carrier(self) -> QLineEdit:
        """The line of the first carrier sentence."""
        return self.carriers.first

    @property
    def category_order(self) -> list[str]:
        """The names of categories in the order of their colours."""
        return list(self.category_names.names)

    @category_order.setter
    def category_order(self, names: list[str]) -> None:
        self.category_names.take(names)

    def section(self) -> WordsSection:
        """Return the form as a section; raises pydantic's ValidationError if it is none."""
        first, *others = self.carriers.texts()
        return WordsSection(
            carrier=first,
            carriers=(first, *others) if others else (),
            pooling=self.pooling.currentData(),
            context_index=self.context.value(),
            categories=self.table.categories(),
        )

    def set_section(self, section: WordsSection) -> None:
        """Fill the form, without reporting an edit."""
        self._filling = True
        self.category_names.forget()
        self.carriers.set_texts(section.sentences)
        self.pooling.setCurrentIndex(self.pooling.findData(section.pooling))
        self.context.setValue(section.context_index)
        self.table.set_words(list(zip(section.word_categories, section.words, strict=True)))
        self._filling = False
        self._count()

    def clear(self) -> None:
        """Take out all words; carriers and pooling are again what they are at first."""
        first = {name: field.default for name, field in WordsSection.model_fields.items()}
        self._filling = True
        self.category_names.forget()
        self.carriers.set_texts((first["carrier"],))
        self.pooling.setCurrentIndex(self.pooling.findData(first["pooling"]))
        self.context.setValue(first["context_index"])
        self.table.set_words([])
        self._filling = False
        self._count()

    def take_typed(self) -> None:
        """Enter the word that is being typed."""
        self.view.take_typed()

    def undo_state(self) -> _State:
        """Return the form as it stands, whether or not that is a section."""
        pooling, context = self.pooling.currentData(), self.context.value()
        return _State(self.carriers.texts(), pooling, context, self.table.rows())

    def take_undo_state(self, state: _State) -> None:
        """Fill the form with what `undo_state` gave, and report that as a change."""
        self._filling = True
        self.carriers.set_texts(state.carriers)
        self.pooling.setCurrentIndex(self.pooling.findData(state.pooling))
        self.context.setValue(state.context)
        if state.rows != (before := self.table.rows()):
            self.table.set_words(state.rows)
            self.view.select_rows(changed_rows(before, state.rows))
        self._filling = False
        self._tell(Step(tr("Change words")))

    def paste(self) -> None:
        """Add the words on the clipboard; what is wrong with them is told through ``refused``."""
        self._paste(False)

    def _paste(self, replace: bool) -> None:
        try:
            found = read_word_list(QGuiApplication.clipboard().text(), tr("The clipboard"))
        except LaminoscopeError as error:
            self.refused.emit(safe_text(str(error), limit=None))
        else:
            self._take(found, _pasted, replace=replace)

    def open(self) -> None:
        """Ask for a CSV file and take its words."""
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Open a word list"), "", tr("Word lists (*.csv *.tsv *.txt *.json)")
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
        step = partial(_opened, path.name)
        if not self.table.words() or (not self._touched and "words" not in self.results):
            self._take(found, step, replace=True)
            return
        self.proposal = WordListDialog(found, path.name, len(self.table.words()), self.window())
        self.proposal.replace_wanted.connect(lambda: self._take(found, step, replace=True))
        self.proposal.add_wanted.connect(lambda: self._take(found, step, replace=False))
        self.proposal.finished.connect(lambda _: setattr(self, "proposal", None))
        self.proposal.open()

    def _take(self, found: WordList, step: Callable[[int], str], *, replace: bool) -> None:
        """Add words that were read, or put them in place of all; say how they were understood."""
        if replace:
            n_new = len(found.words)
            self.table.set_words(found.rows, tr("{step} in place of all", step=step(n_new)))
        else:
            n_new = self.table.add_words(found.rows, step)
        known = len(found.words) - n_new
        read = tr("Read: {understood}", understood=understood(found))
        were = [tr("{n} of them stood in the list already.", n=known)] if known else []
        said = " ".join([f"{self.count.text()}.", read, *were])
        self.count.setText(safe_text(said, limit=None))
        warnings = " ".join(map(shown_text, found.warnings))
        self.count.setToolTip(safe_text(warnings, limit=None, rich=True))

    def result_changed(self, analysis: str) -> None:
        """Show how the words were split."""
        words = self.results[analysis]
        self._filling = True
        self.table.set_pieces(dict(zip(words.words, words.pieces, strict=True)))
        self._filling = False

    def update_view(self) -> None:
        """Follow the selected word, and mark those of the selected pair, if they stand there."""
        words, chosen = self.results["words"].words, self.selection.word
        pair = [words[each] for each in self.selection.pair or () if each < len(words)]
        if self.table.mark(pair) and pair:
            self.view.show_row(self.table.row_of(pair[0]))
        if chosen is None:
            if self._followed is not None:
                self.view.let_go()
        elif chosen < len(words):
            row = self.table.row_of(words[chosen])
            if row is not None and row not in self.view.chosen_rows():
                self.view.select_rows([row])
        self._followed = chosen

    def set_edited(self, edited: bool) -> None:
        """Say on the button whether there are changes to capture."""
        self.capture_button.setText(tr("Capture the changes" if edited else "Capture"))

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's category colours."""
        super().apply_theme(theme)
        self._filling = True
        self.table.set_theme(theme)
        self._filling = False

    def _row_chosen(self, row: int) -> None:
        if "words" not in self.results:
            return
        words = self.results["words"].words
        text = self.table.index(row, WORD).data(Qt.ItemDataRole.EditRole) if row >= 0 else None
        self._followed = words.index(text) if text in words else None
        self.selection.word = self._followed

    def _tell(self, step: Step) -> None:
        self._count()
        if not self._filling:
            self._touched = True
            self.changed.emit(step)

    def _count(self) -> None:
        categories = self.table.categories()
        words = tr_n("{n} word", "{n} words", sum(map(len, categories.values())))
        among = tr_n("in {n} category", "in {n} categories", len(categories))
        n_faults = len(self.table.faults())
        wrong = [tr_n("{n} row to look at", "{n} rows to look at", n_faults)] if n_faults else []
        self.count.setText(" · ".join([f"{words} {among}", *wrong]))

    def _say_fault(self, *_: object) -> None:
        """Say in a sentence what is wrong with the current row."""
        row = self.view.currentIndex().row()
        fault = self.table.faults().get(row)
        self.fault.setVisible(fault is not None)
        self.count.setVisible(fault is None)
        if fault is not None:
            says = shown_text(fault.says)
            self.fault.setText(
                tr("Row {row}: {says}", row=row + 1, says=safe_text(says, limit=None))
            )


def _pasted(n: int) -> str:
    """Return what the step is called by which words were pasted."""
    return tr_n("Paste {n} word", "Paste {n} words", n)


def _opened(file: str, n: int) -> str:
    """Return what the step is called by which the words of a file were taken."""
    words = tr_n("{n} word", "{n} words", n)
    return tr("Open {file}: {words}", file=safe_text(file, limit=30), words=words)
