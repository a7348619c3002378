"""The tokens task: a text read by the default model, and by hand-made results."""

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QMouseEvent

from laminoscope.layouts import TASKS
from laminoscope_core.experiment import TextSection

pytestmark = pytest.mark.model

TASK = next(task for task in TASKS if task.id == "tokens")
HOSTILE = [
    *("</s>", "<img src=x>", "<b>bold</b>", "&lt;", "$$x_1$$", "\\frac", "%s %n", "{0}", "'=1+1"),
    *(
        "שלום",
        "\u202eabc",
        "\u2066a\u2069",
        "👩‍🚀",
        "🏳️‍🌈",
        "e\u0301",
        "\u0301",
        "a" + "\u0335" * 30,
    ),
    *("a\u200bb", "\ufeff", "\u00a0", "\u2028", "\t", "\r\n", "\x07", "\x1b[31m", "\x7f", "\ue000"),
    *("<|im_end|>", "𝕏", "ﷺ", "\U0010ffff", "𒐫", "Z" * 300, "🇩🇪", "\u0600", "漢字", "ไทย", "क्षि"),
]


@pytest.fixture
def tokens(window, qtbot, default_model, starting):
    """The window in the tokens task, the sample text captured."""
    window.controller.model = default_model
    window.controller.model_opened.emit(default_model.info)
    with starting(), qtbot.waitSignal(window.controller.finished, timeout=120_000):
        window.runs.show_task(TASK)
    settle(window, qtbot)
    return window


def settle(window, qtbot):
    qtbot.wait_until(window.updates.idle)


def capture(window, qtbot, content):
    window.panels["text"].set_section(TextSection(content=content))
    with qtbot.waitSignal(window.controller.finished, timeout=120_000):
        window.runs.capture()
    settle(window, qtbot)


def centre(text, token):
    return text.rect_of(token).center()


def choose(box, text):
    """Choose an entry of a combo box as a person would."""
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def drag(view, position):
    """Move the pointer with the left button held; qtbot's own moves hold none."""
    send(view, QEvent.Type.MouseMove, position, Qt.MouseButton.NoButton)


def double_click(qtbot, view, position):
    """Click twice as Qt tells it: its own test function presses once more."""
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(view, left, pos=position)
    send(view, QEvent.Type.MouseButtonDblClick, position, left)
    qtbot.mouseRelease(view, left, pos=position)


def send(view, kind, position, button):
    held, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    there = QPointF(position)
    event = QMouseEvent(kind, there, view.mapToGlobal(there), button, held, none)
    QCoreApplication.sendEvent(view, event)


def marks_of(panel):
    """What a panel's only frame draws, by name of the mark."""
    (frame,) = panel.canvas.frames.values()
    return frame.drawn


def at(panel, x, y):
    """The position in a panel's canvas of a point of its only frame."""
    (frame,) = panel.canvas.frames.values()
    return panel.canvas.mapFromScene(frame.vb.mapViewToScene(QPointF(x, y)))


def test_showing_the_task_reads_the_sample_text(tokens):
    assert tokens.panels["text"].count.text() == "420 characters · captured: 90 tokens"
    result = tokens.controller.results["adjustments"]
    assert marks_of(tokens.panels["adjustments"])["map"].pixels.shape[:2] == (30, 90)
    assert tokens.panels["text"].table.index(1, 2).data() == "·observatory"
    assert "".join(result.tokens) == tokens.panels["text"].section().content
    titles = tokens.panels["token-details"].layer_title.text()
    assert titles.startswith("Layer 15 of 0–29")


def test_click_shift_click_and_drag_select_tokens_everywhere(tokens, qtbot):
    panel, left = tokens.panels["tokens"], Qt.MouseButton.LeftButton
    view = panel.text.viewport()
    qtbot.mouseClick(view, left, pos=centre(panel.text, 5))
    assert (tokens.selection.token, tokens.selection.tokens) == (5, (5,))
    qtbot.mouseClick(view, left, Qt.KeyboardModifier.ShiftModifier, centre(panel.text, 8))
    assert tokens.selection.tokens == (5, 6, 7, 8)
    qtbot.mouseClick(view, left, Qt.KeyboardModifier.ControlModifier, centre(panel.text, 2))
    assert tokens.selection.tokens == (2, 5, 6, 7, 8)
    settle(tokens, qtbot)
    rows = tokens.panels["text"].view.selectionModel().selectedRows()
    assert sorted(index.row() for index in rows) == [2, 5, 6, 7, 8]
    assert tokens.panels["token-details"].selected_title.text() == "5 tokens selected"
    qtbot.mousePress(view, left, pos=centre(panel.text, 10))
    drag(view, centre(panel.text, 12))
    qtbot.mouseRelease(view, left, pos=centre(panel.text, 12))
    assert tokens.selection.tokens == (10, 11, 12)
    tokens.clear_selection()
    settle(tokens, qtbot)
    assert not tokens.panels["text"].view.selectionModel().selectedRows()


def test_choosing_rows_of_the_table_selects_tokens(tokens):
    tokens.panels["text"].view.selectRow(7)
    assert (tokens.selection.token, tokens.selection.tokens) == (7, (7,))


def test_hovering_and_clicking_the_map_reads_the_right_cell(tokens, qtbot):
    panel = tokens.panels["adjustments"]
    point = at(panel, 20, 13)
    qtbot.mouseMove(panel.canvas.viewport(), point)
    qtbot.wait_until(panel.read_out.isVisible)
    norm = tokens.controller.results["adjustments"].norms[13, 20]
    assert panel.read_out.text().startswith(f"20  ·turns  layer 13  norm {norm:.3g}")
    assert (tokens.selection.hovered_token, tokens.selection.hovered_layer) == (20, 13)
    qtbot.mouseClick(panel.canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
    qtbot.wait_until(lambda: tokens.selection.token == 20)
    assert tokens.selection.layer == 13


def test_a_double_click_shows_the_whole_map_again_and_selects_nothing(tokens, qtbot):
    panel = tokens.panels["adjustments"]
    (frame,) = panel.canvas.frames.values()
    frame.vb.setRange(xRange=(10, 20), padding=0)
    tokens.selection.token, layer = None, tokens.selection.layer
    double_click(qtbot, panel.canvas.viewport(), at(panel, 15, 3))
    qtbot.wait_until(lambda: frame.vb.viewRange()[0] == [-0.5, 89.5])
    assert (tokens.selection.token, tokens.selection.layer) == (None, layer)


def test_sorting_by_a_layer_puts_the_least_adjusted_first(tokens, qtbot):
    panel = tokens.panels["adjustments"]
    tokens.selection.layer = 9
    panel.set_view(order="layer")
    settle(tokens, qtbot)
    row = marks_of(panel)["map"].mark.values[9]
    assert (np.diff(row) >= 0).all()
    qtbot.mouseMove(panel.canvas.viewport(), at(panel, 0, 9))
    least = np.argmin(tokens.controller.results["adjustments"].log_norms[9])
    qtbot.wait_until(lambda: tokens.selection.hovered_token == least)


def test_a_token_that_is_pointed_at_is_marked_in_every_plot_of_tokens(tokens, qtbot):
    tokens.panels["adjustments"].set_view(order="surprisal")
    settle(tokens, qtbot)
    tokens.selection.hovered_token = 20
    surprisal = tokens.controller.results["adjustments"].surprisal
    (frame,) = tokens.panels["adjustments"].canvas.frames.values()
    assert frame.highlighted.lines[0].isVisible()
    assert frame.highlighted.lines[0].value() == np.argsort(
        surprisal, kind="stable"
    ).tolist().index(20)
    (frame,) = tokens.panels["fit"].canvas.frames.values()
    assert len(frame.highlighted.rings.points()) == 1
    (frame,) = tokens.panels["strip"].canvas.frames.values()
    assert len(frame.highlighted.rings.points()) == 30


def test_the_layer_line_of_the_map_is_dragged_up_and_down(tokens, qtbot):
    line = marks_of(tokens.panels["adjustments"])["layer"].line
    line.setValue(21.2)
    line.sigDragged.emit(line)
    assert tokens.selection.layer == 21
    settle(tokens, qtbot)
    assert line.value() == 21


def test_another_site_and_other_lags_are_computed_anew(tokens, qtbot):
    with qtbot.waitSignal(tokens.controller.finished, timeout=60_000):
        choose(tokens.panels["adjustments"].site, "MLP output")
    assert tokens.controller.results["regression"].site == "mlp_out"
    regression = tokens.panels["regression"]
    with qtbot.waitSignal(tokens.controller.finished, timeout=60_000):
        regression.lags.setValue(4)
    with qtbot.waitSignal(tokens.controller.finished, timeout=60_000):
        regression._others["surprisal"].trigger()
    with qtbot.waitSignal(tokens.controller.finished, timeout=60_000):
        regression._robust.trigger()
    with qtbot.waitSignal(tokens.controller.finished, timeout=60_000):
        regression.drop.setValue(3)
    result = tokens.controller.results["regression"]
    assert result.terms == ("const", "t-1", "t-2", "t-3", "t-4", "surprisal")
    assert (result.rows[0], result.n) == (7, 83)
    assert result.params.covariance == "HC3"
    settle(tokens, qtbot)
    assert tokens.panels["token-details"].coefficients.rowCount() == 6


def test_a_predictor_that_is_drawn_and_taken_back_gives_way_to_the_lags(tokens, qtbot):
    panel = tokens.panels["regression"]
    with qtbot.waitSignal(tokens.controller.finished, timeout=60_000):
        panel._others["entropy"].trigger()
    choose(panel.chooser, "β of entropy")
    settle(tokens, qtbot)
    assert "entropy" in marks_of(panel)
    with qtbot.waitSignal(tokens.controller.finished, timeout=60_000):
        panel._others["entropy"].trigger()
    settle(tokens, qtbot)
    assert "β(t−1)" in marks_of(panel)
    assert panel.chooser.currentData() == "lags"


def test_filled_markers_are_the_layers_with_q_below_5_percent(tokens, qtbot):
    settle(tokens, qtbot)
    result = tokens.controller.results["regression"]
    points = marks_of(tokens.panels["regression"])["β(t−1)"]
    filled = [points.brushes[which].name() != tokens.theme.surface for which in points.which]
    np.testing.assert_array_equal(filled, result.q[:, 1] < 0.05)


def test_every_check_of_the_fit_is_drawn(tokens, qtbot):
    panel = tokens.panels["fit"]
    tokens.selection.layer = 4
    result = tokens.controller.results["regression"]
    for check in ("residuals", "order", "histogram", "predicted", "design"):
        panel.set_view(check=check)
        settle(tokens, qtbot)
        assert tokens.grab().width() > 0
        if check == "predicted":
            points = marks_of(panel)["tokens"]
            np.testing.assert_allclose(points.x, result.predicted[4])
            np.testing.assert_allclose(points.y, result.observed[4])
    assert marks_of(panel)["z"].pixels.shape[:2] == (87, 3)
    qtbot.mouseMove(panel.canvas.viewport(), at(panel, 1, result.rows[5]))
    qtbot.wait_until(lambda: tokens.selection.hovered_token == result.rows[5])
    lagged = f"{result.design[4, 5, 1]:.2f}".replace("-", "−")
    assert f"t−1: {lagged}" in panel.read_out.text()


def test_a_short_text_says_how_many_tokens_a_regression_needs(tokens, qtbot):
    for content in ("A", "one two three four"):
        capture(tokens, qtbot, content)
        (frame,) = tokens.panels["fit"].canvas.frames.values()
        assert "at least 7 tokens" in frame._inside.toPlainText()
        assert "at least 7 tokens" in tokens.panels["token-details"].summary.text()
        assert not tokens.messages.isVisible()
        assert tokens.grab().width() > 0


def test_no_text_and_too_long_a_text_are_explained(tokens, qtbot):
    before = tokens.controller.results["adjustments"]
    editor = tokens.panels["text"].editor
    editor.clear()
    tokens.runs.capture()
    assert "there is no text" in tokens.messages.label.text()
    n = tokens.controller.model.info.context_length
    editor.setPlainText("word " * (n + 5))
    with qtbot.waitSignal(tokens.controller.failed, timeout=60_000):
        tokens.runs.capture()
    assert f"context window {n:,}" in tokens.messages.label.text()
    assert tokens.controller.results["adjustments"] is before


def test_hostile_text_is_shown_as_it_is(tokens, qtbot):
    capture(tokens, qtbot, " ".join(HOSTILE))
    result = tokens.controller.results["adjustments"]
    assert np.isfinite(result.norms).all()
    for token in (0, 40, len(result.tokens) - 1):
        tokens.selection.token, tokens.selection.tokens = token, (token,)
        settle(tokens, qtbot)
        assert tokens.grab().width() > 0
    details = tokens.panels["token-details"]
    assert details.selected_title.textFormat() == Qt.TextFormat.PlainText


def curves_of(panel):
    """The points of the runs that are compared, this one first."""
    return [(drawn.x, drawn.y) for name, drawn in marks_of(panel).items() if name[-1].isdigit()]


def test_kept_curves_stand_beside_those_of_another_text(tokens, qtbot):
    tokens.pages.reveal("token-compare")
    panel = tokens.panels["token-compare"]
    panel.keep_button.click()
    assert panel.keep_button.text() == "Let go"
    before = tokens.controller.results["adjustments"]
    capture(tokens, qtbot, "Another text altogether, about ships and shoes and sealing wax.")
    after = tokens.controller.results["adjustments"].kept.mean(axis=1)
    shown = curves_of(panel)
    np.testing.assert_allclose(shown[0][1], after)
    np.testing.assert_allclose(shown[1][1], before.kept.mean(axis=1))
    assert (shown[0][0][0], shown[0][0][-1]) == (0, 1)
    panel.set_view(quantity="skew")
    settle(tokens, qtbot)
    np.testing.assert_allclose(curves_of(panel)[1][1], before.skew)
    panel.keep_button.click()
    settle(tokens, qtbot)
    assert len(curves_of(panel)) == 1


def test_another_model_is_compared_on_relative_depth(tokens, qtbot):
    from transformers import LlamaConfig, LlamaForCausalLM

    from laminoscope_core import wrap_model

    tokens.pages.reveal("token-compare")
    panel = tokens.panels["token-compare"]
    panel.keep_button.click()
    before = tokens.controller.results["adjustments"].kept.mean(axis=1)
    config = LlamaConfig(
        vocab_size=49152,
        hidden_size=24,
        intermediate_size=32,
        num_hidden_layers=5,
        num_attention_heads=3,
    )
    other = wrap_model(LlamaForCausalLM(config), tokens.controller.model.tokenizer)
    tokens.controller._take_model(other)
    tokens.forms.model = tokens.forms.model.model_copy(update={"source": other.info.source})
    with qtbot.waitSignal(tokens.controller.finished, timeout=60_000):
        tokens.runs.capture()
    qtbot.wait_until(tokens.updates.idle)
    shown = curves_of(panel)
    after = tokens.controller.results["adjustments"].kept.mean(axis=1)
    np.testing.assert_allclose(shown[0][1], after)
    np.testing.assert_allclose(shown[0][0], np.linspace(0, 1, 5))
    np.testing.assert_allclose(shown[1][1], before)
    np.testing.assert_allclose(shown[1][0], np.linspace(0, 1, 30))


def test_edits_files_and_drops_reach_the_text(tokens, qtbot, tmp_path):
    panel = tokens.panels["text"]
    panel.editor.insertPlainText("Once\u00a0more. ")
    assert panel.capture_button.text() == "Capture the changes"
    assert panel.section().content.startswith("Once\u00a0more. The observatory")
    file = tmp_path / "a.txt"
    file.write_text("line one\nline two", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    panel.editor.insertFromMimeData(mime)
    assert panel.section() == TextSection(content="line one\nline two")
    file.write_bytes("Grün\r\nist".encode("utf-16"))
    tokens.opening.open_path(file)
    assert panel.section() == TextSection(content="Grün\nist")
    file.write_bytes(b"\x80\xfe")
    tokens.opening.open_path(file)
    assert "not UTF-8" in tokens.messages.label.text()
    file.write_bytes(b"")
    tokens.opening.open_path(file)
    assert "there is no text" in tokens.messages.label.text()


def test_help_opens_in_the_details_of_the_task(tokens):
    tokens.panels["regression"].help_wanted.emit("regression")
    assert "95 % intervals" in tokens.panels["token-details"].help.toPlainText()
