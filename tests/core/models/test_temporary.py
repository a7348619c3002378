"""Temporary folders go with their work; those of others are judged by who owns them."""

import json
import os
import subprocess
import sys

import psutil
import pytest

from laminoscope_core.models import temporary as subject
from laminoscope_core.owner import owner as this_process


def leave(cache, name, **owner):
    """Leave a folder and a lock as a process that was killed would."""
    cache.mkdir(exist_ok=True)
    (cache / f".{name}.part").mkdir()
    known = {**this_process(), **owner}
    (cache / f".{name}.lock").write_text(json.dumps(known))


def age(cache, days):
    for path in cache.iterdir():
        os.utime(path, (1e9, path.stat().st_mtime - days * 86400))


def dead_process():
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    return dead.pid


def names(cache):
    return sorted(path.name for path in cache.iterdir())


def test_a_temporary_folder_goes_whatever_happens(cache):
    cache.mkdir()

    def fail_halfway():
        with subject.temporary_folder(cache) as folder:
            (folder / "half").write_bytes(b"x")
            assert folder.is_dir()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    assert names(cache) == []


def test_a_folder_in_use_is_left_alone(cache):
    cache.mkdir()
    with subject.temporary_folder(cache) as folder:
        age(cache, 400)
        subject.remove_stale(cache)
        assert folder.is_dir()


def test_what_a_dead_process_left_is_removed(cache):
    leave(cache, "dead", pid=dead_process())
    (cache / "other").mkdir()
    subject.remove_stale(cache)
    assert names(cache) == ["other"]


def test_a_number_used_again_does_not_keep_a_folder(cache):
    leave(cache, "dead", started=psutil.Process().create_time() - 1000)
    subject.remove_stale(cache)
    assert names(cache) == []


def test_nothing_outlives_a_restart_of_the_machine(cache):
    leave(cache, "dead", boot="before")
    subject.remove_stale(cache)
    assert names(cache) == []


def test_another_machines_process_number_says_nothing(cache):
    leave(cache, "theirs", host="another", pid=dead_process())
    subject.remove_stale(cache)
    assert names(cache) == [".theirs.lock", ".theirs.part"]


@pytest.mark.parametrize("lock", [None, "", "{}", '{"host": 3}', "[" * 5000])
def test_what_nobody_owns_is_removed_after_a_month(cache, lock):
    leave(cache, "somebody", host="another")
    (cache / ".somebody.lock").unlink()
    if lock is not None:
        (cache / ".somebody.lock").write_text(lock)
    age(cache, 29)
    subject.remove_stale(cache)
    assert ".somebody.part" in names(cache)
    age(cache, 2)
    subject.remove_stale(cache)
    assert names(cache) == []
