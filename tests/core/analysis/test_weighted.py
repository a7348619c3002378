"""Weights stand for copies: every score equals the one with the copies written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import rankdata

from laminoscope_core.analysis import rsa
from laminoscope_core.analysis.resampling import Resamples, bootstrap_counts
from laminoscope_core.analysis.weighted import resampling_tasks, running_sums, weighted_ranks
from laminoscope_core.analysis.word_pairs import WordPairs, word_pairs
from laminoscope_core.job import Job

CORRELATIONS = ("pearson", "spearman", "kendall_tau_a", "rho_a")


def scores_of(vectors, resamples, correlation, *, corrected=False):
    scores = np.full((resamples.n_resamples, len(vectors), 1), np.nan)
    tasks = resampling_tasks(vectors, [(0, 1)], resamples, correlation, corrected, scores, Job())
    assert sum(task() for task in tasks) == scores.size
    return scores[..., 0]


@given(
    arrays(float, 7, elements=st.integers(0, 3).map(float)),
    arrays(int, (4, 7), elements=st.integers(0, 3)),
)
def test_ranks_of_weighted_values_are_the_ranks_of_their_copies(x, weights):
    ranks = weighted_ranks(x, weights.astype(float))
    for row, copies in zip(ranks, weights, strict=True):
        written_out = rankdata(np.repeat(x, copies))
        np.testing.assert_allclose(np.repeat(row, copies), written_out)


@given(st.integers(1, 40), st.integers(1, 3))
def test_running_sums_of_rows(n, m):
    x = np.random.default_rng(n).integers(0, 9, (n, m)).astype(np.float32)
    np.testing.assert_array_equal(running_sums(x.copy()), np.cumsum(x, axis=0))


@pytest.mark.parametrize("most_compared", [1500, 0], ids=["compared", "one by one"])
@pytest.mark.parametrize("correlation", CORRELATIONS)
@pytest.mark.parametrize("corrected", [False, True])
@pytest.mark.parametrize("subset", ["all", "within", "across"])
@pytest.mark.parametrize("decimals", [1, 9], ids=["tied", "distinct"])
def test_a_resample_scores_as_its_copies_do(
    correlation, corrected, subset, decimals, most_compared, monkeypatch
):
    monkeypatch.setattr("laminoscope_core.analysis.weighted.MOST_COMPARED", most_compared)
    monkeypatch.setattr("laminoscope_core.analysis.weighted._ROWS", 8)
    random = np.random.default_rng(0)
    pairs = word_pairs(tuple("aaaabbbbbcc")).of(subset)
    vectors = random.normal(size=(2, 2, len(pairs.first))).round(decimals) * 3 + 100
    resamples = Resamples(bootstrap_counts(11, 30, seed=1).T, pairs)
    scores = scores_of(vectors, resamples, correlation, corrected=corrected)
    for resample, copies in enumerate(resamples.weights(slice(None)).T.astype(int)):
        for layer in range(2):
            x, y = np.repeat(vectors[layer], copies, axis=-1)
            if corrected:
                block = np.repeat(pairs.block, copies)
                x, y = (np.round(rsa.block_corrected(v[None], block)[0], 9) for v in (x, y))
            expected = rsa.correlate(x[None], y[None], correlation)[0]
            assert scores[resample, layer] == pytest.approx(expected, abs=1e-7, nan_ok=True)


@pytest.mark.parametrize("correlation", ["spearman", "rho_a"])
def test_float32_blocks_of_many_pairs_are_exact_enough(correlation):
    """20,100 pairs, of which a resample has up to 20,000 copies, against float64 and scipy."""
    random = np.random.default_rng(1)
    pairs = word_pairs(("a",) * 201)
    common = random.normal(size=len(pairs.first))
    vectors = common + random.normal(size=(1, 2, len(pairs.first)))
    resamples = Resamples(bootstrap_counts(201, 3, seed=1).T, pairs)
    scores = scores_of(vectors, resamples, correlation)
    for resample, copies in enumerate(resamples.weights(slice(None)).T.astype(int)):
        x, y = np.repeat(vectors[0], copies, axis=-1)
        expected = rsa.correlate(x[None], y[None], correlation)[0]
        assert scores[resample, 0] == pytest.approx(expected, abs=3e-7)


def test_resamples_with_too_few_pairs_or_no_variance_are_skipped():
    # three words a, b, c beside each of whom another stands, so that a pair can be drawn alone
    nothing = np.zeros(5, dtype=np.intp)
    pairs = WordPairs(10, np.arange(5) * 2, np.arange(5) * 2 + 1, nothing == 0, nothing)
    weights = np.array([[4, 2, 0, 0, 0], [0, 0, 3, 3, 1], [1, 1, 1, 0, 0]])
    counts = np.ones((10, 3), dtype=np.float32)
    counts[::2] = weights.T
    vectors = np.array([[[0.1, 0.2, 0.3, 0.3, 0.3], [0.4, 0.1, 0.2, 0.5, 0.6]]])
    for correlation in ("pearson", "spearman"):
        scores = scores_of(vectors, Resamples(counts, pairs), correlation)
        assert np.isnan(scores[:, 0]).tolist() == [True, True, False]


def test_every_resample_has_three_distinct_words_and_n_draws():
    counts = bootstrap_counts(4, 2000, seed=0)
    assert ((counts > 0).sum(axis=1) >= 3).all()
    assert (counts.sum(axis=1) == 4).all()
    # 4 of 256 draws hold one word, 84 hold two
    assert len(counts) == pytest.approx(2000 * (1 - 88 / 256), abs=90)
