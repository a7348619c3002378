"""The window: panels, menus, toolbar, status bar; it makes them and connects them."""

import gc
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QSize, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
)
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

from laminoscope.altering import Altering
from laminoscope.causes import follow_causes
from laminoscope.closing import Closing
from laminoscope.controller import Controller
from laminoscope.examples import EXAMPLES, ExamplesMenu
from laminoscope.exporting import Exporting
from laminoscope.first_run import FirstRun
from laminoscope.forms import Forms
from laminoscope.help import Help
from laminoscope.icons import window_icon
from laminoscope.in_use import chance_params, chosen_theme, use_font, use_threads
from laminoscope.job_view import JobView
from laminoscope.layouts import TASKS
from laminoscope.message_bar import Cause, MessageBar
from laminoscope.model_menu import ModelMenu
from laminoscope.opening import Opening
from laminoscope.parts import Parts
from laminoscope.preferences import Preferences
from laminoscope.recent import RecentMenu
from laminoscope.runs import Runs
from laminoscope.session_files import SessionFiles
from laminoscope.start import StartPage
from laminoscope.states import States
from laminoscope.status import Status
from laminoscope.sweeps import Sweeps
from laminoscope.toolbar import ToolBar
from laminoscope.touring import Touring, ToursMenu
from laminoscope.turns import in_turns
from laminoscope.undo import Undo
from laminoscope.window.furnishing import furnished
from laminoscope.window.menus import Menus
from laminoscope.window.overlay import Overlay
from laminoscope.window.pages import Pages
from laminoscope.window.panel_menu import PanelMenu
from laminoscope.window.panels import Panels
from laminoscope_core.experiment import Experiment, ModelSection
from laminoscope_core.selection import Selection
from laminoscope_resources import sample_experiment
from laminoscope_widgets.panel import InputPanel, Panel, UpdateQueue, Workspace
from laminoscope_widgets.proportion import tell_text_size
from laminoscope_widgets.theme import apply_theme

__all__ = ["MainWindow"]

_FRAME = QSize(16, 48)
"""Pixels that a desktop may put around a window."""


class MainWindow(QMainWindow):
    """Everything on screen.  Closing it cancels the running job and waits for its thread.

    Attributes
    ----------
    furnished : bool
        Whether `begin_in_turns` has made all panels and pages.
    """

    def __init__(self) -> None:
        super().__init__()
        self.furnished = False
        self.setWindowIcon(window_icon())
        self.setAcceptDrops(True)
        self.setLocale(QLocale.c())  # numbers of every list and table with a point
        self._take_first_size()
        self.preferences = Preferences()
        self.selection = Selection()
        self.controller = Controller(self)
        use_font(self.preferences)
        use_threads(self.preferences)
        self.theme = chosen_theme(self.preferences)
        apply_theme(self.theme)
        self.updates = UpdateQueue(self)
        self._workspace = Workspace(
            self.selection,
            self.theme,
            self.updates,
            foresee=self.controller.foreseen,
        )
        self.panels = Panels(self._workspace, self)
        self.forms = Forms(self.panels, self)
        self.undo = Undo(self.panels, self.forms, self.controller, self._workspace.asked, self)
        self.pages = Pages(self.panels, self.preferences)
        self.setCentralWidget(self.pages.stack)
        self.overlay = Overlay(self.pages.stack, self.pages.notice_place)
        self.messages = MessageBar()
        self.overlay.add(self.messages)
        self.status = Status(self.statusBar())
        self.parts = parts = Parts(
            self,
            self.controller,
            self.selection,
            self.preferences,
            self.panels,
            self.forms,
            self.undo,
            self.pages,
            self.overlay,
            self.messages,
            self.status,
        )
        follow_causes(parts)
        self.runs = Runs(parts)
        self.files = SessionFiles(parts)
        self.closing = Closing(parts, self.files)
        self.exporting = Exporting(parts)
        self.sweeps = Sweeps(
            parts,
            self.files,
            self.exporting.drawings,
            self._workspace,
            lambda topic: self.help.open_guide(topic),
        )
        self.opening = Opening(parts, self.runs, self.files, self.sweeps)
        self.help = Help(parts, self.opening)
        self.start = StartPage(self.preferences, partial(self.messages.say, about=Cause.PLACE))
        self.pages.add_start(self.start)
        self.overlay.covered.connect(self.start.leave_free)
        self.first = FirstRun(parts, self.runs, self.opening, self.start)
        self.touring = Touring(parts, self.first, self.opening)
        self.states = States(self)
        self.altering = Altering(parts, self.runs, self.states)
        self._make_menus()
        self._make_bars()
        self.jobs = JobView(parts, self.runs, self.tools, self.updates, self.states)
        self.tools.alter.setMenu(self.altering.menu)
        self._connect()
        geometry = self.preferences.geometry
        if geometry is not None:
            self.restoreGeometry(geometry)

    # ---- building

    def _make_menus(self) -> None:
        self.menus = menus = Menus(self)
        self.actions_by_id = menus.actions
        menus.choose_one(
            ("view.light", "view.dark", "view.system"), f"view.{self.preferences.appearance}"
        )
        menus.follow("edit.undo", self.undo.stack.undoTextChanged)
        menus.follow("edit.redo", self.undo.stack.redoTextChanged)
        menus.insert(ExamplesMenu(self, self.first.open_example), after="file.new")
        menus.insert(ToursMenu(self, self.touring.begin), after="help.start")
        recent = RecentMenu(self, self.preferences, self.opening.open_recent, self.runs.open_model)
        menus.insert(recent, after="file.open")
        menus.insert(PanelMenu(self, self.pages, self.panels), after="view.fill")
        self.actions_by_id["run.cancel"].setEnabled(False)

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
        self.addToolBar(self.altering.bar)
        self.menus.begin("&View", self.tools.tasks.values())

    def _connect(self) -> None:
        self.undo.said.connect(self.status.say)
        self.panels.each(self._connect_panel)
        self.controller.busy_changed.connect(self.actions_by_id["run.cancel"].setEnabled)
        self.controller.failed.connect(self._show_start_where_nothing_is_open)
        start, opening = self.start, self.opening
        for signal, act in (
            (start.example_wanted, self.first.open_example),
            (start.tour_wanted, self.touring.begin),
            (start.changes_wanted, self.help.show_changes),
            (start.file_wanted, opening.open_recent),
            (start.model_wanted, self.runs.open_model),
            (start.models_wanted, opening.browse_models),
            (start.open_wanted, opening.ask_file),
            (start.dropped, opening.open_path),
        ):
            signal.connect(act)
        self.pages.shown.connect(self._mark_task)
        self.pages.shown.connect(self.overlay.refit)
        self.pages.arranged.connect(self.overlay.refit)
        box, selection = self.tools.layer, self.selection
        box.valueChanged.connect(lambda layer: setattr(selection, "layer", layer))
        selection.events.layer.connect(lambda layer: box.setValue(layer))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_colours_changed)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._mark_panel)

    def _connect_panel(self, panel: Panel) -> None:
        panel.capture_wanted.connect(self.runs.capture)
        panel.help_wanted.connect(self._show_help)
        if hasattr(panel, "guide_wanted"):
            panel.guide_wanted.connect(self.help.open_guide)
        panel.params_wanted.connect(self.controller.recompute)
        panel.question_wanted.connect(self.controller.ask)
        if hasattr(panel, "task_wanted"):
            panel.task_wanted.connect(partial(self._run_task, panel))
        if hasattr(panel, "models_wanted"):
            panel.models_wanted.connect(self.runs.compare_models)
        if hasattr(panel, "sites_wanted"):
            panel.sites_wanted.connect(self.runs.compare_sites)
        if hasattr(panel, "models_asked"):
            panel.models_asked.connect(partial(self._offer_models, panel))
        if hasattr(panel, "layer_wanted"):
            panel.layer_wanted.connect(self.controller.look_at)
        if hasattr(panel, "look_wanted"):
            panel.look_wanted.connect(self.controller.look_up)
        if hasattr(panel, "silence_wanted"):
            panel.silence_wanted.connect(self.altering.silence_head)
        if isinstance(panel, InputPanel):
            panel.refused.connect(partial(self.messages.say, about=Cause.FORMS))

    def _offer_models(self, panel: Any) -> None:
        panel.menu.fill(self.forms.model.source, self.forms.rsa.models)

    def _run_task(self, panel: Panel, name: str, request: object) -> None:
        self.controller.run_task(name, request, altered=panel.altered)

    # ---- starting

    def furnish(self) -> Iterator[None]:
        """Make panels and pages, step by step; what is needed sooner is made at once."""
        return furnished(self.panels, self.pages)

    def begin_in_turns(
        self, file: Path | None = None, model: str | None = None, sample: str | None = None
    ) -> None:
        """Make panels and pages while the window answers, then `begin`."""

        def steps() -> Iterator[None]:
            self.start.look_later()
            yield from self.furnish()
            gc.freeze()  # all of it stays: to look through it for garbage would take long
            self.furnished = True
            self.start.look()
            if not (self.controller.busy() or self.controller.results):  # nobody was quicker
                self.begin(file, model, sample)

        in_turns(steps(), self)

    def begin(
        self, file: Path | None = None, model: str | None = None, sample: str | None = None
    ) -> None:
        """Show what is to be seen first.

        That is the start page, behind which the first example runs at a first start, and its model
        opens later, if it is on this machine; or a file, or a sample experiment, which are run.
        A session's results are only shown.

        Parameters
        ----------
        file : Path, optional
            What `Opening.open_path` takes.
        model : str, optional
            A model to use instead of the experiment's; the first sample is run on it if nothing
            else is asked for.
        sample : str, optional
            The name of a sample experiment.
        """
        experiment = Experiment.from_text(sample_experiment(sample or EXAMPLES[0].name))
        if model is not None:
            experiment = experiment.model_copy(update={"model": ModelSection(source=model)})
        self.forms.show(experiment)
        self.undo.forget()
        self.files.offers.begin()
        if file is not None:
            if not self.opening.open_path(file):
                self.runs.capture()
        elif model is not None or sample is not None:
            self.pages.show(next(t for t in TASKS if getattr(experiment, t.section)))
            self.runs.capture()
        else:
            self.pages.show_start()
            self.first.watch()

    # ---- commands

    def previous_layer(self) -> None:
        """Select the layer before."""
        self._step_layer(-1)

    def next_layer(self) -> None:
        """Select the layer after."""
        self._step_layer(1)

    def clear_selection(self) -> None:
        """Return from a panel that fills the page; else select nothing but the layer."""
        if not self.pages.apart and self.pages.page.filled is not None:
            self.pages.page.fill(None)
            return
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

    def show_preferences(self) -> None:
        """Show what can be set, and use what is."""
        from laminoscope.preferences_dialog import PreferencesDialog

        def in_use() -> str:
            info = self.controller.info
            return "" if info is None else info.revision.removeprefix("sha256:")

        dialog = PreferencesDialog(self.preferences, in_use, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(self._use_preferences)
        dialog.open()

    def _use_preferences(self) -> None:
        if use_font(self.preferences):
            self.pages.stack.setUpdatesEnabled(False)  # painted once, when all has its place
            QTimer.singleShot(0, self, self._take_text_size)
        use_threads(self.preferences)
        self.controller.params.update(chance_params(self.preferences))
        self.actions_by_id[f"view.{self.preferences.appearance}"].setChecked(True)
        self._retheme()

    def _take_text_size(self) -> None:
        """Let everything follow text of another size, which all widgets have by now."""
        QTimer.singleShot(0, self, self._show_text_size)
        tell_text_size()
        for panel in self.panels.made().values():
            panel.apply_theme(self.theme)
        self.sweeps.apply_theme(self.theme)

    def _show_text_size(self) -> None:
        self.pages.stack.setUpdatesEnabled(True)

    def show_palette(self) -> None:
        """Open the command palette."""
        from laminoscope.palette import Palette
        from laminoscope.window.finding import entries

        actions = self.actions_by_id.values()
        found = entries(self.parts, actions, self.runs, self.opening, self.touring.begin)
        Palette(list(found), self).show()

    def _show_start_where_nothing_is_open(self) -> None:
        if self.controller.info is None and not self.controller.results:
            self.pages.show_start()

    def _mark_task(self) -> None:
        self.tools.show_task(self.pages.task)

    def _show_help(self, topic: str) -> None:
        details = self.panels[self.pages.task.details]
        if hasattr(details, "show_help"):
            details.show_help(topic)
            self.pages.reveal(details.id)
        else:
            self.help.open_guide(topic)

    def _mark_panel(self, *_: object) -> None:
        in_use = self.pages.panel_in_use()
        for panel in self.panels.made().values():
            panel.show_in_use(in_use=panel is in_use)
        if in_use is not None:
            self.messages.settle(Cause.PLACE)

    def _take_first_size(self) -> None:
        """Take the size that the panels are made for, or what the screen has of it."""
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(QSize(1400, 900).boundedTo(room - _FRAME))

    def _step_layer(self, step: int) -> None:
        self.tools.layer.setValue(self.tools.layer.value() + step)

    def _use(self, appearance: str) -> None:
        self.preferences.appearance = appearance
        self._retheme()

    def _system_colours_changed(self, _scheme: Any) -> None:
        if self.preferences.appearance == "system":
            self._retheme()

    def _retheme(self) -> None:
        theme = chosen_theme(self.preferences)
        if theme == self.theme:
            return
        self.theme = theme
        apply_theme(theme)
        self.tools.apply_theme(theme)
        self._workspace.theme = theme
        for panel in self.panels.made().values():
            panel.apply_theme(theme)
        self.sweeps.apply_theme(theme)

    # ---- Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() and self.pages.task.by_layer:
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
        if not self.closing.may_close():
            event.ignore()
            return
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.preferences.geometry = self.saveGeometry()
        self.pages.keep()
        self.hide()
        self.files.close()
        self.opening.close()
        self.start.close_thread()
        self.status.close()
        self.runs.close()
        self.controller.close()
        super().closeEvent(event)
