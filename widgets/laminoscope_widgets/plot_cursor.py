"""Moving inside a plot by the keyboard: from point to point, from cell to cell, along an axis."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

from laminoscope_core.plots.shown import Bars, Image, Points
from laminoscope_widgets.plot_frame import FrameItem, Target, cell_target, point_target
from laminoscope_widgets.plot_view import PlotView

__all__ = ["PlotCursor"]

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}

Place = tuple[float, float, Target]
"""Where something stands in its frame, and what it is."""


class PlotCursor(QObject):
    """Goes with the arrows through what a plot has, once the plot got the keyboard by a key.

    A plot that was clicked leaves the arrows to the window, which moves through the layers.  Page
    keys go from frame to frame, Return selects, Escape and leaving end it.

    Parameters
    ----------
    canvas : PlotView
        The plot.
    pointed : callable
        Called with a target, or None, and where it is on the canvas.
    selected : callable
        Called with a target and the keys held down.
    """

    def __init__(
        self,
        canvas: PlotView,
        pointed: Callable[[Target | None, QPointF], object],
        selected: Callable[[Target, Qt.KeyboardModifier], object],
    ) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._pointed = pointed
        self._selected = selected
        self._follows_arrows = False
        self._frame = 0
        self._here: Place | None = None
        canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
            self._follows_arrows = event.gotFocus() and not by_mouse
            if not event.gotFocus():
                self._leave()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._follows_arrows and self._press(Qt.Key(event.key()), event.modifiers())
        return super().eventFilter(watched, event)

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        frames = list(self._canvas.frames.values())
        if not frames:
            return False
        self._frame = min(self._frame, len(frames) - 1)
        if key in _STEPS and not modifiers & Qt.KeyboardModifier.ControlModifier:
            self._go(_next(frames[self._frame], self._here, _STEPS[key]))
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            step = 1 if key == Qt.Key.Key_PageDown else -1
            self._frame = (self._frame + step) % len(frames)
            self._here = None
            self._go(_next(frames[self._frame], None, (1, 0)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._here:
            self._selected(self._here[2], modifiers)
        elif key == Qt.Key.Key_Escape and self._here:
            self._leave()
        else:
            return False
        return True

    def _go(self, place: Place | None) -> None:
        if place is None:
            return
        self._here = place
        frame = list(self._canvas.frames.values())[self._frame]
        scene = frame.vb.mapViewToScene(QPointF(place[0], place[1]))
        self._pointed(place[2], QPointF(self._canvas.mapFromScene(scene)))

    def _leave(self) -> None:
        if self._here is not None:
            self._here = None
            self._pointed(None, QPointF())


def _next(frame: FrameItem, here: Place | None, step: tuple[int, int]) -> Place | None:
    """Return the next thing of a frame in a direction; the first if nothing was pointed at."""
    marks = [drawn.mark for drawn in frame.drawn.values()]
    for mark in marks:
        if isinstance(mark, Image) and (mark.says or mark.stands_for):
            return _next_cell(frame, mark, here, step)
    telling = [m for m in marks if isinstance(m, Points | Bars) and (m.says or m.stands_for)]
    if any(len(_places(mark)) for mark in telling):
        return _next_point(frame, telling, here, step)
    return _next_along(frame, here, step)


def _next_cell(frame: FrameItem, mark: Image, here: Place | None, step: tuple[int, int]) -> Place:
    (x0, x1), (y0, y1) = mark.x, mark.y
    n_rows, n_columns = np.shape(mark.values)[:2]
    wide, tall = (x1 - x0) / n_columns, (y1 - y0) / n_rows
    column = row = 0
    if here is not None:
        up = -1 if frame.vb.yInverted() else 1
        column = int(np.clip(np.floor((here[0] - x0) / wide) + step[0], 0, n_columns - 1))
        row = int(np.clip(np.floor((here[1] - y0) / tall) + step[1] * up, 0, n_rows - 1))
    x, y = x0 + (column + 0.5) * wide, y0 + (row + 0.5) * tall
    return x, y, cell_target(mark, QPointF(x, y)) or Target("")


def _next_point(
    frame: FrameItem, marks: list[Any], here: Place | None, step: tuple[int, int]
) -> Place | None:
    """Return the next point in a direction: in the order of x, or of y, so that all are reached.

    Series over one axis are different: sideways stays in the series, up and down goes to others.
    """
    places = [_places(mark) for mark in marks]
    x, y = np.concatenate(places).T
    whose = np.repeat(np.arange(len(marks)), [len(each) for each in places])
    index = np.concatenate([np.arange(len(each)) for each in places])
    known = np.isfinite(x) & np.isfinite(y)
    order = np.flatnonzero(known)
    order = order[np.lexsort((x[order], y[order]) if step[1] else (y[order], x[order]))]
    if here is not None:
        now = np.flatnonzero((x == here[0]) & (y == here[1]) & known)
        if len(now) and all(_is_series(each) for each in places):
            same = x[order] == here[0] if step[1] else whose[order] == whose[now[0]]
            order = order[same]
        forward = sum(step) * (-1 if frame.vb.yInverted() and step[1] else 1)
        at_it = np.flatnonzero(np.isin(order, now))
        if not len(at_it):
            return None
        at = int(at_it[-1] + 1 if forward > 0 else at_it[0] - 1)  # past all at the same place
        if not 0 <= at < len(order):
            return None
    elif len(order):
        at = 0
    else:
        return None
    found = order[at]
    target = point_target(marks[whose[found]], int(index[found]))
    return float(x[found]), float(y[found]), target


def _is_series(places: NDArray[np.float64]) -> bool:
    return len(places) > 1 and bool((np.diff(places[:, 0]) > 0).all())


def _places(mark: Points | Bars) -> NDArray[np.float64]:
    """Return where the points of a mark are, (n, 2); the ends of bars."""
    if isinstance(mark, Bars):
        x, y = (mark.at, mark.lengths) if mark.upright else (mark.lengths, mark.at)
    else:
        x, y = mark.x, mark.y
    return np.stack([np.asarray(x, np.float64), np.asarray(y, np.float64)], axis=1)


def _next_along(frame: FrameItem, here: Place | None, step: tuple[int, int]) -> Place | None:
    low, high = frame.vb.viewRange()[0]
    at = np.ceil(low) if here is None else np.clip(here[0] + step[0], np.ceil(low), np.floor(high))
    target = frame.along(float(at))
    bottom, top = frame.vb.viewRange()[1]
    return None if target is None else (float(at), (bottom + top) / 2, target)
