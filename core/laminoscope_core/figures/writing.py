"""Figures as files: SVG, PDF and PNG, the same bytes for the same figure, with provenance."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from laminoscope_core.atomic import write_atomically
from laminoscope_core.figures.compose import settings
from laminoscope_core.figures.fonts import with_fonts
from laminoscope_core.figures.style import Style
from laminoscope_core.plots.registry import Spec
from laminoscope_core.strict_json import json_ready

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["FORMATS", "figure_bytes", "parse_formats", "provenance_of", "write_figure"]

FORMATS = ("svg", "pdf", "png")

_LIBRARIES = ("matplotlib", "cmap")


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
    record = json.dumps(json_ready(provenance or {}), sort_keys=True)
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
    return with_fonts(content.getvalue()) if file_format == "svg" else content.getvalue()


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


def provenance_of(
    run_provenance: Mapping[str, Any], specs: Sequence[Spec], style: Style | None = None
) -> dict[str, Any]:
    """Return the provenance of a figure: that of its numbers, what it shows of them, and how.

    Parameters
    ----------
    run_provenance : mapping
        As of `laminoscope_core.export.provenance.provenance`.
    specs : sequence of Spec
        The plots, in their order.
    style : Style, optional
        What the figure is composed with.

    Returns
    -------
    dict
        Besides the run's: ``figure``, a kind and a view for each plot, and ``style``; among the
        ``libraries`` those that draw.
    """
    libraries = {name: version(name) for name in _LIBRARIES}
    return {
        **run_provenance,
        "libraries": {**run_provenance.get("libraries", {}), **libraries},
        "figure": [
            {
                "kind": spec.kind,
                "view": asdict(spec.view),
                "altered": spec.is_altered,
                "change": spec.change,
            }
            for spec in specs
        ],
        "style": asdict(style or Style()),
    }


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
