"""What the start page is made of: cards, short lists, a place to drop things, and a line on top."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from laminoscope.examples import Example
from laminoscope_resources import resource
from laminoscope_widgets.named import named
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.proportion import at_each_text_size
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import mark, tr

__all__ = ["NARROW", "Card", "DropArea", "Line", "Listing", "Row"]

_LARGE, _SMALL = QSize(208, 76), QSize(70, 30)
"""Pixels of the pictures of the first example of a task, and of the others."""
_TAKES = mark("Drop a session, an experiment, a word list, a text or a model here.")

_LEAST = 40
"""Pixels of a card's height."""
NARROW, _LONGEST = 36, 44
"""Characters of a name in a list across one column, and of names and notes across two."""

Row = tuple[str, str, Callable[[], object]]
"""A name, a note, and what pressing the name does."""


class Card(QPushButton):
    """An example: its picture and its title; a large one also asks its question.

    Parameters
    ----------
    example : Example
    large : bool
    """

    def __init__(self, example: Example, *, large: bool) -> None:
        super().__init__()
        self.name = example.name
        self.setObjectName("card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)
        title, asked = tr(example.title), tr(example.question)
        named(self, title, asked)
        name = plain_label(title, "panelTitle" if large else "cardTitle")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._column = column = QVBoxLayout(self) if large else QHBoxLayout(self)
        column.setContentsMargins(*(12, 12, 12, 10) if large else (8, 5, 8, 5))
        column.setSpacing(6 if large else 10)
        column.addWidget(_picture(example, _LARGE if large else _SMALL))
        said = (name, plain_label(asked, "muted")) if large else (name,)
        for label in said:
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setWordWrap(True)
            if large:
                label.setAlignment(Qt.AlignmentFlag.AlignTop)
            column.addWidget(label, 0 if large else 1)
        if large:
            column.addStretch(1)
        else:
            self.setToolTip(asked)
        at_each_text_size(self, self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Have room for all lines of the title and the question."""
        height = self._column.heightForWidth(self.width()) if self.width() else 0
        self.setMinimumHeight(max(height, _LEAST))


def _picture(example: Example, size: QSize) -> QLabel:
    picture = QLabel()
    picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    pixmap = QPixmap()
    pixmap.loadFromData(resource("pictures", f"{example.name}.png").read_bytes())
    ratio = picture.devicePixelRatio()
    pixmap = pixmap.scaled(
        size * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    pixmap.setDevicePixelRatio(ratio)
    picture.setPixmap(pixmap)
    picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
    picture.setFixedHeight(size.height())
    if size == _SMALL:
        picture.setFixedWidth(size.width())
    return picture


class Listing(QFrame):
    """A short list of things to open, each with a note.

    Parameters
    ----------
    title, empty : str
        What stands above, and instead of things where there are none.
    notes : bool
        Whether notes stand beside the names, or are only told by their tool tips.
    """

    def __init__(self, title: str, empty: str = "", *, notes: bool = False) -> None:
        super().__init__()
        self._empty, self._notes = empty, notes
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(2)
        column.addWidget(plain_label(title, "panelTitle"))
        self._rows = QGridLayout()
        for side in range(2 if notes else 1):
            self._rows.setColumnStretch(side, 1)
        self._rows.setVerticalSpacing(0)
        column.addLayout(self._rows)
        column.addStretch(1)
        self.fill([])

    def fill(self, rows: Sequence[Row]) -> None:
        """List names with notes; pressing a name does what is beside it."""
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        if not rows:
            self._rows.addWidget(plain_label(self._empty, "muted", wraps=True), 0, 0)
        for number, (name, note, act) in enumerate(rows):
            button = QPushButton(safe_text(name, limit=_LONGEST if self._notes else NARROW))
            button.setObjectName("link")
            button.setToolTip(safe_text(note or name, limit=200, rich=True))
            button.clicked.connect(partial(_do, act))
            self._rows.addWidget(button, number, 0, Qt.AlignmentFlag.AlignLeft)
            if self._notes:
                said = plain_label(safe_text(note, limit=_LONGEST), "muted", wraps=True)
                self._rows.addWidget(said, number, 1)


class DropArea(QFrame):
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


class Line(QFrame):
    """One sentence over the page, with one button and perhaps a second one."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.said = plain_label("")
        self.button = named(QPushButton(), tr("Look"), tr("Do what the line offers."))
        self.button.setObjectName("primary")
        self.button.clicked.connect(self._press)
        self._act: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.addWidget(self.said, 1)
        row.addWidget(self.button)
        self.hide()

    def say(self, text: str, button: str = "", act: Callable[[], object] | None = None) -> None:
        """Show a sentence; a button that does something, or none."""
        self.said.setText(safe_text(text, limit=200))
        self._act = act
        self.button.setText(button)
        named(self.button, button, text)
        self.button.setVisible(act is not None)
        self.show()

    def _press(self) -> None:
        if self._act is not None:
            self._act()


def _do(act: Callable[[], object], _checked: bool = False) -> None:
    act()
