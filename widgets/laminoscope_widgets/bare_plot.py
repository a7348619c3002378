"""A plot before anything is in it: four axes around a view, and a title over them."""

from collections.abc import Mapping
from typing import Any

import pyqtgraph as pg
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsItem, QSizePolicy

__all__ = ["BarePlot"]

_PLACES = {"top": (1, 1), "bottom": (3, 1), "left": (2, 0), "right": (2, 2)}
"""Row and column of each axis; the title is in row 0, the view in row 2."""
_VIEW = (2, 1)
_MOST = 100
"""How much of the room the view takes, where an axis takes 1."""
_FAINT = 45
"""Of 255: how opaque the lines of a grid are at most."""
_BEFORE_IMAGES = 0.5
"""How far in front of the view's items the axes lie."""


class _Title(pg.LabelItem):
    """A title that is as wide as its frame, so that this may become narrower."""

    def updateMin(self) -> None:
        self._sizeHint: dict[Any, Any] = {}
        self.updateGeometry()


class BarePlot(pg.GraphicsWidget):
    """What a plot needs of pyqtgraph's ``PlotItem``, without its menus and forms.

    Those are some forty widgets that nobody opens: they take most of the time in which such an
    item is made, and each of them is styled anew when the theme changes.

    Parameters
    ----------
    axes : mapping of str to pyqtgraph.AxisItem
        By side: ``"left"``, ``"right"``, ``"top"`` and ``"bottom"``.

    Attributes
    ----------
    vb : pyqtgraph.ViewBox
        What the axes stand around.
    title_label : pyqtgraph.LabelItem
        The title, which is hidden while there is none.
    grid : QGraphicsGridLayout
        What holds all of it; the title has row 0.
    """

    def __init__(self, axes: Mapping[str, pg.AxisItem]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.grid = QGraphicsGridLayout()
        self.grid.setContentsMargins(1, 1, 1, 1)
        self.grid.setSpacing(0)
        self.setLayout(self.grid)
        self.vb = pg.ViewBox(parent=self, enableMenu=False)
        self.vb.disableAutoRange()
        self.grid.addItem(self.vb, *_VIEW)
        for row in range(4):
            self.grid.setRowPreferredHeight(row, 0)
            self.grid.setRowMinimumHeight(row, 0)
            self.grid.setRowStretchFactor(row, _MOST if row == _VIEW[0] else 1)
        for column in range(3):
            self.grid.setColumnPreferredWidth(column, 0)
            self.grid.setColumnMinimumWidth(column, 0)
            self.grid.setColumnStretchFactor(column, _MOST if column == _VIEW[1] else 1)
        self._axes = dict(axes)
        for side, axis in self._axes.items():
            axis.linkToView(self.vb)
            axis.setZValue(_BEFORE_IMAGES)
            axis.setFlag(QGraphicsItem.GraphicsItemFlag.ItemNegativeZStacksBehindParent)
            self.grid.addItem(axis, *_PLACES[side])
        self.title_label = _Title("", parent=self, justify="left")
        self.grid.addItem(self.title_label, 0, 1)
        self.title_label.hide()

    def axis(self, side: str) -> Any:
        """Return the axis of a side."""
        return self._axes[side]

    def show_axis(self, side: str, *, shown: bool) -> None:
        """Show or hide an axis, which takes no room then."""
        if shown:
            self._axes[side].show()
        else:
            self._axes[side].hide()

    def show_grid(self, *, shown: bool) -> None:
        """Show or hide faint level lines at the ticks."""
        for side in ("left", "right"):
            self._axes[side].setGrid(_FAINT if shown else False)

    def add(self, item: QGraphicsItem) -> None:
        """Show an item in the view, in front of the marks by its z value."""
        self.vb.addItem(item, ignoreBounds=True)

    def remove(self, item: QGraphicsItem) -> None:
        """Take an item out of the view."""
        self.vb.removeItem(item)
