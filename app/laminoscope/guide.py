"""The guide: what every panel shows and every column holds, as the help texts say it."""

from PySide6.QtCore import QCollator, QLocale, Qt
from PySide6.QtGui import (
    QKeySequence,
    QShortcut,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from laminoscope_resources import guide_text, guide_topics
from laminoscope_widgets.named import named
from laminoscope_widgets.translation import language, tr

__all__ = ["Guide"]

_WIDTHS = (20, 26, 12, 42)  # percent, of the columns of tables
_WIDTH, _ABOVE = 97, 18.0  # percent of the page; pixels above a heading


class Guide(QDialog):
    """All help texts in a window beside the main one; the shown one can be searched.

    Parameters
    ----------
    parent : QWidget
        The window.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Guide"))
        self.resize(900, 620)
        self.topics = named(QListWidget(), tr("Topics"), tr("The pages of the guide."))
        self.search = named(
            QLineEdit(placeholderText=tr("Find")),
            tr("Find in this page"),
            tr("Type a word, such as the name of a column; Enter goes to the next place."),
        )
        self.page = named(
            QTextBrowser(openExternalLinks=False, openLinks=False),
            tr("Page"),
            tr("What the guide says of the chosen topic."),
        )
        self._texts = {topic: guide_text(topic, language()) for topic in guide_topics()}
        headings = {
            topic: text.partition("\n")[0].lstrip("# ") for topic, text in self._texts.items()
        }
        alphabet = QCollator(QLocale(language()))
        for topic in sorted(headings, key=lambda topic: alphabet.sortKey(headings[topic])):
            item = QListWidgetItem(headings[topic], self.topics)
            item.setData(Qt.ItemDataRole.UserRole, topic)
        self.topics.currentItemChanged.connect(self._show)
        self.search.textChanged.connect(self._find_first)
        self.search.returnPressed.connect(self._find_next)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.search.setFocus)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.page)
        columns = QSplitter()
        columns.setChildrenCollapsible(False)
        columns.addWidget(self.topics)
        columns.addWidget(right)
        columns.setSizes([200, 700])
        QHBoxLayout(self).addWidget(columns)

    def open_at(self, topic: str) -> None:
        """Show a topic; the first if there is no such one."""
        items = [self.topics.item(row) for row in range(self.topics.count())]
        role = Qt.ItemDataRole.UserRole
        found = next((item for item in items if item.data(role) == topic), items[0])
        self.topics.setCurrentItem(found)
        self.show()
        self.topics.doItemsLayout()  # rows now have the height that their style gives them
        self.raise_()
        self.page.setFocus()

    def _show(self, item: QListWidgetItem) -> None:
        document = QTextDocument(self.page)  # shown when it is whole: it is set into lines once
        document.setDefaultFont(self.page.font())
        document.setMarkdown(self._texts[item.data(Qt.ItemDataRole.UserRole)])
        _lay_out(document)
        document.setTextWidth(self.page.viewport().width())
        self.page.setDocument(document)

    def _find_first(self) -> None:
        self._go_to_top()
        self._find_next()

    def _find_next(self) -> None:
        wanted = self.search.text()
        if wanted and not self.page.find(wanted):
            self._go_to_top()
            self.page.find(wanted)

    def _go_to_top(self) -> None:
        cursor = self.page.textCursor()
        cursor.setPosition(0)
        self.page.setTextCursor(cursor)


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
