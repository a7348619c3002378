"""Running text of a figure: tokens in lines, each on a ground whose colour is a number."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.figures.colour_maps import colour_map
from laminoscope_core.figures.parts import fitted, size_of
from laminoscope_core.figures.style import Style
from laminoscope_core.figures.text import MONO_FAMILY, figure_text, text_width
from laminoscope_core.plots.running_text import RunningText, line_up
from laminoscope_core.theme import GROUNDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.figure import SubFigure

__all__ = ["draw", "ground_map", "height"]

_PITCH = 1.7  # distance of lines, in font sizes
_GROUND = 1.42  # height of a ground, in font sizes
_HEAD, _FOOT = 2.2, 2.4
_MARGIN = 0.8
_CHIP = 0.35  # room at either side of a special token
_LONGEST = 40  # characters of a token
_TALLEST = 9.0  # inches: a page


@dataclass(frozen=True, eq=False)
class _Layout:
    """What is written of each token, and where: points from the left, and the number of a line."""

    texts: list[str]
    x: NDArray[np.float64]
    width: NDArray[np.float64]
    line: NDArray[np.int64]

    @property
    def n_lines(self) -> int:
        return int(self.line[-1]) + 1 if self.line.size else 1


def height(shown: RunningText, width: float, style: Style) -> float:
    """Return the inches that a text takes at a width in inches, at most a page."""
    size = style.font_size
    lines = _lay_out(shown, width * 72, size).n_lines
    return min((lines * _PITCH + _HEAD + _FOOT) * size / 72, _TALLEST)


def draw(place: "SubFigure", shown: RunningText, style: Style) -> None:
    """Set a title, the text and its scale; say how much of the text there was room for."""
    size = style.font_size
    width, height = (72 * inches for inches in size_of(place))
    axes = place.add_axes((0, 0, 1, 1), frameon=False, xticks=[], yticks=[])
    axes.set(xlim=(0, width), ylim=(height, 0))
    layout = _lay_out(shown, width, size)
    n_drawn = len(shown.tokens)
    room = max(int((height / size - _HEAD - _FOOT) / _PITCH + 0.3), 1)
    if layout.n_lines > room:
        room = max(room - 1, 1)
        n_drawn = int(np.searchsorted(layout.line, room))
        says = f"… the first {n_drawn:,} of {len(shown.tokens):,} tokens"
        axes.text(_MARGIN * size, (_HEAD + (room + 0.5) * _PITCH) * size, says, va="center")
    title = fitted(figure_text(shown.title, None), (width - _MARGIN * size) / 72, size)
    axes.text(_MARGIN * size, size * 1.1, title, va="center")
    colours, scale = ground_map(style), shown.scale
    with np.errstate(invalid="ignore"):
        grounds = np.clip((shown.values - scale.low) / (scale.high - scale.low), 0, 1)
    for token in range(n_drawn):
        ground = None if np.isnan(grounds[token]) else colours(grounds[token])
        _set_token(axes, shown, token, layout, ground, style)
    n_lines = min(layout.n_lines, room + 1)
    bottom = (_HEAD + n_lines * _PITCH + _FOOT * 0.45) * size
    _draw_scale(axes, bottom, shown, colours, style)


def ground_map(style: Style) -> "Colormap":
    """Return the colours behind text, from low to high, on all of which it can be read."""
    from matplotlib.colors import ListedColormap

    name, low, high = GROUNDS[style.appearance]
    return ListedColormap(colour_map(name)(np.linspace(low, high, 48)))


def _lay_out(shown: RunningText, width: float, size: float) -> _Layout:
    texts = [
        figure_text(token, _LONGEST, spaces=True, family=MONO_FAMILY) or "(no token)"
        for token in shown.tokens
    ]
    widths = np.array([72 * text_width(text, size, MONO_FAMILY) for text in texts])
    widths[list(shown.special)] += 2 * _CHIP * size
    left, right = _MARGIN * size, width - _MARGIN * size
    widths = np.clip(widths, size * 0.3, max(right - left, size))
    x, line = line_up(shown.tokens, widths.tolist(), right - left)
    return _Layout(texts, np.array(x) + left, widths, np.array(line, dtype=np.int64))


def _set_token(
    axes: "Axes", shown: RunningText, token: int, layout: _Layout, ground: Any, style: Style
) -> None:
    from matplotlib.patches import FancyBboxPatch, Rectangle

    size, theme = style.font_size, style.theme
    x, width = float(layout.x[token]), float(layout.width[token])
    middle = (_HEAD + (int(layout.line[token]) + 0.5) * _PITCH) * size
    area = (x, middle - _GROUND * size / 2), width - style.thin / 2, _GROUND * size
    special = token in shown.special
    if ground is not None:
        axes.add_patch(Rectangle(*area, facecolor=ground, linewidth=0))
    if special:
        axes.add_patch(
            FancyBboxPatch(
                (x + 0.12 * size, middle - size * 0.58), width - 0.24 * size, size * 1.16,
                boxstyle=f"round,pad=0,rounding_size={size * 0.4}", facecolor="none",
                edgecolor=theme.muted, linewidth=style.thin,
            )
        )  # fmt: skip
    if token in shown.selected and style.marks:
        look: dict[str, Any] = {"facecolor": "none", "edgecolor": theme.accent, "zorder": 3}
        axes.add_patch(Rectangle(*area, linewidth=style.line, **look))
    axes.text(
        x + (_CHIP * size if special else 0), middle, layout.texts[token], family=MONO_FAMILY,
        fontsize=size, va="center_baseline",
        color=theme.muted if token in shown.muted else theme.text,
    )  # fmt: skip


def _draw_scale(
    axes: "Axes", middle: float, shown: RunningText, colours: "Colormap", style: Style
) -> None:
    from matplotlib.patches import Rectangle

    size, small = style.font_size, style.font_size - 1
    ink: Any = {"va": "center", "fontsize": small}
    low, high = shown.ends
    x = _MARGIN * size
    for text, after in ((shown.scale.label, 1.2), (low, 0.4)):
        axes.text(x, middle, text, **ink)
        x += text_width(text, small) * 72 + after * size
    wide, steps = 6 * size, 48
    for step in range(steps):
        corner = (x + wide * step / steps, middle - 0.45 * size)
        colour = colours((step + 0.5) / steps)
        axes.add_patch(
            Rectangle(corner, wide / steps * 1.02, 0.9 * size, facecolor=colour, linewidth=0)
        )
    axes.text(x + wide + 0.4 * size, middle, high, **ink)
