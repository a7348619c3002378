"""Figures of the continuation task: their numbers, and whether they can be read."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.distance import jensenshannon
from scipy.special import softmax
from scipy.stats import binomtest, entropy

from laminoscope_core.analysis import comparison, continuation
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.figures import (
    PRESETS,
    Spec,
    Style,
    compose,
    figure_bytes,
)
from laminoscope_core.job import Job
from laminoscope_core.plots import candidates, chain, compare, watch, writing
from laminoscope_core.plots.registry import available
from laminoscope_core.run.requests import Generated
from laminoscope_core.sampling import PRESETS as CHAINS
from laminoscope_core.sampling.columns import Column

from .legible import illegible
from .made_results import HOSTILE, prompt_results, written_node

KINDS = ("writing", "chain", "candidates", "compare", "watch", "loops")


@pytest.fixture(scope="module")
def results():
    return prompt_results(n_written=30)


@pytest.fixture(scope="module")
def logits(results):
    """The model's logits after the second prompt, by token id."""
    raw = results["continuation"].places[1].place.raw
    return raw.logits[np.argsort(raw.ids)]


def columns(spec, results):
    return {name: np.asarray(c) for name, c in spec.shown(results).table.columns.items()}


def heights(container):
    return [patch.get_height() for patch in container.patches]


def through_the_chain(logits):
    """Top-k 12, min-p 0.02 and temperature 0.7, by id: probabilities after each."""
    stages = [softmax(logits)]
    left = np.argsort(-logits, kind="stable")[:12]
    after = np.full(logits.size, -np.inf)
    after[left] = logits[left]
    stages.append(softmax(after))
    after[stages[-1] < 0.02 * stages[-1].max()] = -np.inf
    stages.append(softmax(after))
    stages.append(softmax(after / 0.7))
    return stages


def test_candidates_are_the_softmax_of_the_logits_before_and_after(results, logits):
    stages = through_the_chain(logits)
    last = int(np.argsort(-logits)[40])
    spec = Spec("candidates", candidates.View(1, last, 10))
    shown = columns(spec, results)
    assert shown["rank"].tolist() == [*range(1, 11), 41]
    np.testing.assert_array_equal(shown["token_id"][:10], np.argsort(-logits)[:10])
    np.testing.assert_allclose(shown["model"], stages[0][shown["token_id"]])
    np.testing.assert_allclose(shown["chain"], stages[3][shown["token_id"]], atol=1e-15)
    for token, gone in zip(shown["token_id"], shown["removed_by"], strict=True):
        expected = "top_k" if stages[1][token] == 0 else "min_p" if stages[2][token] == 0 else ""
        assert gone == expected
    assert shown["selected"].tolist() == [False] * 10 + [True]
    before, after, _marked = compose(results, [[spec]]).axes[0].containers
    assert [patch.get_width() for patch in before] == shown["model"].tolist()
    assert [patch.get_width() for patch in after] == shown["chain"].tolist()


def test_candidates_agree_with_the_table_that_a_run_writes(results):
    applied = results["continuation"]
    table = continuation.tables(applied)["continuation/candidates.csv"].columns
    shown = columns(Spec("candidates", candidates.View(0)), results)
    prompt = applied.tokens.text_before(applied.places[0].place)
    rows = [
        (token, p)
        for which, stage, token, p in zip(
            *(table[name] for name in ("prompt", "stage", "token_id", "probability")), strict=True
        )
        if which == prompt and stage == "raw"
    ]
    assert rows[:20] == list(zip(shown["token_id"], shown["model"], strict=True))


def test_each_stage_of_the_chain_has_its_entropy_survivors_and_removed_mass(results, logits):
    shown = columns(Spec("chain", chain.View(1)), results)
    here = shown["part"] == "stage"
    assert shown["label"][here].tolist() == ["model", "top_k", "min_p", "temperature"]
    stages = through_the_chain(logits)
    np.testing.assert_allclose(shown["entropy"][here], [entropy(p) for p in stages])
    assert shown["n_left"][here].tolist() == [(p > 0).sum() for p in stages]
    removed = [stages[n][stages[n + 1] == 0].sum() for n in range(3)]
    np.testing.assert_allclose(shown["removed_mass"][here][1:], removed, atol=1e-15)
    # min-p draws its line at a share of the best candidate's probability
    assert shown["cut"][here][2] == pytest.approx(0.02 * stages[1].max())


def test_the_bars_of_a_stage_are_square_roots_of_before_and_after(results, logits):
    spec = Spec("chain", chain.View(1))
    shown, stages = columns(spec, results), through_the_chain(logits)
    frames = spec.shown(results).frames
    for number in (0, 2):
        here = (shown["part"] == "bar") & (shown["stage"] == number)
        ids = shown["token_id"][here]
        np.testing.assert_allclose(shown["before"][here], stages[number][ids], atol=1e-15)
        np.testing.assert_allclose(shown["after"][here], stages[number + 1][ids], atol=1e-15)
        marks = frames[f"stage {number}"].marks
        np.testing.assert_array_equal(marks["received"].heights, shown["before"][here])
        np.testing.assert_array_equal(marks["left"].heights, shown["after"][here])
        assert frames[f"stage {number}"].y.root


def test_the_draw_lies_where_the_random_number_falls(results, logits):
    spec = Spec("chain", chain.View(1))
    shown, plot = columns(spec, results), spec.shown(results)
    here = shown["part"] == "draw"
    final = through_the_chain(logits)[3]
    edges = np.cumsum(final[shown["token_id"][here]])
    np.testing.assert_allclose(shown["high"][here], edges)
    np.testing.assert_allclose(shown["low"][here], np.append(0, edges[:-1]))
    u = plot.frames["draw"].marks["u"].at
    (taken,) = np.flatnonzero(shown["taken"] & here)
    assert shown["low"][taken] <= u < shown["high"][taken]


def test_both_ways_of_xtc_are_shown_with_their_weights():
    items = ({"sampler": "xtc", "threshold": 0.02, "probability": 0.3},)
    made = prompt_results(chain=items)
    shown = columns(Spec("chain"), made)
    weights = {
        part: set(shown["weight"][shown["part"] == part]) for part in ("branch 0", "branch 1")
    }
    assert weights == {"branch 0": {0.3}, "branch 1": {0.7}}
    acts = shown["after"][shown["part"] == "branch 0"]
    p = shown["before"][shown["part"] == "branch 0"]
    assert (acts[p >= 0.02] == 0).sum() == (p >= 0.02).sum() - 1


@pytest.mark.parametrize("colouring", ["probability", "entropy", "rank"])
def test_written_tokens_are_coloured_by_how_they_were_chosen(results, colouring):
    spec = Spec("writing", writing.View(0, colouring))
    shown = columns(spec, results)
    path = results["continuation"].places[0].place.node.path
    assert shown["written"].tolist() == [False] * 3 + [True] * 30
    assert shown["token_id"].tolist() == [1, 2, 3, *(step.token for step in path)]
    expected = {
        "probability": [1 - step.choice.probability for step in path],
        "entropy": [min(step.choice.entropy / 6, 1) for step in path],
        "rank": [min(math.log(step.choice.raw_rank, 1000), 1) for step in path],
    }[colouring]
    np.testing.assert_allclose(shown["strength"], [np.nan] * 3 + expected)


def test_a_text_that_was_undone_is_found_by_its_tokens(results):
    end = results["continuation"].places[0].place.node
    some = tuple(step.token for step in end.path[:7])
    shown = columns(Spec("writing", writing.View(written=some)), results)
    assert shown["token_id"].tolist() == [1, 2, 3, *some]
    shown = columns(Spec("writing", writing.View(written=())), results)
    assert shown["token_id"].tolist() == [1, 2, 3]


def test_a_text_that_is_being_written_is_found_in_the_last_node():
    made = prompt_results()
    node = written_node(5, 64)
    path = tuple(step.token for step in node.path)
    view = writing.View(1, "rank", path)
    shown = columns(Spec("writing", view), {**made, "generation": Generated(1, node)})
    assert shown["token_id"].tolist() == [1, 2, 3, *path]
    for other in ({}, {"generation": Generated(0, node)}):
        with pytest.raises(ValueError, match="was not written"):
            Spec("writing", view).shown({**made, **other})


def test_columns_are_compared_by_difference_and_distance(results, logits):
    spec = Spec("compare", compare.View(candidate=3, count=9))
    shown, plot = columns(spec, results), spec.shown(results)
    first = results["continuation"].places[0].place.raw
    p = softmax(first.logits[np.argsort(first.ids)])
    q = softmax(logits)
    order = np.argsort(-np.abs(q - p), kind="stable")[:9]
    here = shown["column"] == 1
    np.testing.assert_array_equal(shown["token_id"][here], order)
    np.testing.assert_allclose(shown["probability"][here], q[order])
    np.testing.assert_allclose(shown["change"][here], (q - p)[order])
    np.testing.assert_array_equal(shown["rank"][here], (np.argsort(np.argsort(-q)) + 1)[order])
    assert shown["distance"][here][0] == pytest.approx(jensenshannon(p, q))
    marks = plot.frames["column 1"].marks
    assert marks["reference"].lengths == pytest.approx(p[order])
    assert marks["bars"].lengths == pytest.approx(q[order])


def test_empty_columns_and_missing_distances_say_why(results):
    columns = (Column(0), Column(1, chain="chain"), Column(9))
    inputs = Inputs(prompts=results["prompts"], results={"continuation": results["continuation"]})
    made = {"comparison": comparison.run(inputs, comparison.Params(columns), Job())}
    plot = Spec("compare").shown(made)
    assert plot.frames["column 2"].title.endswith("empty: there is no prompt 10")
    assert np.isnan(np.asarray(plot.table.columns["distance"])).any()
    style = PRESETS["double column"]
    assert not illegible(compose(made, [[Spec("compare")]], style), style)


def test_watched_tokens_have_the_ranks_and_probabilities_of_every_prompt(
    results, logits, monkeypatch
):
    tokens = results["prompts"]
    ids = {" keeper": (2, 1), "zzz": (0, 0)}
    monkeypatch.setattr(type(tokens), "first_token", lambda self, text: ids[text])
    shown = columns(Spec("watch", watch.View((" keeper", "zzz"))), results)
    here = (shown["label"] == " keeper") & (shown["prompt"] == 1)
    stages = through_the_chain(logits)
    assert shown["rank"][here] == 1 + (logits > logits[2]).sum()
    assert shown["value"][here] == pytest.approx(stages[0][2])
    assert shown["final"][here] == pytest.approx(stages[3][2])
    axes = compose(results, [[Spec("watch", watch.View((" keeper",)))]]).axes[0]
    drawn = np.concatenate([points.get_offsets()[:, 0] for points in axes.collections])
    expected = np.concatenate([shown["value"][:2], shown["final"][:2]])
    assert sorted(drawn) == sorted(expected[expected > 0])
    none = shown["label"] == "zzz"
    assert np.isnan(shown["value"][none]).all()
    style = PRESETS["single column"]
    view = watch.View((" keeper", "zzz"), 5)
    assert not illegible(compose(results, [[Spec("watch", view)]], style), style)


def test_the_way_of_a_candidate_ends_where_it_is_removed(results, logits):
    stages = through_the_chain(logits)
    token = int(np.argsort(-logits)[20])
    shown = columns(Spec("watch", watch.View(candidate=token, prompt=1)), results)
    assert shown["label"].tolist() == ["model", "top_k"]
    assert shown["rank"].tolist() == [21, 0]
    assert shown["value"].tolist() == [pytest.approx(stages[0][token]), 0]
    best = int(np.argmax(logits))
    for view in (watch.View(candidate=best, prompt=1), watch.View(prompt=1)):
        shown = columns(Spec("watch", view), results)
        assert shown["value"].tolist() == pytest.approx([p[best] for p in stages])


def test_loop_rates_have_wilson_s_interval_and_echoes_leave_gaps(results):
    spec = Spec("loops")
    shown = columns(spec, results)
    here = shown["plot"] == "rate"
    for loops, seeds, low, high in zip(
        *(shown[name][here] for name in ("n_loops", "n_seeds", "low", "high")), strict=True
    ):
        interval = binomtest(int(loops), int(seeds)).proportion_ci(0.95, "wilson")
        assert (low, high) == pytest.approx((interval.low, interval.high))
    echo, rates = compose(results, [[spec]]).axes
    np.testing.assert_array_equal(echo.lines[0].get_ydata(), results["echo"].probability)
    assert np.isnan(echo.lines[0].get_ydata()[1])
    found = rates.collections[0].get_offsets()
    np.testing.assert_allclose(found[:, 0], shown["value"][here])


def test_loops_can_be_drawn_once_something_was_measured(results):
    ids = [kind.id for kind in available({"continuation": results["continuation"]})]
    assert "loops" not in ids
    assert {"writing", "chain", "candidates", "watch"} <= set(ids)
    for name in ("echo", "loops"):
        some = {key: results[key] for key in ("continuation", name)}
        assert "loops" in [kind.id for kind in available(some)]
        style = Style()
        assert not illegible(compose(some, [[Spec("loops")]], style), style)


def many(results):
    """Every kind with what takes most room."""
    candidate = int(results["continuation"].places[0].stages.raw.ids[-1])
    return [
        Spec("writing", writing.View(0, "rank")),
        Spec("chain"),
        Spec("candidates", candidates.View(0, candidate)),
        Spec("compare", compare.View(candidate=candidate)),
        Spec("watch", watch.View(candidate=candidate)),
        Spec("loops"),
    ]


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("n_written", [0, 5, 400])
def test_nothing_overlaps_or_leaves_the_figure(preset, n_written):
    made = prompt_results(400, HOSTILE, CHAINS["llama.cpp"], 3, n_written)
    style = PRESETS[preset]
    for spec in many(made):
        assert not illegible(compose(made, [[spec]], style), style), spec


@pytest.mark.parametrize("preset", PRESETS)
def test_long_chains_and_many_columns_can_be_read(preset):
    items = [{"sampler": "top_k", "k": 60 - at} for at in range(20)]
    items.append({"sampler": "xtc", "threshold": 0.01, "probability": 0.5})
    made = prompt_results(100, chain=tuple(items), n_prompts=7)
    made["loops"] = replace(made["loops"], reports=made["loops"].reports * 6)
    style = PRESETS[preset]
    for spec in many(made):
        assert not illegible(compose(made, [[spec]], style), style), spec


@pytest.mark.parametrize("file_format", ["svg", "pdf", "png"])
def test_the_same_figure_is_the_same_bytes_whatever_the_tokens_are(file_format):
    made = prompt_results(60, HOSTILE, n_written=len(HOSTILE))
    rows = [[spec] for spec in many(made)]
    style = Style(dpi=72)
    first, second = (figure_bytes(compose(made, rows, style), file_format, style) for _ in "ab")
    assert first == second
    if file_format == "svg":
        from xml.etree import ElementTree

        drawn = "".join(ElementTree.fromstring(first).itertext())
        assert "<img·src=x>" in drawn
        assert "(no·token)" in drawn or "(no token)" in drawn
