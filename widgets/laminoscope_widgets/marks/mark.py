"""What every drawn mark has in common.

An item of pyqtgraph costs a tenth of a millisecond each time anything beside it is painted, and ten
times that when it is made.  Marks are therefore painted one after the other by the layers of a
frame (`plot_layers.py`); only what is grasped or written is an item.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from laminoscope_core.plots.shown import Image, Mark, Scale
from laminoscope_widgets.bare_plot import BarePlot
from laminoscope_widgets.marks.shades import shade_map
from laminoscope_widgets.plots.colours import with_alpha
from laminoscope_widgets.theme import Theme

__all__ = ["DrawnMark", "PaintedMark", "line_pen"]

_WIDTH = 1.6  # pixels of an ordinary curve


class DrawnMark:
    """One mark in one plot; filled anew only if something of the mark, or the theme, has changed.

    Attributes
    ----------
    mark : Mark or None
        What is drawn.
    moves : bool
        Whether it has changed while its look stayed.
    """

    def __init__(self, plot: BarePlot) -> None:
        self.plot = plot
        self.mark: Any = None
        self.moves = False
        self._look: tuple[Any, ...] = ()

    def fill(self, mark: Any, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        """Take a mark."""
        raise NotImplementedError

    def show(
        self, mark: Mark, depth: int, theme: Theme, scale: Scale | None, room: tuple[float, float]
    ) -> bool:
        """Show a mark in front of so many others, between the ends of the y axis.

        Returns
        -------
        bool
            Whether it looks otherwise than before.
        """
        shaded = isinstance(mark, Image) or getattr(mark, "shade", None) is not None
        look = (theme, scale if shaded else None, room)
        changed = self.mark is None or look != self._look or not _same(mark, self.mark)
        if changed:
            self.moves = self.moves or (self.mark is not None and look == self._look)
            self._room = room
            self.fill(mark, theme, shade_map(scale, theme))
        self.mark, self._look = mark, look
        return changed

    def remove(self) -> None:
        """Take it out of the plot."""

    def colour(self, mark: Any, theme: Theme, shades: Callable[[Any], np.ndarray]) -> QColor:
        """Return the one colour of a mark."""
        if getattr(mark, "shade", None) is not None:
            return QColor(*shades(mark.shade)[0].tolist())
        return with_alpha(theme.colour(mark.colour), mark.alpha)


class PaintedMark(DrawnMark):
    """A mark that a layer paints."""

    def paint(self, painter: QPainter, view: QRectF) -> None:
        """Paint it, in coordinates of the data, of which ``view`` can be seen."""
        raise NotImplementedError


def line_pen(colour: QColor, width: float, *, dashed: bool = False) -> QPen:
    """Return the pen of a line, so many times as wide as an ordinary curve."""
    style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    pen: QPen = pg.mkPen(colour, width=_WIDTH * width, style=style)
    return pen


_WORDS = frozenset(("says", "stands_for"))


def _same(a: Mark, b: Mark) -> bool:
    """Return whether two marks look alike; what they say may differ."""
    if a is b:
        return True
    if type(a) is not type(b):
        return False
    return all(
        _equal(value, vars(b)[name]) for name, value in vars(a).items() if name not in _WORDS
    )


def _equal(a: Any, b: Any) -> bool:
    if a is b:
        return True
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    return type(a) is type(b) and not isinstance(a, np.ndarray) and bool(a == b)
