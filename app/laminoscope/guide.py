"""The guide: a window of pages beside the main one, to be searched and leafed through."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from laminoscope.guide_pages import CONTENTS, guide_pages
from laminoscope.guide_search import any_word, found
from laminoscope.guide_view import PageView
from laminoscope_widgets.named import named, tool_button
from laminoscope_widgets.translation import language, tr

__all__ = ["Guide"]

_TOPIC, _PLACE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class Guide(QDialog):
    """All pages of the guide; a link opens a page here, or asks the desktop for what lies outside.

    Parameters
    ----------
    parent : QWidget
        The window.

    Attributes
    ----------
    topic : str
        Of the page that is shown; empty before there is one.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("guide")
        self.setWindowTitle(tr("Guide"))
        self.resize(1060, 700)
        self.topic = ""
        self._pages = {page.topic: page for page in guide_pages(language())}
        self._before: list[str] = []
        self._after: list[str] = []
        self.topics = named(QListWidget(), tr("Pages"), tr("The pages, or those that were found."))
        self.search = named(
            QLineEdit(placeholderText=tr("Search the guide")),
            tr("Search the guide"),
            tr("Type words; the pages that have them are listed. Enter goes on to the next place."),
        )
        self.page = named(
            PageView(),
            tr("Page"),
            tr("What the guide says of the chosen topic."),
        )
        self.topics.setWordWrap(True)
        self.topics.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.topics.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.back = tool_button("←", tr("Go back to the page before (Alt+←)."), tr("Back"))
        self.forward = tool_button("→", tr("Go forward again (Alt+→)."), tr("Forward"))
        self.contents = tool_button(tr("Contents"), tr("Show the table of contents (Alt+Home)."))
        self.previous = named(
            QPushButton(), tr("Page before"), tr("The page before this one (Ctrl+Page up).")
        )
        self.next = named(
            QPushButton(), tr("Page after"), tr("The page after this one (Ctrl+Page down).")
        )
        self._connect()
        self._lay_out()
        self._list_all()
        self._show(CONTENTS)

    def _connect(self) -> None:
        self.topics.currentItemChanged.connect(self._chosen)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._find_next)
        self.page.anchorClicked.connect(self._follow)
        self.back.clicked.connect(self.go_back)
        self.forward.clicked.connect(self.go_forward)
        self.contents.clicked.connect(partial(self.open_at, CONTENTS))
        self.previous.clicked.connect(partial(self._step, -1))
        self.next.clicked.connect(partial(self._step, 1))
        keys: dict[str, Callable[[], object]] = {
            "Alt+Left": self.go_back,
            "Alt+Right": self.go_forward,
            "Alt+Home": partial(self.open_at, CONTENTS),
            "Ctrl+PgUp": partial(self._step, -1),
            "Ctrl+PgDown": partial(self._step, 1),
            "Ctrl+F": self._begin_search,
            "F3": self._find_next,
        }
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self, act)
        down = QShortcut(QKeySequence("Down"), self.search, self.topics.setFocus)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for button in (self.back, self.forward, self.contents):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            row.addWidget(button)
        row.addWidget(self.search, 1)
        steps = QHBoxLayout()
        for step in (self.previous, self.next):
            step.setObjectName("link")
            step.setAutoDefault(False)
        steps.addWidget(self.previous)
        steps.addStretch(1)
        steps.addWidget(self.next)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        column.addLayout(steps)
        columns = QSplitter()
        columns.setChildrenCollapsible(False)
        columns.addWidget(self.topics)
        columns.addWidget(right)
        columns.setSizes([310, 730])
        columns.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        layout.addWidget(columns, 1)

    # ---- going from page to page

    def open_at(self, topic: str) -> None:
        """Show a page; the table of contents if there is no such one.

        Parameters
        ----------
        topic : str
            Name of a page, perhaps with that of a heading or its end, as ``"samplers#top_k"``.
        """
        self.search.clear()
        self.show()
        self._go(topic)
        self.topics.doItemsLayout()
        self.topics.scrollToItem(self.topics.currentItem())
        self.raise_()
        self.activateWindow()
        self.page.setFocus()

    def go_back(self) -> None:
        """Show the page that was shown before."""
        if self._before:
            self._after.append(self.topic)
            self._show(self._before.pop())

    def go_forward(self) -> None:
        """Show the page that `go_back` has left."""
        if self._after:
            self._before.append(self.topic)
            self._show(self._after.pop())

    def _step(self, step: int) -> None:
        topics = list(self._pages)
        place = topics.index(self.topic) + step
        if 0 <= place < len(topics):
            self._go(topics[place])

    def _go(self, wanted: str) -> None:
        """Show a page, and remember from where."""
        topic, _, place = wanted.partition("#")
        topic = topic if topic in self._pages else CONTENTS
        if self.topic and topic != self.topic:
            self._before.append(self.topic)
            self._after.clear()
        self._show(topic, place)

    def _follow(self, url: QUrl) -> None:
        """Go where a link of the page leads."""
        if not url.scheme():
            page, place = url.path().removesuffix(".md") or self.topic, url.fragment()
            self._go(f"{page}#{place}")
        elif url.scheme() == "https":
            QDesktopServices.openUrl(url)

    def _show(self, topic: str, place: str = "") -> None:
        if topic != self.topic:
            self.page.show_markdown(self._pages[topic].text)
            self.topic = topic
        self._mark()
        topics = list(self._pages)
        at = topics.index(topic)
        others = topics[at - 1 : at] if at else [], topics[at + 1 : at + 2]
        for button, sign, other in zip((self.previous, self.next), "←→", others, strict=True):
            title = self._pages[other[0]].title if other else ""
            button.setText(f"← {title}" if sign == "←" else f"{title} →")
            button.setVisible(bool(other))
        self.back.setEnabled(bool(self._before))
        self.forward.setEnabled(bool(self._after))
        if place:
            self.page.go_to_heading(place)

    # ---- the list

    def _list_all(self) -> None:
        """List all pages, under the headings of the table of contents."""
        self._fill([])
        group, bold = "", self.topics.font()
        bold.setBold(True)
        for page in self._pages.values():
            if page.group != group:
                group = page.group
                heading = QListWidgetItem(group, self.topics)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setFont(bold)
            self._add(page.topic, page.title)

    def _fill(self, pages: list[tuple[str, str, str]]) -> None:
        self.topics.blockSignals(True)
        self.topics.clear()
        for topic, text, place in pages:
            self._add(topic, text, place)
        self.topics.blockSignals(False)
        self.topics.doItemsLayout()  # rows now have the height that their style gives them

    def _add(self, topic: str, text: str, place: str = "") -> None:
        item = QListWidgetItem(text, self.topics)
        item.setData(_TOPIC, topic)
        item.setData(_PLACE, place)

    def _mark(self) -> None:
        """Mark the shown page in the list."""
        items = [self.topics.item(row) for row in range(self.topics.count())]
        shown = next((item for item in items if item.data(_TOPIC) == self.topic), None)
        self.topics.blockSignals(True)
        self.topics.setCurrentItem(shown)  # type: ignore[arg-type]  # none is allowed
        self.topics.blockSignals(False)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_TOPIC):
            self._go(item.data(_TOPIC))
            if place := item.data(_PLACE):
                self.page.find_first(place)

    # ---- searching

    def _begin_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _search(self, wanted: str) -> None:
        """List the pages that have what is typed; stay on this one if it is one of them."""
        if not wanted.strip():
            self._list_all()
            self._mark()
            return
        hits = found(self._pages.values(), wanted)
        self._fill(
            [(hit.page.topic, f"{hit.page.title}\n{hit.excerpt}", hit.place) for hit in hits]
        )
        if not hits:
            none = QListWidgetItem(tr("No page has these words."), self.topics)
            none.setFlags(Qt.ItemFlag.NoItemFlags)
            return
        stays = (hit for hit in hits if hit.page.topic == self.topic != CONTENTS)
        here = next(stays, hits[0])
        self._show(here.page.topic)
        self.page.find_first(here.place)

    def _find_next(self) -> None:
        """Go to the next place on this page."""
        if wanted := self.search.text().strip():
            self.page.find_next(wanted, any_word(wanted))
