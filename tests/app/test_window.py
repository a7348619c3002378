"""The window on the default model: what a person does in the first minutes."""

import gc
import json
import weakref
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLayoutItem,
    QMenu,
    QScrollArea,
    QToolButton,
    QWidget,
)
from shiboken6 import getAllValidWrappers, isValid

from laminoscope import layouts
from laminoscope.main_window import MainWindow
from laminoscope.model_menu import ModelMenu
from laminoscope.preferences import Preferences
from laminoscope.window.overlay import Overlay
from laminoscope.window.side_column import FoldButton
from laminoscope_core.analysis import rsa_chance, separability_chance, similarity
from laminoscope_core.experiment import Experiment
from laminoscope_widgets.proportion import tell_text_size
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import DARK

pytestmark = pytest.mark.model


def viewport_position(panel, plot, x, y) -> QPoint:
    """Where a plot coordinate is, in the canvas's viewport."""
    return panel.canvas.mapFromScene(plot.vb.mapViewToScene(QPointF(x, y)))


def drag(qtbot, viewport, start: QPoint, stop: QPoint, steps: int = 20) -> None:
    """Press, move in steps, and release, as a hand would: pyqtgraph takes 100 moves a second."""
    none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton

    def send(kind, point, button, buttons):
        position, modifiers = QPointF(point), Qt.KeyboardModifier.NoModifier
        where = viewport.mapToGlobal(position)
        event = QMouseEvent(kind, position, where, button, buttons, modifiers)
        QGuiApplication.sendEvent(viewport, event)

    send(QEvent.Type.MouseMove, start, none, none)
    qtbot.wait(12)
    send(QEvent.Type.MouseButtonPress, start, left, left)
    for step in range(1, steps + 1):
        send(QEvent.Type.MouseMove, start + (stop - start) * step / steps, none, left)
        qtbot.wait(12)
    send(QEvent.Type.MouseButtonRelease, stop, left, none)


def settle(qtbot, panel) -> None:
    """Wait until all panels have drawn what they were asked to draw."""
    qtbot.wait_until(panel.window().updates.idle)


def test_first_start_opens_the_default_model_and_shows_the_golden_curves(window, qtbot, golden):
    with qtbot.waitSignal(window.controller.finished, timeout=240_000):
        window.begin(sample="words-qkv")
    laminar = window.panels["laminar"]
    settle(qtbot, laminar)
    for subset, name in (("all", "rsa"), ("within", "within"), ("across", "across")):
        drawn = laminar.canvas.frames[subset].drawn
        expected = np.array(golden["results"][name]).T
        for pair, column in zip(("q-k", "q-v", "k-v"), expected, strict=True):
            np.testing.assert_allclose(drawn[pair].mark.y, column, atol=1e-3)
    assert window.status.model.text().startswith("SmolLM2 135M Instruct · 30 layers · cpu")


def test_a_window_that_is_gone_leaves_nothing(qtbot, qapp, default_model):
    gc.collect()
    before = len(qapp.allWidgets())
    window = MainWindow()
    window.controller.model = default_model
    window.controller.model_opened.emit(default_model.info)
    window.controller.params["rsa-chance"] = rsa_chance.Params(n_permutations=99, n_resamples=49)
    window.controller.params["separability-chance"] = separability_chance.Params(99)
    window.show()
    with qtbot.waitSignal(window.controller.finished, timeout=120_000):
        window.begin(sample="words-qkv")
    for task in layouts.TASKS[1:]:
        with qtbot.waitSignal(window.controller.finished, timeout=120_000):
            window.runs.show_task(task)
    qtbot.wait_until(window.updates.idle)
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    gone = weakref.ref(window)
    del window
    gc.unfreeze()  # importing a library has frozen what stood then, of the window too
    gc.collect()
    gc.freeze()  # or every later test looks through all that the libraries have made
    assert gone() is None
    assert len(qapp.allWidgets()) <= before


def test_a_task_visited_again_shows_its_own_panels_only(window, qtbot):
    tasks = {task.id: task for task in layouts.TASKS}
    for name in ("tokens", "words", "continuation", "tokens", "words", "tokens"):
        window.runs.show_task(tasks[name])
        qtbot.wait(10)
        behind = {panel for together in tasks[name].tabs for panel in together[1:]}
        assert visible_panels(window) == set(tasks[name].panels) - behind
        assert window.pages.stack.currentWidget().objectName() == f"page:{name}"
        assert window.height() <= 900


def test_a_notice_that_is_gone_is_known_to_nobody(qtbot):
    """What Python still knew at its address would be taken for whatever comes to lie there."""
    below, notice = QWidget(), QLabel("Notice")
    qtbot.addWidget(below)
    overlay = Overlay(below)
    below.show()
    before = known_layout_items()
    overlay.add(notice)
    qtbot.wait_until(lambda: notice.isVisible() and overlay.height() > 10)
    notice.deleteLater()
    qtbot.wait_until(lambda: not isValid(notice))
    assert known_layout_items() <= before


def known_layout_items():
    gc.collect()
    return sum(isinstance(each, QLayoutItem) for each in getAllValidWrappers())


def visible_panels(window):
    return {name for name, panel in window.panels.items() if panel.isVisible()}


def test_every_page_fits_a_small_screen(window, qtbot):
    """Nothing needs more than 1280 × 720: rows that find no room would have to be scrolled to."""
    for task, size in product(layouts.TASKS, ((1280, 720), (1400, 900))):
        window.resize(*size)
        window.runs.show_task(task)
        qtbot.wait(10)
        assert window.size().toTuple() == size
        middle = window.pages.page.findChild(QScrollArea, "rows")
        assert not middle.verticalScrollBar().isVisible()
        assert not middle.horizontalScrollBar().isVisible()


def test_side_columns_fold_on_a_narrow_page_and_come_back(window, qtbot):
    words, details = window.panels["words"], window.panels["details"]
    assert words.isVisible()
    assert details.isVisible()
    window.resize(1280, 720)
    assert not words.isVisible()
    assert not details.isVisible()
    (button,) = (b for b in window.pages.page.findChildren(FoldButton) if "Words" in b.toolTip())
    assert button.toolTip() == "Show Words."
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert words.isVisible()
    assert not details.isVisible()
    window.resize(1400, 900)
    assert details.isVisible()
    window.actions_by_id["view.details"].trigger()
    assert not details.isVisible()


def test_large_text_folds_the_side_columns_on_a_wider_page(window, qapp):
    usual = QFont(qapp.font())
    larger = QFont(usual)
    larger.setPixelSize(18)
    try:
        qapp.setFont(larger)
        assert window.width() == 1400
        assert window.pages.page.folds("words")
    finally:
        qapp.setFont(usual)
    assert not window.pages.page.folds("words")


@pytest.fixture
def large_text(window, qtbot):
    """The window with text of 14 points."""
    own = QFont(QApplication.font())
    window.preferences.font_size = 14
    window._use_preferences()
    qtbot.wait_until(lambda: window.tools.alter.font().pointSize() == 14)
    yield window
    QApplication.setFont(own)
    QApplication.sendPostedEvents()
    tell_text_size()


def test_large_text_leaves_all_of_the_toolbar(large_text, qtbot):
    tools, actions = large_text.tools, large_text.actions_by_id
    tools._model.setText("SmolLM2 135M Instruct ▾")
    tools.device.setText("cpu · float32")
    more = tools.findChild(QToolButton, "qt_toolbar_ext_button")
    pressed = [tools.widgetForAction(actions[name]) for name in ("run.capture", "help.palette")]
    for size in ((1280, 720), (1400, 900)):
        large_text.resize(*size)
        qtbot.wait_until(lambda: tools.width() == large_text.width() and not more.isVisible())
        for each in (*pressed, tools.alter, tools.layer, tools._model):
            assert each.isVisible()
            assert tools.rect().contains(each.geometry())
    assert pressed[0].toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    assert pressed[0].accessibleName() or pressed[0].text()


def test_large_text_leaves_whole_cards_in_the_chain(large_text, qtbot):
    large_text.pages.show(layouts.task_of("chain"))
    large_text.panels["chain"].add("dry")  # the one with most to set
    chain = large_text.panels["chain"]
    chain._stack.setCurrentIndex(1)
    qtbot.wait_until(lambda: chain.cards[-1].isVisible())
    qtbot.wait_until(lambda: chain.cards_area.verticalScrollBar().maximum() == 0)
    draw = chain.draw_card
    draw.drawn.setText("·the\nrank 1, p = 0.7986\nu = 0.5928")
    qtbot.wait_until(lambda: draw.drawn.height() >= draw.drawn.heightForWidth(draw.drawn.width()))
    whole = draw.rect()
    for each in (draw.stop_tokens, draw.seed, draw.drawn):
        assert whole.contains(each.geometry())


def test_a_panel_fills_the_page_and_escape_returns(window, qtbot):
    before = visible_panels(window)
    unity = window.panels["unity"]
    qtbot.mouseClick(fill_button(unity), Qt.MouseButton.LeftButton)
    assert visible_panels(window) == {"unity"}
    assert unity.width() > 1300
    window.actions_by_id["select.clear"].trigger()
    assert visible_panels(window) == before
    for name in window.pages.task.panels:
        window.pages.reveal(name)
        qtbot.mouseClick(fill_button(window.panels[name]), Qt.MouseButton.LeftButton)
        assert visible_panels(window) == {name}
        qtbot.mouseClick(fill_button(window.panels[name]), Qt.MouseButton.LeftButton)
    for together in window.pages.task.tabs:
        window.pages.reveal(together[0])
    assert visible_panels(window) == before


def fill_button(panel):
    buttons = panel.title_bar.findChildren(QToolButton)
    return next(b for b in buttons if b.accessibleName().startswith(("Fill", "Return")))


def test_the_keyboard_goes_from_panel_to_panel(window, qtbot):
    seen, there = [], visible_panels(window)
    for _ in there:
        window.actions_by_id["view.next_panel"].trigger()
        seen.append(window.pages.panel_in_use().id)
        assert window.panels[seen[-1]].property("inUse")
    assert set(seen) == there
    window.actions_by_id["view.previous_panel"].trigger()
    assert window.pages.panel_in_use().id == seen[-2]


def test_the_guide_opens_at_what_has_the_keyboard(window, qtbot):
    window.panels["unity"].take_keyboard()
    window.actions_by_id["help.guide"].trigger()
    assert window.help.guide.topics.currentItem().text() == "Unity"


def test_layouts_stored_before_they_were_kept_apart_are_discarded(window):
    settings = window.preferences._settings
    settings.setValue("layouts/words", window.saveState())
    settings.setValue("layouts-2/words", window.saveState())
    Preferences()
    assert settings.value("layouts/words") is None
    assert settings.value("layouts-2/words") is None


def test_dragging_the_layer_line_moves_every_panel(running, qtbot):
    laminar, similarity = running.panels["laminar"], running.panels["similarity"]
    settle(qtbot, laminar)
    running.selection.layer = 3
    settle(qtbot, laminar)
    plot = laminar.canvas.frames["within"]
    viewport = laminar.canvas.viewport()
    start, stop = (viewport_position(laminar, plot, layer, 0.5) for layer in (3, 20))
    drag(qtbot, viewport, start, stop)
    assert running.selection.layer == 20
    settle(qtbot, similarity)
    result = running.controller.results["similarity"]
    for site, frame in similarity.canvas.frames.items():
        np.testing.assert_array_equal(frame.drawn["map"].mark.values, result.matrices[site][20])
    assert running.tools.layer.value() == 20
    assert "layer 20" in similarity._note.toolTip()
    for frame in laminar.canvas.frames.values():
        assert frame.drawn["layer"].line.value() == pytest.approx(20, abs=0.6)
    assert running.panels["details"].layer_title.text() == "Layer 20 of 0–29"


def test_a_step_only_moves_the_line_and_other_results_are_drawn(running, qtbot):
    laminar = running.panels["laminar"]
    settle(qtbot, laminar)
    drawn = laminar.canvas.frames["within"].drawn
    curve = drawn["q-k"].mark
    running.selection.layer = 5
    settle(qtbot, laminar)
    assert drawn["layer"].mark.at == 5
    assert drawn["q-k"].mark is curve
    scores = running.controller.results["rsa"]
    other = replace(scores, r=-scores.r)
    laminar.set_result("rsa", other)
    running.selection.layer = 6
    settle(qtbot, laminar)
    within = other.subsets.index("within")
    np.testing.assert_array_equal(drawn["q-k"].mark.y, other.r[:, 0, within])


def tinted(table):
    indexes = (table.index(row, 1) for row in range(table.rowCount()))
    return [index.data() for index in indexes if index.data(Qt.ItemDataRole.BackgroundRole)]


def test_escape_lets_go_of_a_row_which_can_be_chosen_again(running, qtbot):
    words = running.panels["words"]
    index = words.table.index(3, 1)
    for _ in range(2):
        qtbot.mouseClick(
            words.view.viewport(),
            Qt.MouseButton.LeftButton,
            pos=words.view.visualRect(index).center(),
        )
        assert running.selection.word == 3
        settle(qtbot, words)
        assert words.view.chosen_rows() == [3]
        running.clear_selection()
        settle(qtbot, words)
        assert words.view.chosen_rows() == []


def test_a_plot_of_which_only_a_part_is_new_is_stale(running, qtbot):
    pairs, run = running.panels["pairs"], running.controller.held.made_by["similarity"]
    kept = dict(pairs.results)
    assert not pairs.is_stale({"rsa": run})
    pairs.take_result("similarity", kept["similarity"], run + 1)
    assert pairs.is_stale({"rsa": run + 1})
    assert not pairs.is_stale({})
    for name in ("similarity", "rsa"):
        pairs.take_result(name, kept[name], run)
    settle(qtbot, pairs)


def test_clicking_a_cell_selects_the_pair_everywhere(running, qtbot):
    similarity, pairs = running.panels["similarity"], running.panels["pairs"]
    settle(qtbot, similarity)
    position = viewport_position(similarity, similarity.canvas.frames["k"], 2, 0)
    qtbot.mouseMove(similarity.canvas.viewport(), position)
    qtbot.wait_until(similarity.read_out.isVisible)
    layer = running.selection.layer
    value = running.controller.results["similarity"].matrices["k"][layer][0, 2]
    said = similarity.read_out.text()
    assert said.startswith("galaxy – comet, within space\nQ ")
    assert f"K {value:.2f}, V " in said
    assert (
        pairs.canvas.frames["pairs"].highlighted.rings.getData()[0].size == 1
    )  # where it is there
    qtbot.mouseClick(similarity.canvas.viewport(), Qt.MouseButton.LeftButton, pos=position)
    qtbot.wait_until(lambda: running.selection.pair == (0, 2))
    assert running.selection.site == "k"
    settle(qtbot, pairs)
    ringed = pairs.shown.frames["pairs"].marks["selected"]
    matrices = running.controller.results["similarity"].matrices
    assert (ringed.x[0], ringed.y[0]) == pytest.approx(
        (matrices["q"][layer][0, 2], matrices["k"][layer][0, 2])
    )
    assert running.panels["details"].selected_title.text() == "galaxy – comet"
    words = running.panels["words"]
    settle(qtbot, words)
    assert tinted(words.table) == ["galaxy", "comet"]
    running.clear_selection()
    settle(qtbot, words)
    assert tinted(words.table) == []
    settle(qtbot, pairs)
    assert pairs.shown.frames["pairs"].marks["selected"].x.size == 0


def test_arrow_keys_step_the_layer(running, qtbot):
    running.selection.layer = 5
    running.panels["laminar"].canvas.setFocus()
    qtbot.keyClick(running, Qt.Key.Key_Right)
    qtbot.keyClick(running, Qt.Key.Key_Right)
    qtbot.keyClick(running, Qt.Key.Key_Left)
    assert running.selection.layer == 6


def test_another_measure_recomputes_and_keeps_the_layer(running, qtbot):
    running.selection.layer = 9
    similarity = running.panels["similarity"]
    before = running.controller.results["similarity"].matrices["v"]
    with qtbot.waitSignal(running.controller.finished, timeout=60_000):
        similarity.measure.setCurrentIndex(similarity.measure.findText("cosine, z-scored"))
        similarity.measure.activated.emit(similarity.measure.currentIndex())
    result = running.controller.results["similarity"]
    rows = running.controller.results["words"].target["v"][9].reshape(34, -1).astype(float)
    z = (rows - rows.mean(0)) / rows.std(0)
    z /= np.linalg.norm(z, axis=1, keepdims=True)
    np.testing.assert_allclose(result.matrices["v"][9], z @ z.T, atol=1e-5)
    assert not np.allclose(before, result.matrices["v"])
    assert running.selection.layer == 9


def test_edited_words_are_captured_and_marked_until_then(running, qtbot):
    words = running.panels["words"]
    words.table.set_words([("a", "comet"), ("a", "sofa"), ("b", "pear"), ("b", "lime")])
    assert words.capture_button.text() == "Capture the changes"
    with qtbot.waitSignal(running.controller.finished, timeout=60_000):
        qtbot.mouseClick(words.capture_button, Qt.MouseButton.LeftButton)
    assert words.capture_button.text() == "Capture"
    result = running.controller.results["similarity"]
    assert result.words == ("comet", "sofa", "pear", "lime")
    assert words.table.index(1, 2).data() == "so fa"


def test_one_category_is_explained_not_crashed(running, qtbot):
    words = running.panels["words"]
    words.table.set_words([("a", "comet"), ("a", "sofa"), ("a", "pear")])
    with qtbot.waitSignal(running.controller.finished, timeout=60_000):
        running.runs.capture()
    scores = running.controller.results["rsa"]
    across = scores.subsets.index("across")
    assert np.isnan(scores.r[:, :, across]).all()
    assert "only one category" in scores.reasons[0, 0, across]
    running.selection.layer = 1
    settle(qtbot, running.panels["details"])
    assert not running.messages.isVisible()


HOSTILE = "<img src=x>", "</s>", "$$x_1$$", "שלום", "a\u202eb", "\u0301", "👩‍🚀", "<b>bold</b>"


def test_hostile_words_are_shown_as_they_are(running, qtbot):
    table, details = running.panels["words"].table, running.panels["details"]
    for word in HOSTILE:
        table.set_words([("a", "comet"), ("a", word), ("<i>b</i>", "pear"), ("b", "lime")])
        with qtbot.waitSignal(running.controller.finished, timeout=60_000):
            running.runs.capture()
        assert running.controller.results["similarity"].words[1] == word
        running.selection.pair = (0, 1)
        settle(qtbot, details)
        assert details.selected_title.textFormat() == Qt.TextFormat.PlainText
        assert details.selected_title.text() == safe_text(f"comet – {word}", limit=None)
        assert running.grab().width() > 0


def test_a_bad_model_leaves_what_was_shown_and_says_why(running, qtbot):
    before = running.controller.results["similarity"]
    with qtbot.waitSignal(running.controller.failed, timeout=60_000):
        running.runs.open_model("no such model")
    assert running.messages.isVisible()
    assert "no such model" in running.messages.label.text()
    assert running.controller.results["similarity"] is before
    assert running.panels["words"].table.words()[0] == ("space", "galaxy")


def test_cancel_stops_at_the_next_layer_and_keeps_results(running, qtbot):
    before = running.controller.results["similarity"]
    seen = []

    def stop(_fraction, text):
        seen.append(text)
        running.runs.cancel()

    running.controller.progressed.connect(stop)
    with qtbot.waitSignal(running.controller.cancelled, timeout=60_000):
        running.runs.capture()
    running.controller.progressed.disconnect(stop)
    assert running.controller.results["similarity"] is before
    assert not running.actions_by_id["run.cancel"].isEnabled()
    hooks = [
        len(module._forward_hooks) + len(module._forward_pre_hooks)
        for module in running.controller.model.hf.modules()
    ]
    assert sum(hooks) == 0
    with qtbot.waitSignal(running.controller.finished, timeout=60_000):
        running.runs.capture()


def test_starting_again_drops_the_results_of_the_run_before(running, qtbot):
    words = running.panels["words"]
    words.table.set_words([("a", "comet"), ("b", "pear"), ("b", "plum")])
    running.runs.capture()
    words.table.set_words([("a", "star"), ("b", "lime"), ("b", "fig")])
    received = []
    running.controller.result_ready.connect(lambda name, result: received.append((name, result)))
    with qtbot.waitSignal(running.controller.finished, timeout=60_000):
        running.runs.capture()
    similar = [result for name, result in received if name == "similarity"]
    assert [result.words for result in similar] == [("star", "lime", "fig")]


def test_closing_during_capture_ends_the_thread(running, qtbot):
    running.runs.capture()
    assert running.controller.busy()
    running.close()
    assert not running.controller.busy()
    assert not running.isVisible()


def test_themes_switch_while_results_are_shown(running, qtbot):
    running.use_dark()
    assert running.theme is DARK
    settle(qtbot, running.panels["laminar"])
    colour = running.panels["laminar"].canvas.backgroundBrush().color().name()
    assert colour == DARK.surface
    running.use_light()


def test_dropping_files_opens_them_or_says_what_can_be_opened(running, qtbot, tmp_path):
    csv = tmp_path / "words.csv"
    csv.write_text("word,category\nsun,space\npear,fruit\n", encoding="utf-8")
    words = running.panels["words"]
    before = words.table.words()
    assert running.opening.open_path(csv) is False
    assert words.table.words() == before, "it is shown and asked first"
    assert "category from “category”" in words.proposal.says.text()
    words.proposal.reject()
    assert words.table.words() == before
    running.opening.open_path(csv)
    words.proposal.replace_button.click()
    assert words.table.words() == [("space", "sun"), ("fruit", "pear")]
    assert words.proposal is None
    QGuiApplication.clipboard().setText("space\tmoon\n")
    words.paste()
    QGuiApplication.clipboard().setText("word;category\nmoon;space\nstar;space")
    words.paste()
    assert words.table.words()[2:] == [("space", "moon"), ("space", "star")]
    assert "1 of them stood in the list already" in words.count.text()
    QGuiApplication.clipboard().setText("space,lime\nfruit,plum,kiwi\n")
    words.paste()
    assert "Line 2: Commas divide it into 3 columns" in running.messages.label.text()
    running.opening.open_path(tmp_path / "picture.jpeg")
    assert "picture.jpeg is none of what can be opened" in running.messages.label.text()
    bad = tmp_path / "bad.toml"
    bad.write_text("[words]\ncarier = 'x'\n")
    running.opening.open_path(bad)
    assert "words.carier: unknown key" in running.messages.label.text()
    binary = tmp_path / "binary.csv"
    binary.write_bytes(b"\x80\xfe\x00\x01")
    running.opening.open_path(binary)
    assert "not UTF-8" in running.messages.label.text()


def test_exported_results_and_saved_experiment_can_be_read_back(
    running, qtbot, tmp_path, monkeypatch
):
    from laminoscope import opening

    monkeypatch.setattr(opening.QFileDialog, "getExistingDirectory", lambda *a, **k: str(tmp_path))
    running.exporting.export_results()
    qtbot.wait_until(lambda: not running.controller.jobs.live, timeout=60_000)
    provenance = json.loads((tmp_path / "provenance.json").read_text(encoding="utf-8"))
    assert provenance["model"]["source"] == "smollm2-135m"
    with np.load(tmp_path / "rsa/similarity.npz", allow_pickle=False) as saved:
        matrices = running.controller.results["similarity"].matrices
        np.testing.assert_array_equal(saved["q"], matrices["q"])
    target = str(tmp_path / "mine.toml")
    monkeypatch.setattr(opening.QFileDialog, "getSaveFileName", lambda *a, **k: (target, ""))
    running.opening.save_experiment()
    assert Experiment.from_file(target) == running.forms.kept()


def test_the_selected_pair_follows_its_words_into_a_new_list(running, qtbot):
    running.selection.pair = (0, 2)
    words = running.panels["words"]
    words.table.set_words([("b", "pear"), ("a", "comet"), ("b", "lime"), ("a", "galaxy")])
    with qtbot.waitSignal(running.controller.finished, timeout=60_000):
        running.runs.capture()
    assert running.selection.pair == (2, 3)  # the words stand by category
    words.table.set_words([("b", "pear"), ("a", "comet"), ("b", "lime")])
    with qtbot.waitSignal(running.controller.finished, timeout=60_000):
        running.runs.capture()
    assert running.selection.pair is None


def test_a_run_stopped_half_way_leaves_no_mixture(running, qtbot):
    words = running.panels["words"]
    words.table.set_words([("a", "comet"), ("a", "star"), ("b", "pear"), ("b", "lime")])

    def stop(name, _result):
        if name == "similarity":
            running.runs.cancel()

    running.controller.result_ready.connect(stop)
    with qtbot.waitSignal(running.controller.cancelled, timeout=60_000):
        running.runs.capture()
    running.controller.result_ready.disconnect(stop)
    results = running.controller.results
    assert results["similarity"].words == ("comet", "star", "pear", "lime")
    assert not {"rsa", "separability", "rsa-chance"} & results.keys()
    assert "rsa" not in running.panels["laminar"].results
    assert running.panels["laminar"]._stack.currentIndex() == 0
    assert running.controller.experiment.words.words == ("comet", "star", "pear", "lime")


def test_a_cancelled_edit_never_reaches_the_provenance(running, qtbot, tmp_path, monkeypatch):
    from laminoscope import opening

    with qtbot.waitSignal(running.controller.finished, timeout=60_000):
        running.controller.recompute("similarity", similarity.Params("pearson"))
    running.panels["words"].table.set_words([("a", "comet"), ("b", "pear")])
    running.controller.progressed.connect(running.runs.cancel)
    with qtbot.waitSignal(running.controller.cancelled, timeout=60_000):
        running.runs.capture()
    running.controller.progressed.disconnect(running.runs.cancel)
    monkeypatch.setattr(opening.QFileDialog, "getExistingDirectory", lambda *a, **k: str(tmp_path))
    running.exporting.export_results()
    qtbot.wait_until(lambda: not running.controller.jobs.live, timeout=60_000)
    record = json.loads((tmp_path / "provenance.json").read_text(encoding="utf-8"))
    assert len(record["experiment"]["words"]["categories"]["space"]) == 10
    assert record["parameters"]["similarity"]["measure"] == "pearson"
    assert record["parameters"]["rsa-chance"]["n_permutations"] == 99


def test_another_model_forgets_what_the_last_one_showed_in_every_task(running, qtbot, tmp_path):
    from laminoscope_core import wrap_model

    other = wrap_model(running.controller.model.hf, running.controller.model.tokenizer)
    dropped = []
    running.controller.results_dropped.connect(dropped.append)
    running.controller._take_model(other)
    assert {"words", "similarity", "rsa"} <= dropped[0]
    assert running.controller.results == {}
    assert all(not panel.results for panel in running.panels.values())


def test_an_experiment_opens_in_the_task_of_its_section(running, qtbot, tmp_path):
    file = tmp_path / "prompts.toml"
    file.write_text('[[prompts]]\ntext = "White hare upon"\n', encoding="utf-8")
    with qtbot.waitSignal(running.controller.finished, timeout=60_000):
        assert running.opening.open_path(file)
    assert running.pages.task.id == "continuation"
    assert running.controller.experiment.prompts[0].text == "White hare upon"
    assert running.panels["candidates"].isVisible()
    assert not running.panels["similarity"].isVisible()


def test_the_model_menu_offers_devices_and_precisions(running, qtbot):
    model_menu = running.findChild(ModelMenu)
    model_menu.aboutToShow.emit()
    menus = {menu.title(): menu for menu in model_menu.findChildren(QMenu)}
    assert menus["Device"].actions()[0].text() == "automatic"
    assert "cpu" in [action.text() for action in menus["Device"].actions()]
    bfloat16 = next(a for a in menus["Precision"].actions() if a.text() == "bfloat16")
    with qtbot.waitSignal(running.controller.finished, timeout=120_000):
        bfloat16.trigger()
    assert running.controller.model.info.dtype == "bfloat16"
    assert running.tools.device.text() == "cpu · bfloat16"


def test_a_task_shown_while_a_job_runs_is_run_after_it(running, qtbot):
    with qtbot.waitSignal(running.controller.finished, timeout=60_000):
        running.runs.capture()
        running.runs.show_task(layouts.TASKS[1])
    qtbot.wait_until(lambda: "regression" in running.controller.results, timeout=60_000)
    running.runs.capture()
    running.runs.show_task(layouts.TASKS[2])
    with qtbot.waitSignal(running.controller.cancelled, timeout=60_000):
        running.runs.cancel()
    assert "prompts" not in running.controller.results


def test_a_list_of_one_word_is_captured_and_shown(running, qtbot):
    running.panels["words"].table.set_words([("a", "comet")])
    with qtbot.waitSignal(running.controller.finished, timeout=60_000):
        running.runs.capture()
    settle(qtbot, running.panels["laminar"])
    assert running.controller.results["similarity"].matrices["q"].shape == (30, 1, 1)
    assert running.messages.isHidden()


def test_a_failed_open_leaves_the_model_the_next_run_and_the_status(running, qtbot, tmp_path):
    before = running.forms.model, running.status.model.text()
    with qtbot.waitSignal(running.controller.failed, timeout=60_000):
        running.runs.open_model(str(tmp_path / "no such folder"))
    assert (running.forms.model, running.status.model.text()) == before
    assert "no such folder" not in running.status.job.text()
    with qtbot.waitSignal(running.controller.finished, timeout=120_000):
        running.runs.capture()
    assert running.controller.model.info.source == "smollm2-135m"


def test_details_name_the_pairs_that_agree_least(qtbot, running):
    settle(qtbot, running.panels["details"])
    result, layer = running.controller.results["similarity"], running.selection.layer
    first, second = np.triu_indices(len(result.words), 1)
    x, y = (result.matrices[site][layer][first, second].astype(float) for site in ("q", "k"))
    off = np.abs(y - np.polyval(np.polyfit(x, y, 1), x))
    expected = [
        f"{result.words[first[at]]} – {result.words[second[at]]}" for at in np.argsort(-off)[:5]
    ]
    said = running.panels["details"].least.text().split("\n")
    assert said == ["Q–K agree least on:", *expected]
