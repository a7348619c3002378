"""The real window, on the real default model."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from laminoscope_core.analysis import rsa_chance, separability_chance


@pytest.fixture
def window(qtbot):
    """A shown window without a model; closed and destroyed afterwards."""
    from laminoscope.main_window import MainWindow

    window = MainWindow()
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


@pytest.fixture
def running(window, qtbot, default_model):
    """The window after its first start: default model, sample experiment, all results."""
    window.controller.params["rsa-chance"] = rsa_chance.Params(n_permutations=99, n_resamples=49)
    window.controller.params["separability-chance"] = separability_chance.Params(99)
    window.controller.model = default_model
    window.controller.model_opened.emit(default_model.info)
    with qtbot.waitSignal(window.controller.finished, timeout=120_000):
        window.begin()
    qtbot.wait_until(lambda: "rsa-chance" in window.controller.results)
    return window
