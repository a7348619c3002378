"""Several plots in one figure: rows of panels with letters."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, product, repeat
from string import ascii_lowercase
from threading import RLock
from typing import TYPE_CHECKING, Any

from laminoscope_core.aside import import_aside
from laminoscope_core.figures import drawing, running_text
from laminoscope_core.figures.parts import line_height
from laminoscope_core.figures.style import MM, Style
from laminoscope_core.job import Job
from laminoscope_core.plots.registry import Spec
from laminoscope_core.plots.running_text import RunningText
from laminoscope_core.plots.shown import Shown

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["compose", "settings"]

_LOCK = RLock()

_DRAWN: Mapping[type, Any] = {Shown: drawing, RunningText: running_text}
"""By what a plot shows: the module whose ``height`` and ``draw`` are for it."""

_MARGIN = 1.5
_GAP = 4.0
_LEAST_WIDTH = 52.0
"""Of the figure, between plots, and of a plot that stands beside others: mm at 7 points."""


def compose(
    results: Mapping[str, Any],
    rows: Sequence[Sequence[Spec]],
    style: Style | None = None,
    job: Job | None = None,
) -> "Figure":
    """Draw plots in rows, as wide as the style says and as high as they need.

    Parameters
    ----------
    results : mapping of str to object
        By id, as in `laminoscope_core.run.RunResult.results`.
    rows : sequence of sequences of Spec
        Plots of one row share its width evenly; where they would be too narrow to read, the row
        is broken.
    style : Style, optional
        Two columns of a journal by default.
    job : Job, optional
        Progress and cancellation, plot by plot.

    Raises
    ------
    Cancelled
        The job was cancelled.
    ValueError
        There is no plot.
    KeyError
        A result that a plot requires is not there.
    """
    style, job = style or Style(), job or Job()
    import_aside(job, "matplotlib.figure")
    from matplotlib.figure import Figure

    if not any(rows):
        raise ValueError("a figure needs at least one plot")
    steps, n_plots = count(), sum(map(len, rows))

    def report() -> None:
        step = next(steps)
        job.report(step / (2 * n_plots), f"drawing plot {step % n_plots + 1} of {n_plots}")

    def shown(spec: Spec) -> tuple[Spec, Any]:
        report()
        return spec, spec.shown(results)

    each = [[shown(spec) for spec in row] for row in rows if row]
    scale = MM * style.font_size / 7
    width, margin, gap = style.width * MM, _MARGIN * scale, _GAP * scale
    lettered = style.letters and sum(map(len, each)) > 1
    strip = line_height(style.font_size + 2) if lettered else 0.0
    most = max(1, int((width - 2 * margin + gap) / (_LEAST_WIDTH * scale + gap)))
    lines = [
        _Line(row[start : start + most], (width - 2 * margin + gap) / min(most, len(row)) - gap)
        for row in each
        for start in range(0, len(row), most)
    ]
    heights = [
        strip + max(_DRAWN[type(p)].height(p, line.width, style) for _, p in line.plots)
        for line in lines
    ]
    letters = _letters() if lettered else repeat("")
    with settings(style):
        total = sum(heights) + gap * (len(lines) - 1) + 2 * margin
        figure = Figure(figsize=(width, total))
        bands = figure.add_gridspec(
            2 * len(lines) + 1, 1, height_ratios=_spaced(heights, margin, gap)
        )
        for number, (line, down) in enumerate(zip(lines, heights, strict=True)):
            band = figure.add_subfigure(bands[2 * number + 1])
            widths = [line.width] * round((width - 2 * margin + gap) / (line.width + gap))
            across = _spaced(widths, margin, gap)
            # no row of (nearly) no height: the layout's solver ends the program over such
            parts = (strip, down - strip) if lettered else (down,)
            cells = band.add_gridspec(
                len(parts), len(across), width_ratios=across, height_ratios=parts
            )
            for column, (_, plot) in enumerate(line.plots):
                report()
                if letter := next(letters):
                    head = band.add_subfigure(cells[0, 2 * column + 1])
                    size = style.font_size + 2
                    head.text(0, 1, letter, va="top", weight="bold", fontsize=size)
                place = band.add_subfigure(cells[-1, 2 * column + 1])
                _DRAWN[type(plot)].draw(place, plot, style)
    return figure


@dataclass(frozen=True)
class _Line:
    """Plots that stand beside one another, each some inches wide."""

    plots: Sequence[tuple[Spec, Any]]
    width: float


def _spaced(lengths: Sequence[float], margin: float, gap: float) -> list[float]:
    """Return lengths with a gap between each two of them and a margin at both ends."""
    between = (part for length in lengths for part in (length, gap))
    return [margin, *list(between)[:-1], margin]


def _letters() -> Iterator[str]:
    """Yield a, b, …, z, aa, ab, …"""
    for length in count(1):
        yield from map("".join, product(ascii_lowercase, repeat=length))


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
        "savefig.facecolor": "auto",  # the figure's own, whatever style it is written with
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
        "xtick.major.pad": style.font_size * 0.3,
        "ytick.major.pad": style.font_size * 0.3,
        "axes.labelpad": style.font_size * 0.35,
        "lines.linewidth": style.line,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": True,
        "text.parse_math": False,
        "text.usetex": False,
        "text.hinting": "no_hinting",
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
