"""What the panels and figures of the continuation task show, on handmade distributions."""

import math

import numpy as np
import pytest

from laminoscope_core.analysis.continuation import Params, PlaceResult, Result
from laminoscope_core.experiment import PromptSection
from laminoscope_core.plots.candidates import candidate_rows
from laminoscope_core.plots.chain import bars_of, chooser, stretches, why
from laminoscope_core.plots.watch import watch_table, way_through
from laminoscope_core.sampling import SAMPLERS, Candidates, Chain, Choice, Node, RenderedPrompt
from laminoscope_core.sampling.branches import branch_rows, branches
from laminoscope_core.sampling.links import Link
from laminoscope_core.sampling.next_tokens import NextTokens, Place

P = np.array([0.1, 0.4, 0.2, 0.3])
TEXTS = (" a", "b", "c", "d")


def applied(items, seed=0):
    return Chain.from_list(items).step(np.log(P), (), seed)


def choice(p, rank=1, entropy=1.0):
    return Choice(p, p, rank, entropy, 0.5, np.array([0]), np.array([1.0]))


def test_bars_are_what_was_received_and_what_is_left_of_it():
    stages = applied([{"sampler": "top_k", "k": 2}, {"sampler": "temperature", "temperature": 0.5}])
    first, second = stages.stages
    ids, before = bars_of(first)
    assert list(ids) == [1, 3, 2, 0]
    np.testing.assert_allclose(before, [0.4, 0.3, 0.2, 0.1])
    np.testing.assert_allclose(first.kept.by_token()[ids], [4 / 7, 3 / 7, 0, 0])
    ids, _ = bars_of(second)
    np.testing.assert_allclose(second.kept.by_token()[ids], [16 / 25, 9 / 25])
    assert stages.stages.top == pytest.approx(0.64)
    assert why(first.reason) == first.reason[len("top_k: ") :]


def test_the_draw_lies_where_the_running_sum_meets_u():
    step = applied([])
    ids, edges = stretches(step.stages)
    np.testing.assert_allclose(edges, [0, 0.4, 0.7, 0.9, 1.0])
    assert ids == [1, 3, 2, 0]
    assert step.draw.token == ids[int(np.searchsorted(edges, step.draw.u)) - 1]


def test_xtc_has_both_ways_and_one_is_taken():
    items = [{"sampler": "xtc", "probability": 0.25, "threshold": 0.15}]
    for seed in range(8):
        stages = applied(items, seed).stages
        acts, rests = stages[0].branches
        assert (acts.weight, rests.weight) == (0.25, 0.75)
        assert (acts.kept is stages.final) == (len(stages.final) < 4)
        ids, _ = bars_of(stages[0])
        np.testing.assert_allclose(acts.kept.by_token()[ids], [0, 0, 2 / 3, 1 / 3])
        np.testing.assert_allclose(rests.kept.by_token()[ids], [0.4, 0.3, 0.2, 0.1])


def test_a_sampler_that_chooses_is_named():
    assert chooser(applied([{"sampler": "mirostat_v2"}]).stages) == "Mirostat 2"
    assert chooser(applied([]).stages) == ""


def test_rows_of_candidates_follow_the_models_rank():
    rows = candidate_rows(
        applied([{"sampler": "top_k", "k": 3}, {"sampler": "min_p", "p": 0.7}]).stages
    )
    assert list(rows.ids) == [1, 3, 2, 0]
    np.testing.assert_allclose(rows.final, [4 / 7, 3 / 7, 0, 0])
    assert [rows.labels[n] if n >= 0 else "" for n in rows.removed_by] == ["", "", "min_p", "top_k"]


def test_a_token_is_found_from_a_row_on_and_then_from_the_top():
    rows = candidate_rows(applied([]).stages)  # b, d, c, " a"
    texts = ("xa", "b", "xc", "d")
    assert rows.find("x", texts) == 2
    assert rows.find("x", texts, 3) == 3
    assert rows.find("b", texts, 1) == 0
    assert rows.find("z", texts) is None
    assert rows.find("b", texts[:2]) == 0  # more logits than tokens


def test_the_tree_has_a_row_per_stretch_with_its_mean_probability():
    root = Node(None, None, 1)
    a = Node(root, 1, 2, choice(0.5))
    b, c = Node(a, 2, 3, choice(0.1)), Node(a, 3, 3, choice(0.9))
    d = Node(c, 1, 4, choice(0.4))
    rows = branch_rows([a, b, c, d], d, TEXTS.__getitem__)
    assert [(row.parent, row.text, row.current) for row in rows] == [
        (-1, "b", True),
        (0, "c", False),
        (0, "db", True),
    ]
    assert rows[2].mean_probability == pytest.approx(math.sqrt(0.9 * 0.4))
    assert branch_rows([], None, TEXTS.__getitem__) == ()
    again = Node(Node(None, None, 1), 3, 2, choice(0.5))
    assert branches([a, again]) == [(a, a), (again, again)]


def test_watched_texts_stand_before_and_after_the_chain(llama):
    stages = Chain.from_list([{"sampler": "top_k", "k": 1}]).apply(np.arange(32.0))
    place = Place(PromptSection(text="p"), RenderedPrompt("p", (3,)), stages.raw)
    chain = Chain((), llama.tokenizer)
    tokens = NextTokens((place,), (), chain, 0, frozenset())
    draw = applied([]).draw
    result = Result(
        (PlaceResult(place, stages, draw, ()),), tokens, chain, 0, frozenset(), Params()
    )
    best, split, nothing = watch_table(result, (".", "ab", ""))
    assert (best.token, best.raw[0].rank, best.final[0].probability) == (31, 1, 1.0)
    assert (split.token, split.n_tokens, split.raw[0].rank) == (3, 2, 29)
    assert split.final[0].rank == 0
    assert (nothing.token, nothing.n_tokens) == (-1, 0)


def test_a_tokens_way_ends_where_it_is_removed():
    stages = applied([{"sampler": "temperature"}, {"sampler": "top_k", "k": 2},
                      {"sampler": "temperature", "temperature": 2.0}]).stages  # fmt: skip
    way = way_through(stages, 2)
    assert [(label, stand.rank) for label, stand in way] == [("model", 3), ("top_k", 0)]
    kept = way_through(stages, 3)
    assert [label for label, _ in kept] == ["model", "top_k", "temperature 2"]
    assert kept[1][1].probability == pytest.approx(3 / 7)


@pytest.mark.parametrize("name", SAMPLERS)
def test_a_sampler_that_is_off_changes_nothing(name):
    """So that a folded card hides nothing; and what is on at its values does do something."""
    logits = Candidates.from_logits(np.random.default_rng(0).normal(size=300))
    for given in ({}, {"enabled": False}):
        link = Link.from_item({"sampler": name, **given})
        stage = Chain((link,)).apply(logits, history=(3, 4, 3, 4))[0]
        if link.is_off:
            assert stage.kept is stage.received
        else:
            assert link.enabled
