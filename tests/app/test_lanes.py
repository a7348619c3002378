"""The window's work in two lanes: what goes on meanwhile, what replaces what, what is dimmed."""

import threading
from collections import Counter

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor

from laminoscope import layouts
from laminoscope.jobs.entry import State
from laminoscope.jobs.job_list import standing
from laminoscope.jobs.measures import Measure, measure_of_analyses
from laminoscope_core import wrap_model
from laminoscope_core.analysis import rsa_chance, rsa_map, separability_chance
from laminoscope_core.analysis.registry import ANALYSES
from laminoscope_core.analysis.regression import Params as RegressionParams
from laminoscope_core.experiment import Experiment, ModelSection, PromptSection, WordsSection
from laminoscope_core.run import run as core_run
from laminoscope_widgets.theme import DARK, LIGHT

from .tiny import make_tiny_model

EXPERIMENT = """
[words]
carrier = "a {word}"
[words.categories]
space = ["galaxy", "comet", "moon", "star"]
fruit = ["pear", "lime", "plum", "fig"]
[text]
content = "the quiet moon above the harbour was a lamp for every boat that came home that night"
[inside]
content = "the quiet moon"
[[prompts]]
text = "the quiet moon"
[[prompts]]
text = "a lamp"
[sampling]
seed = 3
chain = "raw"
"""
TASKS = {task.id: task for task in layouts.TASKS}


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory):
    """Two layers, a token a byte, and room for a long text; no token ends one."""
    folder, no_end = tmp_path_factory.mktemp("lanes"), {"eos_token_id": None, "bos_token_id": None}
    model, tokenizer = make_tiny_model(folder, context=2048, **no_end)
    return wrap_model(model.eval(), tokenizer)


@pytest.fixture
def tiny(window, tiny_model):
    """The window with a tiny model open and a small experiment in its forms."""
    controller = window.controller
    controller.params["rsa-chance"] = rsa_chance.Params(n_permutations=99, n_resamples=49)
    controller.params["separability-chance"] = separability_chance.Params(99)
    controller.model = tiny_model
    experiment = Experiment.from_text(EXPERIMENT)
    model = ModelSection(source=tiny_model.info.source)
    window.forms.show(experiment.model_copy(update={"model": model}))
    controller.model_opened.emit(tiny_model.info)
    return window


@pytest.fixture
def captured(tiny, qtbot, starting):
    """The same with all three tasks captured."""
    with starting():
        for name in ("words", "tokens", "continuation"):
            show(tiny, name)
            do(qtbot, tiny, tiny.runs.capture)
    return tiny


class Gate:
    """Holds back calls of a function, reporting, while it is shut."""

    def __init__(self, function, holds):
        self.function, self.holds = function, holds
        self.reached, self.opened = threading.Event(), threading.Event()
        self.opened.set()

    def __call__(self, *args, **options):
        job = options.get("job") or args[-1]
        if self.holds(*args):
            self.reached.set()
            while not self.opened.is_set():
                job.report(0.5, "held back")
                self.opened.wait(0.005)
        return self.function(*args, **options)


@pytest.fixture
def gate(monkeypatch):
    """Make a gate before a function of `laminoscope_core.run.run`, and shut it."""
    gates = []

    def shut(name, holds=lambda *_: True):
        made = Gate(getattr(core_run, name), holds)
        monkeypatch.setattr(core_run, name, made)
        made.opened.clear()
        gates.append(made)
        return made

    yield shut
    for made in gates:
        made.opened.set()


def show(window, name):
    task = TASKS[name]
    if window.pages.task is not task:
        window.pages.show(task)


def idle(qtbot, window):
    qtbot.wait_until(lambda: not window.controller.busy() and window.updates.idle(), timeout=60_000)


def do(qtbot, window, command, *arguments):
    command(*arguments)
    idle(qtbot, window)


def entries(window, title):
    return [entry for entry in window.controller.jobs.entries if entry.title == title]


def test_a_text_is_captured_and_analysed_while_words_are_permuted(tiny, qtbot):
    """With true permutations, of which there are enough for a minute."""
    many = [(name, f"{name}{i}") for name in ("a", "b", "c") for i in range(100)]
    tiny.panels["words"].table.set_words(many)
    tiny.controller.params["separability-chance"] = separability_chance.Params(30_000)
    tiny.runs.capture()
    qtbot.wait_until(lambda: "cka" in tiny.controller.results, timeout=60_000)
    show(tiny, "tokens")
    tiny.runs.capture()
    qtbot.wait_until(lambda: "regression" in tiny.controller.results, timeout=60_000)
    permuting = entries(tiny, "Separability against chance")[0]
    qtbot.wait_until(lambda: tiny.controller.jobs.running == [permuting])
    tiny.controller.recompute("regression", RegressionParams(lags=1))
    qtbot.wait_until(lambda: tiny.controller.results["regression"].params.lags == 1, timeout=60_000)
    assert permuting.state is State.RUNNING
    tiny.runs.cancel()
    idle(qtbot, tiny)
    assert permuting.state is State.CANCELLED


def test_an_added_sampler_lets_the_text_be_written_to_its_end(captured, qtbot):
    writing, chain = captured.panels["writing"], captured.panels["chain"]
    writing.count.setValue(60)
    writing.run()
    qtbot.wait_until(lambda: writing.node is not None and len(writing.node.path) >= 2)
    chain.add("top_k")
    qtbot.wait_until(
        lambda: (
            [link.name for link in captured.controller.results["continuation"].chain.links]
            == ["top_k"]
        )
    )
    assert entries(captured, "Write 60 tokens")[0].state is State.RUNNING
    idle(qtbot, captured)
    assert entries(captured, "Write 60 tokens")[0].state is State.DONE
    applied = captured.controller.results["continuation"]
    assert len(writing.node.path) == 60
    assert applied.places[0].place.node is writing.node
    assert [link.name for link in applied.chain.links] == ["top_k"]


def test_a_second_measurement_of_loops_waits_for_the_first(captured, qtbot):
    lab = captured.panels["loops"]
    lab.seeds.setValue(2)
    lab.length.setValue(12)
    lab.measure_loops()
    lab.length.setValue(10)
    lab.measure_loops()
    assert captured.controller.busy()
    idle(qtbot, captured)
    assert [entry.state for entry in entries(captured, "Measure loops")] == [State.DONE] * 2
    assert captured.controller.results["loops"].reports[0].n_tokens == 10


def test_two_texts_are_written_one_after_the_other(captured, qtbot):
    writing, selection = captured.panels["writing"], captured.selection
    writing.count.setValue(12)
    writing.run()
    selection.prompt = 1
    writing.run()
    idle(qtbot, captured)
    places = captured.controller.results["continuation"].places
    assert [len(after.place.generated) for after in places] == [12, 12]


def test_steps_asked_for_at_once_follow_one_another(captured, qtbot):
    writing = captured.panels["writing"]
    for _ in range(3):
        writing.step()
    idle(qtbot, captured)
    assert len(writing.node.path) == 3
    assert writing.tree.topLevelItemCount() == 1


def test_a_branch_looked_at_stays_while_another_grows(captured, qtbot):
    writing = captured.panels["writing"]
    writing.count.setValue(3)
    do(qtbot, captured, writing.run)
    first = writing.node.path[0]
    writing.count.setValue(30)
    writing.run()
    qtbot.wait_until(lambda: len(writing.node.path) > 4)
    writing.go_to(first)
    idle(qtbot, captured)
    assert writing.node is first
    assert captured.controller.results["continuation"].places[0].place.node is first
    assert len(captured.controller.history.kept({})["generations"]) == 33


def test_statistics_of_an_edited_list_replace_those_of_the_list_before(captured, qtbot, gate):
    show(captured, "words")
    held = gate("analyse", lambda ids, *_: "rsa-chance" in ids)
    captured.runs.capture()
    qtbot.wait_until(held.reached.is_set)
    captured.panels["words"].table.set_words(
        [("a", "sun"), ("a", "oak"), ("b", "elm"), ("b", "fir")]
    )
    captured.runs.capture()
    assert captured.actions_by_id["run.cancel"].isEnabled()
    qtbot.wait_until(lambda: len(captured.controller.results["words"].words) == 4)
    before, after = entries(captured, "RSA against chance")[-2:]
    assert before.end.why == "replaced by “RSA against chance”"
    held.opened.set()
    idle(qtbot, captured)
    assert after.state is State.DONE
    assert captured.controller.held.made_by["rsa-chance"] == after.run


def test_what_a_replaced_job_had_left_is_not_lost(captured, qtbot, gate):
    show(captured, "words")
    held = gate("analyse", lambda ids, *_: "similarity" in ids)
    captured.runs.capture()
    qtbot.wait_until(held.reached.is_set)
    run = max(captured.controller.awaited().values())
    captured.controller.recompute("rsa", captured.controller.results["rsa"].params)
    held.opened.set()
    idle(qtbot, captured)
    made_by = captured.controller.held.made_by
    assert made_by["words"] == run
    assert {made_by[name] for name in ("similarity", "cka", "direct", "rsa")} == {run + 1}


def test_a_failed_open_changes_nothing_for_what_waits(captured, qtbot, tmp_path):
    show(captured, "words")
    model, said = captured.forms.model, captured.status.model.text()
    results = dict(captured.controller.results)
    captured.runs.open_model(str(tmp_path / "nothing here"))
    show(captured, "tokens")
    captured.runs.capture()
    idle(qtbot, captured)
    assert (captured.forms.model, captured.status.model.text()) == (model, said)
    assert captured.controller.results["similarity"] is results["similarity"]
    assert captured.controller.results["text"] is not results["text"]
    assert captured.controller.experiment.model == model


def test_a_cancelled_open_leaves_the_model_that_is_open(captured, qtbot, monkeypatch):
    from laminoscope_core.models import load

    def slow(*_args, job, **_options):
        while True:
            job.report(0.1, "opening")
            threading.Event().wait(0.005)

    monkeypatch.setattr(load, "open_model", slow)
    model = captured.forms.model
    captured.runs.open_model("another")
    qtbot.wait_until(lambda: "opening" in captured.status.job.text())
    captured.runs.cancel()
    idle(qtbot, captured)
    assert captured.forms.model == model
    assert captured.controller.is_open(model)
    assert {"words", "text", "prompts"} <= captured.controller.results.keys()


def test_samplers_of_a_session_that_its_result_does_not_have_are_applied(captured, qtbot, tmp_path):
    path = tmp_path / "chain.laminoscope"
    chain = captured.panels["chain"]
    chain.blockSignals(True)  # as if it had been saved before the result came
    chain.add("top_k")
    chain.blockSignals(False)
    captured.files.write(path)
    qtbot.wait_until(lambda: captured.files.path == path)
    captured.files.open(path)
    applied = captured.controller.results["continuation"]
    assert applied.chain.to_list() == []

    def names():
        return [link.name for link in captured.controller.results["continuation"].chain.links]

    qtbot.wait_until(
        lambda: captured.controller.results["continuation"].tokens is not applied.tokens
    )
    qtbot.wait_until(lambda: names() == ["top_k"])  # of the file's prompts, not of those before
    do(qtbot, captured, show, captured, "continuation")
    do(qtbot, captured, captured.runs.capture)
    assert names() == ["top_k"]
    captured.files.save()
    qtbot.wait_until(lambda: not captured.files.modified)


def test_a_long_run_says_so_before_it_starts(captured, qtbot):
    controller, status = captured.controller, captured.status
    show(captured, "words")
    words = captured.panels["words"].table
    do(qtbot, captured, captured.runs.capture)
    titles = {each.title for each in ANALYSES if each.long and each.section == "words"}
    took = sum(
        entry.pace.seconds
        for title in ("Capture words", "Statistics of words", *titles)
        for entry in entries(captured, title)[-1:]
    )  # fmt: skip
    experiment = captured.forms.experiment("words")
    assert controller.expected(experiment, "words") == pytest.approx(took)
    for count, long in ((8, took > 10), (8 * 40, True)):
        words.set_words([(f"{i % 2}", f"w{i}") for i in range(count)])
        status.show_expected(controller.expected(captured.forms.experiment("words"), "words"))
        qtbot.wait_until(lambda long=long: ("run: about" in status.memory.text()) is long)
    experiment = experiment.model_copy(update={"model": ModelSection(source="another")})
    assert controller.expected(experiment, "words") is None


def test_nothing_is_asked_of_candidates_that_are_being_computed_anew(captured, qtbot):
    show(captured, "continuation")
    writing, loops, compare = (captured.panels[name] for name in ("writing", "loops", "compare"))
    for panel in (writing, loops, compare):
        panel.results.pop("continuation")
    with qtbot.captureExceptions() as raised:
        writing.text.clicked.emit(0, QPoint(1, 1))
        loops._menu.aboutToShow.emit()
        loops.measure_loops()
        compare.retry(0)
    assert raised == []
    assert not captured.controller.busy()


def test_the_first_look_inside_a_model_is_foreseen_by_its_plain_passes(captured, qtbot, gate):
    controller, paces = captured.controller, captured.controller.jobs.paces
    experiment = controller.experiment
    assert ("model", "capture", "inside") not in paces._seconds
    short = controller.expected(experiment, "inside")
    assert short is not None
    longer = experiment.inside.model_copy(update={"content": "the quiet moon " * 40})
    later = experiment.model_copy(update={"inside": longer})
    n_tokens = len(longer.content) / 5
    per_token = paces._seconds["model", "forward"]
    assert controller.expected(later, "inside") == pytest.approx(5 * n_tokens * per_token)
    assert short == pytest.approx(5 * 16 * per_token)  # of a text that is shorter than the pass
    paces.learn_forward(1.0)  # as if the model were slow
    held = gate("capture_section")
    captured.runs.show_task(TASKS["inside"])
    qtbot.wait_until(held.reached.is_set)
    (entry,) = [each for each in controller.jobs.live if "inside" in each.title.lower()]
    assert entry.pace.left() == "about 1 min"
    held.opened.set()
    idle(qtbot, captured)
    assert ("model", "capture", "inside") in paces._seconds
    paces.forget()
    assert controller.expected(experiment, "inside") is None


def test_a_thousand_words_are_foreseen_by_fifty_and_each_way_to_lay_them_out_by_itself():
    few, many = (
        Experiment(words=WordsSection(categories={"a": tuple(f"w{at}" for at in range(n))}))
        for n in (50, 1000)
    )
    ways = {method: {"rsa-map": rsa_map.Params(method)} for method in rsa_map.METHODS}
    small = {way: measure_of_analyses(["rsa-map"], few, params) for way, params in ways.items()}
    large = measure_of_analyses(["rsa-map"], many, ways["nonmetric"])
    assert small["classical"].kind != small["nonmetric"].kind == large.kind
    assert large.units == 400 * small["nonmetric"].units


def test_tasks_and_statistics_say_how_long_before_they_start(captured, qtbot, gate):
    show(captured, "continuation")
    writing, loops, paces = (
        captured.panels["writing"],
        captured.panels["loops"],
        captured.controller.jobs.paces,
    )
    assert writing.takes.isHidden()
    writing.count.setValue(5)
    do(qtbot, captured, writing.run)
    written = entries(captured, "Write 5 tokens")[-1]
    per_token = written.pace.seconds / 5
    assert paces.expected(Measure(("model", "generation"), 100)) == pytest.approx(100 * per_token)
    written.pace._took = 1000.0  # as if the model were slow
    paces.learn(written)
    writing.count.setValue(9)
    assert writing.takes.text() == "about 30 min"
    writing.back()
    held = gate("capture_section")
    captured.runs.capture()
    qtbot.wait_until(held.reached.is_set)
    writing.step()
    assert standing(captured.controller.jobs.live[-1]) == "model lane · waits · about 3 min"
    held.opened.set()
    idle(qtbot, captured)
    paces._seconds["model", "loops"] = 0.1
    loops.seeds.setValue(10)
    loops.length.setValue(12)
    assert loops.loops_take.text() == "about 12 s"
    loops.length.setValue(9)
    assert loops.loops_take.isHidden()


class TestKeptTexts:
    def test_they_stay_when_another_model_is_opened_and_say_whose_they_are(
        self, captured, qtbot, tmp_path
    ):
        from transformers import LlamaConfig, LlamaForCausalLM

        writing = captured.panels["writing"]
        writing.count.setValue(3)
        do(qtbot, captured, writing.run)
        text_of = captured.controller.results["prompts"].text_of
        first = [text_of(node.token) for node in writing.node.path]
        do(qtbot, captured, writing.branch, writing.node.path[0], 65)
        before = captured.controller.model
        config = LlamaConfig(vocab_size=256, hidden_size=8, intermediate_size=8,
                             num_hidden_layers=1, num_attention_heads=1)  # fmt: skip
        other = wrap_model(LlamaForCausalLM(config).eval(), before.tokenizer)
        captured.controller._take_model(other)
        captured.forms.model = ModelSection(source=other.info.source)
        do(qtbot, captured, captured.runs.capture)
        kept = captured.controller.results["kept_texts"]
        assert [text.model for text in kept] == [before.info.title] * 2
        assert list(kept[0].written) == first
        assert kept[1].written == (first[0], text_of(65))
        assert "".join(kept[0].prompt) == "the quiet moon"
        group = writing.tree.topLevelItem(0)
        assert group.text(0) == f"by {before.info.title}"
        writing.tree.itemClicked.emit(group.child(0), 0)
        qtbot.wait_until(captured.updates.idle)
        assert writing.shown.tokens[-3:] == tuple(first)
        assert writing.shown.note == f"14 + 3 tokens, written by {before.info.title}"

    def test_one_goes_when_it_is_let_go_and_the_session_has_the_others(
        self, captured, qtbot, tmp_path
    ):
        writing = captured.panels["writing"]
        writing.count.setValue(2)
        for other in ("a moon", "the sun"):  # after which the prompt that was there is gone
            do(qtbot, captured, writing.run)
            captured.panels["prompts"].set_section((PromptSection(text=other),))
            do(qtbot, captured, captured.runs.capture)
        kept = captured.controller.results["kept_texts"]
        assert [len(text.written) for text in kept] == [2, 2]
        writing.tree.setCurrentItem(writing.tree.topLevelItem(0).child(0))
        writing.let_go_action.trigger()
        assert captured.controller.results["kept_texts"] == kept[1:]
        path = tmp_path / "kept.laminoscope"
        captured.files.write(path)
        qtbot.wait_until(lambda: captured.files.path == path)
        captured.files.open(path)
        qtbot.wait_until(lambda: "kept_texts" in captured.controller.results
                         and captured.controller.results["kept_texts"] is not kept
                         and captured.controller.held.made_by["words"] == 0)  # fmt: skip
        assert captured.controller.results["kept_texts"] == kept[1:]


class TestDimming:
    @pytest.mark.parametrize("task", list(TASKS))
    def test_every_panel_of_what_is_captured_anew_is_dimmed_and_no_other(
        self, captured, qtbot, gate, task
    ):
        show(captured, task)
        if TASKS[task].section not in captured.controller.results:
            do(qtbot, captured, captured.runs.capture)
        held = gate("capture_section")
        captured.runs.capture()
        qtbot.wait_until(held.reached.is_set)
        forms = {each.inputs for each in TASKS.values()} | {"chain"}
        shown = {
            name
            for name, panel in captured.panels.items()
            if name not in forms and panel._stack.currentIndex() > 0
        }
        mine = set(TASKS[task].panels) & shown
        assert len(mine) >= 3
        qtbot.wait_until(lambda: {n for n in shown if dimmed(captured.panels[n])} >= mine)
        assert {name for name in shown if dimmed(captured.panels[name])} == mine
        held.opened.set()
        idle(qtbot, captured)
        assert not any(dimmed(captured.panels[name]) for name in shown)

    def test_details_of_the_old_words_are_dimmed_beside_the_new_map(self, captured, qtbot, gate):
        show(captured, "words")
        details, similarity = captured.panels["details"], captured.panels["similarity"]
        awaited = {"rsa": 99, "separability": 99, "similarity": 99}
        new = captured.controller.results["similarity"]
        for panel in (details, similarity):
            panel.take_result("similarity", new, 99)
        assert details.is_stale(awaited)
        assert not similarity.is_stale(awaited)
        for name in ("rsa", "separability"):
            details.take_result(name, captured.controller.results[name], 99)
        assert not details.is_stale(awaited)

    def test_what_is_computed_in_a_moment_does_not_flash(self, captured, qtbot):
        laminar = captured.panels["laminar"]
        laminar.set_stale(True)
        laminar.set_stale(False)
        qtbot.wait(250)
        assert not dimmed(laminar)

    def test_a_theme_chosen_during_a_job_is_that_of_the_dimming(self, captured, qtbot, gate):
        show(captured, "words")
        captured.use_light()
        held = gate("capture_section")
        captured.runs.capture()
        qtbot.wait_until(held.reached.is_set)
        details = captured.panels["details"]
        qtbot.wait_until(lambda: dimmed(details))
        for use, theme in ((captured.use_dark, DARK), (captured.use_light, LIGHT)):
            use()
            qtbot.wait_until(captured.updates.idle)
            apart = abs(QColor(ground(details)).lightness() - QColor(theme.surface).lightness())
            assert 10 < apart < 60
        held.opened.set()
        idle(qtbot, captured)
        assert ground(details) == LIGHT.surface


def ground(panel):
    """The colour that most of a panel's body has."""
    body = panel._stack.currentWidget()
    picture = body.parentWidget().grab(body.geometry()).toImage()
    seen = Counter(picture.pixel(x, y) for x in range(picture.width()) for y in range(60))
    ((colour, _),) = seen.most_common(1)
    return QColor(colour).name()


def dimmed(panel):
    return panel._veil.isVisible() or (not panel.isVisible() and not panel._veil.isHidden())
