"""Random numbers: reproducible, of the right distribution, from any integer."""

import math

import numpy as np
import pytest
from scipy.stats import chisquare

from laminoscope_core.sampling import SAMPLERS, Candidates, Chain, draw, frequencies, selecting
from laminoscope_core.sampling.seeds import chance, seed_word, uniform

SEEDS = np.arange(20_000)


def raw_words(seed, n):
    """The generator's own words, by another door than the one that the engine uses."""
    generator = np.random.MT19937()
    generator.state = np.random.RandomState(seed).get_state(legacy=False)
    return [int(word) for word in generator.random_raw(n)]


@pytest.mark.parametrize("seed", [0, 1, 42, 2**32 - 1])
def test_u_is_made_of_raw_words_low_first(seed):
    words = raw_words(seed, 60)
    for start in (0, 1, 2, 40, 58):
        assert uniform(seed, start) == (words[start] + words[start + 1] * 2**32) / 2**64
        assert chance(seed, start) == np.float32(words[start]) / np.float32(2**32)


@pytest.mark.parametrize(
    ("seed", "word"),
    [(0, 0), (-1, 2**32 - 1), (2**32, 0), (2**64 + 5, 5), (-(2**70) - 3, 2**32 - 3)],
)
def test_any_integer_is_a_seed(seed, word):
    assert seed_word(seed) == word
    assert uniform(seed) == uniform(word)


def test_the_draw_says_where_u_landed():
    candidates = Candidates.from_logits(np.log([0.1, 0.6, 0.3]))
    drawn = draw(candidates, seed=0)
    assert drawn.u == pytest.approx(0.592845, abs=1e-6)
    assert (drawn.token, drawn.rank) == (1, 1)
    assert (drawn.start, drawn.stop) == (0.0, pytest.approx(0.6))
    later = draw(candidates, seed=0, words=2)
    assert later.u == pytest.approx(0.844266, abs=1e-6)
    assert (later.token, later.rank, later.start) == (2, 2, pytest.approx(0.6))


def test_a_removed_token_is_never_drawn():
    candidates = Candidates.from_logits([0.0, -math.inf, -math.inf])
    assert frequencies(candidates, SEEDS[:2000]).tolist() == [2000, 0, 0]


@pytest.fixture(scope="module")
def first_draws():
    """What each seed draws first; drawn once for all tests, since that is what takes time."""
    return {int(seed): uniform(int(seed)) for seed in SEEDS}


@pytest.fixture
def counted(first_draws, monkeypatch):
    """Return how often each candidate is drawn over the seeds, and what is expected."""
    monkeypatch.setattr(selecting, "uniform", first_draws.__getitem__)
    return lambda final: (frequencies(final, SEEDS), final.probabilities)


def logits(n=200):
    return np.random.default_rng(5).normal(scale=3, size=n)


def p_value(counts, probabilities):
    """χ² over cells that expect at least 5, the rest together."""
    expected = counts.sum() * probabilities
    order = np.argsort(-expected)
    counts, expected = counts[order], expected[order]
    if probabilities.size == 1:
        return 1.0
    n_cells = max(2, int((expected >= 5).sum()))
    observed = np.append(counts[:n_cells], counts[n_cells:].sum())
    wanted = np.append(expected[:n_cells], expected[n_cells:].sum())
    if wanted[-1] < 5:
        observed[-2] += observed[-1]
        wanted[-2] += wanted[-1]
        observed, wanted = observed[:-1], wanted[:-1]
    return chisquare(observed, wanted * observed.sum() / wanted.sum()).pvalue


@pytest.mark.parametrize(
    "chain",
    [
        [],
        [{"sampler": "top_k", "k": 40}, {"sampler": "temperature", "temperature": 1.5}],
        [{"sampler": "min_p", "p": 0.02}, {"sampler": "typical_p", "p": 0.9}],
    ],
    ids=str,
)
def test_frequencies_over_20000_seeds_match_the_final_distribution(chain, counted):
    assert p_value(*counted(Chain.from_list(chain).apply(logits()).final)) > 0.001


def acting(sampler):
    """Return a sampler at values well within what is usual, where most of them act."""
    item = {"sampler": sampler.name}
    for parameter in sampler.parameters:
        low, high = parameter.usual
        if parameter.kind in ("float", "int"):
            value = low + 0.3 * (high - low)
            item[parameter.name] = math.ceil(value) if parameter.kind == "int" else value
        elif parameter.kind == "breakers":
            item[parameter.name] = []
    return item


@pytest.mark.parametrize("sampler", SAMPLERS.values(), ids=lambda sampler: sampler.name)
def test_every_sampler_is_drawn_from_as_its_distribution_says(sampler, counted):
    chain = Chain.from_list([acting(sampler)])
    history = np.random.default_rng(3).integers(0, 6, 30).tolist()
    ways = chain.possibilities(logits(), history)
    for way in ways:
        assert p_value(*counted(way.stages.final)) > 0.001
    mixed = sum(way.weight * way.stages.final.by_token() for way in ways)
    np.testing.assert_allclose(chain.distribution(logits(), history), mixed, atol=1e-15)


@pytest.mark.parametrize(
    "chain",
    [
        [{"sampler": "xtc", "probability": 0.3, "threshold": 0.05}],
        [
            {"sampler": "xtc", "probability": 0.5, "threshold": 0.05},
            {"sampler": "temperature", "temperature": 2.0},
            {"sampler": "xtc", "probability": 0.7, "threshold": 0.02},
        ],
        [{"sampler": "mirostat", "tau": 3.0}],
        [{"sampler": "mirostat_v2", "tau": 3.0}],
        [{"sampler": "adaptive_p", "target": 0.2}],
    ],
    ids=str,
)
def test_chains_that_act_by_chance_match_their_distribution(chain):
    chain = Chain.from_list(chain)
    candidates = Candidates.from_logits(logits())
    counts = np.zeros(candidates.vocabulary)
    for seed in SEEDS:
        counts[chain.step(candidates, (), int(seed)).draw.token] += 1
    expected = chain.distribution(candidates)
    assert p_value(counts, expected) > 0.001


def test_xtc_shows_both_branches_with_their_weights():
    chain = Chain.from_list([{"sampler": "xtc", "probability": 0.25, "threshold": 0.2}])
    stage = chain.apply(np.log([0.5, 0.3, 0.2]), seed=0)[0]
    acts, rests = stage.branches
    assert (acts.weight, rests.weight) == (0.25, 0.75)
    assert list(acts.kept.ids) == [2]
    assert list(rests.kept.ids) == [0, 1, 2]
    assert list(stage.ids) == [0, 1, 2]  # u = 0.549 > 0.25


def test_possibilities_go_on_through_the_chain():
    chain = Chain.from_list(
        [{"sampler": "xtc", "probability": 0.25, "threshold": 0.2}, {"sampler": "top_k", "k": 1}]
    )
    acts, rests = chain.possibilities(np.log([0.5, 0.3, 0.2]))
    assert (acts.weight, list(acts.stages.final.ids)) == (0.25, [2])
    assert (rests.weight, list(rests.stages.final.ids)) == (0.75, [0])
    assert acts.stages[0].removed_mass == pytest.approx(0.8)
    np.testing.assert_allclose(chain.distribution(np.log([0.5, 0.3, 0.2])), [0.75, 0, 0.25])


def test_two_xtcs_see_the_same_number():
    likely = {"sampler": "xtc", "probability": 0.7, "threshold": 0.1}
    rare = {"sampler": "xtc", "probability": 0.2, "threshold": 0.1}
    chain = Chain.from_list([likely, rare])
    ways = chain.possibilities(np.zeros(4))
    # after the first has acted one candidate is left, and the second is off
    assert [way.weight for way in ways] == pytest.approx([0.7, 0.3])
    ways = Chain.from_list([rare, {**likely, "threshold": 0.3}]).possibilities(np.zeros(4))
    assert [(way.weight, len(way.stages.final)) for way in ways] == [
        (pytest.approx(0.2), 1),
        (pytest.approx(0.8), 4),
    ]


def test_states_are_values_so_that_a_step_can_be_taken_again():
    chain = Chain.from_list([{"sampler": "xtc", "probability": 0.5}, {"sampler": "mirostat"}])
    first = chain.step(logits(), (), seed=7)
    second = chain.step(logits(), (), 7, first.state)
    again = chain.step(logits(), (), 7, first.state)
    assert second.draw == again.draw
    assert second.state == again.state != first.state


def test_a_single_candidate_takes_a_number_from_the_final_draw_only():
    """llama.cpp's plain draw always consumes one; mirostat none when nothing is to choose."""
    plain = Chain.from_list([{"sampler": "top_k", "k": 1}]).step(logits(), (), 1)
    assert plain.state.words == 2
    link = [{"sampler": "top_k", "k": 1}, {"sampler": "mirostat_v2"}]
    step = Chain.from_list(link).step(logits(), (), 1)
    assert [state.words for state in step.state.samplers] == [0, 0]
    assert math.isnan(step.draw.u)
    # a surprise of 0 bits is 5 below τ: μ = 10 + 0.1 × 5
    assert step.state.samplers[1].memory == (pytest.approx(10.5),)
