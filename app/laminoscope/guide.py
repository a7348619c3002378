"""A page of the user's guide in a window of its own."""

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QKeySequence,
    QShortcut,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QDialog, QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from laminoscope_resources import resource
from laminoscope_widgets.named import named

__all__ = ["Guide"]

_WIDTHS = (20, 26, 12, 42)  # percent, of the columns of tables
_WIDTH, _ABOVE = 97, 18.0  # percent of the page; pixels above a heading


class Guide(QDialog):
    """Shows one of the help texts, in which can be searched.

    Parameters
    ----------
    title : str
        What it is about.
    topic : str
        Name of the help text in the resources.
    parent : QWidget
        The window.
    """

    def __init__(self, title: str, topic: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 620)
        self.search = named(
            QLineEdit(placeholderText="Find"),
            "Find in this page",
            "Type a word, such as the name of a column; Enter goes to the next place.",
        )
        self.page = named(
            QTextBrowser(openExternalLinks=False, openLinks=False), title, "The page itself."
        )
        self.page.setMarkdown(resource("help", f"{topic}.md").read_text(encoding="utf-8"))
        _lay_out(self.page.document())
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self.page)
        self.page.setFocus()
        self.search.textChanged.connect(self._find_first)
        self.search.returnPressed.connect(self._find_next)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.search.setFocus)

    def _find_first(self) -> None:
        cursor = self.page.textCursor()
        cursor.setPosition(0)
        self.page.setTextCursor(cursor)
        self._find_next()

    def _find_next(self) -> None:
        wanted = self.search.text()
        if wanted and not self.page.find(wanted):
            cursor = self.page.textCursor()
            cursor.setPosition(0)
            self.page.setTextCursor(cursor)
            self.page.find(wanted)


def _lay_out(document: QTextDocument) -> None:
    """Give headings room and all tables one width, of which Markdown says nothing."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        heading = block.blockFormat()
        if heading.headingLevel():
            heading.setTopMargin(_ABOVE)
            cursor.setPosition(block.position())
            cursor.setBlockFormat(heading)
        block = block.next()
    for table in document.rootFrame().childFrames():
        if isinstance(table, QTextTable):
            look = table.format()
            look.setWidth(_percent(_WIDTH))
            look.setColumnWidthConstraints([_percent(width) for width in _WIDTHS])
            look.setBorder(0)
            look.setCellPadding(3)
            table.setFormat(look)


def _percent(width: float) -> QTextLength:
    return QTextLength(QTextLength.Type.PercentageLength, width)
