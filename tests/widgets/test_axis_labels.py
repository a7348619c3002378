"""Labels along upright axes: in lines between words, and cut only where nothing else helps."""

import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from laminoscope_widgets.plot_axes import in_lines, label_lines

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
