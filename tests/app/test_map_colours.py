"""Colours and limits chosen at a map: in the window, its session, its undoing and its figure."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QMenu, QMessageBox

from laminoscope_core.theme import SEQUENTIAL_MAPS
from laminoscope_widgets.map_colours import LimitsDialog, colours_menu
from laminoscope_widgets.marks.shades import shade_map

pytestmark = pytest.mark.model


@pytest.fixture
def panel(running, qtbot):
    qtbot.wait_until(running.updates.idle)
    qtbot.wait_until(lambda: running.panels["similarity"].shown is not None)
    return running.panels["similarity"]


def entry(panel, text):
    menu = colours_menu(panel, panel)
    (found,) = (action for action in menu.actions() if action.text() == text)
    return found


def settle(panel, qtbot):
    qtbot.wait_until(panel.window().updates.idle)


def test_the_colour_bar_opens_the_choice_and_so_does_the_panel_s_menu(panel, qtbot):
    bar = panel.canvas._bar.sceneBoundingRect().center()
    where = panel.canvas.mapFromScene(bar)
    qtbot.mouseClick(panel.canvas.viewport(), Qt.MouseButton.LeftButton, pos=where)
    (menu,) = (m for m in panel.findChildren(QMenu) if m.title() == "Colours" and m.isVisible())
    said = [action.text() for action in menu.actions() if action.text()]
    assert said[:3] == ["Colours", "As everywhere (magma)", "magma"]
    assert said[-4:] == ["Limits", "Of this layer", "The same for all layers", "Fixed…"]
    menu.close()
    exporting = panel.window().exporting
    titles = [action.text() for action in exporting.menu(panel).actions()]
    assert "Colours" in titles
    unity = panel.window().panels["unity"]
    assert colours_menu(unity, unity) is None  # its colours say the layer


def test_another_map_is_drawn_undone_and_kept(panel, qtbot):
    window = panel.window()
    entry(panel, "cividis").trigger()
    settle(panel, qtbot)
    assert panel.shown.scale.colours == "cividis"
    first = shade_map(panel.shown.scale, window.theme)([panel.shown.scale.low])[0, :3]
    np.testing.assert_allclose(first, [0, 34, 78], atol=3)  # where cividis begins
    assert panel.figure().view.colours == "cividis"
    assert window.undo.stack.undoText() == "Colours cividis"
    window.undo.undo()
    settle(panel, qtbot)
    assert panel.shown.scale.colours == ""
    assert len(SEQUENTIAL_MAPS) == len({action.text() for action in maps_of(panel)})


def maps_of(panel):
    actions = colours_menu(panel, panel).actions()
    return [action for action in actions if not action.icon().isNull()]


def test_limits_are_of_the_layer_of_all_layers_or_fixed(panel, qtbot):
    matrices = panel.results["similarity"].matrices
    different = ~np.eye(len(matrices["q"][0]), dtype=bool)
    entry(panel, "The same for all layers").trigger()
    settle(panel, qtbot)
    lowest = min(matrix[:, different].min() for matrix in matrices.values())
    assert panel.shown.scale.low == pytest.approx(lowest)
    entry(panel, "Fixed…").trigger()
    (dialog,) = panel.window().findChildren(LimitsDialog)
    assert dialog.low.value() == pytest.approx(lowest, rel=1e-3)
    dialog.high.setValue(dialog.low.value())
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    dialog.low.setValue(-0.25)
    dialog.high.setValue(0.5)
    dialog.accept()
    settle(panel, qtbot)
    assert (panel.shown.scale.low, panel.shown.scale.high) == (-0.25, 0.5)
    entry(panel, "Of this layer").trigger()
    settle(panel, qtbot)
    assert panel.choices.between is None


def test_a_session_keeps_them(panel, qtbot, tmp_path):
    window = panel.window()
    panel.choose("", colours="viridis", between=(0.125, 0.75))
    path = tmp_path / "a.laminoscope"
    window.files.write(path, activations=False)
    qtbot.wait_until(lambda: window.files.path == path)
    panel.choose("", colours="", between=None)
    window.files.open(path)
    window.files.question.button(QMessageBox.StandardButton.Discard).click()
    qtbot.wait_until(lambda: panel.choices.colours == "viridis", timeout=20_000)
    assert panel.choices.between == (0.125, 0.75)
