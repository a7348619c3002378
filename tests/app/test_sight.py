"""Predictors, word map, contrast and dendrograms in the window: chosen, clicked, undone, kept."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from laminoscope_core.analysis import rsa_map

pytestmark = pytest.mark.model


@pytest.fixture
def sight(running, qtbot):
    """The window with all that the new panels show."""
    there = ("dendrogram", "rsa-map", "rsa-predictors")
    qtbot.wait_until(
        lambda: all(name in running.controller.results for name in there), timeout=60_000
    )
    settle(running, qtbot)
    return running


def settle(window, qtbot):
    qtbot.wait_until(lambda: not window.controller.busy() and window.updates.idle(), timeout=60_000)


def front(window, name, qtbot):
    window.pages.reveal(name)
    settle(window, qtbot)
    qtbot.wait_until(lambda: window.panels[name].shown is not None)
    return window.panels[name]


def test_clicking_a_point_of_the_map_selects_its_word_everywhere(sight, qtbot):
    panel = front(sight, "rsa-map", qtbot)
    frame = panel.canvas.frames["map"]
    places = sight.controller.results["rsa-map"].places["q"][sight.selection.layer]
    alone = int(np.argmax(np.linalg.norm(places - places.mean(axis=0), axis=1)))
    scene = frame.vb.mapViewToScene(QPointF(*places[alone]))
    where = panel.canvas.mapFromScene(scene)
    qtbot.mouseClick(panel.canvas.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert sight.selection.word == alone
    settle(sight, qtbot)
    assert len(panel.shown.frames["map"].marks["word"].x) == 1


def test_the_map_follows_layer_and_site(sight, qtbot):
    panel = front(sight, "rsa-map", qtbot)
    result = sight.controller.results["rsa-map"]
    box = next(b for b in panel.findChildren(type(panel.method)) if b.findData("k") >= 0)
    box.setCurrentIndex(box.findData("k"))
    box.activated.emit(box.currentIndex())
    sight.selection.layer = 7
    settle(sight, qtbot)
    assert sight.selection.site == "k"
    np.testing.assert_array_equal(panel.shown.table.columns["x"], result.places["k"][7][:, 0])


def test_another_way_of_laying_out_is_computed_and_undone(sight, qtbot):
    panel = front(sight, "rsa-map", qtbot)
    before = sight.controller.results["rsa-map"]
    panel.method.setCurrentIndex(panel.method.findText("non-metric scaling"))
    panel.method.activated.emit(panel.method.currentIndex())
    qtbot.wait_until(
        lambda: (
            sight.controller.results["rsa-map"].params.method == "nonmetric"
            and sight.controller.results["rsa-map"].complete
        ),
        timeout=60_000,
    )
    settle(sight, qtbot)
    assert panel.shown.title.endswith("non-metric scaling")
    after = sight.controller.results["rsa-map"]
    assert all((after.stress[site] < before.stress[site]).all() for site in after.sites)
    sight.undo.undo()
    settle(sight, qtbot)
    assert sight.controller.results["rsa-map"].params == rsa_map.Params()


def test_maps_in_the_order_of_a_dendrogram_select_the_words_they_show(sight, qtbot):
    panel = sight.panels["similarity"]
    panel.order.setCurrentIndex(panel.order.findData("v"))
    panel.order.activated.emit(panel.order.currentIndex())
    settle(sight, qtbot)
    assert sight.undo.stack.undoText() == "Choose dendrogram V"
    order = sight.controller.results["dendrogram"].order["v"][sight.selection.layer]
    words = sight.controller.results["similarity"].words
    assert panel.shown.frames["k"].x.names == tuple(words[at] for at in order)
    frame = panel.canvas.frames["k"]
    where = panel.canvas.mapFromScene(frame.vb.mapViewToScene(QPointF(2, 20)))
    qtbot.mouseClick(panel.canvas.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert sight.selection.pair == tuple(sorted((int(order[2]), int(order[20]))))
    assert panel.save_state()["order"] == "v"
    sight.undo.undo()
    settle(sight, qtbot)
    assert panel.shown.frames["k"].x.names == words


def test_predictors_are_all_computed_and_one_site_fills_the_panel(sight, qtbot):
    panel = front(sight, "rsa-predictors", qtbot)
    assert list(panel.shown.frames) == ["q", "k", "v"]
    assert sight.controller.results["rsa-predictors"].predictors == (
        "category",
        "n_tokens",
        "length",
    )
    panel.only.setCurrentIndex(panel.only.findData("k"))
    panel.only.activated.emit(panel.only.currentIndex())
    settle(sight, qtbot)
    assert list(panel.shown.frames) == ["k"]
    assert panel.figure().view.only == "k"


def test_the_contrast_stands_beside_the_unity_plot(sight, qtbot):
    panel = front(sight, "rsa-contrast", qtbot)
    chance = sight.controller.results["rsa-chance"].contrast
    marks = panel.shown.frames["contrast"].marks
    np.testing.assert_array_equal(marks["q-v"].y, chance.score[:, 1])
    np.testing.assert_array_equal(marks["q-v band"].high, chance.high[:, 1])


def test_names_of_the_pairs_that_agree_least_can_be_switched_off(sight, qtbot):
    panel = sight.panels["pairs"]
    assert len(panel.shown.frames["pairs"].marks["least names"].texts) == 5
    panel.choose("Switch Names off", named=False)
    settle(sight, qtbot)
    assert panel.shown.frames["pairs"].marks["least names"].texts == ()
