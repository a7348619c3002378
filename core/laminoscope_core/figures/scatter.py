"""The square plot that scatters share: title, frame, colour scale, key."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.figures.frames import (
    Axis,
    Entry,
    draw_key,
    entry_width,
    framed_axes,
    key_height,
    room_around,
)
from laminoscope_core.figures.parts import (
    axes_at,
    colour_bar_width,
    header,
    header_height,
    size_of,
)
from laminoscope_core.figures.style import MM, Style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

__all__ = ["Square", "draw_square", "limits_of", "square_height"]

_LARGEST = 75.0
"""Millimetres at 7 points: a larger square says no more."""


@dataclass(frozen=True)
class Square:
    """What a square plot consists of.

    Attributes
    ----------
    header : sequence of str
        Lines above it.
    x, y : Axis
        Its axes.
    entries : sequence of Entry
        Its key.
    scale : (float, float) or None
        Limits of the colour scale beside it, if it has one.
    """

    header: Sequence[str]
    x: Axis
    y: Axis
    entries: Sequence[Entry] = ()
    scale: tuple[float, float] | None = None


@dataclass(frozen=True)
class _Places:
    left: float
    top: float
    side: float
    bar: float
    key: tuple[float, float]
    key_width: float
    height: float


def limits_of(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return axis limits with a margin around finite values; 0 and 1 if there are none."""
    known = values[np.isfinite(values)]
    if not known.size:
        return 0.0, 1.0
    low, high = float(known.min()), float(known.max())
    margin = 0.06 * (high - low) or 0.5
    return low - margin, high + margin


def square_height(square: Square, width: float, style: Style) -> float:
    """Return the inches that a square plot takes with all that is around it."""
    return _places(square, width, style).height


def draw_square(place: "SubFigure", square: Square, style: Style) -> "tuple[Axes, Axes | None]":
    """Return the axes of the plot and of its colour scale, with everything else drawn."""
    places = _places(square, size_of(place)[0], style)
    header(place, square.header, style)
    corner, extent = (places.left, places.top), (places.side, places.side)
    axes = framed_axes(place, corner, extent, (square.x, square.y), style)
    draw_key(place, places.key, places.key_width, square.entries, style)
    if square.scale is None:
        return axes, None
    height = 0.7 * places.side
    top = places.top + 0.15 * places.side
    return axes, axes_at(place, places.bar, top, style.font_size / 72, height)


def _places(square: Square, width: float, style: Style) -> _Places:
    gap = style.font_size / 72
    bar = colour_bar_width(square.scale, style) + gap if square.scale else 0.6 * gap
    top = header_height(square.header, width, style) + 0.9 * gap
    largest = _LARGEST * MM * style.font_size / 7
    side = left = below = 0.0
    for _ in range(3):  # ticks take room according to the side, which is what they leave
        left, below = room_around(square.y, side or width, style)
        side = min(width - left - bar, largest)
    beside = left + side + bar + gap
    bottom = top + side + below
    if not square.entries:
        key, key_width, height = (0.0, bottom), width, bottom
    elif width - beside >= entry_width(square.entries, style):
        key, key_width = (beside, top), entry_width(square.entries, style)
        height = max(bottom, top + key_height(square.entries, key_width, style))
    else:
        key, key_width = (0.0, bottom + 0.3 * gap), width
        height = bottom + key_height(square.entries, width, style) + 0.5 * gap
    return _Places(left, top, side, left + side + gap, key, key_width, height + 0.3 * gap)
