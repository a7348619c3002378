"""Each kind of mark as items of pyqtgraph, refilled in place: making items costs a frame."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from laminoscope_core.plots.shown import (
    Band,
    Bars,
    Boxes,
    Curve,
    Image,
    Mark,
    Points,
    Rule,
    Scale,
    Spans,
    Steps,
    Texts,
)
from laminoscope_core.theme import GROUNDS, ON_MAP
from laminoscope_widgets.plots.colours import colour_map, with_alpha
from laminoscope_widgets.plots.style import small_font
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

__all__ = ["DRAWN", "SYMBOLS", "DrawnBoxes", "DrawnMark", "DrawnRule", "shade_map"]

SYMBOLS = {"circle": "o", "square": "s", "triangle": "t1", "diamond": "d", "star": "star"}
"""pyqtgraph's names of marker shapes."""

_SHADES = 512
_WIDTH = 1.6  # pixels of an ordinary curve
_THIN, _GRASPED = 0.6, 1.25  # widths of a rule, and of one that is dragged, at least
_SIZE = 6.5  # pixels of an ordinary point
_MOST_SMALL = 24  # points of a mark beyond which they are drawn smaller
_SMALLER = 0.75


def shade_map(scale: Scale | None, theme: Theme) -> Callable[[Any], np.ndarray]:
    """Return how numbers become colours, (n, 4) bytes, legible on the theme's background."""
    if scale is None:
        return lambda numbers: np.zeros((np.size(numbers), 4), np.ubyte)
    if scale.map == "ground":
        name, low, high = GROUNDS[theme.name]
    else:
        name, low, high = scale.colours or getattr(theme, scale.map), 0.0, 1.0
    if scale.map == "depth":
        low, high = (0.0, 0.88) if theme.name == "light" else (0.18, 1.0)
    colours = _colour_table(name, low, high)

    def shades(numbers: Any) -> np.ndarray:
        values, ends = np.atleast_1d(np.asarray(numbers)), (scale.low, scale.high)
        if scale.log:
            values, ends = np.log(np.maximum(values, 1e-30)), (np.log(ends[0]), np.log(ends[1]))
        step = (values - ends[0]) * ((_SHADES - 1) / (ends[1] - ends[0]))
        at = np.clip(np.nan_to_num(step), 0, _SHADES - 1)
        return colours[np.round(at).astype(np.intp)]

    return shades


@cache
def _colour_table(name: str, low: float, high: float) -> np.ndarray:
    """Return the colours of a part of a map (n_shades, 4): looking up is far cheaper than it."""
    found: np.ndarray = colour_map(name).map(np.linspace(low, high, _SHADES))
    return found


class DrawnMark:
    """The items of one mark in one plot.

    A subclass makes its items once and fills them from a mark; `show` does that only if something
    of the mark, or the theme, has changed.
    """

    def __init__(self, plot: pg.PlotItem) -> None:
        self.plot = plot
        self.mark: Any = None
        self._look: tuple[Any, ...] = ()
        self.items = self.make()
        for item in self.items:
            plot.addItem(item, ignoreBounds=True)

    def make(self) -> tuple[Any, ...]:
        """Return the items."""
        raise NotImplementedError

    def fill(self, mark: Any, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        """Show a mark."""
        raise NotImplementedError

    def show(
        self, mark: Mark, depth: int, theme: Theme, scale: Scale | None, room: tuple[float, float]
    ) -> None:
        """Show a mark in front of so many others, between the ends of the y axis."""
        look = (theme, scale, room)
        if self.mark is None or look != self._look or not _same(mark, self.mark):
            for item in self.items:
                item.setZValue(depth)
            self._room = room
            self.fill(mark, theme, shade_map(scale, theme))
        self.mark, self._look = mark, look

    def remove(self) -> None:
        """Take the items out of the plot."""
        for item in self.items:
            self.plot.removeItem(item)

    def colour(self, mark: Any, theme: Theme, shades: Callable[[Any], np.ndarray]) -> QColor:
        """Return the one colour of a mark."""
        if getattr(mark, "shade", None) is not None:
            return QColor(*shades(mark.shade)[0].tolist())
        return with_alpha(theme.colour(mark.colour), mark.alpha)


class DrawnPoints(DrawnMark):
    """Points; one brush for all of them where they are alike, which is far cheaper."""

    def make(self) -> tuple[Any, ...]:
        return (pg.ScatterPlotItem(pxMode=True),)

    def fill(self, mark: Points, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        low, high = self._room
        y = np.clip(mark.y, low, high) if np.isinf(mark.y).any() else mark.y
        known = np.isfinite(mark.x) & np.isfinite(y)
        filled = np.broadcast_to(np.asarray(mark.filled), known.shape)[known]
        hollow = pg.mkBrush(None) if mark.selection else pg.mkBrush(theme.surface)
        size = _SIZE * mark.size
        if mark.shade is not None:
            brush: Any = _brushes(shades(mark.shade[known]), mark.alpha)
            pen: Any = None
        else:
            one = pg.mkBrush(with_alpha(theme.colour(mark.colour), mark.alpha))
            brush = one if filled.all() else [one if full else hollow for full in filled]
            ringed = not filled.all() or mark.selection
            width = 2 if mark.selection else 1
            pen = pg.mkPen(theme.colour(mark.colour), width=width) if ringed else None
            if len(filled) > _MOST_SMALL and mark.size == 1:
                size *= _SMALLER
        self.items[0].setData(
            x=mark.x[known], y=y[known], symbol=SYMBOLS[mark.marker], size=size, pen=pen,
            brush=brush,
        )  # fmt: skip


class DrawnCurve(DrawnMark):
    """A line with gaps."""

    def make(self) -> tuple[Any, ...]:
        return (pg.PlotCurveItem(connect="finite", antialias=True),)

    def fill(self, mark: Curve, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        colour = self.colour(mark, theme, shades)
        y = np.where(np.isfinite(mark.y), mark.y, np.nan)
        self.items[0].setData(mark.x, y, pen=_pen(colour, mark.width, dashed=mark.dashed))


class DrawnBand(DrawnMark):
    """The area between two curves."""

    def make(self) -> tuple[Any, ...]:
        self._low, self._high = pg.PlotCurveItem(pen=None), pg.PlotCurveItem(pen=None)
        return (pg.FillBetweenItem(self._low, self._high),)

    def fill(self, mark: Band, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        known = np.isfinite(mark.x) & ~np.isnan(mark.low) & ~np.isnan(mark.high)
        for item, ends in ((self._low, mark.low), (self._high, mark.high)):
            item.setData(mark.x[known], np.clip(ends[known], *self._room))
        self.items[0].setBrush(self.colour(mark, theme, shades))


class DrawnSteps(DrawnMark):
    """A histogram."""

    def make(self) -> tuple[Any, ...]:
        return (pg.PlotCurveItem([0, 1], [0], stepMode="center"),)

    def fill(self, mark: Steps, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        colour = self.colour(mark, theme, shades)
        self.items[0].setData(
            mark.edges, mark.heights, pen=_pen(colour, mark.width),
            fillLevel=0.0 if mark.filled else None,
            brush=with_alpha(colour, 0.45) if mark.filled else None,
        )  # fmt: skip


class DrawnBars(DrawnMark):
    """Level bars."""

    def make(self) -> tuple[Any, ...]:
        return (pg.BarGraphItem(x0=0, y=[0], height=0.8, width=[0]),)

    def fill(self, mark: Bars, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        self.items[0].setOpts(
            x0=0, y=mark.at, height=mark.thickness, width=np.nan_to_num(mark.lengths), pen=None,
            brush=pg.mkBrush(self.colour(mark, theme, shades)),
        )  # fmt: skip


class DrawnTexts(DrawnMark):
    """Short texts, each an item of its own."""

    def make(self) -> tuple[Any, ...]:
        self._texts: list[pg.TextItem] = []
        return ()

    def fill(self, mark: Texts, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        self.remove()
        colour = self.colour(mark, theme, shades)
        for x, y, text, align in zip(mark.x, mark.y, mark.texts, mark.align, strict=True):
            anchor = ({"left": 0.0, "center": 0.5, "right": 1.0}[align], 1.0)
            item = pg.TextItem(safe_text(text, limit=48), color=colour, anchor=anchor)
            item.setFont(small_font())
            item.setPos(float(x), float(y))
            self.plot.addItem(item, ignoreBounds=True)
            self._texts.append(item)

    def remove(self) -> None:
        for item in self._texts:
            self.plot.removeItem(item)
        self._texts.clear()


class DrawnImage(DrawnMark):
    """A map of numbers; what is undefined has the colour of a border."""

    def make(self) -> tuple[Any, ...]:
        return (pg.ImageItem(axisOrder="row-major"),)

    def fill(self, mark: Image, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        values = np.asarray(mark.values)
        pixels = shades(values.ravel()).reshape(*values.shape, 4)
        missing = ~np.isfinite(values)
        if missing.any():
            pixels[missing] = (0, 0, 0, 0) if mark.bare else QColor(theme.border).getRgb()
        self.items[0].setImage(pixels, autoLevels=False, levels=None)
        (x0, x1), (y0, y1) = mark.x, mark.y
        self.items[0].setRect(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))


class DrawnBoxes(DrawnMark):
    """Outlined rectangles, the outline between two of white."""

    def make(self) -> tuple[Any, ...]:
        return tuple(pg.PlotCurveItem(connect="finite") for _ in range(2))

    def fill(self, mark: Boxes, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        n = len(mark.x)
        corners = np.full((2, n, 6), np.nan)
        corners[0, :, :5] = mark.x[:, (0, 1, 1, 0, 0)]
        corners[1, :, :5] = mark.y[:, (0, 0, 1, 1, 0)]
        x, y = corners.reshape(2, -1)
        for item, colour, width in zip(
            self.items, (ON_MAP, theme.colour(mark.colour)), (4.0, 2.0), strict=True
        ):
            item.setData(x, y, pen=pg.mkPen(colour, width=width))


class DrawnSpans(DrawnMark):
    """Outlined stretches of the x axis."""

    def make(self) -> tuple[Any, ...]:
        return (pg.BarGraphItem(x0=[], x1=[], y0=0, height=1),)

    def fill(self, mark: Spans, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        colour, (low, high) = theme.colour(mark.colour), self._room
        self.items[0].setOpts(
            x0=mark.low, x1=mark.high, y0=low, height=high - low, pen=pg.mkPen(colour, width=1),
            brush=pg.mkBrush(with_alpha(colour, 0.15 * mark.alpha)),
        )  # fmt: skip


class DrawnRule(DrawnMark):
    """A straight line, which may be dragged; one with a top is a short one."""

    def make(self) -> tuple[Any, ...]:
        self.line = pg.InfiniteLine()
        self._short = pg.PlotCurveItem()
        self._line_look: tuple[Any, ...] = ()
        return self.line, self._short

    def fill(self, mark: Rule, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        width = max(mark.width, _GRASPED if mark.drags else _THIN)
        pen = _pen(self.colour(mark, theme, shades), width, dashed=mark.dashed)
        self.line.setVisible(mark.top is None)
        self._short.setVisible(mark.top is not None)
        if mark.top is not None:
            self._short.setData([mark.at, mark.at], [0, mark.top], pen=pen)
            return
        look = (
            theme.name,
            mark.colour,
            mark.alpha,
            mark.width,
            mark.dashed,
            mark.across,
            mark.drags,
        )
        if look != self._line_look:
            self._line_look = look
            self._style_line(mark, pen, _pen(self.colour(mark, theme, shades), 2.0))
        if not self.line.moving:
            self.line.setValue((0, 0) if mark.across == "unity" else mark.at)

    def _style_line(self, mark: Rule, pen: Any, hover_pen: Any) -> None:
        """Give the line its look, which costs more than moving it."""
        self.line.setPen(pen)
        self.line.setHoverPen(hover_pen)
        self.line.setMovable(bool(mark.drags))
        self.line.setAngle({"x": 90, "y": 0, "unity": 45}[mark.across])
        if mark.drags:
            upright = mark.across == "x"
            shape = Qt.CursorShape.SizeHorCursor if upright else Qt.CursorShape.SizeVerCursor
            self.line.setCursor(shape)


DRAWN: Mapping[type, type[DrawnMark]] = {
    Points: DrawnPoints, Curve: DrawnCurve, Band: DrawnBand, Steps: DrawnSteps, Bars: DrawnBars,
    Texts: DrawnTexts, Image: DrawnImage, Boxes: DrawnBoxes, Spans: DrawnSpans, Rule: DrawnRule,
}  # fmt: skip
"""By kind of mark: what draws it."""


def _brushes(colours: np.ndarray, alpha: float) -> Any:
    """Return a brush for each of many colours, few of which differ; one if all are alike."""
    different, which = np.unique(colours, axis=0, return_inverse=True)
    brushes = [pg.mkBrush(with_alpha(QColor(*colour), alpha)) for colour in different.tolist()]
    if len(brushes) == 1:
        return brushes[0]
    return [brushes[number] for number in which.ravel().tolist()]


def _pen(colour: QColor, width: float, *, dashed: bool = False) -> Any:
    style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    return pg.mkPen(colour, width=_WIDTH * width, style=style)


def _same(a: Mark, b: Mark) -> bool:
    """Return whether two marks look alike; what they say may differ."""
    if a is b:
        return True
    if type(a) is not type(b):
        return False
    return all(
        _equal(value, vars(b)[name]) for name, value in vars(a).items() if name not in _WORDS
    )


_WORDS = frozenset(("says", "stands_for"))


def _equal(a: Any, b: Any) -> bool:
    if a is b:
        return True
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.shape == b.shape and np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
    return type(a) is type(b) and not isinstance(a, np.ndarray) and bool(a == b)
