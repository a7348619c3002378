import pytest
from PySide6.QtGui import Qt, QTextDocument
from PySide6.QtWidgets import QLabel

from laminoscope_core.plots.shown import Axis, Frame, Shown
from laminoscope_core.tables import Table
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.plot_view import PlotView
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import LIGHT

HOSTILE = ["<img src='file:///etc/passwd'>", "</s>", "<b>x</b>", "&amp;", "a\nb", "\u202e"]


@pytest.mark.parametrize("text", HOSTILE)
def test_rich_text_is_never_seen_as_markup(text):
    shown = safe_text(text, rich=True)
    assert "<" not in shown
    document = QTextDocument()
    document.setHtml(shown)
    assert document.toPlainText() == safe_text(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_labels_show_the_text_itself(qtbot, text):
    label = plain_label(safe_text(text))
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == safe_text(text)


def test_titles_and_labels_of_frames_render_markup_as_characters(qtbot):
    frame = Frame(Axis(0, 1, "<b>x</b>"), Axis(0, 1), {}, title="<b>sun</b> & moon")
    view = PlotView(LIGHT)
    qtbot.addWidget(view)
    view.paint(Shown({"a": frame}, Table), LIGHT)
    item = view.frames["a"]
    assert " ".join(item.title_label.item.toPlainText().split()) == "<b>sun</b> & moon"
    assert item.axis("bottom").label.toPlainText().strip() == "<b>x</b>"


def test_qlabel_alone_would_have_eaten_it(qtbot):
    label = QLabel("<b>sun</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.AutoText
    assert Qt.mightBeRichText(label.text())
