"""Titles of frames are broken between words, into three lines only where two would cut them."""

import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from laminoscope_widgets.plot_frame import _broken

TITLE = "Separability, 41,168 + 458,332 pairs"


@pytest.fixture
def width(qapp):
    font = QFont(qapp.font())
    font.setPixelSize(12)
    return QFontMetricsF(font).horizontalAdvance


@pytest.mark.parametrize(
    ("widest", "lines"),
    [
        (TITLE, (TITLE,)),
        ("+ 458,332 pairs 41", ("Separability, 41,168", "+ 458,332 pairs")),
        ("+ 458,332 pairs", ("Separability,", "41,168 +", "458,332 pairs")),
    ],
)
def test_a_title_is_whole_in_as_few_lines_as_have_room(width, widest, lines):
    room = max(width(widest), *map(width, lines)) + 1
    assert _broken(TITLE, room, 12) == lines


def test_a_title_without_room_is_cut_in_its_lines(width):
    lines = _broken(TITLE, 40.0, 12)
    assert len(lines) == 3
    assert all(width(line) <= 40 for line in lines)
    assert any(line.endswith("…") for line in lines)
