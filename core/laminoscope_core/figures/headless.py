"""What a run is drawn as without a window: the rows of each section's figure, and formats."""

from collections.abc import Container

from laminoscope_core.figures.writing import FORMATS
from laminoscope_core.plots.registry import Spec, composed_rows

__all__ = ["parse_formats", "section_rows"]


def section_rows(section: str, results: Container[str]) -> list[list[Spec]]:
    """Return the rows of a section's figure, without the plots that the results do not allow."""
    rows = ([Spec(plot.id) for plot in row if plot.fits(results)] for row in composed_rows(section))
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
