"""What the panels and figures of the continuation task show, on handmade distributions."""

import math

import numpy as np
import pytest

from laminoscope_core.experiment import PromptSection
from laminoscope_core.sampling import SAMPLERS, Candidates, Chain, Choice, Node, RenderedPrompt
from laminoscope_core.sampling.links import Link
from laminoscope_core.sampling.next_tokens import NextTokens, Place
from laminoscope_core.sampling.views import (
    branch_rows,
    candidate_rows,
    chain_view,
    watch_table,
    way_through,
    written,
)

P = np.array([0.1, 0.4, 0.2, 0.3])
TEXTS = (" a", "b", "c", "d")


def applied(items, seed=0):
    return Chain.from_list(items).step(np.log(P), (), seed)


def choice(p, rank=1, entropy=1.0):
    return Choice(p, p, rank, entropy, 0.5, np.array([0]), np.array([1.0]))


def test_a_card_shows_what_was_received_left_and_why():
    step = applied([{"sampler": "top_k", "k": 2}, {"sampler": "temperature", "temperature": 0.5}])
    view = chain_view(step.stages, step.draw, TEXTS.__getitem__)
    first, second = view.stages
    assert (first.label, first.n_received, first.n_left, first.changes) == ("top_k", 4, 2, True)
    assert list(first.ids) == [1, 3, 2, 0]
    np.testing.assert_allclose(first.before, [0.4, 0.3, 0.2, 0.1])
    np.testing.assert_allclose(first.after, [4 / 7, 3 / 7, 0, 0])
    assert first.removed_mass == pytest.approx(0.3)
    np.testing.assert_allclose(second.after, [16 / 25, 9 / 25])
    assert second.entropy == pytest.approx(-(0.64 * math.log(0.64) + 0.36 * math.log(0.36)))
    assert view.top == pytest.approx(0.64)
    assert (view.n_candidates, view.n_left) == (4, 2)


def test_the_draw_lies_where_the_running_sum_meets_u():
    step = applied([])
    view = chain_view(step.stages, step.draw, TEXTS.__getitem__).draw
    np.testing.assert_allclose(view.edges, [0, 0.4, 0.7, 0.9, 1.0])
    assert view.texts == ("b", "d", "c", " a")
    place = int(np.searchsorted(view.edges, view.draw.u)) - 1
    assert view.draw.token == view.ids[place]
    assert view.text_of_draw == view.texts[place]


def test_xtc_shows_both_branches_and_which_is_taken():
    items = [{"sampler": "xtc", "probability": 0.25, "threshold": 0.15}]
    for seed in range(8):
        step = applied(items, seed)
        acts, rests = chain_view(step.stages, step.draw, TEXTS.__getitem__).stages[0].branches
        assert (acts.weight, rests.weight) == (0.25, 0.75)
        assert acts.taken is not rests.taken
        assert acts.taken == (len(step.stages.final) < 4)
        np.testing.assert_allclose(acts.after, [0, 0, 2 / 3, 1 / 3])
        np.testing.assert_allclose(rests.after, [0.4, 0.3, 0.2, 0.1])


def test_a_sampler_that_chooses_is_named():
    step = applied([{"sampler": "mirostat_v2"}])
    assert chain_view(step.stages, step.draw, TEXTS.__getitem__).draw.chooser == "Mirostat 2"
    assert chain_view(applied([]).stages, step.draw, TEXTS.__getitem__).draw.chooser == ""


def test_rows_of_candidates_follow_the_models_rank():
    rows = candidate_rows(
        applied([{"sampler": "top_k", "k": 3}, {"sampler": "min_p", "p": 0.7}]).stages
    )
    assert list(rows.ids) == [1, 3, 2, 0]
    np.testing.assert_allclose(rows.final, [4 / 7, 3 / 7, 0, 0])
    assert [rows.labels[n] if n >= 0 else "" for n in rows.removed_by] == ["", "", "min_p", "top_k"]
    assert len(candidate_rows(applied([]).stages, 2)) == 2


def test_a_token_is_found_from_a_row_on_and_then_from_the_top():
    rows = candidate_rows(applied([]).stages)  # b, d, c, " a"
    texts = ("xa", "b", "xc", "d")
    assert rows.find("x", texts) == 2
    assert rows.find("x", texts, 3) == 3
    assert rows.find("b", texts, 1) == 0
    assert rows.find("z", texts) is None
    assert rows.find("b", texts[:2]) == 0  # more logits than tokens


def test_text_has_the_strength_of_each_colouring_and_none_for_the_prompt():
    node = Node(Node(None, None, 2), 1, 3, choice(0.25, rank=10, entropy=3.0))
    prompt, token = written((0,), node, TEXTS.__getitem__)
    assert (prompt.text, token.text) == (" a", "b")
    assert math.isnan(prompt.strength("probability"))
    found = [token.strength(by) for by in ("probability", "entropy", "rank")]
    assert found == pytest.approx([0.75, 0.5, 1 / 3])


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


def test_watched_texts_stand_before_and_after_the_chain(llama):
    stages = Chain.from_list([{"sampler": "top_k", "k": 1}]).apply(np.arange(32.0))
    place = Place(PromptSection(text="p"), RenderedPrompt("p", (3,)), stages.raw)
    chain = Chain((), llama.tokenizer)
    tokens = NextTokens((place,), (), chain, 0, frozenset())
    best, split, nothing = watch_table(tokens, [stages], (".", "ab", ""))
    assert (best.token, best.raw[0].rank, best.final[0].probability) == (31, 1, 1.0)
    assert (split.token, split.n_tokens, split.raw[0].rank) == (3, 2, 29)
    assert split.final[0].rank == 0
    assert (nothing.token, nothing.n_tokens) == (-1, 0)


def test_a_tokens_way_ends_where_it_is_removed():
    stages = applied([{"sampler": "temperature"}, {"sampler": "top_k", "k": 2},
                      {"sampler": "temperature", "temperature": 2.0}]).stages  # fmt: skip
    points = way_through(stages, 2)
    assert [(point.label, point.rank) for point in points] == [("model", 3), ("top_k", 0)]
    kept = way_through(stages, 3)
    assert [point.label for point in kept] == ["model", "top_k", "temperature 2"]
    assert kept[1].probability == pytest.approx(3 / 7)


@pytest.mark.parametrize("name", SAMPLERS)
def test_a_sampler_that_is_off_changes_nothing(name):
    """So that a folded card hides nothing; and what is on at its values does do something."""
    specs = SAMPLERS[name].parameters
    neutral = {spec.name: spec.neutral for spec in specs if spec.neutral is not None}
    logits = Candidates.from_logits(np.random.default_rng(0).normal(size=300))
    for given in ({}, neutral, {"enabled": False}):
        link = Link.from_item({"sampler": name, **given})
        stage = Chain((link,)).apply(logits, history=(3, 4, 3, 4))[0]
        if link.is_off:
            assert stage.kept is stage.received
        else:
            assert link.enabled
    if SAMPLERS[name].chooses:
        assert not Link.from_item({"sampler": name, **neutral}).is_off
    elif neutral:
        assert Link.from_item({"sampler": name, **neutral}).is_off
