"""The page of a sweep: its cells, plots and files, and a sweep that the window runs."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu

from laminoscope_core.job import Job
from laminoscope_core.sweep.cell import run_cell
from laminoscope_core.sweep.file import safe_name
from laminoscope_core.sweep.run import run_sweep

from .test_access import controls, name_of

SWEEP = """
experiment = "experiment.toml"
models = ["./one", "./nothing", "./two"]
[lists]
letters = "letters.csv"
more = "more.csv"
"""


def serially(cells, folder, command, job):
    """Run cells in this process."""
    messages = {cell.model: run_cell(cell, str(folder), command) for cell in cells}
    return {model: message for model, message in messages.items() if message}


@pytest.fixture(scope="module")
def sweep_file(tiny_folder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sweep")
    for name in ("one", "two"):
        shutil.copytree(tiny_folder, folder / name)
    (folder / "experiment.toml").write_text('[words.categories]\na = ["a", "b"]\n')
    (folder / "letters.csv").write_text("a\nb\nc\nd\n")
    (folder / "more.csv").write_text("x\ny\nz\nu\nv\n")
    (folder / "SWEEP.toml").write_text(SWEEP)
    return folder / "SWEEP.toml"


@pytest.fixture(scope="module")
def swept(sweep_file, tmp_path_factory):
    """The folder of a sweep."""
    out = tmp_path_factory.mktemp("out") / "birds"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("laminoscope_core.models.load.set_apart", lambda *_: None)
        run_sweep(sweep_file, out, job=Job(), run_cells=serially)
    return out


@pytest.fixture
def page(window, qtbot, swept):
    """The page of the sweep, drawn."""
    assert window.opening.open_path(swept)
    shown(window, qtbot)
    return window.sweeps.page


def shown(window, qtbot):
    sweeps = window.sweeps
    qtbot.wait_until(lambda: sweeps.page is not None and sweeps.page.folder is not None)
    qtbot.wait_until(lambda: all(panel.shown is not None for panel in sweeps.page.panels))


def texts(page, column):
    return [page.table.item(row, column).text() for row in range(page.table.rowCount())]


def click(page, row):
    """Click a row of the table; return the menu that opens, if one does."""
    before = set(page.findChildren(QMenu))
    place = page.table.visualItemRect(page.table.item(row, 0)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    return next(iter(set(page.findChildren(QMenu)) - before), None)


def test_cells_and_scores_are_shown(window, page, swept):
    assert window.pages.stack.currentWidget() is page
    assert texts(page, 0) == ["./one", "./nothing", "./two"]
    assert texts(page, 1) == ["done", "failed", "done"]
    assert texts(page, 2) == ["2", "", "2"]
    assert texts(page, 3) == ["letters 4, more 5", "", "letters 4, more 5"]
    assert "There is no file or folder" in texts(page, 4)[1]
    curves, means, models = page.panels
    assert means.shown.frames["means"].inside == "a mean needs three models"
    assert {"model 0", "model 1", "median"} <= curves.shown.frames["curves"].marks.keys()
    assert models.shown.frames["models"].marks["map"].values.shape == (2, 2)
    assert str(swept) in window.preferences.recent_files


def test_a_click_opens_a_cell_that_stays_as_it_is(window, page, qtbot):
    menu = click(page, 2)
    assert [action.text() for action in menu.actions()] == ["letters", "more"]
    menu.actions()[1].trigger()
    menu.close()
    qtbot.wait_until(lambda: "rsa" in window.controller.results, timeout=20_000)
    assert window.controller.results["words"].words == ("x", "y", "z", "u", "v")
    assert window.files.path is None  # saving asks for another name
    assert not window.pages.apart
    window.actions_by_id["view.sweep"].trigger()
    assert window.pages.stack.currentWidget() is page


def test_a_cell_that_failed_opens_nothing(window, page):
    assert click(page, 1) is None
    assert window.pages.stack.currentWidget() is page


def test_rows_and_plots_mark_the_same_model(page, qtbot):
    curves, means, models = page.panels
    page.table.setCurrentCell(2, 0)
    assert (curves.view.swept, means.view.swept, models.view.swept) == (1, 1, 1)
    models.move_to("swept", 0)
    assert (page.table.currentRow(), curves.view.swept) == (0, 0)
    page.table.setCurrentCell(1, 0)
    assert curves.view.swept is None
    curves.lists.setCurrentIndex(1)
    curves.lists.activated.emit(1)
    qtbot.wait_until(lambda: "more, 5 words" in curves.shown.note)


def test_a_plot_fills_the_page_and_gives_it_back(page):
    curves, _, models = page.panels
    models.fill_wanted.emit()
    assert not page.table.isVisible()
    assert not curves.isVisible()
    models.fill_wanted.emit()
    assert page.table.isVisible()
    assert curves.isVisible()


def test_data_and_figures_leave_the_page(window, page, qtbot, tmp_path, monkeypatch):
    curves, *_ = page.panels
    titles = {action.text(): action for action in window.sweeps.menu(curves).actions()}
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    titles["Copy data"].trigger()
    qtbot.wait_until(lambda: clipboard.text() != "")
    copied = clipboard.text().splitlines()
    assert copied[0].split("\t") == ["model", "depth", "r", "reason"]
    assert len(copied) == 1 + 2 * 2 + 2
    for title, name in (("Save data…", "a.csv"), ("Export figure…", "a.svg")):
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        titles[title].trigger()
        qtbot.wait_until(path.exists, timeout=30_000)
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("# laminoscope: ")


def test_a_sweep_is_run_in_the_list_of_jobs(
    window, qtbot, swept, sweep_file, tmp_path, monkeypatch
):
    asked = []

    def copied(cells, folder, command, job):
        failures = {}
        for cell in cells:
            if (there := swept / "cells" / cell.name).exists():
                shutil.copytree(there, folder / cell.name)
            else:
                failures[cell.model] = "it is not there"
        return failures

    def sweep_in_child(file, out, job):
        asked.append((file, out))
        job.report(0.5, "half of it")
        return run_sweep(file, out, resume=True, run_cells=copied, job=job)

    monkeypatch.setattr("laminoscope_core.sweep.child.sweep_in_child", sweep_in_child)
    out = tmp_path / "results"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(sweep_file), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(out))
    window.actions_by_id["run.sweep"].trigger()
    shown(window, qtbot)
    assert asked == [(sweep_file, out)]
    assert texts(window.sweeps.page, 1) == ["done", "failed", "done"]
    assert "1 model failed." in window.messages.label.text()


def test_a_folder_with_other_things_is_refused(window, sweep_file, tmp_path):
    (tmp_path / "mine.txt").touch()
    window.sweeps.run(sweep_file, tmp_path)
    assert "is not empty and holds no sweep" in window.messages.label.text()


def test_what_is_damaged_or_missing_is_said_beside_the_others(window, qtbot, swept, tmp_path):
    out = shutil.copytree(swept, tmp_path / "out")
    (out / "failures.csv").write_text("nothing\nx\n")
    cell = out / "cells" / safe_name("./one") / "lists/more"
    (cell / "provenance.json").write_text("[]")
    sweep = (out / "SWEEP.toml").read_text()
    (out / "SWEEP.toml").write_text(sweep.replace('"./two"', '"./two", "./three"'))
    window.opening.open_path(out)
    shown(window, qtbot)
    page = window.sweeps.page
    assert texts(page, 1) == ["damaged", "not run", "done", "not run"]
    assert "lists/more/provenance.json cannot be read" in texts(page, 4)[0]
    text = "failures.csv cannot be read: it has no column model."
    assert window.messages.label.text() == text
    assert click(page, 0) is None
    (out / "SWEEP.toml").write_text("[")
    page.again.click()
    qtbot.wait_until(lambda: "is not valid TOML" in window.messages.label.text())


def test_each_control_has_a_name(page):
    assert not [widget for widget in controls(page) if not name_of(widget, page)]
