"""A child's words become progress, results and errors; its end is certain."""

import subprocess
import sys
import time

import psutil
import pytest

from laminoscope_core.errors import ModelError
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.models import child
from laminoscope_core.models.child import child_environment

GRANDPARENT = """
import subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(grandchild.pid, flush=True)
time.sleep(600)
"""


def gone(pid):
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def wait_until(condition, seconds=10.0):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()


@pytest.fixture
def as_child(monkeypatch):
    """Run some source text in place of the module."""

    def use(source):
        monkeypatch.setattr(child, "child_command", lambda *_: [sys.executable, "-c", source])
        return "laminoscope_core.models.hub"

    return use


def test_cancelling_kills_the_child_and_what_it_started():
    job = Job()
    process = child.start([sys.executable, "-c", GRANDPARENT])
    seen = []

    def on_line(line):
        seen.append(int(line))
        job.cancel()

    with pytest.raises(Cancelled):
        child.follow(process, job, on_line)
    assert process.returncode is not None
    assert wait_until(lambda: gone(seen[0]))


def test_the_time_limit_kills():
    process = child.start([sys.executable, "-c", "import time; time.sleep(600)"])
    with pytest.raises(TimeoutError):
        child.follow(process, Job(), print, time_limit=0.3)
    assert process.returncode is not None


def test_the_memory_limit_kills():
    source = (
        "kept = []\nwhile True: kept.append(bytearray(1 << 20)); kept[-1][:] = b'x' * (1 << 20)"
    )
    process = child.start([sys.executable, "-c", source])
    with pytest.raises(MemoryError):
        child.follow(process, Job(), print, memory_limit=200 << 20)
    assert process.returncode is not None


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit it")
def test_the_system_refuses_a_child_more_than_its_limit(as_child):
    module = as_child(
        "from laminoscope_core.models.child import limit_memory, talk\n"
        "limit_memory(0)\n"
        "try: bytearray(2 << 30)\n"
        "except MemoryError: talk(refused=True)\n"
    )
    assert child.run_child(module, [], Job()) == {"refused": True}


CHILD = """
import sys, time
from laminoscope_core.models import child
HIDE = sys.argv[1:] == ["without the system's help"]
if HIDE:
    sys.platform = "darwin"
with child.speaking():
    child.talk(fraction=0.1, text="alive")
    time.sleep(600)
"""
PARENT = f"""
import os, sys
from laminoscope_core.job import Job
from laminoscope_core.models import child
child.child_command = lambda *arguments: [sys.executable, "-c", {CHILD!r}, *sys.argv[1:]]
real = child.start
def start(*arguments):
    process = real(*arguments)
    print(process.pid, flush=True)
    return process
child.start = start
child.run_child("laminoscope_core.models.hub", [], Job(lambda *_: print("alive", flush=True)))
"""


@pytest.mark.parametrize("how", [[], ["without the system's help"]])
def test_a_child_ends_with_a_parent_that_is_killed(how):
    """By the system's own signal, or by the end of the pipe from its parent."""
    command = [sys.executable, "-c", PARENT, *how]
    parent = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=child_environment())
    number = int(parent.stdout.readline())
    assert parent.stdout.readline() == "alive\n"
    assert psutil.pid_exists(number)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert wait_until(lambda: gone(number))


def test_progress_result_and_chatter_are_told_apart(as_child):
    reports = []
    module = as_child(
        "import json\n"
        "print('a library says hello')\n"
        "print('[1, 2]')\n"
        "print(json.dumps(dict(fraction=0.5, text='half')))\n"
        "print(json.dumps(dict(folder='/x')))\n"
    )
    job = Job(lambda fraction, text: reports.append((fraction, text)))
    assert child.run_child(module, [], job) == {"folder": "/x"}
    assert reports == [(0.5, "half")]


def test_a_child_speaks_through_talk(as_child):
    module = as_child(
        "from laminoscope_core.errors import ModelError\n"
        "from laminoscope_core.models.child import speaking\n"
        "with speaking():\n"
        "    raise ModelError('It is naïve.', 'Be wise.')\n"
    )
    with pytest.raises(ModelError) as caught:
        child.run_child(module, [], Job())
    assert (caught.value.message, caught.value.hint) == ("It is naïve.", "Be wise.")


def test_a_silent_death_is_told_with_the_last_words(as_child):
    module = as_child("import sys; sys.stderr.write('x' * 100_000 + '\\nout of luck'); sys.exit(3)")
    with pytest.raises(child.ChildDied, match=r"code 3.*out of luck") as caught:
        child.run_child(module, [], Job())
    assert caught.value.code == 3


def test_only_our_own_modules_are_run(monkeypatch):
    with pytest.raises(ValueError):
        child.child_command("antigravity")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    command = child.child_command("laminoscope_core.models.convert", "a.gguf")
    assert command == [sys.executable, "-m", "laminoscope_core.models.convert", "a.gguf"]


def test_files_beside_the_users_script_are_not_imported(as_child, tmp_path, monkeypatch):
    (tmp_path / "h2.py").write_text("raise SystemExit('the wrong module')\n")
    monkeypatch.syspath_prepend(tmp_path)
    source = (
        "import importlib.util, json, laminoscope_core, laminoscope_resources\n"
        "found = importlib.util.find_spec('h2')\n"
        "print(json.dumps({'result': found.origin if found else 'not found'}))\n"
    )
    module = as_child(source)
    assert str(tmp_path) not in str(child.run_child(module, [], Job(), time_limit=60))
