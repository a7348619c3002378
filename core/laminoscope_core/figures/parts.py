"""Parts that several kinds of figures draw."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.figures.style import Style
from laminoscope_core.figures.text import FAMILY, LINE, shortened, text_width
from laminoscope_core.plots.shown import tick_texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

__all__ = [
    "Ticks",
    "axes_at",
    "decade_ticks",
    "fitted",
    "grid",
    "line_height",
    "size_of",
    "text_at",
    "ticks_between",
    "wrapped",
]


def grid(axes: "Axes", style: Style) -> None:
    """Draw faint horizontal lines behind the marks."""
    axes.grid(axis="y", color=style.theme.grid, alpha=0.25, linewidth=style.thin)
    axes.set_axisbelow(True)


def size_of(place: Any) -> tuple[float, float]:
    """Return the width and height in inches of a figure or a part of one."""
    dpi = place.get_figure(root=True).dpi
    return place.bbox.width / dpi, place.bbox.height / dpi


def axes_at(
    place: "SubFigure", left: float, top: float, width: float, height: float, **options: Any
) -> "Axes":
    """Return new axes whose frame is at inches from the upper left corner of a place."""
    across, down = size_of(place)
    frame = (left / across, 1 - (top + height) / down, width / across, height / down)
    axes: Axes = place.add_axes(frame, **options)
    return axes


def text_at(place: "SubFigure", x: float, y: float, text: str, **options: Any) -> None:
    """Write text of `figure_text` at inches from the upper left corner of a place."""
    across, down = size_of(place)
    place.text(x / across, 1 - y / down, text, **options)


def line_height(size: float) -> float:
    """Return the height in inches of a line of text of a size in points."""
    return size * LINE / 72


def fitted(text: str, room: float, size: float) -> str:
    """Return text of `figure_text` shortened until it is no wider than some inches."""
    shown, limit = text, len(text)
    while (width := text_width(shown, size)) > room:
        limit = min(limit - 1, int(limit * room / width) + 1)
        if limit < 1:
            return ""
        shown = shortened(text, limit)
    return shown


def wrapped(text: str, room: float, size: float) -> list[str]:
    """Return text of `figure_text` in lines no wider than some inches, not broken beside a =."""
    lines: list[str] = []
    for word in re.split("(?<!=) (?!=)", text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(fitted(word, room, size))
    return lines


@dataclass(frozen=True)
class Ticks:
    """Round numbers of an axis with their texts, and the room that these take.

    Attributes
    ----------
    values : tuple of float
        Where they are.
    texts : tuple of str
        With as many decimals as they need.
    width : float
        Inches of the widest text; of their height if they are upright along an upright axis.
    upright : bool
        Whether they stand upright.
    family : str
        What they are set in.
    """

    values: tuple[float, ...]
    texts: tuple[str, ...]
    width: float
    upright: bool = False
    family: str = FAMILY

    def put(self, axes: "Axes", which: str) -> None:
        """Give them to an axis, ``"x"`` or ``"y"``."""
        setting = axes.set_xticks if which == "x" else axes.set_yticks
        look: dict[str, Any] = {"rotation": 90} if self.upright else {}
        if self.upright and which == "y":
            look |= {"va": "center"}
        setting(self.values, self.texts, family=self.family, **look)


def ticks_between(
    low: float, high: float, room: float, style: Style, *, across: bool, whole: bool = False
) -> Ticks:
    """Return ticks that do not touch along an axis of some inches, at most seven.

    Parameters
    ----------
    low, high : float
        What the axis shows.
    room : float
        Its length in inches.
    style : Style
        Whose tick size is used.
    across : bool
        Whether the axis is horizontal, so that the texts stand side by side.
    whole : bool
        Whether only whole numbers are wanted.
    """
    from matplotlib.ticker import MaxNLocator

    size = style.font_size - 1
    for most in range(6, 0, -1):
        found = MaxNLocator(most, steps=[1, 2, 5, 10], integer=whole).tick_values(low, high)
        margin = 1e-9 * (high - low)
        values = tuple(float(v) for v in found if low - margin <= v <= high + margin)
        texts = tick_texts(values)
        width = max((text_width(text, size) for text in texts), default=0.0)
        each = room / max(1, len(values) - 1) if len(values) > 1 else room
        if (width + size / 72 if across else 1.6 * line_height(size)) <= each:
            break
    return Ticks(values, texts, width)


def decade_ticks(low: float, high: float, room: float, style: Style, *, across: bool) -> Ticks:
    """Return ticks at powers of ten, written out, as many as stand apart; see `ticks_between`."""
    size = style.font_size - 1
    first, last = int(np.ceil(np.log10(low) - 1e-9)), int(np.floor(np.log10(high) + 1e-9))
    powers = list(range(first, last + 1))
    for step in range(1, max(len(powers), 1) + 1):
        values = tuple(10.0**power for power in powers[::-1][::step][::-1])
        texts = tuple(f"{v:,.0f}" if v >= 1 else f"{v:.10f}".rstrip("0") for v in values)
        width = max((text_width(text, size) for text in texts), default=0.0)
        each = room * step / max(np.log10(high / low), 1e-9)
        if (width + size / 72 if across else 1.6 * line_height(size)) <= each:
            break
    return Ticks(values, texts, width)
