"""The two lanes and their list, with work of no substance: order, passing, replacing, ends."""

import threading
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMainWindow, QWidget

from laminoscope.jobs.entry import Entry, State
from laminoscope.jobs.job_list import JobList, standing
from laminoscope.jobs.line import JobLine
from laminoscope.jobs.pace import Pace, spoken
from laminoscope.jobs.queue import MOST_ENDED, Jobs
from laminoscope_core.errors import LaminoscopeError


@pytest.fixture
def jobs(qtbot):
    jobs = Jobs()
    yield jobs
    assert jobs.close()
    assert not [
        t for t in threading.enumerate() if t.name.startswith(("laminoscope-m", "laminoscope-n"))
    ]


class Gated:
    """Work that reports until it is let go."""

    def __init__(self):
        self.began, self.go = threading.Event(), threading.Event()

    def __call__(self, job, _hand_out):
        self.began.set()
        while not self.go.is_set():
            job.report(0.25, "working")
            self.go.wait(0.005)


def entry(work, lane="model", **more):
    begin = (lambda: work) if callable(work) else partial(str, work)
    return Entry(**{"title": "A job", "lane": lane, "begin": begin, "run": 1, **more})


def ended(qtbot, *entries):
    qtbot.wait_until(lambda: not any(each.state.live for each in entries))


def quick(_job, _hand_out):
    """Nothing to do."""


def test_one_lane_works_in_order_and_the_other_meanwhile(jobs, qtbot):
    first, numbers = Gated(), Gated()
    begun, second = [], entry(quick)
    second.begin = lambda: begun.append("second") or quick
    jobs.add(entry(first))
    jobs.add(second)
    jobs.add(entry(numbers, "numbers"))
    qtbot.wait_until(lambda: first.began.is_set() and numbers.began.is_set())
    assert begun == []
    assert second.state is State.QUEUED
    first.go.set()
    ended(qtbot, second)
    assert begun == ["second"]
    numbers.go.set()
    ended(qtbot, *jobs.entries)
    assert {each.state for each in jobs.entries} == {State.DONE}


def test_a_short_job_passes_a_long_one(jobs, qtbot):
    work = Gated()
    long, waiting = entry(work, "numbers"), entry(quick, "numbers")
    short = entry(quick, "numbers", short=True)
    for each in (long, waiting, short):
        jobs.add(each)
    ended(qtbot, short)
    assert (long.state, waiting.state) == (State.RUNNING, State.QUEUED)
    work.go.set()
    ended(qtbot, long, waiting)


@pytest.mark.parametrize("is_running", [True, False])
def test_a_job_of_the_same_key_is_replaced_and_says_so(jobs, qtbot, is_running):
    before, work = Gated(), Gated()
    if not is_running:
        jobs.add(entry(before))
    old, other = entry(work, key=("a", 1)), entry(quick, key=("a", 2))
    heard = []
    jobs.partial.connect(lambda *told: heard.append(told))
    for each in (old, other, entry(quick, key=("a", 1), title="The new one")):
        jobs.add(each)
    assert old.state is State.REPLACED
    assert standing(old) == "replaced by “The new one”"
    before.go.set()
    work.go.set()
    ended(qtbot, *jobs.entries)
    assert other.state is State.DONE
    assert heard == []


def test_each_job_is_cancelled_by_itself(jobs, qtbot):
    running, later = Gated(), entry(quick, run=2)
    first, waiting = entry(running), entry(quick)
    for each in (first, waiting, later):
        jobs.add(each)
    jobs.cancel(waiting)
    assert waiting.state is State.CANCELLED
    jobs.cancel(first)
    ended(qtbot, first, later)
    assert (first.state, later.state) == (State.CANCELLED, State.DONE)


def test_what_has_become_pointless_says_why(jobs):
    pointless = entry("the prompts are others by now")
    jobs.add(pointless)
    assert standing(pointless) == "cancelled: the prompts are others by now"


def test_results_of_a_job_that_is_no_longer_wanted_are_not_told(jobs, qtbot):
    gate, heard = threading.Event(), []

    def work(job, hand_out):
        gate.wait(5)
        hand_out("number", 1)

    jobs.partial.connect(lambda *told: heard.append(told))
    old = entry(work, key="same")
    jobs.add(old)
    jobs.add(entry(quick, key="same"))
    gate.set()
    ended(qtbot, *jobs.entries)
    assert heard == []


def test_a_failure_is_an_end_with_a_message(jobs, qtbot):
    def work(_job, _hand_out):
        raise LaminoscopeError("It is too large.", "Take less.")

    failing, next_one = entry(work), entry(quick)
    jobs.add(failing)
    jobs.add(next_one)
    ended(qtbot, failing, next_one)
    assert standing(failing).startswith("failed")
    assert standing(failing).endswith("It is too large. Take less.")
    assert next_one.state is State.DONE


def test_lanes_that_are_closed_answer_no_more(qtbot):
    jobs = Jobs()
    jobs.close()
    jobs.ask("model", int, lambda _: None)
    assert not jobs.occupied("model")


def test_closing_ends_both_threads_whatever_waits(qtbot):
    jobs = Jobs()
    model, numbers = Gated(), Gated()
    for each in (entry(model), entry(quick), entry(numbers, "numbers")):
        jobs.add(each)
    qtbot.wait_until(lambda: model.began.is_set() and numbers.began.is_set())
    assert jobs.close()
    assert jobs.live == []


def test_only_the_latest_ended_jobs_are_kept(jobs, qtbot):
    for number in range(MOST_ENDED + 5):
        jobs.add(entry("nothing", title=str(number)))
    assert [each.title for each in jobs.entries] == [
        str(number) for number in range(5, MOST_ENDED + 5)
    ]


def test_the_list_shows_live_jobs_with_a_button_each_and_how_others_ended(jobs, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    listed = JobList(jobs, window)
    work = Gated()
    running, waiting = entry(work, title="Write <b>40</b> tokens"), entry(quick, title="Compare")
    gone = entry("another model was opened", "numbers", title="Statistics")
    for each in (gone, running, waiting):
        jobs.add(each)
    listed.open()
    qtbot.wait_until(lambda: listed.rows[running].progress.value() == 250)
    assert listed.rows[running].title.text() == "Write <b>40</b> tokens"
    assert listed.rows[running].standing.text().startswith("model lane · working · 25%")
    assert listed.rows[waiting].standing.text() == "model lane · waits"
    assert listed.rows[gone].standing.text() == "cancelled: another model was opened"
    assert listed.rows[gone].cancel.isHidden()
    assert listed.rows[waiting].cancel.accessibleName() == "Cancel: Compare"
    listed.rows[waiting].cancel.click()
    assert listed.rows[waiting].standing.text() == "cancelled"
    work.go.set()
    ended(qtbot, running)
    assert listed.rows[running].standing.text() == "done in 1 s"


def test_a_click_on_what_runs_opens_the_list(jobs, qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    label = QLabel()
    window.statusBar().addWidget(label, 1)
    line = JobLine(window.statusBar(), label, jobs)
    window.show()
    work = Gated()
    jobs.add(entry(work))
    qtbot.wait_until(lambda: label.text() == "working" and line.progress.isVisible())
    for shown in (label, line.progress):
        qtbot.mouseClick(shown, Qt.MouseButton.LeftButton)
        assert line.list.isVisible()
        line.list.close()
    work.go.set()
    ended(qtbot, *jobs.entries)


class TestPace:
    @pytest.fixture
    def at(self):
        """A pace that has begun at 0, and what it says at a time with a fraction done."""
        time = [0.0]
        pace = Pace(lambda: time[0])
        pace.begin()

        def say(seconds, fraction):
            time[0] = seconds
            pace.report(fraction)
            return pace.left()

        return say

    def test_nothing_is_said_in_the_first_second_or_of_next_to_nothing(self, at):
        assert at(0.9, 0.5) == ""
        assert at(30, 0.01) == ""
        assert at(30, 1.0) == ""

    def test_a_steady_pace_counts_down(self, at):
        assert [at(t, t / 20) for t in (5, 10, 15, 19)] == [
            "15 s left",
            "10 s left",
            "5 s left",
            "1 s left",
        ]

    def test_what_takes_longer_is_called_so_and_never_counts_upwards(self, at):
        assert at(10, 0.5) == "10 s left"
        assert at(20, 0.5) == "longer than thought"
        assert at(40, 0.6) == "longer than thought"
        assert at(50, 0.85) == "9 s left"
        assert at(51, 0.848) == "9 s left"

    @pytest.mark.parametrize(
        ("seconds", "said"), [(0, "1 s"), (59.6, "1 min"), (150, "2 min"), (7000, "2 h")]
    )
    def test_times_are_rounded(self, seconds, said):
        assert spoken(seconds) == said
