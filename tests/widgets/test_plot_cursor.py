"""Moving inside a plot by the keyboard, and what a screen reader is told of it."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.selection import Selection
from laminoscope_widgets.panel import UpdateQueue, Workspace
from laminoscope_widgets.plot_panel import panel_of
from laminoscope_widgets.theme import LIGHT

from ..core.figures.made_up import word_results

LEFT, RIGHT, UP, DOWN = (getattr(Qt.Key, f"Key_{name}") for name in ("Left", "Right", "Up", "Down"))


@pytest.fixture
def shown(qtbot):
    """A function that shows a plot of ten made-up words and gives it the keyboard, by a key."""

    def make(plot, reason=Qt.FocusReason.TabFocusReason):
        results = word_results(10, 6, chance=False)
        workspace = Workspace(Selection(layer=1), LIGHT, UpdateQueue(QApplication.instance()))
        panel = panel_of(PLOTS[plot])(workspace)
        qtbot.addWidget(panel)
        panel.resize(900, 330)
        panel.show()
        for name, result in results.items():
            if name in panel.requires:
                panel.set_result(name, result)
        qtbot.wait_until(lambda: panel.shown is not None and workspace.updates.idle())
        panel.activateWindow()
        panel.canvas.setFocus(reason)
        qtbot.wait_until(panel.canvas.hasFocus)
        return panel, results

    return make


def press(qtbot, panel, *keys):
    for key in keys:
        qtbot.keyClick(panel.canvas, key)


def heard(panel):
    """What a screen reader is told of the plot."""
    tree = QAccessible.queryAccessibleInterface(panel.canvas)
    return tree.text(QAccessible.Text.Name), tree.text(QAccessible.Text.Description)


def test_arrows_go_from_cell_to_cell_and_return_selects(shown, qtbot):
    panel, results = shown("similarity")
    similar = results["similarity"]
    title, before = heard(panel)
    assert title == "Similarity"
    assert "10 words" in before
    press(qtbot, panel, RIGHT, RIGHT, RIGHT)
    assert panel.selection.hovered_pair == (0, 2)
    assert panel.selection.pair is None
    said = heard(panel)[1]
    assert similar.words[2] in said
    assert similar.words[0] in said
    assert f"{similar.matrices['q'][1][0, 2]:.2f}" in said
    assert panel.read_out.isVisible()
    press(qtbot, panel, Qt.Key.Key_Return)
    assert panel.selection.pair == (0, 2)
    press(qtbot, panel, Qt.Key.Key_PageDown, RIGHT)
    assert panel.selection.hovered_pair == (0, 1)
    assert f"{similar.matrices['k'][1][0, 1]:.2f}" in heard(panel)[1]
    press(qtbot, panel, Qt.Key.Key_Escape)
    assert panel.selection.hovered_pair is None
    assert heard(panel)[1] == before


def test_arrows_reach_every_cell_and_stop_at_the_edges(shown, qtbot):
    panel, _ = shown("similarity")
    press(qtbot, panel, RIGHT)
    seen = set()
    for number in range(10):
        for _ in range(9):
            press(qtbot, panel, LEFT if number % 2 else RIGHT)
            seen.add(panel.selection.hovered_pair)
        press(qtbot, panel, DOWN if panel.canvas.frames["q"].vb.yInverted() else UP)
    pairs = {(i, j) for i in range(10) for j in range(i + 1, 10)}
    assert seen - {None} == pairs


def telling_points(panel):
    """Where all points of the first frame stand that say something."""
    frame = next(iter(panel.canvas.frames.values()))
    marks = [drawn.mark for drawn in frame.drawn.values()]
    telling = [mark for mark in marks if getattr(mark, "says", None) and hasattr(mark, "marker")]
    return np.concatenate([np.stack([mark.x, mark.y], 1) for mark in telling])


@pytest.mark.parametrize(("key", "axis"), [(RIGHT, 0), (UP, 1)])
def test_arrows_reach_every_point_of_a_scatter_in_order(shown, qtbot, key, axis):
    panel, _ = shown("unity")
    places = telling_points(panel)
    different = set(map(tuple, places.tolist()))
    seen = []
    for _ in different:
        press(qtbot, panel, key)
        seen.append(panel._cursor._here[:2])
    assert set(seen) == different
    along = [place[axis] for place in seen]
    assert along == sorted(along)


def test_arrows_go_along_the_layers_of_curves(shown, qtbot):
    panel, results = shown("laminar")
    n_layers = len(results["rsa"].layers)
    press(qtbot, panel, RIGHT, *[Qt.Key.Key_PageDown] * 2)  # curves within categories
    press(qtbot, panel, *[RIGHT] * (n_layers + 2))
    for layer in reversed(range(n_layers)):
        assert panel.selection.hovered_layer == layer
        assert f"{results['rsa'].r[layer, 0, 1]:.2f}".replace("-", "−") in heard(panel)[1]
        press(qtbot, panel, LEFT)
    press(qtbot, panel, Qt.Key.Key_Return)
    assert panel.selection.layer == 0


def test_a_plot_that_was_clicked_leaves_the_arrows_to_the_window(shown, qtbot):
    panel, _ = shown("similarity", Qt.FocusReason.MouseFocusReason)
    press(qtbot, panel, RIGHT, RIGHT)
    assert panel.selection.hovered_pair is None
    assert not panel.read_out.isVisible()
