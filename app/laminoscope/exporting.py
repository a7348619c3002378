"""What leaves the window: figures, their data and scripts, by menu, dialog and clipboard."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData, QPoint
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QTableView, QWidget

from laminoscope.background import Background
from laminoscope.export_dialog import ExportDialog
from laminoscope_core.run.results import RunResult
from laminoscope_widgets.data_view import DataView, copied_table
from laminoscope_widgets.panel import Panel

if TYPE_CHECKING:
    from laminoscope.main_window import MainWindow
    from laminoscope_core.figures import Spec, Style

__all__ = ["Drawing", "Exporting"]

_FIGURES = {"svg": "Vector graphics (*.svg)", "pdf": "PDF (*.pdf)", "png": "Picture (*.png)"}
_TABLES = {
    "csv": "Comma-separated values (*.csv)",
    "tsv": "Tab-separated values (*.tsv)",
    "json": "JSON (*.json)",
    "npz": "NumPy arrays (*.npz)",
    "parquet": "Parquet (*.parquet)",
}
_NOTHING = "There is nothing to export yet. Press Capture first."
_NARROW = 88.0
"""Millimetres of a figure of a panel that takes less than half of the window."""


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


class Exporting:
    """The commands that take something out of a window.  Drawing happens in a thread."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.background = Background("laminoscope-figures", window.show_message)
        self.dialog: ExportDialog | None = None
        self._last: Panel | None = None
        for panel in window.panels.values():
            panel.menu_wanted.connect(self._show_menu)

    # ---- what there is

    def plots(self) -> "dict[str, Spec]":
        """Return what the panels of the current task show, by panel."""
        found = {}
        for name in self._window.task.panels:
            spec = self._window.panels[name].figure()
            if spec is not None:
                found[name] = spec
        return found

    def drawing(self, rows: "Sequence[Sequence[Spec]]", style: "Style") -> Drawing | None:
        """Return a figure of what is shown now; None, and a message, if there are no results."""
        run = self._run()
        return None if run is None else Drawing(run, rows, style)

    def _run(self) -> RunResult | None:
        """Return the results as they are now; None, and a message, if there are none."""
        run = self._window.controller.snapshot()
        if run is None:
            self._window.show_message(_NOTHING)
        return run

    def _drawing_of(self, panel: Panel) -> Drawing | None:
        from laminoscope_core.figures import Style

        spec = panel.figure()
        if spec is None:
            self._window.show_message(f"{panel.title} shows nothing that could be exported yet.")
            return None
        style = replace(Style(), letters=False)
        if panel.width() < self._window.width() / 2:
            style = replace(style, width=_NARROW)
        return self.drawing([[spec]], style)

    # ---- the menu of a panel

    def _show_menu(self, panel: Panel, position: QPoint) -> None:
        self.menu(panel).popup(position)

    def menu(self, panel: Panel) -> QMenu:
        """Return the menu of a panel: what can be taken out of it."""
        menu = QMenu(panel)
        menu.aboutToHide.connect(menu.deleteLater)
        if panel.has_figure():
            menu.addAction("Export figure…", lambda: self.show_dialog(panel))
            menu.addAction("Copy as picture", lambda: self.copy_picture(panel))
            menu.addSeparator()
            menu.addAction("View data as table", lambda: self.view_data(panel))
            menu.addAction("Copy data", lambda: self.copy_data(panel))
            menu.addAction("Save data…", lambda: self.save_data(panel))
            menu.addAction("Save script…", lambda: self.save_script(panel))
            menu.addSeparator()
            shows = panel.figure() is not None
            for action in menu.actions():
                action.setEnabled(shows)
        tables = [view for view in panel.findChildren(QTableView) if view.isVisible()]
        if tables:
            title = "Copy tables" if len(tables) > 1 else "Copy table"
            menu.addAction(title, lambda: self._copy_tables(tables))
            menu.addSeparator()
        if panel.help_topic:
            menu.addAction("What is this?", lambda: panel.help_wanted.emit(panel.help_topic))
        return menu

    # ---- commands

    def show_dialog(self, panel: Panel | None = None) -> None:
        """Open the dialog that composes a figure; of one panel, or of all of the task."""
        plots = self.plots()
        if not plots:
            self._window.show_message(_NOTHING)
            return
        titles = {name: self._window.panels[name].title for name in plots}
        chosen = {panel.id} if panel is not None else set(plots)
        rows = {name: row for row, names in enumerate(self._window.task.rows) for name in names}
        row_of = {name: rows.get(name, len(rows)) for name in plots}
        self.dialog = ExportDialog(self, plots, titles, chosen, row_of, self._window)
        self.dialog.destroyed.connect(self._dialog_gone)
        self.dialog.show()

    def _dialog_gone(self) -> None:
        self.dialog = None

    def copy(self) -> None:
        """Copy what has the keyboard: a table as text, any other panel as a picture."""
        widget: QWidget | None = QApplication.focusWidget()
        text = copied_table(widget)
        if text is not None:
            QGuiApplication.clipboard().setText(text)
            self._window.status.say("Copied the table")
            return
        while widget is not None and not isinstance(widget, Panel):
            widget = widget.parentWidget()
        if widget is None or not widget.has_figure():
            self._window.show_message("Click into a panel first; then Ctrl+C copies what it shows.")
            return
        self.copy_picture(widget)

    def _copy_tables(self, tables: Sequence[QTableView]) -> None:
        texts = [copied_table(table) or "" for table in tables]
        QGuiApplication.clipboard().setText("\n".join(texts))
        self._window.status.say("Copied the table")

    def copy_picture(self, panel: Panel) -> None:
        """Put what a panel shows on the clipboard, as pixels and as vector graphics."""
        drawing = self._drawing_of(panel)
        if drawing is not None:
            self.copy_drawing(drawing, panel.title)

    def copy_drawing(self, drawing: Drawing, title: str) -> None:
        """Put a figure on the clipboard, as pixels and as vector graphics."""
        self._window.status.say("Drawing…")

        def put(content: dict[str, bytes]) -> None:
            data = QMimeData()
            data.setImageData(QImage.fromData(content["png"]))
            data.setData("image/svg+xml", QByteArray(content["svg"]))
            QGuiApplication.clipboard().setMimeData(data)
            self._window.status.say(f"Copied {title}")

        self.background.do(lambda: drawing.bytes("png", "svg"), put)

    def view_data(self, panel: Panel) -> None:
        """Show the numbers of a panel as a table, in a window of its own."""
        if (drawing := self._drawing_of(panel)) is None:
            return
        spec = drawing.rows[0][0]
        self.background.do(
            lambda: spec.shown(drawing.run.results).table,
            lambda table: DataView(panel.title, table, self._window).show(),
        )

    def copy_data(self, panel: Panel) -> None:
        """Put the numbers of a panel on the clipboard, for a spreadsheet."""
        if (drawing := self._drawing_of(panel)) is None:
            return
        spec = drawing.rows[0][0]

        def put(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self._window.status.say(f"Copied the data of {panel.title}")

        self.background.do(lambda: spec.shown(drawing.run.results).table.to_tsv(), put)

    def save_data(self, panel: Panel) -> None:
        """Ask for a name and write the numbers of a panel."""
        if (drawing := self._drawing_of(panel)) is not None:
            self.save_plot_data(drawing.run, drawing.rows[0][0])

    def save_plot_data(self, run: RunResult, spec: "Spec", *, mark: bool = False) -> None:
        """Ask for a name and write the numbers of a plot; ``mark`` for spreadsheets."""
        path = self._ask("Save data", spec.kind, _TABLES)
        if path is None:
            return
        from laminoscope_core.export.figure_files import write_plot_data

        self.background.do(lambda: write_plot_data(run, spec, path, mark=mark), self._wrote)

    def save_figure_data(self, drawing: Drawing, *, mark: bool = False) -> None:
        """Write the numbers of a figure: one plot's into a file, several plots' into a folder."""
        specs = [spec for row in drawing.rows for spec in row]
        if len(specs) == 1:
            self.save_plot_data(drawing.run, specs[0], mark=mark)
            return
        name = QFileDialog.getExistingDirectory(self._window, "Write the data into a folder")
        if not name:
            return
        from laminoscope_core.export.figure_files import write_plot_data

        def write() -> Path:
            for number, spec in enumerate(specs, start=1):
                path = Path(name) / f"{number}-{spec.kind}.csv"
                write_plot_data(drawing.run, spec, path, mark=mark)
            return Path(name)

        self.background.do(write, self._wrote)

    def save_script(self, panel: Panel) -> None:
        """Ask for a name and write a script that makes what a panel shows."""
        if (drawing := self._drawing_of(panel)) is not None:
            self.save_drawing_script(drawing)

    def save_drawing_script(self, drawing: Drawing) -> None:
        """Ask for a name and write a script that makes a figure and its numbers."""
        path = self._ask("Save script", "figure", {"py": "Python script (*.py)"})
        if path is None:
            return
        from laminoscope_core.export.script import write_script

        self.background.do(
            lambda: write_script(drawing.run, path, drawing.rows, drawing.style), self._wrote
        )

    def save_run_script(self) -> None:
        """Ask for a name and write a script that makes all results again."""
        if (run := self._run()) is None:
            return
        path = self._ask("Save script", "laminoscope-run", {"py": "Python script (*.py)"})
        if path is None:
            return
        from laminoscope_core.export.script import write_script

        self.background.do(lambda: write_script(run, path), self._wrote)

    def save_drawing(self, drawing: Drawing) -> None:
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

    def close(self) -> None:
        """Wait for what is being written."""
        self.background.close()

    def _wrote(self, path: Path) -> None:
        self._window.status.say(f"Wrote {path.name}")

    def _ask(self, title: str, name: str, kinds: dict[str, str]) -> Path | None:
        """Return where to write, with a suffix among ``kinds``; None if the user thinks better."""
        suffix = next(iter(kinds))
        text, chosen = QFileDialog.getSaveFileName(
            self._window, title, f"{name}.{suffix}", ";;".join(kinds.values())
        )
        if not text:
            return None
        path = Path(text)
        if path.suffix.lower().removeprefix(".") in kinds:
            return path
        suffix = next((key for key, label in kinds.items() if label == chosen), suffix)
        return path.with_name(f"{path.name}.{suffix}")
