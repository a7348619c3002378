"""Direct correlation of Q, K and V."""

import numpy as np
import pytest
from scipy.stats import pearsonr

from laminoscope_core.analysis import direct


@pytest.fixture
def grouped():
    """Six query heads, two key/value heads."""
    random = np.random.default_rng(0)
    return [random.normal(size=(2, 34, heads, 4)).astype(np.float32) for heads in (6, 2, 2)]


def test_each_key_head_meets_every_query_head_of_its_group(grouped, as_words, analyse):
    q, k, v = grouped
    result = analyse(as_words(q, k, v), "direct")["direct"]
    for layer in range(2):
        queries, keys = [], []
        for word in range(34):
            for head in range(6):
                queries.extend(q[layer, word, head])
                keys.extend(k[layer, word, head // 3])
        assert result.r[layer, 0, 1] == pytest.approx(pearsonr(queries, keys).statistic, abs=1e-6)
        key_value = pearsonr(k[layer].ravel(), v[layer].ravel()).statistic
        assert result.r[layer, 2, 1] == pytest.approx(key_value, abs=1e-6)


def test_values_of_another_width_cannot_line_up(as_words, analyse):
    random = np.random.default_rng(1)
    q, k = random.normal(size=(2, 3, 34, 2, 24))
    v = random.normal(size=(3, 34, 2, 16))
    result = analyse(as_words(q, k, v), "direct")["direct"]
    assert np.isfinite(result.r[:, 0]).all()
    assert np.isnan(result.r[:, 1:]).all()
    assert (result.reasons[:, 1] == "undefined: Q has 24 values per head, V has 16").all()
    assert (result.reasons[:, 2] == "undefined: K has 24 values per head, V has 16").all()


def test_heads_that_do_not_divide_cannot_line_up(as_words, analyse):
    random = np.random.default_rng(2)
    q, k = random.normal(size=(1, 34, 9, 4)), random.normal(size=(1, 34, 4, 4))
    result = analyse(as_words(q, k), "direct")["direct"]
    assert "Q has 9 heads, K has 4" in result.reasons[0, 0, 0]
    assert np.isfinite(result.r[0, 2]).all()


def test_copies_of_one_row_are_counted_as_one(grouped, as_words, analyse):
    context = {
        site: np.repeat(rows[:, :1], 34, axis=1) for site, rows in zip("qkv", grouped, strict=True)
    }
    noise = np.random.default_rng(3).normal(size=context["q"].shape)
    context["q"] = context["q"] * (1 + 1e-6 * noise).astype(np.float32)
    result = analyse(as_words(*grouped, context=context), "direct")["direct"]
    assert result.distinct_rows.tolist() == [[1, 34], [1, 34]]
    assert result.note("context") == "34 identical rows: effective n = 1"
    assert result.note("target") == ""


@pytest.mark.parametrize("site", "qkv")
def test_rows_that_differ_at_one_site_or_in_one_layer_are_not_copies(
    site, grouped, as_words, analyse
):
    context = {
        name: np.repeat(rows[:, :1], 34, axis=1) for name, rows in zip("qkv", grouped, strict=True)
    }
    context[site][1, 30:] *= -1
    result = analyse(as_words(*grouped, context=context), "direct")["direct"]
    assert result.distinct_rows[:, 0].tolist() == [1, 2]
    assert result.note("context") == "2 distinct rows of 34: effective n = 2"


def test_undefined_correlations_say_why(grouped, as_words, analyse):
    q, k, v = grouped
    k[1, 2] = np.nan
    v[0] = 5
    result = analyse(as_words(q, k, v), "direct")["direct"]
    assert result.reasons[1, 0, 1] == "K holds values that are not finite, first in layer 1"
    assert result.reasons[0, 1, 1] == "all Q or all V values are equal"
    assert result.reasons[0, 0, 1] == ""
    assert np.isnan(result.r[0, 1, 1])
    assert np.isnan(result.r[1, 2, 1])


def test_the_table_names_the_token_and_says_that_rows_are_copies(grouped, as_words, analyse):
    context = {
        site: np.repeat(rows[:, :1], 34, axis=1) for site, rows in zip("qkv", grouped, strict=True)
    }
    result = analyse(as_words(*grouped, context=context), "direct")["direct"]
    table = direct.tables(result)["rsa/direct_correlation.csv"]
    lines = table.to_csv().splitlines()
    assert lines[0] == "layer,pair,position,carrier,token,r,n_words,n_distinct,n,note,reason"
    r, carrier = result.r[0, 0], "The next word is {word}"
    assert lines[1:3] == [
        f"0,q-k,context,{carrier}, next,{r[0]!s},34,1,34,34 identical rows: effective n = 1,",
        f"0,q-k,target,{carrier},,{r[1]!s},34,34,34,,",
    ]
    assert len(lines) == 1 + 2 * 3 * 2
    # nothing is tested here, so nothing can be drawn as significant
    assert not {"p", "q"} & table.columns.keys()
    assert not {"p", "q"} & vars(result).keys()
