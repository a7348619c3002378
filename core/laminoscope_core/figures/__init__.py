"""Figures for journals, slides and colleagues, drawn by matplotlib from results.

What a plot shows is described in `laminoscope_core.plots`; here it is drawn, from that description
and from nothing else.  So the data that are exported beside a figure are the figure's.

Examples
--------
>>> from laminoscope_core.figures import Spec
>>> Spec("unity").view
View(layer=None, carrier=None)
"""

from laminoscope_core.figures.compose import compose
from laminoscope_core.figures.style import PRESETS, Style
from laminoscope_core.figures.writing import (
    FORMATS,
    figure_bytes,
    provenance_of,
    write_figure,
)
from laminoscope_core.plots.registry import Spec

__all__ = [
    "FORMATS",
    "PRESETS",
    "Spec",
    "Style",
    "compose",
    "figure_bytes",
    "provenance_of",
    "write_figure",
]
