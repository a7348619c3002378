"""Parts that several kinds of figures draw."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.figures.style import Style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap, Normalize

__all__ = ["MARKERS", "colour_map", "depth_map", "grid", "layer_line", "legend_below"]

MARKERS = {"q": "s", "k": "o", "v": "^", "q-k": "s", "q-v": "o", "k-v": "^"}
"""A marker shape beside each colour, for those who cannot tell the colours."""


def colour_map(name: str) -> "Colormap":
    """Return a map of the ``cmap`` catalogue as matplotlib wants it.

    Raises
    ------
    ValueError
        There is no such map.
    """
    from cmap import Colormap as Catalogued

    colours: Colormap = Catalogued(name).to_mpl()
    return colours


def depth_map(layers: NDArray[Any], style: Style) -> "tuple[Normalize, Colormap]":
    """Return how layers are coloured, first to last, legible on the style's background."""
    from matplotlib.colors import ListedColormap, Normalize

    low, high = (0.0, 0.88) if style.appearance == "light" else (0.18, 1.0)
    colours = colour_map(style.depth)(np.linspace(low, high, 256))
    return Normalize(float(layers.min()), float(layers.max())), ListedColormap(colours)


def grid(axes: "Axes", style: Style) -> None:
    """Draw faint horizontal lines behind the marks."""
    axes.grid(axis="y", color=style.theme.grid, alpha=0.25, linewidth=style.thin)
    axes.set_axisbelow(True)


def layer_line(axes: "Axes", layer: int | None, style: Style) -> None:
    """Mark the selected layer, if there is one and the style shows marks."""
    if layer is not None and style.marks:
        axes.axvline(layer, color=style.theme.accent, linewidth=style.thin, zorder=0.9)


def legend_below(axes: "Axes", style: Style, columns: int = 3) -> None:
    """Put the legend below the axes, in the text's colour."""
    from matplotlib.collections import PathCollection

    legend = axes.legend(
        loc="upper center",
        bbox_to_anchor=(0.5, -0.22),
        ncols=columns,
        handletextpad=0.3,
        columnspacing=1.0,
        borderaxespad=0,
    )
    for handle in legend.legend_handles:
        if isinstance(handle, PathCollection):
            handle.set_array(None)
            handle.set_facecolor(style.theme.muted)
