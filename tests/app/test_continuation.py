"""The continuation task on the default model: what one sees, sets and generates."""

import json
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from scipy.spatial.distance import jensenshannon

from laminoscope import cli
from laminoscope_core.experiment import Experiment
from laminoscope_core.plots.writing import COLOURINGS
from laminoscope_core.sampling import Chain, Continuation
from laminoscope_core.sampling.columns import Column
from laminoscope_core.sampling.library import ChainLibrary

from .laboratory import TASK, settle

pytestmark = pytest.mark.model

GREEDY = [{"sampler": "temperature", "temperature": 0.0}]


def do(qtbot, window, command, *arguments):
    """Do what starts a job, and wait until its results are drawn."""
    with qtbot.waitSignal(window.controller.finished, timeout=60_000):
        command(*arguments)
    settle(qtbot, window)


def plain_probabilities(model, text):
    import torch

    with torch.inference_mode():
        logits = model.hf(**model.tokenizer(text, return_tensors="pt")).logits[0, -1]
    return torch.softmax(logits.double(), dim=-1).numpy()


def column(lab, number, rows):
    table = lab.panels["candidates"].table
    return [table.index(row, number).data() for row in range(rows)]


def test_the_task_reads_its_sample_prompt_and_ranks_every_token(lab, default_model):
    p = plain_probabilities(default_model, "White hare upon")
    best = np.argsort(-p, kind="stable")[:5]
    assert lab.panels["candidates"].table.rowCount() == p.size
    assert column(lab, 2, 5) == [str(token) for token in best]
    assert [float(text) for text in column(lab, 4, 5)] == pytest.approx(p[best], abs=5e-5)
    names = [default_model.tokenizer.decode([token]).replace(" ", "·") for token in best]
    assert column(lab, 1, 5) == names


def test_a_card_changes_the_chain_without_running_the_model(lab, qtbot, monkeypatch, default_model):
    chain = lab.panels["chain"]
    do(qtbot, lab, chain.set_items, [{"sampler": "top_k", "k": 40}])
    monkeypatch.setattr(default_model.hf, "forward", None)
    do(qtbot, lab, chain.cards[0].controls["k"].setValue, 2)
    p = plain_probabilities_of(lab)
    kept = np.sort(p)[::-1][:2] / np.sort(p)[::-1][:2].sum()
    assert [float(text) for text in column(lab, 5, 2)] == pytest.approx(kept, abs=5e-5)
    assert column(lab, 5, 3)[2] == "–"
    card = chain.cards[0]
    assert card.counts.text().startswith(f"2 left · −{100 * (1 - np.sort(p)[-2:].sum()):.1f} %")
    assert "the best 2 of 49,152" in card.reason.text()
    do(qtbot, lab, card.switch.setChecked, False)
    assert lab.controller.results["continuation"].places[0].stages.final.ids.size == p.size


def plain_probabilities_of(lab):
    raw = lab.controller.results["continuation"].places[0].place.raw
    return raw.probabilities


def test_cards_are_duplicated_moved_and_removed(lab, qtbot):
    chain = lab.panels["chain"]
    do(qtbot, lab, chain.set_items, Chain.preset("llama.cpp").to_list())
    names = [card.name for card in chain.cards]
    card = chain.cards[3]
    do(qtbot, lab, card.duplicate_wanted.emit)
    assert [c.name for c in chain.cards] == [*names[:4], "top_k", *names[4:]]
    do(qtbot, lab, chain.cards[4].remove_wanted.emit)
    grip = card.grip
    start = grip.rect().center()
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton, pos=start)
    left_edge = chain.cards_area.widget().mapToGlobal(QPoint(2, 20))
    qtbot.mouseMove(grip, grip.mapFromGlobal(left_edge))
    do(qtbot, lab, lambda: qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton))
    assert [c.name for c in chain.cards] == ["top_k", *names[:3], *names[4:]]
    stages = lab.controller.results["continuation"].places[0].stages
    assert [stage.name for stage in stages] == [c.name for c in chain.cards]
    assert lab.forms.kept().sampling.chain[0]["sampler"] == "top_k"


def test_a_card_that_is_added_can_be_seen(lab, qtbot):
    chain = lab.panels["chain"]
    do(qtbot, lab, chain.set_items, Chain.preset("llama.cpp").to_list())
    do(qtbot, lab, chain.add, "mirostat")
    card = chain.cards[-1]
    assert card.visibleRegion().boundingRect() == card.rect()


def test_cards_are_whole_on_a_small_screen(lab, qtbot):
    chain = lab.panels["chain"]
    do(qtbot, lab, chain.set_items, Chain.preset("llama.cpp").to_list())
    before = lab.size()
    lab.resize(1272, 690)
    area = chain.cards_area
    qtbot.wait_until(lambda: area.width() > 1000 and area.viewport().height() == area.height())
    for card in (*chain.cards, chain.draw_card):
        assert card.visibleRegion().boundingRect() == card.rect()
        assert card.height() >= card.minimumSizeHint().height()
    lab.resize(before)


def test_running_gives_what_transformers_generates_and_undo_goes_back(lab, qtbot, default_model):
    writing = lab.panels["writing"]
    do(qtbot, lab, lab.panels["chain"].set_items, GREEDY)
    writing.count.setValue(8)
    do(qtbot, lab, writing.run)
    inputs = default_model.tokenizer("White hare upon", return_tensors="pt")
    expected = default_model.hf.generate(**inputs, max_new_tokens=8, do_sample=False)[0, 3:]
    assert [step.token for step in writing.node.path] == expected.tolist()
    place = lab.controller.results["continuation"].places[0].place
    assert place.generated == tuple(expected.tolist())
    text = "White hare upon" + default_model.tokenizer.decode(expected[:7])
    do(qtbot, lab, writing.back)
    p = plain_probabilities(default_model, text)
    assert float(column(lab, 4, 1)[0]) == pytest.approx(p.max(), abs=1e-4)
    assert len(writing.node.path) == 7


def test_writing_is_undone_and_done_again_and_nothing_is_read_or_written_anew(lab, qtbot):
    writing, stack = lab.panels["writing"], lab.undo.stack
    writing.count.setValue(4)
    stack.clear()
    do(qtbot, lab, writing.run)
    run = writing.node
    do(qtbot, lab, writing.step)
    step = writing.node
    do(qtbot, lab, writing.back)
    steps = [stack.text(at) for at in range(stack.count())]
    assert steps == ["Write 4 tokens", "Write 1 token", "Go back by 1 token"]
    reader = lab.controller._tasks._continuation.reader
    before, places = reader.n_read, lambda: lab.controller.results["continuation"].places
    for text_end in (step, run, None):
        do(qtbot, lab, lab.undo.undo)
        path = () if text_end is None else text_end.path
        assert writing.node.path == path
        assert len(writing.shown.tokens) == 3 + len(path)
        assert places()[0].place.generated == tuple(node.token for node in path)
    for text_end in (run, step, run):
        do(qtbot, lab, lab.undo.redo)
        assert writing.node is text_end
        assert places()[0].place.node is text_end
    assert reader.n_read == before
    assert len(writing.tree.findItems("", Qt.MatchFlag.MatchContains)) == 1  # no second branch
    do(qtbot, lab, lab.runs.capture)
    while stack.canUndo():
        lab.undo.undo()
    settle(qtbot, lab)
    assert writing.node.path == ()  # of prompts that were read anew


def test_a_step_costs_one_token_of_the_model(lab, qtbot):
    writing = lab.panels["writing"]
    writing.count.setValue(4)
    do(qtbot, lab, writing.run)
    reader = lab.controller._tasks._continuation.reader
    before = reader.n_read
    do(qtbot, lab, writing.step)
    assert reader.n_read == before + 1


def test_a_branch_keeps_both_texts_in_the_tree(lab, qtbot):
    writing = lab.panels["writing"]
    writing.count.setValue(4)
    do(qtbot, lab, writing.run)
    first = writing.node.path
    other = next(int(t) for t in first[1].choice.alternatives if t != first[1].token)
    menu = writing.menu_for(first[1])
    action = next(a for a in menu.actions() if a.isEnabled() and a.text().count("\t"))
    do(qtbot, lab, action.trigger)
    assert [step.token for step in writing.node.path] == [first[0].token, other]
    assert np.isnan(writing.node.choice.u)
    root = writing.tree.topLevelItem(0)
    assert (root.text(1), root.childCount()) == ("1", 2)
    do(qtbot, lab, writing.tree.itemClicked.emit, root.child(0), 0)
    assert writing.node is first[-1]


def test_the_same_seed_gives_the_engines_text_and_hovering_names_alternatives(
    lab, qtbot, default_model
):
    writing, chain = lab.panels["writing"], lab.panels["chain"]
    do(qtbot, lab, chain.seed.setValue, 7)
    writing.count.setValue(5)
    do(qtbot, lab, writing.run)
    prompt = default_model.tokenizer.encode("White hare upon")
    engine = Continuation(default_model, prompt)
    links = Chain.from_list(chain.items(), default_model.tokenizer)
    nodes = list(engine.run(engine.root, links, 7, 5))
    assert [step.token for step in writing.node.path] == [node.token for node in nodes]
    writing.text.hovered.emit(3, QPoint(5, 5))
    assert f"rank {nodes[0].choice.raw_rank}" in writing.read_out.text()
    writing.text.hovered.emit(0, QPoint(5, 5))
    assert not writing.read_out.isVisible()


def test_stop_ends_a_run_and_its_candidates_are_shown(lab, qtbot):
    writing = lab.panels["writing"]
    writing.count.setValue(500)
    writing.run()
    assert writing.stop_button.isEnabled()
    qtbot.wait_until(lambda: writing.node is not None and len(writing.node.path) >= 2)
    with qtbot.waitSignal(lab.controller.finished, timeout=60_000):
        writing.stop()
    settle(qtbot, lab)
    assert len(writing.node.path) < 100
    assert lab.controller.results["continuation"].places[0].place.node is writing.node
    assert not writing.stop_button.isEnabled()


def test_cancelling_keeps_the_text_and_catches_up_with_its_candidates(lab, qtbot):
    writing = lab.panels["writing"]
    writing.count.setValue(500)
    writing.run()
    qtbot.wait_until(lambda: writing.node is not None and len(writing.node.path) >= 2)
    lab.runs.cancel()
    qtbot.wait_until(
        lambda: (
            lab.controller.results["continuation"].places[0].place.node is writing.node
            and not lab.controller.busy()
        ),
        timeout=60_000,
    )


def test_new_prompts_begin_new_trees(lab, qtbot):
    writing, prompts = lab.panels["writing"], lab.panels["prompts"]
    do(qtbot, lab, writing.step)
    assert writing.node is not None
    prompts.editor.setPlainText("Once upon a")
    assert prompts.run_button.text() == "Read the changes"
    do(qtbot, lab, prompts.run_button.click)
    assert writing.node is None
    assert writing.tree.topLevelItemCount() == 1  # what was written before
    assert writing.tree.topLevelItem(0).text(0) == "by SmolLM2 135M Instruct"
    assert prompts.run_button.text() == "Read the prompts"


UNREAD = "This prompt has not been read yet."


def said(panel):
    """What a panel says instead of results."""
    return panel._empty.text() if panel._empty.isVisible() else ""


def test_a_prompt_is_shown_as_it_was_read_whatever_its_row_is_by_now(lab, qtbot):
    prompts, writing, watch = (lab.panels[name] for name in ("prompts", "writing", "watch"))
    rows, candidates = prompts.list, lab.panels["candidates"]
    rows.setCurrentRow(1)
    writing.count.setValue(2)
    do(qtbot, lab, writing.run)
    brown = writing.node
    best = candidates.table.index(0, 1).data()

    def expect(unread):
        qtbot.wait_until(lab.updates.idle)
        assert {said(panel) for panel in (writing, candidates, watch)} == {UNREAD if unread else ""}
        assert (lab.panels["chain"]._note.toolTip() == UNREAD) == unread
        assert bool(lab.panels["chain"].cards[3].counts.text()) != unread
        assert (lab.panels["candidates"].figure() is None) == unread
        assert writing.run_button.isEnabled() != unread
        if not unread:
            assert candidates.table.index(0, 1).data() == best
            assert writing.node is brown

    expect(unread=False)
    rows.setCurrentRow(0)
    prompts.add()
    expect(unread=True)
    writing.step()
    writing.back()
    writing.branch(brown.parent, brown.token)
    assert not lab.controller.busy()
    rows.setCurrentRow(2)
    expect(unread=False)
    assert prompts.rendered.toPlainText() == "Brown hare upon"
    lab.undo.undo()
    rows.setCurrentRow(0)
    prompts.remove()
    expect(unread=False)
    assert prompts.editor.text() == "Brown hare upon"
    prompts.editor.setPlainText("Brown hare under")
    expect(unread=True)
    assert prompts.rendered_title.text() == UNREAD
    lab.undo.undo()
    expect(unread=False)


def test_texts_branches_and_columns_stay_with_their_prompts_when_one_is_read_beside_them(
    lab, qtbot
):
    prompts, writing, compare = (lab.panels[name] for name in ("prompts", "writing", "compare"))
    prompts.list.setCurrentRow(1)
    writing.count.setValue(2)
    do(qtbot, lab, writing.run)
    brown = writing.node
    do(qtbot, lab, compare.change, 0, Column(1))
    do(qtbot, lab, compare.change, 1, Column(0))
    prompts.list.setCurrentRow(0)
    prompts.add()
    prompts.editor.setPlainText("Grey hare upon")
    qtbot.wait_until(lab.updates.idle)
    assert writing._start.isVisible()
    assert writing._start.text() == "Read the changes"
    do(qtbot, lab, writing._start.click)
    assert said(writing) == ""
    assert "".join(writing.shown.tokens) == "Grey hare upon"
    prompts.list.setCurrentRow(2)
    assert writing.node is brown
    places = lab.controller.results["continuation"].places
    assert [len(place.place.generated) for place in places] == [0, 0, 2]
    assert [made.prompt for made in lab.controller.history.generated] == [2, 2]
    assert "kept_texts" not in lab.controller.results
    assert [column.prompt for column in compare.columns] == [2, 0]
    assert compare.buttons[0].lines[0] == "A  Brown hare upon + 2 tokens"
    do(qtbot, lab, writing.step)
    assert writing.node.parent is brown
    do(qtbot, lab, lab.undo.undo)
    assert writing.node is brown


def test_no_number_of_three_prompts_is_cut(lab, qtbot):
    prompts, watch, compare = (lab.panels[name] for name in ("prompts", "watch", "compare"))
    prompts.add()
    prompts.editor.setPlainText("A grey hare sat under the old apple tree and")
    do(qtbot, lab, lab.runs.capture)
    lab.selection.watched = (*lab.selection.watched, " hare")
    settle(qtbot, lab)

    def cut(table):
        """Columns of numbers that are narrower than what stands in them, or out of sight."""
        model, view = table.model(), table.viewport()
        metrics = table.fontMetrics()
        for column in range(1, model.columnCount()):
            lines = [
                line
                for row in range(model.rowCount())
                for line in model.index(row, column).data().split("\n")
            ]
            left, width = table.columnViewportPosition(column), table.columnWidth(column)
            if max(map(metrics.horizontalAdvance, lines)) > width or left + width > view.width():
                yield column

    assert not [*cut(compare.list)]
    assert compare.table.stacked
    for button in compare.buttons[1:]:
        assert "…" not in button.text().splitlines()[2]
    assert not [*cut(watch.table)]
    before = lab.size()
    lab.resize(1272, 690)
    qtbot.wait_until(lambda: compare.list.width() > 500)
    settle(qtbot, lab)
    assert not compare.table.stacked
    assert not [*cut(compare.list)]
    lab.resize(before)


def test_the_page_looks_at_no_layer_and_offers_none(lab):
    from laminoscope.layouts import TASKS

    place = lab.tools._layer_place
    assert not place.isVisible()
    assert not lab.actions_by_id["layer.next"].isVisible()
    lab.pages.show(TASKS[0])
    assert place.isVisible()
    assert lab.actions_by_id["layer.next"].isVisible()


def test_what_is_undone_while_prompts_are_read_is_followed_by_the_candidates(lab, qtbot):
    prompts, writing = lab.panels["prompts"], lab.panels["writing"]
    prompts.list.setCurrentRow(1)
    do(qtbot, lab, writing.step)
    first = writing.node
    do(qtbot, lab, writing.step)
    prompts.list.setCurrentRow(0)
    prompts.add()
    prompts.editor.setPlainText("Grey hare upon")
    lab.runs.capture()
    for _ in range(3):
        lab.undo.undo()
    settle(qtbot, lab)
    prompts.list.setCurrentRow(1)
    assert writing.node is first
    read = lab.controller.results["continuation"].places
    assert [place.place.node for place in read] == [None, None, first]


def test_an_empty_prompt_is_explained(lab):
    lab.panels["prompts"].editor.setPlainText("")
    lab.runs.capture()
    assert "not an experiment yet" in lab.messages.label.text()


def test_the_chat_template_is_shown_as_the_model_reads_it(lab, qtbot):
    prompts = lab.panels["prompts"]
    prompts.chat.setChecked(True)
    do(qtbot, lab, lab.runs.capture)
    shown = prompts.rendered.toPlainText()
    assert shown.endswith("<|im_start|>user\nWhite hare upon<|im_end|>\n<|im_start|>assistant\n")
    assert lab.forms.kept().prompts[0].chat


def test_watched_tokens_follow_every_prompt(lab, default_model):
    table = lab.panels["watch"].table
    token = default_model.tokenizer.encode(" snow")[0]
    for number, prompt in enumerate(("White hare upon", "Brown hare upon"), start=1):
        p = plain_probabilities(default_model, prompt)
        rank = int((p > p[token]).sum()) + 1
        assert table.item(0, number).text().startswith(f"{rank}\n")
        assert table.horizontalHeaderItem(number).text() == prompt


def test_prompts_are_compared_by_rank_difference_and_distance(lab, default_model):
    compare = lab.panels["compare"]
    first, second = (
        plain_probabilities(default_model, text) for text in ("White hare upon", "Brown hare upon")
    )
    assert compare.buttons[1].lines == (
        "B  Brown hare upon",
        "model alone",
        f"distance {jensenshannon(first, second):.3f} from A",
    )
    snow = default_model.tokenizer.encode(" snow")[0]
    ranks = [int((p > p[snow]).sum()) + 1 for p in (first, second)]
    table = compare.table
    shown = [table.index(0, section).data() for section in (0, 1, 3)]
    assert shown == ["·snow", str(ranks[0]), str(ranks[1])]
    change = second - first
    largest = int(np.argmax(np.abs(change)))
    row = table.n_watched
    assert table.token_at(row) == largest
    assert table.index(row, 5).data() == f"{'−' if change[largest] < 0 else '+'}" + (
        f"{abs(change[largest]):.4f}"
    )


def entry(menu, title):
    menu.fill()
    return next(action for action in menu.actions() if action.text() == title)


def test_a_chain_is_saved_by_name_and_taken_again(lab, qtbot):
    chain = lab.panels["chain"]
    do(qtbot, lab, chain.set_items, [{"sampler": "top_k", "k": 3}])
    chain.save_as("three")
    do(qtbot, lab, entry(chain.menu, "greedy").trigger)
    assert [card.name for card in chain.cards] == ["temperature"]
    do(qtbot, lab, entry(chain.menu, "three").trigger)
    assert chain.items() == [{"sampler": "top_k", "k": 3}]
    chain.menu.rename("three", "3")
    chain.menu.delete("3")
    chain.menu.fill()
    assert not {"three", "3"} & {action.text() for action in chain.menu.actions()}


def test_damaged_saved_chains_are_told_of_and_kept(lab, qtbot):
    chain = lab.panels["chain"]
    library = ChainLibrary()
    library.path.parent.mkdir(parents=True, exist_ok=True)
    library.path.write_text("{")
    with qtbot.waitSignal(chain.menu.refused) as told:
        entry(chain.menu, "The saved chains cannot be read").trigger()
    assert "are damaged" in told.args[0]
    with qtbot.waitSignal(chain.refused) as told:
        chain.save_as("mine")
    kept = library.path.with_name("chains-damaged-1.json")
    assert kept.name in told.args[0]
    assert kept.read_text() == "{"
    assert [saved.name for saved in library.chains()] == ["mine"]


def test_the_models_own_chain_is_one_click(lab, qtbot, default_model):
    chain = lab.panels["chain"]
    title = "Recommended by this model"
    assert not entry(chain.menu, title).isEnabled()
    info = replace(default_model.info, sampling={"temp": 0.5, "sequence": "top_k;temperature"})
    lab.controller.model = replace(default_model, info=info)
    do(qtbot, lab, lab.runs.capture)
    do(qtbot, lab, entry(chain.menu, title).trigger)
    assert chain.items() == [
        {"sampler": "top_k", "k": 40},
        {"sampler": "temperature", "temperature": 0.5},
    ]
    info = replace(info, sampling={"top_k": "many"})
    lab.controller.model = replace(default_model, info=info)
    do(qtbot, lab, lab.runs.capture)
    refused = entry(chain.menu, title)
    assert not refused.isEnabled()
    assert "k must be a whole number" in refused.toolTip()


def test_stop_tokens_are_added_by_text_or_id_removed_and_reset(lab, qtbot, default_model):
    chain, writing = lab.panels["chain"], lab.panels["writing"]
    do(qtbot, lab, chain.set_items, GREEDY)
    writing.count.setValue(6)
    do(qtbot, lab, writing.run)
    path = [step.token for step in writing.node.path]
    declared = lab.controller.results["continuation"].stop
    chips = [chip.text() for chip in chain.stop_tokens.chips]
    assert chips == [f"{default_model.tokenizer.decode([t])}  ×" for t in sorted(declared)]
    chain.stop_tokens.line.setText(default_model.tokenizer.decode([path[2]]))
    do(qtbot, lab, chain.stop_tokens.line.returnPressed.emit)
    do(qtbot, lab, writing.go_to, writing.node.path[0])
    do(qtbot, lab, writing.run)
    first = path.index(path[2], 1)
    assert [step.token for step in writing.node.path] == path[: first + 1]
    assert writing.node.ended == "stop token"
    do(qtbot, lab, writing.step)  # going on all the same
    assert [step.token for step in writing.node.path] == path[: first + 2]
    with qtbot.waitSignal(chain.refused) as told:
        chain.add_stop("two words")
    assert "a stop token is exactly one" in told.args[0]
    with qtbot.waitSignal(chain.refused) as told:
        chain.add_stop(10**9)
    assert "no token 1000000000" in told.args[0]
    do(qtbot, lab, chain.remove_stop, min(declared))
    assert lab.controller.results["continuation"].stop == {path[2]}
    assert lab.forms.kept().sampling.stop == (path[2],)
    do(qtbot, lab, chain.stop_tokens.reset.click)
    assert lab.controller.results["continuation"].stop == declared
    assert lab.forms.kept().sampling.stop is None


@pytest.mark.parametrize("seed", [-1, 2**70 + 3, -(2**65)])
def test_any_whole_number_is_a_seed(lab, qtbot, default_model, seed):
    chain, writing = lab.panels["chain"], lab.panels["writing"]
    do(qtbot, lab, chain.seed.lineEdit().textEdited.emit, str(seed))
    assert lab.controller.results["continuation"].seed == chain.seed.value() == seed
    do(qtbot, lab, writing.step)
    engine = Continuation(default_model, default_model.tokenizer.encode("White hare upon"))
    links = Chain.from_list(chain.items(), default_model.tokenizer)
    assert writing.node.token == engine.step(engine.root, links, seed).token
    assert Experiment.from_text(lab.forms.kept().to_toml()).sampling.seed == seed


def test_samplers_that_are_off_are_folded_and_can_be_moved_by_keyboard(lab, qtbot):
    chain = lab.panels["chain"]
    do(qtbot, lab, chain.set_items, Chain.preset("llama.cpp").to_list())
    folded = [card.name for card in chain.cards if card.folded]
    assert folded == ["penalties", "dry", "top_n_sigma", "typical_p", "xtc"]
    chain.cards[0].spine.click()
    assert not chain.cards[0].folded
    do(qtbot, lab, chain.cards[0].move_wanted.emit, 1)
    assert [card.name for card in chain.cards][:2] == ["dry", "penalties"]
    stages = lab.controller.results["continuation"].places[0].stages
    assert [stage.name for stage in stages][:2] == ["dry", "penalties"]


def test_columns_of_chains_are_added_changed_put_first_and_removed(lab, qtbot, default_model):
    compare = lab.panels["compare"]
    do(qtbot, lab, compare.add)
    do(qtbot, lab, compare.change, 2, Column(0, chain="chain"))
    applied = lab.controller.results["continuation"].places[0].stages
    raw, final = dense(applied.raw), dense(applied.final)
    assert compare.buttons[2].lines[2] == f"distance {jensenshannon(raw, final):.3f} from A"
    top_2 = Column(0, chain="mine", samplers=({"sampler": "top_k", "k": 2},))
    do(qtbot, lab, compare.change, 1, top_2)
    assert compare.buttons[1].lines[1] == "after mine"
    result = lab.controller.results["comparison"]
    best = np.sort(raw)[::-1][:2]
    assert sorted(result.columns[1].probabilities[result.columns[1].best_first]) == pytest.approx(
        sorted(best / best.sum())
    )
    xtc = {"sampler": "xtc", "probability": 0.5, "threshold": 0.01}
    do(qtbot, lab, lab.panels["chain"].set_items, [xtc])
    assert compare.buttons[2].lines[1] == "after the chain · over all seeds"
    do(qtbot, lab, compare.make_reference, 1)
    assert [column.chain for column in compare.columns] == ["mine", "model", "chain"]
    do(qtbot, lab, compare.remove, 0)
    assert compare.columns == (Column(0), Column(0, chain="chain"))
    compare.remove(1)
    compare.buttons[1].column_chosen.emit(Column(0, chain="greedy"))  # it stays until it is done
    assert compare.columns == (Column(0),)


def test_a_comparison_that_a_cancelled_job_left_behind_is_made_anew(lab, qtbot):
    before = lab.controller.results["comparison"]
    do(qtbot, lab, lab.panels["writing"].step)
    after = lab.controller.results["comparison"]
    compare = lab.panels["compare"]
    compare.set_result("comparison", before)  # as if the job had ended before the comparison
    do(qtbot, lab, compare.settle)
    again = lab.controller.results["comparison"]
    assert again is not before
    np.testing.assert_array_equal(again.probability, after.probability)
    with qtbot.assertNotEmitted(compare.params_wanted):
        compare.settle()


def test_a_column_through_the_chat_template_is_read_again_when_the_text_grows(
    lab, qtbot, default_model
):
    compare, writing = lab.panels["compare"], lab.panels["writing"]
    do(qtbot, lab, compare.change, 1, Column(0, chat=True))
    template = "<|im_start|>user\nWhite hare upon<|im_end|>\n<|im_start|>assistant\n"
    assert "chat template" in compare.buttons[1].lines[1]
    do(qtbot, lab, writing.step)
    result = lab.controller.results["comparison"]
    text = result.columns[1].prompt
    assert text.endswith(template + default_model.tokenizer.decode(writing.node.token))
    settle(qtbot, lab)
    assert compare.buttons[1].lines[0].endswith("White hare upon + 1 token")
    p = plain_probabilities(default_model, text)
    np.testing.assert_allclose(result.columns[1].probabilities, p, atol=1e-5)


def test_another_model_is_opened_beside_and_matched_by_text(lab, qtbot, tiny_folder):
    compare = lab.panels["compare"]
    do(qtbot, lab, compare.change, 1, Column(0, model=str(tiny_folder)))
    result = lab.controller.results["comparison"]
    assert result.by_text
    assert compare.matching.isVisibleTo(compare)
    assert compare.buttons[1].lines[2] == "no distance"
    assert "the vocabularies differ" in compare.buttons[1].toolTip()
    assert np.isnan(result.columns[1].distance)
    assert lab.controller.model.info.source == "smollm2-135m"
    only_here = result.probability[np.isnan(result.probability[:, 1]), 0]
    assert only_here.size
    do(qtbot, lab, compare.change, 1, Column(0, model="no/such-model-here"))
    reason = lab.controller.results["comparison"].columns[1].reason
    assert reason
    assert compare.buttons[1].lines[2] == reason
    do(qtbot, lab, lab.runs.capture)  # reads it again, once, and stays with its reason
    settle(qtbot, lab)
    assert lab.controller.results["comparison"].columns[1].reason == reason


def dense(candidates):
    p = np.zeros(candidates.vocabulary)
    p[candidates.ids] = candidates.probabilities
    return p


def test_a_candidate_is_selected_everywhere(lab, qtbot):
    view = lab.panels["candidates"].list
    index = lab.panels["candidates"].table.index(4, 1)
    place = view.visualRect(index).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    token = lab.panels["candidates"].table.token_at(4)
    assert lab.selection.candidate == token
    settle(qtbot, lab)
    watch = lab.panels["watch"]
    assert watch.way.item(0, 1).text() == "5"
    lab.clear_selection()
    settle(qtbot, lab)
    assert watch.way.rowCount() == 0


def test_a_token_is_found_by_its_text_and_enter_goes_to_the_next(lab, qtbot):
    candidates, tokens = lab.panels["candidates"], lab.controller.results["prompts"]
    qtbot.keyClicks(candidates.find_line, "snow")
    found = [lab.selection.candidate]
    for _ in range(2):
        settle(qtbot, lab)
        qtbot.keyClick(candidates.find_line, Qt.Key.Key_Return)
        found.append(lab.selection.candidate)
    ids = candidates.table.rows.ids
    expected = [int(token) for token in ids if "snow" in tokens.text_of(int(token))][:3]
    assert found == expected


def test_the_loop_laboratory_measures_in_the_background(lab, qtbot, default_model):
    loops = lab.panels["loops"]
    lab.pages.reveal("loops")
    do(qtbot, lab, lab.panels["chain"].set_items, GREEDY)
    loops.unit.setText(" tick")
    loops.repeats.setValue(3)
    do(qtbot, lab, loops.measure_echo)
    token = default_model.tokenizer.encode(" tick")[0]
    expected = [plain_probabilities(default_model, " tick" * n)[token] for n in (1, 2, 3)]
    settle(qtbot, lab)
    curve = loops.canvas.frames["echo"].drawn["curve"].mark
    np.testing.assert_allclose(curve.y, expected, rtol=1e-3)
    assert list(curve.x) == [1, 2, 3]
    loops.seeds.setValue(2)
    loops.length.setValue(9)
    loops.choose_chain("raw", True)
    do(qtbot, lab, loops.measure_loops)
    greedy, raw = lab.controller.results["loops"].reports
    assert (greedy.name, raw.name) == ("this chain", "raw")
    settle(qtbot, lab)
    beside = [text for _, text, _ in loops.shown.frames["rate"].beside]
    assert beside == [f"{greedy.n_loops} of 2", f"{raw.n_loops} of 2"]
    assert greedy.runs[0].tokens == greedy.runs[1].tokens  # a greedy chain has no use for seeds
    assert raw.runs[0].tokens != raw.runs[1].tokens


def test_the_loop_laboratory_tells_what_repeats_in_the_text(lab, qtbot, default_model):
    loops, writing = lab.panels["loops"], lab.panels["writing"]
    lab.pages.reveal("loops")
    settle(qtbot, lab)
    assert "Nothing has been generated" in loops.text_says.text()
    do(qtbot, lab, lab.panels["chain"].set_items, GREEDY)
    token = default_model.tokenizer.encode(" tick")[0]
    root = writing.node
    for _ in range(4):
        do(qtbot, lab, writing.branch, root, token)
        root = writing.node
    assert "“·tick”, period 1, 4.0 times from generated token 0 on" in loops.text_says.text()
    loops.start.setCurrentIndex(1)
    loops.seeds.setValue(2)
    loops.length.setValue(12)
    with qtbot.waitSignal(loops.task_wanted) as asked:
        loops.measure_loops()
    settle(qtbot, lab)
    assert asked.args[1].prompt[-4:] == (token,) * 4


def test_hostile_tokens_are_shown_as_they_are(lab, qtbot):
    lab.panels["prompts"].editor.setPlainText("<img src=x>\u202e</s><b>\n")
    do(qtbot, lab, lab.runs.capture)
    assert "<img src=x>⟨U+202E⟩</s><b>" in lab.panels["prompts"].rendered.toPlainText()
    for name in ("chain", "watch", "writing"):
        for label in lab.panels[name].findChildren(type(lab.panels["chain"].draw_card.drawn)):
            assert label.textFormat() == Qt.TextFormat.PlainText


def test_the_command_line_samples_the_same_tokens(capsys, default_model):
    arguments = ["sample", "--model", "smollm2-135m", "--prompt", "White hare upon"]
    assert cli._status([*arguments, "--tokens", "4", "--chain", "greedy", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    inputs = default_model.tokenizer("White hare upon", return_tensors="pt")
    expected = default_model.hf.generate(**inputs, max_new_tokens=4, do_sample=False)[0, 3:]
    assert [token["id"] for token in data["tokens"]] == expected.tolist()
    assert data["text"] == default_model.tokenizer.decode(expected)
    p = plain_probabilities(default_model, "White hare upon")
    assert data["tokens"][0]["raw_probability"] == pytest.approx(p.max(), rel=1e-4)
    assert cli._status([*arguments, "--tokens", "4", "--chain", "greedy"]) == 0
    assert capsys.readouterr().out == data["text"] + "\n"


@pytest.mark.parametrize(
    ("extra", "status", "said"),
    [
        (["--chain", "nope"], 2, "no chain and no file 'nope'"),
        (["--tokens", "0"], 64, "--tokens must be 1 or more, not 0"),
    ],
)
def test_the_command_line_refuses_what_is_not_valid(capsys, extra, status, said):
    assert cli._status(["sample", "--model", "smollm2-135m", "--prompt", "x", *extra]) == status
    assert said in capsys.readouterr().err


@pytest.fixture(scope="session")
def odd_folder(tmp_path_factory):
    """A model with hostile tokens, more logits than tokens, and neither template nor end token."""
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("odd")
    pieces = [
        "?",
        "a",
        "<b>",
        "</s>",
        "<img src=x>",
        "\u202e",
        "\x00",
        "&amp;",
        "$x_1$",
        "\n",
        "e\u0301" * 9,
    ]
    tokenizer = Tokenizer(models.WordLevel({p: i for i, p in enumerate(pieces)}, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    tokenizer.decoder = decoders.Fuse()
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="?").save_pretrained(folder)
    config = LlamaConfig(
        vocab_size=40,
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=24,
        bos_token_id=None,
        eos_token_id=None,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder


def test_a_model_with_odd_tokens_and_no_end_can_be_worked_with(window, qtbot, odd_folder):
    window.runs.show_task(TASK)
    prompts = window.panels["prompts"]
    prompts.editor.setPlainText("a")
    do(qtbot, window, window.runs.open_model, str(odd_folder))
    assert sorted(column(window, 2, 40), key=int) == [str(token) for token in range(40)]
    shown = dict(zip(column(window, 2, 40), column(window, 1, 40), strict=True))
    assert (shown["2"], shown["5"], shown["39"]) == ("<b>", "⟨U+202E⟩", "(no token)")
    chain, writing = window.panels["chain"], window.panels["writing"]
    assert chain.stop_tokens.chips == ()
    do(qtbot, window, chain.set_items, [])
    do(qtbot, window, writing.run)
    assert writing.node.ended == "context window"
    assert len(writing.node.path) == 24
    assert not writing.step_button.isEnabled()
    for colouring in COLOURINGS:
        writing.set_view(colouring=colouring)
        settle(qtbot, window)
    do(qtbot, window, writing.back)
    do(qtbot, window, window.panels["compare"].add)
    window.panels["loops"].measure_loops()
    settle(qtbot, window)
    window.grab()
    prompts.chat.setChecked(True)
    with qtbot.waitSignal(window.controller.failed, timeout=60_000) as failed:
        window.runs.capture()
    assert "has no chat template" in failed.args[0]
