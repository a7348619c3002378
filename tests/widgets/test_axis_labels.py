"""Labels along upright axes: in lines between words, and cut only where nothing else helps."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from laminoscope_core.plots.shown import Scale
from laminoscope_core.theme import LIGHT
from laminoscope_widgets.plot_axes import in_lines, label_lines
from laminoscope_widgets.scale_bar import ScaleBar

TEXT = "weight on the token before the self-attention"


@pytest.fixture
def metrics(qapp):
    return QFontMetricsF(QFont(qapp.font()))


@pytest.mark.parametrize("share", [1.0, 0.75, 0.6, 0.5, 0.45])
def test_a_label_is_whole_in_lines_that_have_room(metrics, share):
    room = share * metrics.horizontalAdvance(TEXT) + 1
    lines = in_lines(metrics, TEXT, room)
    assert len(lines) == (1 if share == 1 else 2 if share > 0.5 else 3)
    assert max(map(metrics.horizontalAdvance, lines)) <= room
    assert " ".join(lines).replace("- ", "-") == TEXT


def test_a_line_may_end_at_a_hyphen_and_a_long_word_is_cut(metrics):
    room = metrics.horizontalAdvance("attention") + 1
    assert in_lines(metrics, "self-attention", room) == ("self-", "attention")
    (cut,) = in_lines(metrics, "Wahrscheinlichkeit", room)
    assert cut.endswith("…")
    assert metrics.horizontalAdvance(cut) <= room


@pytest.mark.parametrize("text", [TEXT, "Wahrscheinlichkeit"])
def test_a_label_that_takes_room_from_itself_comes_to_rest(metrics, text):
    """As in square frames, which are lower the wider the label is."""
    line = metrics.height()
    for whole in range(20, int(metrics.horizontalAdvance(text)) + 60, 3):
        shown = ()
        seen = []
        for _ in range(8):
            room = whole - line * len(shown) * 1.3
            shown = label_lines(metrics, (text,), room, shown)
            seen.append(shown)
        assert len(set(seen[-4:])) == 1, (whole, seen)


def test_a_label_is_whole_again_where_there_is_ample_room(metrics):
    whole = metrics.horizontalAdvance(TEXT)
    broken = label_lines(metrics, (TEXT,), whole - 1, ())
    assert len(broken) == 2
    assert label_lines(metrics, (TEXT,), whole + 1, broken) == broken
    assert label_lines(metrics, (TEXT,), whole + 100, broken) == (TEXT,)
    assert label_lines(metrics, ("another",), whole, ()) == ("another",)


def test_a_word_longer_than_the_frames_reaches_beyond_them_beside_a_scale(metrics):
    word = "Wahrscheinlichkeit"
    frames = QRectF(0, 0, 100, metrics.horizontalAdvance(word) / 2)
    bar = ScaleBar(lambda: frames)
    scale = Scale("sequential", 0.0, 1.0, word)
    for height, is_whole in ((frames.height(), False), (3 * frames.height(), True)):
        bar.resize(60, height)
        bar.show_scale(scale, LIGHT)
        assert bar._reaches_beyond == is_whole
        assert bar._lines[0].endswith("…") != is_whole
    frames.setHeight(3 * frames.height())
    bar.follow()
    assert bar._lines == (word,)
    assert not bar._reaches_beyond
