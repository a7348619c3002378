"""Other models read the words of the window, and are compared with the open one."""

import numpy as np
import pytest

from laminoscope.layouts import TASKS
from laminoscope_core.experiment import Experiment
from laminoscope_core.inside_section import Intervention
from laminoscope_core.models import load
from laminoscope_core.session import load_session

from .test_altering import ASKED, ended
from .tiny import make_tiny_model


@pytest.fixture(scope="module")
def deeper_folder(tmp_path_factory):
    """A model of four layers."""
    folder = tmp_path_factory.mktemp("deeper")
    make_tiny_model(folder, n_layers=4)
    return str(folder)


@pytest.fixture
def page(window, qtbot, tiny_folder):
    """The window with words captured from a tiny model, the panel of models in front."""
    experiment = Experiment.model_validate({"model": {"source": str(tiny_folder)}, **ASKED})
    window.forms.show(experiment)
    window.runs.show_task(TASKS[0])
    ended(window, qtbot, window.runs.capture)
    window.undo.forget()
    window.pages.page.reveal("rsa-models")
    return window


@pytest.fixture
def panel(page):
    return page.panels["rsa-models"]


def choose(page, qtbot, *sources):
    ended(page, qtbot, lambda: page.panels["rsa-models"].menu.chosen.emit(sources))


def entries(panel):
    panel.menu.aboutToShow.emit()
    return {a.text(): a for a in panel.menu.actions() if not a.isSeparator()}


def test_models_are_chosen_in_the_empty_panel_and_read_beside_the_open_one(
    page, panel, qtbot, deeper_folder, monkeypatch
):
    assert panel._stack.currentIndex() == 0
    assert panel._start.menu() is panel.menu
    monkeypatch.setattr(
        "laminoscope_widgets.models_menu.QInputDialog.getText",
        lambda *_: (deeper_folder, True),
    )
    model, similarity = page.controller.model, page.controller.results["similarity"]
    ended(page, qtbot, entries(panel)["Another…"].trigger)
    assert page.controller.model is model
    assert page.controller.results["similarity"] is similarity  # the words were not read again
    result = panel.results["rsa-models"]
    assert [each.n_layers for each in result.models] == [2, 4]
    assert panel.shown.frames.keys() == {"model", "other", "pairs"}
    checked = [text for text, action in entries(panel).items() if action.isChecked()]
    assert len(checked) == 1
    assert "SmolLM2 135M Instruct" in entries(panel)
    clicking_a_cell_selects_both_layers(page, panel, qtbot)


def clicking_a_cell_selects_both_layers(page, panel, qtbot):
    panel.set_view(kind="layers", place="q")
    qtbot.wait_until(lambda: "layers" in (panel.shown.frames if panel.shown else ()))
    image = panel.shown.frames["layers"].marks["map"]
    r = panel.results["rsa-models"].pair(0, 1).r["q"]
    np.testing.assert_array_equal(image.values, r.T)
    for name, value in image.stands_for(2, 1).items():
        panel.move_to(name, value)
    assert page.selection.layer == 1
    assert panel.choices.other_layer == 2
    for name, value in image.stands_for(3, 1).items():  # the last layers of both
        panel.move_to(name, value)
    assert panel.choices.other_layer is None


def test_a_choice_is_undone_and_done_again_and_foreseen(page, panel, qtbot, deeper_folder):
    forecasts = []
    page.controller.forecast_made.connect(forecasts.append)
    page.controller.forecast(page.forms.experiment("words"), "words")
    qtbot.wait_until(lambda: len(forecasts) == 1)
    choose(page, qtbot, deeper_folder)
    page.controller.forecast(page.forms.experiment("words"), "words")
    n_seen = len(forecasts)
    qtbot.wait_until(lambda: len(forecasts) > n_seen)
    assert forecasts[-1].peak > forecasts[0].peak
    assert page.undo.stack.undoText() == "Choose models"
    page.undo.undo()
    assert page.forms.rsa.models == ()
    assert not {"models", "rsa-models"} & page.controller.results.keys()
    assert panel._stack.currentIndex() == 0
    ended(page, qtbot, page.undo.redo)
    assert page.forms.rsa.models == (deeper_folder,)
    assert "rsa-models" in page.controller.results


def test_one_that_cannot_be_opened_is_named_and_the_rest_is_there_and_saved(
    page, panel, qtbot, deeper_folder, tmp_path
):
    choose(page, qtbot, "./gone", deeper_folder)
    assert not page.messages.isVisible()
    assert "not compared: ./gone: There is no file or folder ./gone." in panel.shown.note
    assert len(panel.results["rsa-models"].models) == 2
    panel.set_view(kind="words")
    path = tmp_path / "a.laminoscope"
    page.files.write(path)
    qtbot.wait_until(path.exists, timeout=30_000)
    loaded = load_session(path)
    assert loaded.experiment.rsa.models == ("./gone", deeper_folder)
    assert [one.source for one in loaded.run.results["models"].models] == ["./gone", deeper_folder]
    assert loaded.window["panels"]["rsa-models"]["kind"] == "words"
    panel.set_view(kind="maps")
    choose(page, qtbot, "./gone")
    (frame,) = panel.shown.frames.values()
    assert "./gone" in frame.inside


def test_edited_words_are_read_by_all_models_again(page, panel, qtbot, deeper_folder):
    choose(page, qtbot, deeper_folder)
    form = page.panels["words"]
    form.table.set_words([*form.table.rows(), ("sky", "cloud")])
    ended(page, qtbot, page.runs.capture)
    result = page.controller.results["rsa-models"]
    assert result.words == page.controller.results["words"].words
    assert "cloud" in result.words


def test_cancelling_leaves_the_words_and_the_open_model(page, panel, qtbot, monkeypatch):
    opening = load.open_model

    def cancelled(source, *arguments, **named):
        page.controller.cancel()
        return opening(source, *arguments, **named)

    own, before = page.controller.model, page.controller.results["rsa"]
    monkeypatch.setattr(load, "open_model", cancelled)
    with qtbot.waitSignal(page.controller.cancelled, timeout=30_000):
        panel.menu.chosen.emit((page.forms.model.source + "/.",))
    assert page.controller.model is own
    assert page.controller.results["rsa"] is before
    assert "models" not in page.controller.results


def test_the_altered_model_is_not_compared(page, panel, qtbot, deeper_folder):
    choose(page, qtbot, deeper_folder)
    before = panel.results["rsa-models"]
    zero = Intervention(site="attn_head", layer=0, heads=(1,), action="zero")
    ended(page, qtbot, lambda: page.altering.alter(zero))
    assert panel.results["rsa-models"] is before
    assert page.controller.results["models"].read
    assert not panel.figure().altered
    assert panel.figure().shown(page.controller.results).frames
