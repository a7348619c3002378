"""How a figure looks: width, type, colours; presets for journals and slides."""

from collections.abc import Mapping
from dataclasses import dataclass

from laminoscope_core.figures.colour_maps import check_map
from laminoscope_core.theme import DEPTH, DIVERGING, SEQUENTIAL, THEMES, Theme

__all__ = ["MM", "PRESETS", "Style"]

MM = 1 / 25.4
"""Inches in a millimetre."""

_LEAST_WIDTH = 8.0
"""Millimetres for each point of the font size; narrower plots have no room for their labels."""

_MAPS = {"sequential": "sequential", "diverging": "diverging", "depth": "sequential"}
"""By attribute of a style: how its map must run."""


@dataclass(frozen=True)
class Style:
    """The look of a figure.

    Attributes
    ----------
    width : float
        Millimetres.
    font_size : float
        Points, of labels; ticks are a point smaller.
    appearance : str
        ``"light"`` or ``"dark"``.
    transparent : bool
        Leave the background out.
    letters : bool
        Put a, b, c at the panels of a composed figure.
    marks : bool
        Show what is selected: the layer line, the pair, the tokens.
    dpi : int
        Dots per inch of a PNG.
    sequential, diverging, depth : str
        Names of colour maps of the ``cmap`` catalogue whose lightness runs evenly.

    Raises
    ------
    ValueError
        A size is out of range, the figure is too narrow for its font, an appearance or colour map
        is unknown, or a map misleads.
    """

    width: float = 180.0
    font_size: float = 7.0
    appearance: str = "light"
    transparent: bool = False
    letters: bool = True
    marks: bool = True
    dpi: int = 300
    sequential: str = SEQUENTIAL
    diverging: str = DIVERGING
    depth: str = DEPTH

    def __post_init__(self) -> None:
        ranges = {"width": (30, 1000), "font_size": (3, 40), "dpi": (36, 1200)}
        for name, (low, high) in ranges.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise ValueError(f"{name} must be from {low} to {high}, not {value}")
        if self.width < (least := _LEAST_WIDTH * self.font_size):
            raise ValueError(
                f"width must be {least:g} mm or more for a font_size of {self.font_size:g},"
                f" not {self.width:g}"
            )
        if self.appearance not in THEMES:
            raise ValueError(f"appearance must be light or dark, not {self.appearance!r}")
        for name, kind in _MAPS.items():
            if (chosen := getattr(self, name)) != getattr(type(self), name):
                check_map(chosen, kind)

    @property
    def theme(self) -> Theme:
        """Colours of the appearance."""
        return THEMES[self.appearance]

    @property
    def line(self) -> float:
        """Width of a curve in points."""
        return self.font_size / 7

    @property
    def thin(self) -> float:
        """Width of axes and grid lines in points."""
        return self.font_size / 14


PRESETS: Mapping[str, Style] = {
    "single column": Style(width=88.0, font_size=7.0),
    "1.5 column": Style(width=120.0, font_size=7.0),
    "double column": Style(width=180.0, font_size=7.0),
    "slide": Style(width=254.0, font_size=14.0, letters=False, dpi=150),
}
"""Common sizes: a journal's one, one and a half and two columns, a 4 × 3 slide's width."""
