"""Any plot as part of a figure: each kind of mark drawn by matplotlib, at its place."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.figures.colour_maps import colour_map
from laminoscope_core.figures.layout import (
    Box,
    Layout,
    Place,
    entries_of,
    key_columns,
    lay_out,
    scale_ticks,
    sign_width,
    ticks,
)
from laminoscope_core.figures.names import group_ticks
from laminoscope_core.figures.parts import (
    axes_at,
    fitted,
    grid,
    line_height,
    size_of,
    text_at,
    wrapped,
)
from laminoscope_core.figures.style import Style
from laminoscope_core.figures.text import LINE, MONO_FAMILY, figure_text, text_width
from laminoscope_core.plots.clear import name_boxes
from laminoscope_core.plots.shown import (
    Axis,
    Band,
    Bars,
    Boxes,
    Curve,
    Entry,
    Frame,
    Image,
    Points,
    Rule,
    Scale,
    Shown,
    Spans,
    Steps,
    Texts,
)
from laminoscope_core.theme import DEPTH_PARTS, ON_MAP, on_colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

__all__ = ["colours_of", "draw", "height"]

_MARKERS = {"circle": "o", "square": "s", "triangle": "^", "diamond": "D", "star": "*", "": ""}
_DASHES = (0, (4, 2))
_CHARACTER = 0.602  # widths of a monospaced character in font sizes
_FEWEST = 3  # characters of a token that must find room in a cell; fewer say nothing

_Shades = Callable[[Any], Any]
"""Colours of numbers."""


def height(shown: Shown, width: float, style: Style) -> float:
    """Return the inches that suit a width."""
    return lay_out(shown, width, style).height


def draw(place: "SubFigure", shown: Shown, style: Style) -> None:
    """Draw a plot into its place."""
    layout = lay_out(shown, size_of(place)[0], style)
    for number, text in enumerate(layout.header):
        text_at(place, 0, number * line_height(style.font_size), text, va="top")
    norm, colours = colours_of(shown.scale, style)
    for frame, where in zip(shown.frames.values(), layout.frames, strict=True):
        axes = _axes(place, frame, where, style)
        shades = _shades(*(colours_of(frame.scale, style) if frame.scale else (norm, colours)))
        for depth, mark in enumerate(frame.marks.values()):
            if style.marks or not mark.selection:
                options = {"alpha": mark.alpha, "zorder": 2 + depth / 100}
                _MARKS[type(mark)](axes, mark, shades, style, options)
    if layout.scale is not None and shown.scale is not None:
        _draw_scale(place, layout.scale, shown.scale, norm, colours, style)
    _draw_key(place, layout, entries_of(shown, style), style)


def _shades(norm: Any, colours: Any) -> _Shades:
    return lambda numbers: colours(norm(numbers))


def _axes(place: "SubFigure", frame: Frame, where: Place, style: Style) -> "Axes":
    box, x, y = where.frame, frame.x, frame.y
    for number, text in enumerate(where.title):
        left, top = where.title_corner
        text_at(place, left, top + number * line_height(style.font_size), text, va="top")
    axes = axes_at(place, box.left, box.top, box.width, box.height)
    if x.log:
        axes.set_xscale("log")
    if y.log:
        axes.set_yscale("log")
    if y.root:
        axes.set_yscale("function", functions=(_root, np.square))
    axes.set(xlim=(x.low, x.high), ylim=(y.low, y.high))
    axes.minorticks_off()
    ticks(x, box.width, style, across=True).put(axes, "x")
    ticks(y, box.height, style, across=False).put(axes, "y")
    if where.has_x_label:
        axes.set_xlabel(fitted(figure_text(x.label, 200), box.width * 1.1, style.font_size))
    axes.set_ylabel(fitted(figure_text(y.label, 200), box.height * 1.1, style.font_size))
    for axis, described in ((axes.xaxis, x), (axes.yaxis, y)):
        if described.mono:
            for label in axis.get_ticklabels():
                label.set_fontfamily(MONO_FAMILY)
        if described.ticks:
            axis.set_tick_params(length=0)
    for at, text, meaning in frame.beside:
        axes.text(
            1 + 0.6 * style.font_size / 72 / box.width, at, figure_text(text, 48),
            transform=axes.get_yaxis_transform(), va="center_baseline",
            fontsize=style.font_size - 1, color=style.theme.colour(meaning),
        )  # fmt: skip
    if y.ticks == ():
        axes.spines["left"].set_visible(False)
    if x.groups or y.groups:
        _part_groups(axes, frame, box, style)
    if frame.grid:
        grid(axes, style)
    if frame.inside:
        lines = _inside(frame.inside, box.width, box.height, style)
        axes.text(
            0, 0.97, "\n".join(lines), transform=axes.transAxes, va="top", linespacing=LINE
        )  # fmt: skip
    return axes


def _inside(text: str, width: float, height: float, style: Style) -> list[str]:
    """Return the lines of a text inside a frame of some inches."""
    most = max(2, int(0.9 * height / line_height(style.font_size)))
    return wrapped(figure_text(text, 200), width, style.font_size)[:most]


def _colour_groups(axes: "Axes", axis: Axis, style: Style, *, upright: bool) -> None:
    """Draw a line in the colour of each group along the upper or the left edge."""
    if axis.ticks == ():
        return
    transform = axes.get_yaxis_transform() if upright else axes.get_xaxis_transform()
    edge = (0, 0) if upright else (1, 1)
    for (_, start, stop), meaning in zip(axis.groups, axis.group_colours, strict=False):
        along = (start - 0.5, stop - 0.5)
        axes.plot(
            *((edge, along) if upright else (along, edge)), transform=transform, clip_on=False,
            color=style.theme.colour(meaning), linewidth=0.3 * style.font_size,
            solid_capstyle="butt", zorder=3,
        )  # fmt: skip


def _part_groups(axes: "Axes", frame: Frame, box: Box, style: Style) -> None:
    """Name groups above, and part them, also outside, where a pale map hides white lines."""
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, labelcolor=style.theme.text)
    named = group_ticks(frame.x, box.width, style)
    turned = {"rotation": 90, "va": "bottom"} if named.upright else {"va": "baseline"}
    for middle, text in zip(named.values, named.texts, strict=True):
        axes.annotate(
            text, (middle, 1), xycoords=("data", "axes fraction"), ha="center",
            xytext=(0, 0.35 * style.font_size), textcoords="offset points",
            fontsize=style.font_size - 1, **turned,
        )  # fmt: skip
    for which, axis, room in (("x", frame.x, box.width), ("y", frame.y, box.height)):
        edges = [start - 0.5 for _, start, _ in axis.groups[1:] * axis.parted]
        each = 72 * room / (axis.ends[1] - axis.ends[0])
        draw_line = axes.axvline if which == "x" else axes.axhline
        for edge in edges:
            draw_line(edge, color=ON_MAP, linewidth=min(style.thin, each / 4), zorder=2.005)
        _colour_groups(axes, axis, style, upright=which == "y")
        if axis.ticks != ():
            (axes.xaxis if which == "x" else axes.yaxis).set_ticks(edges, minor=True)
    axes.tick_params(
        which="minor", length=0.4 * style.font_size, width=style.thin, color=style.theme.muted,
        top=True, left=True, bottom=False,
    )  # fmt: skip


def _root(values: Any) -> Any:
    return np.sqrt(np.maximum(values, 0))


def _points(axes: "Axes", mark: Points, shades: _Shades, style: Style, options: Any) -> None:
    low, high = sorted(axes.get_ylim())
    y = np.clip(mark.y, low, high) if np.isinf(mark.y).any() else mark.y
    known = np.isfinite(mark.x) & np.isfinite(y)
    colours: Any = style.theme.colour(mark.colour)
    colours = np.full(len(y), colours) if mark.shade is None else shades(mark.shade)
    background = "none" if style.transparent or mark.selection else style.theme.surface
    filled = np.broadcast_to(np.asarray(mark.filled), y.shape)
    side = style.font_size / 2 * mark.size
    for chosen, full in ((known & filled, True), (known & ~filled, False)):
        if chosen.any():
            axes.scatter(
                mark.x[chosen], y[chosen], marker=_MARKERS[mark.marker], s=side**2,
                facecolors=colours[chosen] if full else background,
                edgecolors="none" if full and mark.shade is not None else colours[chosen],
                linewidths=style.line if mark.selection else style.thin,
                clip_on=False, **options,
            )  # fmt: skip


def _curve(axes: "Axes", mark: Curve, shades: _Shades, style: Style, options: Any) -> None:
    axes.plot(
        mark.x, np.where(np.isfinite(mark.y), mark.y, np.nan),
        color=_colour(mark, shades, style), linestyle=_DASHES if mark.dashed else "-",
        linewidth=style.line * mark.width, **options,
    )  # fmt: skip


def _band(axes: "Axes", mark: Band, _shades: _Shades, style: Style, options: Any) -> None:
    least, most = sorted(axes.get_ylim())
    low, high = (np.clip(each, least, most) for each in (mark.low, mark.high))
    colour = style.theme.colour(mark.colour)
    axes.fill_between(mark.x, low, high, color=colour, linewidth=0, **options)


def _steps(axes: "Axes", mark: Steps, shades: _Shades, style: Style, options: Any) -> None:
    colour = _colour(mark, shades, style)
    if mark.filled:
        under = {**options, "alpha": 0.45 * mark.alpha}
        axes.stairs(mark.heights, mark.edges, fill=True, color=colour, linewidth=0, **under)
    width = style.line * mark.width
    axes.stairs(mark.heights, mark.edges, color=colour, linewidth=width, **options)


def _bars(axes: "Axes", mark: Bars, _shades: _Shades, style: Style, options: Any) -> None:
    draw_bars = axes.bar if mark.upright else axes.barh
    colour = style.theme.colour(mark.colour)
    draw_bars(mark.at, mark.lengths, mark.thickness, color=colour, linewidth=0, **options)


def _texts(axes: "Axes", mark: Texts, _shades: _Shades, style: Style, options: Any) -> None:
    if mark.clear:
        _clear_texts(axes, mark, style, options)
        return
    if mark.box is not None and not _fit_in(axes, mark.box, mark.texts, style):
        return
    rises = style.font_size * 0.6 if mark.box is None else 0.0
    for x, y, text, align in zip(mark.x, mark.y, mark.texts, mark.align, strict=True):
        axes.annotate(
            figure_text(text, 48), (x, y), xytext=(0, rises), textcoords="offset points",
            ha=align, va="bottom" if mark.box is None else "top", fontsize=style.font_size - 1,
            color=style.theme.colour(mark.colour), **options,
        )  # fmt: skip


def _fit_in(axes: "Axes", box: tuple[float, float], texts: Sequence[str], style: Style) -> bool:
    """Return whether each text has room in a box, which is as large as that along the axes."""
    extent, dpi = axes.get_window_extent(), axes.figure.dpi
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    width = extent.width / dpi * box[0] / abs(right - left)
    height = extent.height / dpi * box[1] / abs(high - low)
    size = style.font_size - 1
    widest = max((text_width(text, size) for text in texts), default=0.0)
    return bool(widest <= width and line_height(size) <= height)


def _clear_texts(axes: "Axes", mark: Texts, style: Style, options: Any) -> None:
    """Write the names of points, as many as have room."""
    size, down = style.font_size - 1, np.array([1.0, -1.0])
    inches = axes.figure.dpi * down
    low, high = axes.transAxes.transform([(0, 0), (1, 1)]) / inches
    points = axes.transData.transform(np.stack([mark.x, mark.y], axis=1)) / inches
    texts = [figure_text(text, 24) for text in mark.texts]
    sizes = np.array([(text_width(text, size), line_height(size)) for text in texts])
    wide, tall = np.abs(high - low).tolist()
    lines = _inside(mark.under, wide, tall, style) if mark.under else []
    over = 0.04 * tall + len(lines) * line_height(style.font_size) if lines else 0.0
    bounds = np.array([low[0], high[1] + over, high[0], low[1]])
    boxes = name_boxes(points, sizes.reshape(-1, 2), 0.6 * size / 72, bounds)
    ground = {"facecolor": style.theme.surface, "edgecolor": "none", "alpha": 0.6, "pad": 0}
    for at in np.flatnonzero(np.isfinite(boxes[:, 0])):
        left, _, right, bottom = boxes[at]
        x, y = (np.array([(left + right) / 2, bottom]) - low) / (high - low)
        axes.text(
            x, y, texts[at], transform=axes.transAxes, ha="center", va="bottom", fontsize=size,
            color=style.theme.colour(mark.colour), bbox=ground, **options,
        )  # fmt: skip


def _image(axes: "Axes", mark: Image, shades: _Shades, style: Style, options: Any) -> None:
    missing = ~np.isfinite(mark.values)
    colours = np.asarray(shades(np.where(missing, np.nan, mark.values)))
    colours[missing] = (0, 0, 0, 0) if mark.bare else _rgba(style.theme.border)
    colours = (colours * 255).astype(np.uint8)  # as matplotlib's maps make bytes
    limits = axes.get_xlim(), axes.get_ylim()
    axes.imshow(
        colours, extent=(*mark.x, *mark.y), origin="lower", aspect="auto", **options
    )  # fmt: skip
    axes.set(xlim=limits[0], ylim=limits[1])
    if mark.texts:
        _cell_texts(axes, mark, colours, style, options)


def _cell_texts(axes: "Axes", mark: Image, colours: Any, style: Style, options: Any) -> None:
    """Write texts into the cells of a map, if these are large enough for their beginnings."""
    rows, columns = mark.values.shape
    size = style.font_size - 1
    box, inch = axes.get_position().bounds, 72 / size
    host = axes.figure.bbox
    dpi = axes.figure.dpi
    n_characters = int(box[2] * host.width / dpi / columns * inch / _CHARACTER - 0.5)
    if n_characters < _FEWEST or box[3] * host.height / dpi / rows * inch < 1:
        return
    x, y = (
        np.linspace(low, high, 2 * n + 1)[1::2]
        for (low, high), n in ((mark.x, columns), (mark.y, rows))
    )
    for row, column in np.ndindex(rows, columns):
        written = mark.texts[row][column]
        text = figure_text(written, n_characters, spaces=True, family=MONO_FAMILY)
        axes.text(
            float(x[column]), float(y[row]), text, ha="center", va="center", fontsize=size,
            family=MONO_FAMILY, color=on_colour(colours[row, column, :3] / 255), **options,
        )  # fmt: skip


def _boxes(axes: "Axes", mark: Boxes, _shades: _Shades, style: Style, options: Any) -> None:
    from matplotlib.patches import Rectangle

    colour = style.theme.colour(mark.colour)
    for (left, right), (low, high) in zip(mark.x, mark.y, strict=True):
        for edge, width in ((ON_MAP, 1.8), (colour, 0.9)):
            axes.add_patch(
                Rectangle(
                    (left, low), right - left, high - low, fill=False, edgecolor=edge,
                    linewidth=width * style.line, clip_on=False, **options,
                )
            )  # fmt: skip


def _spans(axes: "Axes", mark: Spans, _shades: _Shades, style: Style, options: Any) -> None:
    from matplotlib.colors import to_rgba

    colour = style.theme.colour(mark.colour)
    look: dict[str, Any] = {"facecolor": to_rgba(colour, 0.15 * mark.alpha), "edgecolor": colour}
    for low, high in zip(mark.low, mark.high, strict=True):
        axes.axvspan(low, high, linewidth=style.thin, zorder=options["zorder"], **look)


def _rule(axes: "Axes", mark: Rule, _shades: _Shades, style: Style, options: Any) -> None:
    look = {
        "color": style.theme.colour(mark.colour),
        "linestyle": _DASHES if mark.dashed else "-",
        "linewidth": style.line * mark.width,
        **options,
    }
    if mark.across == "unity":
        axes.axline((0, 0), slope=1, **look)
    elif mark.across == "y":
        axes.axhline(mark.at, **look)
    elif mark.top is not None:
        axes.plot((mark.at, mark.at), (0, mark.top), **look)
    else:
        axes.axvline(mark.at, **look)


_MARKS: Mapping[type, Any] = {
    Points: _points, Curve: _curve, Band: _band, Steps: _steps, Bars: _bars, Texts: _texts,
    Image: _image, Boxes: _boxes, Spans: _spans, Rule: _rule,
}  # fmt: skip


def _colour(mark: Curve | Steps, shades: _Shades, style: Style) -> Any:
    return style.theme.colour(mark.colour) if mark.shade is None else shades(mark.shade)


def _rgba(colour: str) -> Any:
    from matplotlib.colors import to_rgba

    return to_rgba(colour)


def colours_of(scale: Scale | None, style: Style) -> tuple[Any, Any]:
    """Return how numbers become parts of a map, and the map, legible on the background."""
    from matplotlib.colors import ListedColormap, LogNorm, Normalize

    if scale is None:
        return Normalize(0, 1), colour_map(style.sequential)
    norm = (LogNorm if scale.log else Normalize)(scale.low, scale.high, clip=True)
    if scale.map == "depth":
        low, high = DEPTH_PARTS[style.appearance]
        return norm, ListedColormap(colour_map(style.depth)(np.linspace(low, high, 256)))
    usual = style.diverging if scale.map == "diverging" else style.sequential
    return norm, colour_map(scale.colours or usual)


def _draw_scale(
    place: "SubFigure", box: Box, scale: Scale, norm: Any, colours: Any, style: Style
) -> None:
    """Draw a colour scale as native pixels, labelled on its right; a tip says there is more."""
    axes = axes_at(place, box.left, box.top, box.width, box.height)
    axes.imshow(
        np.linspace(0, 1, 256)[:, None], vmin=0, vmax=1, cmap=colours, origin="lower",
        aspect="auto", extent=(0, 1, 0, 1),
    )  # fmt: skip
    tip = style.font_size / 72 / box.height
    for is_open, end, point in ((scale.over, 1.0, 1 + tip), (scale.under, 0.0, -tip)):
        if is_open:
            colour = colours(end)
            axes.fill((0, 1, 0.5), (end, end, point), color=colour, linewidth=0, clip_on=False)
    found = scale_ticks(scale, box.height, style)
    axes.set(xticks=[], xlim=(0, 1), ylim=(0, 1))
    axes.set_yticks([float(norm(value)) for value in found.values], found.texts)
    axes.yaxis.tick_right()
    axes.yaxis.set_label_position("right")
    axes.tick_params(axis="y", length=style.font_size / 5)
    axes.set_ylabel(fitted(scale.label, box.height * 1.2, style.font_size))
    axes.spines[:].set_visible(False)


def _draw_key(place: "SubFigure", layout: Layout, entries: list[Entry], style: Style) -> None:
    if not entries:
        return
    box, size = layout.key, style.font_size - 1
    line = line_height(style.font_size)
    columns, each = key_columns(entries, box.width, style)
    n_rows = -(-len(entries) // columns)
    axes = axes_at(place, box.left, box.top, box.width, box.height)
    axes.axis("off")
    axes.set(xlim=(0, box.width), ylim=(box.height, 0))
    sign = sign_width(style)
    for number, entry in enumerate(entries):
        x, y = number // n_rows * each, (number % n_rows + 0.5) * line
        _draw_sign(axes, entry, x, y, sign, style)
        text = fitted(figure_text(entry.text, 80), each - sign, size)
        axes.text(x + sign, y, text, va="center_baseline", fontsize=size)


def _draw_sign(axes: "Axes", entry: Entry, x: float, y: float, width: float, style: Style) -> None:
    from matplotlib.patches import Rectangle

    colour, tall = style.theme.colour(entry.colour), line_height(style.font_size)
    middle, end = x + width * 0.4, x + width * 0.8
    if entry.sign in ("band", "outline"):
        filled = entry.sign == "band"
        axes.add_patch(
            Rectangle(
                (x, y - tall / 4), end - x, tall / 2, linewidth=style.line,
                facecolor=colour if filled else "none", edgecolor="none" if filled else colour,
                alpha=0.35 if filled else 1,
            )
        )  # fmt: skip
    elif entry.sign == "upright":
        axes.plot((middle, middle), (y - tall * 0.4, y + tall * 0.4), color=colour)
    else:
        if entry.sign in ("line", "dashed"):
            dashes = _DASHES if entry.sign == "dashed" else "-"
            axes.plot((x, end), (y, y), color=colour, linestyle=dashes)
        axes.plot(
            [middle], [y], marker=_MARKERS[entry.marker], color=colour,
            markerfacecolor="none" if entry.sign in ("hollow", "dotted") else colour,
            markersize=style.font_size / 2, markeredgewidth=style.thin, linestyle="none",
        )  # fmt: skip
        if entry.sign == "dotted":
            axes.plot([middle], [y], "o", color=colour, markersize=style.font_size / 5, mew=0)
