"""A figure as files: vector and pixel graphics, the data that it shows, and their provenance."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from laminoscope_core.export.columns import dictionary_of, labels_of, plot_path
from laminoscope_core.export.formats import table_bytes, write_table
from laminoscope_core.export.provenance import provenance
from laminoscope_core.figures import (
    FORMATS,
    Spec,
    Style,
    compose,
    figure_bytes,
    provenance_of,
)
from laminoscope_core.job import Job
from laminoscope_core.plots.registry import available, composed_rows
from laminoscope_core.run.results import RunResult
from laminoscope_core.run.sections import SECTIONS
from laminoscope_core.strict_json import json_ready
from laminoscope_core.tables import Table

__all__ = ["figure_files", "run_figures", "write_plot_data"]


def figure_files(
    run: RunResult,
    rows: Sequence[Sequence[Spec]],
    style: Style | None = None,
    formats: Sequence[str] = ("svg", "pdf", "png"),
    data_formats: Sequence[str] = ("csv",),
    job: Job | None = None,
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
    job : Job, optional
        Progress and cancellation.

    Returns
    -------
    dict of str to bytes
        By path: ``figures/figure.svg``, …, and ``figures/1-laminar.csv``, … in the order of the
        plots.  Give it to `laminoscope_core.export.run_files.write_run`.

    Raises
    ------
    Cancelled
        The job was cancelled.
    """
    job = job or Job()
    specs = [spec for row in rows for spec in row]
    record = provenance_of(provenance(run), specs, style)
    figure = compose(run.results, rows, style, job.part(0.0, 0.5))
    files = {}
    for number, name in enumerate(formats):
        job.report(0.5 + 0.4 * number / len(formats), f"writing {name.upper()}")
        files[f"figures/figure.{name}"] = figure_bytes(figure, name, style, record)
    if not data_formats:  # as for a preview: the numbers are not computed a second time
        return files
    for number, spec in enumerate(specs, start=1):
        job.report(0.9 + 0.1 * number / len(specs), "writing the data")
        table, shown = _data(run, spec)
        for name in data_formats:
            files[f"figures/{number}-{spec.kind}.{name}"] = table_bytes(table, name, shown)
    return files


def run_figures(
    run: RunResult,
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
        By path: ``figures/laminar.svg`` and so on for every kind,
        ``figures/altered-laminar.svg`` of the altered model if there is one, ``figures/words.svg``
        for all plots of a section together.  Give it to `write_run`.

    Raises
    ------
    Cancelled
        The job was cancelled.
    """
    job, style = job or Job(), style or Style()
    figures = {kind.id: [[Spec(kind.id)]] for kind in available(run.results)}
    figures |= {
        f"altered-{kind.id}": [[Spec(kind.id, altered=True)]]
        for kind in available(run.results, altered=True)
    }
    figures |= {
        section: rows
        for section in SECTIONS
        if section in run.results and (rows := composed_rows(section, run.results))
    }
    record = provenance(run)
    files: dict[str, bytes] = {}
    for number, (name, rows) in enumerate(figures.items()):
        job.report(number / len(figures), f"drawing {name}")
        figure = compose(run.results, rows, style)
        specs = [spec for row in rows for spec in row]
        for suffix in formats:
            files[f"figures/{name}.{suffix}"] = figure_bytes(
                figure, suffix, style, provenance_of(record, specs, style)
            )
    job.report(1.0, "figures drawn")
    return files


def write_plot_data(run: RunResult, spec: Spec, path: str | Path, *, mark: bool = False) -> Path:
    """Write the numbers that a plot shows; the suffix says the format.

    ``mark`` as for `laminoscope_core.export.formats.write_table`.

    Raises
    ------
    ExportError, OSError
        See `laminoscope_core.export.formats.write_table`.
    """
    table, shown = _data(run, spec)
    return write_table(table, path, shown, mark=mark)


def _data(run: RunResult, spec: Spec) -> tuple[Table, dict[str, Any]]:
    """Return what a plot shows, and its provenance with the view, labels and limits."""
    plot = spec.shown(run.results)
    path = plot_path(spec.kind)
    table = Table(plot.table.columns, {**plot.labels, **labels_of(plot.table, path)})
    shown = {
        "kind": spec.kind,
        "view": json_ready(asdict(spec.view)),
        "altered": spec.is_altered,
        "change": spec.change,
        "labels": dict(plot.labels),
        "limits": dict(plot.limits),
        "columns": dictionary_of({path: table})[path],
    }
    return table, {**provenance(run), "figure": [shown]}
