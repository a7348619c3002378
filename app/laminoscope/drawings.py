"""Figures of what a window shows: copied, or written as files with their data and their script.

Each is a job of the numbers lane, and passes long statistics there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from laminoscope.jobs.errands import Errands
from laminoscope.jobs.measures import Measure
from laminoscope.jobs.pace import foreseen
from laminoscope.message_bar import Cause
from laminoscope.parts import Parts
from laminoscope_core.job import Job
from laminoscope_core.run.results import RunResult
from laminoscope_widgets.panel import Panel
from laminoscope_widgets.translation import mark, tr

if TYPE_CHECKING:
    from laminoscope_core.figures import Spec, Style
    from laminoscope_core.tables import Table

__all__ = ["FIGURES", "TABLES", "Drawing", "Drawings"]

T = TypeVar("T")

FIGURES = {
    "svg": mark("Vector graphics (*.svg)"),
    "pdf": "PDF (*.pdf)",
    "png": mark("Picture (*.png)"),
}
TABLES = {
    "csv": mark("Comma-separated values (*.csv)"),
    "tsv": mark("Tab-separated values (*.tsv)"),
    "json": "JSON (*.json)",
    "npz": mark("NumPy arrays (*.npz)"),
    "parquet": "Parquet (*.parquet)",
}
_SCRIPT = {"py": mark("Python script (*.py)")}


@dataclass(frozen=True)
class Drawing:
    """A figure to be: plots in rows, and the run whose results they show."""

    run: RunResult
    rows: "Sequence[Sequence[Spec]]"
    style: "Style"

    def measure(self, n_formats: int = 1) -> Measure:
        """Return how much work it is to draw: each plot is set once, and painted in each format."""
        return Measure(("numbers", "figure"), sum(map(len, self.rows)) * (1 + n_formats))

    def bytes(self, job: Job, *formats: str) -> dict[str, bytes]:
        """Return the figure's content in some formats; takes about a second a plot."""
        from laminoscope_core.export.figure_files import figure_files

        files = figure_files(self.run, self.rows, self.style, formats, (), job)
        return {name: files[f"figures/figure.{name}"] for name in formats}


class Drawings:
    """Takes figures and their numbers out of a window.

    Attributes
    ----------
    jobs : Jobs
        Where it is done.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.jobs = parts.controller.jobs
        self._errands = Errands(
            self.jobs,
            lambda title: parts.status.say(tr("Cancelled: {job}", job=title)),
            partial(parts.messages.say, about=Cause.WRITING),
            parts.window,
        )

    def do(
        self,
        title: str,
        work: Callable[[Job], T],
        then: Callable[[T], object],
        measure: Measure | None = None,
    ) -> None:
        """Make something of results as a job of the list; see `Errands.do`."""
        self._errands.do(title, work, then, measure=measure)

    def foreseen(self, drawing: Drawing) -> str:
        """Return what is to be said of how long drawing will take: nothing if it is short."""
        return foreseen(self.jobs.paces.expected(drawing.measure()))

    def copy(self, drawing: Drawing, title: str) -> None:
        """Put a figure on the clipboard, as pixels and as vector graphics."""

        def put(content: dict[str, bytes]) -> None:
            data = QMimeData()
            data.setImageData(QImage.fromData(content["png"]))
            data.setData("image/svg+xml", QByteArray(content["svg"]))
            QGuiApplication.clipboard().setMimeData(data)
            self._parts.status.say(tr("Copied {what}", what=title))

        self.do(
            tr("Copy {what}", what=title),
            lambda job: drawing.bytes(job, "png", "svg"),
            put,
            drawing.measure(n_formats=2),
        )

    def save(self, drawing: Drawing) -> None:
        """Ask for a name and write a figure; the suffix says the format."""
        from laminoscope_core.atomic import write_atomically

        path = self.ask(tr("Save figure"), "figure", FIGURES)
        if path is None:
            return
        suffix = path.suffix.lower().removeprefix(".")

        def write(job: Job) -> Path:
            write_atomically(path, drawing.bytes(job, suffix)[suffix])
            return path

        self.write(path, write, drawing.measure())

    def save_plot_data(self, run: RunResult, spec: "Spec", *, mark: bool = False) -> None:
        """Ask for a name and write the numbers of a plot; ``mark`` for spreadsheets."""
        path = self.ask(tr("Save data"), spec.kind, TABLES)
        if path is None:
            return
        from laminoscope_core.export.figure_files import write_plot_data

        self.write(path, lambda _: write_plot_data(run, spec, path, mark=mark))

    def save_data(self, drawing: Drawing, *, mark: bool = False) -> None:
        """Write the numbers of a figure: one plot's into a file, several plots' into a folder."""
        specs = [spec for row in drawing.rows for spec in row]
        if len(specs) == 1:
            self.save_plot_data(drawing.run, specs[0], mark=mark)
            return
        title = tr("Write the data into a folder")
        name = QFileDialog.getExistingDirectory(self._parts.window, title)
        if not name:
            return
        from laminoscope_core.export.figure_files import write_plot_data

        def write(job: Job) -> Path:
            for number, spec in enumerate(specs, start=1):
                path = Path(name) / f"{number}-{spec.kind}.csv"
                job.report((number - 1) / len(specs), tr("writing {file}", file=path.name))
                write_plot_data(drawing.run, spec, path, mark=mark)
            return Path(name)

        self.write(Path(name), write)

    def save_script(self, drawing: Drawing) -> None:
        """Ask for a name and write a script that makes a figure and its numbers."""
        path = self.ask(tr("Save script"), "figure", _SCRIPT)
        if path is None:
            return
        from laminoscope_core.export.script import write_script

        self.write(path, lambda _: write_script(drawing.run, path, drawing.rows, drawing.style))

    def save_run_script(self, run: RunResult) -> None:
        """Ask for a name and write a script that makes all results of a run again."""
        path = self.ask(tr("Save script"), "laminoscope-run", _SCRIPT)
        if path is None:
            return
        from laminoscope_core.export.script import write_script

        self.write(path, lambda _: write_script(run, path))

    def view_data(self, panel: Panel, spec: "Spec", results: Mapping[str, Any]) -> None:
        """Show the numbers of a panel as a table, in a window of its own."""

        def show(table: "Table") -> None:
            from laminoscope_core.export.columns import meanings_of, plot_path
            from laminoscope_widgets.data_view import DataView

            meanings = meanings_of(table, plot_path(spec.kind))
            DataView(panel.shown_title, table, self._parts.window, meanings).show()

        title = tr("List the data of {panel}", panel=panel.shown_title)
        self.do(title, lambda _: spec.shown(results).table, show)

    def copy_data(self, panel: Panel, spec: "Spec", results: Mapping[str, Any]) -> None:
        """Put the numbers of a panel on the clipboard, for a spreadsheet."""

        def put(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self._parts.status.say(tr("Copied the data of {panel}", panel=panel.shown_title))

        title = tr("Copy the data of {panel}", panel=panel.shown_title)
        self.do(title, lambda _: spec.shown(results).table.to_tsv(), put)

    def write(
        self, path: Path, write: Callable[[Job], Path], measure: Measure | None = None
    ) -> None:
        """Write a file as a job, and say so."""
        self.do(tr("Write {file}", file=path.name), write, self._wrote, measure)

    def _wrote(self, path: Path) -> None:
        self._parts.messages.settle(Cause.WRITING)
        self._parts.status.say(tr("Wrote {file}", file=path.name))

    def ask(self, title: str, name: str, kinds: dict[str, str]) -> Path | None:
        """Return where to write, with a suffix among ``kinds``; None if the user thinks better."""
        suffix = next(iter(kinds))
        labels = {key: tr(label) for key, label in kinds.items()}
        text, chosen = QFileDialog.getSaveFileName(
            self._parts.window, title, f"{name}.{suffix}", ";;".join(labels.values())
        )
        if not text:
            return None
        path = Path(text)
        if path.suffix.lower().removeprefix(".") in kinds:
            return path
        suffix = next((key for key, label in labels.items() if label == chosen), suffix)
        return path.with_name(f"{path.name}.{suffix}")
