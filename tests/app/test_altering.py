"""Interventions in the real window: every task before and after, and nothing left of them."""

import numpy as np
import pytest
import torch
from PySide6.QtGui import QGuiApplication

from laminoscope.layouts import TASKS
from laminoscope_core.analysis import rsa_chance
from laminoscope_core.analysis.registry import OfState, depending_on
from laminoscope_core.experiment import Experiment
from laminoscope_core.inside_section import Intervention
from laminoscope_core.job import Job
from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.run.requests import LoopRequest
from laminoscope_core.session import load_session
from laminoscope_widgets.candidate_table import BEFORE
from laminoscope_widgets.plot_panel import ViewPanel

ZERO = Intervention(site="attn_head", layer=0, heads=(1,), action="zero")
OTHER = Intervention(site="mlp", layer=1, action="scale", factor=0.5)
ASKED = {
    "words": {"categories": {"sky": ["sun", "moon", "star"], "house": ["door", "bed", "sofa"]}},
    "text": {"content": "a quiet moon above the harbour, and the sun"},
    "prompts": [{"text": "a quiet moon"}],
    "inside": {"content": "a quiet moon", "watch": ["a", "o"]},
}


def task(section):
    return next(task for task in TASKS if task.section == section)


@pytest.fixture
def pages(window, qtbot, tiny_folder):
    """The window with words captured from a tiny model, on their page."""
    experiment = Experiment.model_validate({"model": {"source": str(tiny_folder)}, **ASKED})
    window.forms.show(experiment)
    window.runs.show_task(task("words"))
    ended(window, qtbot, window.runs.capture)
    return window


def ended(window, qtbot, act):
    with qtbot.waitSignal(window.controller.finished, timeout=60_000):
        act()
    qtbot.wait_until(lambda: not window.controller.busy() and window.updates.idle(), timeout=60_000)


def logits(window):
    with torch.no_grad():
        return window.controller.model.hf(torch.tensor([[5, 9, 2]])).logits


def test_copied_data_say_that_they_are_of_the_altered_model(pages, qtbot):
    ended(pages, qtbot, lambda: pages.altering.alter(ZERO))
    unity = pages.panels["unity"]

    def copied():
        with qtbot.wait_signal(QGuiApplication.clipboard().dataChanged, timeout=30_000):
            pages.exporting.copy_data(unity)
        lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
        return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]

    both = copied()
    assert {line["state"] for line in both} == {"before", "after"}
    unity.state_choice.entries["before"].trigger()
    alone = copied()
    assert "state" not in alone[0]
    assert [line["within"] for line in both if line["state"] == "before"] == [
        line["within"] for line in alone
    ]


def test_what_is_computed_anew_of_the_altered_model_only_is_not_exported(pages, qtbot):
    ended(pages, qtbot, lambda: pages.altering.alter(ZERO))
    exporting, held = pages.exporting, pages.controller.held
    exporting.show_dialog(pages.panels["pairs"])
    held.take("after-words", pages.controller.results["after-words"], 99)
    assert "similarity" in pages.controller.snapshot().results
    for take_out in (exporting.copy_picture, exporting.copy_data, exporting.show_dialog):
        pages.messages.clear()
        take_out(pages.panels["pairs"])
        assert "computed anew" in pages.messages.label.text()
    drawing = exporting.dialog._drawing()  # of what was shown when it was opened
    assert b'"kind": "pairs"' in drawing.bytes(Job(), "svg")["svg"]
    exporting.dialog.close()


def test_a_panel_shows_nothing_of_two_runs_of_the_model_as_it_is(pages, qtbot):
    ended(pages, qtbot, lambda: pages.altering.alter(ZERO))
    pairs, results = pages.panels["pairs"], pages.controller.results
    pairs.state_choice.entries["before"].trigger()
    qtbot.wait_until(pages.updates.idle)
    assert pairs._title.text()[0] == "="
    pairs.set_result("before-similarity", results["similarity"])  # its scores are to come
    qtbot.wait_until(pages.updates.idle)
    assert pairs._title.text()[0] == "≠"
    pairs.set_result("before-rsa", results["rsa"])
    qtbot.wait_until(pages.updates.idle)
    assert pairs._title.text()[0] == "="


def test_one_click_alters_words_and_moves_the_curves(pages, qtbot):
    before, own = logits(pages), pages.controller.results["rsa"]
    ended(pages, qtbot, lambda: pages.altering.menu.chosen.emit(ZERO))
    results = pages.controller.results
    assert results["rsa"] is own  # nothing of the model as it is was computed anew
    laminar = pages.panels["laminar"]
    assert laminar.results["rsa"] is results["after-rsa"]
    assert laminar.results["before-rsa"] is own
    assert laminar.shown.note.count("in the altered model") == 0
    assert laminar._title.text() == "≠ Laminar curves"
    table = laminar.figure().shown(results).table.columns
    change = table["p_change"][table["plot"] == "all"]
    assert np.isfinite(change).any()
    assert pages.altering.bar.isVisible()
    assert pages.altering.bar.what._full_text == "Altered: layer 0 head 1: zero"
    assert torch.equal(logits(pages), before)
    assert pages.undo.stack.undoText() == "Alter layer 0 head 1: zero"

    pages.altering.bar.state.click()
    qtbot.wait_until(pages.updates.idle)
    assert laminar.results["rsa"] is own
    assert "before-rsa" not in laminar.results
    pages.altering.toggle()

    pages.altering.bar.clear_all.click()
    qtbot.wait_until(lambda: not pages.controller.busy() and pages.updates.idle())
    assert not any(name.startswith("after-") for name in pages.controller.results)
    assert laminar.results["rsa"] is own
    assert not pages.altering.bar.isVisible()
    assert torch.equal(logits(pages), before)
    pages.undo.undo()
    assert pages.panels["inside"].interventions == (ZERO,)
    assert pages.altering.bar.compute.isVisible()


@pytest.mark.parametrize("section", ASKED)
def test_every_panel_starts_with_the_altered_model_and_shows_both(pages, qtbot, section):
    pages.panels["inside"].alter(ZERO)
    now = task(section)
    ended(
        pages,
        qtbot,
        pages.runs.capture if section == "words" else lambda: pages.runs.show_task(now),
    )
    page = pages.pages.page
    drawn = [pages.panels[name] for row in now.rows for name in row]
    drawn = [panel for panel in drawn if isinstance(panel, ViewPanel)]
    for panel in drawn:
        page.reveal(panel.id)
        qtbot.wait_until(pages.updates.idle)
        if panel.plot.section == "inside" and not panel.plot.has_states:
            assert panel._title.text() == panel.shown_title  # of no state, or of both
            continue
        assert panel._title.text() == f"≠ {panel.shown_title}", panel.id
        if panel.one_state or panel.figure() is None:
            continue
        assert panel.state_choice.isVisibleTo(panel)
        results = pages.controller.results
        after = panel.figure().shown(results)
        panel.state_choice.entries["before"].trigger()
        qtbot.wait_until(pages.updates.idle)
        assert panel._title.text() == f"= {panel.shown_title}"
        spec = panel.figure()
        assert not spec.altered
        plain = PLOTS[panel.id].show(OfState(results), spec.view)
        assert panel.shown.note == plain.note
        assert "altered" in after.note
        if not panel.state_choice.entries["change"].isEnabled():
            continue
        panel.state_choice.entries["change"].trigger()
        qtbot.wait_until(pages.updates.idle)
        differs = "what the alteration changes" in panel.figure().shown(results).note
        assert panel._title.text()[0] == ("Δ" if differs else "≠"), panel.id
    assert len(drawn) > 2


def test_tokens_and_continuation_show_the_altered_model_too(pages, qtbot):
    pages.panels["inside"].alter(ZERO)
    said = pages.altering.bar.what._full_text
    assert said == "Not computed yet: layer 0 head 1: zero"  # the model as it is, is shown
    for section in ("text", "prompts"):
        ended(pages, qtbot, lambda section=section: pages.runs.show_task(task(section)))
    results = pages.controller.results
    tokens, writing = pages.panels["tokens"], pages.panels["writing"]
    assert tokens.results["adjustments"] is results["after-adjustments"]
    assert writing.results["continuation"] is results["after-continuation"]
    candidates = pages.panels["candidates"].figure().shown(results).table.columns
    own = results["continuation"].places[0].stages.raw.by_token()
    assert candidates["before"].tolist() == own[candidates["token_id"]].tolist()
    assert (candidates["before"] != candidates["model"]).any()
    listed = pages.panels["candidates"].list
    header = listed.horizontalHeader()
    last = header.sectionPosition(BEFORE) + header.sectionSize(BEFORE)
    assert last <= listed.viewport().width()  # no number is cut
    layers = pages.panels["strip"].figure().shown(results).table.columns
    median = {name: layers["value"][layers["mark"] == name] for name in ("median", "median before")}
    assert (median["median"] != median["median before"]).any()
    assert pages.panels["chain"]._title.text() == "≠ Sampler chain"
    ended(pages, qtbot, writing.step)
    qtbot.wait_until(lambda: writing.node is not None)
    made = pages.controller.history
    assert len(made.by_altered) == 1
    assert not made.generated
    assert pages.controller.results["prompts"].places[0].node is None
    assert pages.controller.results["after-prompts"].places[0].node is made.by_altered[0].node
    pages.altering.show_altered(altered=False)
    qtbot.wait_until(pages.updates.idle)
    assert writing.node is None
    assert writing._title.text() == "Continuation"
    pages.altering.show_altered(altered=True)
    qtbot.wait_until(pages.updates.idle)
    assert writing.node is made.by_altered[0].node


def test_other_interventions_leave_no_number_of_the_former(pages, qtbot):
    ended(pages, qtbot, lambda: pages.altering.alter(ZERO))
    ended(pages, qtbot, lambda: pages.runs.show_task(task("text")))
    said = []
    pages.controller.results_dropped.connect(
        lambda _: said.append(pages.altering.bar.what._full_text)
    )
    ended(pages, qtbot, lambda: pages.altering.alter(OTHER))
    assert said[0].startswith("Not computed yet: layer 0 head 1: zero; layer 1 MLP")
    results = pages.controller.results
    assert results["altered"].interventions == (ZERO, OTHER)
    assert "after-text" in results
    assert "after-words" not in results


def test_a_cancelled_or_broken_run_leaves_the_model_and_what_is_shown(pages, qtbot, monkeypatch):
    before, own = logits(pages), pages.controller.results["rsa"]

    def broken(*_args, **_kwargs):
        raise RuntimeError("in the middle")

    with monkeypatch.context() as patched:
        patched.setattr(pages.controller.model.hf.model.layers[1], "forward", broken)
        with qtbot.waitSignal(pages.controller.run_ended, timeout=60_000):
            pages.altering.alter(ZERO)
    qtbot.wait_until(lambda: not pages.controller.busy())
    assert torch.equal(logits(pages), before)
    assert pages.panels["laminar"].results["rsa"] is own
    with qtbot.waitSignal(pages.controller.run_ended, timeout=60_000):
        pages.runs.capture()
        pages.runs.cancel()
    qtbot.wait_until(lambda: not pages.controller.busy())
    assert torch.equal(logits(pages), before)
    assert pages.panels["laminar"].results["rsa"] is own


def test_a_session_keeps_both_models(pages, qtbot, tmp_path, another_window):
    from laminoscope.session_io import session_of
    from laminoscope_core.session import save_session

    ended(pages, qtbot, lambda: pages.altering.alter(ZERO))
    path = tmp_path / "a.laminoscope"
    save_session(path, session_of(pages.parts))
    loaded = load_session(path)
    assert loaded.run.results["altered"].interventions == (ZERO,)
    other = another_window()
    with qtbot.waitSignal(other.controller.results_adopted, timeout=60_000):
        other.opening.open_path(path)
    qtbot.wait_until(lambda: "laminar" in other.panels.made() and other.updates.idle())
    qtbot.wait_until(lambda: other.panels["laminar"].altered)
    assert other.panels["inside"].interventions == (ZERO,)
    assert other.altering.bar.what._full_text == "Altered: layer 0 head 1: zero"


def test_a_selected_head_is_silenced_by_a_key_or_by_the_menu_of_a_panel(pages, qtbot):
    form, selection = pages.panels["inside"], pages.selection
    silence = pages.actions_by_id["run.silence_head"]
    silence.trigger()
    assert pages.messages.label.text().startswith("Select a head first")
    assert not form.interventions
    ended(pages, qtbot, lambda: pages.runs.show_task(task("inside")))
    atlas = pages.panels["heads"]
    texts = [action.text() for action in pages.exporting.menu(atlas).actions()]
    assert not any("Silence" in text for text in texts)
    selection.layer, selection.head = 1, 0
    ended(pages, qtbot, silence.trigger)
    made = Intervention(site="attn_head", layer=1, heads=(0,), action="zero")
    assert form.interventions == (made,)
    assert atlas.altered
    selection.head = 1
    entries = {action.text(): action for action in pages.exporting.menu(atlas).actions()}
    ended(pages, qtbot, entries["Silence head 1 of layer 1"].trigger)
    assert form.interventions[1].heads == (1,)


def test_many_parts_are_named_in_the_tool_tip_only(pages):
    many = Intervention(site="neuron", layer=1, neurons=tuple(range(3, 47)), action="zero")
    tokens = Intervention(site="mlp", layer=0, tokens=(0, 1, 2, 3, 4), action="zero")
    form = pages.panels["inside"]
    for each in (many, tokens):
        form.alter(each)
    (chip, _), (other, _) = form.alterations.chips
    assert chip.text() == "0  layer 1 neuron 3 4 5 and 41 more: zero"
    every = " ".join(map(str, range(3, 47)))
    assert chip.toolTip().startswith(f"0  layer 1 neuron {every}: zero\n")
    assert other.text() == "1  layer 0 MLP at token 0 1 2 3 4: zero"
    bar = pages.altering.bar.what
    assert bar._full_text == "Not computed yet: layer 1 neuron 3 4 5 and 41 more: zero"
    assert f"neuron {every}: zero" in bar.toolTip()


def test_a_chip_is_edited(pages, qtbot):
    form = pages.panels["inside"]
    pages.runs.show_task(task("inside"))
    form.alter(ZERO)
    form.edit_intervention(0)
    from laminoscope_widgets.intervention_dialog import InterventionDialog

    (dialog,) = form.findChildren(InterventionDialog)
    dialog.action.setCurrentIndex(dialog.action.findData("scale"))
    dialog.factor.setValue(0.25)
    dialog.parts.setText("0 x")
    dialog.ok.click()
    assert "not as 0 x" in dialog.error.text()
    dialog.parts.setText("0" * 5000)  # more digits than a number has
    dialog.ok.click()
    assert "not as 000" in dialog.error.text()
    dialog.parts.setText("0 1")
    dialog.ok.click()
    (found,) = form.interventions
    assert (found.action, found.factor, found.heads) == ("scale", 0.25, (0, 1))
    pages.undo.undo()
    assert form.interventions == (ZERO,)
    form.edit_intervention(-1)
    dialog = form.findChildren(InterventionDialog)[-1]
    dialog.site.setCurrentIndex(dialog.site.findData("resid"))
    dialog.action.setCurrentIndex(dialog.action.findData("steer"))
    assert dialog.layer.maximum() > pages.selection.layer  # nothing says yet how many there are
    dialog.less.setText("a text")
    dialog.ok.click()
    assert dialog.error.text() == "what is steered along is empty"
    dialog.along.setText(" snow")
    dialog.strength.setValue(2)
    dialog.ok.click()
    assert form.interventions[1].along == (" snow", "a text")
    assert form.interventions[1].strength == 2


def test_what_computes_for_former_interventions_gives_nothing_more(pages, qtbot):
    pages.controller.params["rsa-chance"] = rsa_chance.Params(n_permutations=99_999)
    pages.altering.alter(ZERO)
    qtbot.wait_until(lambda: "after-causal" in pages.controller.results, timeout=60_000)
    pages.runs.show_task(task("text"))
    pages.altering.alter(OTHER)
    qtbot.wait_until(lambda: "after-regression" in pages.controller.results, timeout=60_000)
    assert pages.controller.results["altered"].interventions == (ZERO, OTHER)
    of_words = {"after-words", *depending_on("after-words")}
    assert not of_words & (pages.controller.results.keys() | pages.controller.awaited().keys())


def test_loops_of_an_altered_model_end_with_what_alters_it(pages, qtbot):
    pages.panels["inside"].alter(ZERO)
    ended(pages, qtbot, lambda: pages.runs.show_task(task("prompts")))
    chains = tuple((f"chain {n}", ({"sampler": "temperature"},)) for n in range(20))
    request = LoopRequest((1, 2, 3), chains, n_seeds=2, n_tokens=20)
    pages.controller.run_task("loops", request, altered=True)
    qtbot.wait_until(lambda: "after-loops" in pages.controller.results, timeout=60_000)
    pages.altering.clear()
    qtbot.wait_until(lambda: not pages.controller.busy(), timeout=60_000)
    assert not any(name.startswith("after-") for name in pages.controller.results)
