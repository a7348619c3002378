"""Axes whose frame, ticks, labels and key stand where the layout says, in inches.

A figure of several small plots is legible only if nothing touches.  Here the room that texts
take is measured before anything is drawn, so that a plot knows its height and its ticks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from laminoscope_core.figures.parts import (
    Ticks,
    axes_at,
    fitted,
    line_height,
    ticks_between,
)
from laminoscope_core.figures.style import Style
from laminoscope_core.figures.text import text_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

__all__ = [
    "Axis",
    "Entry",
    "draw_key",
    "entry_width",
    "framed_axes",
    "key_columns",
    "key_height",
    "room_around",
]


@dataclass(frozen=True)
class Axis:
    """What an axis shows.

    Attributes
    ----------
    low, high : float
        Its limits.
    label : str
        With its unit.
    whole : bool
        Whether only whole numbers are ticked.
    """

    low: float
    high: float
    label: str
    whole: bool = False

    def ticks(self, room: float, style: Style, *, across: bool) -> Ticks:
        """Return its ticks along some inches."""
        return ticks_between(self.low, self.high, room, style, across=across, whole=self.whole)


@dataclass(frozen=True)
class Entry:
    """One line of a key.

    Attributes
    ----------
    text : str
        What the sign means.
    colour : str
        Of the sign.
    marker : str
        A marker of matplotlib; none if empty.
    sign : str
        ``"marker"``, ``"hollow"``, ``"line"`` (with its marker), ``"dashed"``, ``"band"``,
        ``"outline"``, ``"upright"``.
    """

    text: str
    colour: str
    marker: str = ""
    sign: str = "marker"


def room_around(y: Axis, height: float, style: Style) -> tuple[float, float]:
    """Return the inches that ticks and labels need left of and below a frame."""
    size = style.font_size
    ticks = y.ticks(height, style, across=False)
    labels = ticks.width + (0.63 * size / 72 if ticks.texts else 0.0)
    left = labels + (line_height(size) + 0.4 * size / 72 if y.label else 0.0)
    return left, line_height(size - 1) + line_height(size) + 0.9 * size / 72


def framed_axes(
    place: "SubFigure",
    corner: tuple[float, float],
    extent: tuple[float, float],
    axes_shown: tuple[Axis, Axis],
    style: Style,
) -> "Axes":
    """Return axes with ticks that do not touch and labels no longer than their side.

    Parameters
    ----------
    corner : (float, float)
        Left and top of the frame, in inches from the upper left corner of the place.
    extent : (float, float)
        Width and height of the frame in inches.
    axes_shown : (Axis, Axis)
        Along x and along y.
    """
    axes = axes_at(place, *corner, *extent)
    x, y = axes_shown
    axes.set(xlim=(x.low, x.high), ylim=(y.low, y.high))
    x.ticks(extent[0], style, across=True).put(axes, "x")
    y.ticks(extent[1], style, across=False).put(axes, "y")
    axes.set_xlabel(fitted(x.label, extent[0] * 1.1, style.font_size))
    axes.set_ylabel(fitted(y.label, extent[1] * 1.1, style.font_size))
    return axes


def entry_width(entries: Sequence[Entry], style: Style) -> float:
    """Return the inches that the widest entry of a key takes, with its sign."""
    widest = max(text_width(entry.text, style.font_size - 1) for entry in entries)
    return _sign_width(style) + widest + style.font_size / 72


def key_columns(entries: Sequence[Entry], width: float, style: Style) -> int:
    """Return how many entries of a key stand beside one another in some inches."""
    return max(1, min(len(entries), int((width + 1e-6) / max(entry_width(entries, style), 1e-6))))


def key_height(entries: Sequence[Entry], width: float, style: Style) -> float:
    """Return the inches that a key of some width takes."""
    rows = -(-len(entries) // key_columns(entries, width, style))
    return rows * line_height(style.font_size)


def draw_key(
    place: "SubFigure",
    corner: tuple[float, float],
    width: float,
    entries: Sequence[Entry],
    style: Style,
) -> None:
    """Draw a key, column by column, from its upper left corner in inches."""
    from matplotlib.patches import Rectangle

    if not entries:
        return
    size, line = style.font_size - 1, line_height(style.font_size)
    columns = key_columns(entries, width, style)
    rows = -(-len(entries) // columns)
    each = min(entry_width(entries, style), width)
    axes = axes_at(place, *corner, width, rows * line)
    axes.axis("off")
    axes.set(xlim=(0, width), ylim=(rows * line, 0))
    sign = _sign_width(style)
    for number, entry in enumerate(entries):
        x, y = number // rows * each, (number % rows + 0.5) * line
        ends, middle = (x, x + sign * 0.8), x + sign * 0.4
        face = "none" if entry.sign == "hollow" else entry.colour
        if entry.sign in ("band", "outline"):
            height = line * 0.5
            axes.add_patch(
                Rectangle(
                    (x, y - height / 2), sign * 0.8, height, linewidth=style.line,
                    facecolor=entry.colour if entry.sign == "band" else "none",
                    edgecolor="none" if entry.sign == "band" else entry.colour,
                    alpha=0.35 if entry.sign == "band" else 1,
                )
            )  # fmt: skip
        elif entry.sign == "upright":
            axes.plot((middle, middle), (y - line * 0.4, y + line * 0.4), color=entry.colour)
        else:
            if entry.sign in ("line", "dashed"):
                dashes = (0, (4, 2)) if entry.sign == "dashed" else "-"
                axes.plot(ends, (y, y), color=entry.colour, linestyle=dashes)
            axes.plot(
                [middle], [y], marker=entry.marker, color=entry.colour, markerfacecolor=face,
                markersize=style.font_size / 2, markeredgewidth=style.thin, linestyle="none",
            )  # fmt: skip
        text = fitted(entry.text, each - sign, size)
        axes.text(x + sign, y, text, va="center_baseline", fontsize=size)


def _sign_width(style: Style) -> float:
    return 2.2 * style.font_size / 72
