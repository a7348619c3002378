"""The models that are here and those to be had: open, fetch, delete."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from laminoscope.background import Background
from laminoscope.fetching import Fetching
from laminoscope.model_list import ModelList, Placed, is_open, placed
from laminoscope.save_question import delete_question
from laminoscope_core.experiment import ModelSection
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.models.inventory import Listed, delete_model, list_models
from laminoscope_core.models.memory import free_memory, gigabytes
from laminoscope_core.models.model import ModelInfo
from laminoscope_widgets.explained import explained
from laminoscope_widgets.named import named
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["ModelBrowser"]


class ModelBrowser(QDialog):
    """Stays open beside the window.  The list is made in a thread, and without a connection.

    Parameters
    ----------
    paths : callable
        Returns model folders and GGUF files to list besides the caches.
    section : callable
        Returns the experiment's model section, which says device and precision.
    opened : callable
        Returns the model that is open, or None.
    open_model : callable
        Called with the source of the model that is to be opened.
    fetching : Fetching
        Fetches.
    parent : QWidget
        The window.
    """

    def __init__(
        self,
        paths: Callable[[], Sequence[str]],
        section: Callable[[], ModelSection],
        opened: Callable[[], ModelInfo | None],
        open_model: Callable[[str], object],
        fetching: Fetching,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Models"))
        explained(self, "models")
        self.setObjectName("models")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(940, 560)
        self._paths, self._section, self._opened = paths, section, opened
        self._open_model = open_model
        self._fetching = fetching
        self._job = Job()
        self._background = Background("laminoscope-models", self._say)
        self.question: QMessageBox | None = None
        self._build()
        fetching.progressed.connect(self._show_progress)
        fetching.ended.connect(self._fetched)
        self.refresh()

    # ---- building

    def _build(self) -> None:
        self.search = named(
            QLineEdit(placeholderText=tr("Find a model")),
            tr("Find a model"),
            tr("Shows the models whose name, family or licence has these letters."),
        )
        self.free = plain_label("", "muted")
        self.list = ModelList()
        self.search.textChanged.connect(self.list.filter)
        self.list.chosen.connect(self._show)
        self.list.itemActivated.connect(lambda *_: self._open())
        self.about = plain_label(tr("Looking for models…"), "muted")
        self.about.setWordWrap(True)
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.about.setMinimumHeight(4 * self.fontMetrics().height())
        above = QHBoxLayout()
        above.addWidget(self.search, 1)
        above.addWidget(self.free)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addLayout(above)
        column.addWidget(self.list, 1)
        column.addWidget(self.about)
        column.addLayout(self._make_buttons())

    def _make_buttons(self) -> QHBoxLayout:
        self.progress = QProgressBar(minimum=0, maximum=1000, textVisible=False)
        self.progress.setFixedWidth(180)
        self.step = plain_label("", "muted")
        self.cancel_button = _button(tr("Cancel"), tr("Stop fetching."), self._fetching.cancel)
        self.delete_button = _button(tr("Delete…"), "", self._ask_deletion)
        self.fetch_button = _button(
            tr("Fetch"), tr("Download the model, and leave it closed."), self._fetch
        )
        self.open_button = _button(
            tr("Open"), tr("Open the model and run what is shown."), self._open
        )
        self.open_button.setObjectName("primary")
        self.open_button.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.progress)
        row.addWidget(self.cancel_button)
        row.addWidget(self.step, 1)
        for button in (self.delete_button, self.fetch_button, self.open_button):
            row.addWidget(button)
        row.addWidget(_button(tr("Close"), tr("Close this list."), self.close))
        self._show(None)
        self._show_fetching(shown=bool(self._fetching.source))
        return row

    # ---- what there is

    def refresh(self) -> None:
        """Look again for what there is."""
        paths, section, job = tuple(self._paths()), self._section(), self._job

        def look() -> tuple[list[Placed], int]:
            try:
                return [placed(each, section) for each in list_models(paths, job)], free_memory()
            except Cancelled:
                return [], 0

        def show(found: tuple[list[Placed], int]) -> None:
            rows, free = found
            self.free.setText(tr("{size} of memory free", size=gigabytes(free)))
            self.list.fill(rows, free, self._opened())
            self.list.filter(self.search.text())

        self._background.do(look, show)

    def _show(self, listed: Listed | None) -> None:
        """Say what a model is, and offer what can be done with it."""
        usable = listed is not None and not listed.problem
        here = listed is not None and listed.on_disk
        self.open_button.setEnabled(usable and here)
        self.fetch_button.setEnabled(usable and not here and not self._fetching.source)
        why_not = self._why_kept(listed)
        self.delete_button.setEnabled(not why_not)
        self.delete_button.setToolTip(
            why_not or tr("Delete the model's files from the cache; you are asked first.")
        )
        if listed is not None:
            lines = [shown_text(listed.about), shown_text(listed.problem)]
            lines.append(tr("Opened as {source}", source=listed.source))
            lines += [tr("In {folder}", folder=file) for file in listed.files[:2]]
            self.about.setText("\n".join(safe_text(line, limit=300) for line in lines if line))

    def _why_kept(self, listed: Listed | None) -> str:
        """Return why a model cannot be deleted; empty if it can."""
        if listed is None or not listed.kept_by:
            return tr("Only what lies in a cache is deleted here.")
        if is_open(listed, self._opened()):
            return tr("It is open; open another model first.")
        return tr("It is being fetched.") if listed.source == self._fetching.source else ""

    # ---- what can be done

    def _open(self) -> None:
        listed = self.list.current
        if listed is not None and self.open_button.isEnabled():
            self.close()
            self._open_model(listed.source)

    def _fetch(self) -> None:
        if (listed := self.list.current) is not None:
            self._fetching.start(listed.source)
            self._show_progress(listed.source, 0.0, tr("Fetching {model}", model=listed.title))
            self._show(listed)

    def _ask_deletion(self) -> None:
        listed = self.list.current
        if listed is None:
            return

        def answered(button: int) -> None:
            if button == QMessageBox.StandardButton.Discard:
                self._delete(listed)

        self.question = delete_question(listed, self)
        self.question.finished.connect(answered)
        self.question.open()

    def _delete(self, listed: Listed) -> None:
        if why_not := self._why_kept(listed):  # it has become so while the question was open
            kept = tr("{model} was not deleted.", model=listed.title)
            self._say(f"{kept} {why_not}")
            return

        def deleted(freed: int) -> None:
            self._say(tr("Deleted {model}, {size}", model=listed.title, size=gigabytes(freed)))
            self.refresh()

        self._background.do(lambda: delete_model(listed), deleted)

    # ---- fetching

    def _show_progress(self, _source: str, fraction: float, text: str) -> None:
        self._show_fetching(shown=True)
        self.progress.setValue(int(1000 * fraction))
        self._say(text)

    def _fetched(self, _source: str, message: str) -> None:
        self._show_fetching(shown=False)
        self._say(message)
        self.refresh()

    def _show_fetching(self, *, shown: bool) -> None:
        self.progress.setVisible(shown)
        self.cancel_button.setVisible(shown)

    def _say(self, text: str) -> None:
        text = shown_text(text)
        self.step.setText(safe_text(text, limit=90))
        self.step.setToolTip(safe_text(text, limit=600, rich=True) if text else "")

    def done(self, result: int) -> None:
        """Close, after what is being looked at or deleted."""
        self._fetching.progressed.disconnect(self._show_progress)
        self._fetching.ended.disconnect(self._fetched)  # may come before the list is deleted
        self._job.cancel()
        self._background.close()
        super().done(result)


def _button(text: str, tip: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: act())
    return button
