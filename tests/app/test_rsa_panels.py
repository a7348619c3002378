"""Heads and depth on the page of words: tabs beside the laminar curves, linked to all panels."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from laminoscope_core.session import Session, load_session, save_session
from laminoscope_core.tables import Table

pytestmark = pytest.mark.model

KINDS = ("rsa-heads", "rsa-depth")


@pytest.fixture
def page(running, qtbot):
    """The window with both panels drawn, the heads in front."""
    for name in reversed(KINDS):
        running.pages.reveal(name)
        qtbot.wait_until(lambda name=name: running.panels[name].shown is not None)
    running.undo.forget()
    qtbot.wait_until(running.updates.idle)
    return running


def click(qtbot, panel, frame, x, y):
    """Click a place of a frame, as its axes say."""
    scene = panel.canvas.frames[frame].vb.mapViewToScene(QPointF(x, y))
    where: QPoint = panel.canvas.mapFromScene(scene)
    qtbot.mouseClick(panel.canvas.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.wait_until(panel.window().updates.idle)


def choose(box, text):
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def test_a_click_selects_layer_and_head_and_what_is_shown_follows(page, qtbot):
    panel, selection = page.panels["rsa-heads"], page.selection
    result = page.controller.results["rsa-heads"]
    click(qtbot, panel, "layers", 20, 7)
    assert (selection.layer, selection.head) == (20, 7)
    shown = panel.shown.frames["heads"].marks["map"].values
    np.testing.assert_array_equal(shown, result.r["q"][20, :, :-1])
    click(qtbot, panel, "heads", 2, 5)
    assert (selection.layer, selection.head) == (20, 2)
    choose(panel.sites, "K")
    qtbot.wait_until(page.updates.idle)
    assert panel.shown.frames["heads"].marks["head x"].at == 0
    click(qtbot, panel, "layers", 4, 2)
    assert (selection.layer, selection.head) == (4, 6)


def test_numbers_of_heads_are_those_of_their_similarities(page):
    """Of the default model: head 5 of layer 11, from what was captured."""
    words, result = page.controller.results["words"], page.controller.results["rsa-heads"]
    first, second = np.triu_indices(len(words.words), 1)

    def pairs(rows):
        rows = rows.reshape(len(rows), -1).astype(float)
        rows /= np.linalg.norm(rows, axis=1)[:, None]
        return (rows @ rows.T)[first, second]

    q = words.target["q"][11]
    expected = np.corrcoef(pairs(q[:, 5]), pairs(q))[0, 1]
    assert result.r["q"][11, 5, -1] == pytest.approx(expected, abs=2e-6)
    expected = np.corrcoef(pairs(q[:, 5]), pairs(q[:, 1]))[0, 1]
    assert result.r["q"][11, 5, 1] == pytest.approx(expected, abs=2e-6)
    assert [result.n_heads(site) for site in "qkv"] == [9, 3, 3]


def test_a_click_in_depth_selects_the_layer_of_the_row(page, qtbot):
    page.pages.reveal("rsa-depth")
    panel = page.panels["rsa-depth"]
    choose(panel.second, "V")
    qtbot.wait_until(page.updates.idle)
    click(qtbot, panel, "map", 3, 25)
    assert page.selection.layer == 25
    shown, scores = panel.shown, page.controller.results["rsa"]
    np.testing.assert_allclose(
        shown.frames["curves"].marks["diagonal"].y, scores.curve("q-v", "all"), atol=1e-12
    )
    page.undo.stack.undo()
    assert panel.choices.second == "q"
    page.undo.stack.redo()
    assert panel.choices.second == "v"


def test_a_change_of_correlation_renews_both(page, qtbot):
    choice = page.panels["laminar"].correlation
    choose(choice, "Spearman ρ")
    results = page.controller.results
    qtbot.wait_until(
        lambda: all(
            name in results and results[name].scored.correlation == "spearman" for name in KINDS
        ),
        timeout=60_000,
    )
    depth = results["rsa-depth"]
    assert depth.r[0, 4, 1, 4] == pytest.approx(results["rsa"].curve("q-k", "all")[4], abs=1e-12)


def test_choices_and_results_come_back_from_a_session(page, another_window, tmp_path):
    page.panels["rsa-heads"].set_view(heads_of="v", value="d")
    page.panels["rsa-depth"].set_view(first="k", second="v")
    file = tmp_path / "heads.laminoscope"
    run = page.controller.snapshot()
    save_session(file, Session(run.experiment, run, page.selection))
    back = load_session(file).run
    for name in KINDS:
        for field in ("r", "reasons"):
            before, after = (getattr(of[name], field) for of in (run.results, back.results))
            if isinstance(before, dict):
                for site in before:
                    np.testing.assert_array_equal(after[site], before[site])
            else:
                np.testing.assert_array_equal(after, before)
    state = page.panels["rsa-heads"].save_state()
    other = another_window()
    other.panels["rsa-heads"].restore_state(state)
    assert other.panels["rsa-heads"].choices.heads_of == "v"
    assert other.panels["rsa-heads"].choices.value == "d"


def test_figures_and_tables_are_of_what_is_shown(page, qtbot):
    page.panels["rsa-heads"].set_view(value="d")
    page.selection.layer = 13
    page.pages.reveal("rsa-depth")
    qtbot.wait_until(page.updates.idle)
    for name in KINDS:
        spec = page.panels[name].figure()
        assert (spec.kind, spec.view.layer) == (name, 13)
        table = spec.shown(page.controller.results).table
        assert isinstance(table, Table)
        assert len(table) > 100


def test_without_activations_heads_are_let_go_where_all_else_is_renewed(running, qtbot, tmp_path):
    file = tmp_path / "small.laminoscope"
    save_session(file, Session(running.forms.experiment("words"), running.controller.snapshot()),
                 activations=False)  # fmt: skip
    running.files.open(file)
    controller = running.controller
    qtbot.wait_until(lambda: not controller.results["words"].has_rows)
    choose(running.panels["laminar"].correlation, "Spearman ρ")
    results = controller.results
    qtbot.wait_until(
        lambda: "rsa-depth" in results and results["rsa-depth"].scored.correlation == "spearman",
        timeout=60_000,
    )
    qtbot.wait_until(lambda: not controller.busy(), timeout=60_000)
    assert "rsa-heads" not in results
    assert running.messages.label.text() == ""
