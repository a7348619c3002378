"""Separability of categories, counted out by hand."""

import numpy as np
import pytest

from laminoscope_core.analysis import separability, similarity


@pytest.fixture
def known_similarities():
    """Words a, a, a, b, b with given similarities."""
    matrix = np.eye(5, dtype=np.float32)
    within = {(0, 1): 0.9, (0, 2): 0.8, (1, 2): 0.7, (3, 4): 0.6}
    across = {(0, 3): 0.1, (0, 4): 0.2, (1, 3): 0.3, (1, 4): 0.2, (2, 3): 0.0, (2, 4): 0.4}
    for (i, j), value in {**within, **across}.items():
        matrix[i, j] = matrix[j, i] = value
    return similarity.Result(
        similarity.Params(), "{word}", (0,), tuple("vwxyz"), tuple("aaabb"), ("q",),
        {"q": matrix[None]}, {"q": ("",)},
    )  # fmt: skip


def test_d_of_known_similarities(known_similarities, analyse):
    from laminoscope_core.analysis.inputs import Inputs
    from laminoscope_core.job import Job

    inputs = Inputs(results={"similarity": known_similarities})
    result = separability.run(inputs, separability.Params(), Job())
    # within 0.9 0.8 0.7 0.6: mean 0.75, squares 0.05; across: mean 0.2, squares 0.10
    d = 0.55 / np.sqrt(0.15 / 8)
    assert (result.n_within, result.n_across) == (4, 6)
    assert result.mean_within[0, 0] == pytest.approx(0.75)
    assert result.mean_across[0, 0] == pytest.approx(0.2)
    assert result.cohens_d[0, 0] == pytest.approx(d)
    assert result.hedges_g[0, 0] == pytest.approx(d * (1 - 3 / 31))
    csv = separability.tables(result)["rsa/separability.csv"].to_csv().splitlines()
    assert csv[0] == (
        "layer,site,carrier,cohens_d,hedges_g,mean_within,mean_across,n_within,n_across,"
        "p,q,q_all,low,high,n_permutations,n_resamples,n,reason"
    )
    assert csv[1].startswith("0,q,{word},4.0166")


@pytest.mark.parametrize(
    ("categories", "reason"),
    [("abcd", "no category has two words"), ("aaaa", "there is only one category")],
)
def test_undefined_d_says_why(categories, reason, as_words, analyse):
    rows = np.random.default_rng(0).normal(size=(2, 4, 8))
    words = as_words(rows, categories=categories)
    result = analyse(words, "similarity", "separability")["separability"]
    assert np.isnan(result.cohens_d).all()
    assert np.isnan(result.hedges_g).all()
    assert (result.reasons == reason).all()


def test_a_category_of_one_word_only_lends_its_pairs_across(as_words, analyse):
    rows = np.random.default_rng(1).normal(size=(1, 5, 8))
    words = as_words(rows, categories="aabbc")
    result = analyse(words, "similarity", "separability")["separability"]
    assert (result.n_within, result.n_across) == (2, 8)
    assert np.isfinite(result.cohens_d).all()
    assert (result.reasons == "").all()


def test_a_layer_that_is_not_finite_is_named_and_others_stay(as_words, analyse):
    rows = np.random.default_rng(2).normal(size=(3, 34, 8))
    rows[1, 0, 0] = np.nan
    result = analyse(as_words(rows), "similarity", "separability")["separability"]
    assert np.isfinite(result.cohens_d[[0, 2]]).all()
    assert np.isnan(result.cohens_d[1]).all()
    assert result.reasons[1, 1] == "K holds values that are not finite, first in layer 1"
