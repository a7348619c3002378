"""The window: docks, menus, toolbar, status bar; it wires panels to the controller."""

import sys
from pathlib import Path
from typing import Any

import psutil
from pydantic import ValidationError
from PySide6.QtCore import QElapsedTimer, QSize, Qt, QTimer
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
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMainWindow,
    QMenu,
    QMessageBox,
    QProgressBar,
    QSizePolicy,
    QSpinBox,
    QToolBar,
    QToolButton,
    QWidget,
)

from laminoscope import layouts
from laminoscope.actions import ACTIONS
from laminoscope.controller import Controller
from laminoscope.icons import icon
from laminoscope.palette import Palette
from laminoscope.preferences import Preferences
from laminoscope_core.atomic import write_atomically
from laminoscope_core.capture.plan import Forecast
from laminoscope_core.capture.verify import Verification
from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.experiment import Experiment, ModelSection
from laminoscope_core.models.model import ModelInfo
from laminoscope_core.selection import Selection
from laminoscope_resources import resource, sample_experiment
from laminoscope_widgets.panel import InputPanel, Panel, UpdateQueue, Workspace, plain_label
from laminoscope_widgets.panels import PANELS
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import DARK, LIGHT, Theme, apply_theme

__all__ = ["MainWindow"]


class MainWindow(QMainWindow):
    """Everything on screen.  Closing it cancels the running job and waits for its thread."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Laminoscope")
        self.setWindowIcon(icon("app"))
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.resize(1400, 900)
        self.preferences = Preferences()
        self.selection = Selection()
        self.controller = Controller()
        self.theme = self._chosen_theme()
        apply_theme(QApplication.instance(), self.theme)
        self.panels: dict[str, Panel] = {}
        self.docks: dict[str, QDockWidget] = {}
        self._model_section = ModelSection()
        self._sections = Experiment()
        self._make_panels()
        self._make_actions()
        self._make_toolbar()
        self._make_message_bar()
        self._make_status_bar()
        self._connect()
        self.task = layouts.TASKS[0]
        self._arrange()
        geometry = self.preferences.geometry
        if geometry is not None:
            self.restoreGeometry(geometry)
        self._style_toolbar()

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
            action.triggered.connect(getattr(self, entry.slot))
            menus[entry.menu].addAction(action)
            self.actions_by_id[entry.id] = action
        appearance = QActionGroup(self)
        for name in ("light", "dark", "system"):
            action = self.actions_by_id[f"view.{name}"]
            action.setCheckable(True)
            action.setChecked(self.preferences.appearance == name)
            appearance.addAction(action)
        menus["View"].addSeparator()
        for dock in self.docks.values():
            menus["View"].addAction(dock.toggleViewAction())
        self.actions_by_id["run.cancel"].setEnabled(False)

    def _make_toolbar(self) -> None:
        bar = QToolBar("Tools", self)
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setIconSize(QSize(16, 16))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.addToolBar(bar)
        self._toolbar = bar
        self.model_button = QToolButton()
        self.model_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.model_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.model_button.setToolTip("Choose the model.")
        self.model_button.setText("No model")
        self._model_menu = QMenu(self)
        self._model_menu.aboutToShow.connect(self._fill_model_menu)
        self.model_button.setMenu(self._model_menu)
        self._add_task_buttons(bar)
        bar.addWidget(self.model_button)
        self.device_label = plain_label("", "muted")
        bar.addWidget(self.device_label)
        bar.addSeparator()
        bar.addAction(self.actions_by_id["run.capture"])
        bar.addAction(self.actions_by_id["run.cancel"])
        bar.addSeparator()
        bar.addWidget(plain_label(" Layer "))
        bar.addAction(self.actions_by_id["layer.previous"])
        self.layer_box = QSpinBox(minimum=0, maximum=0)
        self.layer_box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.layer_box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.layer_box.setFixedWidth(52)
        self.layer_box.setToolTip("The layer that all panels show; drag the line in the curves.")
        bar.addWidget(self.layer_box)
        bar.addAction(self.actions_by_id["layer.next"])
        for name in ("layer.previous", "layer.next"):
            bar.widgetForAction(self.actions_by_id[name]).setToolButtonStyle(
                Qt.ToolButtonStyle.ToolButtonIconOnly
            )
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(space)
        bar.addAction(self.actions_by_id["help.palette"])

    def _add_task_buttons(self, bar: QToolBar) -> None:
        group = QActionGroup(self)
        self.task_actions: dict[str, QAction] = {}
        for number, task in enumerate(layouts.TASKS, start=1):
            action = QAction(task.title, self, checkable=True, checked=number == 1)
            action.setShortcut(QKeySequence(f"Ctrl+{number}"))
            action.setToolTip(f"{task.title}: its panels and its inputs. Ctrl+{number}")
            action.triggered.connect(lambda _=False, chosen=task: self.show_task(chosen))
            group.addAction(action)
            bar.addAction(action)
            bar.widgetForAction(action).setObjectName("task")
            self.task_actions[task.id] = action
        bar.addSeparator()

    def _style_toolbar(self) -> None:
        for entry in ACTIONS:
            if entry.icon:
                self.actions_by_id[entry.id].setIcon(icon(entry.icon, self.theme))
        self.model_button.setIcon(icon("ph.cube", self.theme))

    def _make_message_bar(self) -> None:
        self.addToolBarBreak()
        self.message_bar = QToolBar("Message", self)
        self.message_bar.setObjectName("messages")
        self.message_bar.setMovable(False)
        self.message_label = QLabel()
        self.message_label.setObjectName("error")
        self.message_label.setTextFormat(Qt.TextFormat.PlainText)
        self.message_label.setWordWrap(True)
        self.message_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.message_label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        dismiss = QToolButton(text="Dismiss")
        dismiss.clicked.connect(self.clear_message)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(4, 2, 4, 2)
        row.addWidget(self.message_label, 1)
        row.addWidget(dismiss)
        self.message_bar.addWidget(holder)
        self.addToolBar(self.message_bar)
        self.message_bar.hide()

    def _make_status_bar(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        self.status_model = plain_label("no model")
        self.status_memory = plain_label("")
        self.status_verified = plain_label("")
        self._forecast: Forecast | None = None
        self._words: tuple[str, ...] = ()
        self.status_job = plain_label("")
        self.progress = QProgressBar(minimum=0, maximum=1000, textVisible=False)
        self.progress.setFixedWidth(160)
        self.progress.hide()
        bar.addWidget(self.status_job, 1)
        bar.addPermanentWidget(self.progress)
        bar.addPermanentWidget(self.status_model)
        bar.addPermanentWidget(self.status_verified)
        bar.addPermanentWidget(self.status_memory)
        self._process = psutil.Process()
        self._memory_timer = QTimer(self, interval=1000)
        self._memory_timer.timeout.connect(self._show_memory)
        self._memory_timer.start()
        self._show_memory()
        self._clock = QElapsedTimer()
        self._latest = 0.0, ""
        self._progress_timer = QTimer(self, singleShot=True, interval=80)
        self._progress_timer.timeout.connect(self._show_progress)

    def _connect(self) -> None:
        controller = self.controller
        controller.model_opened.connect(self._model_opened)
        controller.forecast_made.connect(self._forecast_made)
        controller.verified.connect(self._verified)
        controller.result_ready.connect(self._result_ready)
        controller.results_dropped.connect(self._results_dropped)
        controller.progressed.connect(self._progressed)
        controller.busy_changed.connect(self._busy_changed)
        controller.finished.connect(self._finished)
        controller.cancelled.connect(self._cancelled)
        controller.failed.connect(self._failed)
        for panel in self.panels.values():
            panel.capture_wanted.connect(self.capture)
            panel.help_wanted.connect(self._show_help)
            panel.params_wanted.connect(controller.recompute)
            if hasattr(panel, "task_wanted"):
                panel.task_wanted.connect(controller.run_task)
        for panel in self.panels.values():
            if isinstance(panel, InputPanel):
                panel.edited.connect(self._edited)
                panel.refused.connect(self.show_message)
        self.updates.emptied.connect(controller.shown)
        self.layer_box.valueChanged.connect(lambda layer: setattr(self.selection, "layer", layer))
        self.selection.events.layer.connect(self._layer_changed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_colours_changed)

    # ---- starting

    def begin(self, file: Path | None = None, model: str | None = None) -> None:
        """Show the sample experiment, or a file, and run it."""
        experiment = Experiment.from_text(sample_experiment("words-qkv"))
        if model is not None:
            experiment = experiment.model_copy(update={"model": ModelSection(source=model)})
        self.set_experiment(experiment)
        if file is None or not self.open_path(file):
            self.capture()

    def set_experiment(self, experiment: Experiment) -> None:
        """Show an experiment's sections and remember those that no panel shows."""
        self._model_section = experiment.model
        self._sections = experiment
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
        changes: dict[str, Any] = {"model": self._model_section}
        for panel in self.panels.values():
            if isinstance(panel, InputPanel):
                try:
                    changes[panel.section_name] = panel.section()
                except ValidationError:
                    if panel.id == self.task.inputs:
                        raise
        return self._sections.model_copy(update=changes)

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
        self.clear_message()
        for name in self.task.panels:
            self.panels[name].set_stale(True)
        self.controller.run(experiment, self.task.section)

    def show_task(self, task: layouts.Task) -> None:
        """Show a task's panels; run it if it has not been run yet."""
        if task is self.task:
            return
        self._show(task)
        if task.section not in self.controller.results and not self.controller.busy():
            self.capture()

    def _show(self, task: layouts.Task) -> None:
        self.preferences.set_state(self.task.id, self.saveState())
        self.task = task
        self.task_actions[task.id].setChecked(True)
        self._arrange()

    def _arrange(self) -> None:
        layouts.arrange(self, self.docks, self.task)
        state = self.preferences.state(self.task.id)
        if state is not None:
            self.restoreState(state)

    def cancel(self) -> None:
        """Stop the running job."""
        self.controller.cancel()

    def open_file(self) -> None:
        """Ask for a file and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self, "Open", "", "Experiments, word lists, models (*.toml *.csv *.tsv *.txt *.gguf)"
        )
        if name:
            self.open_path(Path(name))

    def open_folder(self) -> None:
        """Ask for a model folder and open it."""
        name = QFileDialog.getExistingDirectory(self, "Open model folder")
        if name:
            self.open_model(name)

    def ask_model(self) -> None:
        """Ask for a model by name."""
        name, accepted = QInputDialog.getText(
            self,
            "Open model",
            "Catalog name, Hugging Face id (owner/name), folder or .gguf file:",
            text=self._model_section.source,
        )
        if accepted and name.strip():
            self.open_model(name.strip())

    def open_model(self, source: str) -> None:
        """Open a model and run the experiment on it."""
        self._model_section = self._model_section.model_copy(update={"source": source})
        self.capture()

    def open_path(self, path: Path) -> bool:
        """Open an experiment, word list or model; return whether a run was started."""
        if path.suffix.lower() == ".gguf" or path.is_dir():
            self.open_model(str(path))
            return True
        if self.task.section == "text" and path.suffix.lower() in (".txt", ".md"):
            self.panels["text"].open_file(path)
            return False
        if path.suffix.lower() in (".csv", ".tsv", ".txt"):
            self.panels["words"].open_csv(path)
            return False
        if path.suffix.lower() != ".toml":
            kinds = "an experiment (.toml), a word list (.csv), a model (.gguf or a folder)"
            self.show_message(f"{safe_text(path.name)} is none of what can be opened: {kinds}.")
            return False
        try:
            experiment = Experiment.from_file(path)
        except LaminoscopeError as error:
            self.show_message(str(error))
            return False
        self.set_experiment(experiment)
        self.preferences.add_recent(str(path))
        self._show_task_of(experiment)
        self.capture()
        return True

    def _show_task_of(self, experiment: Experiment) -> None:
        """Show the first task that the experiment has a section for, unless this one has."""
        having = [task for task in layouts.TASKS if getattr(experiment, task.section)]
        if having and self.task not in having:
            self._show(having[0])

    def save_experiment(self) -> None:
        """Ask for a name and save the experiment as TOML."""
        name, _ = QFileDialog.getSaveFileName(
            self, "Save experiment", "experiment.toml", "Experiments (*.toml)"
        )
        if not name:
            return
        try:
            write_atomically(Path(name), self.experiment().to_toml().encode())
        except ValidationError:
            self.show_message("This is not an experiment yet: it has no usable words.")
        except OSError as error:
            self.show_message(f"{name} could not be saved: {error.strerror}.")
        else:
            self.status_job.setText(f"Saved {safe_text(Path(name).name)}")

    def export_results(self) -> None:
        """Ask for a folder and write the results as tables."""
        if self.controller.model is None or not self.controller.results:
            self.show_message("There are no results to export yet. Press Capture first.")
            return
        name = QFileDialog.getExistingDirectory(self, "Export results into a folder")
        if not name:
            return
        from laminoscope_core.run import RunResult

        run = RunResult(
            self.controller.model.info, self.controller.experiment, self.controller.snapshot()
        )
        try:
            files = run.write(Path(name))
        except OSError as error:
            self.show_message(f"The results could not be written to {name}: {error.strerror}.")
        else:
            self.status_job.setText(f"Wrote {len(files)} files")

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

    # ---- what the controller says

    def _model_opened(self, info: ModelInfo) -> None:
        title, where = safe_text(info.title, limit=40), f"{info.device} · {info.dtype}"
        self.model_button.setText(title)
        self.device_label.setText(where)
        self.preferences.add_recent(info.source)
        self.status_verified.setText("capture not verified yet")
        self._set_layer_count(info.n_layers)
        self.status_model.setText(f"{title} · {info.n_layers} layers · {where}")

    def _forecast_made(self, forecast: Forecast | None) -> None:
        self._forecast = forecast
        self._show_memory()

    def _verified(self, verification: Verification) -> None:
        self.status_verified.setText(safe_text(verification.summary, limit=60))
        lines = [f"{check.name}: {check.detail}" for check in verification.checks]
        lines += [f"no {site}: {reason}" for site, reason in verification.missing.items()]
        tip = "<br>".join(safe_text(line, limit=160, rich=True) for line in lines)
        self.status_verified.setToolTip(tip)

    def _result_ready(self, name: str, result: Any) -> None:
        if name == "words":
            self._keep_word_selection(result.words)
        for panel in self.panels.values():
            if name in panel.requires:
                panel.set_result(name, result)
                panel.set_stale(False)
        if self.updates.idle():
            self.controller.shown()

    def _keep_word_selection(self, words: tuple[str, ...]) -> None:
        """Let the selected pair and word follow their words into a new list."""
        place = {word: index for index, word in enumerate(words)}

        def moved(index: int) -> int | None:
            return place.get(self._words[index]) if index < len(self._words) else None

        pair, word = self.selection.pair, self.selection.word
        if pair is not None:
            found = sorted(index for index in map(moved, pair) if index is not None)
            self.selection.pair = (found[0], found[1]) if len(found) == 2 else None
        if word is not None:
            self.selection.word = moved(word)
        self._words = words

    def _results_dropped(self, names: set[str]) -> None:
        for panel in self.panels.values():
            panel.forget(names)

    def _progressed(self, fraction: float, text: str) -> None:
        self._latest = fraction, text
        if not self._progress_timer.isActive():
            self._progress_timer.start()

    def _show_progress(self) -> None:
        fraction, text = self._latest
        self.progress.setValue(int(fraction * 1000))
        self.progress.show()
        left = ""
        elapsed = self._clock.elapsed() / 1000
        if fraction > 0.05 and elapsed > 2:
            left = f" · {max(1, round(elapsed * (1 - fraction) / fraction))} s left"
        self.status_job.setText(f"{safe_text(text, limit=90)}{left}")
        first = self.task.rows[0][0]
        for name, panel in self.panels.items():
            panel.set_progress(fraction if name == first else None, text, waiting=True)

    def _busy_changed(self, busy: bool) -> None:
        self.actions_by_id["run.cancel"].setEnabled(busy)
        self._progress_timer.stop()
        if busy:
            self._clock.start()
            self.progress.setValue(0)
        else:
            self.progress.hide()
            for panel in self.panels.values():
                panel.set_stale(False)
                panel.set_progress(None, "", waiting=False)

    def _finished(self) -> None:
        self.status_job.setText(f"Done in {self._clock.elapsed() / 1000:.1f} s")
        self._edited()

    def _cancelled(self) -> None:
        self.status_job.setText("Cancelled; what was shown stays.")

    def _failed(self, message: str, details: str) -> None:
        self.show_message(message)
        self.message_label.setToolTip(safe_text(details, limit=4000, rich=True))

    def _edited(self) -> None:
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

    # ---- small things

    def show_message(self, text: str) -> None:
        """Show a message above the panels until it is dismissed or a run starts."""
        self.message_label.setText(safe_text(text, limit=2000))
        self.message_label.setToolTip("")
        height = self.message_label.heightForWidth(max(self.width() - 140, 200))
        self.message_label.setFixedHeight(height)
        self.message_bar.show()

    def clear_message(self) -> None:
        """Hide the message."""
        self.message_bar.hide()

    def _show_help(self, topic: str) -> None:
        text = resource("help", f"{topic}.md").read_text(encoding="utf-8")
        name = (
            self.task.details if hasattr(self.panels[self.task.details], "show_help") else "details"
        )
        self.panels[name].show_help(text)
        self.docks[name].show()

    def _set_layer_count(self, n_layers: int) -> None:
        first = self.layer_box.maximum() == 0
        self.layer_box.setMaximum(max(n_layers - 1, 0))
        self.selection.layer = n_layers // 2 if first else min(self.selection.layer, n_layers - 1)

    def _step_layer(self, step: int) -> None:
        self.layer_box.setValue(self.layer_box.value() + step)

    def _layer_changed(self, layer: int) -> None:
        self.layer_box.setValue(layer)

    def _fill_model_menu(self) -> None:
        from laminoscope_core.models.catalog import catalog

        self._model_menu.clear()
        for menu in self._model_menu.findChildren(QMenu):
            menu.deleteLater()
        for entry in catalog().values():
            action = self._model_menu.addAction(entry.title)
            action.setToolTip(entry.about)
            action.triggered.connect(lambda _=False, name=entry.name: self.open_model(name))
        self._model_menu.addSeparator()
        for name in ("file.open_model", "file.open_folder", "file.open"):
            self._model_menu.addAction(self.actions_by_id[name])
        self._model_menu.addSeparator()
        self._add_choices("Device", "device", ("auto", *self._device_names()))
        self._add_choices("Precision", "dtype", ("auto", "float32", "bfloat16", "float16"))

    def _add_choices(self, title: str, field: str, names: tuple[str, ...]) -> None:
        menu = self._model_menu.addMenu(title)
        for name in names:
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(getattr(self._model_section, field) == name)
            action.triggered.connect(lambda _=False, chosen=name: self._reopen(field, chosen))

    def _device_names(self) -> tuple[str, ...]:
        if "torch" not in sys.modules:  # importing it takes seconds; a job does that
            return ("cpu",)
        from laminoscope_core.models.devices import available_devices

        return tuple(device.name for device in available_devices())

    def _reopen(self, field: str, name: str) -> None:
        self._model_section = self._model_section.model_copy(update={field: name})
        self.capture()

    def _show_memory(self) -> None:
        used = self._process.memory_info().rss / 2**30
        total = psutil.virtual_memory().total / 2**30
        forecast = ""
        if self._forecast is not None and self.controller.busy():
            forecast = f" (forecast {self._forecast.peak / 2**30:.1f})"
        self.status_memory.setText(f"memory {used:.1f}{forecast} of {total:.0f} GB")

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
        self._style_toolbar()
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
        self.preferences.geometry = self.saveGeometry()
        self.preferences.set_state(self.task.id, self.saveState())
        self.hide()
        self._memory_timer.stop()
        self._progress_timer.stop()
        self.controller.close()
        super().closeEvent(event)
