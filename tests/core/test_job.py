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
