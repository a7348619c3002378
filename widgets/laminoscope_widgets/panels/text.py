"""Text: what to read, and the tokens that it becomes."""

from pathlib import Path

from pydantic import ValidationError
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTableView,
)

from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.experiment import Experiment, TextSection
from laminoscope_core.section import reasons
from laminoscope_core.text_files import read_text
from laminoscope_resources import sample_experiment
from laminoscope_widgets.arranging import across, boxed, down, keep_widths, tabular
from laminoscope_widgets.named import named
from laminoscope_widgets.panel import InputPanel, Workspace, plain_label
from laminoscope_widgets.steps import Step
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.text_field import TextField
from laminoscope_widgets.token_table import TokenTable
from laminoscope_widgets.translation import mark, shown_text, tr, tr_n

__all__ = ["TextPanel"]

_LONGEST_FILE = 2**20


class TextPanel(InputPanel):
    """The running text as a form, and below it the table of its tokens."""

    id = "text"
    title = mark("Text")
    requires = ("adjustments",)
    help_topic = "text"
    follows = ("tokens",)
    section_name = "text"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._section: TextSection | None = None
        self._filling = False
        self.editor = named(
            TextField(), tr("Text"), tr("The text that is captured; type, paste or drop it.")
        )
        self.editor.setPlaceholderText(tr("Type, paste or drop a text."))
        self.table = TokenTable()
        self.view = named(
            tabular(QTableView(), 20),
            tr("Tokens of the text"),
            tr("Each token of the captured text."),
        )
        self.view.setModel(self.table)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setWordWrap(False)
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        keep_widths(header, {0: 44, 1: 62})
        self.count = plain_label("", "muted", wraps=True)
        open_button = QPushButton(tr("Open…"))
        open_button.setToolTip(tr("Replace the text by a file (UTF-8)."))
        open_button.clicked.connect(self.open)
        sample_button = QPushButton(tr("Sample"))
        sample_button.setToolTip(tr("Replace the text by the sample paragraph."))
        sample_button.clicked.connect(self.take_sample)
        self.capture_button = QPushButton(tr("Capture"))
        self.capture_button.setObjectName("primary")
        self.capture_button.clicked.connect(self.capture_wanted)
        self._arrange(open_button, sample_button)
        self.editor.edited.connect(self._edited)
        self.editor.dropped.connect(self.open_file)
        self.view.selectionModel().selectionChanged.connect(self._rows_chosen)
        self.take_sample()

    def _arrange(self, *buttons: QPushButton) -> None:
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(boxed(down((self.editor, 1), across(*buttons), self.capture_button)))
        splitter.addWidget(boxed(down(self.count, (self.view, 1), margins=(0, 4, 0, 0))))
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([300, 400])
        self.set_body(boxed(down(splitter, margins=(10, 6, 10, 10))))
        self._stack.setCurrentIndex(1)

    def section(self) -> TextSection:
        """Return the text as a section; raises pydantic's ValidationError if it is none."""
        if self._section is not None:
            return self._section  # an editor would change line ends and other rarities
        return TextSection(content=self.editor.text())

    def set_section(self, section: TextSection) -> None:
        """Fill the form, without reporting an edit."""
        self.editor.set_text(section.content)
        self._section = section
        self._count()

    def clear(self) -> None:
        """Take out the text."""
        self.editor.set_text("")
        self._section = None
        self._filling = True
        self.table.set_tokens((), ())
        self._filling = False
        self._count()

    def undo_state(self) -> str:
        """Return the text, which may be empty yet."""
        return self.editor.text() if self._section is None else self._section.content

    def take_undo_state(self, state: str) -> None:
        """Show a text where it differs, and report that as a change."""
        self.editor.change_text(state)
        self._hold(state, Step(tr("Change text")))

    def take_sample(self) -> None:
        """Replace the text by the sample paragraph."""
        section = Experiment.from_text(sample_experiment("text-adjustments")).text
        assert section is not None
        self._replace(section.content, Step(tr("Take the sample text")))

    def open(self) -> None:
        """Ask for a text file and take its content."""
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Open a text"), "", tr("Texts (*.txt *.md);;All (*)")
        )
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Take the content of a file; what is wrong with it is told through ``refused``."""
        try:
            content = read_text(path, _LONGEST_FILE)
            content = content.replace("\r\n", "\n").replace("\r", "\n")
            section = TextSection(content=content)
        except LaminoscopeError as error:
            self.refused.emit(safe_text(str(error), limit=None))
        except ValidationError as error:
            reason = reasons(error)[0]
            self.refused.emit(
                tr(
                    "{name} cannot be read as a text: {reason}.",
                    name=safe_text(path.name),
                    reason=shown_text(reason),
                )
            )
        else:
            self._replace(
                section.content, Step(tr("Open {name}", name=safe_text(path.name, limit=40)))
            )

    def result_changed(self, analysis: str) -> None:
        """Show the tokens."""
        result = self.results[analysis]
        self._filling = True
        if result.token_ids != self.table.token_ids:
            self.table.set_tokens(result.token_ids, result.shown)
        self._filling = False
        self._count()

    def update_view(self) -> None:
        """Follow the selected tokens."""
        model = self.view.selectionModel()
        chosen = sorted({index.row() for index in model.selectedRows()})
        wanted = [token for token in self.selection.tokens if token < self.table.rowCount()]
        if chosen == wanted:
            return
        ranges = QItemSelection()
        for token in wanted:
            ranges.merge(
                QItemSelection(self.table.index(token, 0), self.table.index(token, 2)),
                QItemSelectionModel.SelectionFlag.Select,
            )
        self._filling = True
        model.select(ranges, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._filling = False
        if wanted and not self.view.hasFocus():
            self.view.scrollTo(self.table.index(wanted[-1], 0))

    def set_edited(self, edited: bool) -> None:
        """Say on the button whether there are changes to capture."""
        self.capture_button.setText(tr("Capture the changes" if edited else "Capture"))

    def _rows_chosen(self) -> None:
        if self._filling:
            return
        rows = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        self.selection.tokens = tuple(rows)
        current = self.view.currentIndex().row()
        self.selection.token = current if current in rows else rows[-1] if rows else None

    def _replace(self, text: str, step: Step) -> None:
        self.editor.set_text(text)
        self._hold(text, step)

    def _hold(self, text: str, step: Step) -> None:
        """Keep a text as it is: the editor would change line ends and other rarities."""
        self._section = TextSection(content=text) if text else None
        self._count()
        self.changed.emit(step)

    def _edited(self, how: str) -> None:
        self._section = None
        self._count()
        typed = how == "Type"
        step = tr("Type text" if typed else "Paste text")
        self.changed.emit(Step(step, field="text" if typed else ""))

    def _count(self) -> None:
        counted = tr_n("{n} character", "{n} characters", len(self.editor.text()))
        result = self.results.get("adjustments")
        if result is not None:
            n_tokens = len(result.token_ids)
            counted += " · " + tr_n("captured: {n} token", "captured: {n} tokens", n_tokens)
        self.count.setText(counted)
