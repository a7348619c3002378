"""Opening what a user chooses, drops or names, and saving the experiment and its tables."""

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError
from PySide6.QtWidgets import QFileDialog, QInputDialog

from laminoscope import layouts
from laminoscope.session_io import SUFFIX, is_session
from laminoscope_core.atomic import write_atomically
from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.experiment import Experiment
from laminoscope_core.export.run_files import write_run
from laminoscope_widgets.text import safe_text

if TYPE_CHECKING:
    from laminoscope.main_window import MainWindow

__all__ = ["Opening"]

_FILTER = (
    f"Sessions, experiments, word lists, models (*{SUFFIX} *.toml *.csv *.tsv *.txt *.json *.gguf)"
)
_KINDS = (
    f"a session ({SUFFIX}), an experiment (.toml), a word list (.csv), a model (.gguf or a folder)"
)


class Opening:
    """The commands of a window that read and write the user's files, but for sessions."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def ask_file(self) -> None:
        """Ask for a file and open it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open", "", _FILTER)
        if name:
            self.open_path(Path(name))

    def ask_folder(self) -> None:
        """Ask for a model folder and open it."""
        name = QFileDialog.getExistingDirectory(self._window, "Open model folder")
        if name:
            self._window.open_model(name)

    def ask_model(self) -> None:
        """Ask for a model by name."""
        name, accepted = QInputDialog.getText(
            self._window,
            "Open model",
            "Catalog name, Hugging Face id (owner/name), folder or .gguf file:",
            text=self._window.model_section.source,
        )
        if accepted and name.strip():
            self._window.open_model(name.strip())

    def open_path(self, path: Path) -> bool:
        """Open a session, experiment, word list or model; return whether that shows results."""
        window = self._window
        suffix = path.suffix.lower()
        if is_session(path):
            window.files.open(path)
            return True
        if suffix == ".gguf" or path.is_dir():
            window.open_model(str(path))
            return True
        if window.task.section == "text" and suffix in (".txt", ".md"):
            window.panels["text"].open_file(path)
            return False
        if suffix in (".csv", ".tsv", ".txt", ".json"):
            window.panels["words"].open_csv(path)
            return False
        if suffix != ".toml":
            window.show_message(f"{safe_text(path.name)} is none of what can be opened: {_KINDS}.")
            return False
        try:
            experiment = Experiment.from_file(path)
        except LaminoscopeError as error:
            window.show_message(str(error))
            return False
        window.files.before_leaving(lambda: self._show(experiment, path))
        return True

    def _show(self, experiment: Experiment, path: Path) -> None:
        window = self._window
        window.files.start_anew()
        window.set_experiment(experiment)
        window.preferences.add_recent(str(path.absolute()))
        having = [task for task in layouts.TASKS if getattr(experiment, task.section)]
        if having and window.task not in having:
            window.show_layout_of(having[0])
        window.capture()

    def save_experiment(self) -> None:
        """Ask for a name and save the experiment as TOML."""
        window = self._window
        name, _ = QFileDialog.getSaveFileName(
            window, "Save experiment", "experiment.toml", "Experiments (*.toml)"
        )
        if not name:
            return
        try:
            write_atomically(Path(name), window.experiment().to_toml().encode())
        except ValidationError:
            window.show_message("This is not an experiment yet: it has no usable words.")
        except OSError as error:
            window.show_message(f"{name} could not be saved: {error.strerror}.")
        else:
            window.status.say(f"Saved {Path(name).name}")

    def export_results(self) -> None:
        """Ask for a folder and write the results as tables."""
        window = self._window
        run = window.controller.snapshot()
        if run is None:
            window.show_message("There are no results to export yet. Press Capture first.")
            return
        name = QFileDialog.getExistingDirectory(window, "Export results into a folder")
        if not name:
            return
        try:
            files = write_run(run, name)
        except OSError as error:
            window.show_message(f"The results could not be written to {name}: {error.strerror}.")
        else:
            window.status.say(f"Wrote {len(files)} files")
