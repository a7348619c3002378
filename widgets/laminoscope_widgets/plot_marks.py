"""Each kind of mark: made ready once, and painted without an item of its own.

An item of pyqtgraph costs a tenth of a millisecond each time anything beside it is painted, and ten
times that when it is made.  Marks are therefore painted one after the other by the layers of a
frame (`plot_layers.py`); only what is grasped or written is an item.
"""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from math import ceil
from typing import Any

import numpy as np
import pyqtgraph as pg
from pyqtgraph.graphicsItems.ScatterPlotItem import renderSymbol
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QTransform,
)

from laminoscope_core.plots.clear import name_boxes
from laminoscope_core.plots.shown import (
    Band,
    Bars,
    Boxes,
    Curve,
    Frame,
    Image,
    Mark,
    Points,
    Rule,
    Scale,
    Spans,
    Steps,
    Texts,
)
from laminoscope_core.theme import DEPTH_PARTS, GROUNDS, ON_MAP
from laminoscope_widgets.bare_plot import BarePlot
from laminoscope_widgets.cell_texts import write_in_cells
from laminoscope_widgets.plots.colours import colour_map, with_alpha
from laminoscope_widgets.plots.style import small_font
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.translation import shown_text

__all__ = [
    "DRAWN",
    "SYMBOLS",
    "DrawnBoxes",
    "DrawnMark",
    "DrawnRule",
    "GroupLines",
    "PaintedMark",
    "drawn_as",
    "shade_map",
]

SYMBOLS = {"circle": "o", "square": "s", "triangle": "t1", "diamond": "d", "star": "star"}
"""pyqtgraph's names of marker shapes."""

_SHADES = 512
_WIDTH = 1.6  # pixels of an ordinary curve
_THIN, _GRASPED = 0.6, 1.25  # widths of a rule, and of one that is dragged, at least
_SIZE = 6.5  # pixels of an ordinary point
_MOST_SMALL = 24  # points of a mark beyond which they are drawn smaller
_SMALLER = 0.75
_MARGIN = 4.0  # pixels that Qt leaves around a text
_GROUND = 0.6  # opacity of what is behind a name, so that it can be read over points
_GAP, _LONGEST_NAME = 6.0, 24  # pixels between a point and its name, characters of one
_FARTHEST = 1e6  # pixels from the frame at which a point is out of sight, and still a number to Qt


def shade_map(scale: Scale | None, theme: Theme) -> Callable[[Any], np.ndarray]:
    """Return how numbers become colours, (n, 4) bytes, legible on the theme's background."""
    if scale is None:
        return lambda numbers: np.zeros((np.size(numbers), 4), np.ubyte)
    if scale.map == "ground":
        name, low, high = GROUNDS[theme.name]
    else:
        name, low, high = scale.colours or getattr(theme, scale.map), 0.0, 1.0
    if scale.map == "depth":
        low, high = DEPTH_PARTS[theme.name]
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


class DrawnPoints(PaintedMark):
    """Points, each a copy of one of few pictures."""

    def __init__(self, plot: BarePlot) -> None:
        super().__init__(plot)
        self._copies = PrimitiveArray(QPainter.PixmapFragment, 10)

    def fill(self, mark: Points, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        low, high = self._room
        y = np.clip(mark.y, low, high) if np.isinf(mark.y).any() else mark.y
        known = np.isfinite(mark.x) & np.isfinite(y)
        filled = np.broadcast_to(np.asarray(mark.filled), known.shape)[known]
        size = _SIZE * mark.size
        pen: tuple[QColor, float] | None = None
        if mark.shade is not None:
            different, which = np.unique(shades(mark.shade[known]), axis=0, return_inverse=True)
            brushes = [with_alpha(QColor(*colour), mark.alpha) for colour in different.tolist()]
            which = which.ravel()
        else:
            full = with_alpha(theme.colour(mark.colour), mark.alpha)
            hollow = QColor(Qt.GlobalColor.transparent) if mark.selection else theme.surface
            brushes, which = [full, QColor(hollow)], (~filled).astype(np.intp)
            if not filled.all() or mark.selection:
                pen = (QColor(theme.colour(mark.colour)), 2 if mark.selection else 1)
            if len(filled) > _MOST_SMALL and mark.size == 1:
                size *= _SMALLER
        self.x, self.y = np.asarray(mark.x[known], float), np.asarray(y[known], float)
        self.brushes, self.which = brushes, which
        self._style = (SYMBOLS[mark.marker], size, pen and (pen[0].rgba(), pen[1]))
        self._ratio = 0.0

    def paint(self, painter: QPainter, view: QRectF) -> None:
        if not len(self.x):
            return
        ratio = painter.device().devicePixelRatioF()
        if ratio != self._ratio:
            self._ratio = ratio
            self._draw_pictures(ratio)
        to = painter.transform()
        places = self._copies.ndarray()
        for column, values, scale, offset in (
            (0, self.x, to.m11(), to.dx()),
            (1, self.y, to.m22(), to.dy()),
        ):
            places[:, column] = np.clip(values * scale + offset, -_FARTHEST, _FARTHEST)
        painter.resetTransform()
        first, count = self._copies.drawargs()
        painter.drawPixmapFragments(first, count, self._pictures)
        painter.setTransform(to)

    def _draw_pictures(self, ratio: float) -> None:
        """Draw a point of each brush, beside each other, and say which is copied where."""
        colours = tuple(brush.rgba() for brush in self.brushes)
        self._pictures = _pictures(*self._style, colours, ratio)
        width = self._pictures.width() / len(colours)
        self._copies.resize(len(self.x))
        copies = self._copies.ndarray()
        copies[:, 2], copies[:, 3] = self.which * width, 0.0
        copies[:, 4], copies[:, 5] = width, self._pictures.height()
        copies[:, 6:10] = 1 / ratio, 1 / ratio, 0.0, 1.0  # scales, rotation, opacity


class DrawnCurve(PaintedMark):
    """A line with gaps."""

    def fill(self, mark: Curve, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        self.y = np.where(np.isfinite(mark.y), mark.y, np.nan)
        self._pen = _pen(self.colour(mark, theme, shades), mark.width, dashed=mark.dashed)
        self._path = pg.arrayToQPath(np.asarray(mark.x, float), self.y, connect="finite")

    def paint(self, painter: QPainter, view: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(self._path, self._pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class DrawnBand(PaintedMark):
    """The area between two curves."""

    def fill(self, mark: Band, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        known = np.isfinite(mark.x) & ~np.isnan(mark.low) & ~np.isnan(mark.high)
        x = mark.x[known]
        low, high = (np.clip(ends[known], *self._room) for ends in (mark.low, mark.high))
        around = np.concatenate([x, x[::-1]]), np.concatenate([low, high[::-1]])
        self._path = pg.arrayToQPath(*around, connect="all", finiteCheck=False)
        self._brush = QBrush(self.colour(mark, theme, shades))

    def paint(self, painter: QPainter, view: QRectF) -> None:
        painter.fillPath(self._path, self._brush)


class DrawnSteps(PaintedMark):
    """A histogram."""

    def fill(self, mark: Steps, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        colour = self.colour(mark, theme, shades)
        x, y = np.repeat(mark.edges, 2)[1:-1], np.repeat(mark.heights, 2)
        ends = np.concatenate([x[:1], x, x[-1:]]), np.concatenate([[0.0], y, [0.0]])
        around = ends if mark.filled else (x, y)
        self._outline = _Outline(around[0], around[1], _pen(colour, mark.width))
        self._brush = QBrush(with_alpha(colour, 0.45))
        self._area = pg.arrayToQPath(*ends, connect="all") if mark.filled else None

    def paint(self, painter: QPainter, view: QRectF) -> None:
        if self._area is not None:
            painter.fillPath(self._area, self._brush)
        self._outline.paint(painter)


class DrawnBars(PaintedMark):
    """Bars, level or upright."""

    def fill(self, mark: Bars, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        self._brush = QBrush(self.colour(mark, theme, shades))
        low, thick = mark.at - mark.thickness / 2, mark.thickness
        ends = zip(low.tolist(), np.nan_to_num(mark.lengths).tolist(), strict=True)
        if mark.upright:
            bars = [QRectF(x, 0.0, thick, length) for x, length in ends]
        else:
            bars = [QRectF(0.0, y, length, thick) for y, length in ends]
        self._bars = [bar.normalized() for bar in bars]

    def paint(self, painter: QPainter, view: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._brush)
        painter.drawRects(self._bars)


class DrawnImage(PaintedMark):
    """A map of numbers; what is undefined has the colour of a border.

    Cells have their colours worked out when they are painted, and where a pixel of the screen
    holds several of them, only those of the one in its middle.

    Attributes
    ----------
    painted : ubyte array (n_rows, n_columns, 4)
        The colours that were painted last.
    """

    painted: np.ndarray

    def fill(self, mark: Image, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        self._values, self._shades, self._texts = np.asarray(mark.values), shades, mark.texts
        self._missing = (0, 0, 0, 0) if mark.bare else QColor(theme.border).getRgb()
        (x0, x1), (y0, y1) = mark.x, mark.y
        self._area = QRectF(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))
        self._drawn: tuple[int, int] = (0, 0)

    @property
    def pixels(self) -> np.ndarray:
        """The colours of all cells, bytes (n_rows, n_columns, 4)."""
        return self._coloured(self._values)

    def _coloured(self, values: np.ndarray) -> np.ndarray:
        pixels = self._shades(values.ravel()).reshape(*values.shape, 4)
        missing = ~np.isfinite(values)
        if missing.any():
            pixels[missing] = self._missing
        return pixels

    def paint(self, painter: QPainter, view: QRectF) -> None:
        seen = painter.deviceTransform().mapRect(self._area)
        rows, columns = self._values.shape
        if not self._texts:
            rows, columns = min(rows, ceil(seen.height())), min(columns, ceil(seen.width()))
        if min(rows, columns) < 1:
            return
        if (rows, columns) != self._drawn:
            every = np.ix_(*(map(_in_the_middle, self._values.shape, (rows, columns))))
            self.painted, self._drawn = self._coloured(self._values[every]), (rows, columns)
            size = columns, rows, 4 * columns
            self._image = QImage(self.painted.data, *size, QImage.Format.Format_RGBA8888)
        painter.drawImage(self._area, self._image)
        if self._texts:
            write_in_cells(painter, view, self._area, self.painted, self._texts)


def _in_the_middle(n: int, parts: int) -> np.ndarray:
    """Return which of n cells are in the middle of equal parts; all if those are as many."""
    return ((np.arange(parts) + 0.5) * (n / parts)).astype(np.intp)


class DrawnBoxes(PaintedMark):
    """Outlined rectangles, the outline between two of white."""

    def fill(self, mark: Boxes, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        n = len(mark.x)
        corners = np.full((2, n, 6), np.nan)
        corners[0, :, :5] = mark.x[:, (0, 1, 1, 0, 0)]
        corners[1, :, :5] = mark.y[:, (0, 0, 1, 1, 0)]
        x, y = corners.reshape(2, -1)
        self._outlines = [
            _Outline(x, y, pg.mkPen(colour, width=width))
            for colour, width in ((ON_MAP, 4.0), (theme.colour(mark.colour), 2.0))
        ]

    def paint(self, painter: QPainter, view: QRectF) -> None:
        for outline in self._outlines:
            outline.paint(painter)


class GroupLines(PaintedMark):
    """Lines between groups along the axes of a map."""

    def set_places(self, frame: Frame) -> bool:
        """Take the groups of a frame's axes, and return whether there are lines between them."""
        (x0, x1), (y0, y1) = frame.x.ends, frame.y.ends
        across, down = (axis.groups[1:] * axis.parted for axis in (frame.x, frame.y))
        upright = [QLineF(at - 0.5, y0, at - 0.5, y1) for _, at, _ in across]
        level = [QLineF(x0, at - 0.5, x1, at - 0.5) for _, at, _ in down]
        self._lines = upright + level
        return bool(self._lines)

    def paint(self, painter: QPainter, view: QRectF) -> None:
        painter.setPen(pg.mkPen(ON_MAP, width=1))
        painter.drawLines(self._lines)


class DrawnSpans(PaintedMark):
    """Outlined stretches of the x axis."""

    def fill(self, mark: Spans, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        colour, (low, high) = theme.colour(mark.colour), self._room
        self._pen = pg.mkPen(colour, width=1)
        self._brush = QBrush(with_alpha(colour, 0.15 * mark.alpha))
        self._spans = [
            QRectF(start, low, stop - start, high - low)
            for start, stop in zip(mark.low.tolist(), mark.high.tolist(), strict=True)
        ]

    def paint(self, painter: QPainter, view: QRectF) -> None:
        painter.setPen(self._pen)
        painter.setBrush(self._brush)
        painter.drawRects(self._spans)


class DrawnLine(PaintedMark):
    """A straight line; one with a top is a short one."""

    def fill(self, mark: Rule, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        width = max(mark.width, _THIN)
        self._pen = _pen(self.colour(mark, theme, shades), width, dashed=mark.dashed)
        self._rule = mark

    def paint(self, painter: QPainter, view: QRectF) -> None:
        painter.setPen(self._pen)
        at, across, top = self._rule.at, self._rule.across, self._rule.top
        if across == "unity":
            first, last = (view.left() + view.top()) / 2, (view.right() + view.bottom()) / 2
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawLine(QPointF(first, first), QPointF(last, last))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        elif across == "y":
            painter.drawLine(QPointF(view.left(), at), QPointF(view.right(), at))
        else:
            low, high = (view.top(), view.bottom()) if top is None else (0.0, top)
            painter.drawLine(QPointF(at, low), QPointF(at, high))


class DrawnRule(DrawnMark):
    """A straight line that may be dragged."""

    def __init__(self, plot: BarePlot) -> None:
        super().__init__(plot)
        self.line = pg.InfiniteLine()
        self._line_look: tuple[Any, ...] = ()
        plot.add(self.line)

    def show(
        self, mark: Mark, depth: int, theme: Theme, scale: Scale | None, room: tuple[float, float]
    ) -> bool:
        self.line.setZValue(depth)
        return super().show(mark, depth, theme, scale, room)

    def fill(self, mark: Rule, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        look = (theme, mark.colour, mark.alpha, mark.width, mark.dashed, mark.across)
        if look != self._line_look:
            self._line_look = look
            self._style_line(mark, self.colour(mark, theme, shades))
        if not self.line.moving:
            self.line.setValue(mark.at)

    def remove(self) -> None:
        self.plot.remove(self.line)

    def _style_line(self, mark: Rule, colour: QColor) -> None:
        """Give the line its look, which costs more than moving it."""
        self.line.setPen(_pen(colour, max(mark.width, _GRASPED), dashed=mark.dashed))
        self.line.setHoverPen(_pen(colour, 2.0))
        self.line.setMovable(True)
        upright = mark.across == "x"
        self.line.setAngle(90 if upright else 0)
        shape = Qt.CursorShape.SizeHorCursor if upright else Qt.CursorShape.SizeVerCursor
        self.line.setCursor(shape)


class DrawnTexts(DrawnMark):
    """Short texts, each an item of its own."""

    def __init__(self, plot: BarePlot) -> None:
        super().__init__(plot)
        self._texts: list[pg.TextItem] = []
        self._box: tuple[float, float] | None = None
        plot.vb.sigTransformChanged.connect(self._leave_out)

    def fill(self, mark: Texts, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        self.remove()
        colour, upper = self.colour(mark, theme, shades), float(mark.box is None)
        for x, y, text, align in zip(mark.x, mark.y, mark.texts, mark.align, strict=True):
            anchor = ({"left": 0.0, "center": 0.5, "right": 1.0}[align], upper)
            item = pg.TextItem(safe_text(shown_text(text), limit=48), color=colour, anchor=anchor)
            item.setFont(small_font())
            item.setPos(float(x), float(y))
            self.plot.add(item)
            self._texts.append(item)
        self._box = mark.box
        self._leave_out()

    def _leave_out(self, *_: object) -> None:
        """Hide all texts where one of them has no room in its box."""
        if self._box is None:
            return
        across, down = self.plot.vb.viewPixelSize()
        widths, metrics = self._box, QFontMetricsF(small_font())
        texts = [item.textItem.toPlainText() for item in self._texts]
        wide = max(map(metrics.horizontalAdvance, texts), default=0.0) + _MARGIN
        fits = wide <= widths[0] / across and metrics.ascent() + _MARGIN <= widths[1] / down
        for item in self._texts:
            item.setVisible(fits)

    def remove(self) -> None:
        for item in self._texts:
            self.plot.remove(item)
        self._texts.clear()


class DrawnNames(PaintedMark):
    """Names of points, as many as have room."""

    def fill(self, mark: Texts, theme: Theme, shades: Callable[[Any], np.ndarray]) -> None:
        self._pen = pg.mkPen(self.colour(mark, theme, shades))
        self._ground = with_alpha(theme.surface, _GROUND)
        self._points = np.stack([mark.x, mark.y], axis=1)
        self._texts, self._under = mark.texts, mark.under
        self._placed: tuple[Any, ...] = ()

    def paint(self, painter: QPainter, view: QRectF) -> None:
        to = painter.worldTransform()
        bounds = to.mapRect(view)
        painter.save()
        painter.resetTransform()
        painter.setFont(small_font())
        painter.setPen(self._pen)
        for text, box in self._clear(to, bounds):
            painter.fillRect(box, self._ground)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _clear(self, to: QTransform, bounds: QRectF) -> list[tuple[str, QRectF]]:
        """Return what is written, and where, which is found once for each place of the plot."""
        at = (to, bounds, small_font().pixelSize())
        if self._placed[:1] != (at,):
            points = self._points * [to.m11(), to.m22()] + [to.dx(), to.dy()]
            sizes = np.array([_size_of(text, at[2]) for text in self._texts]).reshape(-1, 2)
            top = bounds.top() + _room_of(self._under, bounds.width())
            edges = (bounds.left(), top, bounds.right(), bounds.bottom())
            boxes = name_boxes(points, sizes, _GAP, np.array(edges))
            kept = np.flatnonzero(np.isfinite(boxes[:, 0]))
            written = [
                (_name(self._texts[one]), QRectF(x, y, right - x, bottom - y))
                for one, (x, y, right, bottom) in zip(kept, boxes[kept].tolist(), strict=True)
            ]
            self._placed = (at, written)
        found: list[tuple[str, QRectF]] = self._placed[1]
        return found


def _room_of(text: str, width: float) -> float:
    """Return the height in pixels that a text inside a frame of some width takes."""
    if not text:
        return 0.0
    metrics = QFontMetricsF(small_font())
    lines = 1 + int(metrics.horizontalAdvance(shown_text(text)) / max(width, 1.0))
    return lines * metrics.lineSpacing() + _MARGIN


@lru_cache(maxsize=4096)
def _size_of(text: str, _pixels: int) -> tuple[float, float]:
    """Return the pixels of a name across and down, in the small font of a size."""
    metrics = QFontMetricsF(small_font())
    return metrics.horizontalAdvance(_name(text)) + 2, metrics.ascent() + 1


def _name(text: str) -> str:
    return safe_text(shown_text(text), limit=_LONGEST_NAME)


DRAWN: Mapping[type, type[DrawnMark]] = {
    Points: DrawnPoints, Curve: DrawnCurve, Band: DrawnBand, Steps: DrawnSteps, Bars: DrawnBars,
    Texts: DrawnTexts, Image: DrawnImage, Boxes: DrawnBoxes, Spans: DrawnSpans, Rule: DrawnLine,
}  # fmt: skip
"""By kind of mark: what draws it, if it is not dragged."""


def drawn_as(mark: Mark) -> type[DrawnMark]:
    """Return what draws a mark."""
    if isinstance(mark, Texts) and mark.clear:
        return DrawnNames
    return DrawnRule if isinstance(mark, Rule) and mark.drags else DRAWN[type(mark)]


class _Outline:
    """A polyline with gaps at NaN.

    Wide ones are drawn side by side, which is far quicker than joining them.
    """

    def __init__(self, x: np.ndarray, y: np.ndarray, pen: QPen) -> None:
        self._pen, self._path = pen, QPainterPath()
        self._sides = PrimitiveArray(QLineF, 4)
        solid = pen.style() == Qt.PenStyle.SolidLine and pen.color().alpha() == 255
        if pen.widthF() > 1.0 and solid:
            sides = np.stack([x[:-1], y[:-1], x[1:], y[1:]], axis=1)
            known = sides[np.isfinite(sides).all(axis=1)]
            self._sides.resize(len(known))
            self._sides.ndarray()[:] = known
        else:
            self._path = pg.arrayToQPath(x, y, connect="finite")

    def paint(self, painter: QPainter) -> None:
        if len(self._sides):
            painter.setPen(self._pen)
            painter.drawLines(*self._sides.drawargs())
        else:
            painter.strokePath(self._path, self._pen)


@lru_cache(maxsize=512)
def _pictures(
    symbol: str,
    size: float,
    edge: tuple[int, float] | None,
    colours: tuple[int, ...],
    ratio: float,
) -> QPixmap:
    """Return a point in each colour (as of `QColor.rgba`), beside each other."""
    pen = pg.mkPen(None) if edge is None else pg.mkPen(QColor.fromRgba(edge[0]), width=edge[1])
    each = [
        renderSymbol(symbol, size, pen, QBrush(QColor.fromRgba(colour)), dpr=ratio)
        for colour in colours
    ]
    width, height = each[0].width(), each[0].height()
    row = QImage(width * len(each), height, QImage.Format.Format_ARGB32_Premultiplied)
    row.fill(Qt.GlobalColor.transparent)
    painter = QPainter(row)
    for number, picture in enumerate(each):
        picture.setDevicePixelRatio(1.0)
        painter.drawImage(number * width, 0, picture)
    painter.end()
    return QPixmap.fromImage(row)


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
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    return type(a) is type(b) and not isinstance(a, np.ndarray) and bool(a == b)
