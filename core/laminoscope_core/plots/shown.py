"""What a plot shows: frames with axes and marks, as arrays and words, without a colour or a pixel.

Colours are named by what they mean (a site, a pair of sites, a category, the selection) and
looked up in the theme by whoever paints.  Marks that stand for things of the window's selection
say for which, so that pointing at them needs no code of the plot's own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.tables import Table

__all__ = [
    "Axis",
    "Band",
    "Bars",
    "Boxes",
    "Curve",
    "Entry",
    "Frame",
    "Image",
    "Mark",
    "Marker",
    "Points",
    "Rule",
    "Scale",
    "Shown",
    "Spans",
    "Steps",
    "Texts",
    "limits_around",
    "limits_said",
    "tick_texts",
]

Floats = NDArray[np.float64]
Marker = Literal["circle", "square", "triangle", "diamond", "star"]


@dataclass(frozen=True)
class Axis:
    """One axis of a frame.

    Attributes
    ----------
    low, high : float
        What it shows, margins included; it runs backwards (down) if ``low`` is the larger.
    label : str
        With its unit.
    whole : bool
        Whether only whole numbers are ticked.
    log : bool
        Whether it runs in decades; only positive numbers have a place on it.
    root : bool
        Whether it shows square roots, so that small numbers can be seen.
    ticks : tuple of (float, str), optional
        Where and what; round numbers by default, none if empty.
    mono : bool
        Whether its ticks are texts of tokens, set in the monospaced face.
    selects : str
        A field of the selection whose values are positions along it, as ``"layer"``; pointing
        anywhere at the frame then points at one of them.
    names : tuple of str
        What stands at 0, 1, 2, …: tokens, written upright in the monospaced face, as many as there
        is room for, and where that is less than every fifth, numbers; or, in groups, all of them
        or none.
    groups : tuple of (str, int, int)
        Runs of what is named, such as words of a category: a name, the first, and past the last.
        They are named where not each of them is, and parted by lines through the frame.
    group_colours : tuple of str
        What the colour of each group means, shown along the axis; none if empty.
    parted : bool
        Whether groups are named and parted, or only coloured: many short ones.
    values : tuple of int
        Which values of what is selected stand at 0, 1, 2, …, where they are not in order.
    zooms_with : str
        Axes of all frames that say the same here are zoomed together.
    """

    low: float
    high: float
    label: str = ""
    whole: bool = False
    log: bool = False
    root: bool = False
    ticks: tuple[tuple[float, str], ...] | None = None
    mono: bool = False
    selects: str = ""
    names: tuple[str, ...] = ()
    groups: tuple[tuple[str, int, int], ...] = ()
    group_colours: tuple[str, ...] = ()
    parted: bool = True
    values: tuple[int, ...] = ()
    zooms_with: str = ""

    @property
    def ends(self) -> tuple[float, float]:
        """The smaller limit and the larger."""
        return min(self.low, self.high), max(self.low, self.high)

    def value_at(self, place: int) -> int:
        """Return which value of what is selected stands at a whole position."""
        return self.values[place] if 0 <= place < len(self.values) else place

    def place_of(self, value: int) -> int:
        """Return where a value stands."""
        return self.values.index(value) if value in self.values else value


@dataclass(frozen=True)
class Scale:
    """How numbers become colours.

    Attributes
    ----------
    map : str
        ``"sequential"``, ``"diverging"`` or ``"depth"``: the user says which map that is; or
        ``"ground"``, on which text can be read.
    low, high : float
        Limits.
    label : str
        With its unit.
    whole : bool
        Whether only whole numbers are ticked.
    log : bool
        Whether it runs in decades.
    over : bool
        Whether there are larger numbers, shown in the last colour.
    under : bool
        Whether there are smaller ones, shown in the first.
    bar : bool
        Whether a bar explains it; an axis may do so instead.
    colours : str
        A map of the ``cmap`` catalogue in place of that of ``map``, where one was chosen for this
        plot.
    """

    map: Literal["sequential", "diverging", "depth", "ground"]
    low: float
    high: float
    label: str
    whole: bool = False
    log: bool = False
    over: bool = False
    under: bool = False
    bar: bool = True
    colours: str = ""

    @property
    def decades(self) -> tuple[float, ...]:
        """Powers of ten between the limits: the ticks of a scale that runs in decades."""
        first, last = np.ceil(np.log10(self.low)), np.floor(np.log10(self.high))
        return tuple((10.0 ** np.arange(first, last + 1)).tolist())


@dataclass(frozen=True, eq=False, kw_only=True)
class Mark:
    """What all marks have.

    Attributes
    ----------
    colour : str
        What it means, as `laminoscope_core.theme.Theme.colour` takes it.
    alpha : float
        Opacity.
    selection : bool
        Whether it only says what is selected, which a figure may leave out.
    """

    colour: str = "text"
    alpha: float = 1.0
    selection: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class Points(Mark):
    """Points, each of which may stand for something.

    Attributes
    ----------
    x, y : float64 arrays (n,)
        Points with a NaN are not drawn; ±∞ stands at the edge.
    marker : str
        Their shape.
    size : float
        In sizes of an ordinary point.
    filled : bool or bool array (n,)
        Hollow where not.
    shade : float64 array (n,), optional
        Numbers that the frame's scale turns into colours, instead of ``colour``.
    stands_for : mapping of str to sequence (n,)
        By field of the selection: which value each point stands for.
    says : callable, optional
        What the point of an index is, in words.
    """

    x: Floats
    y: Floats
    marker: Marker = "circle"
    size: float = 1.0
    filled: bool | NDArray[np.bool_] = True
    shade: Floats | None = None
    stands_for: Mapping[str, Sequence[Any] | NDArray[Any]] = field(default_factory=dict)
    says: Callable[[int], str] | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class Curve(Mark):
    """A line from point to point, with gaps at NaN.

    Attributes
    ----------
    x, y : float64 arrays (n,)
    width : float
        In widths of an ordinary curve.
    dashed : bool
    shade : float, optional
        A number that the scale turns into its colour.
    """

    x: Floats
    y: Floats
    width: float = 1.0
    dashed: bool = False
    shade: float | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class Band(Mark):
    """The area between two curves, where both are finite.

    Attributes
    ----------
    x, low, high : float64 arrays (n,)
    """

    x: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False, kw_only=True)
class Steps(Mark):
    """A histogram.

    Attributes
    ----------
    edges : float64 array (n + 1,)
    heights : float64 array (n,)
    filled : bool
        Shaded under its outline.
    width : float
        In widths of an ordinary curve.
    shade : float, optional
        A number that the scale turns into its colour.
    """

    edges: Floats
    heights: Floats
    filled: bool = False
    width: float = 1.0
    shade: float | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class Bars(Mark):
    """Bars from 0 to a length, level or upright.

    Attributes
    ----------
    at : float64 array (n,)
        Their middles along y, or along x if they are upright.
    lengths : float64 array (n,)
        Along the other axis.
    thickness : float
        Along the axis of their middles.
    upright : bool
    stands_for, says
        As of `Points`.
    """

    at: Floats
    lengths: Floats
    thickness: float = 0.8
    upright: bool = False
    stands_for: Mapping[str, Sequence[Any] | NDArray[Any]] = field(default_factory=dict)
    says: Callable[[int], str] | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class Texts(Mark):
    """Short texts above points, or below them where they have a box to stay in.

    Attributes
    ----------
    x, y : float64 arrays (n,)
    texts : tuple of str, (n,)
    align : tuple of str, (n,)
        ``"left"``, ``"center"`` or ``"right"``: which part of each is at its point.
    box : (float, float) or None
        Width and height, along the axes, that each has at the point, below it; if one of them has
        no room there, all are left out.
    clear : bool
        Whether they are names that stand on any side of their point, clear of the other points and
        of earlier names; where there is no room for one it is left out.
    under : str
        Of clear names: the text inside the frame, whose room at its top they leave free.
    """

    x: Floats
    y: Floats
    texts: tuple[str, ...]
    align: tuple[str, ...]
    box: tuple[float, float] | None = None
    clear: bool = False
    under: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Image(Mark):
    """A map of numbers, one native pixel each.

    Attributes
    ----------
    values : float array (n_rows, n_columns)
        Row 0 is the lowest, unless the frame's y axis runs down.
    x, y : (float, float)
        Where the first column (row) begins and the last one ends.
    says : callable, optional
        What the cell of a row and a column is, in words; empty for nothing.
    stands_for : callable, optional
        What the cell of a row and a column stands for, by field of the selection.
    cells_of : callable, optional
        Which cells, as (row, column), stand for a value of a field of the selection.
    bare : bool
        Whether NaN leaves the ground bare: nothing is there, rather than something undefined.
    texts : tuple of tuple of str
        By row and column: texts of tokens that stand in the cells where these are large enough.
    """

    values: NDArray[Any]
    x: tuple[float, float]
    y: tuple[float, float]
    says: Callable[[int, int], str] | None = None
    stands_for: Callable[[int, int], Mapping[str, Any]] | None = None
    cells_of: Callable[[str, Any], Sequence[tuple[int, int]]] | None = None
    bare: bool = False
    texts: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Boxes(Mark):
    """Outlines of rectangles, between thin white ones, so that they show on any map.

    Attributes
    ----------
    x, y : float64 arrays (n, 2)
        Where they begin and end.
    """

    x: Floats
    y: Floats


@dataclass(frozen=True, eq=False, kw_only=True)
class Spans(Mark):
    """Stretches of the x axis, outlined from the lower edge of the frame to the upper.

    Attributes
    ----------
    low, high : float64 arrays (n,)
    """

    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False, kw_only=True)
class Rule(Mark):
    """A straight line through the whole frame, or up to a height.

    Attributes
    ----------
    at : float
        Where it crosses the axis; of no meaning for ``"unity"``.
    across : str
        ``"x"`` (upright), ``"y"`` (level) or ``"unity"`` (y = x).
    top : float, optional
        Where an upright one ends; at the edge by default.
    dashed : bool
    width : float
        In widths of an ordinary curve.
    drags : str
        Field of the selection that follows when it is dragged; it cannot be if empty.
    """

    at: float = 0.0
    across: Literal["x", "y", "unity"] = "x"
    top: float | None = None
    dashed: bool = False
    width: float = 0.5
    drags: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of a key.

    Attributes
    ----------
    text : str
        What the sign means.
    colour : str
        As of `Mark`.
    sign : str
        ``"marker"``, ``"hollow"``, ``"dotted"`` (hollow with a dot), ``"line"``, ``"dashed"``,
        ``"band"``, ``"outline"`` or ``"upright"``.
    marker : str
        Shape of the first four; none for a bare line.
    selection : bool
        Whether it only explains what is selected.
    """

    text: str
    colour: str
    sign: Literal["marker", "hollow", "dotted", "line", "dashed", "band", "outline", "upright"] = (
        "marker"
    )
    marker: Marker | Literal[""] = ""
    selection: bool = False


@dataclass(frozen=True, eq=False)
class Frame:
    """One pair of axes and what is in it.

    Attributes
    ----------
    x, y : Axis
    marks : mapping of str to Mark
        By name, the hindmost first; names stay the same when what they show changes.
    title : str
        Above it.
    inside : str
        A note in its upper left corner.
    aspect : float
        Height by width that suits it; 1 and ``square`` for a square.
    share : float
        Of the width of its row, beside the others' shares.
    lines : float
        Lines of text that it is high at least.
    square : bool
        Whether the aspect is kept whatever the room.
    grid : bool
        Whether faint level lines stand behind the marks.
    says : callable, optional
        What a value of the field that the x axis selects means here, in words.
    scale : Scale or None
        Of its own shades and images, in place of that of the plot; the title says its limits.
    beside : tuple of (float, str, str)
        Texts right of the frame: where along y, what, and the meaning of the colour.
    """

    x: Axis
    y: Axis
    marks: Mapping[str, Mark]
    title: str = ""
    inside: str = ""
    aspect: float = 0.55
    lines: float = 3.6
    starts_row: bool = False
    share: float = 1.0
    square: bool = False
    grid: bool = True
    says: Callable[[Any], str] | None = None
    scale: Scale | None = None
    beside: tuple[tuple[float, str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Shown:
    """All of a plot.

    Attributes
    ----------
    frames : mapping of str to Frame
        By name; names stay the same.
    rows : callable
        Every number that is drawn, as a table that is made when it is asked for.
    title : str
        What stands above all frames in a figure.
    note : str
        What stands beside the panel's title: what is drawn, with its n.
    key : tuple of Entry
    scale : Scale or None
        Of all shades and images, but those of a frame that has its own.
    arranged : str
        ``"flow"``: small multiples in rows as there is room; ``"row"``: side by side;
        ``"stack"``: one below another on one x axis, without gaps.
    narrowest, widest : float
        Millimetres (at a font size of 7 points) that a frame needs with its labels, and beyond
        which it says no more.
    """

    frames: Mapping[str, Frame]
    rows: Callable[[], Table]
    title: str = ""
    note: str = ""
    key: tuple[Entry, ...] = ()
    scale: Scale | None = None
    arranged: Literal["flow", "row", "stack"] = "row"
    narrowest: float = 41.0
    widest: float = 400.0

    @property
    def table(self) -> Table:
        """Every number that is drawn."""
        return self.rows()

    @property
    def labels(self) -> dict[str, str]:
        """The texts that say what the numbers are, by where they stand, as ``"x unity"``."""
        texts = {"title": self.title, "note": self.note}
        for name, frame in self.frames.items():
            texts |= {f"x {name}": frame.x.label, f"y {name}": frame.y.label, name: frame.title}
        if self.scale is not None:
            texts["scale"] = self.scale.label
        return {place: text for place, text in texts.items() if text}

    @property
    def limits(self) -> dict[str, tuple[float, float]]:
        """What axes and the colour scale show, by where they stand, as ``"x unity"``."""
        ends = {
            f"{side} {name}": (axis.low, axis.high)
            for name, frame in self.frames.items()
            for side, axis in (("x", frame.x), ("y", frame.y))
        }
        return ends | ({"scale": (self.scale.low, self.scale.high)} if self.scale else {})


def tick_texts(values: Sequence[float]) -> tuple[str, ...]:
    """Return round numbers with as many decimals as tell them apart, and a true minus sign.

    Examples
    --------
    >>> tick_texts([-0.5, 0.0, 0.5])
    ('−0.5', '0.0', '0.5')
    """
    steps = np.abs(np.diff(values) if len(values) > 1 else np.asarray(values, float))
    step = float(steps.min()) if steps.size and steps.min() > 0 else 1.0
    decimals = max(0, -int(np.floor(np.log10(step) + 1e-9)))
    return tuple(f"{value + 0.0:.{decimals}f}".replace("-", "−") for value in values)


def limits_said(scale: Scale) -> str:
    """Return what a scale that no bar explains shows, in words.

    Examples
    --------
    >>> limits_said(Scale("sequential", -0.25, 1.0, "Pearson r"))
    'Pearson r −0.25 to 1.00'
    """
    low, high = (f"{end:.2f}".replace("-", "−") for end in (scale.low, scale.high))
    return f"{scale.label} {low} to {high}"


def limits_around(*values: NDArray[Any], margin: float = 0.06) -> tuple[float, float]:
    """Return axis limits with a margin around finite values; 0 and 1 if there are none.

    Examples
    --------
    >>> limits_around(np.array([0.0, 1.0, np.nan]))
    (-0.06, 1.06)
    """
    known = np.concatenate([np.ravel(each)[np.isfinite(np.ravel(each))] for each in values])
    if not known.size:
        return 0.0, 1.0
    low, high = float(known.min()), float(known.max())
    room = margin * (high - low) or 0.5
    return low - room, high + room


def decades_around(*values: NDArray[Any], factor: float = 1.6) -> tuple[float, float]:
    """Return limits of an axis in decades around finite values above 0, if there are any.

    Examples
    --------
    >>> decades_around(np.array([0.0, 16.0, np.nan]), np.array([32.0]), factor=2)
    (8.0, 64.0)
    """
    known = np.concatenate([np.ravel(each) for each in values])
    known = known[np.isfinite(known) & (known > 0)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.1, 1.0)
    return low / factor, high * factor
