"""Closing the window: what is asked, that it is asked once, and that nothing is lost."""

import os
import threading

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton

from laminoscope.jobs.entry import Entry
from laminoscope_core.experiment import Experiment
from laminoscope_core.session import Session, load_session, save_session
from laminoscope_resources import sample_experiment

BUTTONS = {
    "Save": QMessageBox.StandardButton.Save,
    "Keep for later": QMessageBox.StandardButton.Ignore,
    "Discard": QMessageBox.StandardButton.Discard,
    "Cancel": QMessageBox.StandardButton.Cancel,
}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "work.laminoscope"
    save_session(path, Session(Experiment.from_text('[text]\ncontent = "As it was."')))
    return path


@pytest.fixture
def opened(window, qtbot, file):
    window.files.open(file)
    qtbot.wait_until(lambda: window.files.path == file)
    return window


@pytest.fixture
def held_back(window, qtbot):
    """Add jobs that go on until they are cancelled."""

    def work(job, _hand_out):
        while True:
            job.report(0.5, "working")
            threading.Event().wait(0.005)

    def add(**options):
        entry = Entry(begin=lambda: work, **options)
        window.controller.jobs.add(entry)
        qtbot.wait_until(lambda: entry.fraction == 0.5)
        return entry

    return add


def edit(window, text):
    window.panels["text"].editor.setPlainText(text)


def answer(window, button):
    """Press a button of the question that is open."""
    window.files.question.button(BUTTONS[button]).click()


def closed(qtbot, window):
    qtbot.wait_until(lambda: not window.isVisible())


def test_the_untouched_sample_closes_without_a_question(window):
    window.forms.show(Experiment.from_text(sample_experiment("words-qkv")))
    window.undo.forget()
    assert window.close()
    assert window.files.question is None


@pytest.mark.parametrize("has_file", [False, True])
def test_what_was_changed_is_asked_about_once(window, qtbot, file, has_file):
    if has_file:
        window.files.open(file)
        qtbot.wait_until(lambda: window.files.path == file)
    edit(window, "Changed.")
    assert not window.close()
    question = window.files.question
    assert {b.text().replace("&", "") for b in question.findChildren(QPushButton)} == set(BUTTONS)
    assert not window.close()
    assert window.files.question is question
    assert window.findChildren(QMessageBox) == [question]
    answer(window, "Cancel")
    assert window.isVisible()
    assert window.files.question is None


def test_cancel_lets_a_job_go_on(window, qtbot, held_back):
    permuting = held_back(title="RSA against chance", lane="numbers", run=0)
    edit(window, "Changed.")
    assert not window.close()
    assert "Closing ends what is not done:\nRSA against chance" in (
        window.files.question.informativeText()
    )
    answer(window, "Cancel")
    assert permuting.state.live
    assert not permuting.job.cancelled


def test_saving_in_the_middle_of_a_job_writes_the_file_and_closes(opened, qtbot, file, held_back):
    capturing = held_back(title="Capture words", lane="model", run=0)
    edit(opened, "In the middle.")
    opened.close()
    answer(opened, "Save")
    closed(qtbot, opened)
    assert capturing.job.cancelled
    assert load_session(file).experiment.text.content == "In the middle."


def test_without_a_file_saving_asks_for_a_name(window, qtbot, tmp_path, monkeypatch):
    from laminoscope import session_files

    path, names = tmp_path / "new.laminoscope", []
    dialog = session_files.QFileDialog
    monkeypatch.setattr(dialog, "getSaveFileName", lambda *_: names.pop())
    edit(window, "New.")
    names.append(("", ""))
    window.close()
    answer(window, "Save")
    assert window.isVisible(), "no name, nothing lost"
    names.append((str(path), ""))
    window.close()
    answer(window, "Save")
    closed(qtbot, window)
    assert load_session(path).experiment.text.content == "New."


def test_what_is_edited_while_a_save_runs_is_asked_about(opened, qtbot, file):
    edit(opened, "First.")
    opened.close()
    answer(opened, "Save")
    edit(opened, "Second, while the first is being written.")
    qtbot.wait_until(lambda: opened.files.question is not None)
    assert load_session(file).experiment.text.content == "First."
    assert opened.isVisible()
    answer(opened, "Save")
    closed(qtbot, opened)
    assert load_session(file).experiment.text.content.startswith("Second")


def test_what_is_kept_for_later_is_offered_by_the_next_start(window, qtbot, another_window):
    edit(window, "Kept.")
    window.close()
    answer(window, "Keep for later")
    closed(qtbot, window)
    for choice, offered_again in (("Later", True), ("Discard", False)):
        other = another_window()
        other.files.offers.begin()
        other.files.offers.notice.buttons[choice].click()
        other.close()
        last = another_window()
        last.files.offers.begin()
        assert bool(last.files.offers.notice) is offered_again
        last.close()


def test_many_that_were_kept_are_offered_one_after_the_other(window, qtbot, another_window):
    edit(window, "Kept.")
    window.files.autosave()
    own = window.files._recovery.own()
    qtbot.wait_until(own.exists)
    for i in range(3):
        copy = own.with_name(f"left-{i}.laminoscope")
        copy.write_bytes(own.read_bytes())
        os.utime(copy, (1e9 + i * 86400, 1e9 + i * 86400))
    other = another_window()
    offers = other.files.offers
    offers.begin()
    seen = []
    for choice in ("Discard", "Later"):
        notice = offers.notice
        seen.append(notice.findChild(QLabel).text())
        notice.buttons[choice].click()
    assert offers.notice is None
    assert "2001-09-11" in seen[0]
    assert "2 more wait." in seen[0]
    assert "2001-09-10" in seen[1]
    assert "One more waits." in seen[1]
    left = {path.name for path in own.parent.glob("left-*.laminoscope")}
    assert left == {"left-0.laminoscope", "left-1.laminoscope"}
    other.close()


def test_a_link_to_nowhere_stands_in_the_way_of_no_offer(window, qtbot, another_window):
    edit(window, "Kept.")
    window.files.autosave()
    own = window.files._recovery.own()
    qtbot.wait_until(own.exists)
    kept = own.with_name("left.laminoscope")
    kept.write_bytes(own.read_bytes())
    own.with_name("link.laminoscope").symlink_to(own.with_name("nowhere"))
    assert another_window().files._recovery.left_behind() == [kept]


def test_what_is_discarded_is_gone(window, qtbot, another_window):
    edit(window, "Gone.")
    window.files.autosave()
    window.close()
    answer(window, "Discard")
    closed(qtbot, window)
    other = another_window()
    other.files.offers.begin()
    assert other.files.offers.notice is None


def test_the_window_stays_where_nothing_can_be_kept(window, qtbot, tmp_path, monkeypatch):
    blocked = tmp_path / "a file"
    blocked.touch()
    monkeypatch.setenv("LAMINOSCOPE_STATE", str(blocked))
    window.files._recovery = type(window.files._recovery)()
    edit(window, "Only here.")
    window.close()
    answer(window, "Keep for later")
    assert window.isVisible()
    assert window.isEnabled()
    assert "cannot be kept for later" in window.messages.label.text()
    window.close()
    answer(window, "Discard")
    closed(qtbot, window)


def test_a_word_that_is_still_being_typed_counts(window, qtbot):
    typed = []
    window.forms.take_typed = lambda: typed.append(True) or edit(window, "Typed.")
    assert not window.close()
    assert typed


class TestOnTheirWay:
    def test_a_fetch_is_asked_about_though_nothing_was_changed(self, window, qtbot, held_back):
        fetch = held_back(title="Fetch gpt2", lane="network")
        assert not window.close()
        question = window.files.question
        assert question.informativeText().endswith("Fetch gpt2")
        assert question.defaultButton() is question.button(BUTTONS["Cancel"])
        answer(window, "Cancel")
        assert fetch.state.live
        window.close()
        answer(window, "Discard")
        closed(qtbot, window)
        assert fetch.job.cancelled

    def test_a_preview_and_a_capture_of_the_sample_are_not(self, window, held_back):
        held_back(title="Preview of a figure", lane="numbers", listed=False)
        held_back(title="Capture words", lane="model", run=7)
        assert window.close()
