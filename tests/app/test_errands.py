"""Figures, files and fetches as jobs of the list: they pass, are cancelled, fail, and hand over."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QMainWindow

from laminoscope.fetching import Fetching
from laminoscope.jobs.entry import Entry, State
from laminoscope.jobs.errands import Errands
from laminoscope.jobs.job_list import standing
from laminoscope.jobs.line import JobLine
from laminoscope.jobs.measures import Measure
from laminoscope.jobs.queue import Jobs
from laminoscope_core.models import load


class Heard(QObject):
    """What an errand's owner is told."""

    def __init__(self, jobs):
        super().__init__()
        self.made, self.cancelled, self.failed = [], [], []
        self.errands = Errands(
            jobs, self.cancelled.append, lambda message, _: self.failed.append(message), self
        )


@pytest.fixture
def jobs(qtbot):
    jobs = Jobs()
    yield jobs
    assert jobs.close()


@pytest.fixture
def heard(jobs):
    return Heard(jobs)


def held_back(job, *_):
    """Work that reports until it is cancelled."""
    while True:
        job.report(0.5, "permutation 500")
        threading.Event().wait(0.005)


def ended(qtbot, entry):
    qtbot.wait_until(lambda: not entry.state.live)


def test_a_figure_passes_a_permutation_and_its_owner_gets_it(jobs, heard, qtbot):
    permutation = Entry(title="Permute", lane="numbers", begin=lambda: held_back, run=1)
    jobs.add(permutation)
    figure = heard.errands.do("Copy Unity", lambda _: b"svg", heard.made.append)
    assert figure.title == "Copy Unity"
    ended(qtbot, figure)
    assert (figure.state, permutation.state) == (State.DONE, State.RUNNING)
    assert heard.made == [b"svg"]
    jobs.cancel(permutation)
    ended(qtbot, permutation)


def test_one_that_will_take_long_says_so_and_waits_for_its_turn(jobs, heard, qtbot):
    measured = Measure(("numbers", "figure"), 2)
    small = heard.errands.do("Small", lambda _: 1, heard.made.append, measure=measured)
    ended(qtbot, small)
    small.pace._took = 8.0
    jobs.paces.learn(small)
    permutation = Entry(title="Permute", lane="numbers", begin=lambda: held_back, run=1)
    jobs.add(permutation)
    large = replace(measured, units=20)
    all_plots = heard.errands.do("All", lambda _: 2, heard.made.append, measure=large)
    assert standing(all_plots) == "numbers lane · waits · about 1 min"
    again = heard.errands.do("Again", lambda _: 3, heard.made.append, measure=measured)
    ended(qtbot, again)
    assert all_plots.state is State.QUEUED
    jobs.cancel(permutation)
    ended(qtbot, all_plots)
    assert heard.made == [1, 3, 2]


def test_a_cancelled_one_says_so_and_makes_nothing(jobs, heard, qtbot):
    figure = heard.errands.do("Write figure.svg", held_back, heard.made.append)
    qtbot.wait_until(lambda: figure.fraction == 0.5)
    jobs.cancel(figure)
    ended(qtbot, figure)
    assert (heard.cancelled, heard.made) == (["Write figure.svg"], [])


def test_a_file_that_cannot_be_written_fails_by_its_name(jobs, heard, qtbot, tmp_path):
    path = tmp_path / "none" / "figure.svg"
    written = heard.errands.do("Write", lambda _: path.write_bytes(b""), heard.made.append)
    ended(qtbot, written)
    assert heard.failed == [
        f"{path} could not be written: No such file or directory. "
        "Choose another place, or make room there."
    ]
    assert written.state is State.FAILED


def test_a_preview_is_replaced_by_the_next_and_leaves_no_trace_in_the_list(jobs, heard, qtbot):
    options = {"key": "preview", "listed": False}
    first = heard.errands.do("Preview", held_back, heard.made.append, **options)
    second = heard.errands.do("Preview", lambda _: 2, heard.made.append, **options)
    ended(qtbot, second)
    assert first.state is State.REPLACED
    assert heard.made == [2]
    assert jobs.entries == []


def test_the_bar_says_how_far_one_is_until_it_has_ended(jobs, heard, qtbot):
    window, label = QMainWindow(), QLabel()
    qtbot.addWidget(window)
    line = JobLine(window.statusBar(), label, jobs)
    with qtbot.waitSignal(line.painted):
        entry = heard.errands.do("Draw", held_back, heard.made.append)
    assert label.text() == "permutation 500"
    heard.errands.drop(entry)
    assert label.text() == ""
    label.setText("Wrote figure.png")
    ended(qtbot, heard.errands.do("Write", lambda _: 1, heard.made.append))
    assert label.text() == "Wrote figure.png"


def test_what_an_errand_was_made_of_is_let_go(jobs, heard, qtbot):
    results = QObject()
    gone = []
    results.destroyed.connect(lambda: gone.append(True))
    done = heard.errands.do("Write", lambda _, r=results: r.objectName(), heard.made.append)
    ended(qtbot, done)
    del results
    qtbot.wait_until(lambda: gone == [True])
    assert done in jobs.entries


class TestFetching:
    @pytest.fixture
    def fetching(self, jobs, monkeypatch):
        monkeypatch.setattr(load, "fetch_model", lambda source, job: held_back(job))
        parent = QObject(jobs)
        fetching = Fetching(jobs, parent)
        fetching.told = []
        fetching.fetched.connect(lambda source: fetching.told.append(("fetched", source)))
        fetching.ended.connect(lambda *end: fetching.told.append(end))
        return fetching

    def test_it_is_a_job_with_progress_beside_the_others_and_can_be_cancelled(
        self, jobs, fetching, qtbot
    ):
        with qtbot.waitSignal(fetching.progressed) as progress:
            fetching.start("far/model")
        (fetch,) = jobs.live
        assert (fetch.title, fetch.lane) == ("Fetch far/model", "network")
        assert progress.args == ["far/model", 0.5, "permutation 500"]
        numbers = Entry(title="Other", lane="numbers", begin=lambda: lambda *_: None, run=1)
        jobs.add(numbers)
        ended(qtbot, numbers)
        assert fetch.state is State.RUNNING
        jobs.cancel(fetch)
        ended(qtbot, fetch)
        assert fetching.told == [("far/model", "")]
        assert fetching.source == ""

    def test_one_that_is_there_says_so(self, jobs, fetching, qtbot, monkeypatch):
        monkeypatch.setattr(load, "fetch_model", lambda source, job: None)
        with qtbot.waitSignal(fetching.ended):
            fetching.start("far/model")
        assert fetching.told == [("fetched", "far/model"), ("far/model", "")]
