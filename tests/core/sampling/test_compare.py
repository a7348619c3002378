"""Two distributions side by side."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon

from laminoscope_core.sampling import Candidates, Chain, SamplingError
from laminoscope_core.sampling.alignment import align
from laminoscope_core.sampling.compare import jensen_shannon, watched


def distribution(seed, n=50, zeros=True):
    rng = np.random.default_rng(seed)
    p = rng.exponential(size=n) ** 3
    if zeros:
        p[rng.random(n) < 0.3] = 0
    return p / p.sum()


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_jensen_shannon_is_that_of_scipy(first, second):
    p, q = distribution(first), distribution(second)
    assert jensen_shannon(p, q) == pytest.approx(jensenshannon(p, q), abs=1e-9)


def test_jensen_shannon_at_its_ends():
    p = distribution(1)
    assert jensen_shannon(p, p) == 0
    disjoint = jensen_shannon(np.array([1.0, 0.0]), np.array([0.0, 1.0]))
    assert disjoint == pytest.approx(math.sqrt(math.log(2)))


def test_vocabularies_of_two_sizes_are_refused():
    with pytest.raises(SamplingError, match="50 and 49 tokens"):
        jensen_shannon(distribution(1), distribution(1, 49))


def test_distributions_of_two_tokenizers_meet_by_text():
    both = align([(("a", "b", "a"), 3), (("c", "a"), 3)])
    assert both.by_text
    assert both.texts == ("a", "b", "c", "")
    p = both.probabilities(0, np.array([0.5, 0.25, 0.25]))
    q = both.probabilities(1, np.array([0.5, 0.2, 0.3]))
    np.testing.assert_array_equal(p, [0.75, 0.25, np.nan, np.nan])
    np.testing.assert_array_equal(q, [0.2, np.nan, 0.5, 0.3])  # the third logit has no token


def test_the_best_of_several_tokens_with_one_text_has_the_rank():
    both = align([(("a", "b", "a"), 3), (("c", "a"), 2)])
    assert list(both.ranks(0, np.array([2, 1, 0]))) == [1, 2, -1]
    assert list(both.ranks(1, np.array([0]))) == [0, -1, 1]


def test_one_vocabulary_is_matched_by_ids_even_where_texts_repeat():
    texts = ("a", "a", "b")
    same = align([(texts, 4), (tuple(texts), 4)])
    assert not same.by_text
    assert same.texts == ("a", "a", "b", "")
    assert [list(place) for place in same.places] == [[0, 1, 2, 3]] * 2


def test_watched_tokens_know_their_rank():
    stages = Chain.from_list([{"sampler": "top_k", "k": 2}]).apply(np.log([0.2, 0.5, 0.3]))
    raw = watched(stages.raw, [0, 1])
    assert [(w.token, w.rank) for w in raw] == [(0, 3), (1, 1)]
    assert raw[0].probability == pytest.approx(0.2)
    kept = watched(stages.final, [0, 2])
    assert (kept[0].rank, kept[0].probability, kept[0].logit) == (0, 0.0, -math.inf)
    assert (kept[1].rank, kept[1].probability) == (2, pytest.approx(0.375))


def test_probabilities_in_id_order_for_comparison():
    logits = np.random.default_rng(0).normal(size=30)
    candidates = Candidates.from_logits(logits)
    dense = Chain.from_list([]).distribution(candidates)
    np.testing.assert_allclose(dense, np.exp(logits) / np.exp(logits).sum())
