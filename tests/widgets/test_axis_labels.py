"""Labels along upright axes: in lines between words, and cut only where nothing else helps."""

import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from laminoscope_widgets.plot_axes import in_lines

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
