"""The window: panels, menus, toolbar, status bar; it makes them and connects them."""

from operator import attrgetter
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Qt, SignalInstance
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QMainWindow, QMenu, QMessageBox

from laminoscope.actions import ACTIONS
from laminoscope.controller import Controller
from laminoscope.docks import Docks
from laminoscope.examples import ExamplesMenu
from laminoscope.exporting import Exporting
from laminoscope.forms import Forms
from laminoscope.guide import Guide
from laminoscope.icons import icon
from laminoscope.job_view import JobView
from laminoscope.message_bar import MessageBar
from laminoscope.model_menu import ModelMenu
from laminoscope.opening import Opening
from laminoscope.palette import Palette
from laminoscope.parts import Parts
from laminoscope.preferences import Preferences
from laminoscope.recent import RecentMenu
from laminoscope.runs import Runs
from laminoscope.session_files import SessionFiles
from laminoscope.status import Status
from laminoscope.toolbar import ToolBar
from laminoscope.undo import Undo
from laminoscope_core.experiment import Experiment, ModelSection
from laminoscope_core.selection import Selection
from laminoscope_resources import resource, sample_experiment
from laminoscope_widgets.panel import InputPanel, Panel, UpdateQueue, Workspace
from laminoscope_widgets.panels import PANELS
from laminoscope_widgets.theme import DARK, LIGHT, Theme, apply_theme

__all__ = ["MainWindow"]


class MainWindow(QMainWindow):
    """Everything on screen.  Closing it cancels the running job and waits for its thread."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowIcon(icon("app"))
        self.setAcceptDrops(True)
        self.setLocale(QLocale.c())  # numbers of every list and table with a point
        self.resize(1400, 900)
        self.preferences = Preferences()
        self.selection = Selection()
        self.controller = Controller(self)
        self.theme = self._chosen_theme()
        apply_theme(self.theme)
        self.updates = UpdateQueue(self)
        workspace = Workspace(self.selection, self.theme, self.updates)
        self.panels: dict[str, Panel] = {kind.id: kind(workspace) for kind in PANELS}
        self.forms = Forms(self.panels.values(), self)
        self.undo = Undo(self.panels, self.forms, self.controller, self)
        self.docks = Docks(self, self.panels, self.preferences)
        self.messages = MessageBar()
        self.status = Status(self.statusBar())
        self.parts = parts = Parts(
            self,
            self.controller,
            self.selection,
            self.preferences,
            self.panels,
            self.forms,
            self.undo,
            self.docks,
            self.messages,
            self.status,
        )
        self.runs = Runs(parts)
        self.files = SessionFiles(parts)
        self.exporting = Exporting(parts)
        self.opening = Opening(parts, self.runs, self.files)
        self._make_actions()
        self._make_bars()
        self.jobs = JobView(parts, self.runs, self.tools, self.updates)
        self._connect()
        self.docks.show(self.docks.task)
        geometry = self.preferences.geometry
        if geometry is not None:
            self.restoreGeometry(geometry)

    # ---- building

    def _make_actions(self) -> None:
        self.actions_by_id: dict[str, QAction] = {}
        menus: dict[str, QMenu] = {}
        for entry in ACTIONS:
            if entry.menu not in menus:
                menus[entry.menu] = self.menuBar().addMenu(entry.menu)
            action = QAction(entry.title, self)
            action.setObjectName(entry.id)
            if entry.shortcut:
                action.setShortcuts(QKeySequence.listFromString(entry.shortcut))
            action.setToolTip(f"{entry.tip or entry.title} {entry.shortcut}".strip())
            command = attrgetter(entry.slot)(self)
            action.triggered.connect(lambda _=False, command=command: command())
            if entry.starts_group:
                menus[entry.menu].addSeparator()
            menus[entry.menu].addAction(action)
            self.actions_by_id[entry.id] = action
        appearance = QActionGroup(self)
        for name in ("light", "dark", "system"):
            action = self.actions_by_id[f"view.{name}"]
            action.setCheckable(True)
            action.setChecked(self.preferences.appearance == name)
            appearance.addAction(action)
        self._insert_file_menus(menus["File"])
        menus["View"].addSeparator()
        for dock in self.docks.of.values():
            menus["View"].addAction(dock.toggleViewAction())
        self.actions_by_id["run.cancel"].setEnabled(False)
        self._follow_steps("edit.undo", self.undo.stack.undoTextChanged)
        self._follow_steps("edit.redo", self.undo.stack.redoTextChanged)

    def _follow_steps(self, id: str, named: SignalInstance) -> None:
        """Let a command say which step it undoes or redoes, if there is one."""
        action = self.actions_by_id[id]
        title = action.text()

        def name(step: str) -> None:
            action.setText(f"{title} {step}".replace("&", "&&") if step else title)
            action.setEnabled(bool(step))

        named.connect(name)
        name("")

    def _insert_file_menus(self, menu: QMenu) -> None:
        """Put the lists of what can be opened where they belong in the File menu."""
        examples = ExamplesMenu(self, self.opening.open_example)
        menu.insertMenu(self.actions_by_id["file.open"], examples)
        recent = RecentMenu(self, self.preferences, self.opening.open_recent, self.runs.open_model)
        entries = menu.actions()
        after_open = entries[entries.index(self.actions_by_id["file.open"]) + 1]
        menu.insertMenu(after_open, recent)

    def _make_bars(self) -> None:
        others = ("file.models", "file.open_model", "file.open_folder", "file.open")
        menu = ModelMenu(
            self,
            [self.actions_by_id[name] for name in others],
            lambda: self.forms.model,
            self.runs.choose,
        )
        self.tools = ToolBar(self.actions_by_id, menu, self.runs.show_task)
        self.tools.apply_theme(self.theme)
        self.addToolBar(self.tools)
        self.addToolBarBreak()
        self.addToolBar(self.messages)
        self.messages.hide()

    def _connect(self) -> None:
        for panel in self.panels.values():
            panel.capture_wanted.connect(self.runs.capture)
            panel.help_wanted.connect(self._show_help)
            panel.params_wanted.connect(self.controller.recompute)
            if hasattr(panel, "task_wanted"):
                panel.task_wanted.connect(self.controller.run_task)
            if isinstance(panel, InputPanel):
                panel.refused.connect(self.messages.say)
        self.controller.busy_changed.connect(self.actions_by_id["run.cancel"].setEnabled)
        self.docks.shown.connect(self._mark_task)
        box, selection = self.tools.layer, self.selection
        box.valueChanged.connect(lambda layer: setattr(selection, "layer", layer))
        selection.events.layer.connect(lambda layer: box.setValue(layer))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_colours_changed)

    # ---- starting

    def begin(self, file: Path | None = None, model: str | None = None) -> None:
        """Show the sample experiment, or a file, and run it; a session's results are only shown."""
        experiment = Experiment.from_text(sample_experiment("words-qkv"))
        if model is not None:
            experiment = experiment.model_copy(update={"model": ModelSection(source=model)})
        self.forms.show(experiment)
        self.undo.forget()
        self.files.offer_recovery()
        if file is None or not self.opening.open_path(file):
            self.runs.capture()

    # ---- commands

    def previous_layer(self) -> None:
        """Select the layer before."""
        self._step_layer(-1)

    def next_layer(self) -> None:
        """Select the layer after."""
        self._step_layer(1)

    def clear_selection(self) -> None:
        """Select no pair, word, token or candidate; the layer stays."""
        selection = self.selection
        selection.pair = selection.word = selection.token = selection.candidate = None
        selection.tokens = ()

    def use_light(self) -> None:
        """Light appearance."""
        self._use("light")

    def use_dark(self) -> None:
        """Dark appearance."""
        self._use("dark")

    def use_system(self) -> None:
        """Appearance of the desktop."""
        self._use("system")

    def show_palette(self) -> None:
        """Open the command palette."""
        Palette(list(self.actions_by_id.values()), self).show()

    def show_shortcuts(self) -> None:
        """List all shortcuts."""
        lines = [f"{a.shortcut:<12} {a.title}" for a in ACTIONS if a.shortcut]
        QMessageBox.information(
            self, "Keyboard shortcuts", "\n".join([*lines, "← →          Layer"])
        )

    def show_columns(self) -> None:
        """Open the dictionary of columns."""
        Guide("Columns of tables", "columns", self).show()

    def show_about(self) -> None:
        """Say what this is."""
        from importlib.metadata import version

        what = "A desktop microscope for causal language models."
        QMessageBox.about(
            self, "About Laminoscope", f"Laminoscope {version('laminoscope')}\n{what}"
        )

    def _mark_task(self) -> None:
        self.tools.tasks[self.docks.task.id].setChecked(True)

    def _show_help(self, topic: str) -> None:
        text = resource("help", f"{topic}.md").read_text(encoding="utf-8")
        for name in (self.docks.task.details, "details"):
            panel = self.panels[name]
            if hasattr(panel, "show_help"):
                panel.show_help(text)
                self.docks.of[name].show()
                return

    def _step_layer(self, step: int) -> None:
        self.tools.layer.setValue(self.tools.layer.value() + step)

    def _chosen_theme(self) -> Theme:
        appearance = self.preferences.appearance
        if appearance == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if appearance == "dark" else LIGHT

    def _use(self, appearance: str) -> None:
        self.preferences.appearance = appearance
        self._retheme()

    def _system_colours_changed(self, _scheme: Any) -> None:
        if self.preferences.appearance == "system":
            self._retheme()

    def _retheme(self) -> None:
        theme = self._chosen_theme()
        if theme is self.theme:
            return
        self.theme = theme
        apply_theme(theme)
        self.tools.apply_theme(theme)
        for panel in self.panels.values():
            panel.apply_theme(theme)

    # ---- Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers():
            self._step_layer(step)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.opening.open_path(Path(paths[0]))

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.files.may_close():
            event.ignore()
            return
        self.preferences.geometry = self.saveGeometry()
        self.docks.keep()
        self.hide()
        self.files.close()
        self.exporting.close()
        self.opening.close()
        self.status.close()
        self.runs.close()
        self.controller.close()
        super().closeEvent(event)
