"""Sessions in the window: saved, opened, kept through a crash; the model need not be open."""

import dataclasses
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox

from laminoscope_core.experiment import Experiment
from laminoscope_core.export.provenance import provenance
from laminoscope_core.selection import Selection
from laminoscope_core.session import Session, load_session, save_session
from laminoscope_core.session.migrations import SCHEMA

RELEASED = Path(__file__).parents[1] / "core/session/released/schema-1.laminoscope"


@pytest.fixture
def message_of():
    """Return what a window says above its panels."""
    return lambda window: window.messages.label.text() if window.messages.isVisible() else ""


@pytest.fixture
def example(tmp_path):
    """A session file of a tiny model, with a result of every kind."""
    path = tmp_path / "example.laminoscope"
    path.write_bytes(RELEASED.read_bytes())
    return path


@pytest.fixture
def opened(window, qtbot, example):
    """The window, showing the example."""
    window.begin(example)
    qtbot.wait_until(lambda: window.files.path == example and window.updates.idle())
    return window


def saved(window, qtbot, path, **settings):
    """Save a window's session and wait until it is there."""
    window.files.write(path, **settings)
    qtbot.wait_until(lambda: window.files.path == path and not window.files.modified)


def window_tasks():
    from laminoscope.layouts import TASKS

    return TASKS


def pointed_at(selection):
    names = {field.name for field in dataclasses.fields(Selection)}
    return {name: getattr(selection, name) for name in names if not name.startswith("hovered")}


def panel_states(window):
    return {name: panel.save_state() for name, panel in window.panels.items()}


@pytest.mark.model
def test_a_session_shows_in_a_new_window_what_was_saved(running, qtbot, another_window, tmp_path):
    from laminoscope.layouts import TASKS

    for task in TASKS[1:]:
        with qtbot.waitSignal(running.controller.finished, timeout=120_000):
            running.runs.show_task(task)
    running.runs.show_task(TASKS[0])
    running.selection.layer, running.selection.pair = 7, (3, 20)
    running.selection.token, running.selection.prompt = 5, 0
    running.panels["pairs"].set_view(sites="k-v")
    running.panels["laminar"].set_view(fisher_z=True)
    running.panels["adjustments"].order = "surprisal"
    path = tmp_path / "all.laminoscope"
    saved(running, qtbot, path)

    other = another_window()
    other.begin(path)
    qtbot.wait_until(lambda: other.files.path == path, timeout=20_000)
    assert other.controller.model is None
    assert other.pages.task is running.pages.task
    assert other.forms.kept() == running.forms.experiment(running.pages.task.section)
    assert pointed_at(other.selection) == pointed_at(running.selection)
    assert panel_states(other) == panel_states(running)
    assert other.controller.results.keys() == running.controller.results.keys()
    for name, panel in running.panels.items():
        assert panel.results.keys() == other.panels[name].results.keys(), name
    ours, theirs = running.controller.results, other.controller.results
    for site in "qkv":
        np.testing.assert_array_equal(
            ours["similarity"].matrices[site], theirs["similarity"].matrices[site]
        )
        np.testing.assert_array_equal(ours["words"].target[site], theirs["words"].target[site])
    np.testing.assert_array_equal(ours["rsa-chance"].p, theirs["rsa-chance"].p)
    np.testing.assert_array_equal(ours["adjustments"].norms, theirs["adjustments"].norms)
    first, second = (r["continuation"].places[0].stages.final for r in (ours, theirs))
    np.testing.assert_array_equal(first.probabilities, second.probabilities)
    assert provenance(other.controller.snapshot()) == provenance(load_session(path).run)


@pytest.mark.model
def test_capture_opens_the_model_of_a_session_and_gives_the_same_numbers(
    running, qtbot, another_window, tmp_path
):
    path = tmp_path / "words.laminoscope"
    saved(running, qtbot, path, activations=False)
    other = another_window()
    other.begin(path)
    qtbot.wait_until(lambda: other.files.path == path)
    assert not other.files.modified
    before = other.controller.results["similarity"]
    with qtbot.waitSignal(other.controller.finished, timeout=120_000):
        other.runs.capture()
    after = other.controller.results["similarity"]
    assert after is not before
    np.testing.assert_allclose(after.matrices["q"], before.matrices["q"], atol=1e-5)
    assert other.controller.snapshot().origin == {}
    assert other.files.modified


@pytest.mark.model
def test_going_on_with_a_text_opens_the_model_and_keeps_the_other_results(
    running, qtbot, another_window, tmp_path
):
    from laminoscope.layouts import TASKS

    with qtbot.waitSignal(running.controller.finished, timeout=120_000):
        running.runs.show_task(TASKS[2])
    path = tmp_path / "prompts.laminoscope"
    saved(running, qtbot, path)
    other = another_window()
    other.begin(path)
    qtbot.wait_until(lambda: other.files.path == path)
    with qtbot.waitSignal(other.controller.finished, timeout=120_000):
        other.panels["writing"].step()
    with qtbot.waitSignal(running.controller.finished, timeout=120_000):
        running.panels["writing"].step()
    ours, theirs = (w.panels["writing"].node.token for w in (running, other))
    assert ours == theirs
    assert other.controller.model is not None
    assert "similarity" in other.controller.results
    assert other.controller.results["prompts"].first_token(" hare")[1] > 0
    assert "prompts" in provenance(other.controller.snapshot())["recomputed"]["results"]


def test_a_session_is_shown_without_its_model(opened, example):
    session = load_session(example)
    assert opened.controller.model is None
    assert opened.controller.results["rsa"].r.tolist() == session.run.results["rsa"].r.tolist()
    assert opened.selection.layer == 1
    assert opened.selection.pair == (0, 4)
    assert opened.panels["pairs"].choices.sites == "k-v"
    assert opened.panels["laminar"].choices.fisher_z
    assert "example" in opened.windowTitle()
    assert not opened.isWindowModified()
    assert not opened.controller.busy()


def test_another_task_of_a_session_does_not_run_the_model_by_itself(opened):
    from laminoscope.layouts import TASKS

    for task in TASKS:
        opened.runs.show_task(task)
        assert not opened.controller.busy()
        assert "rsa" in opened.controller.results


def test_the_tree_of_continuations_is_shown_again(opened, qtbot):
    from laminoscope.layouts import TASKS

    opened.runs.show_task(TASKS[2])
    opened.selection.prompt = 1
    qtbot.wait_until(opened.updates.idle)
    panel = opened.panels["writing"]
    assert len(panel.node.path) == 5
    assert panel.tree.topLevelItemCount() == 1


def test_a_text_that_was_taken_back_stays_taken_back(opened, qtbot, another_window, tmp_path):
    """Undone to the prompt: the branch is in the tree, and candidates are those of the prompt."""
    session = load_session(opened.files.path)
    prompts = session.run.results["prompts"]
    root = prompts.places[1].node.path[0].parent
    place = dataclasses.replace(prompts.places[1], node=root)
    undone = dataclasses.replace(prompts, places=(prompts.places[0], place))
    results = {**session.run.results, "prompts": undone}
    path = tmp_path / "undone.laminoscope"
    run = dataclasses.replace(session.run, results=results)
    save_session(path, dataclasses.replace(session, run=run))
    other = another_window()
    other.begin(path)
    qtbot.wait_until(lambda: other.files.path == path and other.updates.idle())
    other.selection.prompt = 1
    assert other.panels["writing"].node.path == ()
    assert len(other.controller.history.kept(other.controller.results)["generations"]) == 5


def test_without_activations_a_new_measure_says_what_is_missing(
    opened, qtbot, another_window, tmp_path
):
    from laminoscope_core.analysis.similarity import Params

    path = tmp_path / "small.laminoscope"
    saved(opened, qtbot, path, activations=False)
    other = another_window()
    other.begin(path)
    qtbot.wait_until(lambda: other.files.path == path)
    with qtbot.waitSignal(other.controller.failed) as failed:
        other.controller.recompute("similarity", Params("pearson"))
    assert "Press Capture" in failed.args[0]
    assert "similarity" in other.controller.results


def test_a_new_measure_is_computed_from_the_activations_of_a_session(opened, qtbot):
    from laminoscope_core.analysis.similarity import Params

    with qtbot.waitSignal(opened.controller.finished):
        opened.controller.recompute("similarity", Params("pearson"))
    assert opened.controller.results["similarity"].params.measure == "pearson"
    record = provenance(opened.controller.snapshot())
    assert "similarity" in record["recomputed"]["results"]
    assert "adjustments" not in record["recomputed"]["results"]
    assert opened.isWindowModified()


def test_dropping_a_file_opens_it(window, qtbot, example):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(example))])
    window.dropEvent(
        QDropEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.wait_until(lambda: window.files.path == example)


def test_a_session_without_results_leaves_none_of_another_on_screen(opened, qtbot, tmp_path):
    path = tmp_path / "new.laminoscope"
    save_session(path, Session(Experiment.from_text('[text]\ncontent = "New."')))
    opened.opening.open_path(path)
    qtbot.wait_until(lambda: opened.files.path == path and opened.updates.idle())
    assert opened.controller.results == {}
    assert opened.controller.snapshot() is None
    assert all(not panel.results for panel in opened.panels.values())
    assert opened.panels["text"].section().content == "New."


def test_a_damaged_file_is_a_message_and_changes_nothing(opened, qtbot, tmp_path, message_of):
    broken = tmp_path / "broken.laminoscope"
    broken.write_bytes(RELEASED.read_bytes()[:-100])
    results = dict(opened.controller.results)
    opened.opening.open_path(broken)
    qtbot.wait_until(lambda: "broken.laminoscope" in message_of(opened))
    assert opened.controller.results == results
    assert opened.files.path != broken


def test_a_forged_arrangement_changes_nothing(window, qtbot, example):
    session = load_session(example)
    before = window.pages.states()
    hostile = {
        "task": ["words"],
        "geometry": [10**9, -(10**9), "x", None],
        "maximized": "yes",
        "panels": {"pairs": {"sites": 7}, "watch": "x", "laminar": {"fisher_z": "yes", "nope": 1}},
    }
    sizes = [[-1, 10**9, "x"], [True, True, True], [[]], [None], {}]
    for page in (
        7,
        {"sizes": [[1, 2, 3]], "hidden": "words", "folded": ["words"], "front": 3},
        {"sizes": sizes, "hidden": [7, "nope"]},
        {"folded": {"words": "yes", "nope": True}, "front": ["unity", None]},
    ):
        layout = hostile | {"pages": {"words": page, "tokens": "AAAA", "continuation": None}}
        path = example.with_name(f"hostile {len(str(page))}.laminoscope")
        save_session(path, Session(session.experiment, session.run, session.selection, layout))
        window.begin(path)
        qtbot.wait_until(lambda path=path: window.files.path == path and window.updates.idle())
        assert window.pages.states() == before
        assert window.panels["pairs"].choices.sites in ("q-k", "q-v", "k-v")
        assert window.panels["laminar"].choices.fisher_z is False


def test_panels_stand_as_they_were_saved(opened, qtbot, another_window, tmp_path):
    page = opened.pages.page
    page.hide_panel("unity", True)
    page.fold("details", True)
    page._columns.setSizes([400, 700, 250])
    page._columns.splitterMoved.emit(400, 1)
    path = tmp_path / "mine.laminoscope"
    saved(opened, qtbot, path)
    other = another_window()
    other.begin(path)
    qtbot.wait_until(lambda: other.files.path == path)
    assert other.pages.states() == opened.pages.states()
    assert other.panels["unity"].isHidden()
    assert other.panels["details"].isHidden()
    assert other.panels["words"].width() > 350  # at first, 286


def newer_version_of(path):
    """Return the file as a later version would write it."""
    import importlib.util

    spec = importlib.util.spec_from_file_location(
        "forging", Path(__file__).parents[1] / "core/session/forging.py"
    )
    forging = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(forging)
    newer = path.with_name("newer.laminoscope")
    save_session(newer, load_session(path))  # what is in today's schema is in a later one too
    members = forging.members_of(newer)
    today = f'"schema":{SCHEMA}'.encode()
    head = members["session.json"].replace(today, b'"schema":99,"mood":"blue"')
    newer.write_bytes(forging.signed({**members, "session.json": head}))
    return newer


def test_a_file_of_a_newer_version_is_only_saved_under_another_name(
    window, qtbot, example, monkeypatch, message_of
):
    newer = newer_version_of(example)
    content = newer.read_bytes()
    window.begin(newer)
    qtbot.wait_until(lambda: window.files.path == newer)
    assert "newer version" in message_of(window)
    assert "read-only" in window.windowTitle()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(newer), ""))
    window.files.save()
    assert "another name" in message_of(window)
    copy = newer.with_name("copy.laminoscope")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    window.files.save()
    qtbot.wait_until(lambda: window.files.path == copy)
    assert newer.read_bytes() == content
    assert load_session(copy).newer.documents["session.json"]["mood"] == "blue"


def test_save_asks_for_a_name_once_and_takes_the_activations_or_not(
    window, qtbot, example, monkeypatch
):
    window.begin(example)
    qtbot.wait_until(lambda: window.files.path == example)
    target, filters = example.with_name("small"), []

    def choose(_parent, _title, _name, choices):
        filters.extend(choices.split(";;"))
        return str(target), filters[1]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    window.files.save_as()
    small = target.with_suffix(".laminoscope")
    qtbot.wait_until(lambda: window.files.path == small)
    assert "without activations" in filters[1]
    assert len(load_session(small).run.results["words"].target["q"]) == 0
    monkeypatch.setattr(QFileDialog, "getSaveFileName", None)
    window.files.mark()
    window.files.save()
    qtbot.wait_until(lambda: not window.files.modified)


def test_a_name_without_its_ending_never_replaces_a_file(opened, monkeypatch, message_of):
    typed = str(opened.files.path.with_suffix(""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (typed, ""))
    before = opened.files.path.read_bytes()
    opened.files.save_as()
    assert "there already" in message_of(opened)
    assert opened.files.path.read_bytes() == before


def test_in_the_middle_of_a_run_only_what_belongs_together_is_saved(opened):
    """A run of new words that has come as far as their activations."""
    controller = opened.controller
    controller.held.take("words", controller.results["words"], 1)
    results = controller.snapshot().results
    assert "words" in results
    assert not {"similarity", "rsa"} & results.keys()
    assert "adjustments" in results


def test_a_folder_that_cannot_be_written_is_a_message(opened, qtbot, tmp_path, message_of):
    opened.files.mark()
    opened.files.write(tmp_path / "missing" / "a.laminoscope")
    qtbot.wait_until(lambda: "could not be saved" in message_of(opened))
    assert opened.files.modified


def test_an_edit_is_a_change_and_saving_takes_the_mark_away(opened, qtbot):
    assert not opened.isWindowModified()
    opened.panels["words"].carrier.setText("A new word is {word}")
    opened.panels["words"].carrier.textEdited.emit("")
    assert opened.isWindowModified()
    opened.files.save()
    qtbot.wait_until(lambda: not opened.isWindowModified())
    session = load_session(opened.files.path)
    assert session.experiment.words.carrier == "A new word is {word}"
    assert session.run.experiment.words.carrier != session.experiment.words.carrier


def test_opening_something_else_asks_first_when_changes_would_be_lost(opened, example, tmp_path):
    experiment = tmp_path / "a.toml"
    experiment.write_text('[text]\ncontent = "Another text."\n')
    opened.files.mark()
    for path in (experiment, example):
        opened.opening.open_path(path)
        opened.files.question.button(QMessageBox.StandardButton.Cancel).click()
        assert opened.isWindowModified()
        assert opened.files.path == example
        assert not opened.controller.busy()


def test_large_activations_are_not_written_again_and_again(opened, monkeypatch):
    from laminoscope import session_io

    session = session_io.session_of(opened.parts)
    assert session_io.for_recovery(session, None).run is session.run
    monkeypatch.setattr(session_io, "_MOST_AUTOSAVED", 100)
    kept = session_io.for_recovery(session, opened.files.path)
    assert len(kept.run.results["words"].target["q"]) == 0
    assert kept.window["file"] == str(opened.files.path)


def test_recent_files_are_listed_and_one_that_is_gone_says_so(opened, example, message_of):
    from laminoscope.recent import RecentMenu

    menu = RecentMenu(opened, opened.preferences, opened.opening.open_recent, print)
    example.unlink()
    menu.fill()
    listed = [action for action in menu.actions() if "example" in action.text()]
    assert [action.text() for action in listed] == ["example.laminoscope (not found)"]
    listed[0].trigger()
    assert "moved or deleted" in message_of(opened)


CRASHING = """
import sys
from pathlib import Path
from laminoscope.main import create_application
app = create_application()
from PySide6.QtCore import QTimer
from laminoscope.main_window import MainWindow
window = MainWindow()
window.files.open(Path(sys.argv[1]))
def edit():
    if window.files.path is None:
        return QTimer.singleShot(50, edit)
    window.panels["words"].carrier.setText("Unsaved {word}")
    window.files.mark()
    window.files.autosave()
    window.files._background.do(lambda: print("kept", flush=True), print)
edit()
app.exec()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_after_a_crash_the_next_start_offers_what_was_not_saved(
    window, qtbot, example, another_window
):
    path = os.pathsep.join(entry for entry in sys.path if entry)
    crashing = subprocess.Popen(
        [sys.executable, "-c", CRASHING, str(example)],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert crashing.stdout.readline().strip() == "kept"
    window.files.offers.begin()
    assert window.files.offers.notice is None  # it is still open elsewhere
    crashing.send_signal(signal.SIGKILL)
    crashing.wait()
    crashing.stdout.close()

    window.files.offers.begin()
    notice = window.files.offers.notice
    window.runs.show_task(window_tasks()[1])
    window.runs.show_task(window_tasks()[0])
    window.messages.say("A message and the notice have a line of their own each.")
    qtbot.wait_until(lambda: window.messages.y() != notice.y())
    third = another_window()
    third.files.offers.begin()
    assert third.files.offers.notice is None  # one window offers it
    notice.buttons["Recover"].click()
    qtbot.wait_until(lambda: window.files.path == example)
    assert window.panels["words"].carrier.text() == "Unsaved {word}"
    assert window.isWindowModified()
    assert "rsa" in window.controller.results
    assert load_session(example).experiment.words.carrier != "Unsaved {word}"
    window.files.save()
    qtbot.wait_until(lambda: not window.isWindowModified())
    assert load_session(example).experiment.words.carrier == "Unsaved {word}"
    fourth = another_window()
    fourth.files.offers.begin()
    assert fourth.files.offers.notice is None


def test_results_of_another_machine_are_said_to_be(window, qtbot, example):
    session = load_session(example)
    server = {"platform": "Linux 5.15 x86_64", "libraries": {"torch": "2.10+cu128"}}
    run = dataclasses.replace(session.run, origin=server)
    save_session(example, dataclasses.replace(session, run=run))
    window.files.open(example)
    qtbot.wait_until(lambda: window.files.path == example)
    assert window.status.job.text() == (
        "Results from example.laminoscope, computed on Linux 5.15 x86_64, cpu."
    )


def test_run_saves_a_session_that_the_window_opens(tmp_path, monkeypatch):
    from laminoscope import cli

    experiment = tmp_path / "a.toml"
    experiment.write_text('[text]\ncontent = "The sun is a star."\n')
    path = tmp_path / "sessions" / "a.laminoscope"
    assert cli._status(["run", str(experiment), "--out", str(tmp_path), "--save", str(path)]) == 0
    assert "regression" in load_session(path).run.results
