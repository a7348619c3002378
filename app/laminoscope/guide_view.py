"""One page of the guide, set into lines: headings with room, tables of one width, places found."""

from PySide6.QtCore import QEvent, QRegularExpression
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextLength, QTextTable
from PySide6.QtWidgets import QTextBrowser

from laminoscope.guide_pages import place_name

__all__ = ["PageView"]

_WIDTHS = {2: (30, 70), 3: (26, 32, 42), 4: (20, 26, 12, 42)}
"""Percent of a table, of its columns, by how many there are."""
_WIDTH, _ABOVE = 97, 18.0  # percent of the page; pixels above a heading
_MARGIN, _INDENT = 12.0, 20.0


class PageView(QTextBrowser):
    """Shows Markdown; its links are only told, by ``anchorClicked``."""

    def __init__(self) -> None:
        super().__init__(openExternalLinks=False, openLinks=False)
        self._text = ""
        self._document: QTextDocument | None = None

    def show_markdown(self, text: str) -> None:
        """Show another page, from its top."""
        self._text = text
        document = QTextDocument(self)  # shown when it is whole: it is set into lines once
        document.setDefaultFont(self.font())
        document.setDocumentMargin(_MARGIN)
        document.setIndentWidth(_INDENT)
        document.setMarkdown(text)
        _lay_out(document)
        document.setTextWidth(self.viewport().width())
        self.setDocument(document)
        if self._document is not None:  # Qt deletes only those that it has made
            self._document.deleteLater()
        self._document = document

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._text:
            at = self.verticalScrollBar().value()
            self.show_markdown(self._text)  # its links keep the colours that they are given
            self.verticalScrollBar().setValue(at)

    def go_to_heading(self, place: str) -> None:
        """Bring a heading to the top, if there is one of that name, or whose name ends so."""
        block = self.document().begin()
        while block.isValid():
            name = place_name(block.text()) if block.blockFormat().headingLevel() else ""
            if name == place or name.endswith(f"-{place}"):
                self._bring_to_top(block)
                return
            block = block.next()

    def _bring_to_top(self, block: QTextBlock) -> None:
        self.setTextCursor(QTextCursor(block))
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect().top() - int(_MARGIN))

    def find_first(self, place: str) -> None:
        """Select the first place that reads so; of several words the first if they are apart."""
        self._go_to_top()
        if not self.find(place):  # it runs over a line's end
            self.find(place.split()[0])

    def find_next(self, wanted: str, words: str) -> None:
        """Select the next place after the one that is selected, or the first again.

        Parameters
        ----------
        wanted : str
            What is looked for, as it stands.
        words : str
            A regular expression of its words, for where it does not stand so.
        """
        any_case = QRegularExpression.PatternOption.CaseInsensitiveOption
        before = self.textCursor()
        for sought in (wanted, QRegularExpression(words, any_case)):
            self.setTextCursor(before)
            if self.find(sought):
                return
            self._go_to_top()
            if self.find(sought):
                return

    def _go_to_top(self) -> None:
        cursor = self.textCursor()
        cursor.setPosition(0)
        self.setTextCursor(cursor)


def _lay_out(document: QTextDocument) -> None:
    """Give headings room and all tables one width, of which Markdown says nothing."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        heading = block.blockFormat()
        if heading.headingLevel() and block.position():
            heading.setTopMargin(_ABOVE)
            cursor.setPosition(block.position())
            cursor.setBlockFormat(heading)
        block = block.next()
    for table in document.rootFrame().childFrames():
        if isinstance(table, QTextTable):
            widths = _WIDTHS.get(table.columns(), (100 // table.columns(),) * table.columns())
            look = table.format()
            look.setWidth(_percent(_WIDTH))
            look.setColumnWidthConstraints([_percent(width) for width in widths])
            look.setBorder(0)
            look.setCellPadding(3)
            table.setFormat(look)


def _percent(width: float) -> QTextLength:
    return QTextLength(QTextLength.Type.PercentageLength, width)
