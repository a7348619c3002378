"""The page of the insides, driven in the real window on a tiny model."""

import threading
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from laminoscope.layouts import TASKS
from laminoscope_core.analysis.attention import map_of
from laminoscope_core.experiment import Experiment
from laminoscope_core.inside_section import InsideSection, Intervention
from laminoscope_core.plots import attention, rotation
from laminoscope_core.recording.positions import N_PLACES, PositionsReading
from laminoscope_widgets.plot_frame import cell_target

TEXT = "a quiet moon above the harbour"
ZERO = {"site": "mlp", "layer": 0, "action": "zero"}


@pytest.fixture
def page(window, qtbot, tiny_folder):
    """The window on that page, with a text read inside the blocks."""
    asked = {
        "model": {"source": str(tiny_folder)},
        "inside": {"content": TEXT, "watch": ["a", "o"]},
    }
    experiment = Experiment.model_validate(asked)
    window.forms.show(experiment)
    with qtbot.waitSignal(window.controller.finished, timeout=60_000):
        window.controller.run(experiment, "inside")
    window.runs.show_task(next(task for task in TASKS if task.section == "inside"))
    qtbot.wait_until(lambda: window.controller.results["attention"].layer >= 0, timeout=20_000)
    qtbot.wait_until(lambda: window.updates.idle() and not window.controller.busy())
    return window


def test_a_click_on_a_cell_of_the_lens_selects_layer_and_token_everywhere(page, qtbot):
    lens = page.panels["lens"]
    image = lens.shown.frames["map"].marks["map"]
    pointed = image.stands_for(2, 3)
    page.selection.layer, page.selection.tokens = pointed["layer"], (pointed["token"],)
    qtbot.wait_until(page.updates.idle)
    reading = page.controller.results["lens"].reading
    details = page.panels["inside-details"]
    assert details.layer_title.text().startswith("Layer 1 of 0–1")
    assert details.followed.item(0, 2).text() == f"{reading.rank[0, 2, 3, 0]:,}"
    assert "after token 3" in page.panels["followed"].shown.note
    assert "after token 3" in page.panels["ledger"].shown.note


def ended(page, qtbot):
    with qtbot.waitSignal(page.controller.finished, timeout=60_000):
        page.runs.capture()
    qtbot.wait_until(page.updates.idle)


def tab_of(page, panel):
    tabs = page.pages.page._tabs[panel.id]
    return tabs.tabText(tabs.indexOf(panel))


def test_an_intervention_is_a_chip_a_step_and_a_second_state(page, qtbot):
    form = page.panels["inside"]
    before = form.section()
    form.alter(Intervention.model_validate(ZERO))
    assert [chip.text() for chip, _ in form.alterations.chips] == ["0  layer 0 MLP: zero"]
    assert page.undo.stack.undoText() == "Alter layer 0 MLP: zero"
    ended(page, qtbot)
    lens, effects = page.panels["lens"], page.panels["effects"]
    page.pages.page.reveal("effects")
    assert lens.state_choice.isVisibleTo(lens)
    reading = page.controller.results["lens"].reading
    assert page.panels["inside-details"].selected_values.text().startswith("in the altered model")
    lens.choose("Show entropy", quantity="entropy")
    qtbot.wait_until(page.updates.idle)
    cells = {"after": reading.entropy[1], "before": reading.entropy[0]}
    cells["change"] = cells["after"] - cells["before"]
    assert cells["change"].any()
    signs = {"after": "≠", "before": "=", "change": "Δ"}
    for state in ("after", "before", "change"):
        lens.state_choice.entries[state].trigger()
        qtbot.wait_until(page.updates.idle)
        image = lens.shown.frames["map"].marks["map"]
        np.testing.assert_array_equal(image.values, cells[state])
        assert lens.state_choice.text() == signs[state]
        assert tab_of(page, lens) == f"{signs[state]} Lens"
    assert page.undo.stack.undoText() == "Show The difference"
    page.undo.undo()
    qtbot.wait_until(page.updates.idle)
    np.testing.assert_array_equal(lens.shown.frames["map"].marks["map"].values, cells["before"])
    page.altering.bar.state.click()
    assert tab_of(page, lens) == "Lens"
    assert not lens.state_choice.isVisibleTo(lens)
    details = page.panels["inside-details"]
    qtbot.wait_until(lambda: details.selected_values.text().startswith("in the model as it is"))
    page.altering.bar.state.click()  # all of them start with the altered model
    assert tab_of(page, lens) == "≠ Lens"
    made = page.controller.results["effects"].reading
    change = made.after_logit[0, 0] - made.before_logit[0]
    np.testing.assert_allclose(effects.shown.frames["effects"].marks["asked"].lengths[0], change)
    form.alter_no_longer(0)
    assert form.section() == before


def test_the_menu_alters_what_is_selected(page):
    form = page.panels["inside"]
    page.selection.layer, page.selection.head = 1, 0
    form.alterations.menu.aboutToShow.emit()
    texts = {action.text(): action for action in form.alterations.menu.actions()}
    assert "layer 1 head 0: zero" in texts
    assert not texts["layer 1 head 0: put in from the second text"].isEnabled()
    texts["layer 1 head 0: zero"].trigger()
    (made,) = form.section().interventions
    assert (made.site, made.layer, made.heads, made.action) == ("attn_head", 1, (0,), "zero")


def test_the_form_keeps_what_it_does_not_show(page):
    form = page.panels["inside"]
    section = InsideSection.model_validate(
        {"content": TEXT, "induction": {"sequences": 2, "length": 5}, "interventions": [ZERO]}
    )
    form.set_section(section)
    assert form.section() == section


def test_a_text_of_several_tokens_that_is_followed_is_refused_by_name(page, qtbot):
    page.panels["inside"].follow("moon harbour")
    with qtbot.waitSignal(page.controller.failed, timeout=60_000) as failed:
        page.runs.capture()
    assert "The watched text “moon·harbour” is 12 tokens: “m”, “o”," in failed.args[0]


def test_the_slider_moves_a_token_away_and_is_undone(page, qtbot):
    panel = page.panels["rotation"]
    page.selection.layer, page.selection.head = 1, 0
    panel.slider.setValue(40)
    qtbot.wait_until(page.updates.idle)
    reading = page.controller.results["rotation"].reading
    angle = 40 * reading.frequency[0, 1]
    given = reading.even[0, 1, 0] * np.cos(angle) + reading.odd[0, 1, 0] * np.sin(angle)
    np.testing.assert_allclose(panel.shown.frames["pairs"].marks["now"].y, given, atol=1e-9)
    assert panel.figure().view.distance == 40
    page.undo.stack.undo()
    assert panel.slider.value() == 8
    panel.choose("Show all distances", opened="pairs")
    qtbot.wait_until(page.updates.idle)
    image = panel.shown.frames["map"].marks["map"]
    panel.point_at(cell_target(image, QPointF(12, 0)), Qt.KeyboardModifier.NoModifier)
    assert panel.slider.value() == 12


def looked_at(page, qtbot, layer):
    """The maps, once they are of a layer."""
    qtbot.wait_until(lambda: page.controller.results["attention"].layer == layer, timeout=20_000)
    qtbot.wait_until(page.updates.idle)
    return page.controller.results["attention"]


def test_the_layer_that_is_selected_is_looked_at_in_the_background(page, qtbot):
    first = looked_at(page, qtbot, page.selection.layer)
    kept = first.reading.weights.copy()
    other = 1 - page.selection.layer
    page.selection.layer, page.selection.head, page.selection.tokens = other, 1, (3,)
    panel, donors = page.panels["attention"], page.panels["donors"]
    panel.update_now()
    assert f"layer {other} is not there yet" in panel.shown.note
    result = looked_at(page, qtbot, other)
    assert not np.array_equal(result.reading.weights, kept)
    assert panel.shown.note.startswith(f"layer {other} · head 1")
    image = panel.shown.frames["head"].marks["map"]
    np.testing.assert_allclose(image.values[3, :4], result.reading.weights[0, 1, 3, :4])
    np.testing.assert_allclose(donors.shown.values[:4], result.reading.weights[0, 1, 3, :4])
    qtbot.wait_until(lambda: not page.controller.busy())
    assert "Look at a layer" not in [job.title for job in page.controller.jobs.entries]


def test_maps_of_long_texts_are_made_outside_the_thread_of_the_window(page, qtbot, monkeypatch):
    panel, threads = page.panels["attention"], []
    qtbot.wait_until(lambda: page.controller.results["attention"].reading is not None)

    def noted(*args):
        threads.append(threading.current_thread())
        return map_of(*args)

    monkeypatch.setattr(attention, "map_of", noted)
    monkeypatch.setattr(attention, "_QUICK", 0)
    panel.choose("Show compatibility", kind="compatibility")
    qtbot.wait_until(lambda: "Compatibility" in panel.shown.title)
    assert threads
    assert threading.main_thread() not in threads
    n = len(threads)
    panel.schedule_update()
    qtbot.wait_until(page.updates.idle)
    assert len(threads) == n


def test_a_layer_is_asked_for_once_even_if_it_does_not_come(page, qtbot):
    looked_at(page, qtbot, page.selection.layer)
    panel, page.controller.model = page.panels["attention"], None
    with qtbot.waitSignal(panel.layer_wanted):
        page.selection.layer = 1 - page.selection.layer
    panel.update_now()
    with qtbot.assertNotEmitted(panel.layer_wanted, wait=300):
        panel.update_now()


def test_a_click_in_the_heads_opens_the_head_and_its_kind_is_undone(page, qtbot):
    heads, panel = page.panels["heads"], page.panels["attention"]
    pointed = heads.shown.frames["heads"].marks["map"].stands_for(1, 1)
    page.selection.layer, page.selection.head = pointed["layer"], pointed["head"]
    looked_at(page, qtbot, 1)
    assert "head 1" in panel.shown.note
    small = panel.shown.frames["heads"].marks["maps"].stands_for(0, 0)
    assert small == {"head": 0}
    panel.choose("Choose compatibility", kind="compatibility")
    assert panel.figure().view.kind == "compatibility"
    assert panel.save_state()["kind"] == "compatibility"
    page.undo.stack.undo()
    assert panel.choices.kind == "weight"


def test_a_token_of_the_text_is_the_one_that_takes(page, qtbot):
    looked_at(page, qtbot, page.selection.layer)
    donors = page.panels["donors"]
    donors.text.chosen.emit((2,), 2)
    qtbot.wait_until(page.updates.idle)
    assert page.selection.tokens == (2,)
    assert donors.shown.selected == {2}
    assert "token 2" in page.panels["inside-details"].selected_title.text()


def test_neighbours_are_looked_up_when_they_are_seen_and_a_sum_when_it_is_typed(page, qtbot):
    panel = page.panels["neighbours"]

    def has(**asked):
        near = page.controller.results.get("near")
        if near is None:
            return False
        found = {**vars(near.request), "states": near.states}
        return all(found[name] == value for name, value in asked.items())

    assert not has(of="stream")  # it stands behind another panel
    page.pages.stack.currentWidget().reveal("neighbours")
    page.selection.tokens = (3,)
    qtbot.wait_until(lambda: has(of="stream", token=3))
    page.panels["inside"].alter(Intervention.model_validate(ZERO))
    ended(page, qtbot)
    qtbot.wait_until(page.panels["effects"].isVisible, timeout=60_000)  # they come to the front
    page.pages.stack.currentWidget().reveal("neighbours")
    qtbot.wait_until(lambda: has(of="stream", states=("before", "after")), timeout=60_000)
    qtbot.wait_until(lambda: panel.shown.table.columns.keys() >= {"state"}, timeout=60_000)
    near = page.controller.results["near"]
    at = near.depths.index(page.selection.layer)
    for number, state in enumerate(("before", "after")):
        own = panel.shown.table.columns["state"] == state
        listed = panel.shown.table.columns["target_id"][own]
        np.testing.assert_array_equal(listed[:10], near.ids[number, at, 1, 1])
    assert tab_of(page, panel) == "≠ Neighbours"
    page.altering.clear()
    qtbot.wait_until(lambda: has(of="stream", states=("before",)), timeout=60_000)
    panel.choose("Look up a sum", of="sum")
    panel.line.setText("a - o")
    panel.line.returnPressed.emit()
    qtbot.wait_until(lambda: has(of="sum", words="a - o"))
    qtbot.wait_until(page.updates.idle)
    assert list(panel.shown.frames) == ["near", "control"]
    assert page.undo.stack.undoText() == "Look up a - o"
    page.undo.stack.undo()
    assert (panel.choices.words, panel.line.text()) == ("", "a - o")
    page.undo.stack.undo()
    assert panel.line.text() == ""


def test_the_slider_goes_as_far_as_places_were_looked_at(page):
    """Of GPT-2's kind, whose context window has fewer places than distances are drawn."""
    panel = page.panels["rotation"]
    turned = page.controller.results["rotation"]
    assert panel.slider.maximum() == rotation.FARTHEST - 1 == N_PLACES - 1
    bias = np.zeros((1, 2, 4, 64))
    places = PositionsReading(bias, bias[..., 0], 1, np.full((1, 2), ""))
    panel.set_view(distance=200)
    panel.set_result("rotation", replace(turned, reading=None, reach=None, places=places))
    assert (panel.slider.maximum(), panel.slider.value(), panel.choices.distance) == (63, 63, 63)


def test_heads_are_read_over_the_texts_of_a_folder_and_over_random_tokens(page, qtbot, tmp_path):
    form, heads = page.panels["inside"], page.panels["heads"]
    assert not heads.over.isVisibleTo(heads)
    for name, text in {"a": "a moon", "b": "the harbour", "c": "a moon"}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    form.add_texts([tmp_path])
    qtbot.wait_until(lambda: form.section().atlas is not None)
    assert form.section().atlas.texts == ("a moon", "the harbour")
    assert page.undo.stack.undoText() == "Add 2 texts for the heads"
    form.add_random()
    chips = [chip.text() for chip in form.further.chips.chips]
    assert chips == ["2 further texts  ×", "4 × 50 random tokens  ×"]
    form.further.chips.chips[1].click()
    assert form.section().induction is None
    with qtbot.waitSignal(page.controller.finished, timeout=60_000):
        page.runs.capture()
    qtbot.wait_until(lambda: page.updates.idle() and not page.controller.busy())
    heads.choose("Show the texts", over="texts")
    qtbot.wait_until(page.updates.idle)
    assert heads.over.isVisibleTo(heads)
    reading = page.controller.results["atlas"].texts
    shown = heads.shown.frames["heads"].marks["map"].values
    np.testing.assert_array_equal(shown, reading.value[0, :, reading.metrics.index("previous")])
    form.remove_further("atlas")
    assert form.section().atlas is None
    page.undo.stack.undo()
    assert form.section().atlas.texts == ("a moon", "the harbour")


def test_a_folder_without_texts_is_refused_by_name(page, qtbot, tmp_path):
    form = page.panels["inside"]
    with qtbot.waitSignal(form.refused) as refused:
        form.add_texts([tmp_path])
    assert "has no .txt file." in refused.args[0]
    assert form.section().atlas is None
