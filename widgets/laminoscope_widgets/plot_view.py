"""Any plot on the screen: frames with axes, their marks, and what the pointer is at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent

from laminoscope_core.plots.shown import (
    Axis,
    Bars,
    Frame,
    Image,
    Mark,
    Points,
    Rule,
    Scale,
    Shown,
)
from laminoscope_widgets.plot_axes import FrameAxis
from laminoscope_widgets.plot_marks import DRAWN, SYMBOLS, DrawnMark, DrawnRule
from laminoscope_widgets.plots.style import Canvas, set_title, small_font, style_plot
from laminoscope_widgets.scale_bar import ScaleBar
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme

__all__ = ["PlotView", "Target"]

_NEAR = 8.0
"""Pixels from a point within which the pointer is at it."""
_NARROWEST, _LOWEST = 150, 96
"""Pixels of a frame below which small multiples are set in fewer columns, or rows."""


@dataclass(frozen=True)
class Target:
    """What the pointer is at.

    Attributes
    ----------
    text : str
        What it is, in words.
    stands_for : mapping of str to object
        By field of the selection.
    """

    text: str
    stands_for: Mapping[str, Any] = field(default_factory=dict)


class PlotView(Canvas):
    """Paints a `Shown`; what has not changed since the last one is not painted again.

    Signals: ``dragged(field, value)`` while a rule is dragged.
    """

    dragged = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        self._shown: Shown | None = None  # asked for while the canvas is being made
        super().__init__()
        self.theme = theme
        self.frames: dict[str, FrameItem] = {}
        self._columns = 0
        self._bar: ScaleBar | None = None
        self._scale: tuple[Scale | None, str] = (None, "")
        self.setBackground(theme.surface)

    def paint(self, shown: Shown, theme: Theme) -> None:
        """Show a plot in a theme's colours."""
        before, self._shown = self._shown, shown
        if theme is not self.theme:
            self.theme = theme
            self.setBackground(theme.surface)
        if list(shown.frames) != list(self.frames) or before is None:
            self._make_frames(shown)
        last = next(reversed(shown.frames), "")
        for name, frame in shown.frames.items():
            if shown.arranged == "stack" and name != last:
                frame = replace(frame, x=replace(frame.x, label=""))
            self.frames[name].show_frame(frame, shown.scale, theme)
        self._paint_scale(shown.scale)

    def target_at(self, position: QPointF) -> Target | None:
        """Return what is at a position of the scene."""
        for item in self.frames.values():
            if item.vb.sceneBoundingRect().contains(position):
                return item.target_at(position)
        return None

    def highlight(self, name: str, value: Any) -> None:
        """Mark faintly what stands for a value of the selection; None for nothing."""
        for item in self.frames.values():
            item.highlight(name, value, self.theme)

    def reset_zoom(self) -> None:
        """Show all of every frame."""
        for item in self.frames.values():
            item.reset_zoom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shown is not None:
            if self._n_columns(self._shown) != self._columns:
                self._arrange(self._shown)
            self._share_width(self._shown)

    def _frames_moved(self, _: object) -> None:
        if self._bar is not None:
            self._bar.update()

    def _make_frames(self, shown: Shown) -> None:
        self.ci.clear()
        self._bar, self._scale = None, (None, "")
        self.frames = {name: FrameItem(self) for name in shown.frames}
        for item in self.frames.values():
            item.vb.sigResized.connect(self._frames_moved)
        self._columns = 0
        self._arrange(shown)

    def _arrange(self, shown: Shown) -> None:
        columns = self._n_columns(shown)
        if columns == self._columns:
            return
        self._columns = columns
        for item in (*self.frames.values(), self._bar):
            if item in self.ci.items:
                self.ci.removeItem(item)
        for number, item in enumerate(self.frames.values()):
            self.ci.addItem(item, *divmod(number, columns))
        self._share_width(shown)
        if self._bar is not None:
            self._place_bar()

    def _share_width(self, shown: Shown) -> None:
        """Prefer widths by the shares of frames: Qt's stretch factors only lean that way."""
        alone = self._columns == len(shown.frames)
        shares = [frame.share if alone else 1.0 for frame in shown.frames.values()]
        shares = shares[: self._columns]
        for column, share in enumerate(shares):
            self.ci.layout.setColumnPreferredWidth(column, self.width() * share / sum(shares))

    def _n_columns(self, shown: Shown) -> int:
        """Return how many frames stand side by side; all rows about equally full."""
        count = len(shown.frames)
        if shown.arranged == "stack" or count == 0:
            return 1
        columns = max(1, min(count, self.width() // _NARROWEST))
        rows = -(-count // columns)
        rows = max(1, min(rows, self.height() // _LOWEST))
        return -(-count // rows)

    def _paint_scale(self, scale: Scale | None) -> None:
        if (scale, self.theme.name) == self._scale:
            return
        self._scale = (scale, self.theme.name)
        if scale is None or not scale.bar:
            if self._bar is not None:
                self.ci.removeItem(self._bar)
                self._bar = None
            return
        if self._bar is None:
            self._bar = ScaleBar(self._frames_area)
            self._place_bar()
        self._bar.show_scale(scale, self.theme)

    def _place_bar(self) -> None:
        """Set the scale right of all rows of frames."""
        columns = max(self._columns, 1)
        rows = -(-len(self.frames) // columns)
        self.ci.addItem(self._bar, 0, columns, rowspan=rows)

    def _frames_area(self) -> QRectF:
        """Return what all frames cover in the scene, without their axes."""
        area = QRectF()
        for item in self.frames.values():
            area = area.united(item.vb.sceneBoundingRect())
        return area


class FrameItem(pg.PlotItem):
    """One frame: axes, marks, a note inside, and rings around what is pointed at elsewhere."""

    def __init__(self, view: PlotView) -> None:
        axes = {name: FrameAxis(name) for name in ("left", "bottom", "right")}
        super().__init__(axisItems=axes)
        self._view = view
        self._frame: Frame | None = None
        self._theme_name = ""
        self.drawn: dict[str, DrawnMark] = {}
        self._inside = pg.TextItem(anchor=(0, 0))
        self._inside.setFont(small_font())
        self._inside.setParentItem(self.vb)
        self._inside.setPos(6, 1)
        self._rings = pg.ScatterPlotItem(size=11, brush=None)
        self._rings.setZValue(90)
        self.addItem(self._rings, ignoreBounds=True)
        self._lines = pg.InfiniteLine(angle=90), pg.InfiniteLine(angle=0)  # along x, along y
        for line in self._lines:
            line.setZValue(80)
            line.hide()
            self.addItem(line, ignoreBounds=True)
        self.vb.disableAutoRange()
        self.vb.sigResized.connect(lambda _: self._fit_inside())

    def show_frame(self, frame: Frame, scale: Scale | None, theme: Theme) -> None:
        """Show a frame; axes, texts and marks that are as they were are left alone."""
        before, self._frame = self._frame, frame
        if theme.name != self._theme_name:
            self._theme_name = theme.name
            style_plot(self, theme)
            self._inside.setColor(theme.text)
            self._rings.setPen(pg.mkPen(theme.text, width=1.5))
            for line in self._lines:
                line.setPen(pg.mkPen(theme.muted, width=1, style=Qt.PenStyle.DotLine))
        for name, axis, old in (
            ("bottom", frame.x, before and before.x), ("left", frame.y, before and before.y),
        ):  # fmt: skip
            if axis != old:
                self._set_axis(name, axis, old)
        if before is None or frame.title != before.title:
            if frame.title:
                set_title(self, frame.title)
            else:
                self.setTitle(None)
        if before is None or frame.inside != before.inside:
            self._inside.setPlainText(safe_text(frame.inside, limit=None))
            self._fit_inside()
        if before is None or frame.beside != before.beside:
            self.showAxis("right", bool(frame.beside))
            texts = [(at, safe_text(text, limit=48)) for at, text, _ in frame.beside]
            self.getAxis("right").setTicks([texts])
        if before is None or frame.grid != before.grid:
            self.showGrid(x=False, y=frame.grid, alpha=0.18)
        for name in [name for name in self.drawn if name not in frame.marks]:
            self.drawn.pop(name).remove()
        for depth, (name, mark) in enumerate(frame.marks.items()):
            drawn = self.drawn.get(name)
            if drawn is None or type(drawn) is not DRAWN[type(mark)]:
                if drawn is not None:
                    drawn.remove()
                drawn = self.drawn[name] = DRAWN[type(mark)](self)
                if isinstance(drawn, DrawnRule):
                    drawn.line.sigDragged.connect(lambda _, rule=drawn: self._dragged(rule))
            drawn.show(_placed(mark, frame), depth, theme, scale, frame.y.ends)

    def target_at(self, position: QPointF) -> Target | None:
        """Return the nearest point, the cell, or the place along the x axis at a scene position."""
        assert self._frame is not None
        here = self.vb.mapSceneToView(position)
        nearest, best = None, _NEAR
        width, height = self.vb.viewPixelSize()
        for mark in (drawn.mark for drawn in self.drawn.values()):
            if isinstance(mark, Bars):
                beside = np.abs(mark.at - here.y()) <= mark.thickness / 2
                if beside.any():
                    return _target(mark, int(beside.argmax()))
            elif isinstance(mark, Points) and (mark.says or mark.stands_for) and len(mark.x):
                with np.errstate(invalid="ignore"):
                    away = np.hypot((mark.x - here.x()) / width, (mark.y - here.y()) / height)
                away[np.isnan(away)] = np.inf
                index = int(away.argmin())
                if away[index] <= best:
                    nearest, best = _target(mark, index), float(away[index])
            elif isinstance(mark, Image):
                cell = _cell(mark, here)
                if cell is not None:
                    return cell
        return nearest or self._along(here.x())

    def highlight(self, name: str, value: Any, theme: Theme) -> None:
        """Ring points, or draw an upright line, where something stands for a value."""
        if self._frame is None:
            return
        along = False
        for axis, line in zip((self._frame.x, self._frame.y), self._lines, strict=True):
            line.setVisible(axis.selects == name and value is not None)
            if line.isVisible():
                along = True
                line.setValue(axis.place_of(value))
        x, y, symbols = [], [], []
        drawn = () if value is None or along else self.drawn.values()
        for mark in (each.mark for each in drawn):
            if isinstance(mark, Points) and name in mark.stands_for:
                for index in _standing_for(mark.stands_for[name], value):
                    x.append(mark.x[index])
                    y.append(mark.y[index])
                    symbols.append(SYMBOLS[mark.marker])
        self._rings.setData(x=x, y=y, symbol=symbols or "o")

    def reset_zoom(self) -> None:
        """Show all of the frame."""
        assert self._frame is not None
        self.vb.setRange(xRange=_ends(self._frame.x), yRange=_ends(self._frame.y), padding=0)

    def _set_axis(self, name: str, axis: Axis, before: Axis | None) -> None:
        item = self.getAxis(name)
        if before is None or axis.label != before.label:
            self.setLabel(name, safe_text(axis.label, limit=None, rich=True) or None)
        if before is None or axis.ticks != before.ticks:
            item.setTicks(None if axis.ticks is None else [_texts_at(axis)])
            self.showAxis(name, axis.ticks != () or bool(axis.label))
        if before is None or axis.names != before.names:
            item.set_names(axis.names)
        item.whole = axis.whole
        item.setLogMode(x=axis.log, y=axis.log)
        if name == "left":
            self.invertY(axis.low > axis.high)
        if before is None or (axis.low, axis.high) != (before.low, before.high):
            self.vb.setRange(padding=0, **{"xRange" if name == "bottom" else "yRange": _ends(axis)})

    def _fit_inside(self) -> None:
        """Break the note inside into lines as wide as the frame."""
        self._inside.setTextWidth(max(40.0, self.vb.width() - 12))

    def _along(self, x: float) -> Target | None:
        assert self._frame is not None
        axis, says = self._frame.x, self._frame.says
        place = round(x)
        if not axis.selects or not axis.low <= place <= axis.high:
            return None
        value = axis.value_at(place)
        text = says(value) if says else f"{axis.label} {value}"
        return Target(text, {axis.selects: value}) if text else None

    def _dragged(self, drawn: DrawnRule) -> None:
        rule: Rule = drawn.mark
        assert self._frame is not None
        low, high = (self._frame.y if rule.across == "y" else self._frame.x).ends
        value = int(np.clip(round(drawn.line.value()), np.ceil(low), np.floor(high)))
        if value != rule.at:
            self._view.dragged.emit(rule.drags, value)


def _ends(axis: Axis) -> tuple[float, float]:
    """Return the limits of an axis as the view box has them."""
    low, high = axis.ends
    return (float(np.log10(low)), float(np.log10(high))) if axis.log else (low, high)


def _texts_at(axis: Axis) -> list[tuple[float, str]]:
    return [(at, safe_text(text, spaces=axis.mono, limit=24)) for at, text in axis.ticks or ()]


def _placed(mark: Mark, frame: Frame) -> Mark:
    """Return a mark with its coordinates as the view box has them: logarithms on such axes."""
    changes: dict[str, Any] = {}
    for axis, names in ((frame.x, ("x", "lengths", "edges")), (frame.y, ("y", "low", "high"))):
        if axis.log:
            found = {name: vars(mark)[name] for name in names if name in vars(mark)}
            changes |= {name: _log10(np.asarray(values)) for name, values in found.items()}
    return replace(mark, **changes) if changes else mark


def _log10(values: Any) -> Any:
    return np.log10(np.where(values > 0, values, np.nan))


def _target(mark: Points | Bars, index: int) -> Target:
    found = {name: _plain(values[index]) for name, values in mark.stands_for.items()}
    return Target(mark.says(index) if mark.says else "", found)


def _plain(value: Any) -> Any:
    """Return a NumPy value as Python's own, a row of them as a tuple."""
    if isinstance(value, np.ndarray):
        return tuple(value.tolist())
    return value.item() if isinstance(value, np.generic) else value


def _cell(mark: Image, here: QPointF) -> Target | None:
    (x0, x1), (y0, y1) = mark.x, mark.y
    n_rows, n_columns = np.shape(mark.values)[:2]
    column = int(np.floor((here.x() - x0) / (x1 - x0) * n_columns))
    row = int(np.floor((here.y() - y0) / (y1 - y0) * n_rows))
    if not (0 <= row < n_rows and 0 <= column < n_columns):
        return None
    text = mark.says(row, column) if mark.says else ""
    found = mark.stands_for(row, column) if mark.stands_for else {}
    return Target(text, found) if text or found else None


def _standing_for(values: Any, value: Any) -> Iterator[int]:
    found = np.asarray(values) == np.asarray(value)
    yield from np.flatnonzero(found.all(axis=1) if found.ndim == 2 else found).tolist()
