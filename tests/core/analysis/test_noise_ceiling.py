"""The noise ceiling encloses what a perfect geometry reaches."""

import numpy as np
import pytest
from scipy.stats import pearsonr, rankdata, zscore

from laminoscope_core.analysis.noise_ceiling import noise_ceiling


@pytest.fixture
def runs():
    random = np.random.default_rng(0)
    truth = random.normal(size=(2, 120))
    scales = np.array([1, 10, 0.1, 3, 1])[:, None, None]
    return truth, scales * (truth + 0.7 * random.normal(size=(5, 2, 120)))


@pytest.mark.parametrize("correlation", ["pearson", "spearman"])
def test_bounds_are_those_of_the_definition(runs, correlation):
    _, vectors = runs
    standardised = zscore if correlation == "pearson" else rankdata
    lower, upper = noise_ceiling(vectors, correlation)
    for layer in range(2):
        z = np.array([standardised(run) for run in vectors[:, layer]])
        others = [np.delete(z, i, axis=0).mean(axis=0) for i in range(5)]
        if correlation == "spearman":
            others, everyone = [rankdata(x) for x in others], rankdata(z.mean(axis=0))
        else:
            everyone = z.mean(axis=0)
        assert lower[layer] == pytest.approx(
            np.mean([pearsonr(a, b).statistic for a, b in zip(z, others, strict=True)])
        )
        assert upper[layer] == pytest.approx(np.mean([pearsonr(a, everyone).statistic for a in z]))


def test_the_true_geometry_scores_between_the_bounds(runs):
    truth, vectors = runs
    lower, upper = noise_ceiling(vectors)
    for layer in range(2):
        score = np.mean([pearsonr(truth[layer], run).statistic for run in vectors[:, layer]])
        assert lower[layer] < score < upper[layer]


def test_one_run_has_no_ceiling():
    with pytest.raises(ValueError, match="two runs"):
        noise_ceiling(np.ones((1, 2, 5)))


@pytest.mark.parametrize("n_pairs", [0, 1, 2])
def test_too_few_pairs_have_no_ceiling_and_warn_of_nothing(n_pairs, recwarn):
    for bound in noise_ceiling(np.ones((3, 5, n_pairs)), "pearson"):
        np.testing.assert_array_equal(bound, np.full(5, np.nan))
    assert not recwarn.list
