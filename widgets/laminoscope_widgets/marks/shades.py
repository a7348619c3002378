"""How the numbers of a map become colours."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from laminoscope_core.plots.shown import Scale
from laminoscope_core.theme import DEPTH_PARTS, GROUNDS
from laminoscope_widgets.plots.colours import colour_map
from laminoscope_widgets.theme import Theme

__all__ = ["shade_map"]

_SHADES = 512


def shade_map(scale: Scale | None, theme: Theme) -> Callable[[Any], np.ndarray]:
    """Return how numbers become colours, (n, 4) bytes, legible on the theme's background."""
    if scale is None:
        return lambda numbers: np.zeros((np.size(numbers), 4), np.ubyte)
    if scale.map == "ground":
        name, low, high = GROUNDS[theme.name]
    else:
        name, low, high = scale.colours or getattr(theme, scale.map), 0.0, 1.0
    if scale.map == "depth":
        low, high = DEPTH_PARTS[theme.name]
    colours = _colour_table(name, low, high)

    def shades(numbers: Any) -> np.ndarray:
        values, ends = np.atleast_1d(np.asarray(numbers)), (scale.low, scale.high)
        if scale.log:
            values, ends = np.log(np.maximum(values, 1e-30)), (np.log(ends[0]), np.log(ends[1]))
        step = (values - ends[0]) * ((_SHADES - 1) / (ends[1] - ends[0]))
        at = np.clip(np.nan_to_num(step), 0, _SHADES - 1)
        return colours[np.round(at).astype(np.intp)]

    return shades


@cache
def _colour_table(name: str, low: float, high: float) -> np.ndarray:
    """Return the colours of a part of a map (n_shades, 4): looking up is far cheaper than it."""
    found: np.ndarray = colour_map(name).map(np.linspace(low, high, _SHADES))
    return found
