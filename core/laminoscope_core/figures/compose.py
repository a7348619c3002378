"""Several plots in one figure: rows of panels with letters."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock
from typing import TYPE_CHECKING, Any

from laminoscope_core.figures.kinds import FIGURES
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.style import MM, Style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Spec", "compose", "settings"]

_LOCK = RLock()
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Spec:
    """One plot of a figure: its kind and what it shows.

    Attributes
    ----------
    kind : str
        A key of `FIGURES`.
    view : dataclass
        The kind's ``View``; its defaults if left out.

    Raises
    ------
    ValueError
        There is no such kind, or the view is another kind's.
    """

    kind: str
    view: Any = field(default=None)

    def __post_init__(self) -> None:
        if self.kind not in FIGURES:
            raise ValueError(f"there is no figure {self.kind!r}; there are {', '.join(FIGURES)}")
        wanted = FIGURES[self.kind].module.View
        if self.view is None:
            object.__setattr__(self, "view", wanted())
        elif not isinstance(self.view, wanted):
            raise ValueError(f"a view of {type(self.view).__module__} does not fit {self.kind!r}")

    def data(self, results: Mapping[str, Any]) -> PlotData:
        """Return every number that the plot shows."""
        return FIGURES[self.kind].module.data(results, self.view)


def compose(
    results: Mapping[str, Any], rows: Sequence[Sequence[Spec]], style: Style | None = None
) -> "Figure":
    """Draw plots in rows, as wide as the style says and as high as they need.

    Parameters
    ----------
    results : mapping of str to object
        By id, as in `laminoscope_core.run.RunResult.results`.
    rows : sequence of sequences of Spec
        Plots of one row share its width evenly.

    Raises
    ------
    ValueError
        There is no plot.
    KeyError
        A result that a plot requires is not there.
    """
    from matplotlib.figure import Figure

    style = style or Style()
    plots = [[(spec, spec.data(results)) for spec in row] for row in rows if row]
    if not plots:
        raise ValueError("a figure needs at least one plot")
    width = style.width * MM
    heights = [
        max(FIGURES[s.kind].module.height(p, width / len(row), style) for s, p in row)
        for row in plots
    ]
    with settings(style):
        figure = Figure(figsize=(width, sum(heights)), layout="constrained")
        places = figure.subfigures(len(plots), 1, height_ratios=heights, squeeze=False)
        letters = iter(_LETTERS if sum(map(len, plots)) > 1 and style.letters else "")
        for row, (place,) in zip(plots, places, strict=True):
            for (spec, plot), cell in zip(
                row, place.subfigures(1, len(row), squeeze=False)[0], strict=True
            ):
                if letter := next(letters, ""):
                    cell.suptitle(
                        letter, x=0.0, ha="left", weight="bold", fontsize=style.font_size + 2
                    )
                FIGURES[spec.kind].module.draw(cell, plot, style)
    return figure


@contextmanager
def settings(style: Style) -> Iterator[None]:
    """Let matplotlib draw in a style; one thread at a time, and nothing remains set."""
    import matplotlib

    theme = style.theme
    background = "none" if style.transparent else theme.surface
    wanted: dict[Any, Any] = {
        "font.family": ["DejaVu Sans"],
        "font.size": style.font_size,
        "axes.titlesize": style.font_size,
        "axes.labelsize": style.font_size,
        "xtick.labelsize": style.font_size - 1,
        "ytick.labelsize": style.font_size - 1,
        "legend.fontsize": style.font_size - 1,
        "figure.facecolor": background,
        "axes.facecolor": background,
        "savefig.facecolor": background,
        "text.color": theme.text,
        "axes.titlecolor": theme.text,
        "axes.labelcolor": theme.text,
        "axes.edgecolor": theme.muted,
        "xtick.color": theme.muted,
        "ytick.color": theme.muted,
        "xtick.labelcolor": theme.text,
        "ytick.labelcolor": theme.text,
        "axes.linewidth": style.thin,
        "xtick.major.width": style.thin,
        "ytick.major.width": style.thin,
        "xtick.major.size": style.font_size / 3,
        "ytick.major.size": style.font_size / 3,
        "lines.linewidth": style.line,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": True,
        "text.parse_math": False,
        "text.usetex": False,
        "legend.frameon": False,
        "image.interpolation": "none",
        "image.composite_image": False,
        "path.simplify": True,
        "pdf.fonttype": 42,
        "svg.fonttype": "none",
        "svg.hashsalt": "laminoscope",
    }
    with _LOCK, matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(wanted)
        yield
