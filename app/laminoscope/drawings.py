"""Figures of what a window shows: copied, or written as files with their data and their script."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from laminoscope.background import Background
from laminoscope.parts import Parts
from laminoscope_core.run.results import RunResult

if TYPE_CHECKING:
    from laminoscope_core.figures import Spec, Style

__all__ = ["Drawing", "Drawings"]

_FIGURES = {"svg": "Vector graphics (*.svg)", "pdf": "PDF (*.pdf)", "png": "Picture (*.png)"}
_TABLES = {
    "csv": "Comma-separated values (*.csv)",
    "tsv": "Tab-separated values (*.tsv)",
    "json": "JSON (*.json)",
    "npz": "NumPy arrays (*.npz)",
    "parquet": "Parquet (*.parquet)",
}


@dataclass(frozen=True)
class Drawing:
    """A figure to be: plots in rows, and the run whose results they show."""

    run: RunResult
    rows: "Sequence[Sequence[Spec]]"
    style: "Style"

    def bytes(self, *formats: str) -> dict[str, bytes]:
        """Return the figure's content in some formats; takes about a second."""
        from laminoscope_core.export.figure_files import figure_files

        files = figure_files(self.run, self.rows, self.style, formats, ())
        return {name: files[f"figures/figure.{name}"] for name in formats}


class Drawings:
    """Takes figures and their numbers out of a window.  Drawing happens in a thread."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.background = Background("laminoscope-figures", parts.messages.say)

    def copy(self, drawing: Drawing, title: str) -> None:
        """Put a figure on the clipboard, as pixels and as vector graphics."""
        self._parts.status.say("Drawing…")

        def put(content: dict[str, bytes]) -> None:
            data = QMimeData()
            data.setImageData(QImage.fromData(content["png"]))
            data.setData("image/svg+xml", QByteArray(content["svg"]))
            QGuiApplication.clipboard().setMimeData(data)
            self._parts.status.say(f"Copied {title}")

        self.background.do(lambda: drawing.bytes("png", "svg"), put)

    def save(self, drawing: Drawing) -> None:
        """Ask for a name and write a figure; the suffix says the format."""
        from laminoscope_core.atomic import write_atomically

        path = self._ask("Save figure", "figure", _FIGURES)
        if path is None:
            return
        suffix = path.suffix.lower().removeprefix(".")

        def write() -> Path:
            write_atomically(path, drawing.bytes(suffix)[suffix])
            return path

        self.background.do(write, self._wrote)

    def save_plot_data(self, run: RunResult, spec: "Spec", *, mark: bool = False) -> None:
        """Ask for a name and write the numbers of a plot; ``mark`` for spreadsheets."""
        path = self._ask("Save data", spec.kind, _TABLES)
        if path is None:
            return
        from laminoscope_core.export.figure_files import write_plot_data

        self.background.do(lambda: write_plot_data(run, spec, path, mark=mark), self._wrote)

    def save_data(self, drawing: Drawing, *, mark: bool = False) -> None:
        """Write the numbers of a figure: one plot's into a file, several plots' into a folder."""
        specs = [spec for row in drawing.rows for spec in row]
        if len(specs) == 1:
            self.save_plot_data(drawing.run, specs[0], mark=mark)
            return
        name = QFileDialog.getExistingDirectory(self._parts.window, "Write the data into a folder")
        if not name:
            return
        from laminoscope_core.export.figure_files import write_plot_data

        def write() -> Path:
            for number, spec in enumerate(specs, start=1):
                path = Path(name) / f"{number}-{spec.kind}.csv"
                write_plot_data(drawing.run, spec, path, mark=mark)
            return Path(name)

        self.background.do(write, self._wrote)

    def save_script(self, drawing: Drawing) -> None:
        """Ask for a name and write a script that makes a figure and its numbers."""
        path = self._ask("Save script", "figure", {"py": "Python script (*.py)"})
        if path is None:
            return
        from laminoscope_core.export.script import write_script

        self.background.do(
            lambda: write_script(drawing.run, path, drawing.rows, drawing.style), self._wrote
        )

    def save_run_script(self, run: RunResult) -> None:
        """Ask for a name and write a script that makes all results of a run again."""
        path = self._ask("Save script", "laminoscope-run", {"py": "Python script (*.py)"})
        if path is None:
            return
        from laminoscope_core.export.script import write_script

        self.background.do(lambda: write_script(run, path), self._wrote)

    def close(self) -> None:
        """Wait for what is being written."""
        self.background.close()

    def _wrote(self, path: Path) -> None:
        self._parts.status.say(f"Wrote {path.name}")

    def _ask(self, title: str, name: str, kinds: dict[str, str]) -> Path | None:
        """Return where to write, with a suffix among ``kinds``; None if the user thinks better."""
        suffix = next(iter(kinds))
        text, chosen = QFileDialog.getSaveFileName(
            self._parts.window, title, f"{name}.{suffix}", ";;".join(kinds.values())
        )
        if not text:
            return None
        path = Path(text)
        if path.suffix.lower().removeprefix(".") in kinds:
            return path
        suffix = next((key for key, label in kinds.items() if label == chosen), suffix)
        return path.with_name(f"{path.name}.{suffix}")
