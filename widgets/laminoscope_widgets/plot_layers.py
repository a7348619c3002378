"""What paints the marks of a frame: few items, and what does not change is kept as pixels."""

from collections.abc import Iterable, Sequence
from itertools import groupby, zip_longest

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from laminoscope_widgets.marks.mark import DrawnMark, PaintedMark
from laminoscope_widgets.plots.style import CACHED

__all__ = ["Layers", "MarkLayer"]


class MarkLayer(QGraphicsItem):
    """Some marks that lie on each other, painted by one item in the coordinates of a view box.

    Parameters
    ----------
    view : pyqtgraph.ViewBox
    """

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view.childGroup)
        self._view = view
        self._marks: list[PaintedMark] = []
        self._area = QRectF(view.viewRect())

    def set_marks(self, marks: Sequence[PaintedMark]) -> bool:
        """Take marks, the lowest first, and return whether they are others than before."""
        changed = len(marks) != len(self._marks) or any(
            one is not other for one, other in zip(marks, self._marks, strict=True)
        )
        self._marks = list(marks)
        return changed

    def fit(self) -> None:
        """Cover what the view box shows now."""
        self.prepareGeometryChange()
        self._area = QRectF(self._view.viewRect())
        self.update()

    def boundingRect(self) -> QRectF:
        return self._area

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        for mark in self._marks:
            mark.paint(painter, self._area)


class Layers:
    """The marks of a frame, lowest first, cut into layers.

    A layer ends before a mark that is an item of its own, and where marks that change while one
    steps through a plot begin or end: the others are kept as pixels.

    Parameters
    ----------
    view : pyqtgraph.ViewBox
    before : int
        In front of how many marks of others they lie.
    """

    def __init__(self, view: pg.ViewBox, before: int = 0) -> None:
        self._view = view
        self._before = before
        self._layers: list[MarkLayer] = []
        view.sigRangeChanged.connect(self._fit)
        view.sigTransformChanged.connect(self._fit)

    def show(self, marks: Iterable[DrawnMark], changed: set[DrawnMark]) -> None:
        """Show marks, some of which look otherwise than before."""
        numbered = enumerate(marks)
        runs = [
            (kind, list(run))
            for kind, run in groupby(numbered, lambda each: _kind(each[1]))
            if kind is not None
        ]
        for layer, run in zip_longest(list(self._layers), runs):
            if run is None:
                self._layers.remove(layer)
                self._view.scene().removeItem(layer)
                continue
            if layer is None:
                layer = MarkLayer(self._view)
                self._layers.append(layer)
            moves, numbered_marks = run
            self._show_run(layer, numbered_marks, changed, moves=moves)

    def _show_run(
        self,
        layer: MarkLayer,
        run: list[tuple[int, DrawnMark]],
        changed: set[DrawnMark],
        *,
        moves: bool,
    ) -> None:
        mode = QGraphicsItem.CacheMode.NoCache if moves else CACHED
        if layer.cacheMode() != mode:
            layer.setCacheMode(mode)
        depth = float(self._before + run[0][0])
        if layer.zValue() != depth:
            layer.setZValue(depth)
        marks = [mark for _, mark in run if isinstance(mark, PaintedMark)]
        if layer.set_marks(marks) or not changed.isdisjoint(marks):
            layer.update()

    def _fit(self, *_: object) -> None:
        for layer in self._layers:
            layer.fit()


def _kind(drawn: DrawnMark) -> bool | None:
    """Return whether a mark moves; None if it is an item of its own."""
    return drawn.moves if isinstance(drawn, PaintedMark) else None
