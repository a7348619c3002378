"""Panels and pages are made when they are needed, and are then as if they had been there always."""

import gc

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from laminoscope import layouts
from laminoscope.main_window import MainWindow
from laminoscope_widgets.panels import FORMS, PANELS


@pytest.fixture
def bare(qtbot):
    """A shown window of which nothing has been needed yet."""
    window = MainWindow()
    window.show()
    yield window
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    gc.collect()


def test_a_window_comes_before_its_panels(bare):
    assert bare.pages.at_start
    assert not bare.panels.made()
    assert list(bare.panels) == [*dict.fromkeys(bare.panels)] == list(PANELS)
    assert set(PANELS) == {name for task in layouts.TASKS for name in task.panels}
    with pytest.raises(KeyError):
        bare.panels["no such panel"]


def test_a_window_is_furnished_step_by_step(bare):
    made = [len(bare.panels.made()) for _ in bare.furnish()]
    assert made[-1] == len(PANELS)
    assert max(np.diff([0, *made])) == 1
    assert [panel.objectName() for panel in bare.panels.values()] == [f"panel:{n}" for n in PANELS]
    assert bare.pages.at_start  # what is shown stays


def test_a_page_is_arranged_as_it_was_left(bare):
    bare.preferences.set_page("tokens", {"hidden": ["strip"], "folded": {"text": True}})
    page = bare.pages.make(layouts.task_of("strip"))
    assert page.hidden("strip")
    assert page.folds("text")
    assert not page.hidden("spread")


@pytest.mark.model
def test_a_late_panel_has_results_theme_and_undo(bare, running, qtbot):
    bare.use_dark()
    bare.controller.adopt(running.controller.snapshot())
    bare.selection.layer = 3
    assert bare.panels.made().keys() <= set(FORMS)
    bare.pages.show(layouts.TASKS[0])
    qtbot.wait_until(bare.updates.idle)
    late, there = bare.panels["laminar"], running.panels["laminar"]
    assert late.theme is bare.theme is not running.theme
    assert late.shown.table.columns.keys() == there.shown.table.columns.keys()
    for name, values in there.shown.table.columns.items():
        if name != "selected":
            np.testing.assert_array_equal(late.shown.table.columns[name], values)
    maps = bare.panels["similarity"]
    before = maps.choices
    maps.choose("Choose colours", colours="cividis")
    assert maps.choices != before
    bare.undo.undo()
    assert maps.choices == before
