"""A plot of an altered model beside the model as it is: behind it, or as what has changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.plots.running_text import RunningText
from laminoscope_core.plots.shown import (
    Axis,
    Band,
    Bars,
    Curve,
    Entry,
    Floats,
    Frame,
    Image,
    Mark,
    Points,
    Scale,
    Shown,
    Steps,
    limits_said,
)
from laminoscope_core.tables import Table

__all__ = ["FAINT", "behind", "changed", "has_cells", "takes_behind"]

FAINT = 0.4
"""Opacity of what stands behind."""
_UNEQUAL = "it is not there in both"


def behind(after: Any, before: Any) -> Any:
    """Return a plot of the altered model with what the model as it is gives faintly behind it.

    Parameters
    ----------
    after, before : Shown or RunningText
        The same plot of both.

    Returns
    -------
    Shown or RunningText
        Maps and running texts have nothing behind them: ``after`` as it stands.
    """
    if not isinstance(after, Shown) or not isinstance(before, Shown):
        return after
    pairs = {
        name: (frame, before.frames[name])
        for name, frame in after.frames.items()
        if name in before.frames and _has_behind(frame, before.frames[name])
    }
    if not pairs:
        return after
    frames = {name: _with_behind(*pair) for name, pair in pairs.items()}
    return replace(
        after,
        frames={**after.frames, **frames},
        key=(*after.key, _entry(frames.values())),
        rows=lambda: _both(after.table, before.table),
    )


def takes_behind(shown: Any) -> bool:
    """Return whether a plot has room for something behind it: a frame without a map."""
    frames = shown.frames.values() if isinstance(shown, Shown) else ()
    return any(not any(isinstance(m, Image) for m in frame.marks.values()) for frame in frames)


def has_cells(shown: Any) -> bool:
    """Return whether a plot has cells or tokens, of which a difference can be shown."""
    if isinstance(shown, RunningText):
        return True
    frames = shown.frames.values() if isinstance(shown, Shown) else ()
    return any(isinstance(mark, Image) for frame in frames for mark in frame.marks.values())


def changed(after: Any, before: Any) -> Any | None:
    """Return a plot whose cells or tokens show what the altered model gives less the other.

    Parameters
    ----------
    after, before : Shown or RunningText
        The same plot of both.

    Returns
    -------
    Shown, RunningText or None
        None without cells or tokens that stand for the same in both.
    """
    if isinstance(after, RunningText) and isinstance(before, RunningText):
        return _changed_text(after, before)
    if not isinstance(after, Shown) or not isinstance(before, Shown) or after.scale is None:
        return None
    maps: dict[tuple[str, str], Image] = {}
    for name, frame in after.frames.items():
        for called, mark in frame.marks.items():
            other = before.frames[name].marks.get(called) if name in before.frames else None
            if isinstance(mark, Image) and isinstance(other, Image):
                found = _change(mark, other)
                if found is not None:
                    maps[name, called] = found
    if not maps:
        return None
    shared = [image.values for (name, _), image in maps.items() if not after.frames[name].scale]
    return replace(
        after,
        frames={name: _changed_frame(name, frame, maps) for name, frame in after.frames.items()},
        scale=_scale_of_change(after.scale, shared),
        rows=lambda: _both(after.table, before.table, maps),
    )


def _changed_frame(name: str, frame: Frame, maps: Mapping[tuple[str, str], Image]) -> Frame:
    marks = {called: maps.get((name, called), mark) for called, mark in frame.marks.items()}
    if frame.scale is None:
        return replace(frame, marks=marks)
    values = [image.values for (of, _), image in maps.items() if of == name]
    scale = _scale_of_change(frame.scale, values)
    return replace(frame, marks=marks, scale=scale, title=limits_said(scale))


def _has_behind(after: Frame, before: Frame) -> bool:
    marks = (*after.marks.values(), *before.marks.values())
    alike = after.x.label == before.x.label and after.y.label == before.y.label
    drawn = any(isinstance(mark, _BEHIND) and not mark.selection for mark in before.marks.values())
    return alike and drawn and not any(isinstance(mark, Image) for mark in marks)


_BEHIND = (Curve, Points, Steps, Bars, Band)


def _with_behind(after: Frame, before: Frame) -> Frame:
    drawn: dict[str, Mark] = {}
    for name, mark in before.marks.items():
        faint = None if mark.selection else _faint(mark, before, after)
        if faint is not None:
            drawn[f"{name} before"] = faint
    return replace(
        after,
        x=_around(after.x, before.x),
        y=_around(after.y, before.y),
        marks={**drawn, **after.marks},
    )


def _faint(mark: Mark, before: Frame, after: Frame) -> Mark | None:
    """Return a mark as it stands behind others; None for what is not drawn twice."""
    alpha = FAINT * mark.alpha
    if isinstance(mark, Curve):
        return replace(mark, alpha=alpha, dashed=True)
    if isinstance(mark, Points):
        return replace(mark, alpha=alpha, stands_for={}, says=_as_it_was(mark.says))
    if isinstance(mark, Bars):
        return _faint_bars(mark, before.y, after.y)
    if isinstance(mark, Steps):
        return replace(mark, alpha=alpha, filled=False)
    return replace(mark, alpha=alpha) if isinstance(mark, Band) else None


def _faint_bars(bars: Bars, before: Axis, after: Axis) -> Bars:
    """Return bars beside those of the same names; others have no place."""
    at, keeps = bars.at, np.arange(len(bars.at))
    if before.ticks is not None and after.ticks is not None:
        names = dict(before.ticks)
        places = {name: place for place, name in after.ticks}
        found = [(row, places.get(names.get(float(y), ""))) for row, y in enumerate(bars.at)]
        keeps = np.array([row for row, place in found if place is not None], dtype=np.int64)
        at = np.array([place for _, place in found if place is not None], dtype=np.float64)
    says = _as_it_was(bars.says)
    return replace(
        bars,
        at=at,
        lengths=bars.lengths[keeps],
        thickness=min(1.3 * bars.thickness, 0.95),
        colour="muted",
        alpha=FAINT,
        stands_for={},
        says=None if says is None else lambda row: says(int(keeps[row])),
    )


def _as_it_was(says: Callable[[int], str] | None) -> Callable[[int], str] | None:
    if says is None:
        return None
    own = says
    return lambda at: f"as it is\n{own(at)}"


def _around(after: Axis, before: Axis) -> Axis:
    """Return an axis that has room for both, unless it names what stands along it."""
    if after.ticks is not None or after.names:
        return after
    low = min(after.ends[0], before.ends[0])
    high = max(after.ends[1], before.ends[1])
    return (
        replace(after, low=low, high=high)
        if after.low <= after.high
        else replace(after, low=high, high=low)
    )


def _entry(frames: Any) -> Entry:
    """Return what the key says of what stands behind."""
    kinds = {type(mark) for frame in frames for name, mark in frame.marks.items()
             if name.endswith(" before")}  # fmt: skip
    if Curve in kinds or Steps in kinds:
        return Entry("before", "text", "dashed")
    if Bars in kinds:
        return Entry("before", "muted", "band")
    return Entry("before", "muted", "marker", "circle")


def _change(after: Image, before: Image) -> Image | None:
    """Return a map of the difference of two; None if their cells are not of the same things."""
    order = _order(after, before)
    if order is None:
        return None
    rows, columns = order
    was = np.asarray(before.values, dtype=np.float64)[np.ix_(rows, columns)]
    values = np.asarray(after.values, dtype=np.float64) - was
    own, old = after.says, before.says

    def says(row: int, column: int) -> str:
        now = own(row, column) if own is not None else ""
        if not now:
            return ""
        then = old(int(rows[row]), int(columns[column])) if old is not None else ""
        return "\n".join(_compared(now, then, float(values[row, column])))

    return replace(after, values=values, says=says)


def _compared(now: str, then: str, change: float) -> list[str]:
    """Return the lines that say what stands at a cell, what stood there, and the difference."""
    first, *lines = now.split("\n")
    gone = [line for line in then.split("\n") if line and line not in (first, *lines)]
    difference = [] if np.isnan(change) else [f"difference {_signed(change)}"]
    return [first, *lines, *difference, *(["as it is", *gone] if gone else [])]


def _order(after: Image, before: Image) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Return which row and which column of one map has what each of the other's stands for."""
    shape = after.values.shape
    if before.values.shape != shape or (after.stands_for is None) != (before.stands_for is None):
        return None
    if after.stands_for is None or before.stands_for is None:
        return np.arange(shape[0]), np.arange(shape[1])
    both = (after.stands_for, before.stands_for)
    if shape[0] == shape[1]:
        # what is on the diagonal tells rows and columns apart, whatever pairs the others are
        diagonals = [[each(at, at) for at in range(shape[0])] for each in both]
        places = _places(*diagonals)
        if places is not None and len({*_along(diagonals[0])}) == shape[0]:
            return places, places
    rows = _places(*([each(at, 0) for at in range(shape[0])] for each in both))
    columns = _places(*([each(0, at) for at in range(shape[1])] for each in both))
    return None if rows is None or columns is None else (rows, columns)


def _places(
    now: Sequence[Mapping[str, Any]], then: Sequence[Mapping[str, Any]]
) -> NDArray[np.int64] | None:
    """Return where what stands along an axis stood before; None if it is not once there."""
    own, other = _along(now), _along(then)
    if own == other:
        return np.arange(len(now))
    places = {name: at for at, name in enumerate(other)}
    if len(places) < len(other) or any(name not in places for name in own):
        return None
    return np.array([places[name] for name in own], dtype=np.int64)


def _along(cells: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return what each cell of a line stands for, without what all of them do."""
    shared = set.intersection(*({(k, repr(v)) for k, v in cell.items()} for cell in cells))
    return [repr(sorted({(k, repr(v)) for k, v in cell.items()} - shared)) for cell in cells]


def _changed_text(after: RunningText, before: RunningText) -> RunningText | None:
    if after.tokens != before.tokens:
        return None
    values = after.values - before.values
    scale = _scale_of_change(after.scale, [values])

    def says(place: int) -> str:
        now = after.says(place)
        if not now:
            return ""
        return "\n".join(_compared(now, before.says(place), float(values[place])))

    return replace(
        after,
        values=np.where(values == 0, np.nan, values),
        scale=replace(scale, map="ground"),
        ends=(_signed(scale.low), _signed(scale.high)),
        says=says,
        rows=lambda: _text_rows(after, before, values),
    )


def _scale_of_change(scale: Scale, values: Sequence[Floats]) -> Scale:
    known = np.concatenate([[0.0], *(np.abs(each[np.isfinite(each)]) for each in values)])
    most = float(known.max(initial=0.0)) or 1.0
    return Scale("diverging", -most, most, f"{scale.label}, difference")


def _signed(value: float) -> str:
    return f"{value:+.3g}".replace("-", "−")


def _text_rows(after: RunningText, before: RunningText, values: Floats) -> Table:
    """Return the table of a text, whose value is the difference, with both beside it."""
    columns = dict(after.table.columns)
    reasons = np.where(
        np.isnan(values) & (np.asarray(columns["reason"]) == ""), _UNEQUAL, columns["reason"]
    )
    return Table({**columns, "value": values, "before": before.values, "after": after.values,
                  "reason": reasons})  # fmt: skip


def _both(
    after: Table, before: Table, maps: Mapping[tuple[str, str], Image] | None = None
) -> Table:
    """Return the lines of two tables, those of what has changed before them."""
    parts = [_changes(*item) for item in (maps or {}).items()]
    parts += [{"state": np.full(_length(after), "after"), **after.columns}]
    parts += [{"state": np.full(_length(before), "before"), **before.columns}]
    names = dict.fromkeys(name for part in parts for name in part)
    return Table({name: np.concatenate([_column(part, name, parts) for part in parts])
                  for name in names})  # fmt: skip


def _changes(where: tuple[str, str], image: Image) -> dict[str, Any]:
    row, column = (axis.ravel() for axis in np.indices(image.values.shape))
    values = np.asarray(image.values, dtype=np.float64).ravel()
    kept = np.isfinite(values) | (not image.bare)
    row, column, values = row[kept], column[kept], values[kept]
    return {
        "state": np.full(row.size, "change"),
        "plot": np.full(row.size, where[0]),
        "cell_row": row,
        "cell_column": column,
        "change": values,
        "reason": np.where(np.isnan(values), _UNEQUAL, ""),
    }


def _column(part: Mapping[str, Any], name: str, parts: Sequence[Mapping[str, Any]]) -> NDArray[Any]:
    """Return a column of one of several tables, without anything where that lacks it."""
    if name in part:
        return np.asarray(part[name])
    kind = next(np.asarray(each[name]).dtype.kind for each in parts if name in each)
    nothing: Any = "" if kind in "US" else (False if kind == "b" else np.nan)
    if kind in "iu":
        nothing = -1
    return np.full(len(next(iter(part.values()))), nothing)


def _length(table: Table) -> int:
    return len(next(iter(table.columns.values()), ()))
