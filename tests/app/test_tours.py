"""The tours: walked in the real window, step by step, with the keyboard and in German."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication

from laminoscope.tours import TOURS
from laminoscope_core.analysis.registry import ANALYSES, SECTIONS
from laminoscope_widgets.translation import LANGUAGES


@pytest.fixture
def window(furnished, monkeypatch):
    """A window in which examples open but nothing is run."""
    monkeypatch.setattr(furnished.runs, "capture", furnished.pages.leave_start)
    return furnished


def place(window, widget):
    """Where a widget is seen in the window."""
    seen = widget.visibleRegion().boundingRect()
    return QRect(widget.mapTo(window, seen.topLeft()), seen.size())


def test_there_are_five_of_five_steps_in_every_language():
    assert len(TOURS) == 5
    results = {*SECTIONS, *(analysis.id for analysis in ANALYSES)}
    for tour in TOURS:
        assert len(tour.steps) == 5
        assert tour.titles.keys() == set(LANGUAGES)
        for step in tour.steps:
            assert step.texts.keys() == set(LANGUAGES)
            assert not step.waits or step.waits in results
            assert all(40 < len(text) < 260 for text in step.texts.values())


def test_every_step_points_at_what_is_seen_and_covers_none_of_it(window, qtbot):
    for size in ((1400, 900), (1280, 720)):
        window.resize(*size)
        walk_all(window)


def walk_all(window):
    for tour in TOURS:
        window.touring.begin(tour.name)
        for number, step in enumerate(tour.steps, start=1):
            call_out = window.touring.call_out
            QApplication.processEvents()
            target = window.touring._target(step)
            where = (tour.name, number)
            assert target is not None, where
            assert target.isVisible(), where
            assert window.opening.example == tour.example
            assert call_out.isVisible()
            assert f"step {number} of 5" in call_out.title.text()
            assert call_out.said.text() == step.texts["en"]
            said = call_out.said
            assert said.height() >= said.heightForWidth(said.width()), where
            assert window.rect().contains(call_out.geometry()), where
            assert not call_out.geometry().intersects(place(window, target)), where
            call_out.next.click()
        assert window.touring.tour is None
        assert not call_out.isVisible()


def test_it_is_walked_and_left_by_keys_and_follows_its_target(window, qtbot):
    window.activateWindow()
    qtbot.wait_until(lambda: QApplication.activeWindow() is window)
    window.actions_by_id["help.start"].trigger()
    window.findChild(object, f"tour:{TOURS[0].name}").trigger()
    touring, call_out = window.touring, window.touring.call_out

    def press(key):
        qtbot.keyClick(QApplication.focusWidget(), key)

    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Right)
    assert touring.at == 2
    press(Qt.Key.Key_Left)
    assert touring.at == 1
    assert call_out.accessibleName() == "First look, step 2 of 5"
    assert call_out.accessibleDescription() == TOURS[0].steps[1].texts["en"]
    assert call_out.note.text() == "It is still being computed."
    before = call_out.pos()
    window.resize(1200, 760)
    qtbot.wait_until(lambda: call_out.pos() != before)
    target = window.panels["similarity"]
    qtbot.wait_until(lambda: not call_out.geometry().intersects(place(window, target)))
    window.controller.results["similarity"] = None
    window.controller.result_ready.emit("other", None)
    assert call_out.note.text() == ""
    del window.controller.results["similarity"]
    press(Qt.Key.Key_Escape)
    assert touring.tour is None
    assert not call_out.isVisible()


def test_it_ends_where_its_example_is_gone(window):
    window.actions_by_id["help.start"].trigger()
    window.findChild(object, f"tour:{TOURS[0].name}").trigger()
    window.actions_by_id["file.new"].trigger()
    window.touring.next()
    assert window.touring.tour is None
    assert not window.touring.call_out.isVisible()


def test_it_begins_on_the_start_page_and_in_the_palette(window, monkeypatch):
    begun = []
    monkeypatch.setattr(window.touring, "begin", begun.append)
    window.start.tour_wanted.disconnect()
    window.start.tour_wanted.connect(begun.append)
    from laminoscope.palette import Palette

    window.show_palette()
    (palette,) = window.findChildren(Palette)
    tours = [entry for entry in palette._entries if entry.kind == "Tour"]
    assert [entry.title for entry in tours] == [tour.titles["en"] for tour in TOURS]
    tours[2].act()
    palette.close()
    buttons = {b.text(): b for b in window.start.tours.findChildren(type(window.start.line.button))}
    for tour in TOURS:
        buttons[tour.titles["en"]].click()
    assert begun == [TOURS[2].name, *(tour.name for tour in TOURS)]
