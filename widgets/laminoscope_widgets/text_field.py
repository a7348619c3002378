"""A field for running text, to the character; what is typed into it is undone by the window."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from laminoscope_widgets.steps import undone_by_window

__all__ = ["TextField"]


class TextField(QPlainTextEdit):
    """Plain text.

    Signals: ``edited(how)`` when a person has changed the text, with "Type" or "Paste";
    ``dropped(path)`` when a file is dropped, which is not inserted.

    Parameters
    ----------
    lines : int
        How many the field has room for at least, growing with its text; if 0, it is as tall as
        there is room.
    """

    edited = Signal(str)
    dropped = Signal(Path)

    def __init__(self, lines: int = 0) -> None:
        super().__init__()
        self._lines = lines
        if lines:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
            layout = self.document().documentLayout()
            layout.documentSizeChanged.connect(lambda _: self.updateGeometry())
        self.setTabChangesFocus(True)
        self._how = "Type"
        self._filling = False
        undone_by_window(self)
        self.textChanged.connect(self._changed)

    def sizeHint(self) -> QSize:
        if not self._lines:
            return super().sizeHint()
        lines = max(self._lines, int(self.document().size().height()) + 1)  # one to write on
        around = self.height() - self.viewport().height() + 2 * self.document().documentMargin()
        return QSize(super().sizeHint().width(), lines * self.fontMetrics().height() + int(around))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().boundedTo(self.sizeHint())

    def text(self) -> str:
        """Return the text; ``toPlainText`` would turn no-break spaces into spaces."""
        return self.document().toRawText().replace("\u2029", "\n")

    def set_text(self, text: str) -> None:
        """Show another text from its beginning, without reporting an edit."""
        self.change_text(text)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def change_text(self, text: str) -> None:
        """Replace what differs from another text, without reporting that; the cursor goes there."""
        before = self.text()
        if text == before:
            return
        start = _alike(before, text)
        end = _alike(before[start:][::-1], text[start:][::-1])
        cursor = self.textCursor()
        cursor.setPosition(_units(before[:start]))
        stop = _units(before[: len(before) - end])
        cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
        self._filling = True
        cursor.insertText(text[start : len(text) - end])
        self._filling = False
        self.setTextCursor(cursor)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        if files:
            self.dropped.emit(Path(files[0]))
        elif source.hasText():
            self._how = "Paste"
            self.insertPlainText(source.text())
            self._how = "Type"

    def _changed(self) -> None:
        if not self._filling:
            self.edited.emit(self._how)


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike, by halving."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _units(text: str) -> int:
    """Return how many of Qt's characters a text is: those beyond U+FFFF are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
