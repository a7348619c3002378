"""RSA scores and noise ceilings against rsatoolbox, where it defines the same."""

import numpy as np
import pytest
from rsatoolbox.data import Dataset
from rsatoolbox.inference.noise_ceiling import boot_noise_ceiling
from rsatoolbox.rdm import RDMs, calc_rdm, compare

from laminoscope_core.analysis import rsa, similarity
from laminoscope_core.analysis.noise_ceiling import noise_ceiling

CATEGORIES = "aaaaabbbbbccccc"


@pytest.fixture(scope="module")
def words(as_words):
    random = np.random.default_rng(8)
    shared = random.normal(size=(2, 15, 10))
    each = [shared + random.normal(size=shared.shape) for _ in range(4)]
    return as_words(*each[:3], CATEGORIES, resid_out=each[3])


def dissimilarities(rows, method):
    """Theirs, of one layer's rows (n_words, width)."""
    return calc_rdm(Dataset(rows.reshape(len(rows), -1).astype(np.float64)), method=method)


@pytest.mark.parametrize(
    ("correlation", "method"),
    [("pearson", "corr"), ("spearman", "spearman"), ("kendall_tau_a", "tau-a"), ("rho_a", "rho-a")],
)
def test_scores_of_all_pairs_of_sites(words, analyse, correlation, method):
    params = similarity.Params("pearson")
    found = analyse(words, "similarity", "rsa", similarity=params, rsa=rsa.Params(correlation))[
        "rsa"
    ]
    for layer in range(2):
        theirs = {
            site: dissimilarities(words.target[site][layer], "correlation") for site in words.sites
        }
        for column, pair in enumerate(found.site_pairs):
            first, second = (theirs[site] for site in pair.split("-"))
            (expected,) = compare(first, second, method=method).ravel()
            assert found.r[layer, column, 0] == pytest.approx(expected, abs=2e-5)


def test_similarities_are_one_less_their_correlation_distance(words, analyse):
    found = analyse(words, "similarity", similarity=similarity.Params("pearson"))["similarity"]
    first, second = np.triu_indices(15, 1)
    for site in words.sites:
        theirs = dissimilarities(words.target[site][0], "correlation").dissimilarities[0]
        ours = found.matrices[site][0][first, second]
        np.testing.assert_allclose(1 - ours, theirs, atol=1e-6)


def test_noise_ceilings_of_several_runs():
    random = np.random.default_rng(3)
    shared = random.normal(size=105)
    runs = shared + random.normal(size=(5, 105))
    low, high = noise_ceiling(runs[:, None])
    theirs = boot_noise_ceiling(RDMs(-runs), method="corr", rdm_descriptor="index")
    np.testing.assert_allclose([low[0], high[0]], theirs, atol=1e-9)
