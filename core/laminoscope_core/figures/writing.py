"""Figures as files: SVG, PDF and PNG, the same bytes for the same figure, with provenance."""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from laminoscope_core.atomic import write_atomically
from laminoscope_core.figures.compose import settings
from laminoscope_core.figures.style import Style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["FORMATS", "figure_bytes", "write_figure"]

FORMATS = ("svg", "pdf", "png")


def figure_bytes(
    figure: "Figure",
    file_format: str,
    style: Style | None = None,
    provenance: Mapping[str, Any] | None = None,
) -> bytes:
    """Return a figure as the content of a file.

    Parameters
    ----------
    file_format : str
        One of `FORMATS`.
    style : Style, optional
        What the figure was composed with.
    provenance : mapping, optional
        What is needed to make the figure again; it goes into the file's metadata as JSON.

    Raises
    ------
    ValueError
        The format is not one of `FORMATS`.
    """
    if file_format not in FORMATS:
        raise ValueError(f"figures are written as {', '.join(FORMATS)}, not as {file_format!r}")
    style = style or Style()
    record = json.dumps(provenance or {}, sort_keys=True)
    metadata: dict[str, dict[str, Any]] = {
        "svg": {"Creator": "Laminoscope", "Date": None, "Description": record},
        "pdf": {"Creator": "Laminoscope", "CreationDate": None, "Keywords": record},
        "png": {"Software": "Laminoscope", "Description": record},
    }
    content = io.BytesIO()
    with settings(style):
        figure.savefig(
            content,
            format=file_format,
            dpi=style.dpi,
            metadata=metadata[file_format],
            transparent=style.transparent,
        )
    return content.getvalue()


def write_figure(
    figure: "Figure",
    path: Path,
    style: Style | None = None,
    provenance: Mapping[str, Any] | None = None,
) -> None:
    """Write a figure, whole or not at all; the suffix says the format.

    Raises
    ------
    ValueError
        The suffix is none of `FORMATS`.
    OSError
        The file cannot be written.
    """
    path = Path(path)
    suffix = path.suffix.lower().removeprefix(".")
    write_atomically(path, figure_bytes(figure, suffix, style, provenance))
