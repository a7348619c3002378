"""Running text of a figure: tokens in lines, each on a ground whose colour is a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.figures.labels import token_label, token_width
from laminoscope_core.figures.parts import colour_map, fitted
from laminoscope_core.figures.style import Style
from laminoscope_core.figures.text import MONO_FAMILY, figure_text, text_width
from laminoscope_core.plots.running_text import RunningText, line_up
from laminoscope_core.theme import GROUNDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.figure import SubFigure

__all__ = ["Scale", "SetToken", "draw", "draw_text", "ground_map", "height", "text_height"]

_PITCH = 1.7  # distance of lines, in font sizes
_GROUND = 1.42  # height of a ground, in font sizes
_HEAD, _FOOT = 2.2, 2.4
_MARGIN = 0.8
_CHIP = 0.35  # room at either side of a special token
_TALLEST = 9.0  # inches: a page


@dataclass(frozen=True)
class SetToken:
    """One token to be set.

    Attributes
    ----------
    text : str
        Exact.
    value : float
        Place on the scale, from 0 to 1; NaN for no ground.
    chip, muted, marked : bool
        A sign to the model, in a frame; secondary; selected, with an outline.
    """

    text: str
    value: float
    chip: bool = False
    muted: bool = False
    marked: bool = False


@dataclass(frozen=True)
class Scale:
    """What the grounds stand for: its name, what the ends are, and the colours."""

    label: str
    low: str
    high: str
    colours: "Colormap"


@dataclass(frozen=True, eq=False)
class _Layout:
    shown: list[str]
    x: NDArray[np.float64]
    width: NDArray[np.float64]
    line: NDArray[np.int64]

    @property
    def n_lines(self) -> int:
        return int(self.line[-1]) + 1 if self.line.size else 1


def height(shown: RunningText, width: float, style: Style) -> float:
    """Return the inches that a text takes at a width in inches, at most a page."""
    return text_height(_tokens(shown), width, style)


def draw(place: "SubFigure", shown: RunningText, style: Style) -> None:
    """Set a text with its title and its scale into its place."""
    scale = Scale(shown.scale.label, *shown.ends, ground_map(style))
    draw_text(place, _tokens(shown), shown.title, scale, style)


def _tokens(shown: RunningText) -> list[SetToken]:
    low, high = shown.scale.low, shown.scale.high
    with np.errstate(invalid="ignore"):
        grounds = np.clip((shown.values - low) / (high - low), 0, 1)
    return [
        SetToken(
            token,
            float(ground),
            chip=number in shown.special,
            muted=number in shown.muted,
            marked=number in shown.selected,
        )
        for number, (token, ground) in enumerate(zip(shown.tokens, grounds, strict=True))
    ]


def ground_map(style: Style) -> "Colormap":
    """Return the colours behind text, from low to high, on all of which it can be read."""
    from matplotlib.colors import ListedColormap

    name, low, high = GROUNDS[style.appearance]
    return ListedColormap(colour_map(name)(np.linspace(low, high, 48)))


def text_height(tokens: Sequence[SetToken], width: float, style: Style) -> float:
    """Return the inches that a text takes at a width in inches, at most a page."""
    size = style.font_size
    lines = _lay_out(tokens, width * 72, size).n_lines
    return min((lines * _PITCH + _HEAD + _FOOT) * size / 72, _TALLEST)


def draw_text(
    place: "SubFigure", tokens: Sequence[SetToken], title: str, scale: Scale, style: Style
) -> None:
    """Set a title, the text and its scale; say how much of the text there was room for."""
    size, dpi = style.font_size, place.dpi
    width, height = place.bbox.width / dpi * 72, place.bbox.height / dpi * 72
    axes = place.add_axes((0, 0, 1, 1), frameon=False, xticks=[], yticks=[])
    axes.set(xlim=(0, width), ylim=(height, 0))
    layout = _lay_out(tokens, width, size)
    room = max(int((height / size - _HEAD - _FOOT) / _PITCH + 0.3), 1)
    if layout.n_lines > room:
        room = max(room - 1, 1)
        n_drawn = int(np.searchsorted(layout.line, room))
        says = f"… the first {n_drawn:,} of {len(tokens):,} tokens"
        axes.text(_MARGIN * size, (_HEAD + (room + 0.5) * _PITCH) * size, says, va="center")
    else:
        n_drawn = len(tokens)
    shown = fitted(figure_text(title, None), (width - _MARGIN * size) / 72, size)
    axes.text(_MARGIN * size, size * 1.1, shown, va="center")
    grounds = scale.colours
    for number in range(n_drawn):
        _set_token(axes, tokens[number], layout, number, grounds, style)
    n_lines = min(layout.n_lines, room + 1)
    bottom = (_HEAD + n_lines * _PITCH + _FOOT * 0.45) * size
    _draw_scale(axes, bottom, scale, style)


def _lay_out(tokens: Sequence[SetToken], width: float, size: float) -> _Layout:
    shown = [token_label(token.text, 40) for token in tokens]
    chip = np.array([_CHIP * 2 * size if token.chip else 0.0 for token in tokens])
    widths = np.array([token_width(text, size) for text in shown]) + chip
    left, right = _MARGIN * size, width - _MARGIN * size
    widths = np.clip(widths, size * 0.3, max(right - left, size))
    x, line = line_up([token.text for token in tokens], widths.tolist(), right - left)
    return _Layout(shown, np.array(x) + left, widths, np.array(line, dtype=np.int64))


def _set_token(
    axes: "Axes",
    token: SetToken,
    layout: _Layout,
    number: int,
    grounds: "Colormap",
    style: Style,
) -> None:
    from matplotlib.patches import FancyBboxPatch, Rectangle

    size, theme = style.font_size, style.theme
    x, width = float(layout.x[number]), float(layout.width[number])
    middle = (_HEAD + (int(layout.line[number]) + 0.5) * _PITCH) * size
    corner = (x, middle - _GROUND * size / 2)
    gap = style.thin / 2
    if not np.isnan(token.value):
        axes.add_patch(
            Rectangle(corner, width - gap, _GROUND * size, facecolor=grounds(token.value), lw=0)
        )
    if token.chip:
        axes.add_patch(
            FancyBboxPatch(
                (x + 0.12 * size, middle - size * 0.58),
                width - 0.24 * size,
                size * 1.16,
                boxstyle=f"round,pad=0,rounding_size={size * 0.4}",
                facecolor="none",
                edgecolor=theme.muted,
                linewidth=style.thin,
            )
        )
    if token.marked and style.marks:
        axes.add_patch(
            Rectangle(
                corner,
                width - gap,
                _GROUND * size,
                facecolor="none",
                edgecolor=theme.accent,
                linewidth=style.line,
                zorder=3,
            )
        )
    axes.text(
        x + (_CHIP * size if token.chip else 0),
        middle,
        layout.shown[number],
        family=MONO_FAMILY,
        fontsize=size,
        va="center_baseline",
        color=theme.muted if token.muted else theme.text,
    )


def _draw_scale(axes: "Axes", middle: float, scale: Scale, style: Style) -> None:
    from matplotlib.patches import Rectangle

    size, small = style.font_size, style.font_size - 1
    ink: Any = {"va": "center", "fontsize": small}
    x = _MARGIN * size
    for text, after in ((scale.label, 1.2), (scale.low, 0.4)):
        axes.text(x, middle, text, **ink)
        x += text_width(text, small) * 72 + after * size
    wide, steps = 6 * size, 48
    for step in range(steps):
        axes.add_patch(
            Rectangle(
                (x + wide * step / steps, middle - 0.45 * size),
                wide / steps * 1.02,
                0.9 * size,
                facecolor=scale.colours((step + 0.5) / steps),
                linewidth=0,
            )
        )
    axes.text(x + wide + 0.4 * size, middle, scale.high, **ink)
