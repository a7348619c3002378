"""Messages over the page: they go when their cause has gone, and cover no title."""

import pytest
from PySide6.QtCore import QPoint, QRect

from laminoscope import layouts
from laminoscope_core.experiment import Experiment, WordsSection


def said(window):
    return window.messages.label.text() if window.messages.isVisible() else ""


@pytest.fixture
def active(window, qtbot):
    window.activateWindow()
    qtbot.wait_until(window.isActiveWindow)
    return window


def test_what_is_wrong_with_a_form_goes_when_it_is_edited(window):
    window.runs.capture()
    assert said(window).startswith("This is not an experiment yet")
    window.panels["words"].table.set_words([("a", "sun"), ("a", "moon")])
    window.forms.changed.emit()
    assert said(window) == ""


def test_a_file_that_was_refused_is_forgotten_with_the_next(window, tmp_path):
    picture, text = tmp_path / "a.jpeg", tmp_path / "words.txt"
    picture.touch()
    text.write_text("sun\nmoon\n", encoding="utf-8")
    window.opening.open_path(picture)
    assert "none of what can be opened" in said(window)
    window.opening.open_path(text)
    assert said(window) == ""


def test_a_run_that_failed_is_forgotten_with_the_next(window, qtbot, tmp_path):
    experiment = Experiment(words=WordsSection(categories={"a": ["sun"], "b": ["pear"]}))
    window.forms.show(experiment)
    for _ in range(2):
        with qtbot.waitSignal(window.controller.failed):
            window.runs.open_model(str(tmp_path / "nothing here"))
            assert said(window) == ""
        assert "nothing here" in said(window)
        window.forms.changed.emit()
        assert "nothing here" in said(window), "its cause is another"


def test_what_the_keyboard_was_to_be_for_goes_when_it_is_there(active, qtbot):
    active.setFocus()
    active.exporting.copy()
    assert said(active).startswith("Click into a panel first")
    active.panels["unity"].take_keyboard()
    assert said(active) == ""


def test_a_file_that_could_not_be_written_is_forgotten_when_it_could(window, qtbot, tmp_path):
    window.files.write(tmp_path / "none" / "a.laminoscope")
    qtbot.wait_until(lambda: said(window) != "")
    assert "none" in said(window)
    window.files.write(tmp_path / "a.laminoscope")
    qtbot.wait_until(lambda: window.files.path is not None)
    assert said(window) == ""


@pytest.mark.parametrize("size", [(1280, 720), (1400, 900)])
def test_it_covers_no_title_and_no_form(window, qtbot, size):
    window.resize(*size)
    for task in layouts.TASKS:
        window.pages.show(task)
        for filled in (None, task.rows[-1][0]):
            if filled is not None:
                window.pages.page.fill(filled)
            window.messages.say("Something went wrong. " * 9)
            qtbot.wait_until(window.messages.isVisible)
            qtbot.wait(30)
            covered = QRect(window.overlay.mapTo(window, QPoint()), window.overlay.size())
            panels = [window.panels[name] for name in task.panels]
            parts = [panel.title_bar for panel in panels]
            parts += [window.panels[name] for name in (task.inputs, task.details)]
            for part in parts:
                if part.isVisible() and not part.visibleRegion().isEmpty():
                    place = QRect(part.mapTo(window, QPoint()), part.size())
                    assert not covered.intersects(place), (task.id, part.objectName())
            window.messages.clear()
        window.pages.page.fill(None)
