"""A task's page: its form at the left, its plots in rows, its details at the right."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QTabWidget, QWidget

from laminoscope.layouts import Task
from laminoscope.window.side_column import FoldButton
from laminoscope.window.splitter import Splitter
from laminoscope_widgets.panel import Panel
from laminoscope_widgets.proportion import at_each_text_size, in_proportion

__all__ = ["Page"]

_FOLDS_BELOW = 1300
"""Pixels of a page's width, beside text of 12 pixels, below which its side columns fold away by
themselves."""
_SHARE = 1000
"""Of each panel in a row, at first: more than there is, so that all are cut down to the same."""
_LEAST_SIDE = 190
_LEAST_MIDDLE = 420


class Page(QWidget):
    """The panels of one task; they stay on it for as long as the window lives.

    Parameters
    ----------
    task : Task
        Which panels it has, and their first sizes.
    panels : mapping of str to Panel
        All panels by id.
    parent : QWidget
        What it will stand in.  Each part is given its place before it is filled: whatever moves
        into another parent takes its style anew, with all that it holds.

    Attributes
    ----------
    filled : str or None
        The panel that takes the whole page.

    Signals: ``arranged()`` when its panels have other places.
    """

    arranged = Signal()

    def __init__(self, task: Task, panels: Mapping[str, Panel], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"page:{task.id}")
        self._task = task
        self._panels = {name: panels[name] for name in task.panels}
        self._hidden: set[str] = set()
        self._folded: dict[str, bool] = {}
        self.filled: str | None = None
        self._tabs: dict[str, QTabWidget] = {}
        self._edges = {
            side: FoldButton(panels[side].shown_title, left=side == task.inputs)
            for side in (task.inputs, task.details)
        }
        for side, button in self._edges.items():
            button.clicked.connect(lambda _=False, name=side: self.fold(name, not self.folds(name)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(0)
        layout.addWidget(self._edges[task.inputs])
        self._columns = Splitter(Qt.Orientation.Horizontal, elastic=1)
        layout.addWidget(self._columns, 1)
        layout.addWidget(self._edges[task.details])
        self._columns.addWidget(panels[task.inputs])
        self._middle = QScrollArea(widgetResizable=True)
        self._middle.setObjectName("rows")
        self._middle.setFrameShape(QFrame.Shape.NoFrame)
        self._middle.setMinimumWidth(_LEAST_MIDDLE)
        self._columns.addWidget(self._middle)
        self._rows = Splitter(Qt.Orientation.Vertical)
        self._middle.setWidget(self._rows)
        self._parts = [self._add_row(*row) for row in zip(task.rows, task.least, strict=True)]
        self._columns.addWidget(panels[task.details])
        for name, panel in self._panels.items():
            panel.fill_wanted.connect(lambda name=name: self.fill(name))
        self._first = self._first_widths()
        self.reset()
        at_each_text_size(self, self._take_text_size)

    def _take_text_size(self) -> None:
        """Widen columns that nobody has moved, and fold them where they have no room any more."""
        for side in self._edges:
            self._panels[side].setMinimumWidth(in_proportion(_LEAST_SIDE))
        before, self._first = self._first, self._first_widths()
        if self._columns.wanted == before:
            self._columns.wanted = list(self._first)
        self._arrange()

    def _add_row(self, names: Sequence[str], least: int) -> Splitter:
        """Add a row of panels; those that share a place stand in tabs."""
        row = Splitter(Qt.Orientation.Horizontal, least=least)
        self._rows.addWidget(row)
        sharing = {together[0]: together for together in self._task.tabs}
        for name in names:
            if name not in sharing:
                row.addWidget(self._panels[name])
                continue
            tabs = QTabWidget(documentMode=True)
            row.addWidget(tabs)
            for each in sharing[name]:
                tabs.addTab(self._panels[each], self._panels[each].shown_title)
                self._panels[each].hide_title()
                self._tabs[each] = tabs
                bring = partial(tabs.setCurrentWidget, self._panels[each])
                self._panels[each].front_wanted.connect(bring)
                self._panels[each].title_changed.connect(partial(self._name_tab, each))
        return row

    def _name_tab(self, name: str, title: str) -> None:
        tabs = self._tabs[name]
        tabs.setTabText(tabs.indexOf(self._panels[name]), title.replace("&", "&&"))

    def _splitters(self) -> Iterator[Splitter]:
        yield self._columns
        yield self._rows
        yield from self._parts

    # ---- what is shown

    def shows(self, name: str) -> bool:
        """Return whether a panel has a place on the page now, perhaps behind a tab."""
        if self.filled is not None:
            return name == self.filled
        return name not in self._hidden and not (name in self._edges and self.folds(name))

    def hidden(self, name: str) -> bool:
        """Return whether the user has hidden a panel."""
        return name in self._hidden

    def hide_panel(self, name: str, hidden: bool) -> None:
        """Hide a panel, or show it again."""
        (self._hidden.add if hidden else self._hidden.discard)(name)
        self._arrange()

    def folds(self, side: str) -> bool:
        """Return whether a side column is folded: as the user said, else on narrow pages."""
        return self._folded.get(side, self.width() < in_proportion(_FOLDS_BELOW))

    def fold(self, side: str, folded: bool) -> None:
        """Fold a side column away, or bring it back."""
        self._folded[side] = folded
        self._arrange()

    def fill(self, name: str | None) -> None:
        """Let a panel take the whole page; None, or the same again, for all as before."""
        self.filled = None if name == self.filled else name
        for each, panel in self._panels.items():
            panel.show_filled(filled=each == self.filled)
        self._arrange()

    def reveal(self, name: str) -> None:
        """Show a panel wherever it is: unfolded, unhidden, in front of its tab."""
        self._hidden.discard(name)
        if name in self._edges:
            self._folded[name] = False
        if self.filled not in (None, name):
            self.fill(None)
        self._arrange()
        if name in self._tabs:
            self._tabs[name].setCurrentWidget(self._panels[name])
        self._middle.ensureWidgetVisible(self._panels[name], 0, 0)

    def _arrange(self) -> None:
        """Show and hide what the user's choices say, and give everything its size."""
        for name, panel in self._panels.items():
            if name in self._tabs:
                tabs = self._tabs[name]
                tabs.setTabVisible(tabs.indexOf(panel), self.shows(name))
            else:
                panel.setVisible(self.shows(name))
        for tabs in self._tabs.values():
            tabs.setVisible(any(tabs.isTabVisible(index) for index in range(tabs.count())))
        for row in self._parts:
            row.setVisible(row.shows_something())
        self._middle.setVisible(self._rows.shows_something())
        for side, button in self._edges.items():
            button.setVisible(self.filled is None)
            button.show_folded(folded=self.folds(side))
        for splitter in self._splitters():
            splitter.divide()
        self.arranged.emit()

    def notice_place(self) -> QRect:
        """Return what notices may cover: the rows, or what fills the page, but no title there."""
        shown = self._middle if self.filled is None else self._panels[self.filled]
        top_left = shown.mapTo(self, QPoint())
        place = QRect(top_left, shown.size()) if shown.isVisible() else self.rect()
        bars = [panel.title_bar for panel in self._panels.values() if panel.title_bar.isVisible()]
        titles = [QRect(bar.mapTo(self, QPoint()), bar.size()) for bar in bars]
        first = min((bar.top() for bar in titles if place.intersects(bar)), default=place.top())
        below = [bar.bottom() + 1 for bar in titles if bar.top() - first < bar.height()]
        return place.adjusted(0, max(below, default=place.top()) - place.top(), 0, 0)

    def _first_widths(self) -> list[int]:
        """Return the first widths of the columns, the wider the larger the text."""
        return [in_proportion(width) for width in self._task.widths]

    def reset(self) -> None:
        """Arrange everything as at the first start."""
        self._hidden.clear()
        self._folded.clear()
        self._columns.wanted = self._first_widths()
        self._rows.wanted = list(self._task.heights)
        for row in self._parts:
            row.wanted = [_SHARE] * row.count()
        for tabs in self._tabs.values():
            tabs.setCurrentIndex(0)
        self.filled = None
        for panel in self._panels.values():
            panel.show_filled(filled=False)
        self._arrange()

    # ---- what is remembered

    def state(self) -> dict[str, Any]:
        """Return how the page is arranged, as JSON keeps it."""
        return {
            "sizes": [splitter.wanted for splitter in self._splitters()],
            "hidden": sorted(self._hidden),
            "folded": dict(self._folded),
            "front": sorted(
                name for name, tabs in self._tabs.items()
                if tabs.currentWidget() is self._panels[name]
            ),
        }  # fmt: skip

    def restore(self, state: Any) -> None:
        """Arrange the page as `state` said; what is nothing of the kind is left as it is."""
        if not isinstance(state, dict):
            return
        sizes, splitters = state.get("sizes"), list(self._splitters())
        if isinstance(sizes, list) and len(sizes) == len(splitters):
            for splitter, wanted in zip(splitters, sizes, strict=True):
                if _are_sizes(wanted, splitter.count()):
                    splitter.wanted = list(wanted)
        self._hidden = _names(state.get("hidden")) & self._panels.keys()
        folded = state.get("folded")
        if isinstance(folded, dict):
            self._folded = {
                side: folded[side] for side in self._edges if isinstance(folded.get(side), bool)
            }
        for name in _names(state.get("front")) & self._tabs.keys():
            self._tabs[name].setCurrentWidget(self._panels[name])
        self._arrange()

    # ---- Qt's events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        folded = {side: self.folds(side) for side in self._edges}
        if any(self._panels[side].isHidden() != folded[side] for side in self._edges):
            self._arrange()


def _are_sizes(value: Any, count: int) -> bool:
    return (
        isinstance(value, list)
        and len(value) == count
        and all(type(size) is int and 0 < size < 2**15 for size in value)
    )


def _names(value: Any) -> set[str]:
    return {name for name in value if isinstance(name, str)} if isinstance(value, list) else set()
