"""Colour maps of figures: from the ``cmap`` catalogue, and only such as everyone can read.

A colour scale is read by its lightness, above all by the colour-blind and on grey paper.  A
sequential map must therefore grow steadily lighter or darker, and a diverging one do so from its
middle to both ends.  Rainbows do neither: they show edges where the numbers have none.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.colors import Colormap

__all__ = ["check_map", "colour_map"]

_STOPS = 65
_LEAST_RANGE = {"sequential": 50.0, "diverging": 40.0}  # of CIE lightness, 0 to 100
_LARGEST_STEP = 2.0  # in mean steps
_SLACK = 0.3  # a step back in lightness that nobody sees


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


@cache
def check_map(name: str, kind: str) -> None:
    """Refuse a map that the catalogue does not have, or that misleads.

    Parameters
    ----------
    name : str
        Of the ``cmap`` catalogue.
    kind : str
        ``"sequential"`` or ``"diverging"``.

    Raises
    ------
    ValueError
        It is unknown, or its lightness does not run evenly.

    Examples
    --------
    >>> check_map("cividis", "sequential")
    >>> check_map("jet", "sequential")
    Traceback (most recent call last):
        ...
    ValueError: the colour map 'jet' misleads: its lightness does not run evenly in one direction
    """
    from cmap import Colormap as Catalogued

    try:
        colours = np.asarray(Catalogued(name)(np.linspace(0, 1, _STOPS)), dtype=np.float64)
    except (ValueError, TypeError):
        raise ValueError(f"there is no colour map {name!r} in the cmap catalogue") from None
    lightness = _lightness(colours[:, :3])
    if kind == "sequential":
        steady, way = _runs(lightness), "in one direction"
    else:
        halves = lightness[: _STOPS // 2 + 1][::-1], lightness[_STOPS // 2 :]
        signs = {np.sign(half[-1] - half[0]) for half in halves}
        steady, way = all(_runs(half) for half in halves) and len(signs) == 1, "from its middle"
    if not steady or np.ptp(lightness) < _LEAST_RANGE[kind]:
        raise ValueError(
            f"the colour map {name!r} misleads: its lightness does not run evenly {way}"
        )


def _runs(lightness: NDArray[np.float64]) -> bool:
    """Return whether lightness goes one way, without a step far beyond the mean one."""
    steps = np.diff(lightness) * np.sign(lightness[-1] - lightness[0])
    return bool(steps.min() >= -_SLACK and steps.max() <= _LARGEST_STEP * np.abs(steps).mean())


def _lightness(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return CIE 1976 L* (n,) of sRGB colours (n, 3)."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    luminance = linear @ np.array([0.2126, 0.7152, 0.0722])
    cube = np.where(
        luminance > (6 / 29) ** 3, np.cbrt(luminance), luminance / (3 * (6 / 29) ** 2) + 4 / 29
    )
    return np.asarray(116 * cube - 16)
