"""A title bar shows its note and what is chosen whole where there is room."""

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from laminoscope_widgets.choice_box import ChoiceBox
from laminoscope_widgets.labels import ElidedLabel
from laminoscope_widgets.plot_axes import FrameAxis
from laminoscope_widgets.title_bar import TitleBar

NOTE = "270 heads, n = 5 queries"
CHOSEN = "weight on the token before"


@pytest.fixture
def panel(qtbot):
    panel = QWidget()
    qtbot.addWidget(panel)
    panel.note, panel.box = ElidedLabel(), ChoiceBox(5)
    panel.bar = TitleBar(QLabel("Heads"), panel.note)
    panel.box.addItems(["map", CHOSEN])
    panel.bar.controls.addWidget(panel.box)
    layout = QVBoxLayout(panel)
    layout.addWidget(panel.bar)
    layout.addStretch(1)
    panel.note.set_full_text(NOTE)
    panel.show()
    return panel


def resized(panel, qtbot, width, height):
    panel.resize(width, height)
    panel.box.setCurrentText(CHOSEN)
    panel.bar.place_note()
    qtbot.wait(20)


def test_a_note_without_room_in_the_row_goes_below_and_comes_back(panel, qtbot):
    resized(panel, qtbot, 900, 600)
    assert panel.note.text() == NOTE
    high = panel.bar.height()
    resized(panel, qtbot, 320, 600)
    assert panel.note.text() == NOTE
    assert panel.note.geometry().top() >= panel.box.geometry().bottom()
    resized(panel, qtbot, 900, 600)
    assert panel.bar.height() == high


def test_a_low_panel_keeps_its_room_for_what_it_shows(panel, qtbot):
    resized(panel, qtbot, 320, 100)
    assert panel.note.text() != NOTE
    assert panel.note.geometry().top() < panel.box.geometry().bottom()


def test_a_box_is_as_wide_as_what_is_chosen_and_no_obstacle(panel, qtbot):
    resized(panel, qtbot, 600, 600)
    chosen = panel.box.fontMetrics().horizontalAdvance(CHOSEN)
    assert panel.box.width() > chosen
    panel.box.setCurrentText("map")
    qtbot.waitUntil(lambda: panel.box.width() < chosen)
    panel.box.setCurrentText(CHOSEN)
    assert panel.box.minimumSizeHint().width() < chosen


def test_a_label_of_an_axis_gives_up_what_is_after_its_comma_first(qapp):
    axis = FrameAxis("left")
    axis.resize(40, 400)
    axis.set_text("rank, 1 is the likeliest")
    assert axis.labelText == "rank, 1 is the likeliest"
    axis.resize(40, 60)
    assert axis.labelText == "rank"
