"""Weights stand for copies: every score equals the one with the copies written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import rankdata

from laminoscope_core.analysis import rsa
from laminoscope_core.analysis.resampling import bootstrap_counts, pair_weights
from laminoscope_core.analysis.weighted import weighted_correlations, weighted_ranks
from laminoscope_core.analysis.word_pairs import word_pairs
from laminoscope_core.job import Job

CORRELATIONS = ("pearson", "spearman", "kendall_tau_a", "rho_a")


@given(
    arrays(float, 7, elements=st.integers(0, 3).map(float)),
    arrays(int, (4, 7), elements=st.integers(0, 3)),
)
def test_ranks_of_weighted_values_are_the_ranks_of_their_copies(x, weights):
    ranks = weighted_ranks(x, weights.astype(float))
    for row, copies in zip(ranks, weights, strict=True):
        written_out = rankdata(np.repeat(x, copies))
        np.testing.assert_allclose(np.repeat(row, copies), written_out)


@pytest.mark.parametrize("correlation", CORRELATIONS)
@pytest.mark.parametrize("corrected", [False, True])
@pytest.mark.parametrize("subset", ["all", "within", "across"])
def test_a_resample_scores_as_its_copies_do(correlation, corrected, subset):
    random = np.random.default_rng(0)
    pairs = word_pairs(tuple("aaaabbbbbcc"))
    positions = pairs.positions(subset)
    vectors = random.normal(size=(2, 2, len(positions))).round(1) * 3 + 100
    weights = pair_weights(bootstrap_counts(11, 30, seed=1), pairs, positions)
    block = pairs.block[positions] * corrected
    scores = weighted_correlations(vectors, [(0, 1)], weights, block, correlation, Job())
    for resample, copies in enumerate(weights.astype(int)):
        for layer in range(2):
            x, y = np.repeat(vectors[layer], copies, axis=-1)
            if corrected:
                own_block = np.repeat(pairs.block[positions], copies)
                x, y = (np.round(rsa.block_corrected(v[None], own_block)[0], 9) for v in (x, y))
            expected = rsa.correlate(x[None], y[None], correlation)[0]
            assert scores[resample, layer, 0] == pytest.approx(expected, abs=1e-7, nan_ok=True)


def test_resamples_with_too_few_pairs_or_no_variance_are_skipped():
    vectors = np.array([[[0.1, 0.2, 0.3, 0.3, 0.3], [0.4, 0.1, 0.2, 0.5, 0.6]]])
    weights = np.array([[4.0, 2, 0, 0, 0], [0, 0, 3, 3, 1], [1, 1, 1, 0, 0]])
    scores = weighted_correlations(
        vectors, [(0, 1)], weights, np.zeros(5, np.intp), "pearson", Job()
    )
    assert np.isnan(scores[:, 0, 0]).tolist() == [True, True, False]


def test_every_resample_has_three_distinct_words_and_n_draws():
    counts = bootstrap_counts(4, 2000, seed=0)
    assert ((counts > 0).sum(axis=1) >= 3).all()
    assert (counts.sum(axis=1) == 4).all()
    # 4 of 256 draws hold one word, 84 hold two
    assert len(counts) == pytest.approx(2000 * (1 - 88 / 256), abs=90)
