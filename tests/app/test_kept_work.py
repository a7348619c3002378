"""Nothing of the user's is lost: half-filled forms, files that others write, closing, panics."""

import threading

import pytest
from PySide6.QtWidgets import QMessageBox

from laminoscope.jobs.entry import Entry, State
from laminoscope.jobs.queue import Jobs
from laminoscope_core.experiment import Experiment
from laminoscope_core.session import Session, load_session, save_session


def answer(window, button):
    """Press a button of the question that is open."""
    window.files.question.button(button).click()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "work.laminoscope"
    experiment = Experiment.from_text('[text]\ncontent = "As it was."')
    save_session(path, Session(experiment))
    return path


@pytest.fixture
def opened(window, qtbot, file):
    window.files.open(file)
    qtbot.wait_until(lambda: window.files.path == file)
    return window


def edit(window, text):
    editor = window.panels["text"].editor
    editor.setPlainText(text)
    assert window.files.modified


class TestHalfFilledForms:
    def test_a_list_half_typed_is_marked_and_stays_what_it_was(self, window):
        chain = window.panels["chain"]
        chain.set_items([{"sampler": "dry", "multiplier": 0.8, "breakers": ["\n"]}])
        line = chain.cards[0].controls["breakers"]
        line.setText('["\\n", ')
        line.editingFinished.emit()
        assert line.objectName() == "error"
        assert "Write a list" in line.toolTip()
        assert chain.items()[0]["breakers"] == ["\n"]
        assert window.forms.kept().sampling.chain[0]["breakers"] == ["\n"]

    @pytest.mark.parametrize("typed", ["5", '{"a": 1}', "[" * 5000, "null", "[1]", '"x"'])
    def test_other_json_is_marked_as_well(self, window, typed):
        chain = window.panels["chain"]
        chain.set_items([{"sampler": "dry", "multiplier": 0.8, "breakers": ["*"]}])
        line = chain.cards[0].controls["breakers"]
        line.setText(typed)
        line.editingFinished.emit()
        assert line.objectName() == "error"
        assert chain.items()[0]["breakers"] == ["*"]

    def test_a_form_that_fails_in_any_way_keeps_its_last_good_value(
        self, opened, qtbot, file, monkeypatch
    ):
        edit(opened, "A good text.")

        def fail():
            raise ZeroDivisionError("a form's own fault")

        monkeypatch.setattr(opened.panels["text"], "section", fail)
        monkeypatch.setattr(opened.panels["tokens"], "save_state", fail)
        opened.files.save()
        qtbot.wait_until(lambda: not opened.files.modified)
        assert load_session(file).experiment.text.content == "A good text."


class TestTwoWindowsOnOneFile:
    def test_the_second_save_asks_before_it_writes_over_the_first(self, opened, qtbot, file):
        save_session(file, Session(Experiment.from_text('[text]\ncontent = "Elsewhere."')))
        edit(opened, "Here.")
        opened.files.save()
        answer(opened, QMessageBox.StandardButton.Cancel)
        assert load_session(file).experiment.text.content == "Elsewhere."
        assert opened.files.modified
        opened.files.save()
        answer(opened, QMessageBox.StandardButton.Save)
        qtbot.wait_until(lambda: not opened.files.modified)
        assert load_session(file).experiment.text.content == "Here."

    def test_a_file_that_only_this_window_writes_is_saved_unasked(self, opened, qtbot, file):
        for text in ("One.", "Two."):
            edit(opened, text)
            opened.files.save()
            qtbot.wait_until(lambda: not opened.files.modified)
            assert load_session(file).experiment.text.content == text


def test_a_panic_of_a_library_ends_its_job(qtbot):
    class Panic(BaseException):
        """As a compiled library raises it."""

    def work(_job, _hand_out):
        raise Panic("index out of bounds")

    jobs = Jobs()
    panicking = Entry(title="Panic", lane="model", begin=lambda: work, run=1)
    with qtbot.waitSignal(jobs.ended):
        jobs.add(panicking)
    assert panicking.state is State.FAILED
    assert "Panic: index out of bounds" in panicking.end.why
    assert jobs.live == []
    assert jobs.close()


def test_a_question_that_fails_ends_no_job_and_is_told(qtbot, monkeypatch):
    class Panic(BaseException):
        """As a compiled library raises it."""

    begun, asked, answers, told = threading.Event(), threading.Event(), [], []
    monkeypatch.setattr(threading, "excepthook", lambda seen: told.append(seen.exc_type))

    def work(job, _hand_out):
        begun.set()
        asked.wait(10)
        job.report(0.5, "questions are answered here")

    def panic():
        raise Panic

    jobs = Jobs()
    entry = Entry(title="Work", lane="model", begin=lambda: work, run=1)
    with qtbot.waitSignal(jobs.ended):
        jobs.add(entry)
        assert begun.wait(10)
        for question in (lambda: 1 // 0, panic, [].pop, lambda: "well"):
            jobs.ask("model", question, answers.append)
        asked.set()
    assert entry.state is State.DONE
    qtbot.wait_until(lambda: answers == ["well"])
    assert told == [ZeroDivisionError, Panic, IndexError]
    assert jobs.close()
