"""Where everything of a plot stands in a figure, in inches, measured before anything is drawn.

The labels are measured and the rest is arithmetic: a plot knows its height and its ticks, nothing
touches, and the same figure comes out each time.  (matplotlib's own layout solves inequalities
instead, and its solver ends the whole process where there are no solutions.)
"""

from collections.abc import Sequence
from dataclasses import dataclass

from laminoscope_core.figures.names import group_ticks, name_ticks
from laminoscope_core.figures.parts import (
    Ticks,
    decade_ticks,
    line_height,
    ticks_between,
    wrapped,
)
from laminoscope_core.figures.style import MM, Style
from laminoscope_core.figures.text import FAMILY, MONO_FAMILY, figure_text, text_width
from laminoscope_core.plots.shown import Axis, Entry, Frame, Scale, Shown

__all__ = [
    "Box",
    "Layout",
    "Place",
    "entries_of",
    "key_columns",
    "lay_out",
    "scale_ticks",
    "sign_width",
    "ticks",
]

_LEAST_INSIDE = 0.73
"""Of the room that a frame needs with its labels: what it needs without."""

_LEAST_SCALE = 36.0
"""Millimetres that a colour scale is high, at a font size of 7 points, where there is room."""

_MOST_LINES = 4  # of a title
_ROUNDS = 3  # ticks take room according to the height, which follows from what they leave


@dataclass(frozen=True)
class Box:
    """A rectangle: inches from the upper left corner of the place."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Place:
    """Where one frame is, with the lines of its title above it."""

    frame: Box
    title: tuple[str, ...]
    title_corner: tuple[float, float]
    has_x_label: bool


@dataclass(frozen=True)
class Layout:
    """Where all of a plot is.

    Attributes
    ----------
    header : tuple of str
        Lines at the top.
    frames : tuple of Place
        In the order of the frames.
    scale : Box or None
        Of the colour scale itself.
    key : Box
        Of no height without entries.
    height : float
        Inches of it all.
    """

    header: tuple[str, ...]
    frames: tuple[Place, ...]
    scale: Box | None
    key: Box
    height: float


def lay_out(shown: Shown, width: float, style: Style) -> Layout:
    """Return where everything stands in a place of some inches of width."""
    unit, line = style.font_size / 72, line_height(style.font_size)
    header = tuple(_lines(shown.title, width, style))
    top = len(header) * line + (0.9 * unit if header else 0.0)
    entries = entries_of(shown, style)
    bar = shown.scale if shown.scale and shown.scale.bar else None
    beside = _scale_width(bar, style) + unit if bar else 0.0
    frames = list(shown.frames.values())
    scaled = MM * style.font_size / 7
    right = max(_room_right(frame, style) for frame in frames) + 1.2 * unit
    for n_columns in _column_counts(shown, width - beside, style):
        rows = _rows(frames, n_columns)
        heights = [1.0] * len(frames)
        for _ in range(_ROUNDS):
            lefts = _lefts(frames, heights, rows, n_columns, style)
            cells = _cells(frames, rows, lefts, width - beside)
            inner = [min(room - right, shown.widest * scaled) for _, room in cells]
            heights = [_height(f, w, style) for f, w in zip(frames, inner, strict=True)]
        if min(inner) >= _LEAST_INSIDE * shown.narrowest * scaled:
            break
    places: list[Place] = []
    at, cell_top = top, top
    for row in rows:
        titles = [
            _lines(frames[i].title, lefts[c] + inner[i], style)[:_MOST_LINES]
            for c, i in enumerate(row)
        ]
        above = max(map(len, titles)) * line + (0.4 * unit if any(titles) else 0.0)
        above += max(_room_above(frames[i].x, inner[i], style) for i in row)
        tall = max(heights[i] for i in row)
        labelled = shown.arranged != "stack" or row[-1] == len(frames) - 1
        for column, i in enumerate(row):
            box = Box(cells[i][0], at + above, inner[i], heights[i])
            corner = cells[i][0] - lefts[column], at
            places.append(Place(box, tuple(titles[column]), corner, labelled))
        cell_top = at + above
        below = max(_room_below(frames[i].x, inner[i], style, labelled=labelled) for i in row)
        at += above + tall + below + (0.3 if shown.arranged == "stack" else 0.8) * unit
    scale = None
    if bar:
        first, last = places[rows[0][-1]].frame, places[-1].frame
        least = min(_LEAST_SCALE * scaled, last.top + last.height - first.top)
        tall = max(0.7 * first.height, least)
        middle = first.top + max(first.height, tall) / 2
        scale = Box(first.left + first.width + unit, middle - tall / 2, unit, tall)
    free = None
    if len(rows[-1]) < n_columns:
        after = places[len(rows[-1])].frame if len(rows) > 1 else places[-1].frame
        step = 0.0 if len(rows) > 1 else (width - beside) / n_columns
        free = after.left + step, cell_top
    key, at = _place_key(entries, places, free, beside + right - 1.2 * unit, at, width, style)
    return Layout(header, tuple(places), scale, key, at)


def entries_of(shown: Shown, style: Style) -> list[Entry]:
    """Return the key without what the style leaves out."""
    return [entry for entry in shown.key if style.marks or not entry.selection]


def ticks(axis: Axis, room: float, style: Style, *, across: bool) -> Ticks:
    """Return the ticks of an axis along some inches."""
    if axis.ticks == ():
        return Ticks((), (), 0.0)
    if axis.groups or axis.names:
        named = name_ticks(axis, room, style, across=across)
        if named.values or axis.groups:
            return named
    if axis.ticks is None and axis.log:
        return decade_ticks(*axis.ends, room, style, across=across)
    if axis.ticks is None:
        return ticks_between(*axis.ends, room, style, across=across, whole=axis.whole)
    size = style.font_size - 1
    family = MONO_FAMILY if axis.mono else FAMILY
    texts = tuple(
        figure_text(text, 24, spaces=axis.mono, family=family) for _, text in axis.ticks or ()
    )
    widest = max((text_width(text, size, family) for text in texts), default=0.0)
    return Ticks(tuple(value for value, _ in axis.ticks or ()), texts, widest)


def sign_width(style: Style) -> float:
    """Return the inches that the sign of a key's entry takes."""
    return 2.2 * style.font_size / 72


def key_columns(entries: Sequence[Entry], width: float, style: Style) -> tuple[int, float]:
    """Return how many entries stand beside one another in some inches, and the width of each."""
    widest = max(text_width(figure_text(entry.text, 80), style.font_size - 1) for entry in entries)
    each = sign_width(style) + widest + style.font_size / 72
    return max(1, min(len(entries), int((width + 1e-6) / each))), min(each, width)


def _rows(frames: Sequence[Frame], n_columns: int) -> list[list[int]]:
    """Return the numbers of the frames in each row."""
    rows: list[list[int]] = []
    for number, frame in enumerate(frames):
        if not rows or len(rows[-1]) == n_columns or frame.starts_row:
            rows.append([])
        rows[-1].append(number)
    return rows


def _lefts(
    frames: Sequence[Frame],
    heights: Sequence[float],
    rows: Sequence[Sequence[int]],
    n_columns: int,
    style: Style,
) -> list[float]:
    """Return the room for labels left of each column."""
    needed = [_room_left(f.y, h, style) for f, h in zip(frames, heights, strict=True)]
    lefts = [
        max((needed[row[column]] for row in rows if column < len(row)), default=max(needed))
        for column in range(n_columns)
    ]
    return lefts


def _cells(
    frames: Sequence[Frame], rows: Sequence[Sequence[int]], lefts: Sequence[float], width: float
) -> list[tuple[float, float]]:
    """Return the left edge of each frame and its width with what stands right of it."""
    n_columns = len(lefts)
    shares = [frames[i].share for i in rows[0]] if len(rows) == 1 else []
    shares += [1.0] * (n_columns - len(shares))  # columns without a frame may hold the key
    rooms = [(width - sum(lefts)) * share / sum(shares) for share in shares]
    edges = [sum(lefts[: c + 1]) + sum(rooms[:c]) for c in range(n_columns)]
    return [(edges[c], rooms[c]) for row in rows for c, _ in enumerate(row)]


def _column_counts(shown: Shown, width: float, style: Style) -> list[int]:
    """Return how many frames may stand beside one another, the most first.

    All rows are about equally full.
    """
    if shown.arranged == "stack":
        return [1]
    longest = max(map(len, _rows(list(shown.frames.values()), len(shown.frames))))
    n_cells = longest + (shown.arranged == "flow" and bool(shown.key))
    most = max(1, min(n_cells, int(width / (shown.narrowest * MM * style.font_size / 7))))
    rows = (-(-n_cells // columns) for columns in range(most, 0, -1))
    return list(dict.fromkeys(-(-n_cells // n_rows) for n_rows in rows))


def _height(frame: Frame, width: float, style: Style) -> float:
    least = frame.lines * line_height(style.font_size)
    return width * frame.aspect if frame.square else max(width * frame.aspect, least)


def _room_left(y: Axis, height: float, style: Style) -> float:
    size = style.font_size
    found = ticks(y, height, style, across=False)
    labels = found.width + 0.63 * size / 72 if found.texts else 0.3 * size / 72
    return labels + (line_height(size) + 0.4 * size / 72 if y.label else 0.0)


def _room_above(x: Axis, width: float, style: Style) -> float:
    found = group_ticks(x, width, style)
    return found.width + 0.4 * style.font_size / 72 if found.texts else 0.0


def _room_right(frame: Frame, style: Style) -> float:
    size = style.font_size - 1
    widest = max((text_width(figure_text(t, 48), size) for _, t, _ in frame.beside), default=0.0)
    return widest + 0.6 * size / 72 if frame.beside else 0.0


def _room_below(x: Axis, width: float, style: Style, *, labelled: bool) -> float:
    size = style.font_size
    room = 0.5 * size / 72
    found = ticks(x, width, style, across=True)
    if found.texts:
        room += (found.width if found.upright else line_height(size - 1)) + 0.4 * size / 72
    return room + (line_height(size) if labelled and x.label else 0.0)


def scale_ticks(scale: Scale, room: float, style: Style) -> Ticks:
    """Return the ticks of an upright colour scale of some inches."""
    if scale.log:
        return decade_ticks(scale.low, scale.high, room, style, across=False)
    return ticks_between(scale.low, scale.high, room, style, across=False, whole=scale.whole)


def _scale_width(scale: Scale, style: Style) -> float:
    found = scale_ticks(scale, 1e3, style)
    return found.width + line_height(style.font_size) + 2.2 * style.font_size / 72


def _place_key(
    entries: Sequence[Entry],
    places: Sequence[Place],
    free: tuple[float, float] | None,
    scale_width: float,
    bottom: float,
    width: float,
    style: Style,
) -> tuple[Box, float]:
    """Return where the key stands: in a free cell, beside the frames or below; and the height."""
    unit, line = style.font_size / 72, line_height(style.font_size)
    if not entries:
        return Box(0.0, bottom, 0.0, 0.0), bottom
    last = places[-1].frame
    right = last.left + last.width + scale_width + unit
    if free:
        (left, top), room = free, last.width
    elif width - right >= key_columns(entries, width, style)[1]:
        left, top, room = right, places[0].frame.top, width - right
    else:
        left, top, room = 0.0, bottom, width
    n_rows = -(-len(entries) // key_columns(entries, room, style)[0])
    return Box(left, top, room, n_rows * line), max(bottom, top + n_rows * line + 0.3 * unit)


def _lines(text: str, room: float, style: Style) -> list[str]:
    paragraphs = text.split("\n") if text else []
    return [
        line for p in paragraphs for line in wrapped(figure_text(p, 400), room, style.font_size)
    ]
