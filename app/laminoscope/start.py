"""The start page: examples with a picture, recent files, models, and a place to drop things."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QHideEvent,
    QPixmap,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from laminoscope.background import Background
from laminoscope.examples import EXAMPLES, Example
from laminoscope.preferences import Preferences
from laminoscope.recent import recent_names
from laminoscope_resources import resource
from laminoscope_widgets.named import named
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.proportion import at_each_text_size
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import mark, tr

if TYPE_CHECKING:
    from laminoscope_core.models.inventory import Listed

__all__ = ["StartPage"]

_WIDEST = 1040
_PICTURE = QSize(208, 84)
_MOST_LISTED = 6
_LOOKS_AFTER = 100
"""Milliseconds from the page to a look at the disk: the window is painted first."""
_TAKES = mark("Drop a session, an experiment, a word list, a text or a model here.")

_Row = tuple[str, str, Callable[[], object]]
"""A name, a note, and what pressing the name does."""


class StartPage(QWidget):
    """A page for a stack of pages; what is on it is looked for when it is shown.

    ``example_wanted(name)``, ``file_wanted(path)``, ``model_wanted(source)`` of one that is here,
    ``models_found()`` each time that the page has looked, ``models_wanted()`` for the whole list,
    ``open_wanted()``, ``dropped(path)``.

    Attributes
    ----------
    here : frozenset of str
        Sources of the models that were found on this machine.
    """

    example_wanted = Signal(str)
    file_wanted = Signal(str)
    model_wanted = Signal(str)
    models_found = Signal()
    models_wanted = Signal()
    open_wanted = Signal()
    dropped = Signal(Path)

    def __init__(self, preferences: Preferences, say: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("page:start")
        self._preferences = preferences
        self._background = Background("laminoscope-start", say)
        none = tr("Files that you open or save are listed here.")
        self._look = QTimer(self, singleShot=True, interval=_LOOKS_AFTER)
        self._look.timeout.connect(self.refresh)
        self.here: frozenset[str] = frozenset()
        self.files = _Listing(tr("Recent files"), none)
        self.models = _Listing(tr("Models"), tr("Looking for models…"))
        self.cards = [_Card(example) for example in EXAMPLES if example.pictured]
        self.more = _Listing(tr("Inside a block"), "")
        self.more.fill(
            [
                (tr(example.title), "", partial(self.example_wanted.emit, example.name))
                for example in EXAMPLES
                if not example.pictured
            ]
        )
        content = QWidget()
        content.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(plain_label("Laminoscope", "startTitle"))
        begin = tr("See Q, K and V, layer by layer. Begin with one of:")
        column.addWidget(plain_label(begin, "muted"))
        column.addLayout(self._make_cards())
        lists = QHBoxLayout()
        lists.setSpacing(14)
        lists.addWidget(self.more, 1)
        lists.addWidget(self.files, 1)
        lists.addWidget(self.models, 1)
        column.addLayout(lists)
        column.addWidget(self._make_drop_area())
        column.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.addWidget(content, 1)
        scroll.setWidget(middle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _make_cards(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        for card in self.cards:
            card.clicked.connect(lambda _=False, name=card.name: self.example_wanted.emit(name))
            row.addWidget(card, 1)
        return row

    def _make_drop_area(self) -> QWidget:
        area = _DropArea()
        area.dropped.connect(self.dropped)
        area.open_button.clicked.connect(self.open_wanted)
        return area

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.cards[0].setFocus(Qt.FocusReason.OtherFocusReason)  # Enter runs the first example
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look.stop()

    def look_later(self) -> None:
        """Leave the disk alone until `look`: a thread that reads would hold up what is made."""
        self._look.stop()

    def look(self) -> None:
        """Look for what is on the page, if it is shown."""
        if self.isVisible():
            self._look.start()

    def refresh(self) -> None:
        """Look for recent files and models."""
        names = recent_names(self._preferences.recent_files[:_MOST_LISTED])
        self.files.fill(
            [
                (name, str(Path(path).parent), partial(self.file_wanted.emit, path))
                for path, name in names.items()
            ]
        )
        paths = [s for s in self._preferences.recent_models if Path(s).is_absolute()]
        self._background.do(partial(_listed, paths), self._show_models)

    def _show_models(self, found: "Sequence[Listed]") -> None:
        usable = sorted(
            (each for each in found if not each.problem), key=lambda each: not each.on_disk
        )
        rows: list[_Row] = [
            (each.title, _note(each), self._opens(each)) for each in usable[: _MOST_LISTED - 1]
        ]
        self.models.fill([*rows, (tr("All models…"), "", self.models_wanted.emit)])
        self.here = frozenset(each.source for each in usable if each.on_disk)
        self.models_found.emit()

    def _opens(self, listed: "Listed") -> Callable[[], object]:
        """Return what opens a model: at once if it is here; else the list, where it is fetched."""
        if listed.on_disk:
            return partial(self.model_wanted.emit, listed.source)
        return self.models_wanted.emit

    def close_thread(self) -> None:
        """Wait for what is being looked for, and look for nothing more."""
        self._look.stop()
        self._background.close()


class _Card(QPushButton):
    """An example: its picture, its title, its question."""

    def __init__(self, example: Example) -> None:
        super().__init__()
        self.name = example.name
        self.setObjectName("card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)
        title, asked = tr(example.title), tr(example.question)
        named(self, title, asked)
        picture = QLabel()
        pixmap = QPixmap()
        pixmap.loadFromData(resource("pictures", f"{example.name}.png").read_bytes())
        picture.setPixmap(
            pixmap.scaled(
                _PICTURE,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture.setFixedHeight(_PICTURE.height())
        name, question = plain_label(title, "panelTitle"), plain_label(asked, "muted")
        for label in (name, question):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 12)
        column.setSpacing(6)
        for label in (picture, name, question):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        column.addStretch(1)
        at_each_text_size(self, self._fit)

    def _fit(self) -> None:
        """Have room for the title and the lines of the question."""
        height = _PICTURE.height() + 5 * self.fontMetrics().lineSpacing() + 44
        self.setFixedHeight(height)


class _Listing(QFrame):
    """A short list of things to open, each with a note."""

    def __init__(self, title: str, empty: str) -> None:
        super().__init__()
        self._empty = empty
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(2)
        column.addWidget(plain_label(title, "panelTitle"))
        self._rows = QGridLayout()
        self._rows.setColumnStretch(0, 1)
        self._rows.setVerticalSpacing(0)
        column.addLayout(self._rows)
        column.addStretch(1)
        self.fill([])

    def fill(self, rows: Sequence[_Row]) -> None:
        """List names with notes; pressing a name does what is beside it."""
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        if not rows:
            self._rows.addWidget(plain_label(self._empty, "muted"), 0, 0)
        for number, (name, note, act) in enumerate(rows):
            button = QPushButton(safe_text(name, limit=44))
            button.setObjectName("link")
            button.setToolTip(safe_text(note, limit=200, rich=True))
            button.clicked.connect(partial(_do, act))
            self._rows.addWidget(button, number, 0, Qt.AlignmentFlag.AlignLeft)
            self._rows.addWidget(plain_label(safe_text(note, limit=44), "muted"), number, 1)


class _DropArea(QFrame):
    """Says what can be dropped, and shows that it would be taken."""

    dropped = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("dropArea")
        self.setAcceptDrops(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 12)
        row.addWidget(plain_label(tr(_TAKES), "muted"), 1)
        self.open_button = QPushButton(tr("Open…"))
        self.open_button.setToolTip(tr("Choose a file instead."))
        row.addWidget(self.open_button)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._show_over(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._show_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(over=False)
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.dropped.emit(Path(paths[0]))

    def _show_over(self, *, over: bool) -> None:
        self.setProperty("over", over)
        self.style().unpolish(self)
        self.style().polish(self)


def _listed(paths: Sequence[str]) -> "list[Listed]":
    from laminoscope_core.models.inventory import list_models

    return list(list_models(paths))


def _note(listed: "Listed") -> str:
    from laminoscope_core.models.memory import gigabytes

    size = f"{gigabytes(listed.n_bytes)}" if listed.n_bytes else ""
    where = tr("here" if listed.on_disk else "to fetch")
    return " · ".join(part for part in (listed.licence, size, where) if part)


def _do(act: Callable[[], object], _checked: bool = False) -> None:
    act()
