import pytest
from PySide6.QtGui import Qt, QTextDocument
from PySide6.QtWidgets import QLabel

from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.plots.style import set_title
from laminoscope_widgets.text import safe_text

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


def test_titles_render_markup_as_characters(qtbot):
    import pyqtgraph as pg

    plot = pg.PlotItem()
    set_title(plot, "<b>sun</b> & moon", [("<i>", "#ff0000")])
    shown = plot.titleLabel.item.toPlainText()
    assert shown.startswith("<b>sun</b> & moon")
    assert shown.endswith("<i>")


def test_qlabel_alone_would_have_eaten_it(qtbot):
    label = QLabel("<b>sun</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.AutoText
    assert Qt.mightBeRichText(label.text())
