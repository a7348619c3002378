"""All figures of a run: every kind that its results allow, and one of each section."""

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from laminoscope_core.figures.compose import Spec, compose
from laminoscope_core.figures.kinds import FIGURES, available
from laminoscope_core.figures.style import Style
from laminoscope_core.figures.writing import FORMATS, figure_bytes, provenance_of
from laminoscope_core.job import Job

if TYPE_CHECKING:
    from laminoscope_core.run.run import RunResult

__all__ = ["SECTIONS", "parse_formats", "run_figures", "section_rows"]

SECTIONS: dict[str, tuple[tuple[str, ...], ...]] = {
    "words": (("similarity",), ("laminar",), ("pairs", "distributions", "unity")),
    "text": (
        ("tokens",),
        ("adjustments",),
        ("strip", "spread"),
        ("regression", "fit"),
    ),
    "prompts": (("writing",), ("chain",), ("candidates",), ("compare",), ("watch",), ("loops",)),
}
"""By section: the rows of plots of its composed figure."""


def section_rows(section: str, results: Container[str]) -> list[list[Spec]]:
    """Return the rows of a section's figure, without the plots that the results do not allow."""
    rows = [
        [Spec(kind) for kind in row if FIGURES[kind].fits(results)] for row in SECTIONS[section]
    ]
    return [row for row in rows if row]


def parse_formats(text: str) -> tuple[str, ...]:
    """Return the formats in a list such as ``svg,pdf``.

    Raises
    ------
    ValueError
        One is none of `FORMATS`, or there is none.

    Examples
    --------
    >>> parse_formats("svg, PNG")
    ('svg', 'png')
    """
    formats = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",")))
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise ValueError(f"figures are written as {', '.join(FORMATS)}, not as {unknown[0]!r}")
    return formats


def run_figures(
    run: "RunResult",
    formats: Sequence[str] = FORMATS,
    style: Style | None = None,
    job: Job | None = None,
) -> dict[str, bytes]:
    """Draw everything that a run has computed.

    Parameters
    ----------
    run : RunResult
        Whose results are shown.
    formats : sequence of str
        Some of `FORMATS`.
    style : Style, optional
        Two columns of a journal by default.
    job : Job, optional
        Progress and cancellation.

    Returns
    -------
    dict of str to bytes
        By path: ``figures/laminar.svg`` and so on for every kind, ``figures/words.svg`` for all
        plots of a section together.  Give it to `RunResult.write`.

    Raises
    ------
    Cancelled
        The job was cancelled.
    """
    job, style = job or Job(), style or Style()
    figures = {kind.id: [[Spec(kind.id)]] for kind in available(run.results)}
    figures |= {
        section: rows
        for section in SECTIONS
        if section in run.results and (rows := section_rows(section, run.results))
    }
    record = run.provenance()
    files: dict[str, bytes] = {}
    for number, (name, rows) in enumerate(figures.items()):
        job.report(number / len(figures), f"drawing {name}")
        figure = compose(run.results, rows, style)
        specs = [spec for row in rows for spec in row]
        provenance = provenance_of(record, specs, style)
        for suffix in formats:
            files[f"figures/{name}.{suffix}"] = figure_bytes(figure, suffix, style, provenance)
    job.report(1.0, "figures drawn")
    return files
