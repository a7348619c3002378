"""The real window, on the real default model."""

from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from laminoscope.garbage import GuiGarbageCollector
from laminoscope_core.analysis import rsa_chance, separability_chance
from laminoscope_core.experiment import Experiment
from laminoscope_core.run.run import analyse, capture_section
from laminoscope_core.run.sections import SECTIONS
from laminoscope_resources import sample_experiment

from .laboratory import TASK, settle
from .tiny import make_tiny_model


@pytest.fixture(autouse=True)
def collected_in_the_gui_thread(qapp):
    """As the program does: a worker that collected a closed window would wait for it for ever."""
    collector = GuiGarbageCollector(qapp, lambda: True)
    yield
    collector.stop()


@pytest.fixture
def window(qtbot):
    """A shown window without a model; closed and destroyed afterwards."""
    from laminoscope.main_window import MainWindow

    window = MainWindow()
    window.resize(1400, 900)  # the offscreen screen is smaller
    window.pages.leave_start()
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.closing._answered = True  # whatever has been changed in it
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


@pytest.fixture
def another_window(qtbot):
    """Make further windows; all are closed and destroyed afterwards."""
    from laminoscope.main_window import MainWindow

    made = []

    def make():
        window = MainWindow()
        window.resize(1400, 900)  # the offscreen screen is smaller
        window.show()
        qtbot.waitExposed(window)
        made.append(window)
        return window

    yield make
    for window in made:
        window.closing._answered = True
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


@pytest.fixture
def furnished(window):
    """The window with all its panels and pages."""
    for _ in window.furnish():
        pass
    return window


@pytest.fixture(scope="session")
def done_once():
    """Captures and analyses that hand out again what they gave for the same, without the model."""
    captured, analysed = {}, {}

    def capture(model, experiment, section, job):
        key = (id(model), experiment.model_dump_json(), section)
        if key not in captured:
            captured[key] = capture_section(model, experiment, section, job)
        return captured[key]

    def analyse_once(ids, results, *, params, job, on_result):
        def keep(name, result):
            given.append((name, result))
            on_result(name, result)

        # what was captured lives on here, so that no other object has its id
        of = [(name, id(results[name])) for name in SECTIONS if name in results]
        key = (tuple(sorted(ids)), tuple(of), repr(sorted(params.items())))
        for name, result in analysed.get(key, ()):
            on_result(name, result)
        if key not in analysed:
            given = []
            analyse(ids, results, params=params, job=job, on_result=keep)
            analysed[key] = given

    return capture, analyse_once


@pytest.fixture
def starting(done_once, monkeypatch):
    """Within it, a window that starts runs its model only if none before has done the same."""

    @contextmanager
    def patched():
        with monkeypatch.context() as patch:
            for name, function in zip(("capture_section", "analyse"), done_once, strict=True):
                patch.setattr(f"laminoscope_core.run.run.{name}", function)
            yield

    return patched


@pytest.fixture
def opened_model(window, default_model):
    """The window with the default model open, and nothing run yet."""
    window.controller.params["rsa-chance"] = rsa_chance.Params(n_permutations=99, n_resamples=49)
    window.controller.params["separability-chance"] = separability_chance.Params(99)
    window.controller.model = default_model
    window.controller.model_opened.emit(default_model.info)
    return window


@pytest.fixture
def running(opened_model, qtbot, starting):
    """The window after its first start: default model, sample experiment, all results."""
    window = opened_model
    with starting(), qtbot.waitSignal(window.controller.finished, timeout=120_000):
        window.begin(sample="words-qkv")
    qtbot.wait_until(lambda: "rsa-chance" in window.controller.results)
    return window


@pytest.fixture(scope="session")
def laminoscope(run_python):
    """Run the command line with some arguments, in processes in which Qt cannot be imported."""
    return partial(run_python, Path(__file__).with_name("without_qt.py"))


@pytest.fixture(scope="session")
def sample_run(laminoscope, tmp_path_factory):
    """The folder that a sample's run on the default model wrote, with figures, and what it said."""
    out = tmp_path_factory.mktemp("run") / "deep" / "folder"
    return out, laminoscope("run", "words-qkv", "--out", out, "--figures", "svg,PDF,png")


@pytest.fixture
def lab(window, qtbot, default_model, starting):
    """The window on its page of continuations, after the sample prompts were read."""
    window.controller.model = default_model
    window.controller.model_opened.emit(default_model.info)
    window.forms.show(Experiment.from_text(sample_experiment("words-qkv")))
    with starting(), qtbot.waitSignal(window.controller.finished, timeout=60_000):
        window.runs.show_task(TASK)
    settle(qtbot, window)
    return window


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory):
    """A folder with a model of two layers and another vocabulary."""
    folder = tmp_path_factory.mktemp("tiny")
    make_tiny_model(folder)
    return folder
