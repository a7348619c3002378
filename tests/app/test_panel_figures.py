"""What panels of the tokens and continuation tasks hand out as figures is what they show."""

import numpy as np
import pytest

from laminoscope.layouts import TASKS
from laminoscope_core.experiment import Experiment
from laminoscope_core.figures import compose
from laminoscope_resources import sample_experiment

pytestmark = pytest.mark.model

TASK = {task.id: task for task in TASKS}
NOT_DRAWN = {"text", "token-details", "prompts"}


@pytest.fixture
def opened(window, qtbot, default_model):
    """The window with the default model and the sample experiments."""
    window.controller.model = default_model
    window.controller.model_opened.emit(default_model.info)
    window.forms.show(Experiment.from_text(sample_experiment("words-qkv")))
    return window


def show(window, qtbot, task):
    with qtbot.waitSignal(window.controller.finished, timeout=120_000):
        window.runs.show_task(TASK[task])
    settle(window, qtbot)


def settle(window, qtbot):
    qtbot.wait_until(lambda: not window.controller.busy() and window.updates.idle(), timeout=60_000)


def do(window, qtbot, command, *arguments):
    with qtbot.waitSignal(window.controller.finished, timeout=60_000):
        command(*arguments)
    settle(window, qtbot)


def data(panel):
    plot = panel.figure().shown(panel.results)
    return {name: np.asarray(column) for name, column in plot.table.columns.items()}, plot


def test_nothing_is_handed_out_before_anything_is_shown(window):
    for task in ("tokens", "continuation"):
        for panel in TASK[task].panels:
            assert window.panels[panel].figure() is None


def test_figures_of_the_tokens_task_show_what_is_chosen_and_selected(opened, qtbot):
    show(opened, qtbot, "tokens")
    panels, selection = opened.panels, opened.selection
    selection.layer, selection.tokens = 7, (3, 4)
    panels["tokens"].set_view(quantity="surprisal")
    panels["adjustments"].set_view(order="surprisal", measure="z")
    panels["fit"].set_view(check="order")
    panels["token-compare"].keep()
    settle(opened, qtbot)
    views = {
        name: panels[name].figure().view for name in TASK["tokens"].panels if name not in NOT_DRAWN
    }
    assert {view.layer for view in views.values()} == {7}
    assert {view.tokens for view in views.values() if hasattr(view, "tokens")} == {(3, 4)}
    assert views["tokens"].quantity == "surprisal"
    assert (views["adjustments"].order, views["adjustments"].measure) == ("surprisal", "z")
    assert views["fit"].check == "order"
    assert views["token-compare"].kept_label.endswith("The observatory stands on")


def test_figures_of_the_continuation_task_hold_what_the_panels_show(opened, qtbot):
    show(opened, qtbot, "continuation")
    panels, selection = opened.panels, opened.selection
    assert panels["loops"].figure() is None
    selection.watched = ()
    assert panels["watch"].figure() is None
    panels["writing"].count.setValue(6)
    do(opened, qtbot, panels["writing"].run)
    selection.watched, selection.candidate = (" snow",), 28
    settle(opened, qtbot)
    applied = opened.controller.results["continuation"]

    shown, _ = data(panels["candidates"])
    table = panels["candidates"].table
    for row in range(20):
        assert table.index(row, 2).data() == str(shown["token_id"][row])
        assert float(table.index(row, 4).data()) == pytest.approx(shown["model"][row], rel=0.05)

    shown, plot = data(panels["chain"])
    here = shown["part"] == "stage"
    for card, left in zip(panels["chain"].cards, shown["n_left"][here][1:], strict=True):
        assert card.counts.text().replace(",", "").replace("\u202f", "").startswith(f"{left} left")
    assert plot.frames["draw"].marks["u"].at == applied.places[0].draw.u

    shown, _ = data(panels["writing"])
    assert "".join(shown["token"]) == "".join(panels["writing"].shown.tokens)

    shown, plot = data(panels["compare"])
    compared = opened.controller.results["comparison"]
    here = (shown["column"] == 1) & ~shown["watched"]
    np.testing.assert_array_equal(shown["change"][here], compared.difference[:16, 1])
    assert shown["distance"][here][0] == compared.columns[1].distance

    shown, _ = data(panels["watch"])
    here = (shown["plot"] == "watch") & (shown["prompt"] == 1)
    rank, p = panels["watch"].table.item(0, 2).text().split()
    assert int(rank) == shown["rank"][here][0]
    assert float(p) == pytest.approx(shown["value"][here][0], rel=0.05)

    panels["loops"].seeds.setValue(2)
    panels["loops"].length.setValue(9)
    do(opened, qtbot, panels["loops"].measure_loops)
    shown, _ = data(panels["loops"])
    assert shown["n_seeds"].tolist() == [2]


def test_an_undone_text_is_handed_out_as_it_is_shown(opened, qtbot):
    show(opened, qtbot, "continuation")
    panel = opened.panels["writing"]
    panel.count.setValue(4)
    do(opened, qtbot, panel.run)
    do(opened, qtbot, panel.back)
    shown, _ = data(panel)
    assert shown["written"].sum() == 3
    assert panel.figure().view.written is None  # the candidates are asked for here
    panel._current[0] = panel.node.parent  # as while they are being asked for
    shown, _ = data(panel)
    assert shown["written"].sum() == 2


@pytest.mark.parametrize("task", ["tokens", "continuation"])
def test_every_panel_that_shows_numbers_can_be_drawn(opened, qtbot, task):
    show(opened, qtbot, task)
    opened.selection.candidate = 28
    settle(opened, qtbot)
    for name in TASK[task].panels:
        panel = opened.panels[name]
        if name not in {*NOT_DRAWN, "loops", "details"}:
            assert compose(panel.results, [[panel.figure()]]).axes, name
