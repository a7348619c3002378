"""A figure as files: vector and pixel graphics, the data that it shows, and their provenance."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from laminoscope_core.export.formats import json_ready, table_bytes, write_table
from laminoscope_core.run.run import RunResult
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from laminoscope_core.figures import Spec, Style

__all__ = ["figure_files", "write_plot_data"]


def figure_files(
    run: RunResult,
    rows: "Sequence[Sequence[Spec]]",
    style: "Style | None" = None,
    formats: Sequence[str] = ("svg", "pdf", "png"),
    data_formats: Sequence[str] = ("csv",),
) -> dict[str, bytes]:
    """Return the files of a figure and of the data of each of its plots.

    Parameters
    ----------
    run : RunResult
        Whose results are shown.
    rows : sequence of sequences of Spec
        As for `laminoscope_core.figures.compose`.
    style : Style, optional
        As for `laminoscope_core.figures.compose`.
    formats, data_formats : sequence of str
        Some of `laminoscope_core.figures.FORMATS`, of `laminoscope_core.export.formats.FORMATS`.

    Returns
    -------
    dict of str to bytes
        By path: ``figures/figure.svg``, …, and ``figures/1-laminar.csv``, … in the order of the
        plots.  Give it to `RunResult.write`.
    """
    from laminoscope_core.figures import compose, figure_bytes, provenance_of

    specs = [spec for row in rows for spec in row]
    record = provenance_of(run.provenance(), specs, style)
    figure = compose(run.results, rows, style)
    files = {
        f"figures/figure.{name}": figure_bytes(figure, name, style, record) for name in formats
    }
    if not data_formats:  # as for a preview: the numbers are not computed a second time
        return files
    for number, spec in enumerate(specs, start=1):
        table, shown = _data(run, spec)
        for name in data_formats:
            files[f"figures/{number}-{spec.kind}.{name}"] = table_bytes(table, name, shown)
    return files


def write_plot_data(run: RunResult, spec: "Spec", path: str | Path, *, mark: bool = False) -> Path:
    """Write the numbers that a plot shows; the suffix says the format.

    ``mark`` as for `laminoscope_core.export.formats.write_table`.

    Raises
    ------
    ExportError, OSError
        See `laminoscope_core.export.formats.write_table`.
    """
    table, shown = _data(run, spec)
    return write_table(table, path, shown, mark=mark)


def _data(run: RunResult, spec: "Spec") -> tuple[Table, dict[str, Any]]:
    """Return what a plot shows, and its provenance with the view, labels and limits."""
    plot = spec.data(run.results)
    table = Table(plot.table.columns, {**plot.table.labels, **plot.labels})
    shown = {
        "kind": spec.kind,
        "view": json_ready(asdict(spec.view)),
        "labels": dict(plot.labels),
        "limits": dict(plot.limits),
    }
    return table, {**run.provenance(), "figure": [shown]}
