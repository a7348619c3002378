"""Debiased CKA against the U-statistic that it is meant to be."""

from itertools import permutations

import numpy as np
import pytest

from laminoscope_core.analysis import cka


def hsic_by_quadruples(x, y):
    """Mean over all ordered quadruples of distinct words (Song et al. 2012, eq. 4)."""
    k, m = x @ x.T, y @ y.T
    terms = [
        k[i, j] * (m[i, j] + m[q, r] - 2 * m[i, q]) for i, j, q, r in permutations(range(len(x)), 4)
    ]
    return np.mean(terms)


def test_it_is_the_ratio_of_unbiased_independence_criteria():
    random = np.random.default_rng(0)
    x, y = random.normal(2, 1, size=(3, 7, 5)), random.normal(size=(3, 7, 4))
    y[..., 0] += x[..., 0]
    expected = [
        hsic_by_quadruples(a, b) / np.sqrt(hsic_by_quadruples(a, a) * hsic_by_quadruples(b, b))
        for a, b in zip(x, y, strict=True)
    ]
    np.testing.assert_allclose(cka.debiased_cka(x, y), expected, rtol=1e-9)


def test_rotation_scale_and_origin_do_not_matter():
    random = np.random.default_rng(1)
    x = random.normal(size=(1, 34, 12))
    rotation = np.linalg.qr(random.normal(size=(12, 12)))[0]
    np.testing.assert_allclose(cka.debiased_cka(x, 3 * x @ rotation + 7), 1)


def test_unrelated_sites_give_zero_where_plain_cka_gives_almost_one():
    random = np.random.default_rng(2)
    x, y = random.normal(size=(2, 100, 34, 768))

    def centred_products(rows):
        rows = rows - rows.mean(axis=1, keepdims=True)
        return rows @ rows.swapaxes(1, 2)

    a, b = centred_products(x), centred_products(y)
    plain = (a * b).sum((1, 2)) / np.sqrt((a * a).sum((1, 2)) * (b * b).sum((1, 2)))
    assert plain.mean() == pytest.approx(0.955, abs=0.005)
    assert cka.debiased_cka(x, y).mean() == pytest.approx(0, abs=0.012)


def test_undefined_layers_say_why_and_leave_the_others(as_words, analyse):
    random = np.random.default_rng(3)
    q, k, v = random.normal(size=(3, 3, 34, 8))
    k[1, 4, 2] = np.inf
    v[2] = v[2, :1] * (1 + 5e-8 * random.normal(size=v[2].shape))
    result = analyse(as_words(q, k, v), "cka")["cka"]
    assert np.isfinite(result.cka[0]).all()
    assert np.isnan(result.cka[1]).tolist() == [True, False, True]
    assert np.isnan(result.cka[2]).tolist() == [False, True, True]
    assert result.reasons[1, 0] == "K holds values that are not finite, first in layer 1"
    assert result.reasons[2, 1] == "Q or V is the same for all words"
    assert (result.reasons == "").sum() == np.isfinite(result.cka).sum()
    lines = cka.tables(result)["rsa/cka.csv"].to_csv().splitlines()
    assert lines[0] == "layer,pair,carrier,cka,n_words,n,reason"
    assert lines[4] == f'1,q-k,The next word is {{word}},,34,34,"{result.reasons[1, 0]}"'


def test_three_words_are_too_few(as_words, analyse):
    rows = np.random.default_rng(4).normal(size=(1, 3, 8))
    result = analyse(as_words(rows, categories="aab"), "cka")["cka"]
    assert np.isnan(result.cka).all()
    assert (result.reasons == "CKA needs at least 4 words, here there are 3").all()
