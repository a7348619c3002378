"""Opening what a user chooses, drops or names, and saving the experiment."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError
from PySide6.QtWidgets import QFileDialog, QInputDialog

from laminoscope.examples import Example, example_named
from laminoscope.fetching import Fetching
from laminoscope.layouts import TASKS
from laminoscope.message_bar import Cause
from laminoscope.parts import Parts
from laminoscope.runs import Runs
from laminoscope.session_files import SessionFiles
from laminoscope.session_io import SUFFIX, is_session
from laminoscope.sweeps import Sweeps
from laminoscope_core.atomic import write_atomically
from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.experiment import Experiment
from laminoscope_core.selection import Selection
from laminoscope_core.sweep.places import is_sweep
from laminoscope_resources import sample_experiment
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import mark, tr

if TYPE_CHECKING:
    from laminoscope.model_browser import ModelBrowser

__all__ = ["Opening"]

_KINDS = mark("Sessions, experiments, word lists, models")
_ENDINGS = f"*{SUFFIX} *.toml *.csv *.tsv *.txt *.json *.gguf"
_UNKNOWN = mark(
    "{file} is none of what can be opened: a session ({session}), a sweep's folder, an"
    " experiment (.toml), a word list (.csv), a model (.gguf or a folder)."
)
_KEPT = ("layer", "site", "head")
"""Of the selection: what belongs to the model rather than to an experiment."""


class Opening:
    """The commands of a window that read and write the user's files, but for sessions.

    Attributes
    ----------
    example : str
        The name of the sample experiment that was opened last, if no other was since.
    """

    def __init__(self, parts: Parts, runs: Runs, files: SessionFiles, sweeps: Sweeps) -> None:
        self.example = ""
        self._parts = parts
        self._runs = runs
        self._files = files
        self._sweeps = sweeps
        self.fetching = Fetching(parts.controller.jobs, parts.window)
        self.fetching.fetched.connect(self._fetched)
        self.fetching.ended.connect(self._fetch_ended)
        self.browser: ModelBrowser | None = None
        parts.controller.model_opened.connect(self._refresh_browser)

    def ask_file(self) -> None:
        """Ask for a file and open it."""
        kinds = f"{tr(_KINDS)} ({_ENDINGS})"
        name, _ = QFileDialog.getOpenFileName(self._parts.window, tr("Open"), "", kinds)
        if name:
            self.open_path(Path(name))

    def ask_folder(self) -> None:
        """Ask for a model folder and open it."""
        name = QFileDialog.getExistingDirectory(self._parts.window, tr("Open model folder"))
        if name:
            self._runs.open_model(name)

    def ask_model(self) -> None:
        """Ask for a model by name."""
        name, accepted = QInputDialog.getText(
            self._parts.window,
            tr("Open model"),
            tr("Catalog name, Hugging Face id (owner/name), folder or .gguf file:"),
            text=self._parts.forms.model.source,
        )
        if accepted and name.strip():
            self._runs.open_model(name.strip())

    def browse_models(self) -> None:
        """Show the models that are here and those to be had."""
        from laminoscope.model_browser import ModelBrowser

        parts = self._parts
        if self.browser is None:
            self.browser = ModelBrowser(
                self._model_paths,
                lambda: parts.forms.model,
                lambda: None if parts.controller.model is None else parts.controller.info,
                self._runs.open_model,
                self.fetching,
                parts.window,
            )
            self.browser.finished.connect(self._browser_closed)
        self.browser.show()
        self.browser.raise_()
        self.browser.activateWindow()

    def _refresh_browser(self) -> None:
        if self.browser is not None:
            self.browser.refresh()

    def _browser_closed(self) -> None:
        self.browser = None

    def _model_paths(self) -> list[str]:
        models = self._parts.preferences.recent_models
        return [source for source in models if Path(source).is_absolute()]

    def _fetched(self, source: str) -> None:
        self._parts.messages.settle(Cause.OPENING)
        self._parts.status.say(tr("Fetched {model}", model=source))

    def _fetch_ended(self, _source: str, message: str) -> None:
        if message:
            self._parts.messages.say(message, about=Cause.OPENING)

    def close(self) -> None:
        """Let the list of models go."""
        if self.browser is not None:
            self.browser.close()

    def open_path(self, path: Path) -> bool:
        """Open what a path is; return whether that shows results."""
        parts = self._parts
        parts.messages.settle(Cause.OPENING)
        parts.pages.leave_start()
        suffix = path.suffix.lower()
        if is_sweep(path):
            self._sweeps.open(path)
            return True
        if is_session(path):
            self._files.open(path)
            return True
        if suffix == ".gguf" or path.is_dir():
            self._runs.open_model(str(path))
            return True
        if parts.pages.task.section == "text" and suffix in (".txt", ".md"):
            parts.forms.open_file("text", path)
            return False
        if suffix in (".csv", ".tsv", ".txt", ".json"):
            parts.forms.open_file("words", path)
            return False
        if suffix != ".toml":
            parts.messages.say(
                tr(_UNKNOWN, file=safe_text(path.name), session=SUFFIX), about=Cause.OPENING
            )
            return False
        try:
            experiment = Experiment.from_file(path)
        except LaminoscopeError as error:
            parts.messages.say(str(error), about=Cause.OPENING)
            return False
        self._files.before_leaving(lambda: self._show(experiment, path))
        return True

    def open_example(self, name: str, then: Callable[[], object] | None = None) -> None:
        """Open a sample experiment of the resources, run it, and turn to what it is about.

        Parameters
        ----------
        name : str
            Of the experiment.
        then : callable, optional
            Called when it is open; not if what was unsaved before it is kept.
        """
        experiment = Experiment.from_text(sample_experiment(name))

        def show() -> None:
            self._show_example(experiment, example_named(name))
            if then is not None:
                then()

        self._files.before_leaving(show)

    def _show_example(self, experiment: Experiment, example: Example) -> None:
        self._show(experiment)
        self.example = example.name
        for name, value in example.selected.items():
            setattr(self._parts.selection, name, value)
        if example.panel:
            self._parts.panels[example.panel].restore_state(dict(example.choices))
            self._parts.pages.reveal(example.panel)

    def start_new(self) -> None:
        """Begin an empty experiment on the model that is open."""
        self._files.before_leaving(self._empty)

    def _empty(self) -> None:
        parts = self._parts
        self.example = ""
        parts.pages.leave_start()
        parts.controller.forget()
        parts.forms.empty()
        for field in fields(Selection):
            if field.name not in _KEPT:
                setattr(parts.selection, field.name, field.default)
        self._files.start_anew()
        parts.messages.clear()
        parts.status.say(tr("A new experiment."))

    def _show(self, experiment: Experiment, path: Path | None = None) -> None:
        parts = self._parts
        self.example = ""
        parts.forms.show(experiment)
        self._files.start_anew()
        if path is not None:
            parts.preferences.add_recent_file(path)
        having = [task for task in TASKS if getattr(experiment, task.section)]
        if having and parts.pages.task not in having:
            parts.pages.show(having[0])
        self._runs.capture()

    def open_recent(self, source: str) -> None:
        """Open a file by its whole path, if it is still there."""
        path = Path(source)
        if path.exists():
            self.open_path(path)
        else:
            self._parts.messages.say(
                tr(
                    "There is no {file} in {folder} any more; it was moved or deleted.",
                    file=path.name,
                    folder=path.parent,
                ),
                about=Cause.OPENING,
            )

    def save_experiment(self) -> None:
        """Ask for a name and save the experiment as TOML."""
        parts = self._parts
        name, _ = QFileDialog.getSaveFileName(
            parts.window, tr("Save experiment"), "experiment.toml", tr("Experiments (*.toml)")
        )
        if not name:
            return
        try:
            experiment = parts.forms.experiment(parts.pages.task.section)
            write_atomically(Path(name), experiment.to_toml().encode())
        except ValidationError:
            parts.messages.say(
                tr("This is not an experiment yet: it has no usable words."), about=Cause.FORMS
            )
        except OSError as error:
            why = tr("{file} could not be saved: {reason}.", file=name, reason=error.strerror)
            parts.messages.say(why, about=Cause.WRITING)
        else:
            parts.messages.settle(Cause.WRITING)
            parts.status.say(tr("Saved {file}", file=Path(name).name))
