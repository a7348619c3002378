"""The window stands up to a monkey: thousands of random actions, in a process of its own."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qCritical, qInstallMessageHandler

from laminoscope import background
from laminoscope.jobs.lane import Lane
from laminoscope_core.errors import LaminoscopeError

from .monkey_ears import Faults

ROOT = Path(__file__).parents[2]
SEED = 33
"""Of the actions of every run: what fails then is the change at hand; --monkey looks further."""


def let_loose(seed, n_actions, folder):
    """Run the monkey; fail with what it found, or with its last actions if it crashed."""
    command = [sys.executable, "-m", "tests.app.monkey"]
    command += ["--seed", str(seed), "--actions", str(n_actions), "--folder", str(folder)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        journal, told = folder / "journal.txt", [done.stderr, done.stdout]
        if "---- fault" not in done.stdout and journal.exists():  # it crashed
            told += journal.read_text("utf-8").splitlines()[-30:]
        told.append(
            f"{n_actions} actions of seed {seed}; again: {' '.join(['python', *command[1:7]])}"
        )
        pytest.fail("\n".join(told), pytrace=False)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_thousand_random_actions_do_no_harm(tmp_path):
    let_loose(SEED, 2000, tmp_path)


@pytest.mark.monkey
@pytest.mark.timeout(0)
def test_fifty_thousand_random_actions_do_no_harm(run_seed, tmp_path):
    let_loose(run_seed, 50_000, tmp_path)


@pytest.fixture
def told(monkeypatch):
    """What the monkey's ears tell; they are taken off again."""
    found = []
    for module, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(module, name, getattr(module, name))
    monkeypatch.setattr(background, "_attempt", background._attempt)
    before = qInstallMessageHandler(None)
    Faults(found.append).listen()
    yield found
    qInstallMessageHandler(before)


def test_what_qt_and_threads_swallow_is_told(told, qtbot):
    def fail(which):
        raise RuntimeError(f"in {which}")

    QTimer.singleShot(0, lambda: fail("a slot"))
    thread = threading.Thread(target=fail, args=["a thread"])
    thread.start()
    thread.join()
    behind, lane = background.Background("behind", lambda _: None), Lane("test")
    behind.do(lambda: fail("the background"), lambda _: None)
    lane.ask(lambda: fail("a lane"), lambda _: None)
    qCritical("in Qt")
    qtbot.wait_until(lambda: len(told) >= 5)
    behind.close()
    lane.close()
    places = ("a slot", "a thread", "the background", "a lane", "Qt")
    assert all(any(f"in {place}" in text for text in told) for place in places)


def test_errors_that_the_program_expects_are_none(told, qtbot):
    def fail():
        raise LaminoscopeError("There is no such file.")

    behind, said = background.Background("behind", lambda text: said.append(text)), []
    behind.do(fail, lambda _: None)
    qtbot.wait_until(lambda: said == ["There is no such file."])
    behind.close()
    assert told == []
