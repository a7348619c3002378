"""All kinds of figures; a new one is a module and one line here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from laminoscope_core.figures import (
    adjustments,
    fit,
    laminar,
    regression,
    spread,
    strip,
    token_compare,
    tokens,
    unity,
)
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import Style

if TYPE_CHECKING:
    from matplotlib.figure import SubFigure

__all__ = ["FIGURES", "FigureKind", "available"]


class _Module(Protocol):
    @property
    def View(self) -> type[Any]: ...

    def data(self, results: Mapping[str, Any], view: Any) -> PlotData: ...

    def height(self, plot: PlotData, width: float, style: Style) -> float: ...

    def draw(self, place: "SubFigure", plot: PlotData, style: Style) -> None: ...


@dataclass(frozen=True)
class FigureKind:
    """One kind of plot.

    Attributes
    ----------
    id : str
        The id of the panel that shows it in the window.
    title : str
        Its name for people.
    requires : tuple of str
        Ids of the results without which it cannot be drawn.
    module : module
        Where ``View()``, ``data(results, view)``, ``height(plot, width, style)`` (inches that suit
        a width in inches) and ``draw(place, plot, style)`` are.
    """

    id: str
    title: str
    requires: tuple[str, ...]
    module: _Module


_KINDS = (
    FigureKind("laminar", "Laminar curves", ("rsa", "separability", "direct"), laminar),
    FigureKind("unity", "Unity", ("rsa",), unity),
    FigureKind("tokens", "Tokens", ("adjustments", "regression"), tokens),
    FigureKind("adjustments", "Adjustments", ("adjustments",), adjustments),
    FigureKind("strip", "Layers", ("adjustments",), strip),
    FigureKind("spread", "Distributions", ("adjustments",), spread),
    FigureKind("regression", "Regression", ("regression",), regression),
    FigureKind("fit", "Fit", ("regression", "adjustments"), fit),
    FigureKind("token-compare", "Compare", ("regression", "adjustments"), token_compare),
)

FIGURES: Mapping[str, FigureKind] = {kind.id: kind for kind in _KINDS}
"""By id, in the order in which they are written."""


def available(results: Mapping[str, Any]) -> tuple[FigureKind, ...]:
    """Return the kinds that can be drawn from some results."""
    return tuple(kind for kind in _KINDS if set(kind.requires) <= results.keys())
