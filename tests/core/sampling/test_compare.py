"""Two distributions side by side."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon

from laminoscope_core.sampling import Candidates, Chain, SamplingError
from laminoscope_core.sampling.compare import (
    by_text,
    differences,
    first_token,
    jensen_shannon,
    watched,
)


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


def test_the_largest_difference_comes_first():
    result = differences(np.array([0.5, 0.2, 0.3, 0.0]), np.array([0.1, 0.2, 0.6, 0.1]), count=3)
    assert list(result.ids) == [0, 2, 3]
    np.testing.assert_allclose(result.difference, [-0.4, 0.3, 0.1])
    np.testing.assert_allclose(result.second - result.first, result.difference)
    assert result.distance == pytest.approx(jensenshannon([0.5, 0.2, 0.3, 0], [0.1, 0.2, 0.6, 0.1]))


def test_distributions_of_two_tokenizers_meet_by_text():
    texts, p, q = by_text(
        np.array([0.5, 0.25, 0.25]), ["a", "b", "a"], np.array([0.5, 0.2, 0.3]), ["c", "a"]
    )
    assert texts == ("", "a", "b", "c")
    np.testing.assert_allclose(p, [0, 0.75, 0.25, 0])
    np.testing.assert_allclose(q, [0.3, 0.2, 0, 0.5])  # the third logit has no token


def test_watched_tokens_know_their_rank():
    stages = Chain.from_list([{"sampler": "top_k", "k": 2}]).apply(np.log([0.2, 0.5, 0.3]))
    raw = watched(stages.raw, [0, 1])
    assert [(w.token, w.rank) for w in raw] == [(0, 3), (1, 1)]
    assert raw[0].probability == pytest.approx(0.2)
    kept = watched(stages.final, [0, 2])
    assert (kept[0].rank, kept[0].probability, kept[0].logit) == (0, 0.0, -math.inf)
    assert (kept[1].rank, kept[1].probability) == (2, pytest.approx(0.375))


def test_a_text_is_watched_by_its_first_token(llama, mistral):
    assert first_token(llama, " s") == (29, 2)
    with pytest.raises(SamplingError, match="empty"):
        first_token(llama, "")
    with pytest.raises(SamplingError, match="no tokenizer"):
        first_token(mistral, "a")


def test_probabilities_in_id_order_for_comparison():
    logits = np.random.default_rng(0).normal(size=30)
    candidates = Candidates.from_logits(logits)
    dense = Chain.from_list([]).distribution(candidates)
    np.testing.assert_allclose(dense, np.exp(logits) / np.exp(logits).sum())
