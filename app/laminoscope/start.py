"""The start page: examples with a picture, tours, recent files, models, a place to drop things."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from laminoscope.background import Background
from laminoscope.changes import newest_changes
from laminoscope.examples import EXAMPLES, Example
from laminoscope.layouts import TASKS
from laminoscope.preferences import Preferences
from laminoscope.recent import recent_names
from laminoscope.start_parts import NARROW, Card, DropArea, Line, Listing, Row
from laminoscope.tours import TOURS
from laminoscope_widgets.explained import explained
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.translation import language, tr

if TYPE_CHECKING:
    from laminoscope_core.models.inventory import Listed

__all__ = ["StartPage"]

_WIDEST = 1240
_MARGINS = (24, 10, 24, 10)
_MOST_LISTED = 5
_LOOKS_AFTER = 100
"""Milliseconds from the page to a look at the disk: the window is painted first."""


class StartPage(QWidget):
    """A page for a stack of pages; what is on it is looked for when it is shown.

    ``example_wanted(name)``, ``tour_wanted(name)``, ``file_wanted(path)``,
    ``model_wanted(source)`` of one that is here, ``models_found()`` each time that the page has
    looked, ``models_wanted()`` for the whole list, ``changes_wanted()``, ``open_wanted()``,
    ``dropped(path)``.

    Attributes
    ----------
    here : frozenset of str
        Sources of the models that were found on this machine.
    has_looked : bool
        Whether `here` is known.
    line : Line
        For what is to be said above all else.
    cards : list of Card
        The examples, the one that Enter runs first.
    """

    example_wanted = Signal(str)
    tour_wanted = Signal(str)
    file_wanted = Signal(str)
    model_wanted = Signal(str)
    models_found = Signal()
    models_wanted = Signal()
    changes_wanted = Signal()
    open_wanted = Signal()
    dropped = Signal(Path)

    def __init__(self, preferences: Preferences, say: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("page:start")
        explained(self, "start-page")
        self._preferences = preferences
        self._background = Background("laminoscope-start", say)
        self._look = QTimer(self, singleShot=True, interval=_LOOKS_AFTER)
        self._look.timeout.connect(self.refresh)
        self.here: frozenset[str] = frozenset()
        self.has_looked = False
        self.cards: list[Card] = []
        self.line = Line()
        none = tr("Files that you open or save are listed here.")
        self.files = Listing(tr("Recent files"), none)
        self.models = Listing(tr("Models"), tr("Looking for models…"), notes=True)
        self.tours = Listing(tr("Tours"))
        self.tours.fill(
            [(t.titles[language()], "", partial(self.tour_wanted.emit, t.name)) for t in TOURS]
        )
        self.changes = self._make_changes()
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._make_content(), 1)
        scroll.setWidget(middle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _make_content(self) -> QWidget:
        content = QWidget()
        content.setMaximumWidth(_WIDEST)
        column = self._column = QVBoxLayout(content)
        column.setContentsMargins(*_MARGINS)
        column.setSpacing(9)
        begin = tr("See Q, K and V, layer by layer. Begin with one of:")
        heading = QHBoxLayout()
        heading.setSpacing(14)
        heading.addWidget(plain_label("Laminoscope", "startTitle"))
        heading.addWidget(plain_label(begin, "muted"), 1, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(heading)
        column.addWidget(self.line)
        column.addLayout(self._make_groups())
        column.addWidget(self._make_drop_area())
        column.addStretch(1)
        return content

    def leave_free(self, height: int) -> None:
        """Begin so many pixels further down: a notice lies over the page."""
        left, top, right, bottom = _MARGINS
        self._column.setContentsMargins(left, top + height, right, bottom)

    def _make_groups(self) -> QGridLayout:
        """Return the examples below their tasks, the first of each large, and lists below these."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        small: list[QVBoxLayout] = []
        for number, task in enumerate(TASKS):
            first, *others = (example for example in EXAMPLES if example.task == task.id)
            grid.setColumnStretch(number, 1)
            grid.addWidget(plain_label(task.title, "panelTitle"), 0, number)
            grid.addWidget(self._make_card(first, large=True), 1, number)
            small.append(_column(*(self._make_card(example, large=False) for example in others)))
        words, *_, inside = small
        words.insertWidget(words.count() - 1, self.files)
        grid.addLayout(words, 2, 0)
        grid.addLayout(inside, 2, len(TASKS) - 1)
        lists = QHBoxLayout()
        lists.setSpacing(14)
        lists.addWidget(self.tours, 1)
        lists.addWidget(self.changes, 1)
        middle = QVBoxLayout()
        middle.addLayout(lists)
        middle.addWidget(self.models)
        middle.addStretch(1)
        grid.addLayout(middle, 2, 1, 1, len(TASKS) - 2)
        return grid

    def _make_card(self, example: Example, *, large: bool) -> Card:
        card = Card(example, large=large)
        card.clicked.connect(partial(_tell, self.example_wanted.emit, example.name))
        self.cards.append(card)
        return card

    def _make_changes(self) -> Listing:
        """Return the list of what is new, as far as it is known."""
        listing = Listing(tr("New in this version"))
        changes = newest_changes()
        spoken = language() == "en"  # as the changelog is
        rows: list[Row] = [
            (_in_short(what, said), "", self.changes_wanted.emit)
            for what, said in changes[: _MOST_LISTED - 1 if spoken else 0]
        ]
        if changes:
            rows.append((tr("All changes…"), "", self.changes_wanted.emit))
        listing.fill(rows)
        listing.setVisible(bool(rows))
        return listing

    def _make_drop_area(self) -> QWidget:
        area = DropArea()
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
        rows: list[Row] = [
            (each.title, _note(each), self._opens(each)) for each in usable[: _MOST_LISTED - 1]
        ]
        self.models.fill([*rows, (tr("All models…"), "", self.models_wanted.emit)])
        self.here = frozenset(each.source for each in usable if each.on_disk)
        self.has_looked = True
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


def _in_short(what: str, said: str) -> str:
    """Return what has changed, with the first words that say how if there is room for them."""
    both = f"{what}: {said.partition(',')[0]}"
    return both if len(both) <= NARROW else what


def _column(*cards: Card) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return column


def _listed(paths: Sequence[str]) -> "list[Listed]":
    from laminoscope_core.models.inventory import list_models

    return list(list_models(paths))


def _note(listed: "Listed") -> str:
    from laminoscope_core.models.memory import gigabytes

    size = f"{gigabytes(listed.n_bytes)}" if listed.n_bytes else ""
    where = tr("here" if listed.on_disk else "to fetch")
    return " · ".join(part for part in (listed.licence, size, where) if part)


def _tell(emit: Callable[[str], object], name: str, _checked: bool = False) -> None:
    emit(name)
