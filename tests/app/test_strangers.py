"""A tokenizer that passed its trial and hangs on a user's text stops neither window nor run."""

import itertools
import json
import shutil
import time

import pytest
from PySide6.QtCore import QTimer

from laminoscope.layouts import TASKS
from laminoscope_core.experiment import Experiment
from laminoscope_core.models import tokenizing

GROWING = {"type": "Replace", "pattern": {"String": "qz"}, "content": "qzqz"}
WALKING = {"type": "Replace", "pattern": {"Regex": "qz(?=(?:qz)*[^a-z])"}, "content": ""}


@pytest.fixture
def hostile_folder(tiny_folder, tmp_path, monkeypatch):
    """A model whose tokenizer takes minutes over a text with "qzqz"."""
    monkeypatch.setenv("LAMINOSCOPE_CACHE", str(tmp_path / "cache"))
    folder = shutil.copytree(tiny_folder, tmp_path / "hostile")
    file = folder / "tokenizer.json"
    normalizer = {"type": "Sequence", "normalizers": [GROWING] * 18 + [WALKING]}
    file.write_text(json.dumps({**json.loads(file.read_text()), "normalizer": normalizer}))
    return folder


def of_text(folder, text):
    return Experiment.model_validate({"model": {"source": str(folder)}, "text": {"content": text}})


def test_the_window_goes_on(window, qtbot, hostile_folder, monkeypatch, a_process_for_tokenizers):
    monkeypatch.setattr(tokenizing, "_SECONDS", 1.0)
    controller = window.controller
    with qtbot.waitSignal(controller.finished, timeout=60_000):
        controller.run(of_text(hostile_folder, "a quiet moon above the harbour"), "text")
    ticks = [time.monotonic()]
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(20)
    with qtbot.waitSignal(controller.failed, timeout=60_000):
        controller.run(of_text(hostile_folder, "a qzqz moon above the harbour"), "text")
    timer.stop()
    assert "was still reading 'a qzqz moon above the harbour' after" in window.messages.label.text()
    assert "Try another text" in window.messages.label.text()
    assert max(b - a for a, b in itertools.pairwise(ticks)) < 0.5
    with qtbot.waitSignal(controller.finished, timeout=60_000):
        controller.run(of_text(hostile_folder, "a quiet sofa above the harbour"), "text")


def test_typed_tokens_are_read_outside_the_windows_thread(
    window, qtbot, hostile_folder, monkeypatch, a_process_for_tokenizers
):
    monkeypatch.setattr(tokenizing, "_SECONDS", 1.0)
    asked = {"model": {"source": str(hostile_folder)}, "prompts": [{"text": "a quiet moon"}]}
    window.forms.show(Experiment.model_validate(asked))
    with qtbot.waitSignal(window.controller.finished, timeout=60_000):
        window.controller.run(Experiment.model_validate(asked), "prompts")
    window.runs.show_task(next(task for task in TASKS if task.id == "continuation"))
    watch, chain = window.panels["watch"], window.panels["chain"]
    ticks = [time.monotonic()]
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(20)
    watch.line.setText("a qzqz moon")
    watch.add()
    qtbot.waitUntil(lambda: "is no token" in watch.message.text(), timeout=30_000)
    with qtbot.waitSignal(chain.refused, timeout=30_000) as refused:
        chain.add_stop("the qzqz moon")
    timer.stop()
    assert "still reading 'the qzqz moon'" in refused.args[0]
    assert max(b - a for a, b in itertools.pairwise(ticks)) < 0.5
    watch.line.setText(" moon")
    watch.add()
    qtbot.waitUntil(lambda: watch.table.rowCount() == len(window.selection.watched))


def test_the_command_line_says_it(laminoscope, hostile_folder):
    done = laminoscope("sample", "--prompt", "a qzqz moon", "--model", hostile_folder)
    assert done.returncode == 1
    assert "was still reading 'a qzqz moon' after 5 seconds. Try another text" in done.stderr
    assert "Traceback" not in done.stderr
