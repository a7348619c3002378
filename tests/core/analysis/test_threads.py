"""Tasks in threads: their order, their failures, and being cancelled."""

import threading

import pytest

from laminoscope_core.analysis.threads import fill, in_threads, n_threads
from laminoscope_core.job import Cancelled, Job


def test_results_come_in_the_order_of_the_tasks_not_of_their_ends():
    second_done = threading.Event()

    def first():
        assert second_done.wait(10)
        return "first"

    def second():
        second_done.set()
        return "second"

    assert list(in_threads([first, second], Job(), threads=2)) == ["first", "second"]


def test_tasks_are_made_only_a_little_ahead():
    made = []

    def tasks():
        for number in range(100):
            made.append(number)
            yield lambda number=number: number

    running = in_threads(tasks(), Job(), threads=2)
    assert next(running) == 0
    assert len(made) < 10
    assert list(running) == list(range(1, 100))


def test_a_task_that_fails_fails_the_whole():
    def broken():
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        list(in_threads([broken, *[lambda: None] * 50], Job(), threads=2))


def test_cancelling_ends_the_wait_for_a_long_task_and_drops_the_others():
    job = Job()
    begun, done = threading.Event(), []

    def long():
        begun.set()
        while True:  # as a task does that checks its job
            job.check()

    def cancel():
        assert begun.wait(10)
        job.cancel()

    canceller = threading.Thread(target=cancel)
    canceller.start()
    with pytest.raises(Cancelled):
        list(in_threads([long, *[lambda: done.append(1)] * 50], job, threads=1))
    canceller.join()
    assert not done


def test_threads_are_as_many_as_asked_for(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert n_threads() == 3
    for nonsense in ("", "0", "many", "-1"):
        monkeypatch.setenv("OMP_NUM_THREADS", nonsense)
        assert n_threads() >= 1


def test_filling_tells_how_far_it_is_and_hands_out_what_there_is():
    reports, partial = [], []
    job = Job(lambda fraction, text: reports.append((fraction, text)), partial.append, 0)
    fill(4, [lambda: 1, lambda: 3], job, "counting", lambda: len(reports), (0.5, 1.0))
    assert reports == [(0.625, "counting"), (1.0, "counting")]
    assert partial == [1, 2]
