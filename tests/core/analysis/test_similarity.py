"""Similarity matrices against scipy's distances, and what happens to broken activations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from scipy.stats import spearmanr, zscore

from laminoscope_core.analysis import similarity
from laminoscope_core.analysis.similarity import similarity_matrices
from laminoscope_core.errors import AnalysisError

ORACLES = {
    "cosine": lambda x: 1 - cdist(x, x, "cosine"),
    "pearson": lambda x: np.corrcoef(x),
    "spearman": lambda x: spearmanr(x.T).statistic,
    "negative_euclidean": lambda x: -cdist(x, x),
    "cosine_z": lambda x: 1 - cdist(zscore(x, axis=0), zscore(x, axis=0), "cosine"),
}


@pytest.mark.parametrize("measure", similarity.MEASURES)
def test_every_measure_is_scipys(measure):
    rows = np.random.default_rng(0).normal(1, 2, size=(3, 8, 20))
    expected = np.stack([ORACLES[measure](layer) for layer in rows])
    matrices = similarity_matrices(rows.astype(np.float32), measure)
    assert matrices.dtype == np.float32
    np.testing.assert_allclose(matrices, expected, atol=2e-6)


@pytest.mark.parametrize("measure", ["cosine", "spearman"])
def test_many_layers_in_blocks_are_the_layers_alone(measure, monkeypatch):
    rows = np.random.default_rng(1).normal(size=(7, 6, 10))
    together = similarity_matrices(rows, measure)
    monkeypatch.setattr("laminoscope_core.analysis.statistics._BLOCK_VALUES", 130)
    np.testing.assert_array_equal(similarity_matrices(rows, measure), together)


@given(st.integers(0, 2**32 - 1), st.floats(1e-3, 1e3))
def test_cosine_knows_no_length_and_euclidean_no_origin(seed, scale):
    rows = np.random.default_rng(seed).normal(size=(1, 5, 6))
    np.testing.assert_allclose(
        similarity_matrices(rows * scale), similarity_matrices(rows), atol=1e-6
    )
    np.testing.assert_allclose(
        similarity_matrices(rows + scale, "negative_euclidean"),
        similarity_matrices(rows, "negative_euclidean"),
        atol=1e-5,
    )


def test_z_scoring_ignores_dimensions_in_which_no_word_differs():
    rows = np.random.default_rng(2).normal(size=(1, 6, 5)).astype(np.float32)
    with_constant = np.concatenate([rows, np.full((1, 6, 1), 1000, np.float32)], axis=-1)
    np.testing.assert_allclose(
        similarity_matrices(with_constant, "cosine_z"),
        similarity_matrices(rows, "cosine_z"),
        atol=1e-6,
    )


def test_whole_vectors_are_the_heads_side_by_side(as_words, analyse):
    q = np.random.default_rng(3).normal(size=(2, 34, 3, 4))
    result = analyse(as_words(q), "similarity")["similarity"]
    np.testing.assert_allclose(
        result.matrices["q"][1], ORACLES["cosine"](q[1].reshape(34, 12)), atol=2e-6
    )


def test_one_query_head_goes_with_the_key_head_of_its_group(as_words, analyse):
    random = np.random.default_rng(4)
    q, k = random.normal(size=(2, 34, 6, 4)), random.normal(size=(2, 34, 2, 4))
    params = similarity.Params(head=4)
    result = analyse(as_words(q, k), "similarity", similarity=params)["similarity"]
    np.testing.assert_allclose(result.matrices["q"][0], ORACLES["cosine"](q[0, :, 4]), atol=2e-6)
    np.testing.assert_allclose(result.matrices["k"][0], ORACLES["cosine"](k[0, :, 1]), atol=2e-6)


@pytest.mark.parametrize("head", [-1, 6])
def test_a_head_that_is_not_there_is_named(head, as_words, analyse):
    q = np.ones((1, 34, 6, 2))
    with pytest.raises(AnalysisError, match=f"no head {head}.*0 to 5"):
        analyse(as_words(q), "similarity", similarity=similarity.Params(head=head))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("measure", similarity.MEASURES)
def test_values_that_are_not_finite_spoil_their_word_only_and_are_explained(
    bad, measure, as_words, analyse
):
    rows = np.random.default_rng(5).normal(size=(4, 34, 8))
    rows[2:, 5, 3] = bad
    with np.errstate(all="raise"):
        result = analyse(as_words(rows), "similarity", similarity=similarity.Params(measure))
    matrices = result["similarity"].matrices["q"]
    assert np.isfinite(matrices[:2]).all()
    assert np.isnan(matrices[2:, 5]).all()
    assert np.isnan(matrices[2:, :, 5]).all()
    assert np.isfinite(np.delete(np.delete(matrices[2:], 5, 1), 5, 2)).all()
    reason = "Q holds values that are not finite, first in layer 2"
    assert result["similarity"].reasons["q"] == ("", "", reason, reason)


def test_a_vector_of_zeros_has_no_direction(as_words, analyse):
    rows = np.random.default_rng(6).normal(size=(1, 34, 8))
    rows[0, 7] = 0
    result = analyse(as_words(rows), "similarity")["similarity"]
    assert result.reasons["k"] == ("the K vector of “w7” has no direction",)


def test_npz_holds_float32_matrices_and_the_labels(as_words, analyse, tmp_path):
    rows = np.random.default_rng(7).normal(size=(2, 34, 8))
    result = analyse(as_words(rows), "similarity")["similarity"]
    (path,) = similarity.tables(result)
    assert path == "rsa/similarity.npz"
    (tmp_path / "s.npz").write_bytes(similarity.tables(result)[path].to_bytes())
    with np.load(tmp_path / "s.npz", allow_pickle=False) as file:
        of_sites = {"k", "k_reason", "q", "q_reason", "v", "v_reason"}
        assert {*file} == {"carriers", "categories", "words", *of_sites}
        assert file["k_reason"].tolist() == ["", ""]
        assert file["q"].dtype == np.float32
        assert file["q"].shape == (2, 34, 34)
        np.testing.assert_array_equal(file["k"], result.matrices["k"])
        assert file["words"].tolist()[:2] == ["w0", "w1"]
        assert file["categories"][33] == "fruit"
