import threading

import pytest

from laminoscope_core.job import Cancelled, Job


def test_parts_map_onto_the_whole_and_share_cancellation():
    seen = []
    job = Job(lambda fraction, text: seen.append((round(fraction, 6), text)))
    inner = job.part(0.2, 0.8).part(0.5, 1.0)
    inner.report(0.0, "a")
    inner.report(1.0, "b")
    assert seen == [(0.5, "a"), (0.8, "b")]
    inner.cancel()
    with pytest.raises(Cancelled):
        job.check()


def test_reports_are_clamped_to_the_unit_interval():
    seen = []
    job = Job(lambda fraction, text: seen.append(fraction))
    job.report(-3, "")
    job.report(7, "")
    assert seen == [0.0, 1.0]


def test_cancel_from_another_thread_stops_the_next_report():
    seen = []
    job = Job(lambda fraction, text: seen.append(text))
    thread = threading.Thread(target=job.cancel)
    thread.start()
    thread.join()
    with pytest.raises(Cancelled):
        job.report(0.5, "too late")
    assert seen == []


def test_partial_results_go_to_who_listens_and_no_more_often_than_asked():
    seen, made = [], []

    def result():
        made.append(1)
        return len(made)

    Job().show_partial(result)
    assert not made
    job = Job(on_partial=seen.append, partial_every=0)
    job.show_partial(result)
    rare = Job(on_partial=seen.append, partial_every=3600)
    rare.show_partial(result)
    assert seen == [1]


def test_partial_results_of_a_part_are_not_those_of_the_whole():
    whole, part = [], []
    job = Job(on_partial=whole.append, partial_every=0)
    job.part(0, 0.5).show_partial(lambda: "mute")
    job.part(0, 0.5, part.append).show_partial(lambda: "heard")
    assert (whole, part) == ([], ["heard"])
