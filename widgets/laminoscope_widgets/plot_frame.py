"""One frame of a plot on the screen: axes, marks, and what the pointer is at."""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from laminoscope_core.plots.shown import (
    Axis,
    Bars,
    Frame,
    Image,
    Mark,
    Points,
    Rule,
    Scale,
    Steps,
)
from laminoscope_widgets.bare_plot import BarePlot
from laminoscope_widgets.marks.kinds import drawn_as
from laminoscope_widgets.marks.lines import DrawnRule, GroupLines
from laminoscope_widgets.marks.mark import DrawnMark
from laminoscope_widgets.plot_axes import FrameAxis
from laminoscope_widgets.plot_highlight import Highlight
from laminoscope_widgets.plot_layers import Layers
from laminoscope_widgets.plots.style import small_font, style_plot
from laminoscope_widgets.proportion import in_proportion
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.translation import shown_text
from laminoscope_widgets.word_axis import WordAxis

__all__ = ["FrameItem", "Target", "cell_target", "point_target"]

_NEAR = 8.0
"""Pixels from a point within which the pointer is at it."""
_TITLE, _LINE, _MOST_LINES = 12, 16, 2
"""Pixels of a title's letters and of a line, and how many of these there may be."""


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


class FrameItem(BarePlot):
    """One frame: axes, marks, a note inside, and rings around what is pointed at elsewhere."""

    def __init__(self, frame: Frame, dragged: Callable[[str, Any], None]) -> None:
        kinds = {"left": frame.y, "bottom": frame.x, "top": frame.x}
        axes = {side: (WordAxis if a.groups else FrameAxis)(side) for side, a in kinds.items()}
        super().__init__({**axes, "right": FrameAxis("right")})
        self.show_axis("top", shown=False)
        self._tell_dragged = dragged
        self.square = frame.aspect if frame.square else 0.0
        self._frame: Frame | None = None
        self._theme_name = ""
        self.drawn: dict[str, DrawnMark] = {}
        self._inside = pg.TextItem(anchor=(0, 0))
        self._inside.setFont(small_font())
        self._inside.setParentItem(self.vb)
        self._inside.setPos(6, 1)
        self._layers = Layers(self.vb)
        self._group_lines = GroupLines(self)
        self._grouped = False
        self.highlighted: Highlight | None = None
        self._title: tuple[str, ...] = ()
        self.vb.sigResized.connect(lambda _: self._fit_inside())

    def show_frame(self, frame: Frame, scale: Scale | None, theme: Theme) -> None:
        """Show a frame; axes, texts and marks that are as they were are left alone."""
        before, self._frame = self._frame, frame
        if theme.name != self._theme_name:
            self._theme_name = theme.name
            style_plot(self, theme)
            self._inside.setColor(theme.text)
        for name, axis, old in (
            ("bottom", frame.x, before.x if before else None),
            ("left", frame.y, before.y if before else None),
        ):  # fmt: skip
            if axis != old:
                self._set_axis(name, axis, old)
        for name, axis in (("left", frame.y), ("top", frame.x)):
            if axis.group_colours:
                colours = tuple(theme.colour(meaning) for meaning in axis.group_colours)
                self.axis(name).set_colours(colours)
        if before is None or frame.inside != before.inside:
            self._inside.setPlainText(safe_text(shown_text(frame.inside), limit=None))
            self._fit_inside()
        if before is None or frame.beside != before.beside:
            self.show_axis("right", shown=bool(frame.beside))
            texts = [(at, safe_text(shown_text(text), limit=48)) for at, text, _ in frame.beside]
            self.axis("right").setTicks([texts])
        if before is None or frame.grid != before.grid:
            self.show_grid(shown=frame.grid)
        self._show_marks(frame, before, scale, theme)

    def _show_marks(
        self, frame: Frame, before: Frame | None, scale: Scale | None, theme: Theme
    ) -> None:
        changed: set[DrawnMark] = set()
        for name in [name for name in self.drawn if name not in frame.marks]:
            self.drawn.pop(name).remove()
        for depth, (name, mark) in enumerate(frame.marks.items()):
            drawn = self.drawn.get(name)
            if drawn is None or type(drawn) is not drawn_as(mark):
                if drawn is not None:
                    drawn.remove()
                drawn = self.drawn[name] = drawn_as(mark)(self)
                if isinstance(drawn, DrawnRule):
                    drawn.line.sigDragged.connect(lambda _, rule=drawn: self._dragged(rule))
            if (
                before is not None
                and before.marks.get(name) is mark
                and ((before.x, before.y) == (frame.x, frame.y))
            ):
                mark = drawn.mark  # placed already
            else:
                mark = _placed(mark, frame)
            if drawn.show(mark, depth, theme, scale, frame.y.ends):
                changed.add(drawn)
        marks = [self.drawn[name] for name in frame.marks]
        if before is None or (frame.x.groups, frame.y.groups) != (before.x.groups, before.y.groups):
            self._grouped = self._group_lines.set_places(frame)
            changed.add(self._group_lines)
        if self._grouped:
            marks.insert(1, self._group_lines)  # between a map and what lies on it
        self._layers.show(marks, changed)

    def target_at(self, position: QPointF) -> Target | None:
        """Return the nearest point, the cell, or the place along the x axis at a scene position."""
        assert self._frame is not None
        here = self.vb.mapSceneToView(position)
        nearest, best = None, _NEAR
        width, height = self.vb.viewPixelSize()
        for mark in (drawn.mark for drawn in self.drawn.values()):
            if isinstance(mark, Bars):
                along = here.x() if mark.upright else here.y()
                beside = np.abs(mark.at - along) <= mark.thickness / 2
                if beside.any() and (mark.says or mark.stands_for):
                    return point_target(mark, int(beside.argmax()))
            elif isinstance(mark, Points) and (mark.says or mark.stands_for) and len(mark.x):
                with np.errstate(invalid="ignore"):
                    away = np.hypot((mark.x - here.x()) / width, (mark.y - here.y()) / height)
                away[np.isnan(away)] = np.inf
                index = int(away.argmin())
                if away[index] <= best:
                    nearest, best = point_target(mark, index), float(away[index])
            elif isinstance(mark, Image):
                cell = cell_target(mark, here)
                if cell is not None:
                    return cell
        return nearest or self.along(here.x())

    def highlight(self, name: str, value: Any, theme: Theme) -> None:
        """Ring points, or draw an upright line, where something stands for a value."""
        if self._frame is None or (value is None and self.highlighted is None):
            return
        if self.highlighted is None:
            self.highlighted = Highlight(self)
        marks = [drawn.mark for drawn in self.drawn.values()]
        self.highlighted.show(name, value, self._frame, marks, theme)

    def reset_zoom(self) -> None:
        """Show all of the frame."""
        assert self._frame is not None
        self.vb.setRange(xRange=_ends(self._frame.x), yRange=_ends(self._frame.y), padding=0)

    def wrapped_title(self) -> tuple[str, ...]:
        """Return the lines of the title in the width that there is."""
        if self._frame is None or not self._frame.title:
            return ()
        title = safe_text(shown_text(self._frame.title), limit=None)
        return _broken(title, max(40.0, self.vb.width()), in_proportion(_TITLE))

    def show_title(self, lines: tuple[str, ...], n_lines: int) -> None:
        """Write the title in the room of some lines, so that frames of a row are level."""
        lines += ("",) * (n_lines - len(lines))
        if lines == self._title:
            return
        self._title = lines
        self.title_label.setVisible(bool(lines))
        self.title_label.setText("<br>".join(html.escape(line) or "&nbsp;" for line in lines))
        height = n_lines * in_proportion(_LINE)
        self.title_label.setMinimumHeight(height)
        self.title_label.setMaximumHeight(height)
        self.grid.setRowFixedHeight(0, height)

    def around(self) -> tuple[float, float]:
        """Return the pixels beside and over what the axes enclose: axes, title, margins."""
        axes = {name: self.axis(name) for name in ("left", "right", "top", "bottom")}
        taken = {name: axis.isVisible() for name, axis in axes.items()}
        wide = sum(axes[name].minimumWidth() for name in ("left", "right") if taken[name])
        tall = sum(axes[name].minimumHeight() for name in ("top", "bottom") if taken[name])
        return wide + 2, tall + len(self._title) * in_proportion(_LINE) + 2

    def keep_inside(self) -> None:
        """Let a frame that keeps its aspect be zoomed alike both ways, and show nothing beyond."""
        assert self._frame is not None
        if not self.square:
            return
        whole = self._frame.x.ends, self._frame.y.ends
        now = self.vb.viewRange()
        spans = [
            (high - low) / (last - first)
            for (low, high), (first, last) in zip(now, whole, strict=True)
        ]
        share = min(float(np.sqrt(spans[0] * spans[1])), 1.0)
        ranges = []
        for (low, high), (first, last) in zip(now, whole, strict=True):
            half = share * (last - first) / 2
            middle = min(max((low + high) / 2, first + half), last - half)
            ranges.append((middle - half, middle + half))
        self.vb.setRange(xRange=ranges[0], yRange=ranges[1], padding=0)

    def zoom_with(self, other: "FrameItem") -> None:
        """Take the range of another frame along axes that are zoomed together."""
        assert self._frame is not None
        assert other._frame is not None
        pairs = ((self._frame.x, other._frame.x), (self._frame.y, other._frame.y))
        for name, seen, (mine, theirs) in zip(
            ("xRange", "yRange"), other.vb.viewRange(), pairs, strict=True
        ):
            if mine.zooms_with and mine.zooms_with == theirs.zooms_with:
                self.vb.setRange(padding=0, **{name: seen})

    def _set_axis(self, name: str, axis: Axis, before: Axis | None) -> None:
        item = self.axis(name)
        if isinstance(item, FrameAxis):
            item.set_text(safe_text(shown_text(axis.label), limit=None))
        elif before is None or axis.label != before.label:
            item.setLabel(safe_text(shown_text(axis.label), limit=None, rich=True) or None)
            self.show_axis(name, shown=True)
        if before is None or axis.ticks != before.ticks:
            item.setTicks(None if axis.ticks is None else [_texts_at(axis)])
            self.show_axis(name, shown=axis.ticks != () or bool(axis.label))
        if before is None or (axis.names, axis.groups) != (before.names, before.groups):
            if axis.groups:
                item.set_names(axis.names, axis.groups, parted=axis.parted)
            else:
                item.set_names(axis.names)
            if name == "bottom" and axis.groups:
                self.axis("top").set_names((), axis.groups, parted=axis.parted)
                self.show_axis("top", shown=axis.ticks != ())
        if before is None or (axis.whole, axis.log) != (before.whole, before.log):
            item.whole = axis.whole
            item.setLogMode(x=axis.log, y=axis.log)
        if name == "left":
            self.vb.invertY(axis.low > axis.high)
        if before is None or (axis.low, axis.high) != (before.low, before.high):
            self.vb.setRange(padding=0, **{"xRange" if name == "bottom" else "yRange": _ends(axis)})

    def _fit_inside(self) -> None:
        """Break the note inside into lines as wide as the frame."""
        self._inside.setTextWidth(max(40.0, self.vb.width() - 12))

    def along(self, x: float) -> Target | None:
        """Return what stands at a place along the x axis, if pointing there selects something."""
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
            self._tell_dragged(rule.drags, value)


def _ends(axis: Axis) -> tuple[float, float]:
    """Return the limits of an axis as the view box has them."""
    low, high = axis.ends
    return (float(np.log10(low)), float(np.log10(high))) if axis.log else (low, high)


def _texts_at(axis: Axis) -> list[tuple[float, str]]:
    return [
        (
            float(np.log10(at)) if axis.log else at,
            # of tokens if they are monospaced, which are in no language
            safe_text(text if axis.mono else shown_text(text), spaces=axis.mono, limit=24),
        )
        for at, text in axis.ticks or ()
    ]


def _placed(mark: Mark, frame: Frame) -> Mark:
    """Return a mark with its coordinates as the view box has them: logarithms on such axes."""
    changes: dict[str, Any] = {}
    for axis, names in ((frame.x, ("x", "lengths", "edges")), (frame.y, ("y", "low", "high"))):
        if axis.log:
            found = {name: vars(mark)[name] for name in names if name in vars(mark)}
            changes |= {name: _log10(np.asarray(values)) for name, values in found.items()}
    if frame.y.log and isinstance(mark, Steps):  # what is empty stands on the axis
        changes["heights"] = np.log10(np.maximum(mark.heights, frame.y.ends[0]))
    return replace(mark, **changes) if changes else mark


def _log10(values: Any) -> Any:
    return np.log10(np.where(values > 0, values, np.nan))


def point_target(mark: Points | Bars, index: int) -> Target:
    """Return what the point, or bar, of an index is."""
    found = {name: _plain(values[index]) for name, values in mark.stands_for.items()}
    return Target(mark.says(index) if mark.says else "", found)


def _plain(value: Any) -> Any:
    """Return a NumPy value as Python's own, a row of them as a tuple."""
    if isinstance(value, np.ndarray):
        return tuple(value.tolist())
    return value.item() if isinstance(value, np.generic) else value


def cell_target(mark: Image, here: QPointF) -> Target | None:
    """Return the cell of a map at a place of its frame; None if there is nothing to say of it."""
    (x0, x1), (y0, y1) = mark.x, mark.y
    n_rows, n_columns = np.shape(mark.values)[:2]
    column = int(np.floor((here.x() - x0) / (x1 - x0) * n_columns))
    row = int(np.floor((here.y() - y0) / (y1 - y0) * n_rows))
    if not (0 <= row < n_rows and 0 <= column < n_columns):
        return None
    text = mark.says(row, column) if mark.says else ""
    found = mark.stands_for(row, column) if mark.stands_for else {}
    return Target(text, found) if text or found else None


@lru_cache(maxsize=256)
def _broken(title: str, room: float, size: int) -> tuple[str, ...]:
    """Return the lines of a title in so many pixels, of a font of that size.

    They are two, or three if it would be cut else.
    """
    font = QFont(QApplication.font())
    font.setPixelSize(size)
    metrics = QFontMetricsF(font)
    lines: list[str] = []
    for most in (_MOST_LINES, _MOST_LINES + 1):
        lines = []
        for word in re.split("(?<!=) (?!=)", title):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and (metrics.horizontalAdvance(longer) <= room or len(lines) == most):
                lines[-1] = longer
            else:
                lines.append(word)
        if all(metrics.horizontalAdvance(line) <= room for line in lines):
            break
    return tuple(metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines)
