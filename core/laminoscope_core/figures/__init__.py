"""Figures for journals, slides and colleagues, drawn by matplotlib from results.

Each kind of plot is a module with a frozen ``View`` (what is shown of the results: the layer, the
pair, the limits), ``data(results, view)``, which gives a `PlotData` that holds every number of the
plot, and ``draw(place, plot, style)``, which draws from that and from nothing else.  So the data
that are exported beside a figure are the figure's.

Examples
--------
>>> from laminoscope_core.figures import FIGURES
>>> FIGURES["unity"].title
'Unity'
"""

from laminoscope_core.figures.compose import Spec, compose
from laminoscope_core.figures.kinds import FIGURES, FigureKind, available
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import PRESETS, Style
from laminoscope_core.figures.writing import (
    FORMATS,
    figure_bytes,
    provenance_of,
    write_figure,
)

__all__ = [
    "FIGURES",
    "FORMATS",
    "PRESETS",
    "FigureKind",
    "PlotData",
    "Spec",
    "Style",
    "available",
    "compose",
    "figure_bytes",
    "provenance_of",
    "write_figure",
]
