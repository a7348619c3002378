"""All kinds of figures; a new one is a module and one line here."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol

from laminoscope_core.figures import (
    adjustments,
    drawing,
    fit,
    laminar,
    regression,
    running_text,
    spread,
    strip,
    token_compare,
    tokens,
)
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import Style
from laminoscope_core.plots import (
    candidates,
    chain,
    compare,
    distributions,
    loops,
    pairs,
    similarity,
    similarity_layers,
    unity,
    watch,
    writing,
)

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
        The id of the panel that shows it in the window, if one does.
    title : str
        Its name for people.
    requires : tuple of str
        Ids of the results without which it cannot be drawn.
    module : module
        Where ``View()``, ``data(results, view)``, ``height(plot, width, style)`` (inches that suit
        a width in inches) and ``draw(place, plot, style)`` are.
    any_of: tuple of str
        Ids of results of which it shows those that are there; it needs one if it names any.
    """

    id: str
    title: str
    requires: tuple[str, ...]
    module: _Module
    any_of: tuple[str, ...] = ()

    def fits(self, results: Container[str]) -> bool:
        """Return whether it can be drawn from the results of some ids."""
        chosen = not self.any_of or any(name in results for name in self.any_of)
        return chosen and all(name in results for name in self.requires)


def _of(plot: Any, drawn: Any = drawing) -> Any:
    """Return a described plot as the module of a figure."""
    return SimpleNamespace(View=plot.View, data=plot.show, height=drawn.height, draw=drawn.draw)


_KINDS = (
    FigureKind("similarity", "Similarity", ("similarity",), _of(similarity)),
    FigureKind(
        "similarity-layers", "Similarity in all layers", ("similarity",), _of(similarity_layers)
    ),
    FigureKind("laminar", "Laminar curves", ("rsa", "separability", "direct"), laminar),
    FigureKind("pairs", "Pairs", ("similarity", "rsa"), _of(pairs)),
    FigureKind(
        "distributions", "Within and across", ("similarity", "separability"), _of(distributions)
    ),
    FigureKind("unity", "Unity", ("rsa",), _of(unity)),
    FigureKind("tokens", "Tokens", ("adjustments", "regression"), tokens),
    FigureKind("adjustments", "Adjustments", ("adjustments",), adjustments),
    FigureKind("strip", "Layers", ("adjustments",), strip),
    FigureKind("spread", "Distributions", ("adjustments",), spread),
    FigureKind("regression", "Regression", ("regression",), regression),
    FigureKind("fit", "Fit", ("regression", "adjustments"), fit),
    FigureKind("token-compare", "Compare", ("regression", "adjustments"), token_compare),
    FigureKind("writing", "Continuation", ("continuation",), _of(writing, running_text)),
    FigureKind("chain", "Sampler chain", ("continuation",), _of(chain)),
    FigureKind("candidates", "Candidates", ("continuation",), _of(candidates)),
    FigureKind("compare", "Compare", ("comparison",), _of(compare)),
    FigureKind("watch", "Watched tokens", ("continuation",), _of(watch)),
    FigureKind("loops", "Loop laboratory", ("continuation",), _of(loops), ("echo", "loops")),
)

FIGURES: Mapping[str, FigureKind] = {kind.id: kind for kind in _KINDS}
"""By id, in the order in which they are written."""


def available(results: Mapping[str, Any]) -> tuple[FigureKind, ...]:
    """Return the kinds that can be drawn from some results."""
    return tuple(kind for kind in _KINDS if kind.fits(results.keys()))
