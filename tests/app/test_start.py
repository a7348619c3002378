"""The start page: what is on it, when it is shown, and what each thing on it does."""

import gc
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QTextBrowser,
)

from laminoscope import cli, main, start_parts
from laminoscope.changes import ChangesDialog, newest_changes
from laminoscope.examples import EXAMPLES
from laminoscope.message_bar import Cause
from laminoscope_core.analysis import rsa_chance, separability_chance
from laminoscope_core.models import inventory, load
from laminoscope_core.models.inventory import Listed
from laminoscope_resources import changelog, resource

HERE = Listed("tiny", "Tiny", on_disk=True, n_bytes=640_000_000, licence="MIT")
THERE = Listed("far", "Far", on_disk=False, n_bytes=2 * 10**9, licence="Apache-2.0")
DEFAULT = "smollm2-135m"
BROKEN = Listed("/b", "Broken", on_disk=True, problem="It has no weights.")


@pytest.fixture(autouse=True)
def models(monkeypatch):
    monkeypatch.setattr(inventory, "list_models", lambda paths: iter((THERE, HERE, BROKEN)))


@pytest.fixture
def page(window, qtbot):
    """The start page of a window, shown from the Help menu."""
    window.actions_by_id["help.start"].trigger()
    qtbot.wait_until(lambda: link(window.start.models, "Tiny") is not None)
    return window.start


def link(listing, name):
    buttons = {button.text(): button for button in listing.findChildren(QPushButton)}
    return buttons.get(name)


def notes(listing):
    return [label.text() for label in listing.findChildren(QLabel)]


def test_it_is_a_page_of_its_own_that_any_task_leaves(page, window):
    assert page.objectName() == "page:start"
    assert window.pages.stack.currentWidget() is page
    task = window.pages.task
    window.tools.tasks[task.id].trigger()  # the one that was shown before
    assert window.pages.stack.currentWidget() is window.pages.page
    window.pages.show_start()
    window.tools.tasks["tokens"].trigger()
    assert not window.pages.at_start


def test_it_looks_at_the_disk_once_all_is_made(another_window, qtbot, monkeypatch):
    window, made = another_window(), []
    monkeypatch.setattr(
        inventory, "list_models", lambda paths: made.append(window.furnished) or iter((HERE,))
    )
    monkeypatch.setattr(gc, "freeze", lambda: None)  # or this window would never be collected
    window.start.look()
    window.begin_in_turns()
    qtbot.wait_until(lambda: link(window.start.models, "Tiny") is not None)
    assert set(made) == {True}


def test_it_is_shown_where_nothing_is_open(window, qtbot):
    with qtbot.waitSignal(window.controller.failed, timeout=60_000):
        window.begin(model="no such model")
    assert window.pages.at_start
    assert window.messages.isVisible()


def test_a_start_without_a_file_runs_nothing(window, qtbot):
    window.begin()
    qtbot.wait_until(lambda: "tiny" in window.start.here)
    assert window.pages.at_start
    assert not window.controller.busy()  # the model of a run is not here, and nobody asked for it
    assert window.forms.is_filled("words")


@pytest.fixture
def default_is_here(monkeypatch):
    """The first example's model is on this machine."""
    here = Listed(DEFAULT, "Default", on_disk=True)
    monkeypatch.setattr(inventory, "list_models", lambda paths: iter((here,)))


@pytest.mark.model
@pytest.mark.usefixtures("default_is_here")
def test_the_model_that_is_here_opens_behind_the_page(window, qtbot, default_model, monkeypatch):
    monkeypatch.setattr(load, "open_model", lambda *_, **__: default_model)
    window.preferences.has_begun = True  # the first start runs the example, too
    with qtbot.waitSignal(window.controller.finished):
        window.begin()
    assert window.controller.model is default_model
    assert window.pages.at_start
    assert window.controller.results == {}
    window.pages.leave_start()
    window.pages.show_start()
    qtbot.wait(150)
    assert not window.controller.busy()  # it is open already


class TestFirstStart:
    @pytest.mark.model
    @pytest.mark.usefixtures("default_is_here")
    def test_the_first_example_runs_behind_the_page(
        self, window, qtbot, default_model, monkeypatch, starting
    ):
        monkeypatch.setattr(load, "open_model", lambda *_, **__: default_model)
        window.controller.params["rsa-chance"] = rsa_chance.Params(
            n_permutations=99, n_resamples=49
        )
        window.controller.params["separability-chance"] = separability_chance.Params(99)
        line = window.start.line
        with starting(), qtbot.waitSignal(window.controller.finished, timeout=60_000):
            window.begin()
            qtbot.wait_until(line.isVisible)
            assert (line.said.text(), line.button.text()) == (
                "The first example is already running.",
                "Look",
            )
        assert window.pages.at_start  # until the user picks
        assert line.said.text() == "The first example is done."
        assert "rsa" in window.controller.results
        runs = []
        monkeypatch.setattr(window.runs, "capture", lambda: runs.append("again"))
        window.start.cards[0].click()
        assert not window.pages.at_start
        assert runs == []  # it is there already
        window.actions_by_id["help.example"].trigger()
        assert window.help.guide.topic == "words-qkv"
        window.help.guide.close()

    @pytest.mark.usefixtures("default_is_here")
    def test_it_does_so_once_and_gives_way(self, window, qtbot, monkeypatch):
        ran, cancelled = [], []
        monkeypatch.setattr(window.controller, "run", lambda *_: ran.append(1) or 7)
        monkeypatch.setattr(window.controller, "cancel_runs", cancelled.append)
        window.begin()
        qtbot.wait_until(lambda: ran == [1])
        window.start.refresh()
        qtbot.wait(50)
        window.start.cards[4].click()  # another example
        assert cancelled == [{7}]
        assert window.preferences.has_begun

    def test_nothing_is_fetched_until_it_is_agreed_to(self, window, qtbot, monkeypatch):
        fetched = []
        monkeypatch.setattr(load, "fetch_model", lambda source, job: fetched.append(source))
        window.begin()
        line = window.start.line
        qtbot.wait_until(line.isVisible)
        assert line.button.text() == "Fetch (98 MB) and run"
        assert "not on this computer" in line.said.text()
        assert fetched == []
        ran = []
        monkeypatch.setattr(window.controller, "run", lambda *_: ran.append(1) or 7)
        here = Listed(DEFAULT, "Default", on_disk=True)
        monkeypatch.setattr(inventory, "list_models", lambda paths: iter((here,)))
        line.button.click()
        qtbot.wait_until(lambda: ran == [1])
        assert fetched == [DEFAULT]
        assert line.button.text() == "Look"


def test_enter_runs_the_first_example(window, qtbot, monkeypatch):
    runs = []
    monkeypatch.setattr(window.runs, "capture", lambda: runs.append(window.pages.task.section))
    window.activateWindow()
    qtbot.wait_until(lambda: QApplication.activeWindow() is window)
    window.begin()
    assert QApplication.focusWidget() is window.start.cards[0]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert runs == ["words"]


def test_a_sample_that_is_asked_for_is_run_at_once(window, monkeypatch):
    runs = []
    monkeypatch.setattr(window.runs, "capture", lambda: runs.append(window.pages.task.section))
    window.begin(sample="continuation")
    assert runs == ["prompts"]
    assert not window.pages.at_start
    assert window.forms.kept().prompts


def test_the_command_line_takes_a_sample_by_its_name(monkeypatch, tmp_path):
    started = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(main, "run_gui", lambda *given: started.append(given) or 0)
    for arguments in ([], ["words-qkv"], ["words-qkv", "--model", "gpt2"]):
        assert cli._status(arguments) == 0
    assert started == [(None, None, None), (None, None, "words-qkv"), (None, "gpt2", "words-qkv")]
    (tmp_path / "words-qkv").touch()
    assert cli._status(["words-qkv"]) == 0
    assert started[-1][0] == Path("words-qkv")  # a file of that name is the user's
    assert cli._status(["no-such-sample"]) == 64


@pytest.mark.model
def test_a_failure_beside_results_leaves_them_in_front(running, qtbot):
    with qtbot.waitSignal(running.controller.failed, timeout=60_000):
        running.runs.open_model("no such model")
    assert not running.pages.at_start


def test_each_example_has_a_small_picture_and_opens(page, window, monkeypatch):
    opened = []
    monkeypatch.setattr(window.opening._files, "before_leaving", opened.append)
    cards = {card.name: card for card in page.cards}
    assert sorted(cards) == sorted(example.name for example in EXAMPLES)
    for number, example in enumerate(EXAMPLES, start=1):
        data = resource("pictures", f"{example.name}.png").read_bytes()
        assert len(data) < 20_000
        assert QPixmap().loadFromData(data)
        card = cards[example.name]
        assert (card.accessibleName(), card.accessibleDescription()) == (
            example.title,
            example.question,
        )
        card.click()
        assert len(opened) == number


def test_what_is_new_is_what_the_changelog_says_first(page, window):
    text = changelog()
    first = re.split(r"^## ", text, flags=re.MULTILINE)[1]
    heads = re.findall(r"^- \*\*(.+?)\*\*", first, re.MULTILINE)
    assert [what for what, _ in newest_changes()] == heads
    shown = [button.text() for button in page.changes.findChildren(QPushButton)]
    assert shown[-1] == "All changes…"
    assert all(row.startswith(head) for row, head in zip(shown[:-1], heads, strict=False))
    link(page.changes, "All changes…").click()
    (dialog,) = window.findChildren(ChangesDialog)
    assert heads[-1] in dialog.findChild(QTextBrowser).toPlainText()
    dialog.close()


def test_recent_files_are_listed_and_open(page, window, tmp_path, monkeypatch):
    assert "Files that you open or save are listed here." in notes(page.files)
    file = tmp_path / "a.toml"
    file.touch()
    window.preferences.add_recent_file(file)
    window.preferences.add_recent_file(tmp_path / "gone.toml")
    page.refresh()
    opened = []
    monkeypatch.setattr(window.opening, "open_path", opened.append)
    link(page.files, "a.toml").click()
    assert opened == [file]
    link(page.files, "gone.toml (not found)").click()
    assert "moved or deleted" in window.messages.label.text()


def test_models_say_licence_size_and_whether_they_are_here(page, window):
    said = notes(page.models)
    assert "MIT · 0.64 GB · here" in said
    assert "Apache-2.0 · 2.00 GB · to fetch" in said
    assert link(page.models, "Broken") is None
    link(page.models, "Far").click()  # nothing is fetched but by a button of the list
    assert window.opening.browser is not None
    assert window.opening.fetching.source == ""


def test_a_model_that_is_here_opens(page, window):
    sources = []
    page.model_wanted.disconnect()
    page.model_wanted.connect(sources.append)
    link(page.models, "Tiny").click()
    assert sources == ["tiny"]


def test_what_is_dropped_is_opened(page, window, tmp_path, monkeypatch):
    opened = []
    page.dropped.disconnect()
    page.dropped.connect(opened.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.toml"))])
    (area,) = page.findChildren(start_parts.DropArea)
    copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    area.dropEvent(QDropEvent(QPoint(5, 5), copy, data, button, none))
    assert opened == [tmp_path / "a.toml"]


def test_a_word_list_leaves_the_page(page, window, tmp_path):
    words = tmp_path / "words.csv"
    words.write_text("category,word\na,comet\nb,pear\n")
    window.opening.open_path(words)
    assert not window.pages.at_start
    assert window.panels["words"].table.words() == [("a", "comet"), ("b", "pear")]


def test_a_notice_covers_nothing_of_the_page(window, qtbot):
    window.pages.show_start()
    title = window.start.findChild(QLabel, "startTitle")
    stack = window.pages.stack
    top = title.mapTo(stack, title.rect().topLeft()).y()
    window.messages.say("Something that is to be known.", about=Cause.FORMS)
    qtbot.wait_until(lambda: window.overlay.isVisible() and window.overlay.height() > 20)
    qtbot.wait_until(
        lambda: title.mapTo(stack, title.rect().topLeft()).y() >= window.overlay.geometry().bottom()
    )
    window.messages.clear()
    qtbot.wait_until(lambda: title.mapTo(stack, title.rect().topLeft()).y() == top)
