"""What all tests share: offscreen Qt, fresh settings, no leaks, the default model."""

import gc
import importlib.abc
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from . import side_by_side

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ["LANGUAGE"] = "en"  # the window speaks English here, whatever the machine's locale is

DATA = Path(__file__).parent / "data"
MANY = 50_000
"""Objects; libraries make more of them, a test's own are fewer."""
QT_PACKAGES = ("PySide6", "shiboken6", "pyqtgraph", "pytestqt")


class _NoQt(importlib.abc.MetaPathFinder):
    def find_spec(self, fullname, path=None, target=None):
        if fullname.split(".")[0] in QT_PACKAGES:
            raise ImportError(f"{fullname} has been made unimportable by --without-qt")


def pytest_addoption(parser):
    parser.addoption("--without-qt", action="store_true", help="make Qt unimportable")
    parser.addoption(
        "--no-skips",
        action="store_true",
        help="fail what is skipped, unless it needs an accelerator (marked gpu)",
    )
    parser.addoption(
        "--exhaustive", action="store_true", help="run what is marked exhaustive as well"
    )
    parser.addoption("--monkey", action="store_true", help="run what is marked monkey as well")
    parser.addoption(
        "--seed",
        type=int,
        default=_seed_of_commit(),
        help="of files that are forged, and of the monkey",
    )
    parser.addoption("--tell", metavar="FILE", help="where core's process writes its reports")


def _seed_of_commit():
    command = ["git", "rev-parse", "--short=8", "HEAD"]
    try:
        done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True)
    except FileNotFoundError:
        return 0
    return int(done.stdout or "0", 16)


def pytest_report_header(config):
    return f"seed: {config.getoption('--seed')}"


def pytest_configure(config):
    if config.getoption("--without-qt"):
        sys.meta_path.insert(0, _NoQt())
    if path := config.getoption("--tell"):
        config.pluginmanager.register(side_by_side.Telling(config, path))
    elif side_by_side.is_divided(config):
        side_by_side.share_cores()
        config.pluginmanager.register(side_by_side.SideBySide(config))


def pytest_collection_modifyitems(config, items):
    left_out = [name for name in ("exhaustive", "monkey") if not config.getoption(f"--{name}")]
    deselected = [item for item in items if any(map(item.get_closest_marker, left_out))]
    config.hook.pytest_deselected(items=deselected)
    items[:] = [item for item in items if item not in deselected]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and not item.get_closest_marker("gpu"):
        _refuse_skip(item.config, report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    if report.skipped:
        _refuse_skip(collector.config, report)
    return report


def _refuse_skip(config, report):
    if config.getoption("--no-skips"):
        report.outcome = "failed"
        report.longrepr = f"It must not be skipped here: {report.longrepr[2]}"


@pytest.fixture(scope="session")
def golden():
    """What was computed of the sample experiments on the default model, independently of us."""
    path = DATA / "golden" / "smollm2_sample_analyses.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def run_seed(request):
    """The seed of this run, which its header names; --seed repeats it."""
    return request.config.getoption("--seed")


@pytest.fixture(scope="session")
def run_python(tmp_path_factory):
    """Run ``python script arguments…`` in a folder; give what `subprocess.run` gives."""
    found = {"PYTHONPATH": os.pathsep.join(sys.path)}
    strict = [sys.executable, "-W", "error::SyntaxWarning"]
    if not hasattr(os, "fork"):

        def run_cold(script, *arguments, cwd="."):
            command = [*strict, *map(str, (Path(script).absolute(), *arguments))]
            settings = {"capture_output": True, "encoding": "utf-8", "env": os.environ | found}
            return subprocess.run(command, cwd=cwd, **settings)

        yield run_cold
        return
    folder = tmp_path_factory.mktemp("warm")
    outputs = folder / "stdout", folder / "stderr"
    with subprocess.Popen(
        [*strict, str(Path(__file__).with_name("warm.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | found,
    ) as warm:

        def run_warm(script, *arguments, cwd="."):
            command = [str(Path(script).absolute()), *map(str, arguments)]
            where = str(Path(cwd).absolute()), os.environ | found, *map(str, outputs)
            warm.stdin.write(json.dumps([command, *where]) + "\n")
            warm.stdin.flush()
            status = int(warm.stdout.readline())
            printed = (file.read_bytes().decode("utf-8", "replace") for file in outputs)
            return subprocess.CompletedProcess(command, status, *printed)

        yield run_warm
        warm.stdin.close()


@pytest.fixture(scope="session")
def default_model():
    """The real default model, fetched and converted into the user's cache at first."""
    from laminoscope_core import open_model

    return open_model("smollm2-135m", device="cpu")


@pytest.fixture(autouse=True)
def no_leaked_threads():
    """Fail a test that leaves a thread of ours behind."""
    before = set(threading.enumerate())
    yield
    left = [
        thread
        for thread in threading.enumerate()
        if thread not in before and thread.name.startswith(("laminoscope", "ThreadPool"))
    ]
    for thread in left:  # transformers ends its loading threads without waiting for them
        thread.join(5)
    assert not [thread.name for thread in left if thread.is_alive()]


@pytest.fixture(scope="session")
def stood():
    """The tokenizers that have stood up to their trial in this process."""
    return set()


@pytest.fixture(autouse=True)
def trials_in_this_process(request, monkeypatch, stood):
    """Try strangers' files here: a process for each of the tests' own would take its time.

    A tokenizer that has stood up to all its texts need not do so again.
    """
    if "a_process_for_trials" in request.fixturenames:
        return
    from laminoscope_core.models import trial

    strain = trial.strain

    def run(_, arguments, job, **__):
        folder, _, title, *_ = arguments
        return {"n_values": trial._try(Path(folder), title, lambda text: job.report(0.0, text))}

    def strain_once(tokenizer, *others):
        what = hash((tokenizer.backend_tokenizer.to_str(), str(tokenizer.chat_template)))
        if what not in stood:
            strain(tokenizer, *others)
            stood.add(what)

    monkeypatch.setattr(trial, "run_child", run)
    monkeypatch.setattr(trial, "strain", strain_once)


@pytest.fixture(autouse=True)
def tokenizers_in_this_process(request, monkeypatch):
    """Use strangers' tokenizers here, for the same reason."""
    if "a_process_for_tokenizers" not in request.fixturenames:
        monkeypatch.setattr("laminoscope_core.models.load.set_apart", lambda *_: None)


@pytest.fixture
def a_process_for_tokenizers():
    """Have strangers' tokenizers be used apart, as they are."""


@pytest.fixture(autouse=True)
def fresh_settings(tmp_path, monkeypatch):
    """Give every test settings of its own."""
    monkeypatch.setenv("LAMINOSCOPE_SETTINGS", str(tmp_path / "settings"))
    monkeypatch.setenv("LAMINOSCOPE_STATE", str(tmp_path / "state"))


@pytest.fixture(autouse=True)
def no_leaked_widgets(request):
    """Fail a test that leaves windows or running timers behind."""
    if "PySide6.QtWidgets" not in sys.modules or "qapp" not in request.fixturenames:
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    before = {id(widget) for widget in QApplication.topLevelWidgets()}
    yield
    gc.collect()
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
    windows = [
        widget
        for widget in QApplication.topLevelWidgets()
        if id(widget) not in before and widget.isVisible()
    ]
    assert not windows, f"windows left open: {windows}"
    things = gc.get_objects()
    kinds = {kind for kind in set(map(type, things)) if issubclass(kind, QTimer)}
    timers = [
        thing for thing in things if type(thing) in kinds and _alive(thing) and thing.isActive()
    ]
    assert not timers, f"timers left running: {[timer.parent() for timer in timers]}"
    if len(things) > MANY and not any(map(QWidget.isVisible, QApplication.topLevelWidgets())):
        gc.collect()
        gc.freeze()  # libraries, mostly: collections and the next looks go past them


def _alive(thing) -> bool:
    from shiboken6 import isValid

    return isValid(thing)
