"""Splitters that keep what the user has made of them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter

from laminoscope_widgets.panel import Panel

__all__ = ["Splitter"]


class Splitter(QSplitter):
    """Divides its room in the proportions that the user gave it, whatever its size was meanwhile.

    Parameters
    ----------
    orientation : Qt.Orientation
        Of the row or column.
    elastic : int, optional
        The only place that grows and shrinks with the splitter; all do if there is none.
    least : int
        Pixels of its height at least, or more where a panel needs them; if 0, as Qt finds.

    Attributes
    ----------
    wanted : list of int
        Sizes of all places in pixels; what is hidden keeps its own.
    """

    def __init__(
        self, orientation: Qt.Orientation, elastic: int | None = None, least: int = 0
    ) -> None:
        super().__init__(orientation)
        self._elastic, self._least = elastic, least
        self.wanted: list[int] = []
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._remember)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if not self._least:
            return hint
        shown = [self.widget(index) for index in range(self.count()) if self._is_shown(index)]
        whole = [w for w in shown if isinstance(w, Panel) and w.shows_all]
        heights = [panel.minimumSizeHint().height() for panel in whole]
        return QSize(hint.width(), max([self._least, *heights]))

    def divide(self) -> None:
        """Give all places the sizes that are wanted."""
        sizes = list(self.wanted)
        if self._elastic is not None:
            places = range(self.count())
            fixed = sum(sizes[i] for i in places if i != self._elastic and self._is_shown(i))
            across = self.orientation() == Qt.Orientation.Horizontal
            sizes[self._elastic] = max((self.width() if across else self.height()) - fixed, 1)
        self.setSizes(sizes)

    def shows_something(self) -> bool:
        """Return whether any of its places is not hidden."""
        return any(self._is_shown(index) for index in range(self.count()))

    def _is_shown(self, index: int) -> bool:
        widget = self.widget(index)
        return widget is not None and not widget.isHidden()

    def _remember(self, *_: int) -> None:
        for index, size in enumerate(self.sizes()):
            if size > 0:
                self.wanted[index] = size

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.divide()
