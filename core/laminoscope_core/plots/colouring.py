"""Colour map and limits of a map of numbers, as far as they were chosen at the map itself."""

from dataclasses import dataclass, replace
from math import isfinite

from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.shown import Scale
from laminoscope_core.theme import SEQUENTIAL_MAPS

__all__ = ["Coloured", "coloured"]


@dataclass(frozen=True, kw_only=True)
class Coloured:
    """What the views of maps have in common.

    Attributes
    ----------
    colours : str
        One of `SEQUENTIAL_MAPS`; empty for that of all plots.
    between : tuple of (float, float) or None
        The numbers of the first and of the last colour; None for limits that follow the data.

    Raises
    ------
    ValueError
        There is no such map, or these are no limits.
    """

    colours: str = ""
    between: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        check_choice("colours", self.colours, ("", *SEQUENTIAL_MAPS))
        if self.between is not None:
            low, high = self.between
            if not (isfinite(low) and isfinite(high) and low < high):
                raise ValueError(
                    f"between must be two numbers, the smaller first, not {low}, {high}"
                )


def coloured(scale: Scale, view: Coloured) -> Scale:
    """Return a scale with the map and the limits that a view has chosen.

    Examples
    --------
    >>> scale = coloured(Scale("sequential", 0.2, 0.7, "cosine"), Coloured(between=(0.0, 1.0)))
    >>> scale.low, scale.high, scale.over, scale.under
    (0.0, 1.0, True, True)
    """
    scale = replace(scale, colours=view.colours)
    if view.between is None:
        return scale
    return replace(scale, low=view.between[0], high=view.between[1], over=True, under=True)
