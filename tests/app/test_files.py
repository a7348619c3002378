"""What the File menu begins and opens: New, Examples, Open recent; and where settings are kept."""

import os
import subprocess
import sys

import pytest
from PySide6.QtWidgets import QMessageBox

from laminoscope.examples import EXAMPLES, ExamplesMenu, example_named
from laminoscope.layouts import TASKS
from laminoscope.recent import RecentMenu, recent_names
from laminoscope_core.experiment import Experiment
from laminoscope_resources import experiment_names, sample_experiment


def texts(menu):
    """What a menu's entries and headings say."""
    return [action.text() for action in menu.actions() if action.text()]


class TestNew:
    def test_it_asks_once_about_unsaved_work_and_then_empties_everything(self, window):
        window.forms.show(Experiment.from_text(sample_experiment("words-qkv")))
        window.panels["text"].editor.setPlainText("Mine.")
        window.panels["prompts"].editor.setPlainText("Hare and")
        window.actions_by_id["file.new"].trigger()
        window.files.question.button(QMessageBox.StandardButton.Cancel).click()
        assert window.forms.kept().text.content == "Mine."
        window.actions_by_id["file.new"].trigger()
        window.files.question.button(QMessageBox.StandardButton.Discard).click()
        kept = window.forms.kept()
        assert (kept.words, kept.text, kept.prompts) == (None, None, ())
        assert not window.files.modified
        assert window.panels["words"].table.words() == []
        assert window.panels["text"].editor.toPlainText() == ""

    def test_it_asks_nothing_where_nothing_would_be_lost(self, window):
        window.actions_by_id["file.new"].trigger()
        assert window.files.question is None
        assert window.forms.kept().words is None

    @pytest.mark.model
    def test_results_go_and_the_model_stays_open(self, running, qtbot):
        running.selection.pair, running.selection.word = (0, 2), 3
        running.actions_by_id["file.new"].trigger()
        assert running.controller.results == {}
        assert running.controller.model is not None
        assert (running.selection.pair, running.selection.word) == (None, None)
        assert running.panels["laminar"]._stack.currentIndex() == 0
        for task in TASKS[1:]:  # an empty form is not run, and is no fault
            running.runs.show_task(task)
            assert not running.controller.busy()
            assert not running.messages.isVisible()


FIRST_OF_TASKS = ("words-qkv", "text-adjustments", "continuation", "inside-hare")


class TestExamples:
    def test_every_sample_of_the_resources_is_one(self):
        assert {example.name for example in EXAMPLES} == set(experiment_names())

    @pytest.mark.model
    @pytest.mark.parametrize("name", FIRST_OF_TASKS)
    def test_it_opens_and_runs(self, opened_model, qtbot, starting, name):
        window, example = opened_model, example_named(name)
        menu = ExamplesMenu(window, window.opening.open_example)
        (action,) = (action for action in menu.actions() if action.text() == example.title)
        with starting(), qtbot.waitSignal(window.controller.finished, timeout=120_000):
            action.trigger()
        wanted = Experiment.from_text(sample_experiment(example.name))
        (section,) = (task.section for task in TASKS if getattr(wanted, task.section))
        assert window.pages.task.section == section
        assert section in window.controller.results
        assert getattr(window.controller.experiment, section) == getattr(wanted, section)

    def test_it_turns_to_what_it_is_about(self, window, monkeypatch):
        monkeypatch.setattr(window.runs, "capture", lambda: None)
        monkeypatch.setattr(window.opening._files, "before_leaving", lambda then: then())
        for example in EXAMPLES:
            if not example.panel:
                continue
            window.opening.open_example(example.name)
            panel = window.panels[example.panel]
            assert panel.isVisible()
            assert example.choices.items() <= panel.save_state().items()
            for name, value in example.selected.items():
                assert getattr(window.selection, name) == value
            window.actions_by_id["help.example"].trigger()
            assert window.help.guide.topic == example.name
        window.help.guide.close()
        window.opening.start_new()
        assert not window.opening.example

    def test_its_layer_stands_in_the_toolbar_once_the_model_is_open(self, window):
        window.selection.layer = 17
        assert window.tools.layer.value() == 0
        window.jobs._set_layer_count(30)
        assert window.selection.layer == window.tools.layer.value() == 17


class TestRecent:
    def test_files_and_models_stand_apart_and_clear_empties_both(self, window, tmp_path):
        file = tmp_path / "a.toml"
        file.touch()
        window.preferences.add_recent_file(file)
        window.preferences.add_recent_model("gpt2")
        opened = []
        menu = RecentMenu(
            window,
            window.preferences,
            lambda path: opened.append(("file", path)),
            lambda source: opened.append(("model", source)),
        )
        menu.fill()
        assert texts(menu) == ["Files", "a.toml", "Models", "GPT-2 small (124M)", "Clear"]
        for action in menu.actions()[:-1]:
            action.trigger()
        assert opened == [("file", str(file)), ("model", "gpt2")]
        menu.actions()[-1].trigger()
        menu.fill()
        assert texts(menu) == ["Nothing yet"]

    def test_folders_tell_files_of_one_name_apart(self, tmp_path):
        paths = [tmp_path / "one" / "a.toml", tmp_path / "two" / "a.toml", tmp_path / "b.toml"]
        for path in paths:
            path.parent.mkdir(exist_ok=True)
            path.touch()
        assert list(recent_names([str(path) for path in paths]).values()) == [
            f"a.toml ({tmp_path / 'one'})",
            f"a.toml ({tmp_path / 'two'})",
            "b.toml",
        ]


USED = """
import sys
from PySide6.QtWidgets import QFileDialog
from laminoscope.main import create_application
app = create_application()
from laminoscope.main_window import MainWindow
window = MainWindow()
window.show()
window.use_dark()
window.preferences.add_recent_model("gpt2")
from laminoscope.preferences_dialog import PreferencesDialog
window.show_preferences()
preferences = window.findChild(PreferencesDialog)
for name in ("appearance", "font_size", "sequential", "diverging"):
    box = getattr(preferences, name)
    box.setCurrentIndex(2)
    box.activated.emit(2)
for name in ("threads", "permutations", "resamples"):
    getattr(preferences, name).setValue(199)
from pathlib import Path
from laminoscope_core.paths import choose_cache_root
choose_cache_root(Path("elsewhere"))
preferences.close()
dialog = QFileDialog(window)
dialog.show()
app.processEvents()
dialog.close()
del dialog
window.close()
"""


def test_settings_are_written_into_their_folder_and_nowhere_else(tmp_path):
    home, settings = tmp_path / "home", tmp_path / "settings"
    home.mkdir()
    places = {"HOME": home, "LAMINOSCOPE_SETTINGS": settings, "LAMINOSCOPE_STATE": tmp_path / "s"}
    environment = {name: text for name, text in os.environ.items() if not name.startswith("XDG_")}
    environment |= {name: str(place) for name, place in places.items()}
    subprocess.run([sys.executable, "-c", USED], env=environment, check=True, timeout=60)
    written = (settings / "laminoscope.ini").read_text()
    assert {"appearance=dark", "font-size=8", "sequential=viridis", "threads=199"} < set(
        written.splitlines()
    )
    assert {"permutations=199", "resamples=199", "recent-models=gpt2"} < set(written.splitlines())
    assert (settings / "cache-folder.txt").read_text().endswith("elsewhere")
    assert not [path for path in home.rglob("*") if path.is_file()]
