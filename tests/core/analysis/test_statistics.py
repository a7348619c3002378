"""Shared statistics against scipy, statsmodels and definitions written out."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats
from statsmodels.stats.multitest import multipletests

from laminoscope_core.analysis import statistics

small_integers = st.integers(-3, 3).map(float)


def test_pearson_is_scipys_on_every_row():
    random = np.random.default_rng(0)
    x, y = random.normal(size=(2, 5, 40))
    expected = [stats.pearsonr(a, b).statistic for a, b in zip(x, y, strict=True)]
    np.testing.assert_allclose(statistics.pearson(x, y), expected, rtol=1e-12)


def test_pearson_of_float32_far_from_zero_keeps_its_digits():
    random = np.random.default_rng(0)
    x, y = random.normal(size=(2, 1000)).astype(np.float32) + np.float32(3000)
    expected = stats.pearsonr(x.astype(float), y.astype(float)).statistic
    assert statistics.pearson(x, y) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("odd", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("n", [1, 4])
def test_pearson_of_what_is_not_finite_is_undefined_without_a_warning(odd, n):
    x = np.arange(float(n))
    x[0] = odd
    assert np.isnan(statistics.pearson(x, np.arange(float(n))))


def test_pearson_of_a_constant_up_to_rounding_is_undefined():
    random = np.random.default_rng(0)
    rounding = np.float32(0.7) * (1 + random.normal(size=50) * 3e-8)
    assert np.isnan(statistics.pearson(rounding, random.normal(size=50)))


@given(arrays(float, (2, 12), elements=small_integers))
def test_tau_a_counts_concordant_less_discordant_pairs(xy):
    x, y = xy
    signs = [np.sign(x[i] - x[j]) * np.sign(y[i] - y[j]) for i, j in combinations(range(len(x)), 2)]
    if len(set(x)) == 1 or len(set(y)) == 1:
        assert np.isnan(statistics.tau_a(x, y))
    else:
        assert statistics.tau_a(x, y) == pytest.approx(np.mean(signs), abs=1e-12)


def test_fisher_z_of_perfect_correlation_is_infinite_without_a_warning():
    with np.errstate(all="raise"):
        z = statistics.fisher_z(np.array([1.0, -1.0, 0.5, np.nan]))
    np.testing.assert_allclose(z, [np.inf, -np.inf, 0.5 * np.log(3), np.nan])


def test_cohens_d_with_the_pooled_formula_written_out():
    random = np.random.default_rng(0)
    within, across = random.normal(1, 2, size=(3, 7)), random.normal(0, 1, size=(3, 9))
    d, g = statistics.cohens_d(within, across)
    for row in range(3):
        w, a = within[row], across[row]
        pooled = np.sqrt((6 * w.var(ddof=1) + 8 * a.var(ddof=1)) / 14)
        assert d[row] == pytest.approx((w.mean() - a.mean()) / pooled)
        assert g[row] == pytest.approx(d[row] * (1 - 3 / (4 * 16 - 9)))


def test_cohens_d_relates_to_the_t_statistic():
    random = np.random.default_rng(1)
    within, across = random.normal(1, 1, size=12), random.normal(0, 1, size=30)
    t = stats.ttest_ind(within, across).statistic
    d, _ = statistics.cohens_d(within, across)
    assert d == pytest.approx(t * np.sqrt(1 / 12 + 1 / 30))


def test_hedges_g_is_unbiased_where_d_is_not():
    random = np.random.default_rng(2)
    within, across = random.normal(1, 1, size=(40_000, 4)), random.normal(0, 1, size=(40_000, 4))
    d, g = statistics.cohens_d(within, across)
    assert d.mean() > 1.1
    assert g.mean() == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("within", "across"),
    [([], [1.0, 2, 3]), ([1.0], [2.0]), ([1.0, 1, 1], [0.0, 0, 0])],
    ids=["empty group", "two values", "nothing varies"],
)
def test_cohens_d_that_cannot_be_computed_is_nan(within, across):
    d, g = statistics.cohens_d(np.array(within), np.array(across))
    assert np.isnan(d)
    assert np.isnan(g)


@given(arrays(float, (9, 2), elements=st.integers(0, 1000).map(lambda n: n / 1000)))
def test_q_values_are_those_of_statsmodels(p):
    q = statistics.benjamini_hochberg(p)
    for column in range(2):
        expected = multipletests(p[:, column], method="fdr_bh")[1]
        np.testing.assert_allclose(q[:, column], expected, rtol=1e-12)


def test_undefined_p_values_do_not_count_among_the_tests():
    p = np.array([0.01, np.nan, 0.04, 0.03])
    expected = multipletests([0.01, 0.04, 0.03], method="fdr_bh")[1]
    np.testing.assert_allclose(
        statistics.benjamini_hochberg(p), [expected[0], np.nan, expected[1], expected[2]]
    )


def test_distances_of_nearly_equal_rows_far_from_the_origin():
    rows = np.array([[1e4, 1e4], [1e4 + 1e-3, 1e4], [1e4, 1e4 - 2e-3]])
    expected = [[0, 1e-6, 4e-6], [1e-6, 0, 5e-6], [4e-6, 5e-6, 0]]
    np.testing.assert_allclose(statistics.squared_distances(rows), expected, atol=1e-12)


def test_blocks_cover_every_layer_once_however_large_layers_are():
    blocks = statistics.blocks(5, 2**30)
    assert [layer for block in blocks for layer in range(5)[block]] == [0, 1, 2, 3, 4]
    assert len(blocks) == 5
