"""The window: docks, menus, toolbar, status bar; it wires panels to the controller."""

from operator import attrgetter
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import QLocale, Qt, QTimer
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
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QMainWindow,
    QMenu,
    QMessageBox,
)

from laminoscope import layouts
from laminoscope.actions import ACTIONS
from laminoscope.controller import Controller
from laminoscope.exporting import Exporting
from laminoscope.icons import icon
from laminoscope.job_view import JobView
from laminoscope.message_bar import MessageBar
from laminoscope.model_menu import ModelMenu
from laminoscope.opening import Opening
from laminoscope.palette import Palette
from laminoscope.preferences import Preferences
from laminoscope.recent import RecentMenu
from laminoscope.session_files import SessionFiles
from laminoscope.status import Status
from laminoscope.toolbar import ToolBar
from laminoscope_core.experiment import Experiment, ModelSection
from laminoscope_core.selection import Selection
from laminoscope_resources import resource, sample_experiment
from laminoscope_widgets.panel import InputPanel, Panel, UpdateQueue, Workspace
from laminoscope_widgets.panels import PANELS
from laminoscope_widgets.theme import DARK, LIGHT, Theme, apply_theme

__all__ = ["MainWindow"]

FORECAST_AFTER = 400
"""Milliseconds from the last edit to the forecast of a run."""


class MainWindow(QMainWindow):
    """Everything on screen.  Closing it cancels the running job and waits for its thread."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowIcon(icon("app"))
        self.setAcceptDrops(True)
        self.setLocale(QLocale.c())  # numbers of every list and table with a point
        self.setDockNestingEnabled(True)
        self.resize(1400, 900)
        self.preferences = Preferences()
        self.selection = Selection()
        self.controller = Controller(self)
        self.theme = self._chosen_theme()
        apply_theme(QApplication.instance(), self.theme)
        self.panels: dict[str, Panel] = {}
        self.docks: dict[str, QDockWidget] = {}
        self.model_section = ModelSection()
        self._section_before: ModelSection | None = None
        self.known_experiment = Experiment()
        self.task = layouts.TASKS[0]
        self._runs_next = False
        self.opening = Opening(self)
        self._make_panels()
        self.files = SessionFiles(self)
        self.exporting = Exporting(self)
        self._make_actions()
        self._make_bars()
        self.jobs = JobView(self)
        self._connect()
        self._arrange()
        geometry = self.preferences.geometry
        if geometry is not None:
            self.restoreGeometry(geometry)

    # ---- building

    def _make_panels(self) -> None:
        self.updates = UpdateQueue(self)
        workspace = Workspace(self.selection, self.theme, self.updates)
        for kind in PANELS:
            panel = kind(workspace)
            dock = QDockWidget(kind.title, self)
            dock.setObjectName(f"dock-{kind.id}")
            dock.setWidget(panel)
            dock.setTitleBarWidget(panel.title_bar)
            self.panels[kind.id] = panel
            self.docks[kind.id] = dock

    def _make_actions(self) -> None:
        self.actions_by_id: dict[str, QAction] = {}
        menus: dict[str, QMenu] = {}
        for entry in ACTIONS:
            if entry.menu not in menus:
                menus[entry.menu] = self.menuBar().addMenu(entry.menu)
            action = QAction(entry.title, self)
            action.setObjectName(entry.id)
            if entry.shortcut:
                action.setShortcut(QKeySequence(entry.shortcut))
            action.setToolTip(f"{entry.tip or entry.title} {entry.shortcut}".strip())
            command = attrgetter(entry.slot)(self)
            action.triggered.connect(lambda _=False, command=command: command())
            menus[entry.menu].addAction(action)
            self.actions_by_id[entry.id] = action
        appearance = QActionGroup(self)
        for name in ("light", "dark", "system"):
            action = self.actions_by_id[f"view.{name}"]
            action.setCheckable(True)
            action.setChecked(self.preferences.appearance == name)
            appearance.addAction(action)
        menus["File"].insertMenu(self.actions_by_id["file.open_folder"], RecentMenu(self))
        menus["View"].addSeparator()
        for dock in self.docks.values():
            menus["View"].addAction(dock.toggleViewAction())
        self.actions_by_id["run.cancel"].setEnabled(False)

    def _make_bars(self) -> None:
        others = ("file.open_model", "file.open_folder", "file.open")
        menu = ModelMenu(
            self,
            [self.actions_by_id[name] for name in others],
            lambda: self.model_section,
            self._choose_model,
        )
        self.tools = ToolBar(self.actions_by_id, menu, self.show_task)
        self.tools.apply_theme(self.theme)
        self.addToolBar(self.tools)
        self.addToolBarBreak()
        self.messages = MessageBar()
        self.addToolBar(self.messages)
        self.messages.hide()
        self.status = Status(self.statusBar(), lambda *now: self.jobs.show_progress(*now))

    def _connect(self) -> None:
        self._forecast_timer = QTimer(self, singleShot=True, interval=FORECAST_AFTER)
        self._forecast_timer.timeout.connect(self.ask_forecast)
        self.controller.finished.connect(self._forecast_timer.start)
        for panel in self.panels.values():
            panel.capture_wanted.connect(self.capture)
            panel.help_wanted.connect(self._show_help)
            panel.params_wanted.connect(self.controller.recompute)
            if hasattr(panel, "task_wanted"):
                panel.task_wanted.connect(self.controller.run_task)
            if isinstance(panel, InputPanel):
                panel.edited.connect(self.tell_edited)
                panel.edited.connect(self._forecast_timer.start)
                panel.refused.connect(self.show_message)
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
        self.set_experiment(experiment)
        self.files.offer_recovery()
        if file is None or not self.open_path(file):
            self.capture()

    def set_experiment(self, experiment: Experiment) -> None:
        """Show an experiment's sections and remember those that no panel shows."""
        self.model_section = experiment.model
        self.known_experiment = experiment
        with self.files.not_marking():
            for panel in self.panels.values():
                if isinstance(panel, InputPanel) and getattr(experiment, panel.section_name):
                    panel.set_section(getattr(experiment, panel.section_name))

    def experiment(self) -> Experiment:
        """Return what the window would run now; forms of other tasks may be unfinished.

        Raises
        ------
        pydantic.ValidationError
            The current task's form does not make an experiment.
        """
        changes: dict[str, Any] = {"model": self.model_section}
        for panel in self.panels.values():
            if isinstance(panel, InputPanel):
                try:
                    changes[panel.section_name] = panel.section()
                except ValidationError:
                    if panel.id == self.task.inputs:
                        raise
        return self.known_experiment.model_copy(update=changes)

    def kept_experiment(self) -> Experiment:
        """Return what the window would run, with what forms that cannot be read said last."""
        changes: dict[str, Any] = {"model": self.model_section}
        for panel in self.panels.values():
            if isinstance(panel, InputPanel) and (section := panel.last_section()) is not None:
                changes[panel.section_name] = section
        return self.known_experiment.model_copy(update=changes)

    # ---- commands

    def capture(self) -> None:
        """Run the experiment that the window shows."""
        try:
            experiment = self.experiment()
        except ValidationError as error:
            reasons = "; ".join(
                entry["msg"].removeprefix("Value error, ") for entry in error.errors()
            )
            self.show_message(f"This is not an experiment yet: {reasons}.")
            return
        self.messages.clear()
        self._runs_next = False
        for name in self.task.panels:
            self.panels[name].set_stale(True)
        self.controller.run(experiment, self.task.section)

    def show_task(self, task: layouts.Task) -> None:
        """Show a task's panels; run it if it has not been run yet, after the job that runs.

        A session whose model is not open is not run by itself: that could replace its results.
        """
        if task is self.task:
            return
        self._show(task)
        if task.section in self.controller.results:
            return
        if self.controller.busy():
            self._runs_next = True
        elif self.controller.model is not None:
            self.capture()

    def _show(self, task: layouts.Task) -> None:
        self.preferences.set_state(self.task.id, self.saveState())
        self.show_layout_of(task)

    def show_layout_of(self, task: layouts.Task) -> None:
        """Show a task's panels where the preferences say, whatever is shown now."""
        self.task = task
        self.tools.tasks[task.id].setChecked(True)
        self._arrange()
        self._forecast_timer.start()

    def _arrange(self) -> None:
        size = self.size()
        layouts.arrange(self, self.docks, self.task)
        state = self.preferences.state(self.task.id)
        if state is not None:
            self.restoreState(state)
            layouts.hide_others(self.docks, self.task)
            self.files.keep_notices_apart()
        self.layout().activate()
        self.resize(size)

    def open_model(self, source: str) -> None:
        """Open a model and run the experiment on it."""
        self._choose_model(self.model_section.model_copy(update={"source": source}))

    def choose_device(self, name: str) -> None:
        """Open the model on a device and run the experiment there."""
        self._choose_model(self.model_section.model_copy(update={"device": name}))

    def _choose_model(self, section: ModelSection) -> None:
        self._section_before = self._section_before or self.model_section
        self.model_section = section
        self.capture()

    def model_settled(self, *, opened: bool) -> None:
        """Stay with the model that a run has opened, or go back to the one before."""
        if not opened and self._section_before is not None:
            self.model_section = self._section_before
            self._forecast_timer.start()
        self._section_before = None

    def open_path(self, path: Path) -> bool:
        """Open what a path names; return whether that shows results."""
        return self.opening.open_path(path)

    def show_message(self, text: str) -> None:
        """Show a message above the panels until it is dismissed or a run starts."""
        self.messages.say(text)

    def cancel(self) -> None:
        """Stop the running job; what was to follow it does not run either."""
        self._runs_next = False
        self.controller.cancel()

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

    def reset_layout(self) -> None:
        """Put all panels back where they were at the first start."""
        self.preferences.forget_layouts()
        layouts.arrange(self, self.docks, self.task)

    def show_palette(self) -> None:
        """Open the command palette."""
        Palette(list(self.actions_by_id.values()), self).show()

    def show_shortcuts(self) -> None:
        """List all shortcuts."""
        lines = [f"{a.shortcut:<12} {a.title}" for a in ACTIONS if a.shortcut]
        QMessageBox.information(
            self, "Keyboard shortcuts", "\n".join([*lines, "← →          Layer"])
        )

    def show_about(self) -> None:
        """Say what this is."""
        from importlib.metadata import version

        what = "A desktop microscope for causal language models."
        QMessageBox.about(
            self, "About Laminoscope", f"Laminoscope {version('laminoscope')}\n{what}"
        )

    # ---- what parts of the window ask of it

    def run_next(self) -> None:
        """Run the task that was shown while a job ran, unless it has been run meanwhile."""
        if self._runs_next and self.task.section not in self.controller.results:
            self.capture()

    def ask_forecast(self) -> None:
        """Let the status bar say what a run would take."""
        try:
            self.controller.forecast(self.experiment(), self.task.section)
        except ValidationError:
            self.status.show_forecast(None)

    def tell_edited(self) -> None:
        """Let every form say whether it differs from what was captured last."""
        shown = self.controller.experiment
        for panel in self.panels.values():
            if (
                not isinstance(panel, InputPanel)
                or panel.section_name not in self.controller.results
            ):
                continue
            try:
                same = getattr(shown, panel.section_name) == panel.section()
            except ValidationError:
                same = False
            panel.set_edited(not same)

    def _show_help(self, topic: str) -> None:
        text = resource("help", f"{topic}.md").read_text(encoding="utf-8")
        name = (
            self.task.details if hasattr(self.panels[self.task.details], "show_help") else "details"
        )
        self.panels[name].show_help(text)
        self.docks[name].show()

    def set_layer_count(self, n_layers: int) -> None:
        """Offer so many layers; the first time, select the one in the middle."""
        first = self.tools.layer.maximum() == 0
        self.tools.layer.setMaximum(max(n_layers - 1, 0))
        self.selection.layer = n_layers // 2 if first else min(self.selection.layer, n_layers - 1)

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
        apply_theme(QApplication.instance(), theme)
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
            self.open_path(Path(paths[0]))

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.files.may_close():
            event.ignore()
            return
        self.preferences.geometry = self.saveGeometry()
        self.preferences.set_state(self.task.id, self.saveState())
        self.hide()
        self.files.close()
        self.exporting.close()
        self.status.close()
        self._forecast_timer.stop()
        self.controller.close()
        super().closeEvent(event)
