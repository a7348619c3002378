"""What leaves the window: by menu, dialog, keyboard and clipboard."""

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QMouseEvent
from PySide6.QtWidgets import QListWidget, QMenu, QTableView, QToolButton

from laminoscope.guide import Guide
from laminoscope_core.errors import Offer, OutOfMemory
from laminoscope_core.export.columns import meanings_of, plot_path
from laminoscope_core.export.plot_columns import OF_PLOT
from laminoscope_core.run.sections import SECTIONS
from laminoscope_core.tables import Table
from laminoscope_widgets.data_view import DataView, copied_table
from laminoscope_widgets.steps import Step

pytestmark = pytest.mark.model


@pytest.fixture
def target(tmp_path, monkeypatch):
    """A function that lets the next file dialogs answer with a name in a temporary folder."""
    from laminoscope import exporting

    def answer(name):
        path = tmp_path / name
        dialog = exporting.QFileDialog
        monkeypatch.setattr(dialog, "getSaveFileName", lambda *a, **k: (str(path), ""))
        monkeypatch.setattr(dialog, "getExistingDirectory", lambda *a, **k: str(tmp_path))
        return path

    return answer


def right_button(qtbot, panel, *moves):
    """Press the right mouse button on a panel's canvas, move, and release it."""
    viewport = panel.canvas.viewport()
    start, right = viewport.rect().center(), Qt.MouseButton.RightButton

    def send(kind, point, buttons):
        position = QPointF(point)
        where = viewport.mapToGlobal(position)
        none = Qt.KeyboardModifier.NoModifier
        QGuiApplication.sendEvent(
            viewport, QMouseEvent(kind, position, where, right, buttons, none)
        )

    send(QEvent.Type.MouseButtonPress, start, right)
    for move in moves:
        qtbot.wait(12)  # pyqtgraph takes 100 moves a second
        send(QEvent.Type.MouseMove, start + move, right)
    stop = start + (moves[-1] if moves else QPoint())
    send(QEvent.Type.MouseButtonRelease, stop, Qt.MouseButton.NoButton)


def open_menus(panel):
    return [menu for menu in panel.findChildren(QMenu) if menu.isVisible()]


def test_a_right_click_opens_the_menu_of_a_plot_and_a_right_drag_does_not(running, qtbot):
    panel = running.panels["unity"]
    right_button(qtbot, panel, *(QPoint(4 * step, 2 * step) for step in range(1, 8)))
    assert not open_menus(panel)
    right_button(qtbot, panel)
    qtbot.wait_until(lambda: len(open_menus(panel)) == 1)
    titles = [action.text() for action in open_menus(panel)[0].actions()]
    assert titles[:2] == ["Export figure…", "Copy as picture"]
    assert "What is this?" in titles
    open_menus(panel)[0].close()


def test_a_panel_without_results_offers_nothing_to_export(window):
    menu = window.exporting.menu(window.panels["unity"])
    enabled = [action.text() for action in menu.actions() if action.isEnabled() and action.text()]
    assert enabled == ["What is this?"]
    window.exporting.show_dialog()
    assert "nothing to export" in window.messages.label.text()
    assert window.exporting.dialog is None


def test_every_panel_with_a_figure_has_a_button_for_its_menu(window):
    for panel in window.panels.values():
        names = [button.accessibleName() for button in panel.title_bar.findChildren(QToolButton)]
        assert (f"Export, copy or view: {panel.title}" in names) == panel.has_figure()


def test_copy_puts_pixels_and_vectors_on_the_clipboard(running, qtbot):
    running.panels["unity"].canvas.setFocus()
    QGuiApplication.clipboard().setText("before")
    running.exporting.copy()
    qtbot.wait_until(lambda: QGuiApplication.clipboard().mimeData().hasImage(), timeout=60_000)
    data = QGuiApplication.clipboard().mimeData()
    assert QImage(data.imageData()).width() == round(88 / 25.4 * 300)
    root = ElementTree.fromstring(bytes(data.data("image/svg+xml").data()))
    assert root.tag.endswith("svg")


def test_copy_in_a_table_takes_its_cells_as_text(running):
    view = running.panels["words"].findChild(QTableView)
    view.clearSelection()
    view.setFocus()
    running.exporting.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[1].split("\t")[:2] == ["space", "galaxy"]
    assert len([line for line in lines if line.strip()]) >= 35


def test_copied_cells_defuse_formulas_and_keep_numbers(qtbot):
    table = Table(
        {"token": ["=1+1", "-ing", "a\tb"], "r": np.array([-0.123456789012345, 1, np.nan])}
    )
    view = DataView("Test", table, None)
    qtbot.addWidget(view)
    lines = copied_table(view.table).splitlines()
    assert lines[0] == "token\tr"
    assert lines[1] == "'=1+1\t-0.123456789012345"
    assert lines[2].startswith("'-ing\t1")
    assert view.model.index(2, 0).data() == "a⇥b"


def test_a_list_is_no_table(qtbot):
    topics = QListWidget()
    qtbot.addWidget(topics)
    topics.addItem("Unity")
    assert copied_table(topics) is None


def test_the_data_of_a_plot_are_those_that_it_shows(running, qtbot, target):
    path = target("unity.csv")
    running.exporting.save_data(running.panels["unity"])
    qtbot.wait_until(path.exists, timeout=60_000)
    first, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
    record = json.loads(first.removeprefix("# laminoscope: "))
    assert record["model"]["source"] == "smollm2-135m"
    rows = list(csv.DictReader(io.StringIO("".join(rest))))
    scores = running.controller.results["rsa"]
    for row in rows:
        layer, pair = int(row["layer"]), scores.site_pairs.index(row["pair"])
        within, across = (
            scores.r[layer, pair, scores.subsets.index(s)] for s in ("within", "across")
        )
        assert (float(row["within"]), float(row["across"])) == (within, across)
    assert len(rows) == 90


def test_the_data_of_a_plot_can_be_read_as_a_table(running, qtbot):
    running.exporting.view_data(running.panels["unity"])
    qtbot.wait_until(lambda: running.findChild(DataView) is not None, timeout=60_000)
    view = running.findChild(DataView)
    columns = [view.model.headerData(i, Qt.Orientation.Horizontal) for i in range(5)]
    assert columns[:4] == ["layer", "pair", "within", "across"]
    value = running.controller.results["rsa"].r[0, 0, 1]
    assert view.model.index(0, 2).data() == f"{value:.7g}"
    view.close()


def test_what_is_being_computed_anew_is_not_exported(running):
    held, unity = running.controller.held, running.panels["unity"]
    held.take("words", running.controller.results["words"], 99)
    for take_out in ("view_data", "copy_data", "copy_picture"):
        running.messages.clear()
        getattr(running.exporting, take_out)(unity)
        assert "computed anew" in running.messages.label.text()


def test_what_columns_hold_is_said_at_their_heads_and_in_the_help_menu(window, qtbot):
    table = Table({"q": [0.5], "breusch_godfrey_p": [0.5]})
    view = DataView("Pairs", table, None, meanings_of(table, plot_path("pairs")))
    qtbot.addWidget(view)
    head = view.model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert head == OF_PLOT["pairs"]["q"].meaning
    window.actions_by_id["help.columns"].trigger()
    guide = window.findChild(Guide)
    qtbot.keyClicks(guide.search, "breusch_godfrey_p")
    cursor = guide.page.textCursor()
    assert cursor.selectedText() == "breusch_godfrey_p"
    row = cursor.currentTable().cellAt(cursor).row()
    meaning = cursor.currentTable().cellAt(row, 3).firstCursorPosition().block().text()
    assert "the residuals are still correlated" in meaning
    guide.close()


def test_the_dialog_previews_and_writes_what_is_ticked(running, qtbot, target):
    running.exporting.show_dialog()
    dialog = running.exporting.dialog
    qtbot.wait_until(lambda: not dialog.preview.pixmap().isNull(), timeout=60_000)
    assert "180 ×" in dialog.caption.text()
    assert dialog.height() < dialog.screen().availableSize().height()
    assert {spec.kind for row in dialog.rows_wanted() for spec in row} == {
        "similarity", "laminar", "pairs", "distributions", "unity",
        "rsa-heads", "rsa-depth", "rsa-predictors", "rsa-map", "rsa-contrast",
    }  # fmt: skip
    for index in range(dialog.list.count()):
        item = dialog.list.item(index)
        keep = item.data(Qt.ItemDataRole.UserRole) in ("laminar", "unity")
        item.setCheckState(Qt.CheckState.Checked if keep else Qt.CheckState.Unchecked)
    dialog.preset.setCurrentText("single column")
    dialog.dark.setChecked(True)
    path = target("mine.svg")
    dialog._save()
    qtbot.wait_until(path.exists, timeout=60_000)
    root = ElementTree.fromstring(path.read_bytes())
    assert abs(float(root.get("width").removesuffix("pt")) / 72 * 25.4 - 88) < 0.01
    text = "".join(root.itertext())
    assert "layer" in "".join(
        node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text")
    )
    assert '"kind": "laminar"' in text
    data = target("1-laminar.csv")
    dialog._save_data()
    qtbot.wait_until((data.parent / "2-unity.csv").exists, timeout=60_000)
    assert data.read_bytes().startswith(b"# laminoscope"), "plain UTF-8 unless it is asked for"
    (data.parent / "2-unity.csv").unlink()
    dialog.mark.setChecked(True)
    dialog._save_data()
    qtbot.wait_until((data.parent / "2-unity.csv").exists, timeout=60_000)
    assert data.read_bytes().startswith(b"\xef\xbb\xbf# laminoscope")
    dialog.close()


def test_nothing_ticked_is_said_in_the_preview(running, qtbot):
    running.exporting.show_dialog(running.panels["unity"])
    dialog = running.exporting.dialog
    qtbot.wait_until(lambda: not dialog.preview.pixmap().isNull(), timeout=60_000)
    for index in range(dialog.list.count()):
        dialog.list.item(index).setCheckState(Qt.CheckState.Unchecked)
    qtbot.wait_until(lambda: dialog.preview.text() == "Tick at least one plot.")
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.width_box.setValue(31)
    qtbot.wait_until(lambda: dialog.preview.text().startswith("This is too narrow for its type."))
    running.close()
    assert not dialog.isVisible()


def test_a_file_that_cannot_be_written_is_named(running, qtbot, target, tmp_path):
    target("there/is/no/such/folder.svg")
    running.exporting.save_data(running.panels["unity"])
    qtbot.wait_until(lambda: running.messages.isVisible(), timeout=60_000)
    assert "could not be written" in running.messages.label.text()


@pytest.mark.slow
def test_the_script_of_a_panel_makes_its_numbers_again(
    running, qtbot, target, tmp_path, run_python
):
    path = target("unity.py")
    running.exporting.save_script(running.panels["unity"])
    qtbot.wait_until(path.exists, timeout=60_000)
    folder = tmp_path / "again"
    done = run_python(path, folder)
    assert done.returncode == 0, done.stderr
    rows = np.genfromtxt(
        folder / "figures/1-unity.csv",
        delimiter=",",
        names=True,
        dtype=None,
        encoding="utf-8",
        skip_header=1,
    )
    scores = running.controller.results["rsa"]
    within = scores.r[..., scores.subsets.index("within")].ravel()
    np.testing.assert_allclose(rows["within"], within, atol=1e-6)


def test_too_little_memory_offers_another_device(running, qtbot, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise OutOfMemory("It needs 90 GB.", offers=[Offer("n_layers", 3), Offer("device", "cpu")])

    with monkeypatch.context() as patched:
        patched.setitem(SECTIONS, "words", replace(SECTIONS["words"], capture=refuse))
        with qtbot.waitSignal(running.controller.failed, timeout=60_000):
            running.runs.capture()
    buttons = [b for b in running.messages.findChildren(QToolButton) if b.text() == "Run on CPU"]
    assert len(buttons) == 1
    with qtbot.waitSignal(running.controller.finished, timeout=120_000):
        buttons[0].click()
    assert running.controller.model.info.device == "cpu"
    assert not running.messages.isVisible()


def test_what_a_run_would_take_is_said_before_it(running, qtbot):
    panel = running.panels["words"]
    made = running.controller.forecast_made

    def of_two_words(forecast):  # what was foreseen before may still come
        return forecast.kept < 10**6

    with qtbot.waitSignal(made, timeout=20_000, check_params_cb=of_two_words) as small:
        panel.table.set_words([("a", "comet"), ("b", "pear")])
        panel.changed.emit(Step("Change words"))
    words = [("a", f"word{number}") for number in range(900)]
    with qtbot.waitSignal(made, timeout=20_000) as large:
        panel.table.set_words(words)
        panel.changed.emit(Step("Change words"))
    assert large.args[0].kept > 100 * small.args[0].kept
    assert "(run: " in running.status.memory.text()
    assert not running.controller.busy()


def test_the_tables_of_the_details_can_be_copied(running):
    details = running.panels["details"]
    actions = {action.text(): action for action in running.exporting.menu(details).actions()}
    actions["Copy tables"].trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    scores = running.controller.results["rsa"]
    value = scores.r[running.selection.layer, 0, scores.subsets.index("all")]
    assert lines[1].split("\t")[:2] == ["Q–K", f"{value:.2f}*"]
