"""From words to an exported figure without a mouse: every key goes to what has the keyboard."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton

from laminoscope.palette import Palette

pytestmark = pytest.mark.model

CONTROL, SHIFT, ALT = (
    getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Control", "Shift", "Alt")
)
KEY = Qt.Key


def has_keyboard():
    """The widget that a key would reach: of a menu or a list that has popped up first."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup.focusWidget() or popup
    return QApplication.focusWidget() or QApplication.activeWindow()


@pytest.fixture
def press(qtbot):
    """A function that sends a key to whatever has the keyboard, as a keyboard does."""

    def send(key, modifiers=Qt.KeyboardModifier.NoModifier, times=1):
        for _ in range(times):
            qtbot.keyClick(
                QApplication.focusWidget() or QApplication.activeWindow(), key, modifiers
            )

    return send


@pytest.fixture
def type_in(qtbot):
    """A function that types into whatever has the keyboard."""
    return lambda text: qtbot.keyClicks(has_keyboard(), text)


def tab_to(press, found, most=80):
    """Press Tab until what has the keyboard is what is looked for."""
    for _ in range(most):
        if found(QApplication.focusWidget()):
            return QApplication.focusWidget()
        press(KEY.Key_Tab)
    raise AssertionError("Tab does not reach it")


def test_from_words_to_a_figure_by_keyboard_alone(
    opened_model, qtbot, starting, press, type_in, tmp_path, monkeypatch
):
    window = opened_model
    window.activateWindow()
    qtbot.wait_until(lambda: QApplication.activeWindow() is window)
    with starting():
        window.begin(sample="words-qkv")
        qtbot.wait_until(lambda: "rsa-chance" in window.controller.results, timeout=120_000)

    # a word is added to the list, and the sentence is changed
    press(KEY.Key_1, ALT)
    press(KEY.Key_F6)
    while window.pages.panel_in_use() is not window.panels["words"]:
        press(KEY.Key_F6)
    carrier = tab_to(press, lambda w: isinstance(w, QLineEdit) and "{word}" in w.text())
    press(KEY.Key_A, CONTROL)
    type_in("I wrote {word}")
    tab_to(press, lambda w: isinstance(w, QPushButton) and w.text().replace("&", "") == "Add")
    press(KEY.Key_Space)
    type_in("lantern")
    press(KEY.Key_Return)
    press(KEY.Key_Escape)
    assert carrier.text() == "I wrote {word}"

    # capture
    press(KEY.Key_Return, CONTROL)
    results = window.controller.results
    qtbot.wait_until(
        lambda: "lantern" in results["words"].words and "similarity" in results, timeout=120_000
    )
    assert window.controller.experiment.words.carrier == "I wrote {word}"
    idle = lambda: not window.controller.busy() and window.updates.idle()  # noqa: E731
    qtbot.wait_until(idle, timeout=120_000)

    # a pair is pointed at and selected in the map
    press(KEY.Key_K, CONTROL)
    type_in("panel similarity")
    press(KEY.Key_Return)
    qtbot.wait_until(lambda: window.findChild(Palette) is None)
    similarity = window.panels["similarity"]
    qtbot.wait_until(lambda: window.pages.panel_in_use() is similarity)
    tab_to(press, lambda w: w is similarity.canvas)
    press(KEY.Key_Right, times=4)
    assert window.selection.hovered_pair == (0, 3)
    press(KEY.Key_Return)
    assert window.selection.pair == (0, 3)

    # another layer
    layer = window.selection.layer
    press(KEY.Key_BracketRight, CONTROL)
    assert window.selection.layer == layer + 1

    # the figure
    target = tmp_path / "figure.svg"
    answer = lambda *_, **__: (str(target), "")  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    press(KEY.Key_E, CONTROL | SHIFT)
    dialog = window.exporting.dialog
    qtbot.wait_until(lambda: QApplication.activeWindow() is dialog)
    save = tab_to(press, lambda w: isinstance(w, QPushButton) and "Save figure" in w.text())
    assert save.window() is dialog
    press(KEY.Key_Space)
    qtbot.wait_until(target.exists, timeout=120_000)
    svg = target.read_text(encoding="utf-8")
    assert "lantern" in svg or f"layer {layer + 1}" in svg
    r = results["rsa"].r[layer + 1, 0, 0]
    assert f"{np.round(r, 2):.2f}".replace("-", "−") in svg
    press(KEY.Key_Escape)
    qtbot.wait_until(lambda: window.exporting.dialog is None)


def test_tab_goes_through_every_page_and_comes_back(window, qtbot, press):
    """No field keeps the keyboard: Tab comes to where it began, through every shown panel."""
    window.activateWindow()
    for number, task in enumerate(window.tools.tasks, start=1):
        press(KEY(KEY.Key_0 + number), ALT)
        qtbot.wait(5)
        press(KEY.Key_F6)
        first, panels = QApplication.focusWidget(), set()
        for _ in range(300):
            press(KEY.Key_Tab)
            panel = window.pages.panel_in_use()
            panels |= {panel.id} if panel is not None else set()
            if QApplication.focusWidget() is first:
                break
        else:
            raise AssertionError(f"{task}: Tab does not come back")
        shown = {name for name in window.pages.task.panels if window.panels[name].isVisible()}
        assert panels == shown
